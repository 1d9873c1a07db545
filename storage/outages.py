"""Spans of time that the bot knows nothing of, by forum, until somebody has been told."""

import json
from datetime import datetime

from storage import gauges, intake
from storage.db import Store, from_ms, to_ms
from storage.values import dataclass

RESTORED = "restored"
"""The span between a backup and its restore; any other is of the platform that it is named by."""


@dataclass(frozen=True, slots=True)
class Gap:
    """From when to when. ``times`` is how many spans were drawn together into this one."""

    since: datetime
    until: datetime
    times: int = 1


def forums_on(store: Store, platform: str = "") -> list[int]:
    """The forums that have a living chat on a platform, or anywhere."""
    rows = store.all(
        "select distinct forum from place where state = 'active' and forum is not null"
        " and (:platform = '' or platform = :platform) order by forum",
        platform=platform,
    )
    return [row[0] for row in rows]


def untold(store: Store, forum: int) -> dict[str, Gap]:
    """What a forum has not been told of yet, by platform (or ``restored``)."""
    known = json.loads(intake.fact(store, _name(forum)) or "{}")
    return {kind: Gap(from_ms(since), from_ms(until), times) for kind, (since, until, times) in known.items()}


def keep(store: Store, forum: int, kind: str, since: datetime, until: datetime) -> None:
    """Remember a span until it is told; several of one kind become one."""
    gaps = untold(store, forum)
    old = gaps.get(kind)
    gaps[kind] = (
        Gap(min(old.since, since), max(old.until, until), old.times + 1) if old else Gap(since, until)
    )
    kept = {name: (to_ms(each.since), to_ms(each.until), each.times) for name, each in gaps.items()}
    intake.set_fact(store, _name(forum), json.dumps(kept))


def told(store: Store, forum: int, now: datetime) -> None:
    """The forum knows; nothing is left to tell."""
    intake.set_fact(store, _name(forum), "")
    gauges.note(store, _told(forum), now)


def told_at(store: Store, forum: int) -> datetime | None:
    """When a forum was last told of anything."""
    return gauges.instant(store, _told(forum))


def _name(forum: int) -> str:
    return f"away:{forum}"


def _told(forum: int) -> str:
    return f"away-told:{forum}"
