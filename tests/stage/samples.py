"""A small forum made straight in a store, for tests that need one and tell no story."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.resolve import Surroundings
from handlers import FEATURES
from handlers.kit.feature import Book
from handlers.kit.inbound import Account, AnyInbound, Chat, Request, Said
from storage import actions, decisions, forums, outbox, people
from storage.ballots import Ballots
from storage.db import Store
from storage.decisions import Wording
from storage.migrations import migrate
from storage.outbox import Address
from storage.records import Forum, Member, Person, Place
from storage.sqlite import SqliteDatabase

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Monday 2 March 2026, nine o'clock in Stockholm."""
SECRET = b"only for tests"
NO_BALLOTS = Ballots(Path("no-ballots"), SECRET)
"""A ballot file that is not there: nothing is made before a round opens."""


def open_database(path: Path) -> SqliteDatabase:
    """A new database with today's schema."""
    database = SqliteDatabase(path)
    migrate(database.tools)
    return database


def surroundings() -> Surroundings:
    """All features; words are those of a catalogue that a test may bring itself."""
    return Surroundings.of(Book.of(FEATURES), {}, "sv", SECRET, NO_BALLOTS)


@dataclass(frozen=True, slots=True)
class Sample:
    """A forum in a channel and a group: Ada coordinates, Bo and Cilla are members, a decision and an action stand."""

    store: Store
    forum: Forum
    channel: Place
    group: Place
    ada: Member
    bo: Member
    cilla: Member
    decision: int
    action: int

    def request(self, who: Member | None, inbound: AnyInbound | None = None, **more: Any) -> Request:
        """What a handler gets when this member says something in the channel."""
        person = people.get(self.store, who.person) if who else Person(99, "Dan", "")
        said = inbound or Said(key="1:said", who=ADA, chat=CHANNEL, text="")
        req = Request(
            said,
            self.store,
            NOW,
            "sv",
            self.forum,
            who,
            person,
            self.channel,
            secret=SECRET,
            ballots=NO_BALLOTS,
        )
        return replace(req, contents=surroundings().contents, **more)


ADA = Account("slack", "T1", "UADA", "Ada Ek")
BO = Account("slack", "T1", "UBO", "Bo Alm")
CILLA = Account("telegram", "", "7", "Cilla Ö")
CHANNEL = Chat("slack", "T1", "C1", title="trygghet")
GROUP = Chat("telegram", "", "-1007", title="Trygghet")


def meet(store: Store, who: Account) -> Person:
    """Somebody seen for the first time."""
    return people.meet(store, who.platform, who.workspace, who.user, name=who.name, now=NOW)


def place(store: Store, chat: Chat, forum: int | None) -> Place:
    """A chat that the bot is in, tied to a forum."""
    known = forums.add_place(store, chat.platform, chat.workspace, chat.chat, chat.topic, chat.title)
    forums.tie(store, known.id, forum)
    return replace(known, forum=forum)


def add_forum(store: Store, name: str = "Trygghet i centrum", *, invite: str = "hemlig") -> Forum:
    """A forum without anybody in it."""
    return forums.create(
        store, name=name, challenge="Fler vågar gå hem", language="sv", zone="Europe/Stockholm", invite=invite, now=NOW
    )  # fmt: skip


def add_early_forum(store: Store) -> Forum:
    """The same in a schema of whatever age, as the first version would have written it."""
    row = store.one(
        "insert into forum (name, challenge, language, zone, invite, created_at)"
        " values ('Tidigt', '', 'sv', 'Europe/Stockholm', 'tidig', 1772000000000) returning id"
    )
    assert row is not None
    return Forum(row[0], "Tidigt", "", "sv", "Europe/Stockholm", "members", "tidig")


def join(store: Store, forum: Forum, who: Account, role: str = "member", actor: int | None = None) -> Member:
    """Somebody becomes a member."""
    return forums.join(store, forum.id, meet(store, who).id, actor_id=actor, role=role, now=NOW)


def sample_forum(store: Store) -> Sample:
    """Everything that a card or a form can be drawn from."""
    forum = add_forum(store)
    channel, group = place(store, CHANNEL, forum.id), place(store, GROUP, forum.id)
    town = forums.add_actor(store, forum.id, name="Sundköpings kommun", sector="public", level="local")
    police = forums.add_actor(store, forum.id, name="Polisen", sector="public", level="regional")
    ada = join(store, forum, ADA, "coordinator", town)
    bo, cilla = join(store, forum, BO, actor=police), join(store, forum, CILLA)
    wording = Wording(
        "Vi tänder lyktorna.", "Det är mörkt.", "consent", (town, police), "Polisen ville vänta.", bo.id, date(2026, 3, 20)
    )  # fmt: skip
    decision = decisions.record(
        store, forum.id, wording, year=2026, by=ada, now=NOW, link="https://example.org/1"
    ).id
    action = actions.add(
        store, forum.id, what="Beställ lampor", actor=police, owner=bo.id, due_on=date(2026, 3, 13),
        decision=decision, member=ada.id, now=NOW,
    )  # fmt: skip
    return Sample(store, forum, channel, group, ada, bo, cilla, decision, action)


def hanging(store: Store, card_name: str) -> list[tuple[Address, int | None]]:
    """Every chat where a named card hangs, with the person for private ones; found by writing an update of it."""
    updates = outbox.update(store, None, "{}", now=NOW, language="sv", zone="", card_name=card_name)
    return [(each.to, each.person) for each in updates]
