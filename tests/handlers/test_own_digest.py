"""One's own summary as people meet it: one message for all their forums, in their own hours."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from handlers.own_digest import back, begin
from storage import actions, approvals, decisions, forums, meetings, rounds, timers, wishes
from storage.db import Store, to_ms
from storage.decisions import Wording
from storage.records import Forum
from storage.wishes import KIND, Wishes
from tests.stage.people import Somebody
from tests.stage.ready import FRIDAY, Ready, another_forum

HERE = ZoneInfo("Europe/Stockholm")
BO = 2


def person(ready: Ready, member: int = BO) -> int:
    """Who is behind a member."""
    found = ready.store(lambda store: forums.member(store, ready.forum.id, member))
    assert found
    return found.person


def rings(ready: Ready, name: str, data: str, forum: int = 1) -> None:
    """A timer that is due now."""
    ready.store(
        lambda store: timers.schedule(
            store, f"{forum}:{name}", ready.chat.now, data, forum=forum, grace=timedelta(days=1), late="ring"
        )
    )
    ready.chat.app.timers.wake()
    ready.chat.settles()


def wants(ready: Ready, wish: Wishes, *, member: int = BO, forum: int = 1) -> int:
    """Somebody has chosen what reaches them; who they are."""
    who = person(ready, member)
    ready.store(lambda store: wishes.keep(store, who, wish))
    rings(ready, f"own-digest:{who}", begin.action(who).encode(forum), forum)
    return who


def next_one(ready: Ready) -> list[datetime]:
    """When somebody's next summary comes."""
    rows = ready.store(
        lambda store: store.all("select due_at from timer where action like 'own_digest.send%'")
    )
    return [datetime.fromtimestamp(each[0] / 1000, HERE) for each in rows]


DAILY = replace(KIND, digest="daily")


@pytest.mark.parametrize(("name", "member"), [("bo", 2), ("cilla", 3)])
def test_what_waits_for_me_in_one_message(ready: Ready, name: str, member: int) -> None:
    """The next working morning: my actions, what I am asked, in each forum, and which are quiet."""
    who: Somebody = getattr(ready, name)
    another_forum(ready, "Skolan", ready.ada, who)
    ready.adds(5, due_on=FRIDAY, owner=member)
    for question in ("Ska vi?", "Vill vi?", "Får vi?", "Kan vi?"):
        ready.store(lambda store, what=question: rounds.open_round(  # type: ignore[misc]  # bound at once
            store, 1, kind="consent", question=what, detail="", options=(), advisers=(), member=1,
            deadline=ready.chat.now + timedelta(days=4), now=ready.chat.now, review_on=None,
        ))  # fmt: skip
    wants(ready, DAILY, member=member)
    assert next_one(ready) == [datetime(2026, 3, 3, 8, 30, tzinfo=HERE)]

    ready.chat.waits(days=1)

    told = who.sees("own-digest-title", day=date(2026, 3, 3))
    assert "Åtgärd 1: Sak 1 (fre 6 mars 2026)" in told
    assert ready.chat.t("action-and-more", count=2) in told
    assert "Svara: Ska vi?" in told
    assert ready.chat.t("action-and-more", count=3) in told
    assert "Lugnt i Skolan." in told
    assert next_one(ready) == [datetime(2026, 3, 4, 8, 30, tzinfo=HERE)]


def test_minutes_and_thanks(ready: Ready) -> None:
    """What my organisation is asked to approve, and what I was thanked for."""
    lately = ready.chat.now + timedelta(hours=1)

    def meet(store: Store) -> None:
        number = meetings.plan(store, 1, title="Forumet", begins_at=ready.chat.now, ends_at=ready.chat.now,
                               zone="Europe/Stockholm", member=1)  # fmt: skip
        one = meetings.get(store, 1, number)
        assert one
        meetings.begin(store, one, chair=1, year=2026, now=ready.chat.now)
        meetings.close(store, one, ready.chat.now)
        approvals.begin(store, one, [2], due_at=ready.chat.now + timedelta(days=5))
        for each in range(1, 7):
            store.run("insert into win (forum, id, kind, what, state, at, told_at) values (1, :id, 'thanks', :what,"
                      " 'told', 0, :at)", id=each, what=f"Tack för lån {each}.", at=to_ms(lately) + each)  # fmt: skip
            store.run("insert into win_share (forum, win, actor, member) values (1, :id, 2, 0)", id=each)

    ready.store(meet)
    wants(ready, DAILY)
    ready.chat.waits(days=1)

    told = ready.bo.sees("own-digest-title", day=date(2026, 3, 3))
    assert "Justera: protokoll 1/2026, senast lör 7 mars 2026" in told
    assert "Tack för lån 6." in told.splitlines()
    assert ready.chat.t("action-and-more", count=5) in told


