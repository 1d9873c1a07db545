"""Whose turn it is, where several processes work on one PostgreSQL database.

A chat is one process's to write to until it is done or its lease runs out, so that order and pace hold over all of them;
a lease has a name and is for what one process alone may do. Who took over counts the fence up, and nobody acts on a
turn without looking at it once more in the same transaction. ``until`` is below zero where the holder let go. All times
are the server's, in milliseconds since 1970: the clocks of machines differ.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from storage.db import SERVER_NOW as _NOW
from storage.db import Row, Store
from storage.values import dataclass

ChatKey: TypeAlias = tuple[str, str, str]
"""Platform, workspace and chat; the topics of a chat share its pace."""

LEASE_MS: Final = 15_000
"""A process that has not been heard of for so long has lost its turns."""
SETTLING_MS: Final = 6_000
"""So long nobody takes anything over once all turns were lost, so that everybody can say what is theirs."""
REMEMBERED: Final = 30
"""So many sendings of late are kept: what the widest limit of a platform counts."""
WIDEST_MS: Final = 60_000
"""The widest limit of a platform: what was sent before that does not count."""
PRIVATE_MS: Final = 3_000
"""The same for talks with one person."""
_IS_PRIVATE: Final = (
    "(platform = 'telegram' and chat not like '-%' or platform = 'slack' and chat ~ '^[UWD]')"
)
_LISTED: Final = "jsonb_array_elements(cast(:listed as jsonb))"
_IS_LISTED: Final = (
    "t.platform = listed.one ->> 0 and t.workspace = listed.one ->> 1 and t.chat = listed.one ->> 2"
)
_WAITING: Final = "state in ('new', 'sending')"


class TurnLost(Exception):  # noqa: N818
    """Another process has taken this over."""


class PlatformHeld(Exception):  # noqa: N818
    """The platform told one of the processes to leave it alone for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Turn:
    """A chat to write to. ``ages`` tells how many milliseconds ago somebody wrote to it, ``held`` how long to wait."""

    chat: ChatKey
    fence: int
    ages: tuple[int, ...]
    held: int


# --- Chats -----------------------------------------------------------------------------------------------------


def settling(store: Store) -> bool:
    """Whether the server has lost all turns a moment ago: they are in no log, so a crash or a failover empties them."""
    row = store.one(f"select {_NOW} - since from turns_known")
    if row is None:
        store.do(f"insert into turns_known values (1, {_NOW}) on conflict do nothing")
    return row is None or row[0] < SETTLING_MS


def claim(store: Store, holder: str, chats: Iterable[ChatKey]) -> list[Turn]:
    """Take those of these chats that are nobody's, and those that are ours without our having heard of it."""
    wanted, taken = set(chats), []
    # Those that another one writes to at this moment are locked: who only looks does not wait for that.
    elsewhere = store.all(
        f"select t.platform, t.workspace, t.chat from chat_turn t, {_LISTED} as listed (one) where {_IS_LISTED}"
        f" and t.holder <> :holder and t.until >= {_NOW}",
        listed=json.dumps([*wanted]),
        holder=holder,
    )
    for platform, workspace, chat in sorted(
        wanted.difference(elsewhere)
    ):  # in one order: nobody waits in a circle
        row = store.one(
            "insert into chat_turn as t (platform, workspace, chat, holder, fence, until)"
            f" values (:platform, :workspace, :chat, :holder, 1, {_NOW} + :lease)"
            " on conflict (platform, workspace, chat) do update set holder = excluded.holder, fence = t.fence + 1,"
            f" until = excluded.until where t.until < {_NOW} or t.holder = excluded.holder"
            f" returning t.platform, t.workspace, t.chat, t.fence, t.recent, t.held_until, {_NOW}",
            platform=platform, workspace=workspace, chat=chat, holder=holder, lease=LEASE_MS,
        )  # fmt: skip
        if row:
            taken.append(_turn(row))
    return taken


def orphans(store: Store, *, most: int) -> list[ChatKey]:
    """Chats with messages waiting that are nobody's, those that wait longest first."""
    rows = store.all(
        "select o.platform, o.workspace, o.chat from outbox o left join chat_turn t"
        " on t.platform = o.platform and t.workspace = o.workspace and t.chat = o.chat"
        f" where o.{_WAITING} and (t.until is null or t.until < {_NOW})"
        " group by o.platform, o.workspace, o.chat order by min(o.id) limit :most",
        most=most,
    )
    return [(row[0], row[1], row[2]) for row in rows]


def still_mine(store: Store, holder: str, turn: Turn) -> None:
    """Note that somebody writes to the chat now.

    Raises :class:`TurnLost` when it is another process's by now, and :class:`PlatformHeld`.
    """
    row = store.one(
        f"update chat_turn t set recent = right(recent || {_NOW} || ' ', cast(:most as int)) where platform = :platform"
        " and workspace = :workspace and chat = :chat and holder = :holder and fence = :fence"
        f" and until >= {_NOW} returning"
        f" (select p.held_until - {_NOW} from platform_pace p where p.platform = t.platform)",
        platform=turn.chat[0], workspace=turn.chat[1], chat=turn.chat[2], holder=holder, fence=turn.fence,
        most=REMEMBERED * len("1700000000000 "),
    )  # fmt: skip
    if row is None:
        raise TurnLost
    if row[0] is not None and row[0] > 0:
        raise PlatformHeld(row[0] / 1000)


