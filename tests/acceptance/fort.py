"""Two forums in one installation, and everybody who might press a button of the first one without a right to it.

The engine is the real one, on a real file; no platform is connected, so that thousands of presses take a second.
"""

import asyncio
import json
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.adapter import Outcome
from bot.engine import Engine
from bot.resolve import Surroundings
from bot.writer import Writer
from handlers import FEATURES
from handlers.kit.feature import Book
from handlers.kit.inbound import Account, AnyInbound, Chat, Click, Said, Submit
from prompts.texts import Catalog
from storage import actions, decisions, forums
from storage.ballots import Ballots
from storage.db import Store
from storage.decisions import Wording
from storage.outbox import Letter
from storage.records import Forum
from storage.sqlite import SqliteDatabase
from tests.acceptance.riches import enrich, open_token
from tests.stage.recording import HandClock
from tests.stage.samples import (
    NO_BALLOTS,
    NOW,
    SECRET,
    Sample,
    add_forum,
    join,
    open_database,
    place,
    sample_forum,
)

AROUND = Surroundings.of(Book.of(FEATURES), Catalog.load().word_table(), "sv", SECRET, NO_BALLOTS)
SECRET_WORDS = "Lyktorna"
"""Stands in everything that the first forum has written down, and nowhere else."""
EVA = Account("slack", "T1", "UEVA", "Eva Nyman")
FILIP = Account("telegram", "", "11", "Filip Ask")
GUN = Account("slack", "T1", "UGUN", "Gun Sten")
HALE = Account("slack", "T9", "UHALE", "Hale Fox")
IVAR = Account("telegram", "", "12", "Ivar Ek")
CHANNEL_B = Chat("slack", "T1", "C2", title="annat")
GROUP_B = Chat("telegram", "", "-1008", title="Annat")
UNTIED = Chat("slack", "T1", "C3", title="fritt")
OUTSIDERS = {
    "coordinator of another forum": EVA,
    "member of another forum": FILIP,
    "ex-member": GUN,
    "guest from another workspace": HALE,
    "stranger": IVAR,
}
WRITTEN_BY_BEING_ASKED = {
    "card_post": "where a card hangs is noted whenever a card is shown",
    "code": "anybody may ask for a code of their own, and a wrong guess uses none up",
    "outbox": "it holds the answers; what they say and to whom is looked at letter by letter",
}
"""Tables that tell of a forum and that an answer alone may write into, each with the reason."""
_OF_ITS_MEMBERS = {"wish": "person in (select person from member where forum = :forum)"}
"""What its members have chosen for themselves stands in no forum's name."""
_ITSELF = {"forum": "id = :forum"}


def alone(who: Account) -> Chat:
    """The private talk of a person with the bot."""
    return Chat(who.platform, who.workspace, who.user, private=True)


def _nothing(_when: object) -> None:
    """No timer rings here."""


@dataclass(slots=True)
class Fort:
    """The engine and what it wrote. ``first`` is the forum under attack, ``other`` the one next to it."""

    database: SqliteDatabase
    engine: Engine
    writer: Writer
    clock: HandClock
    store: Store
    ballots: Ballots
    first: Sample
    other: Forum
    letters: list[Letter]
    administrators: set[str]
    runner: asyncio.Runner
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def do(self, *deeds: Coroutine[Any, Any, Outcome]) -> list[Outcome]:
        """Let everybody act at once; what came of each."""
        return self.runner.run(_together(deeds))

    async def presses(self, who: Account, chat: Chat | None, data: str, **more: bool) -> Outcome:
        """Somebody presses a button with this data."""
        key = f"{next(self.numbers):013d}:press"
        inbound = Click(key=key, who=who, chat=chat, message="m1", message_private=False, data=data)
        return await self.engine.handle(replace(inbound, **more))  # type: ignore[arg-type]

    async def submits(
        self, who: Account, chat: Chat | None, data: str, answers: Mapping[str, str]
    ) -> Outcome:
        """Somebody sends in a form with this data."""
        key = f"{next(self.numbers):013d}:submit"
        return await self.engine.handle(Submit(key=key, who=who, chat=chat, data=data, answers=answers))

    async def says(self, who: Account | None, chat: Chat, words: str, **more: object) -> Outcome:
        """Somebody gives a command."""
        key = f"{next(self.numbers):013d}:said"
        inbound: AnyInbound = Said(key=key, who=who, chat=chat, text=words, command=True)
        return await self.engine.handle(replace(inbound, **more))  # type: ignore[arg-type]

    def belongings(self, forum: int) -> dict[str, list[Any]]:
        """Everything that the store keeps of a forum."""
        wanted = {**self._of_a_forum(), **_ITSELF, **_OF_ITS_MEMBERS}
        everything: dict[str, list[Any]] = {
            table: sorted(self.store.all(f"select * from {table} where {which}", forum=forum), key=repr)
            for table, which in wanted.items()
        }
        return {**everything, "ballots": self._seats(forum)}

    def _seats(self, forum: int) -> list[tuple[int, str | None]]:
        """Who of the forum has voted in its open round, as the ballots know it."""
        members = (each.id for each in forums.members(self.store, forum))
        return [(each, self.ballots.seat(open_token(forum), each)) for each in members]

    def _of_a_forum(self) -> dict[str, str]:
        """Every table that says which forum a row belongs to, as the schema has it today."""
        found = self.store.all(
            "select m.name from sqlite_master m join pragma_table_info(m.name) c"
            " where m.type = 'table' and c.name = 'forum' order by 1"
        )
        return {name: "forum = :forum" for (name,) in found if name not in WRITTEN_BY_BEING_ASKED}

    def written(self) -> list[Letter]:
        """What was written since this was last asked."""
        found, self.letters[:] = list(self.letters), []
        return found

    def titles(self) -> list[str]:
        """The keys of the titles of what was written since this was last asked."""
        return [json.loads(each.card)["title"]["t"] for each in self.written()]