def test_two_who_become_one_keep_their_summary(ready: Ready) -> None:
    """Whoever ties a second account has the summary that they wished for before."""
    ready.adds(1, due_on=FRIDAY, owner=3)
    cilla = person(ready, 3)
    ready.store(lambda store: wishes.keep(store, cilla, DAILY))
    ready.bo.commands("konto", private=True)
    said = ready.chat.reads_everything()[0]
    code = next(each for each in said.split() if len(each) >= 8 and each.isupper())
    ready.cilla.says(f"konto {code}", private=True)
    ready.chat.reads_everything()
    ready.cilla.clicks("account-yes")
    ready.chat.reads_everything()
    assert len(next_one(ready)) == 1
    ready.chat.waits(days=1)
    assert [each for each in ready.chat.reads_everything() if "Sak 1" in each] != []


def test_nothing_waits_and_nothing_is_said(ready: Ready) -> None:
    """A day without anything has no message, and neither has a weekend."""
    ready.adds(1, due_on=date(2026, 3, 20))
    wants(ready, DAILY)
    ready.chat.waits(days=10)
    assert ready.chat.unread() == []
    ready.chat.waits(days=4)
    assert len([each for each in ready.chat.reads_everything() if "Åtgärd 1" in each]) == 2


def test_once_a_week_on_a_day_of_ones_choice(ready: Ready) -> None:
    """On Thursdays, at the hour at which one's day begins."""
    ready.adds(1, due_on=FRIDAY)
    wants(ready, replace(KIND, digest="3", opens=time(10)))
    assert next_one(ready) == [datetime(2026, 3, 5, 10, 0, tzinfo=HERE)]
    ready.chat.waits(days=4)
    ready.bo.sees("own-digest-title", day=date(2026, 3, 5))
    assert next_one(ready) == [datetime(2026, 3, 12, 10, 0, tzinfo=HERE)]


def test_switched_off_nothing_comes(ready: Ready) -> None:
    """Whoever wants none any more gets none, whatever was set before."""
    ready.adds(1, due_on=FRIDAY)
    who = wants(ready, DAILY)
    ready.store(lambda store: wishes.keep(store, who, KIND))
    ready.chat.waits(days=2)
    assert (ready.chat.unread(), next_one(ready)) == ([], [])
    wants(ready, KIND)
    assert next_one(ready) == []


def test_chosen_in_two_forums_it_comes_once(ready: Ready) -> None:
    """The choice is one for all forums: the later one counts, and there are never two messages."""
    other = another_forum(ready, "Skolan", ready.bo)
    ready.adds(1, due_on=FRIDAY)
    wants(ready, DAILY)
    wants(ready, DAILY, forum=other.id)
    ready.chat.waits(days=1)
    ready.bo.sees("own-digest-title", day=date(2026, 3, 3))
    assert ready.chat.unread() == []
    assert len(next_one(ready)) == 1


def test_somebody_who_is_away_hears_nothing(ready: Ready) -> None:
    """Until they are back nothing comes, and then it goes on."""
    ready.adds(1, due_on=FRIDAY)
    wants(ready, replace(DAILY, away_until=date(2026, 3, 6)))
    ready.chat.waits(days=3, hours=20)
    assert ready.chat.unread() == []
    ready.chat.waits(days=1)
    ready.bo.sees("own-digest-title", day=FRIDAY)


@pytest.mark.parametrize(("hours", "says"), [(2, True), (9.5, False), (26, False)])
def test_late_it_says_so_and_never_comes_at_night(ready: Ready, hours: float, says: bool) -> None:
    """After a while away it comes late and says so; in the evening it waits for the morning; a day late it is left out."""
    ready.adds(1, due_on=FRIDAY)
    wants(ready, DAILY)
    ready.chat.waits(hours=23)
    ready.chat.sleeps_through(hours=hours + 0.5)
    told = [each for each in ready.chat.reads_everything() if ready.chat.t("digest-late") in each]
    assert bool(told) is says
    assert len(next_one(ready)) == 1


# --- Back from leave ---------------------------------------------------------------------------------------------


def _decides(ready: Ready) -> None:
    def decide(store: Store) -> None:
        ada = forums.member(store, 1, 1)
        assert ada
        decisions.record(store, 1, Wording("Vi öppnar tidigare."), year=2026, by=ada, now=ready.chat.now)

    ready.store(decide)
    ready.chat.waits(minutes=1)


def comes_back(ready: Ready, forum: int = 1) -> None:
    """The day has come."""
    who = person(ready)
    rings(ready, f"back:{who}", back.action(who).encode(forum), forum)


