"""A forum large enough for a pulse: twelve people from four organisations, seven in Slack and five in Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from handlers.kit.ui import Text
from handlers.pulse_plan import question_text
from storage import forums, pulse
from storage.ballots import ballots_beside
from storage.db import Store
from storage.pulse import Round
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, Somebody, TelegramPerson
from tests.stage.ready import meet

ORGANISATIONS = ("Sundköpings kommun", "Polisen", "Region Sund", "Hyresgästföreningen")
SLACK = ("Ada Ek", "Bo Alm", "Eva Ås", "Fia Lo", "Gun Ro", "Hal Ny", "Ida Po")
TELEGRAM = ("Cilla Ö", "Dan Lu", "Jan Ti", "Kim Vi", "Lo Mar")


@dataclass(slots=True)
class PulseForum:
    """The forum and its people; ``ada`` coordinates, ``cilla`` is the first in Telegram."""

    chat: Chat
    id: int
    people: list[Somebody]

    @property
    def ada(self) -> SlackPerson:
        found = self.people[0]
        assert isinstance(found, SlackPerson)
        return found

    @property
    def cilla(self) -> TelegramPerson:
        found = self.people[len(SLACK)]
        assert isinstance(found, TelegramPerson)
        return found

    def opens(self) -> Round:
        """Ada opens a round; everybody has read the invitation."""
        self.ada.commands("puls", private=True)
        self.ada.clicks("pulse-open-round")
        self.ada.clicks("pulse-open-now")
        self.chat.reads_everything()
        return self.round()

    def round(self) -> Round:
        """The newest round as it lies in the store."""
        found = self.chat.runner.run(self.chat.app.writer.run(lambda store: pulse.latest(store, self.id)))
        assert found is not None
        return found

    def rounds(self) -> list[Round]:
        """Every round, oldest first."""
        found = self.chat.runner.run(self.chat.app.writer.run(lambda store: pulse.rounds(store, self.id)))
        return found[::-1]

    def joins(self, who: Somebody) -> None:
        """Somebody becomes a member, as if they had pressed the button."""

        def join(store: Store) -> None:
            forums.join(
                store, self.id, meet(store, self.chat, who), actor_id=None, role="member", now=self.chat.now
            )

        self.chat.runner.run(self.chat.app.writer.run(join))

    def answers(self, who: Somebody, choices: Sequence[int]) -> None:
        """One member answers from the invitation, with these choices, and sends it in."""
        who.clicks("pulse-answer")
        if isinstance(who, SlackPerson):
            labels = {
                self.said(key): choice for key, choice in zip(self.round().questions, choices, strict=True)
            }
            slack = self.chat.slack
            values: dict[str, str | list[str]] = {
                label: self.chat.t(f"pulse-choice-{choice}") for label, choice in labels.items()
            }
            assert self.chat.does(slack.submit(who.user, values)) == {}
            return
        for choice in choices:
            who.clicks(f"pulse-choice-{choice}")
        who.clicks("pulse-form-send")

    def loses_the_ballots(self) -> None:
        """The file is gone, or the server has crashed."""
        where = self.chat.where
        if isinstance(where, Path):
            ballots_beside(where).unlink()
            return
        with psycopg.connect(where) as connection:
            connection.execute("truncate ballot_box, ballot_seat")

    def said(self, key: str) -> str:
        """A question of the bank as it is asked."""
        return self.chat.say(question_text(key), "sv")

    def say(self, what: Text) -> str:
        """A text in Swedish."""
        return self.chat.say(what, "sv")


def pulse_forum(chat: Chat) -> PulseForum:
    """Everybody is in, and everything said so far is read."""
    people: list[Somebody] = [chat.slack_person(each) for each in SLACK]
    telegram = [chat.telegram_person(each) for each in TELEGRAM]
    for each in telegram:
        each.starts()
    first = people[0]
    assert isinstance(first, SlackPerson)
    chat.does(chat.slack.invite_bot(first.user, chat.channel))
    chat.does(chat.telegram.add_bot(telegram[0].user, chat.group))
    people += telegram

    def found(store: Store) -> int:
        forum = forums.create(store, name="Trygghet i centrum", challenge="Fler vågar gå hem", language="sv",
                              zone="Europe/Stockholm", invite="hemlig", now=chat.now)  # fmt: skip
        for platform, workspace, where in (
            ("slack", "T0HOME", chat.channel),
            ("telegram", "", str(chat.group)),
        ):
            forums.tie(
                store, forums.add_place(store, platform, workspace, where, "", "trygghet").id, forum.id
            )
        actors = [
            forums.add_actor(store, forum.id, name=each, sector="public", level="local")
            for each in ORGANISATIONS
        ]
        for index, each in enumerate(people):
            forums.join(
                store, forum.id, meet(store, chat, each), actor_id=actors[index % len(actors)],
                role="member" if index else "coordinator", now=chat.now,
            )  # fmt: skip
        return forum.id

    forum = chat.runner.run(chat.app.writer.run(found))
    chat.reads_everything()
    return PulseForum(chat, forum, people)
