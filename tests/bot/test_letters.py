"""The command about letters: a list that names nobody, and orders to a bot that is running."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.clock import SystemClock
from bot.playground.telegram.values import User
from handlers.kit.ui import Card, text
from handlers.kit.ui_json import card_to_json
from storage import intake, outbox
from storage.db import Store
from storage.opened import opened
from storage.outbox import Address
from tests.bot.clean_slate import as_before, without_settings
from tests.bot.served_platforms import Platforms, both_platforms
from tests.bot.test_run import started
from tests.stage.samples import NOW, open_database

CARD = json.dumps(card_to_json(Card(text("verbatim", words="Hemliga ord"))))


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder and no settings."""
    without_settings(tmp_path, monkeypatch)
    with as_before():
        yield


def samsyn(*words: str) -> Result:
    """Give a command."""
    return CliRunner().invoke(app, list(words))


def went_astray(
    store: Store, chat: str, state: str = "dead", trouble: str = "Refused", at: datetime = NOW
) -> int:
    """A message to a Telegram chat; its number."""
    letter = outbox.put(
        store, "post", Address("telegram", "", chat), CARD, now=at, language="sv", zone="UTC", fallback=CARD
    )
    outbox.mark(store, letter.id, state, trouble)
    return letter.id


def fill(path: Path, *bodies: str, chat: str = "-100", at: datetime = NOW) -> None:
    """A database with two messages and some payloads that went astray."""
    database = open_database(path)
    for body in bodies:
        intake.bury(database.store, "telegram", "message: KeyError\x1b[2J", body, at)
    went_astray(database.store, chat, at=at)
    went_astray(database.store, chat, "unknown", "no clear answer", at)
    database.close()


# --- The list ----------------------------------------------------------------------------------------------------


def test_the_list_names_what_and_why_and_nobody() -> None:
    """Neither words, nor chats, nor anything that would play with the terminal."""
    fill(Path("data/samsyn.db"), '{"update_id": 1, "text": "Hemliga ord"}')
    assert samsyn("letters").stdout.splitlines() == [
        "in-1      telegram 2026-03-02 08:00 UTC  could not be read: message: KeyError\\u001b[2J",
        "out-1     telegram 2026-03-02 08:00 UTC  did not arrive (post): Refused",
        "out-2     telegram 2026-03-02 08:00 UTC  may have arrived (post): no clear answer",
    ]


def test_an_empty_list_says_so() -> None:
    """Which is how it should be."""
    open_database(Path("data/samsyn.db")).close()
    assert samsyn("letters").stdout == "Nothing went astray.\n"


def test_what_one_says_is_shown_when_asked_for() -> None:
    """The payload, and the card with what would have been said in its place."""
    fill(Path("data/samsyn.db"), '{"text": "Hemliga \\u001b ord \\u202e å"}')
    assert samsyn("letters", "--show", "in-1").stdout == '{\n  "text": "Hemliga \\u001b ord \\u202e å"\n}\n'
    assert set(json.loads(samsyn("letters", "--show", "out-1").stdout)) == {"card", "fallback"}


@pytest.mark.parametrize("name", ["in-9", "out-9", "nonsense"])
def test_a_name_that_nobody_has_is_said_to_be_none(name: str) -> None:
    """With the way to find the right one."""
    fill(Path("data/samsyn.db"))
    for words in (["--show", name], ["drop", name], ["retry", name.replace("in-", "out-")]):
        refused = samsyn("letters", *words)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr.startswith(f"There is no letter {words[1]}.")


def test_without_a_database_there_is_a_sentence() -> None:
    """And no trace of an error."""
    assert samsyn("letters").stderr == (
        "The database data/samsyn.db cannot be used: unable to open database file.\n"
    )


def test_orders_without_a_running_bot() -> None:
    """What can be done is done; what needs a bot is said to."""
    fill(Path("data/samsyn.db"), "{}")
    assert samsyn("letters", "retry", "out-1").stdout == "out-1 is sent once more, at its turn.\n"
    assert samsyn("letters", "drop", "out-2").stdout == "out-2 is forgotten.\n"
    refused = samsyn("letters", "retry", "in-1")
    assert (refused.exit_code, refused.stderr) == (
        2, "Only a running bot can read in-1 again. Start it, and give the command once more.\n",
    )  # fmt: skip


