"""The weekly digest as people meet it: every Monday in both chats, and whenever they ask."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bench.lengths import Counting
from handlers import digests as feature
from handlers.agenda_points import as_kept
from handlers.kit.effects import Post, Refusal
from handlers.kit.inbound import Due
from handlers.kit.ui import Card, Picture, text
from storage import actions, agenda, decisions, digests, meetings, rounds, timers, wins
from storage.db import Store
from storage.decisions import Wording
from storage.digests import Rhythm
from tests.stage.people import Somebody
from tests.stage.ready import FRIDAY, Ready
from tests.stage.samples import Sample

HERE = ZoneInfo("Europe/Stockholm")


def rings(ready: Ready, name: str, at: datetime, data: str) -> None:
    """A timer of the forum's, set straight in the store."""
    ready.store(
        lambda store: timers.schedule(
            store,
            f"{ready.forum.id}:{name}",
            at,
            data,
            forum=ready.forum.id,
            grace=timedelta(days=1),
            late="ring",
        )
    )
    ready.chat.app.timers.wake()
    ready.chat.settles()


@pytest.fixture(name="weekly")
def _weekly(ready: Ready) -> Ready:
    """A forum whose rhythm has begun, as it does when a forum is founded; what else begins with it is told elsewhere."""
    rings(ready, "rhythm", ready.chat.now, feature.begin.action().encode(ready.forum.id))
    ready.store(lambda store: store.run("delete from timer where name <> '1:digest'"))
    return ready


def next_one(ready: Ready) -> datetime | None:
    """When the next digest comes, as clocks show it in the forum."""
    found = ready.store(lambda store: store.one("select due_at from timer where name = '1:digest'"))
    return datetime.fromtimestamp(found[0] / 1000, HERE) if found else None


def both_see(ready: Ready) -> tuple[str, str]:
    """The digest in Slack and in Telegram."""
    title = {"forum": ready.forum.name}
    return ready.ada.sees("digest-title", **title), ready.cilla.sees("digest-title", **title)


def nobody_sees(ready: Ready) -> None:
    """No digest came, whatever else did."""
    title = ready.chat.t("digest-title", forum=ready.forum.name)
    assert [each for each in ready.chat.reads_everything() if title in each] == []


def forgets(ready: Ready) -> None:
    """Everybody has read what there is."""
    ready.chat.reads_everything()


# --- Every week --------------------------------------------------------------------------------------------------


def test_a_forum_from_before_has_a_week_to_tell(ready: Ready) -> None:
    """What happened in the week before the bot learned to tell it is in the first digest."""
    ready.bo.commands("beslut Vi provar.")
    ready.chat.waits(days=3)
    rings(ready, "rhythm", datetime(1970, 1, 1, 1, tzinfo=HERE), feature.begin.action().encode(1))
    ready.store(lambda store: store.run("delete from timer where name <> '1:digest'"))
    forgets(ready)
    ready.chat.waits(days=5)

    assert all("§ 1/2026" in each for each in both_see(ready))
    forgets(ready)


def test_a_week_is_told_in_both_chats(weekly: Ready) -> None:
    """On Monday at half past eight: what waits for whom first, then what was decided, then what comes."""
    weekly.adds(3, due_on=FRIDAY)
    weekly.adds(1, due_on=FRIDAY + timedelta(days=5), actor=1, owner=None)
    weekly.bo.commands("beslut Vi öppnar fältgruppen i mars.")
    forgets(weekly)
    assert next_one(weekly) == datetime(2026, 3, 9, 8, 30, tzinfo=HERE)

    weekly.chat.waits(days=7)

    for told in both_see(weekly):
        at = [told.index(weekly.chat.t(key)) for key in ("digest-waits", "digest-decided", "digest-due")]
        assert at == sorted(at)
        assert "Polisen: Sak 1 (åtgärd 1, skulle ha varit klar fre 6 mars 2026)" in told
        assert "Sundköpings kommun: Sak 1 (åtgärd 4, senast ons 11 mars 2026)" in told
        assert "§ 1/2026: Vi öppnar fältgruppen i mars." in told
        assert weekly.chat.t("digest-late") not in told
    forgets(weekly)
    assert next_one(weekly) == datetime(2026, 3, 16, 8, 30, tzinfo=HERE)


