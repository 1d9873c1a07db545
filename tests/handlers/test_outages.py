"""Outages: when the bot was away for too long, each forum is told once, where it matters and when people are at work."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from structlog.testing import capture_logs

from bot.heartbeat import Heartbeat
from handlers import outages as feature
from handlers.kit.effects import Refusal
from handlers.kit.ui import Instant, text
from storage import forums, gauges, outages
from storage.db import StoreUnavailable
from tests.stage.chat import Chat
from tests.stage.ready import Ready, another_forum
from tests.stage.samples import Sample

ZONE = "Europe/Stockholm"


class Beating:
    """The bot's heart on the stage: it beats when it is told to."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.reached = {"slack": True, "telegram": True}
        self.anew()

    def anew(self) -> None:
        """Another process has its own."""
        app = self.chat.app
        self.heart = Heartbeat(app.writer, self.chat.clock, app.engine, lambda: self.reached)

    def beats(self) -> None:
        """Once, and whatever follows from it."""
        self.chat.does(self.heart.beat())

    def goes_on(self, **span: float) -> None:
        """Let time pass in which it beats every minute."""
        self.chat.waits(**span)
        for each in self.reached:
            self.chat.does(
                self.chat.app.writer.run(partial(gauges.note, name=gauges.awake(each), at=self.chat.now))
            )
        self.anew()

    def sleeps(self, **span: float) -> None:
        """The process ends, and after a while another one begins."""
        self.chat.sleeps_through(**span)
        self.anew()
        self.beats()


@pytest.fixture(name="heart")
def _heart(ready: Ready) -> Iterator[Beating]:
    """It has been beating for a while."""
    with capture_logs():
        heart = Beating(ready.chat)
        heart.beats()
        ready.chat.waits(minutes=1)
        heart.beats()
        yield heart


def moment(ready: Ready, **back: float) -> Instant:
    """An instant so long ago, as a card says it."""
    return Instant(ready.chat.now - timedelta(**back), ZONE)


# --- Who is told, and what ---------------------------------------------------------------------------------------


def test_a_day_and_a_half_is_told_on_both_platforms(ready: Ready, heart: Beating) -> None:
    """From when to when; in Telegram only what is older than a day is lost."""
    heart.sleeps(hours=36)
    ready.chat.waits(hours=12)  # it is nine in the evening, so they hear of it at half past eight
    since = Instant(ready.chat.now - timedelta(hours=48), ZONE)
    until = Instant(ready.chat.now - timedelta(hours=12), ZONE)

    words = ready.ada.sees("away-once", since=since, until=until)
    assert ready.chat.t("away-lost") in words
    assert ready.chat.t("away-kept") in words
    words = ready.cilla.sees("away-once", since=since, until=until)
    lost = Instant(until.at - timedelta(hours=24), ZONE)
    assert ready.chat.t("away-lost-before", until=lost) in words


def test_half_an_hour_is_told_in_slack_alone(ready: Ready, heart: Beating) -> None:
    """Telegram has kept everything; and whoever starts the bot once more tells nothing twice."""
    heart.sleeps(minutes=30)
    ready.ada.sees("away-once", since=moment(ready, minutes=30), until=moment(ready))
    heart.sleeps(minutes=5)
    assert ready.chat.unread() == []


def test_a_short_break_is_nobodys_business(ready: Ready, heart: Beating) -> None:
    """Both platforms bring again what came meanwhile."""
    heart.sleeps(minutes=9)
    assert ready.chat.unread() == []


def test_a_network_that_was_gone_is_an_outage_too(ready: Ready, heart: Beating) -> None:
    """The process ran all the time; told when Slack is back."""
    heart.reached["slack"] = False
    ready.chat.waits(minutes=20)
    heart.beats()
    assert ready.chat.unread() == []
    heart.reached["slack"] = True
    heart.beats()
    ready.ada.sees("away-once", since=moment(ready, minutes=20), until=moment(ready))


def test_a_first_start_tells_nothing(ready: Ready) -> None:
    """Nobody can have missed what never was."""
    Beating(ready.chat).beats()
    assert ready.chat.unread() == []


def test_other_forums_are_told_where_they_live(ready: Ready, heart: Beating) -> None:
    """A forum without a living chat hears nothing, and keeps nobody else from hearing."""
    another_forum(ready, "Annat", ready.ada)
    ready.store(lambda store: forums.suspend_chat(store, "slack", "T0HOME", ready.chat.channel))
    heart.sleeps(hours=48)
    ready.cilla.sees("away-once", since=moment(ready, hours=48), until=moment(ready))
    assert ready.chat.unread() == []


# --- When --------------------------------------------------------------------------------------------------------


def test_a_few_hours_at_night_are_not_told(ready: Ready, heart: Beating) -> None:
    """Whoever was awake to write at three saw that nobody answered; the others sleep on."""
    heart.goes_on(hours=14)  # eleven in the evening
    heart.sleeps(hours=6)
    ready.chat.waits(hours=24)
    assert ready.chat.unread() == []