def test_back_from_leave(ready: Ready) -> None:
    """What waits and what was decided meanwhile, in one message, also for somebody who wants no summary else."""
    ready.adds(1, due_on=FRIDAY)
    _decides(ready)
    comes_back(ready)
    told = ready.bo.sees("own-digest-back")
    assert "Sak 1" in told
    assert "§ 1/2026: Vi öppnar tidigare." in told
    comes_back(ready)
    assert ready.chat.unread() == []


def test_of_much_that_was_decided_the_latest_is_told(ready: Ready) -> None:
    """Three decisions are named, and how many more there are is said."""
    for _ in range(5):
        _decides(ready)
    comes_back(ready)

    told = ready.bo.sees("own-digest-back")
    at = [told.index(f"§ {each}/2026: ") for each in (5, 4, 3)]
    assert at == sorted(at)
    assert "§ 2/2026" not in told
    assert ready.chat.t("action-and-more", count=2) in told


@pytest.mark.parametrize("wish", [
    replace(KIND, nudges=False), replace(KIND, away_until=date(2026, 3, 20)),
])  # fmt: skip
def test_back_and_left_alone(ready: Ready, wish: Wishes) -> None:
    """Whoever turned everything off, or stayed away longer, hears nothing."""
    ready.adds(1, due_on=FRIDAY)
    ready.store(lambda store: wishes.keep(store, person_of(store), wish))
    comes_back(ready)
    assert ready.chat.unread() == []


def person_of(store: Store) -> int:
    """Bo, from inside the store."""
    found = forums.member(store, 1, BO)
    assert found
    return found.person


@pytest.mark.parametrize("busy", [True, False])
def test_back_and_nowhere_to_be_told(ready: Ready, busy: bool) -> None:
    """Whoever wants to hear nothing on any day, or has nothing to hear, is left in peace."""
    if busy:
        ready.adds(1, due_on=FRIDAY)
        ready.store(lambda store: wishes.keep(store, person_of(store), replace(KIND, days=())))
    comes_back(ready)
    assert ready.chat.unread() == []


def test_a_summary_whose_day_was_taken_away(ready: Ready) -> None:
    """Whoever wants no day any more, after their summary had its time, hears nothing."""
    ready.adds(1, due_on=FRIDAY)
    who = wants(ready, DAILY)
    ready.store(lambda store: wishes.keep(store, who, replace(DAILY, days=())))
    ready.chat.waits(days=2)
    assert ready.chat.unread() == []


def test_back_before_ones_day_begins(ready: Ready) -> None:
    """The welcome waits for the person's own hours."""
    ready.adds(1, due_on=FRIDAY)
    ready.store(lambda store: wishes.keep(store, person_of(store), replace(KIND, opens=time(11))))
    comes_back(ready)
    assert ready.chat.unread() == []
    ready.chat.waits(hours=3)
    ready.bo.sees("own-digest-back")


# --- Many forums -------------------------------------------------------------------------------------------------


def test_forty_forums_are_one_message(ready: Ready) -> None:
    """Those where something presses come first, a few of them whole; the others are named or counted."""

    def busy(store: Store, forum: Forum, days: int) -> None:
        actions.add(store, forum.id, what=f"Ring {days}", actor=None, owner=1, decision=None, member=1,
                    due_on=FRIDAY - timedelta(days=days), now=ready.chat.now)  # fmt: skip

    for number in range(40):
        forum = another_forum(ready, f"Forum {number:02}", ready.bo)
        if number < 7:
            ready.store(partial(busy, forum=forum, days=number))
    wants(ready, DAILY)
    ready.chat.waits(days=1)

    told = ready.bo.sees("own-digest-title", day=date(2026, 3, 3))
    assert told.index("Forum 06") < told.index("Forum 05") < told.index("Forum 02")
    assert "Något väntar också i Forum 01 och Forum 00." in told
    assert "29 till" in told
    assert len(told) < 1500


def test_a_confidential_forum_tells_numbers_alone(ready: Ready) -> None:
    """Nobody's words leave a forum that keeps none."""
    ready.adds(1, due_on=FRIDAY)
    begins = ready.chat.now + timedelta(days=3)
    ready.store(
        lambda store: meetings.plan(
            store, 1, title="x", begins_at=begins, ends_at=begins, zone="Europe/Stockholm", member=1
        )
    )
    ready.store(lambda store: store.run("update forum set confidential = 1"))
    wants(ready, DAILY)
    ready.chat.waits(days=1)
    told = ready.bo.sees("own-digest-title", day=date(2026, 3, 3))
    assert "Åtgärd 1: klar senast fre 6 mars 2026" in told
    assert "Sak 1" not in told
    assert "Nästa möte: tors 5 mars 2026, 9.00" in told
