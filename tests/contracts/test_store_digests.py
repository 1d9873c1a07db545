"""What a digest tells: what each verb of ``storage/digests.py`` and ``storage/own_digests.py`` promises."""

from datetime import UTC, date, datetime, time, timedelta

from storage import actions, agenda, approvals, decisions, digests, meetings, own_digests, pulse, rounds
from storage.db import Store, to_ms
from storage.decisions import Wording
from storage.digests import Asked, Month, Rhythm, Some, Waiting
from storage.forums import add_actor
from storage.meetings import Meeting
from storage.pulse import Times
from storage.records import Forum, Member
from tests.stage.samples import NOW

TODAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
LATER = NOW + WEEK


def _acts(
    store: Store, by: Member, due: int | None, actor: int | None = None, owner: int | None = None
) -> int:
    day = TODAY + timedelta(days=due) if due is not None else None
    return actions.add(
        store, by.forum, what="Ring", actor=actor, owner=owner, due_on=day, decision=None, member=by.id, now=NOW
    )  # fmt: skip


def _decides(store: Store, by: Member, at: datetime, what: str = "Vi tänder") -> int:
    return decisions.record(store, by.forum, Wording(what), year=2026, by=by, now=at).id


def _meets(store: Store, forum: Forum, at: datetime) -> Meeting:
    number = meetings.plan(
        store, forum.id, title="Forumet", begins_at=at, ends_at=at + timedelta(hours=2), zone="Europe/Stockholm",
        venue="Rådhuset", member=None,
    )  # fmt: skip
    one = meetings.get(store, forum.id, number)
    assert one
    return one


def test_a_forum_has_a_digest_every_monday_until_it_says_otherwise(
    store: Store, forum: Forum, other: Forum
) -> None:
    """What was told is remembered whatever is chosen, and other forums keep theirs."""
    assert digests.rhythm_of(store, forum.id) == Rhythm("weekly", 0, time(8, 30), None)
    digests.told(store, forum.id, NOW)
    digests.set_rhythm(store, forum.id, Rhythm("off", 3, time(15)))
    digests.told(store, forum.id, LATER)

    assert digests.rhythm_of(store, forum.id) == Rhythm("off", 3, time(15), LATER)
    assert digests.rhythm_of(store, other.id) == Rhythm()


def _pending(store: Store, forum: Forum) -> tuple[Some[Waiting], Some[Waiting], int]:
    return digests.actions_until(
        store, forum.id, TODAY, TODAY + WEEK, recently=TODAY - timedelta(days=28), most=3
    )


def test_what_waits_is_counted_and_no_organisation_crowds_out_the_others(
    store: Store, forum: Forum, other: Forum, ada: Member
) -> None:
    """The first of each organisation come before the second of any; what has no day or a far one is left out."""
    town, police = (
        add_actor(store, forum.id, name=each, sector="", level="") for each in ("Staden", "Polisen")
    )
    for day in (-5, -4, -3):
        _acts(store, ada, day, town)
    _acts(store, ada, -1, police)
    _acts(store, ada, -2)
    for long_ago in (-30, -29):
        _acts(store, ada, long_ago, town)
    today = _acts(store, ada, 0, police)
    for far in (8, None):
        _acts(store, ada, far, town)
    done = _acts(store, ada, -1, town)
    actions.set_state(store, forum.id, done, "done", member=ada.id, now=NOW)

    late, due, long_late = _pending(store, forum)

    assert late.count == 5
    assert [(each.id, each.actor) for each in late.items] == [(4, "Polisen"), (1, "Staden"), (5, "")]
    assert ([each.id for each in due.items], due.count) == ([today], 1)
    assert long_late == 2
    assert _pending(store, other) == (Some(), Some(), 0)


def test_an_owner_stands_for_their_organisation(store: Store, forum: Forum, ada: Member) -> None:
    """What a person has is told by their organisation, never by their name."""
    _acts(store, ada, -1, owner=ada.id)

    late, _, _ = _pending(store, forum)

    named = store.one(
        "select a.name from member m left join actor a on a.forum = m.forum and a.id = m.actor"
        " where m.forum = :forum and m.id = :id", forum=forum.id, id=ada.id,
    )  # fmt: skip
    assert named
    assert [each.actor for each in late.items] == [named[0] or ""]


def test_decisions_of_a_time(store: Store, forum: Forum, ada: Member) -> None:
    """Those recorded in between that stand, the first ones, and how many there are."""
    before, *inside, after = (
        _decides(store, ada, NOW + timedelta(days=each)) for each in (-1, 0, 1, 2, 3, 7)
    )
    gone = decisions.get(store, forum.id, inside[1])
    assert gone
    decisions.withdraw(store, gone, reason="", member=ada.id, now=NOW)

    found = digests.decided(store, forum.id, NOW, LATER, most=2)

    assert [each.id for each in found.items] == [inside[0], inside[2]]
    assert found.count == 3
    assert (before, after) == (1, 6)
    assert found.items[0].label == "2/2026"


