"""Secret forms in both chats as people meet them: six presses, and no message that shows what was chosen."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from typing_extensions import override

from bot.app import App
from bot.carry import card_json
from bot.playground.telegram import Message
from handlers import FEATURES
from handlers.kit.ui import Action, Button, Card, Row
from storage import outbox
from storage.outbox import Address
from tests.bot.moods import KEYS, moods, words
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.platforms import Platforms
from tests.stage.ready import Ready, ready_forum
from tests.stage.time import HurriedClock

OPEN, SEND, THANKS = "Open", "Send in", "Thanks"
VALUES = tuple(f"kanarie{each}" for each in range(6))
"""What is never shown and must not be kept."""


class Moody(Chat):
    """A chat in which the bot has a secret form too."""

    taken: list[Mapping[str, str]]

    @override
    def _app(self) -> App:
        self.taken = getattr(self, "taken", [])
        self.pacing = HurriedClock(self.clock)
        return App(
            self.where, self.clock, self.alarm, self._adapters, pacing=self.pacing,
            features=(*FEATURES, moods(self.taken, VALUES)),
        )  # fmt: skip


@pytest.fixture(name="moody")
def _moody(_runner: asyncio.Runner, _platforms: Platforms, tmp_path: Path) -> Iterator[Ready]:
    _runner.run(_platforms.renew())
    chat = Moody(_runner, _platforms, tmp_path / "samsyn.db")
    yield ready_forum(chat)
    chat.ends()


def _taken(moody: Ready) -> list[list[str]]:
    assert isinstance(moody.chat, Moody)
    return [list(each.values()) for each in moody.chat.taken]


def _invite(moody: Ready, who: SlackPerson | TelegramPerson) -> None:
    """A message in private with a button that opens the form."""
    platform, workspace = ("slack", "T0HOME") if isinstance(who, SlackPerson) else ("telegram", "")
    to = Address(platform, workspace, str(who.user.id))
    button = Button(words(OPEN), Action("moods.ask", ("x",)), private=True)
    card = card_json(Card(words("How is it?"), (Row((button,)),)))
    letter = moody.store(
        lambda store: outbox.put(
            store, "post", to, card, now=moody.chat.now, language="sv", zone="UTC", forum=moody.forum.id
        )
    )
    moody.chat.runner.run(_handed(moody.chat, letter))
    moody.chat.settles()
    who.reads_all()


async def _handed(chat: Chat, letter: outbox.Letter) -> None:
    chat.app.dispatcher.take([letter])


def _files(moody: Ready) -> str:
    """Everything that lies on the disk."""
    folder = moody.chat.path.parent
    return "".join(each.read_bytes().decode("latin-1") for each in folder.rglob("*") if each.is_file())


def _sees(who: SlackPerson | TelegramPerson) -> str:
    return "\n".join(seen for _, seen in who.visible())


def test_in_slack_it_takes_six_presses(moody: Ready) -> None:
    """One opens the form, presses a radio button under each question, and sends it in."""
    slack, bo = moody.chat.slack, moody.bo
    _invite(moody, bo)
    bo.clicks("verbatim", words=OPEN)
    modal = slack.world.modals[bo.user.id][-1].content
    kinds = [each["element"]["type"] for each in modal["blocks"] if each["type"] == "input"]
    assert kinds == ["radio_buttons"] * len(KEYS)
    choices = dict(
        zip((f"Ask {key}?" for key in KEYS), ("Choice 3", "Choice 0", "Choice 5", "Choice 1"), strict=True)
    )
    assert moody.chat.does(slack.submit(bo.user, dict(choices))) == {}
    presses = 1 + len(choices) + 1

    assert presses == 6
    assert _taken(moody) == [[VALUES[each] for each in (3, 0, 5, 1)]]
    bo.sees("verbatim", words=THANKS)
    assert "Choice" not in _sees(bo)
    assert "kanarie" not in _files(moody)


def test_in_telegram_it_takes_six_presses(moody: Ready) -> None:
    """One opens the talk, answers four questions in one message, and sends them in."""
    cilla = moody.cilla
    _invite(moody, cilla)
    seen = [_sees(cilla)]
    labels = [OPEN, "Choice 3", "Choice 0", "Choice 5", "Choice 1", SEND]
    for label in labels:
        cilla.clicks("verbatim", words=label)
        seen.append(_sees(cilla))
        cilla.reads_all()

    assert len(labels) == 6
    assert _taken(moody) == [[VALUES[each] for each in (3, 0, 5, 1)]]
    assert [each for each in _keyboards(cilla) if SEND in each or "Choice 1" in each] == []
    assert THANKS in seen[-1]
    assert "Choice" not in seen[-1]
    assert "kanarie" not in _files(moody)


def test_two_members_choose_differently_and_nobody_can_tell(moody: Ready) -> None:
    """What each is shown on the way is the same, whichever buttons they press."""
    shown = []
    for choices in ((0, 0, 0, 0), (5, 3, 4, 1)):
        _invite(moody, moody.cilla)
        steps = []
        for label in (OPEN, *(f"Choice {each}" for each in choices), SEND):
            moody.cilla.clicks("verbatim", words=label)
            steps.append(moody.cilla.reads_all())
        shown.append(steps)

    assert shown[0] == shown[1]


def test_a_restart_in_the_middle_is_told_kindly(moody: Ready) -> None:
    """The next press begins again in the same message and says that nothing was kept."""
    cilla = moody.cilla
    _invite(moody, cilla)
    for label in (OPEN, "Choice 3", "Choice 3"):
        cilla.clicks("verbatim", words=label)
    moody.chat.restarts()
    cilla.clicks("verbatim", words="Choice 3")

    assert moody.chat.t("secret-begin-again") in cilla.sees("secret-step", step=1, steps=4)
    for label in ("Choice 2", "Choice 2", "Choice 2", "Choice 2", SEND):
        cilla.clicks("verbatim", words=label)
    cilla.sees("verbatim", words=THANKS)
    assert _taken(moody) == [[VALUES[2]] * 4]


def test_a_talk_is_ended_in_so_many_words(moody: Ready) -> None:
    """The command to cancel takes the question away, and what was chosen with it."""
    cilla = moody.cilla
    _invite(moody, cilla)
    for label in (OPEN, "Choice 3"):
        cilla.clicks("verbatim", words=label)
    cilla.commands("avbryt", private=True)

    cilla.sees("form-cancelled")
    assert not any("Choice 3" in each for each in _keyboards(cilla))
    assert _taken(moody) == []


def test_what_slack_cannot_be_read_is_set_aside_without_answers(moody: Ready) -> None:
    """A submission in a broken shape is kept for us to look at, but nothing that was chosen in it."""
    slack, bo = moody.chat.slack, moody.bo
    _invite(moody, bo)
    bo.clicks("verbatim", words=OPEN)
    view = slack.world.modals[bo.user.id][-1]
    view.content["private_metadata"] = "{"
    moody.chat.does(slack.submit(bo.user, {f"Ask {key}?": "Choice 3" for key in KEYS}))

    [(reason, body)] = moody.store(lambda store: store.all("select reason, body from dead_letter"))
    assert reason == "private_metadata is no JSON"
    assert json.loads(body)["view"]["blocks"]
    assert "state" not in json.loads(body)["view"]
    assert _taken(moody) == []


def test_who_never_wrote_to_the_bot_comes_by_a_link(moody: Ready) -> None:
    """The button in the group leads into the private chat, and the talk is there."""
    chat, dan = moody.chat, moody.dan
    button = Button(words(OPEN), Action("moods.ask", ("x",)), private=True)
    card = card_json(Card(words("How is it?"), (Row((button,)),)))
    letter = moody.store(
        lambda store: outbox.put(
            store, "post", Address("telegram", "", str(chat.group)), card, now=chat.now, language="sv", zone="UTC",
            forum=moody.forum.id,
        )
    )  # fmt: skip
    chat.runner.run(_handed(chat, letter))
    chat.settles()
    for label in (OPEN, "Choice 1", "Choice 1", "Choice 1", "Choice 1", SEND):
        dan.clicks("verbatim", words=label)

    assert _taken(moody) == [[VALUES[1]] * 4]
    chat.reads_everything()


def _keyboards(who: TelegramPerson) -> list[list[str]]:
    messages: list[Message] = who.chat.telegram.seen(who.user, who.user.id)
    return [[each.label for row in message.keyboard for each in row] for message in messages]
