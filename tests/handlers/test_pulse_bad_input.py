"""What goes wrong around a round of the pulse: each has one outcome, nobody is counted twice, and nothing else stops."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from bot.adapter import Outcome
from bot.backups import back_up, restore
from handlers.kit.inbound import Account, Click, Submit
from handlers.kit.inbound import Chat as At
from storage import forums, people, pulse
from storage.ballots import ballots_beside
from storage.db import Store
from storage.pulse import Times
from tests.handlers.pulse_forum import PulseForum, pulse_forum
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, Somebody, TelegramPerson
from tests.stage.postgres import IN_A_FILE

FOUR = {"q0": "4", "q1": "4", "q2": "4", "q3": "4"}
CHOICES = (4, 4, 4, 4)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
_NUMBERS = count()


@pytest.fixture(name="forum")
def _forum(chat: Chat) -> PulseForum:
    return pulse_forum(chat)


def _sends(forum: PulseForum, who: Somebody, answers: dict[str, str], data: str = "") -> Outcome:
    """What comes of a form that somebody sends in with these raw values, whatever they were shown."""
    form = Submit(
        key=f"{forum.chat.now.timestamp():.0f}:form:{next(_NUMBERS)}",
        who=_account(who),
        chat=_alone(who),
        data=data or f"pulse.answer:{forum.id}:1",
        answers=answers,
    )
    return forum.chat.does(forum.chat.app.engine.handle(form))


def _presses(forum: PulseForum, who: Somebody, data: str, message: str = "1") -> Outcome:
    """What comes of a button with this data, wherever they have it from."""
    press = Click(
        key=f"{forum.chat.now.timestamp():.0f}:press:{next(_NUMBERS)}",
        who=_account(who),
        chat=_alone(who),
        data=data,
        message=message,
        message_private=True,
    )
    return forum.chat.does(forum.chat.app.engine.handle(press))


def _account(who: Somebody) -> Account:
    if isinstance(who, SlackPerson):
        return Account("slack", "T0HOME", who.user.id, who.name)
    assert isinstance(who, TelegramPerson)
    return Account("telegram", "", str(who.user.id), who.name)


def _alone(who: Somebody) -> At:
    account = _account(who)
    return At(account.platform, account.workspace, account.user, private=True)


def _counted(forum: PulseForum) -> int:
    return forum.chat.app.ballots.answered(forum.round().token)


def _refused(outcome: Outcome) -> str:
    return outcome.refused.key if outcome.refused else ""


# --- Forged -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        {**FOUR, "q2": "9"},
        {**FOUR, "q2": "6"},
        {**FOUR, "q2": "-1"},
        {**FOUR, "q2": "٣"},
        {**FOUR, "q2": "4.0"},
        {**FOUR, "q2": "4,5"},
        {**FOUR, "q2": ""},
        {key: each for key, each in FOUR.items() if key != "q2"},
    ],
    ids=["nine", "six", "minus one", "another alphabet", "a fraction", "two at once", "empty", "missing"],
)
@pytest.mark.parametrize("place", [1, 7], ids=["Slack", "Telegram"])
def test_a_choice_outside_the_scale_counts_nothing(
    forum: PulseForum, place: int, answers: dict[str, str]
) -> None:
    """Not even the questions that were answered rightly; the seat stays free, and a right answer still goes."""
    forum.opens()
    who = forum.people[place]

    outcome = _sends(forum, who, answers)

    assert set(outcome.errors) <= {"q2"}
    assert _counted(forum) == 0
    forum.chat.reads_everything()
    _sends(forum, who, FOUR)
    assert _counted(forum) == 1
    forum.chat.reads_everything()


def test_fields_that_nobody_asked_for_are_not_looked_at(forum: PulseForum) -> None:
    """An extra answer changes nothing; the others count once."""
    one = forum.opens()

    _sends(forum, forum.people[1], {**FOUR, "q4": "5", "member": "3", "token": one.token})

    assert _counted(forum) == 1
    assert forum.chat.app.ballots.seat(one.token, 2) == "used"
    assert forum.chat.app.ballots.seat(one.token, 3) == "open"
    forum.people[1].sees("pulse-thanks")


@pytest.mark.parametrize("deed", ["pulse.answer", "pulse.protected", "pulse.result", "pulse.remind"])
def test_a_button_of_another_forums_round_is_refused(forum: PulseForum, deed: str) -> None:
    """A round of a forum one has no part in; a round that the own forum never had."""
    forum.opens()
    elsewhere = forum.chat.runner.run(forum.chat.app.writer.run(partial(_another, forum.chat)))
    bo = forum.people[1]

    for data in (
        f"{deed}:{elsewhere}:1",
        f"{deed}:{forum.id}:2",
        f"{deed}:{forum.id}:-1",
        f"{deed}:{forum.id}:x",
    ):
        assert _refused(_presses(forum, bo, data))
    assert _refused(_sends(forum, bo, FOUR, f"pulse.answer:{elsewhere}:1"))
    assert _refused(_sends(forum, bo, FOUR, f"pulse.answer:{forum.id}:2"))

    assert (_counted(forum), forum.chat.app.ballots.answered("elsewhere")) == (0, 0)
    forum.chat.reads_everything()


def _another(chat: Chat, store: Store) -> int:
    """A forum with a round of its own, in which members have the same numbers as here."""
    forum = forums.create(
        store, name="Annat", challenge="", language="sv", zone="UTC", invite="annan", now=chat.now
    )
    later = chat.now + timedelta(days=7)
    pulse.open_round(
        store, forum.id, token="elsewhere", questions=("D3.1", "O1.1", "T1.1", "P2.1"), member=0,
        times=Times(chat.now, later, later, later), invited=12, organisations=4,
    )  # fmt: skip
    chat.app.ballots.on(store).open_round("elsewhere", range(1, 13), 4)
    return forum.id


def test_nobody_takes_the_seat_of_another(forum: PulseForum) -> None:
    """A press on a copy of Cilla's question is a press of one's own: her talk, her seat and her answer stay hers."""
    one = forum.opens()
    cilla, dan = forum.cilla, forum.people[8]
    cilla.clicks("pulse-answer")
    for choice in (4, 4, 4):
        cilla.clicks(f"pulse-choice-{choice}")
    forum.chat.reads_everything()

    for data in (f"secret.pick:{forum.id}:3:0:pulse.answer:1", f"secret.send:{forum.id}:4:0:pulse.answer:1"):
        _presses(forum, dan, data)
    assert _counted(forum) == 0
    forum.chat.reads_everything()
    cilla.clicks("pulse-choice-4")
    cilla.clicks("pulse-form-send")
    cilla.sees("pulse-thanks")

    ballots = forum.chat.app.ballots
    assert [ballots.seat(one.token, each) for each in (8, 9)] == ["used", "open"]
    assert _counted(forum) == 1
    forum.chat.reads_everything()


@pytest.mark.parametrize(
    "data",
    ["secret.pick:{}:0:9:pulse.answer:1", "secret.pick:{}:0:-1:pulse.answer:1", "secret.pick:{}:0:٣:pulse.answer:1",
     "secret.pick:{}:9:1:pulse.answer:1", "secret.send:{}:0:0:pulse.answer:1", "secret.send:{}:4:0:pulse.answer:1",
     "secret.peek:{}:0:1:pulse.answer:1", "secret.pick:{}:0:1:pulse.answer:7", "secret.pick:{}:0:1:setup.begin"],
)  # fmt: skip
def test_a_made_up_step_of_the_talk_counts_nothing(forum: PulseForum, data: str) -> None:
    """A choice or a question that there is not, a sending in before the end; the member still answers as usual."""
    forum.opens()

    _presses(forum, forum.cilla, data.format(forum.id))

    assert _counted(forum) == 0
    forum.chat.reads_everything()
    forum.answers(forum.cilla, CHOICES)
    assert _counted(forum) == 1
    forum.chat.reads_everything()


def test_a_form_opened_twice_counts_once(forum: PulseForum) -> None:
    """Two windows with the same questions: the first that is sent in stands."""
    forum.opens()
    bo = forum.people[1]
    assert _sends(forum, bo, FOUR).refused is None
    bo.sees("pulse-thanks")

    again = _sends(forum, bo, {**FOUR, "q0": "1"})

    assert _refused(again) == "pulse-already"
    assert _counted(forum) == 1


# --- Who comes, goes, and is somebody else ------------------------------------------------------------------------


def test_who_leaves_has_voted_and_who_has_not_does_not(forum: PulseForum) -> None:
    """A vote stands when its member goes; a free seat is of no use outside, and there again on coming back."""
    forum.opens()
    bo, eva = forum.people[1], forum.people[2]
    forum.answers(bo, CHOICES)
    forum.chat.reads_everything()
    for member in (2, 3):
        _stores(forum, partial(forums.leave, forum=forum.id, member_id=member))

    assert _refused(_sends(forum, eva, FOUR))
    assert _refused(_sends(forum, bo, FOUR))
    assert _counted(forum) == 1
    forum.joins(eva)
    _sends(forum, eva, FOUR)
    forum.joins(bo)
    assert _refused(_sends(forum, bo, {**FOUR, "q0": "1"})) == "pulse-already"
    assert (_counted(forum), forum.round().invited) == (2, 12)
    forum.chat.reads_everything()


def test_a_round_goes_on_without_its_coordinator(forum: PulseForum) -> None:
    """It closes and is shown at its hours, whoever opened it."""
    forum.opens()
    for each in forum.people:
        forum.answers(each, CHOICES)
    _stores(forum, partial(forums.leave, forum=forum.id, member_id=1))
    forum.chat.reads_everything()

    forum.chat.waits(days=10)

    one = forum.round()
    assert (one.state, one.answered, one.answered_organisations) == ("published", 12, 4)
    forum.cilla.sees("pulse-result-answered", answered=12, invited=12)
    forum.chat.reads_everything()


def test_a_forum_without_chats_still_ends_its_round(forum: PulseForum) -> None:
    """All its chats are gone: the round is counted and destroyed all the same."""
    forum.opens()
    forum.answers(forum.cilla, CHOICES)
    forum.chat.reads_everything()
    _stores(forum, lambda store: store.run("update place set state = 'left', forum = null"))

    forum.chat.waits(days=10)

    assert forum.round().state == "published"
    assert forum.chat.app.ballots.rounds() == []
    forum.chat.reads_everything()


@pytest.mark.parametrize("votes", ["before", "after", "both"])
def test_two_accounts_of_one_person_have_one_seat(forum: PulseForum, votes: str) -> None:
    """Whoever voted has, and the other account cannot again; two votes from before the tie stand, unknown among all."""
    one = forum.opens()
    bo, dan = forum.people[1], forum.people[8]
    if votes != "after":
        forum.answers(dan, CHOICES)
    if votes == "both":
        forum.answers(bo, CHOICES)
    forum.chat.reads_everything()
    _becomes_one(bo, dan)
    if votes == "after":
        forum.answers(bo, CHOICES)
    forum.chat.reads_everything()

    for each in (bo, dan):
        assert _refused(_sends(forum, each, FOUR)) == "pulse-already"

    expected = 2 if votes == "both" else 1
    assert _counted(forum) == expected
    forum.chat.waits(days=8)
    assert (forum.round().answered, forum.round().token) == (expected, one.token)
    forum.chat.reads_everything()


def _becomes_one(first: Somebody, second: Somebody) -> None:
    first.commands("konto", private=True)
    code = re.search(r"[B-Z]{4}-[B-Z]{4}", first.reads_all()[-1])
    assert code
    second.commands(f"konto {code[0]}", private=True)
    second.clicks("account-yes")
    second.sees("account-merged")


def _stores(forum: PulseForum, work: object) -> None:
    assert callable(work)
    forum.chat.runner.run(forum.chat.app.writer.run(work))


# --- Files --------------------------------------------------------------------------------------------------------


def _loses_the_secret(path: Path) -> None:
    with closing(sqlite3.connect(path)) as store:
        store.execute("update fact set value = ? where name = 'secret'", ("ab" * 32,))
        store.commit()


def _spoils(path: Path) -> None:
    ballots_beside(path).write_bytes(b"no database at all" * 300)


def _swaps_the_salts(path: Path) -> None:
    with closing(sqlite3.connect(ballots_beside(path))) as box:
        box.execute("update ballot_box set salt = zeroblob(16)")
        box.commit()


def _empties(path: Path) -> None:
    ballots_beside(path).write_bytes(b"")


@IN_A_FILE
@pytest.mark.parametrize("harm", [_loses_the_secret, _spoils, _swaps_the_salts, _empties])
def test_a_round_that_cannot_be_read_ends_without_a_result(forum: PulseForum, harm: object) -> None:
    """Whoever presses hears why; the rest of the bot goes on; at the hour everybody hears it, and a new one opens."""
    assert callable(harm)
    forum.opens()
    forum.answers(forum.cilla, CHOICES)
    forum.chat.reads_everything()
    forum.chat.restarts(lambda: harm(forum.chat.path))

    for each in (forum.people[1], forum.people[8]):
        assert _refused(_sends(forum, each, FOUR)) == "pulse-missing"
    forum.people[1].commands("beslut Vi öppnar fältgruppen")
    assert forum.chat.reads_everything()
    forum.chat.waits(days=8)

    forum.cilla.sees("pulse-void-why")
    forum.ada.sees("pulse-void-why")
    assert (forum.round().state, forum.round().answered) == ("void", 0)
    assert forum.chat.app.ballots.rounds() == []
    forum.chat.reads_everything()
    forum.chat.waits(days=1)
    assert forum.opens().id == 2


@IN_A_FILE
def test_a_backup_from_before_the_round_takes_the_round_away(forum: PulseForum, tmp_path: Path) -> None:
    """The database has never heard of it, so its ballots are destroyed; old buttons are stale, and a new one opens."""
    backup = tmp_path / "before.db"
    back_up(forum.chat.path, backup)
    forum.opens()
    forum.answers(forum.cilla, CHOICES)
    forum.chat.reads_everything()

    forum.chat.restarts(lambda: restore(backup, forum.chat.path))

    assert forum.chat.app.ballots.rounds() == []
    assert forum.rounds() == []
    assert _refused(_sends(forum, forum.people[1], FOUR)) == "refused-stale"
    forum.chat.waits(days=8)
    assert forum.opens().state == "open"


@IN_A_FILE
def test_a_backup_from_within_the_round_lets_it_go_on(forum: PulseForum, tmp_path: Path) -> None:
    """No vote is lost, for the box was never in the backup; who voted since then cannot vote again."""
    forum.opens()
    backup = tmp_path / "within.db"
    back_up(forum.chat.path, backup)
    for each in forum.people[:6]:
        forum.answers(each, CHOICES)
    forum.chat.reads_everything()

    forum.chat.restarts(lambda: restore(backup, forum.chat.path))

    assert _counted(forum) == 6
    assert _refused(_sends(forum, forum.people[1], FOUR)) == "pulse-already"
    for each in forum.people[6:]:
        forum.answers(each, CHOICES)
    forum.chat.reads_everything()
    forum.chat.waits(days=10)
    assert (forum.round().state, forum.round().answered) == ("published", 12)
    forum.chat.reads_everything()


@IN_A_FILE
def test_a_backup_from_within_a_round_that_is_over_makes_it_void(forum: PulseForum, tmp_path: Path) -> None:
    """Nothing can be counted once more: what everybody saw stands in the chats, and the bot says that it has no more."""
    forum.opens()
    backup = tmp_path / "within.db"
    back_up(forum.chat.path, backup)
    for each in forum.people:
        forum.answers(each, CHOICES)
    forum.chat.waits(days=10)
    forum.chat.reads_everything()

    forum.chat.restarts(lambda: restore(backup, forum.chat.path))

    assert (forum.round().state, forum.round().answered) == ("void", 0)
    forum.cilla.sees("pulse-void-why")
    forum.chat.reads_everything()


# --- Time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "utc"),
    [(date(2026, 3, 24), date(2026, 3, 31), 13), (date(2026, 10, 20), date(2026, 10, 27), 14)],
    ids=["summer time begins", "summer time ends"],
)
def test_a_round_closes_at_three_whatever_the_clocks_do(
    forum: PulseForum, opens: date, closes: date, utc: int
) -> None:
    """A minute before, an answer counts; on the hour it does not. The result comes at nine the next morning."""
    forum.chat.waits(days=(opens - date(2026, 3, 2)).days)
    one = forum.opens()
    assert one.closes_at == datetime.combine(closes, time(utc), UTC)
    assert one.closes_at.astimezone(STOCKHOLM).hour == 15
    forum.chat.waits(minutes=(one.closes_at - forum.chat.now) / timedelta(minutes=1) - 1)
    forum.chat.reads_everything()

    assert _sends(forum, forum.people[1], FOUR).refused is None
    forum.chat.waits(minutes=1)
    assert _refused(_sends(forum, forum.people[2], FOUR)) == "pulse-closed"

    assert (forum.round().state, forum.round().answered) == ("counted", 1)
    publishes = one.publishes_at.astimezone(STOCKHOLM)
    assert (publishes.date(), publishes.hour) == (closes + timedelta(days=1), 9)
    forum.chat.waits(hours=18)
    assert forum.round().state == "published"
    forum.chat.reads_everything()


@pytest.mark.parametrize("hours", [7.2 * 24, 8 * 24, 30 * 24])
def test_a_bot_that_was_down_closes_and_shows_late_and_once(forum: PulseForum, hours: float) -> None:
    """Down over the closing hour, over the publishing too, and for a month: one result in each chat, no late reminder."""
    one = forum.opens()
    for each in forum.people:
        forum.answers(each, CHOICES)
    forum.chat.reads_everything()

    forum.chat.sleeps_through(hours=hours)
    forum.chat.waits(days=2)
    forum.chat.restarts()

    said = [words for _, words in forum.ada.visible()]
    assert sum(forum.chat.t("pulse-result-answered", answered=12, invited=12) in each for each in said) == 1
    assert sum(forum.chat.t("pulse-reminder-why") in each for each in said) == 0
    assert (forum.round().state, forum.round().answered) == ("published", 12)
    assert forum.round().token == one.token
    forum.chat.reads_everything()


def test_an_answer_between_the_hour_and_the_count_is_too_late(forum: PulseForum) -> None:
    """The bot was down at the hour and has not counted yet: the hour is the hour."""
    one = forum.opens()
    forum.chat.reads_everything()
    forum.chat.runner.run(forum.chat.clock.set(one.closes_at))

    assert _refused(_sends(forum, forum.people[1], FOUR)) == "pulse-closed"

    assert _counted(forum) == 0
    forum.chat.waits(minutes=1)
    forum.chat.reads_everything()


# --- Very many ----------------------------------------------------------------------------------------------------


def test_a_very_large_forum_is_shown_and_asked_quickly(forum: PulseForum) -> None:
    """Two thousand members: the page, the round as it would be, and what a member does, each well within a second."""

    def fill(store: Store) -> None:
        for number in range(2_000):
            person = people.meet(
                store, "telegram", "", str(10**9 + number), name=f"P {number}", now=forum.chat.now
            )
            actor = 1 + number % 4
            forums.join(store, forum.id, person.id, actor_id=actor, role="member", now=forum.chat.now)

    _stores(forum, fill)
    began = perf_counter()
    forum.ada.commands("puls", private=True)
    forum.ada.clicks("pulse-open-round")
    assert perf_counter() - began < 2
    forum.ada.sees("pulse-prepare-who-value", people=2_012, organisations=4)
    forum.ada.clicks("pulse-open-now")
    forum.ada.sees("pulse-opened", people=2_012)
    forum.chat.reads_everything()
    began = perf_counter()
    forum.answers(forum.people[1], CHOICES)
    assert perf_counter() - began < 2
    assert (_counted(forum), forum.round().invited) == (1, 2_012)
    forum.chat.reads_everything()