def test_a_quiet_week_has_no_digest(weekly: Ready) -> None:
    """Nothing happened, nothing waits: nothing is said, and the next Monday is waited for."""
    weekly.chat.waits(days=15)

    nobody_sees(weekly)
    assert next_one(weekly) == datetime(2026, 3, 23, 8, 30, tzinfo=HERE)


def test_what_waited_before_is_not_told_again_and_again(weekly: Ready) -> None:
    """An action nobody closes is told of when its day has passed, and then only beside something new."""
    weekly.adds(1, due_on=FRIDAY)
    weekly.chat.waits(days=8)
    both_see(weekly)
    forgets(weekly)

    weekly.chat.waits(days=14)
    nobody_sees(weekly)

    weekly.bo.commands("beslut Vi provar.")
    forgets(weekly)
    weekly.chat.waits(days=7)
    assert all("Sak 1" in each for each in both_see(weekly))
    forgets(weekly)


def test_what_was_never_closed_is_not_named_for_ever(weekly: Ready) -> None:
    """After four weeks it is counted, with a question; all actions are a press away."""
    weekly.adds(2, due_on=FRIDAY)
    weekly.chat.waits(days=30)
    weekly.bo.commands("beslut Vi provar.")
    forgets(weekly)
    weekly.chat.waits(days=7)

    for told in both_see(weekly):
        assert weekly.chat.t("digest-long-late", count=2) in told
        assert "Sak 1" not in told
    weekly.bo.clicks("menu-actions")
    assert "Sak 2" in "".join(weekly.bo.reads_all())
    forgets(weekly)


def test_easter_monday_is_told_on_tuesday(weekly: Ready) -> None:
    """On a public holiday the digest waits for the next working day."""
    weekly.store(lambda store: timers.cancel(store, "1:digest"))
    rings(weekly, "rhythm", datetime(2026, 4, 2, 8, tzinfo=HERE), feature.begin.action().encode(1))
    weekly.chat.waits(days=31)

    assert next_one(weekly) == datetime(2026, 4, 7, 8, 30, tzinfo=HERE)


def test_summer_time_moves_no_digest(weekly: Ready) -> None:
    """Clocks go forward on 29 March; the digest still comes at half past eight."""
    weekly.chat.waits(days=24)
    assert next_one(weekly) == datetime(2026, 3, 30, 8, 30, tzinfo=HERE)
    forgets(weekly)


@pytest.mark.parametrize(("asleep", "late"), [(2.0, True), (0.5, False)])
def test_a_digest_that_comes_late_says_so(weekly: Ready, asleep: float, late: bool) -> None:
    """When the bot was away over Monday morning; half an hour is nothing to speak of."""
    weekly.adds(1, due_on=FRIDAY)
    weekly.chat.waits(days=6, hours=22)
    weekly.chat.sleeps_through(hours=asleep + 1.5)

    told = both_see(weekly)
    assert [weekly.chat.t("digest-late") in each for each in told] == [late, late]
    forgets(weekly)


def test_a_digest_that_was_late_at_night_waits_for_the_morning(weekly: Ready) -> None:
    """Nobody is woken: it comes when people are at work, and says that it is late."""
    weekly.adds(1, due_on=FRIDAY)
    weekly.chat.waits(days=6, hours=22)
    weekly.chat.sleeps_through(hours=14)
    nobody_sees(weekly)

    weekly.chat.waits(hours=12)
    assert all(weekly.chat.t("digest-late") in each for each in both_see(weekly))
    assert next_one(weekly) == datetime(2026, 3, 16, 8, 30, tzinfo=HERE)
    forgets(weekly)


def test_a_digest_a_day_late_is_left_to_the_next(weekly: Ready) -> None:
    """It is skipped, and the next one tells of both weeks."""
    weekly.bo.commands("beslut Vi provar.")
    forgets(weekly)
    weekly.chat.waits(days=6, hours=22)
    weekly.chat.sleeps_through(days=2)
    nobody_sees(weekly)

    weekly.chat.waits(days=6)
    assert all("§ 1/2026" in each for each in both_see(weekly))
    forgets(weekly)


