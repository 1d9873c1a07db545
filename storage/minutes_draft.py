"""The minutes of a meeting as it stands: made from what was ticked, noted, asked, decided and taken on, whenever wanted.

A decision that was taken back within its quarter of an hour is not in them. What fell between points comes last.
"""

import json
from typing import Any

from storage import actions, agenda, decisions, forums, meetings, rounds, sittings
from storage.agenda import Point
from storage.db import Store
from storage.meetings import Meeting
from storage.minutes import Attendee, Item, Minutes, Organisation, RoundLine, Ruling, Task
from storage.records import Decision, Member
from storage.sittings import Kept, Note
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a meeting, each thing by its number."""

    rulings: dict[int, Ruling]
    tasks: dict[int, Task]
    rounds: dict[int, RoundLine]


def draft(store: Store, meeting: Meeting) -> Minutes:
    """The minutes by now. Raises ``LookupError`` for a forum that is not there."""
    forum = forums.get(store, meeting.forum)
    if forum is None:
        raise LookupError("no such forum")
    actors = {each.id: each.name for each in forums.actors(store, forum.id)}
    members = {each.id: each for each in forums.ever_members(store, forum.id)}
    chair = members.get(meeting.chair or 0)
    return Minutes(
        forum.name, meeting.title, meeting.label, meeting.opened_at or meeting.begins_at,
        meeting.closed_at or meeting.ends_at, meeting.zone, meeting.venue, chair.name if chair else "",
        _present(store, meeting, actors, members), _items(store, meeting, actors, members),
    )  # fmt: skip


def _present(
    store: Store, meeting: Meeting, actors: dict[int, str], members: dict[int, Member]
) -> tuple[Organisation, ...]:
    """By organisation, in the order of their names; those who speak for none come last."""
    here: dict[str, list[Attendee]] = {}
    for seat in sittings.seats(store, meeting).values():
        member = members.get(seat.member)
        if member is None or not seat.present:
            continue
        came = Attendee(seat.substitute, member.name) if seat.substitute else Attendee(member.name, "")
        here.setdefault(actors.get(member.actor or 0, ""), []).append(came)
    names = sorted(here, key=lambda each: (not each, each.casefold()))
    return tuple(
        Organisation(name, tuple(sorted(here[name], key=lambda each: each.name.casefold()))) for name in names
    )


def _items(
    store: Store, meeting: Meeting, actors: dict[int, str], members: dict[int, Member]
) -> tuple[Item, ...]:
    points = agenda.of_meeting(store, meeting.forum, meeting.id)
    notes, kept = sittings.notes(store, meeting), sittings.kept(store, meeting)
    came = _Came(
        {each.id: _ruling(each, actors, members) for each in _decided(store, meeting, kept)},
        _tasks(store, meeting, kept, actors, members),
        _rounds(store, meeting, kept, actors, members),
    )
    known = {each.id for each in points}
    items = [_item(number, each, notes, kept, came) for number, each in enumerate(points, 1)]
    besides = _item(
        0, None, [each for each in notes if each.point not in known],
        [each for each in kept if each.point not in known], came,
    )  # fmt: skip
    is_empty = not (besides.notes or besides.rulings or besides.tasks or besides.rounds)
    return tuple(items) if is_empty else (*items, besides)


def _item(
    number: int, point: Point | None, notes: list[Note], kept: list[Kept], came: _Came
) -> Item:  # fmt: skip
    if point:
        notes = [each for each in notes if each.point == point.id]
        kept = [each for each in kept if each.point == point.id]
    return Item(
        number,
        point.what if point else "",
        point is None or point.state != "unreached",
        tuple(each.what for each in notes),
        tuple(
            came.rulings[each.record]
            for each in kept
            if each.kind == "decision" and each.record in came.rulings
        ),
        tuple(
            came.tasks[each.record] for each in kept if each.kind == "action" and each.record in came.tasks
        ),
        tuple(
            came.rounds[each.record] for each in kept if each.kind == "round" and each.record in came.rounds
        ),
    )


def _decided(store: Store, meeting: Meeting, kept: list[Kept]) -> list[Decision]:
    found = [decisions.get(store, meeting.forum, each.record) for each in kept if each.kind == "decision"]
    return [each for each in found if each and each.state != "undone"]


def _ruling(one: Decision, actors: dict[int, str], members: dict[int, Member]) -> Ruling:
    owner = members.get(one.owner or 0)
    named = tuple(actors[each] for each in one.actors if each in actors)
    return Ruling(
        one.id, one.label, one.what, one.why, one.process, named, one.objections, owner.name if owner else "",
        one.follow_up_on,
    )  # fmt: skip


def _tasks(
    store: Store, meeting: Meeting, kept: list[Kept], actors: dict[int, str], members: dict[int, Member]
) -> dict[int, Task]:
    found = {
        each.record: _task(store, meeting.forum, each.record, actors, members)
        for each in kept
        if each.kind == "action"
    }
    return {number: each for number, each in found.items() if each}


def _task(
    store: Store, forum: int, action: int, actors: dict[int, str], members: dict[int, Member]
) -> Task | None:
    one = actions.get(store, forum, action)
    if one is None or one.state == "dropped":
        return None
    owner = members.get(one.owner or 0)
    return Task(one.what, actors.get(one.actor or 0, ""), owner.name if owner else "", one.due_on)


def _rounds(
    store: Store, meeting: Meeting, kept: list[Kept], actors: dict[int, str], members: dict[int, Member]
) -> dict[int, RoundLine]:
    found = {
        each.record: _round(store, meeting.forum, each.record, actors, members)
        for each in kept
        if each.kind == "round"
    }
    return {number: each for number, each in found.items() if each}


def _round(
    store: Store, forum: int, number: int, actors: dict[int, str], members: dict[int, Member]
) -> RoundLine | None:
    one = rounds.get(store, forum, number)
    if one is None:
        return None
    made = decisions.get(store, forum, one.decision) if one.decision else None
    state = one.phase if one.state == "open" and one.phase != "asking" else one.state
    told: dict[str, Any] = json.loads(one.outcome or "{}")
    choices = told.get("choices", [])  # abstaining first, then option by option
    count = sum(map(len, choices)) if choices else told.get("count", told.get("advised", 0))
    return RoundLine(
        one.id, one.kind, one.question, "undone" if made and made.state == "undone" else state,
        one.deadline if one.state == "open" else None, made.label if made else "",
        _voter(told.get("who", ""), actors, members), told.get("reason", "") if state == "stopped" else "",
        count, told.get("voters", told.get("asked", told.get("all", 0))), told.get("needed", 0),
        one.options, tuple(map(len, choices[1:])),
    )  # fmt: skip


def _voter(voter: str, actors: dict[int, str], members: dict[int, Member]) -> str:
    """Whoever has this voice, by name: ``m:7`` is a member, ``a:2`` an organisation."""
    kind, _, number = voter.partition(":")
    if kind == "a":
        return actors.get(int(number), "")
    member = members.get(int(number)) if number else None
    return member.name if member else ""


# --- Which meetings have minutes -------------------------------------------------------------------------------


def by_number(store: Store, forum: int, number: int, year: int) -> Meeting | None:
    """The meeting whose minutes have this number."""
    row = store.one(
        "select id from meeting where forum = :forum and year = :year and number = :number",
        forum=forum,
        year=year,
        number=number,
    )
    return meetings.get(store, forum, row[0]) if row else None


def latest(store: Store, forum: int, *, before: Meeting | None = None) -> Meeting | None:
    """The newest meeting that has minutes, or the one before another."""
    year, number = (before.year or 0, before.number or 0) if before else (9999, 0)
    row = store.one(
        "select id from meeting where forum = :forum and number is not null and state in ('open', 'closed')"
        " and (year < :year or (year = :year and number < :number)) order by year desc, number desc limit 1",
        forum=forum,
        year=year,
        number=number,
    )
    return meetings.get(store, forum, row[0]) if row else None
