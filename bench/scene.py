"""The forum that is measured: one Slack channel and one Telegram group, many members in both, decisions and words.

Written through the same verbs as in life, into a fresh database; ids and names agree with what the mock platforms say.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from storage import forums, people
from storage.db import Store
from storage.migrations import migrate
from storage.records import Forum
from storage.sqlite import SqliteDatabase

TEAM: Final = "T0BENCH"
CHANNEL: Final = "C0BENCH"
GROUP: Final = -1001900000000
SLACK_BOT: Final = "U0BOT"
TELEGRAM_BOT: Final = 4200
PEOPLE: Final = 200
"""Members on each platform."""
ACTORS: Final = 10

_WORDS: Final = tuple(
    """
arbetsgruppen beslutar att införa gemensam rutin för trygghet belysning vid stationen skolan kommunen regionen polisen
föreningen nattvandring kväll helg sommar pilot utvärdering april september budget ansvar samordning kontaktperson
biblioteket torget gångtunneln parken ungdomar föräldrar näringslivet hyresvärd medborgarlöfte mätning enkät uppföljning
varje månad kvartal rapport styrgrupp dialog möte protokoll uppdrag plan åtgärd första andra tredje lokalt gemensamt
""".split()  # noqa: SIM905 - easier to read as words
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a load must know of the forum to act in it."""

    forum: int


def slack_user(number: int) -> str:
    """The id of a member in Slack."""
    return f"U1{number:06d}"


def telegram_user(number: int) -> int:
    """The id of a member in Telegram."""
    return 700_000_000 + number


def name_of(number: int) -> str:
    """What a member is called, on both platforms."""
    return f"Person {number}"


def words(rng: Random) -> str:
    """The words of a decision, as long as people write them."""
    return " ".join(rng.choices(_WORDS, k=rng.randint(8, 16))).capitalize()


def furnish(path: Path) -> Scene:
    """Make the database with the forum in it."""
    database = SqliteDatabase(path)
    try:
        migrate(database.tools)
        store = database.store
        store.run("begin immediate")
        forum = _forum(store, datetime.now(UTC))
        store.run("commit")
    finally:
        database.close()
    return Scene(forum.id)


def _forum(store: Store, now: datetime) -> Forum:
    forum = forums.create(
        store, name="Trygghet", challenge="Fler ska våga gå ut", language="sv", zone="Europe/Stockholm",
        invite=secrets.token_hex(4), now=now,
    )  # fmt: skip
    for platform, workspace, chat in (("slack", TEAM, CHANNEL), ("telegram", "", str(GROUP))):
        place = forums.add_place(store, platform, workspace, chat, "", "Trygghet")
        forums.tie(store, place.id, forum.id)
    actors = [
        forums.add_actor(store, forum.id, name=f"Aktör {each}", sector="public", level="local")
        for each in range(ACTORS)
    ]
    for number in range(PEOPLE):
        for platform, workspace, user in (
            ("slack", TEAM, slack_user(number)),
            ("telegram", "", str(telegram_user(number))),
        ):
            person = people.meet(store, platform, workspace, user, name=name_of(number), now=now)
            role = "coordinator" if number == 0 else "member"
            forums.join(store, forum.id, person.id, actor_id=actors[number % ACTORS], role=role, now=now)
    return forum
