"""A forum at work: two chats, two organisations, four people. For stories that begin after all the setting up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from storage import actions, forums, people
from storage.db import Store
from storage.records import ActionItem, Forum
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, Somebody, TelegramPerson

T = TypeVar("T")
FRIDAY = date(2026, 3, 6)
"""The first Friday of every story."""
TOWN, POLICE = "Sundköpings kommun", "Polisen"


@dataclass(frozen=True, slots=True)
class Ready:
    """Ada coordinates, for the town; Bo speaks for the police, and so does Cilla, in Telegram. Dan is on his own.

    Dan, in Telegram too, has never written to the bot in private, so it cannot write to him.
    """

    chat: Chat
    forum: Forum
    ada: SlackPerson
    bo: SlackPerson
    cilla: TelegramPerson
    dan: TelegramPerson

    def store(self, look: Callable[[Store], T]) -> T:
        """Look into the store, or change something there."""
        return self.chat.runner.run(self.chat.app.writer.run(look))

    def action(self, number: int) -> ActionItem:
        """An action of the forum."""
        found = self.store(lambda store: actions.get(store, self.forum.id, number))
        assert found is not None
        return found

    def adds(
        self, count: int = 1, *, due_on: date | None = FRIDAY, actor: int | None = 2, owner: int | None = 2
    ) -> None:
        """Actions straight into the store, a day apart, Bo's unless said otherwise; without reminders."""

        def fill(store: Store) -> None:
            for index in range(count):
                day = due_on + timedelta(days=index) if due_on else None
                actions.add(store, self.forum.id, what=f"Sak {index + 1}", actor=actor, owner=owner, decision=None,
                            member=1, due_on=day, now=self.chat.now)  # fmt: skip

        self.store(fill)


def ready_forum(chat: Chat, *, language: str = "sv") -> Ready:
    """The forum, made straight in the store; nothing of it is left to read."""
    ada, bo = chat.slack_person("Ada Ek"), chat.slack_person("Bo Alm")
    cilla, dan = chat.telegram_person("Cilla Ö"), chat.telegram_person("Dan Lu")
    cilla.starts()
    chat.does(chat.slack.invite_bot(ada.user, chat.channel))
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    found = chat.runner.run(
        chat.app.writer.run(lambda store: _found(store, chat, (ada, bo, cilla, dan), language))
    )
    chat.reads_everything()
    return Ready(chat, found, ada, bo, cilla, dan)


def another_forum(ready: Ready, name: str, *members: Somebody) -> Forum:
    """One more forum, without a chat of its own, for people who are in several; the first of them coordinates."""

    def make(store: Store) -> Forum:
        forum = forums.create(store, name=name, challenge="", language="sv", zone="Europe/Stockholm", invite=name,
                              now=ready.chat.now)  # fmt: skip
        for index, each in enumerate(members):
            role = "member" if index else "coordinator"
            forums.join(
                store, forum.id, meet(store, ready.chat, each), actor_id=None, role=role, now=ready.chat.now
            )
        return forum

    return ready.store(make)


def _found(store: Store, chat: Chat, all_four: tuple[Somebody, ...], language: str) -> Forum:
    forum = forums.create(store, name="Trygghet i centrum", challenge="Fler vågar gå hem", language=language,
                          zone="Europe/Stockholm", invite="hemlig", now=chat.now)  # fmt: skip
    channel = forums.add_place(store, "slack", "T0HOME", chat.channel, "", "trygghet")
    group = forums.add_place(store, "telegram", "", str(chat.group), "", "Trygghet")
    for place in (channel, group):
        forums.tie(store, place.id, forum.id)
    town = forums.add_actor(store, forum.id, name=TOWN, sector="public", level="local")
    police = forums.add_actor(store, forum.id, name=POLICE, sector="public", level="regional")
    for each, actor in zip(all_four, (town, police, police, None), strict=True):
        role = "coordinator" if actor == town else "member"
        forums.join(store, forum.id, meet(store, chat, each), actor_id=actor, role=role, now=chat.now)
    return forum


def meet(store: Store, chat: Chat, who: Somebody) -> int:
    """The person behind an account, met now if need be."""
    platform, workspace = ("slack", "T0HOME") if isinstance(who, SlackPerson) else ("telegram", "")
    assert isinstance(who, SlackPerson | TelegramPerson)
    user = str(who.user.id)
    known = people.known(store, platform, workspace, user)
    if known:
        people.rename(store, known[0].id, platform, workspace, user, who.name)
        return known[0].id
    return people.meet(store, platform, workspace, user, name=who.name, now=chat.now).id
