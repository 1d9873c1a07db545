"""Forums with a week behind them and any history before it, whose digests are due at the same minute."""

from datetime import UTC, datetime, timedelta
from typing import Final

from handlers.digests import post
from storage.db import Param, Store, to_ms

MONDAY: Final = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
"""Half past eight in Stockholm."""
PEOPLE: Final = 6
ACTORS: Final = 3
OLD_DECISIONS: Final = 10
OLD_ACTIONS: Final = 20
"""What a young forum has behind it; an old one has a multiple of that."""
OPEN: Final = 8
Values = dict[str, Param]


def furnish(store: Store, forums: int, *, first: int = 1, history: int = 1) -> None:
    """So many forums, each with two chats, six people of three organisations, a week and its history."""
    for number in range(first, first + forums):
        _forum(store, number)
        _week(store, number)
        _history(store, number, history)


def due(store: Store, forums: int, at: datetime) -> None:
    """Their digests ring then."""
    into(store, "timer", [
        {"name": f"{number}:digest", "forum": number, "due_at": to_ms(at), "action": post.action(0).encode(number),
         "grace": 86400, "late": "ring"}
        for number in range(1, forums + 1)
    ])  # fmt: skip


def _forum(store: Store, number: int) -> None:
    into(store, "forum", [
        {"id": number, "name": f"Samverkan {number}", "challenge": "Fler i arbete", "language": "sv",
         "zone": "Europe/Stockholm", "invite": f"i{number}", "created_at": to_ms(MONDAY - timedelta(days=400))}
    ])  # fmt: skip
    into(store, "place", [
        {"forum": number, "platform": platform, "workspace": workspace, "chat": chat, "topic": "", "title": "Forumet"}
        for platform, workspace, chat in (("slack", "T1", f"C{number}"), ("telegram", "", f"-{10**9 + number}"))
    ])  # fmt: skip
    into(store, "actor", [
        {"forum": number, "id": each, "name": f"Organisation {each}", "folded": f"organisation {each}"}
        for each in range(1, ACTORS + 1)
    ])  # fmt: skip
    people = [PEOPLE * (number - 1) + each for each in range(1, PEOPLE + 1)]
    into(store, "person", [{"id": each, "name": f"Person {each}", "created_at": 0} for each in people])
    into(store, "account", [
        {"platform": "slack", "workspace": "T1", "user_id": f"U{each}", "person": each, "name": f"Person {each}",
         "reachable": 1, "seen_at": 0}
        for each in people
    ])  # fmt: skip
    into(store, "member", [
        {"forum": number, "id": place, "person": each, "actor": 1 + place % ACTORS,
         "role": "member" if place > 1 else "coordinator", "state": "active", "joined_at": 0}
        for place, each in enumerate(people, 1)
    ])  # fmt: skip


def _week(store: Store, forum: int) -> None:
    """Two decisions, four actions finished, eight open, a meeting with an agenda."""
    lately = [MONDAY - timedelta(days=each) for each in (2, 3, 4, 5)]
    _decisions(store, forum, [(10**6 + at, moment) for at, moment in enumerate(lately[:2])])
    _actions(store, forum, [(10**6 + at, moment) for at, moment in enumerate(lately)])
    into(store, "action", [
        _action(forum, 2 * 10**6 + each, MONDAY - timedelta(days=20))
        | {"due_on": (MONDAY + timedelta(days=each - 2)).date().isoformat()}
        for each in range(OPEN)
    ])  # fmt: skip
    begins = to_ms(MONDAY + timedelta(days=8))
    into(store, "meeting", [
        {"forum": forum, "id": 1, "title": "Samverkansmöte", "begins_at": begins, "ends_at": begins + 7_200_000,
         "zone": "Europe/Stockholm", "venue": "Rådhuset"}
    ])  # fmt: skip
    into(store, "agenda_point", [
        {"forum": forum, "id": each, "what": '"Nuläget i fältgruppen"', "origin": "", "by_member": 1, "at": 0,
         "state": "proposed", "root": each}
        for each in range(1, 4)
    ])  # fmt: skip


def _history(store: Store, forum: int, times: int) -> None:
    """What a year or many held: all of it over before the week began."""
    year = MONDAY - timedelta(days=400)
    decided = [(each, year + timedelta(minutes=each)) for each in range(1, OLD_DECISIONS * times + 1)]
    _decisions(store, forum, decided)
    _actions(
        store, forum, [(each, year + timedelta(minutes=each)) for each in range(1, OLD_ACTIONS * times + 1)]
    )


def _decisions(store: Store, forum: int, several: list[tuple[int, datetime]]) -> None:
    into(store, "decision", [
        {"forum": forum, "id": number, "year": at.year, "number": number, "version": 1, "state": "standing",
         "recorded_at": to_ms(at), "recorded_by": 1, "link": ""}
        for number, at in several
    ])  # fmt: skip
    into(store, "decision_version", [
        {"forum": forum, "decision": number, "version": 1, "what": "Vi öppnar fältgruppen i mars.", "why": "",
         "process": "", "actors": "", "objections": "", "state": "standing", "reason": "", "by_member": 1, "at": to_ms(at)}
        for number, at in several
    ])  # fmt: skip


def _actions(store: Store, forum: int, several: list[tuple[int, datetime]]) -> None:
    """Finished ones, each with a hand from another organisation."""
    into(store, "action", [
        _action(forum, number, at) | {"state": "done", "due_on": at.date().isoformat(), "done_at": to_ms(at)}
        for number, at in several
    ])  # fmt: skip
    into(store, "action_event", [
        {"forum": forum, "action": number, "seq": seq, "what": what, "detail": "", "by_member": 1 + seq, "at": to_ms(at)}
        for number, at in several
        for seq, what in enumerate(("added", "underway", "done"), 1)
    ])  # fmt: skip


def _action(forum: int, number: int, at: datetime) -> Values:
    return {
        "forum": forum, "id": number, "what": "Kalla till möte om lokaler", "actor": 1 + number % ACTORS, "owner": None,
        "due_on": None, "state": "open", "by_member": 1, "at": to_ms(at), "done_at": None,
    }  # fmt: skip


def into(store: Store, table: str, rows: list[Values]) -> None:
    """Rows straight into a table."""
    names = list(rows[0])
    marks = ", ".join(f":{each}" for each in names)
    store.run_many(f"insert into {table} ({', '.join(names)}) values ({marks})", rows)
