"""Forums with a week behind them and any history before it, whose digests are due at the same minute."""

from datetime import UTC, date, datetime, timedelta
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
        _wins(store, number)
        _history(store, number, history)


def fill(store: Store, forum: int) -> None:
    """More of everything in a forum's week than a digest has room for, and what waits for answers besides."""
    several = [(10**6 + each, MONDAY - timedelta(days=each % 6)) for each in range(10, 16)]
    _decisions(store, forum, several)
    long_ago = [(10**6 + each, MONDAY - timedelta(days=30)) for each in range(20, 24)]
    _decisions(store, forum, long_ago, follow_up_on=MONDAY.date())
    _wins(store, forum, first=3)
    _points(store, forum, first=4)
    _asked(store, forum)


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
    _points(store, forum, first=1)


def _points(store: Store, forum: int, first: int) -> None:
    into(store, "agenda_point", [
        {"forum": forum, "id": each, "what": '"Nuläget i fältgruppen"', "origin": "", "by_member": 1, "at": 0,
         "state": "proposed", "root": each}
        for each in range(first, first + 3)
    ])  # fmt: skip


def _wins(store: Store, forum: int, first: int = 1) -> None:
    """Two of the week: something that two organisations did together, and a thank-you to one of them."""
    at = to_ms(MONDAY - timedelta(days=3))
    told = (("together", "Kalla till möte om lokaler", (1, 2)), ("thanks", "för hjälpen i helgen", (3,)))
    into(store, "win", [
        {"forum": forum, "id": number, "kind": kind, "what": what, "state": "told", "at": at, "told_at": at + number}
        for number, (kind, what, _) in enumerate(told, first)
    ])  # fmt: skip
    into(store, "win_share", [
        {"forum": forum, "win": number, "actor": each, "member": 0}
        for number, (_, _, actors) in enumerate(told, first)
        for each in actors
    ])  # fmt: skip


def _asked(store: Store, forum: int) -> None:
    """Two decision rounds, then minutes and the pulse."""
    soon, later = to_ms(MONDAY + timedelta(days=3)), to_ms(MONDAY + timedelta(days=4))
    lately = to_ms(MONDAY - timedelta(days=6))
    into(store, "decision_round", [
        {"forum": forum, "id": each, "kind": "consent", "question": "Ska fältgruppen gå ut även på söndagar?",
         "owner": 1, "phase": "asking", "state": "open", "deadline": soon, "by_member": 1, "at": lately}
        for each in (1, 2)
    ])  # fmt: skip
    into(store, "meeting", [
        {"forum": forum, "id": 2, "title": "Samverkansmöte", "begins_at": lately, "ends_at": lately + 7_200_000,
         "zone": "Europe/Stockholm", "state": "closed", "year": MONDAY.year, "number": 1}
    ])  # fmt: skip
    into(store, "meeting_minutes", [
        {"forum": forum, "meeting": 2, "state": "asking", "body": "{}", "due_at": later}
    ])  # fmt: skip
    into(store, "minutes_answer", [
        {"forum": forum, "meeting": 2, "actor": each} for each in range(1, ACTORS + 1)
    ])  # fmt: skip
    into(store, "pulse_round", [
        {"forum": forum, "id": 1, "token": f"week{forum}", "questions": "[]", "state": "open", "opened_by": 1,
         "opens_at": lately, "reminds_at": later, "closes_at": later, "publishes_at": later, "invited": PEOPLE,
         "organisations": ACTORS}
    ])  # fmt: skip


def _history(store: Store, forum: int, times: int) -> None:
    """What a year or many held: all of it over before the week began."""
    year = MONDAY - timedelta(days=400)
    decided = [(each, year + timedelta(minutes=each)) for each in range(1, OLD_DECISIONS * times + 1)]
    _decisions(store, forum, decided)
    _actions(
        store, forum, [(each, year + timedelta(minutes=each)) for each in range(1, OLD_ACTIONS * times + 1)]
    )


def _decisions(
    store: Store, forum: int, several: list[tuple[int, datetime]], *, follow_up_on: date | None = None
) -> None:
    into(store, "decision", [
        {"forum": forum, "id": number, "year": at.year, "number": number, "version": 1, "state": "standing",
         "recorded_at": to_ms(at), "recorded_by": 1, "link": ""}
        for number, at in several
    ])  # fmt: skip
    into(store, "decision_version", [
        {"forum": forum, "decision": number, "version": 1, "what": "Vi öppnar fältgruppen i mars.", "why": "",
         "process": "", "actors": "", "objections": "", "state": "standing", "reason": "", "by_member": 1, "at": to_ms(at),
         "follow_up_on": follow_up_on.isoformat() if follow_up_on else None}
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