def test_what_was_done_together_comes_first(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """An action with a hand from two organisations, before those of one; whoever only wrote it down had none."""
    town, police = (
        add_actor(store, forum.id, name=each, sector="", level="") for each in ("Staden", "Polisen")
    )
    for member, actor in ((ada, town), (bo, police)):
        store.run("update member set actor = :actor, role = 'member' where forum = :forum and id = :id", actor=actor, forum=forum.id,
                  id=member.id)  # fmt: skip
    alone, together, elsewhere = (_acts(store, ada, 1, police) for _ in range(3))
    actions.set_state(store, forum.id, together, "underway", member=ada.id, now=NOW)
    for number, at in ((alone, NOW), (together, NOW + WEEK / 2), (elsewhere, LATER)):
        actions.set_state(store, forum.id, number, "done", member=bo.id, now=at)

    found = digests.done(store, forum.id, NOW, LATER)

    assert [(each.id, each.actors) for each in found.items] == [
        (together, ("Staden", "Polisen")),
        (alone, ("Polisen",)),
    ]
    assert found.count == 2


def test_a_coordinator_who_answers_for_others_had_no_hand_in_it(
    store: Store, forum: Forum, ada: Member, bo: Member
) -> None:
    """Nor had whoever handed it over; a coordinator who has an action had one in it."""
    town, police = (
        add_actor(store, forum.id, name=each, sector="", level="") for each in ("Staden", "Polisen")
    )
    for member, actor, role in ((ada, town, "coordinator"), (bo, police, "member")):
        store.run("update member set actor = :actor, role = :role where forum = :forum and id = :id", actor=actor,
                  role=role, forum=forum.id, id=member.id)  # fmt: skip
    pressed, own = _acts(store, ada, 1, police), _acts(store, ada, 1, police, ada.id)
    handed = _acts(store, ada, 1, police, bo.id)
    for number in (pressed, own):
        actions.set_state(store, forum.id, number, "done", member=ada.id, now=NOW)
    actions.set_owner(store, forum.id, handed, actor=town, owner=None, member=bo.id, now=NOW)
    actions.set_state(store, forum.id, handed, "done", member=ada.id, now=NOW)

    found = {each.id: each.actors for each in digests.done(store, forum.id, NOW, LATER).items}

    assert found == {pressed: ("Polisen",), own: ("Staden", "Polisen"), handed: ("Staden",)}


def test_what_is_asked_of_several(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """Rounds, minutes with the organisations that have not answered, the pulse, and the next meeting alone."""
    town, police = (
        add_actor(store, forum.id, name=each, sector="", level="") for each in ("Staden", "Polisen")
    )
    rounds.open_round(store, forum.id, kind="consent", question="Ska vi?", detail="", options=(), advisers=(),
                      member=ada.id, deadline=NOW + WEEK, now=NOW, review_on=None)  # fmt: skip
    over = _meets(store, forum, NOW - WEEK)
    meetings.begin(store, over, chair=ada.id, year=2026, now=NOW - WEEK)
    meetings.close(store, over, NOW - WEEK)
    approvals.begin(store, over, [town, police], due_at=NOW + WEEK / 2)
    _meets(store, forum, NOW + 3 * WEEK)
    coming = _meets(store, forum, NOW + 2 * WEEK)
    times = Times(NOW, NOW, NOW + WEEK / 7, NOW + WEEK / 6)
    number = pulse.open_round(
        store, forum.id, token="t", questions=(), member=ada.id, times=times, invited=9, organisations=3
    )

    found = {each.kind: each for each in digests.asked(store, forum.id, NOW - WEEK, NOW, NOW - 8 * WEEK)}

    assert sorted(found) == ["meeting", "minutes", "pulse", "round"]
    assert found["minutes"].actors == ("Polisen", "Staden")
    assert found["minutes"].words == "1/2026"
    assert (found["round"].words, found["round"].at) == ("Ska vi?", NOW + WEEK)
    assert found["meeting"] == Asked(
        "meeting", coming.id, "Forumet", coming.begins_at, "Rådhuset", coming.ends_at, "Europe/Stockholm"
    )
    pulse.count_round(store, forum.id, number, answered=7, organisations=3, shown={})
    pulse.publish(store, forum.id, number)
    told = [each for each in digests.asked(store, forum.id, NOW, LATER, NOW) if each.kind == "result"]
    assert [(each.answered, each.invited) for each in told] == [(7, 9)]
    assert digests.asked(store, other.id, NOW, LATER, NOW) == []


def test_a_round_is_asked_about_while_it_asks(store: Store, forum: Forum, ada: Member) -> None:
    """Not while its owner decides; and one that asks some alone says so."""
    opened = [
        rounds.open_round(store, forum.id, kind="advice", question=question, detail="", options=(), advisers=advisers,
                          member=ada.id, deadline=NOW + WEEK, now=NOW, review_on=None)
        for question, advisers in (("Alla?", ()), ("Några?", ("m:2",)), ("Avgörs?", ()))
    ]  # fmt: skip
    one = rounds.get(store, forum.id, opened[2])
    assert one
    rounds.move_on(store, one, "deciding")

    found = digests.asked(store, forum.id, NOW - WEEK, NOW, NOW)
    assert [(each.kind, each.words) for each in found] == [("advice", "Några?"), ("round", "Alla?")]


def test_what_a_month_held(store: Store, forum: Forum, ada: Member) -> None:
    """Each month has what was done and decided in it; the present one until now."""
    store.run("update forum set created_at = 0")
    begins = [(date(2026, month, 1), datetime(2026, month, 1, tzinfo=UTC)) for month in (1, 2, 3)]
    for at in (begins[0][1] - timedelta(seconds=1), begins[0][1], begins[1][1], NOW, LATER):
        _decides(store, ada, at)
    number = _acts(store, ada, 1)
    actions.set_state(store, forum.id, number, "done", member=ada.id, now=begins[1][1])

    assert digests.months(store, forum.id, begins, LATER) == [
        Month(date(2026, 1, 1), 0, 1), Month(date(2026, 2, 1), 1, 1), Month(date(2026, 3, 1), 0, 1),
    ]  # fmt: skip


def test_a_month_before_the_forum_is_none(store: Store, forum: Forum, ada: Member) -> None:
    """The picture begins when the forum did, or with what was brought along from before."""
    begins = [(date(2026, month, 1), datetime(2026, month, 1, tzinfo=UTC)) for month in (1, 2, 3)]
    store.run("update forum set created_at = :at", at=to_ms(NOW))
    _decides(store, ada, NOW)

    assert digests.months(store, forum.id, begins, LATER) == [Month(date(2026, 3, 1), 0, 1)]
    _decides(store, ada, begins[1][1])
    assert [each.first.month for each in digests.months(store, forum.id, begins, LATER)] == [2, 3]


# --- One's own ---------------------------------------------------------------------------------------------------


def test_a_round_waits_for_those_who_have_not_answered(
    store: Store, forum: Forum, ada: Member, bo: Member
) -> None:
    """Not for who opened it, not for who answered, and of advisers alone where some were asked."""
    opened = [
        rounds.open_round(store, forum.id, kind="advice", question=each, detail="", options=(), advisers=advisers,
                          member=ada.id, deadline=NOW + WEEK, now=NOW, review_on=None)
        for each, advisers in (("Alla?", ()), ("Bo?", (f"m:{bo.id}",)), ("Andra?", ("m:99",)))
    ]  # fmt: skip
    assert [each.words for each in own_digests.rounds_for(store, bo, NOW)] == ["Alla?", "Bo?"]
    one = rounds.get(store, forum.id, opened[0])
    assert one
    rounds.answer(
        store, one, voter=f"m:{bo.id}", member=bo.id, actor=None, answer="yes", reason="", day=None, now=NOW
    )

    assert [each.id for each in own_digests.rounds_for(store, bo, NOW)] == [opened[1]]
    assert own_digests.rounds_for(store, ada, NOW) == ()
    assert own_digests.rounds_for(store, bo, NOW + WEEK) == ()


def test_one_forum_as_it_concerns_a_member(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """What is due soon, what waits for the organisation, the next meeting; decisions only where they are wanted."""
    for due in (1, 8, None):
        _acts(store, ada, due, owner=bo.id)
    _acts(store, ada, 1, owner=ada.id)
    _decides(store, ada, NOW)
    meeting = _meets(store, forum, NOW + WEEK)
    agenda.propose(store, forum.id, what='"Läget"', origin="", member=ada.id, now=NOW)

    one, with_news = (
        own_digests.mine(
            store, forum, bo, since=NOW, until=NOW + timedelta(1), horizon=TODAY + WEEK, most=4, news=news
        )
        for news in (False, True)
    )

    assert [each.id for each in one.actions] == [1]
    assert one.meeting
    assert one.meeting.id == meeting.id
    assert (one.rounds, one.minutes, one.thanks, one.decided.count) == ((), (), (), 0)
    assert with_news.decided.count == 1