def test_a_digest_is_never_moved_over_a_weekend(weekly: Ready) -> None:
    """Due on Friday at four, and the bot down until six: it would come on Monday, so the next Friday tells of both."""
    weekly.store(lambda store: timers.cancel(store, "1:digest"))
    weekly.store(lambda store: digests.set_rhythm(store, 1, Rhythm("weekly", 4, time(16))))
    weekly.bo.commands("beslut Vi provar.")
    rings(weekly, "digest", datetime(2026, 3, 6, 16, tzinfo=HERE), feature.post.action(0).encode(1))
    forgets(weekly)
    weekly.chat.waits(days=4)
    weekly.chat.sleeps_through(hours=9)

    assert next_one(weekly) == datetime(2026, 3, 13, 16, tzinfo=HERE)
    weekly.chat.waits(days=6)
    nobody_sees(weekly)
    weekly.chat.waits(days=1)
    assert all("§ 1/2026" in each for each in both_see(weekly))
    forgets(weekly)


def test_a_digest_that_waits_is_a_day_late_at_most(weekly: Ready) -> None:
    """It was moved to the morning once; if nobody is there then either, it is left to the next one."""
    weekly.adds(1, due_on=FRIDAY)
    weekly.chat.waits(days=6, hours=22)
    weekly.chat.sleeps_through(hours=14)
    weekly.chat.sleeps_through(hours=18)
    weekly.chat.waits(days=2)

    nobody_sees(weekly)
    assert next_one(weekly) == datetime(2026, 3, 16, 8, 30, tzinfo=HERE)


def test_a_chat_that_is_gone_stops_nobody(weekly: Ready) -> None:
    """Where the bot cannot post any more nothing is sent; the other chat has its digest."""
    weekly.adds(1, due_on=FRIDAY)
    weekly.store(lambda store: store.run("update place set state = 'gone' where platform = 'telegram'"))
    weekly.chat.waits(days=8)

    weekly.ada.sees("digest-title", forum=weekly.forum.name)
    weekly.cilla.sees_nothing_new()


# --- What else it tells ------------------------------------------------------------------------------------------


def test_a_meeting_and_its_agenda_so_far(weekly: Ready) -> None:
    """The next meeting carries its day, time and place itself, and what is on its agenda."""
    begins = weekly.chat.now + timedelta(days=10)

    def plan(store: Store) -> None:
        meetings.plan(store, 1, title="Forumet", begins_at=begins, ends_at=begins + timedelta(hours=2),
                      zone="Europe/Stockholm", venue="Rådhuset", member=1)  # fmt: skip
        for number in range(5):
            words = as_kept(text("verbatim", words=f"Punkt {number}"))
            agenda.propose(store, 1, what=words, origin="", member=1, now=weekly.chat.now)

    weekly.store(plan)
    weekly.chat.waits(days=8)

    for told in both_see(weekly):
        assert "tors 12 mars 2026, 9.00–11.00, Rådhuset" in told
        assert weekly.chat.t("digest-more-points", count=2) in told
    forgets(weekly)


def test_a_round_is_asked_of_everybody(weekly: Ready) -> None:
    """A decision round that is open stands among what waits."""
    weekly.store(lambda store: rounds.open_round(
        store, 1, kind="consent", question="Ska vi öppna tidigare?", detail="", options=(), advisers=(), member=1,
        deadline=weekly.chat.now + timedelta(days=9), now=weekly.chat.now, review_on=None,
    ))  # fmt: skip
    weekly.chat.waits(days=8)

    wanted = weekly.chat.t("digest-answer", what="Ska vi öppna tidigare?", day=date(2026, 3, 11))
    assert all(wanted in each for each in both_see(weekly))
    forgets(weekly)


def test_a_confidential_forum_hears_numbers_and_days(weekly: Ready) -> None:
    """Where nobody's words are kept the digest says none, not even older ones."""
    weekly.adds(2, due_on=FRIDAY)
    weekly.bo.commands("beslut Vi provar.")
    forgets(weekly)
    weekly.store(lambda store: store.run("update forum set confidential = 1"))
    weekly.chat.waits(days=8)

    for told in both_see(weekly):
        assert "åtgärd 1, skulle ha varit klar fre 6 mars 2026" in told
        assert "Sak 1" not in told
        assert "Vi provar" not in told
    forgets(weekly)