def test_an_evening_is_told_the_next_morning(ready: Ready, heart: Beating) -> None:
    """Nobody is disturbed when the bot is back."""
    heart.goes_on(hours=10)  # seven in the evening
    heart.sleeps(hours=2)
    assert ready.chat.unread() == []
    ready.chat.waits(hours=12)
    ready.ada.sees("away-once", since=moment(ready, hours=14), until=moment(ready, hours=12))


def test_one_message_a_day_is_enough(ready: Ready, heart: Beating) -> None:
    """A bot that falls over again and again says so once, and the next day for all the other times together."""
    heart.sleeps(minutes=30)
    ready.ada.sees("away-once", since=moment(ready, minutes=30), until=moment(ready))
    heart.sleeps(minutes=30)
    heart.sleeps(minutes=30)
    assert ready.chat.unread() == []
    since, until = moment(ready, minutes=60), moment(ready)
    ready.chat.waits(hours=24)
    ready.ada.sees("away-often", since=since, until=until)


def test_a_timer_that_rings_in_the_evening_waits(ready: Ready, heart: Beating) -> None:
    """It was set for the morning, and the bot was away for that as well."""
    heart.goes_on(hours=10)
    heart.sleeps(hours=2)
    ready.chat.sleeps_through(hours=24)
    assert ready.chat.unread() == []
    ready.chat.waits(hours=12)
    ready.ada.sees("away-once", since=moment(ready, hours=38), until=moment(ready, hours=36))


# --- Clocks and trouble ------------------------------------------------------------------------------------------


def test_a_clock_that_is_set_right_is_no_outage(ready: Ready, heart: Beating) -> None:
    """A day forward on the wall, a minute on the steady clock."""
    steady = ready.chat.clock.steady()
    ready.chat.waits(days=1)
    ready.chat.clock.steady = lambda: steady + 60  # type: ignore[method-assign]
    heart.beats()
    assert ready.chat.unread() == []


def test_a_store_that_takes_nothing_is_an_outage_too(ready: Ready, heart: Beating) -> None:
    """Nothing was acknowledged, so Slack gave up; the heart goes on beating meanwhile."""

    class Full:
        """A writer on a disk that is full, for as many times as it is asked to write."""

        def __init__(self, times: int) -> None:
            self.left = times

        async def run(self, work: object) -> object:
            if self.left:
                self.left -= 1
                raise StoreUnavailable("full")
            return await ready.chat.app.writer.run(work)  # type: ignore[arg-type]

    heart.heart._writer = Full(1)  # type: ignore[assignment]
    ready.chat.waits(minutes=5)

    async def until_it_sleeps() -> None:
        beating = asyncio.create_task(heart.heart.run())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)

    ready.chat.does(until_it_sleeps())
    ready.chat.waits(minutes=10)
    assert ready.chat.unread() == []
    heart.beats()
    ready.ada.sees("away-once", since=moment(ready, minutes=15), until=moment(ready))


def test_a_gap_that_was_told_but_not_noted_is_told_once(ready: Ready, heart: Beating) -> None:
    """Killed between the two: the next start finds the same gap."""
    heart.sleeps(minutes=30)
    ready.ada.sees("away-once", since=moment(ready, minutes=30), until=moment(ready))
    before = ready.chat.now - timedelta(minutes=30)
    ready.store(lambda store: gauges.note(store, gauges.awake("slack"), before))
    heart.anew()
    heart.beats()
    ready.chat.waits(days=2)
    assert ready.chat.unread() == []


# --- After a restore ---------------------------------------------------------------------------------------------


def test_a_restored_memory_is_told_in_every_chat(ready: Ready, heart: Beating) -> None:
    """What was noted since the backup is gone, however short the outage was."""
    since = ready.chat.now - timedelta(hours=6)
    ready.store(lambda store: gauges.note(store, gauges.RESTORED, since))
    heart.anew()
    heart.beats()
    for who in (ready.ada, ready.cilla):
        words = who.sees("away-restored", since=Instant(since, ZONE))
        assert ready.chat.t("away-restored-lost", since=Instant(since, ZONE), until=moment(ready)) in words
    heart.anew()
    heart.beats()
    assert ready.chat.unread() == []


def test_a_backup_that_is_put_back_at_once_loses_nothing_worth_telling(ready: Ready, heart: Beating) -> None:
    """Made a moment ago, with the bot already stopped."""
    ready.store(lambda store: gauges.note(store, gauges.RESTORED, ready.chat.now - timedelta(minutes=2)))
    heart.anew()
    heart.beats()
    assert ready.chat.unread() == []
    assert ready.store(lambda store: gauges.instant(store, gauges.RESTORED)) is None


# --- Nobody else can say so --------------------------------------------------------------------------------------


def test_only_time_itself_tells(sample: Sample) -> None:
    """Button data that somebody made up tells of no outage."""
    req = sample.request(sample.bo)
    for made_up in (feature.tell, feature.away, feature.restored):
        with pytest.raises(Refusal) as refused:
            list(made_up(req))
        assert refused.value.text == text("refused-stale")


def test_a_forum_that_is_gone_is_told_nothing(ready: Ready) -> None:
    """A place may point at a forum for a moment longer."""
    assert ready.store(lambda store: outages.forums_on(store, "nowhere")) == []