def renew(store: Store, holder: str, mine: Iterable[Turn]) -> set[ChatKey]:
    """Keep these for longer, also those that ran out and nobody wanted; those that still are ours."""
    listed = json.dumps([(*each.chat, each.fence) for each in mine])
    if settling(store):
        store.do(
            f"insert into chat_turn (platform, workspace, chat, holder, fence, until) select one ->> 0, one ->> 1, one ->> 2,"
            f" :holder, cast(one ->> 3 as bigint), 1 from {_LISTED} as listed (one) on conflict do nothing",
            holder=holder,
            listed=listed,
        )
    rows = store.all(
        f"update chat_turn t set until = {_NOW} + :lease from {_LISTED} as listed (one) where {_IS_LISTED}"
        f" and t.fence = cast(listed.one ->> 3 as bigint) and t.holder = :holder and t.until > 0"
        " returning t.platform, t.workspace, t.chat",
        holder=holder,
        lease=LEASE_MS,
        listed=listed,
    )
    return {(row[0], row[1], row[2]) for row in rows}


def release(store: Store, holder: str, turn: Turn) -> None:
    """Let somebody else write to the chat."""
    store.do(
        f"update chat_turn set until = -{_NOW} where platform = :platform and workspace = :workspace"
        " and chat = :chat and holder = :holder and fence = :fence",
        platform=turn.chat[0], workspace=turn.chat[1], chat=turn.chat[2], holder=holder, fence=turn.fence,
    )  # fmt: skip


def release_all(store: Store, holder: str) -> None:
    """Let go of everything: the process ends."""
    store.do(
        f"update chat_turn set until = -least(until, {_NOW}) where holder = :holder and until > 0",
        holder=holder,
    )
    store.do("update lease set until = 0 where holder = :holder", holder=holder)
    forget(store)


def hold_chat(store: Store, chat: ChatKey, milliseconds: int) -> None:
    """The platform told us to leave the chat alone for so long."""
    store.do(
        f"update chat_turn set held_until = {_NOW} + :wait where platform = :platform and workspace = :workspace"
        " and chat = :chat",
        wait=milliseconds, platform=chat[0], workspace=chat[1], chat=chat[2],
    )  # fmt: skip


def forget(store: Store) -> None:
    """Drop what no pace needs any more: when somebody was written to in private would tell that they had done something."""
    store.do(
        "delete from chat_turn where (platform, workspace, chat) in (select platform, workspace, chat from chat_turn"
        f" where abs(until) < {_NOW} - case when {_IS_PRIVATE} then :private else :other end and held_until < {_NOW}"
        " for update skip locked)",
        private=PRIVATE_MS,
        other=WIDEST_MS,
    )


def _turn(row: Row) -> Turn:
    now = row[6]
    return Turn((row[0], row[1], row[2]), row[3], _ages(row[4], now), max(0, row[5] - now))


def _ages(recent: str, now: int) -> tuple[int, ...]:
    return tuple(now - int(each) for each in recent.split()[-REMEMBERED:] if len(each) == len(str(now)))


# --- Whole platforms -------------------------------------------------------------------------------------------


def permits(store: Store, platform: str, wanted: int, limits: Sequence[tuple[int, int]]) -> list[int]:
    """When the next messages to a platform may go: milliseconds from now, each.

    ``limits`` are pairs: at most so many within so many milliseconds, by all processes together.
    """
    store.do(
        "insert into platform_pace (platform) values (:platform) on conflict do nothing", platform=platform
    )
    row = store.one(
        f"select recent, held_until, {_NOW} from platform_pace where platform = :platform for update",
        platform=platform,
    )
    assert row is not None  # noqa: S101 - it was put there just now
    now, times = row[2], [int(each) for each in row[0].split()]
    for _ in range(wanted):
        free = [times[-most] + span for most, span in limits if len(times) >= most]
        times.append(max(now, row[1], *free))
    store.do(
        "update platform_pace set recent = :recent where platform = :platform",
        recent=" ".join(map(str, times[-max(most for most, _ in limits) :])),
        platform=platform,
    )
    return [each - now for each in times[-wanted:]]


def hold_platform(store: Store, platform: str, milliseconds: int) -> None:
    """The platform told us to leave it alone for so long."""
    store.do(
        f"insert into platform_pace as p (platform, held_until) values (:platform, {_NOW} + :wait)"
        " on conflict (platform) do update set held_until = greatest(p.held_until, excluded.held_until)",
        platform=platform,
        wait=milliseconds,
    )


# --- Leases ----------------------------------------------------------------------------------------------------


def take_lease(store: Store, name: str, holder: str) -> bool:
    """Take a lease that is nobody's, or keep one that is ours; whether it is ours now."""
    row = store.one(
        "insert into lease as l (name, holder, fence, until)"
        f" values (:name, :holder, 1, {_NOW} + :lease) on conflict (name) do update set holder = excluded.holder,"
        " fence = l.fence + case when l.holder = excluded.holder then 0 else 1 end, until = excluded.until"
        f" where l.until < {_NOW} or l.holder = excluded.holder returning fence",
        name=name,
        holder=holder,
        lease=LEASE_MS,
    )
    return row is not None