def test_names_that_look_like_markup_stay_names(weekly: Ready) -> None:
    """Words are shown as they were written, in both chats."""

    def odd(store: Store) -> None:
        store.run("update actor set name = '<b>&*Polisen*_' where id = 2")
        actions.add(store, 1, what="*fet* </b> &amp;", actor=2, owner=None, decision=None, member=1,
                    due_on=FRIDAY, now=weekly.chat.now)  # fmt: skip

    weekly.store(odd)
    weekly.chat.waits(days=8)

    for told in both_see(weekly):
        assert "<b>&*Polisen*_: *fet* </b> &amp;" in told
    forgets(weekly)


def test_a_picture_once_a_month(weekly: Ready) -> None:
    """The first digest of a month shows the months, if there is something to see; its words say the same."""
    weekly.store(lambda store: digests.told(store, 1, weekly.chat.now - timedelta(days=5)))
    for number in range(6):
        weekly.bo.commands(f"beslut Vi provar {number}.")
    forgets(weekly)
    weekly.chat.waits(days=8)
    told = both_see(weekly)
    assert all("Ni fattade 6 beslut" in each for each in told)
    forgets(weekly)

    weekly.bo.commands("beslut Vi provar igen.")
    forgets(weekly)
    weekly.chat.waits(days=7)
    assert not any("Ni fattade" in each for each in both_see(weekly))
    forgets(weekly)


def test_the_first_digest_of_a_month_has_its_picture(weekly: Ready) -> None:
    """Also when it is told on a later Monday, because the first one had nothing to tell."""
    for number in range(6):
        weekly.bo.commands(f"beslut Vi provar {number}.")
    weekly.chat.waits(days=37)
    forgets(weekly)
    assert next_one(weekly) == datetime(2026, 4, 13, 8, 30, tzinfo=HERE)
    weekly.bo.commands("beslut Vi provar igen.")
    forgets(weekly)
    weekly.chat.waits(days=6)

    told = both_see(weekly)
    assert all("Ni fattade 7 beslut" in each for each in told)
    assert all("§ 6/2026" not in each and "§ 7/2026" in each for each in told)
    forgets(weekly)


def test_twelve_questions_at_most(sample: Sample) -> None:
    """With everything a digest can tell, and its picture: the store is asked no more of it than that."""
    store, forum, now = Counting(sample.store), sample.forum.id, sample.request(sample.ada).now
    for number in range(9):
        decisions.record(store, forum, Wording(f"Vi provar {number}.", follow_up_on=now.date()), year=2026,
                         by=sample.bo, now=now - timedelta(days=2))  # fmt: skip
    meetings.plan(store, forum, title="Forumet", begins_at=now + timedelta(days=2), ends_at=now + timedelta(days=3),
                  zone="UTC", venue="Rådhuset", member=1)  # fmt: skip
    win = wins.add(store, forum, kind="told", what="Det gick bra.", actors=(1,), now=now)
    wins.tell(store, forum, [win or 0], now - timedelta(hours=1))
    due = Due(key="1", name="1:digest", data="", due_at=now, grace=timedelta(days=1), late="ring")
    store.asked = 0

    posted = list(feature.post(replace(sample, store=store).request(None, due), 0))

    card = next(each.card for each in posted if isinstance(each, Post))
    assert isinstance(card, Card)
    assert any(isinstance(each, Picture) for each in card.body)
    assert store.asked <= 12


# --- Whenever one asks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bo", "cilla"])
def test_anybody_can_ask_for_it(weekly: Ready, name: str) -> None:
    """What waits and what happened, for the one who asks alone; nothing counts as told."""
    weekly.adds(1, due_on=FRIDAY)
    forgets(weekly)
    told_until = weekly.store(lambda store: digests.rhythm_of(store, 1)).told_until
    who: Somebody = getattr(weekly, name)
    who.commands("veckan", private=True)
    told = who.sees("digest-title", forum=weekly.forum.name)
    assert "Sak 1" in told
    assert weekly.store(lambda store: digests.rhythm_of(store, 1)).told_until == told_until


def test_right_after_the_digest_there_is_still_a_week_to_see(weekly: Ready) -> None:
    """Whoever asks then reads what was told a moment ago, and not that nothing has happened."""
    weekly.bo.commands("beslut Vi provar.")
    weekly.chat.waits(days=7)
    forgets(weekly)
    weekly.bo.commands("veckan", private=True)

    told = weekly.bo.sees("digest-title", forum=weekly.forum.name)
    assert "§ 1/2026" in told
    assert weekly.chat.t("digest-quiet") not in told