async def _together(deeds: Iterable[Coroutine[Any, Any, Outcome]]) -> list[Outcome]:
    return await asyncio.gather(*deeds)


async def open_fort(runner: asyncio.Runner, folder: Path) -> Fort:
    """Build it inside the running loop."""
    database = open_database(folder / "fort.db")
    store = database.store
    first = sample_forum(store)
    _write_secrets(store, first)
    enrich(first, SECRET_WORDS)
    other = _neighbours(store)
    gone = join(store, first.forum, GUN)
    forums.leave(store, first.forum.id, gone.id)
    place(store, UNTIED, None)
    ballots = _ballots(folder / "fort.ballots", store, first.forum, other)
    writer, clock, letters, administrators = (
        Writer(database.transactions),
        HandClock(),
        list[Letter](),
        set[str](),
    )

    async def runs_it(_chat: Chat, who: Account) -> bool:
        return who.user in administrators

    around = replace(AROUND, ballots=ballots)
    engine = Engine(writer, clock, around, deliver=letters.extend, wake=_nothing, is_administrator=runs_it)
    return Fort(
        database, engine, writer, clock, store, ballots, first, other, letters, administrators, runner
    )


def _ballots(path: Path, store: Store, *both: Forum) -> Ballots:
    ballots = Ballots(path, SECRET)
    for forum in both:
        ballots.open_round(open_token(forum.id), [each.id for each in forums.members(store, forum.id)], 2)
    return ballots


async def close_fort(fort: Fort) -> None:
    """Give the file back."""
    await fort.writer.close()
    fort.ballots.close_file()
    fort.database.close()


def _write_secrets(store: Store, first: Sample) -> None:
    forum = first.forum.id
    decisions.record(
        store,
        forum,
        Wording(f"{SECRET_WORDS} tänds", f"{SECRET_WORDS} är mörka"),
        year=2026,
        by=first.ada,
        now=NOW,
    )
    for owner in (first.ada, first.bo, None):
        actions.add(
            store, forum, what=f"{SECRET_WORDS} beställs", actor=2, owner=owner.id if owner else None,
            due_on=(NOW + timedelta(days=4)).date(), decision=1, member=first.ada.id, now=NOW,
        )  # fmt: skip


def _neighbours(store: Store) -> Forum:
    other = add_forum(store, "Grannarna", invite="granne")
    channel, group = (place(store, chat, other.id) for chat in (CHANNEL_B, GROUP_B))
    actor = forums.add_actor(store, other.id, name="Grannbyn", sector="", level="")
    forums.add_actor(store, other.id, name="Grannstaden", sector="", level="")
    eva = join(store, other, EVA, "coordinator", actor)
    filip = join(store, other, FILIP)
    hailed = decisions.record(store, other.id, Wording("Vi hälsar."), year=2026, by=eva, now=NOW)
    action = actions.add(
        store,
        other.id,
        what="Hälsa",
        actor=actor,
        owner=eva.id,
        due_on=None,
        decision=1,
        member=eva.id,
        now=NOW,
    )
    enrich(Sample(store, other, channel, group, eva, filip, filip, hailed.id, action), "Grannarna")
    return other
