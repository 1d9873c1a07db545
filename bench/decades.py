"""Databases that have been used for years: so many decisions, actions and timers, put there by a few large statements.

Rows of all forums come mixed, a portion at a time, as they come in life: it decides how the full-text index lies on the
disk. What a member has before them stays as it is in life, however old the forum: some open actions, some of them due.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from storage import decision_words, forums, people
from storage.db import Database, Store, to_ms
from storage.opened import opened

PER_FORUM: Final = 200
"""Decisions of a forum, where there are many forums; and as many actions."""
OPEN: Final = 20
"""Actions of a forum that are still open: the newest ones. Three of them are due, and three follow-ups."""
DUE: Final = 3
MEMBERS: Final = 10
TIMERS_DUE: Final = 100
PORTION: Final = 2000
"""Rows in one transaction of the building."""
TODAY: Final = date(2026, 3, 2)
NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS: Final = {"trygghet": 1, "belysning": 4, "gångtunnel": 20}
"""Words of decisions: in every one, in every fourth, in every twentieth. The others are everywhere alike."""
_FILLERS: Final = (17, 101, 997, 5003, 7, 13, 37, 211)
_VOCABULARY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Old:
    """A database with so many decisions in so many forums; ids of forums begin at ``first``."""

    where: Path | str
    rows: int
    forums: int
    first: int

    @property
    def each(self) -> int:
        """Decisions of one forum."""
        return self.rows // self.forums


def build(where: Path | str, rows: int, *, one_forum: bool = False) -> Old:
    """Fill an empty database."""
    count = 1 if one_forum else max(1, rows // PER_FORUM)
    with closing(opened(where)) as database:
        database.migrate()
        store = database.store
        if store.engine == "sqlite":
            store.run("pragma synchronous = off")
            store.run("pragma cache_size = -400000")
        first = _settle(database, count)
        old = Old(where, rows, count, first)
        for start in range(0, rows, PORTION):
            _portion(database, old, start, min(PORTION, rows - start))
        _timers(database, old)
        if store.engine == "postgres":
            # As the server itself does after a while, and may be doing just now: that is waited for.
            for statement in ("set lock_timeout = 0", "set statement_timeout = 0", "vacuum analyze"):
                store.run(statement)
    return old


def _settle(database: Database, count: int) -> int:
    """The forums, and the same few people in all of them."""
    store = database.transactions.begin()
    made = forums.create(
        store, name="Forum", challenge="", language="sv", zone="Europe/Stockholm", invite="x", now=NOW
    )
    store.run(
        "insert into forum (id, name, challenge, language, zone, amend, invite, created_at)"
        " with recursive n (i) as (select 1 union all select i + 1 from n where i < :count)"
        " select f.id + n.i, f.name, f.challenge, f.language, f.zone, f.amend, 'x' || n.i, f.created_at"
        " from n, forum f where f.id = :first and n.i < :count",
        count=count, first=made.id,
    )  # fmt: skip
    store.run(
        "insert into actor (forum, id, name, folded) select id, 1, 'Kommunen', 'kommunen' from forum",
    )
    for each in range(MEMBERS):
        person = people.meet(store, "slack", "T0OLD", f"U{each}", name=f"Person {each}", now=NOW)
        store.run(
            "insert into member (forum, id, person, actor, role, state, joined_at)"
            " select id, :id, :person, 1, 'member', 'active', :at from forum",
            id=each + 1, person=person.id, at=to_ms(NOW),
        )  # fmt: skip
    database.transactions.prepare()
    database.transactions.commit()
    return made.id


def _portion(database: Database, old: Old, start: int, count: int) -> None:
    """The next rows, of whichever forums: number ``i`` is decision ``i / forums + 1`` of forum ``i % forums``."""
    store = database.transactions.begin()
    numbered = (
        " with recursive n (i) as (select cast(:start as bigint) union all select i + 1 from n where i + 1 < :stop),"
        " r (i, f, d, at) as (select i, :first + i % :forums, i / :forums + 1, :began + i * 1000 from n)"
    )
    values = {"start": start, "stop": start + count, "first": old.first, "forums": old.forums,
              "began": to_ms(NOW) - 1000 * old.rows}  # fmt: skip
    store.run(
        "insert into decision (forum, id, year, number, version, state, recorded_at, recorded_by, link)"
        + numbered + " select f, d, 2025, d, 1, 'standing', at, 1 + d % 10, '' from r order by f, d", **values,
    )  # fmt: skip
    store.run(
        "insert into decision_version (forum, decision, version, what, why, process, actors, objections, owner,"
        " follow_up_on, state, reason, by_member, at)" + numbered +
        " select f, d, 1, 'Arbetsgruppen beslutar att pröva detta för ökad trygghet i hela kommunen, nummer ' || d, '',"
        " 'meeting', '1', '', case when d % 10 = 0 then 1 + d / 10 % 10 end, case when d % 10 = 0 then"
        " case when d > :due then :later else :earlier end end, 'standing', '', 1 + d % 10, at from r order by f, d",
        due=old.each - 10 * DUE, later=_day(3), earlier=_day(-400), **values,
    )  # fmt: skip
    store.run(
        "insert into action (forum, id, what, actor, owner, due_on, state, decision, by_member, at, done_at)" + numbered +
        " select f, d, 'Ta fram ett förslag till nummer ' || d, 1, 1 + d % 10, case when d > :due then :earlier else"
        " :later end, case when d > :open then 'open' else 'done' end, d, 1, at, case when d > :open then null else at end"
        " from r order by f, d",
        due=old.each - DUE, open=old.each - OPEN, later=_day(3), earlier=_day(-3), **values,
    )  # fmt: skip
    _file(store, numbered, values)
    database.transactions.prepare()
    database.transactions.commit()


def _file(store: Store, numbered: str, values: dict[str, int]) -> None:
    """The words of these decisions into the index, as ``decision_words`` files them."""
    terms = []
    for word, every in WORDS.items():
        said = " || ".join(f"' f' || f || 'x{stem}'" for stem in sorted(decision_words._stems(word)))  # noqa: SLF001
        chance = f"(d * {7919 + 2 * every} + f * 104729) % 10007 % {every}"
        terms.append(f"case when {chance} = 0 then {said} else '' end")
    terms += [f"' f' || f || 'xord' || ((i * {each} + d * 31) % {_VOCABULARY})" for each in _FILLERS]
    words = " || ".join(terms)
    if store.engine == "sqlite":
        store.run("insert into decision_words (rowid, words, forum, decision)" + numbered
                  + f" select f << 32 | d, {words}, f, d from r order by f, d", **values)  # fmt: skip
    else:
        store.run("insert into decision_words (forum, decision, words)" + numbered
                  + f" select f, d, cast({words} as tsvector) from r order by f, d", **values)  # fmt: skip


def _timers(database: Database, old: Old) -> None:
    """A tenth as many timers, of which some should have rung by now."""
    store = database.transactions.begin()
    store.run(
        "insert into timer (name, forum, due_at, action, grace, late)"
        " with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < :count)"
        " select (:first + i % :forums) || :remind || i, :first + i % :forums,"
        " :now + case when i < :due then -1000 else 60000 end * cast(1 + i as bigint), cast(:action as text), 3600, 'ring' from n",
        count=max(TIMERS_DUE * 2, old.rows // 10), first=old.first, forums=old.forums, now=to_ms(NOW), due=TIMERS_DUE,
        remind=":remind:", action="reminders.remind:1:1:0",
    )  # fmt: skip
    database.transactions.prepare()
    database.transactions.commit()


def _day(later: int) -> str:
    return (TODAY + timedelta(days=later)).isoformat()