# --- While a bot runs --------------------------------------------------------------------------------------------


async def ordered(*words: str) -> tuple[int, str]:
    """Give a command while the platforms are served in this process."""
    done = await asyncio.to_thread(samsyn, "letters", *words)
    return done.exit_code, done.output


START = {
    "message_id": 1, "date": 1772438400, "text": "/start",
    "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
}  # fmt: skip


def began(cilla: User, chat: int) -> str:
    """An update that could not be read, and can be now: somebody opened the private chat."""
    who = {"id": cilla.id, "is_bot": False, "first_name": "Cilla"}
    update = {"update_id": 990, "message": {**START, "chat": {"id": chat, "type": "private"}, "from": who}}
    return json.dumps(update)


async def until_said(platforms: Platforms, chat: int, count: int) -> list[str]:
    """What the bot said in a Telegram chat, once it said so much."""
    world = platforms.telegram.world
    async with asyncio.timeout(60):
        while True:
            before = platforms.telegram.revision
            said = [each.text for each in world.chats[chat].messages.values() if each.author == world.bot.id]
            if len(said) >= count:
                return said
            await platforms.telegram.changed(before)


@pytest.mark.anyio
async def test_a_running_bot_carries_orders_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message arrives after all, a payload is read after all, and what makes no sense stays where it was."""
    async with both_platforms() as platforms:
        world = platforms.telegram.world
        cilla = world.add_user("Cilla Ö", language_code="sv")
        chat = platforms.telegram.private(cilla)
        bodies = (began(cilla, chat), '{"message": 5}')
        fill(tmp_path / "samsyn.db", *bodies, chat=str(chat), at=SystemClock().now())
        for name, value in platforms.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        process, line = await started(platforms, tmp_path)
        assert line.startswith("Samsyn is running")

        await platforms.telegram.start(cilla)
        await until_said(platforms, chat, 1)
        assert await ordered("retry", "out-1") == (0, "out-1 is sent once more, at its turn.\n")
        assert "Hemliga ord" in (await until_said(platforms, chat, 2))[1]
        assert await ordered("drop", "out-2") == (0, "out-2 is forgotten.\n")
        assert await ordered("retry", "in-1") == (0, "in-1 has been read.\n")
        first, _, again = await until_said(platforms, chat, 3)
        assert first == again
        still = "It still cannot be read; it is set aside again under a new name.\n"
        assert await ordered("retry", "in-2") == (2, still)
        code, listed = await ordered()
        assert (code, listed.split()[0], len(listed.splitlines())) == (0, "in-3", 1)

        process.terminate()
        await process.communicate()
    assert process.returncode == 0


@pytest.mark.anyio
async def test_on_a_shared_database_orders_wait_there_for_a_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dsn: str
) -> None:
    """The command writes, whichever machine it is given on; the bot finds within seconds what only it can do."""
    async with both_platforms() as platforms:
        cilla = platforms.telegram.world.add_user("Cilla Ö", language_code="sv")
        chat = platforms.telegram.private(cilla)
        for name, value in {**platforms.environment(tmp_path), "DATABASE_URL": dsn}.items():
            monkeypatch.setenv(name, value)
        process, _ = await started(platforms, tmp_path, DATABASE_URL=dsn)
        await platforms.telegram.start(cilla)
        await until_said(platforms, chat, 1)
        name = await asyncio.to_thread(stray_on, dsn, began(cilla, chat), chat)

        assert await ordered("retry", name) == (0, f"{name} is sent once more, at its turn.\n")
        assert "Hemliga ord" in (await until_said(platforms, chat, 2))[1]
        assert await ordered("retry", "in-1") == (0, "in-1 will be read in a few seconds.\n")
        first, _, again = await until_said(platforms, chat, 3)
        assert first == again

        process.terminate()
        await process.communicate()
    assert process.returncode == 0


def stray_on(dsn: str, body: str, chat: int) -> str:
    """A payload and a message that went astray; the name of the message."""
    with closing(opened(dsn)) as database:
        store = database.transactions.begin()
        intake.bury(store, "telegram", "why", body, SystemClock().now())
        number = went_astray(store, str(chat), at=SystemClock().now())
        database.transactions.prepare()
        database.transactions.commit()
        return f"out-{number}"
