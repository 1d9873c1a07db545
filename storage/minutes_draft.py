"""The minutes of a meeting as it stands: made from what was ticked, noted, decided and taken on, whenever asked for.

A decision that was taken back within its quarter of an hour is not in them. What fell between points comes last.
"""

from storage import actions, agenda, decisions, forums, meetings, sittings
from storage.agenda import Point
from storage.db import Store
from storage.meetings import Meeting
from storage.minutes import Attendee, Item, Minutes, Organisation, Ruling, Task
from storage.records import Decision, Member
from storage.sittings import Kept, Note


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
    rulings = {each.id: _ruling(each, actors, members) for each in _decided(store, meeting, kept)}
    tasks = {
        each.record: task
        for each in kept
        if each.kind == "action" and (task := _task(store, meeting.forum, each.record, actors, members))
    }
    known = {each.id for each in points}
    items = [_item(number, each, notes, kept, rulings, tasks) for number, each in enumerate(points, 1)]
    besides = _item(
        0, None, [each for each in notes if each.point not in known],
        [each for each in kept if each.point not in known], rulings, tasks,
    )  # fmt: skip
    return (*items, besides) if besides.notes or besides.rulings or besides.tasks else tuple(items)


def _item(
    number: int, point: Point | None, notes: list[Note], kept: list[Kept], rulings: dict[int, Ruling],
    tasks: dict[int, Task],
) -> Item:  # fmt: skip
    if point:
        notes = [each for each in notes if each.point == point.id]
        kept = [each for each in kept if each.point == point.id]
    return Item(
        number,
        point.what if point else "",
        point is None or point.state != "unreached",
        tuple(each.what for each in notes),
        tuple(rulings[each.record] for each in kept if each.kind == "decision" and each.record in rulings),
        tuple(tasks[each.record] for each in kept if each.kind == "action" and each.record in tasks),
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


def _task(
    store: Store, forum: int, action: int, actors: dict[int, str], members: dict[int, Member]
) -> Task | None:
    one = actions.get(store, forum, action)
    if one is None or one.state == "dropped":
        return None
    owner = members.get(one.owner or 0)
    return Task(one.what, actors.get(one.actor or 0, ""), owner.name if owner else "", one.due_on)


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