def test_a_quiet_forum_says_so(weekly: Ready) -> None:
    """Whoever asks in a week without anything hears that all is calm."""
    weekly.bo.commands("veckan", private=True)
    assert weekly.chat.t("digest-quiet") in weekly.bo.sees("digest-title", forum=weekly.forum.name)


def test_three_thousand_actions_fit_into_one_message(weekly: Ready) -> None:
    """The first few are named, the others counted; more of them are a press away, on pages of their own."""
    weekly.adds(60, due_on=FRIDAY - timedelta(days=30))
    for number in range(5):
        weekly.bo.commands(f"beslut Vi provar {number}.")
    weekly.chat.waits(minutes=30)
    forgets(weekly)
    weekly.bo.commands("veckan", private=True)
    assert weekly.chat.t("action-and-more", count=30) not in weekly.bo.sees(
        "digest-title", forum=weekly.forum.name
    )
    weekly.bo.clicks("digest-more")
    assert "Sak 7 " in weekly.bo.sees("digest-page-waits", forum=weekly.forum.name)
    weekly.bo.clicks("digest-next-page")
    assert "§ 5/2026" in weekly.bo.sees("digest-page-happened", forum=weekly.forum.name)
    weekly.bo.clicks("digest-first-page")
    weekly.bo.sees("digest-page-waits", forum=weekly.forum.name)
    forgets(weekly)


# --- When it comes -----------------------------------------------------------------------------------------------


def test_a_coordinator_chooses_day_and_hour(weekly: Ready) -> None:
    """From then on it comes then; the form begins with what holds."""
    weekly.ada.commands("veckan", private=True)
    weekly.ada.clicks("digest-settings")
    label = weekly.chat.t("budget-digest-3")
    assert weekly.ada.fills({"digest-form-day": label, "digest-form-hour": "15.00"}) == {}
    forgets(weekly)

    assert next_one(weekly) == datetime(2026, 3, 5, 15, 0, tzinfo=HERE)
    assert weekly.store(lambda store: digests.rhythm_of(store, 1)).weekday == 3


def test_a_forum_can_do_without(weekly: Ready) -> None:
    """Nothing is sent any more, and nothing is lost: one can still ask, and have it again."""
    weekly.adds(1, due_on=FRIDAY)
    weekly.ada.commands("veckan", private=True)
    weekly.ada.clicks("digest-settings")
    assert weekly.ada.fills({"digest-form-day": weekly.chat.t("digest-day-off")}) == {}
    weekly.ada.sees("digest-now-off")
    forgets(weekly)
    weekly.chat.waits(days=15)

    nobody_sees(weekly)
    assert next_one(weekly) is None


def test_a_timer_of_before_finds_a_forum_that_wants_none(weekly: Ready) -> None:
    """A digest that rings although it was switched off says nothing and sets nothing."""
    weekly.adds(1, due_on=FRIDAY)
    weekly.store(lambda store: digests.set_rhythm(store, 1, Rhythm("off")))
    weekly.chat.waits(days=8)

    nobody_sees(weekly)
    assert next_one(weekly) is None


def test_a_member_cannot_choose(weekly: Ready) -> None:
    """The button is the coordinators'; whoever presses it in another way is refused."""
    weekly.bo.commands("veckan", private=True)
    told = weekly.bo.sees("digest-title", forum=weekly.forum.name)
    assert weekly.chat.t("digest-settings") not in told


# --- Made-up buttons ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("since", "until", "page"), [
    (1, 2, 5), (1, 2, -1), (2, 1, 0), (1, 10**14, 0), (-(10**14), 2, 0), (1, 10**15 - 1, 0),
])  # fmt: skip
def test_pages_that_nobody_was_shown(sample: Sample, since: int, until: int, page: int) -> None:
    """A span of time or a page that no digest has is refused, and leads nowhere."""
    with pytest.raises(Refusal):
        list(feature.more(sample.request(sample.bo), since, until, page))


def test_only_a_timer_begins_or_tells_a_week(sample: Sample) -> None:
    """Whoever made up a button that would is told that it is of no use."""
    for effects in (feature.begin(sample.request(sample.ada)), feature.post(sample.request(sample.ada), 0)):
        with pytest.raises(Refusal):
            list(effects)
