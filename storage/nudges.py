"""What people are asked about in private: what waits for their day's one message, what was asked, what sleeps.

A matter is named by its kind and number (``action-12``). States: ``waiting`` to be told, ``later`` (to be asked
anew on another day), ``told``, ``asleep`` (as they wished, until a day).
"""

from datetime import date

from storage.db import Row, Store, day_or_none
from storage.values import dataclass

_COLUMNS = "person, forum, matter, state, card, fallback, again, sent, told_on, asleep_until"


@dataclass(frozen=True, slots=True)
class Nudge:
    """One matter that a person is asked about. ``card`` and ``fallback`` are JSON, ``again`` an encoded action."""

    person: int
    forum: int
    matter: str
    state: str
    card: str
    fallback: str
    again: str
    sent: int
    told_on: date | None
    asleep_until: date | None


def _nudge(row: Row) -> Nudge:
    return Nudge(*row[:8] + (day_or_none(row[8]), day_or_none(row[9])))


def get(store: Store, person: int, forum: int, matter: str) -> Nudge | None:
    """What is known of a matter."""
    row = store.one(
        f"select {_COLUMNS} from nudge where person = :person and forum = :forum and matter = :matter",
        person=person,
        forum=forum,
        matter=matter,
    )
    return _nudge(row) if row else None


def wait(store: Store, person: int, forum: int, matter: str, *, card: str, fallback: str, again: str) -> None:
    """A question waits for the person's next message; a newer one about the same matter takes its place."""
    store.do(
        "insert into nudge (person, forum, matter, state, card, fallback, again)"
        " values (:person, :forum, :matter, 'waiting', :card, :fallback, :again) on conflict (person, forum, matter)"
        " do update set state = 'waiting', card = excluded.card, fallback = excluded.fallback, again = excluded.again",
        person=person,
        forum=forum,
        matter=matter,
        card=card,
        fallback=fallback,
        again=again,
    )


def put_off(store: Store, person: int, forum: int, matter: str, *, again: str) -> None:
    """A question is to be asked anew on another day: until then it does not wait."""
    store.do(
        "insert into nudge (person, forum, matter, state, again)"
        " values (:person, :forum, :matter, 'later', :again)"
        " on conflict (person, forum, matter) do update set state = 'later', again = excluded.again",
        person=person,
        forum=forum,
        matter=matter,
        again=again,
    )


def waiting(store: Store, person: int) -> list[Nudge]:
    """What waits for a person's next message, over all forums."""
    rows = store.all(
        f"select {_COLUMNS} from nudge where person = :person and state = 'waiting' order by forum, matter",
        person=person,
    )
    return list(map(_nudge, rows))


def refresh(store: Store, forum: int, matter: str, card: str) -> None:
    """News that still wait, or may have to come again, say what is true by now."""
    store.do(
        "update nudge set card = :card where forum = :forum and matter = :matter and state in ('waiting', 'told') and again = ''"
        " and card <> ''",
        card=card,
        forum=forum,
        matter=matter,
    )


def tell(store: Store, one: Nudge, today: date) -> None:
    """What waited has been told, today."""
    store.do(
        "update nudge set state = 'told', sent = sent + 1, told_on = :today"
        " where person = :person and forum = :forum and matter = :matter",
        today=today.isoformat(),
        person=one.person,
        forum=one.forum,
        matter=one.matter,
    )


def take_back(store: Store, one: Nudge, day: date) -> bool:
    """What was told by that day never reached them: it waits again, and does not count. False when it has moved on."""
    return bool(store.run(
        "update nudge set state = 'waiting', sent = sent - 1"
        " where person = :person and forum = :forum and matter = :matter and state = 'told' and sent > 0"
        " and told_on <> '' and told_on <= :day and card <> ''",
        person=one.person, forum=one.forum, matter=one.matter, day=day.isoformat(),
    ))  # fmt: skip


def told_on(store: Store, person: int) -> date | None:
    """The day on which the person was last nudged."""
    row = store.one("select max(told_on) from nudge where person = :person and again <> ''", person=person)
    return day_or_none(row[0]) if row else None


def sleep(store: Store, one: Nudge, until: date) -> None:
    """Ask no more about it before a day; then once more at least, for they wished it."""
    store.do(
        "update nudge set state = 'asleep', asleep_until = :until, sent = case when sent > 4 then 4 else sent end"
        " where person = :person and forum = :forum and matter = :matter",
        until=until.isoformat(),
        person=one.person,
        forum=one.forum,
        matter=one.matter,
    )


def renew(store: Store, forum: int, matter: str) -> None:
    """The matter has moved on: what is asked about it from now on is counted anew, and nobody lets it sleep."""
    store.do(
        "update nudge set sent = 0, asleep_until = '', state = 'told' where forum = :forum and matter = :matter",
        forum=forum,
        matter=matter,
    )


def recount(store: Store, forum: int, matter: str) -> None:
    """There is something new in the matter: it may be asked about as often as at first."""
    store.do(
        "update nudge set sent = 0 where forum = :forum and matter = :matter", forum=forum, matter=matter
    )


def leave(store: Store, forum: int, person: int) -> None:
    """A person has left a forum: nothing of it waits for them. That they were told of something today stays known."""
    store.do(
        "update nudge set state = 'told', card = '', fallback = '' where forum = :forum and person = :person",
        forum=forum,
        person=person,
    )


def prune(store: Store, before: date) -> None:
    """Forget what was last asked about before a day, and is not to be asked anew."""
    store.do(
        "delete from nudge where state <> 'waiting' and told_on < :before and not exists (select 1 from timer t"
        " where t.name = nudge.forum || ':' || 'again:' || nudge.person || ':' || nudge.matter)",
        before=before.isoformat(),
    )


def merge(store: Store, keep: int, other: int) -> None:
    """Two people turn out to be one: what is known of the one that stays counts, else the other's."""
    store.do(
        "delete from nudge where person = :other and exists (select 1 from nudge k where k.person = :keep"
        " and k.forum = nudge.forum and k.matter = nudge.matter)",
        keep=keep,
        other=other,
    )
    store.do("update nudge set person = :keep where person = :other", keep=keep, other=other)
