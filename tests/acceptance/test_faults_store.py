"""The disk is full or the file is busy (F3, F18, F19): nothing is acknowledged that is not kept, nothing is done twice.

Faults are put at the n-th write for n = 1, 2, 3 … until the deed succeeds without meeting one.
"""

import asyncio
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

import pytest

from bot.condition import looking
from storage.sqlite import SqliteDatabase
from tests.acceptance.breaking import SOON, Disk, insisting
from tests.acceptance.siege import Siege
from tests.stage.postgres import IN_A_FILE
from tests.stage.ready import Ready

Besieged = tuple[Siege, Ready]
Deed = Callable[[Siege, Ready, str], Coroutine[Any, Any, object]]


async def _mention(siege: Siege, ready: Ready, words: str) -> object:
    return await siege.slack.say(ready.ada.user, siege.channel, f"@Samsyn beslut {words}")


async def _message(siege: Siege, ready: Ready, words: str) -> object:
    return await siege.telegram.say(ready.cilla.user, siege.group, f"/beslut {words}")


async def _command(siege: Siege, ready: Ready, words: str) -> object:
    """Slack tells a command once; who sees that it failed gives it again."""
    while True:
        troubles = len(siege.slack.world.troubles)
        await siege.slack.slash(ready.ada.user, siege.channel, "/samsyn", f"beslut {words}")
        if len(siege.slack.world.troubles) == troubles:
            return None


DEEDS: dict[str, Deed] = {"mention": _mention, "message": _message, "command": _command}


def _each(*deeds: str, at_a_server: str) -> pytest.MarkDecorator:
    """Every deed with a file, and one of them with a server, which takes three times as long."""
    told = [*(("sqlite", each) for each in deeds), ("postgres", at_a_server)]
    return pytest.mark.parametrize(("engine", "deed"), told, indirect=["engine"])


@pytest.fixture(name="disk")
def _disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr("bot.turns.UNSURE", 1)  # nobody else is at work who would have to say what is theirs
    return Disk(monkeypatch)


@_each(*DEEDS, at_a_server="message")
def test_one_failing_write_costs_nothing(besieged: Besieged, disk: Disk, deed: str) -> None:
    """Whichever it is: the decision is recorded once and shown once in each chat."""
    siege, ready = besieged
    siege.slack.delivery.retry_waits = SOON
    for nth in count(1):
        words = f"Sak nummer {nth}."
        disk.fails(nth)
        siege.does(insisting(siege, DEEDS[deed](siege, ready, words)))
        has_failed = disk.has_failed
        disk.fails(0)

        assert _recorded(siege)[words] == 1, nth
        assert _shown(siege)[words] == {siege.channel: 1, str(siege.group): 1}, nth
        if not has_failed:
            break
    assert nth > 10


@_each("mention", "message", at_a_server="mention")
def test_a_disk_that_stays_full_is_said_to_be_and_recovers_without_a_restart(
    besieged: Besieged, disk: Disk, deed: str
) -> None:
    """From whichever write on: not ready, nothing new kept, what is there can be read, and then all goes on."""
    siege, ready = besieged
    siege.slack.delivery.retry_waits = SOON
    for nth in count(1):
        words = f"Sak nummer {nth}."
        refused = siege.does(_while_full(siege, disk, DEEDS[deed](siege, ready, words), words, nth))

        assert _recorded(siege)[words] == 1, nth
        assert _shown(siege)[words] == {siege.channel: 1, str(siege.group): 1}, nth
        if not refused:
            break
    assert nth > 5


async def _while_full(
    siege: Siege, disk: Disk, deed: Coroutine[Any, Any, object], words: str, nth: int
) -> bool:
    """The deed with a disk that is full from its n-th write on, and what comes of it; whether it was refused at first."""
    disk.fails(nth, lasting=True)
    siege.telegram.webhook.last_error = ""
    siege.slack.delivery.failures.clear()
    doing = asyncio.ensure_future(deed)

    def refused() -> bool:
        return bool(siege.telegram.webhook.last_error or siege.slack.delivery.failures)

    await _until(siege, doing, refused)
    was_refused = refused()
    assert not await siege.is_ready()
    assert (_recorded(siege)[words] == 0) is was_refused, nth
    disk.fails(0)
    assert await siege.is_ready()
    await insisting(siege, asyncio.wait((doing,)))
    return was_refused


async def _until(siege: Siege, doing: "asyncio.Future[object]", holds: Callable[[], bool]) -> None:
    """Wait until it is done, or something has happened on either platform."""
    while not doing.done() and not holds():
        changes = (
            asyncio.ensure_future(siege.telegram.changed(siege.telegram.revision)),
            asyncio.ensure_future(siege.slack.changes.after(siege.slack.changes.revision)),
        )
        await asyncio.wait((doing, *changes), return_when=asyncio.FIRST_COMPLETED)
        for each in changes:
            each.cancel()


@IN_A_FILE
def test_sqlite_itself_has_no_room(besieged: Besieged) -> None:
    """The database may not grow: at some point a decision is refused; with room again it is recorded, once."""
    siege, ready = besieged
    writer = _connection(siege)
    (pages,) = writer.execute("pragma page_count").fetchone()
    writer.execute(f"pragma max_page_count = {pages}")
    troubles, words = siege.slack.world.troubles, "x"
    for each in count(1):
        words = f"Sak nummer {each}. " + "Och mer. " * 60
        siege.does(siege.slack.slash(ready.ada.user, siege.channel, "/samsyn", f"beslut {words}"))
        if troubles:
            break
        assert _recorded(siege)[words.strip()] == 1
    assert "dispatch_failed" in troubles[0].text
    assert _recorded(siege)[words.strip()] == 0

    writer.execute("pragma max_page_count = 1000000")
    ready.ada.commands(f"beslut {words}")
    assert _recorded(siege)[words.strip()] == 1


HOLDS_IT = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("begin immediate")
print("held", flush=True)
sys.stdin.readline()
store.execute("rollback")
print("free", flush=True)
"""


@IN_A_FILE
def test_another_program_holds_the_file(besieged: Besieged) -> None:
    """A real process in the middle of a transaction: not ready, no answer to Slack that would be a promise; then once."""
    siege, ready = besieged
    _connection(siege).execute("pragma busy_timeout = 50")
    siege.slack.delivery.retry_waits = SOON
    with subprocess.Popen([sys.executable, "-c", HOLDS_IT, str(siege.path)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as other:  # fmt: skip
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        assert not siege.runner.run(siege.is_ready())
        siege.runner.run(siege.slack.slash(ready.ada.user, siege.channel, "/samsyn", "beslut Vi väntar."))
        assert "dispatch_failed" in siege.slack.world.troubles[0].text
        siege.runner.run(siege.slack.say(ready.ada.user, siege.channel, "@Samsyn beslut Vi ses."))
        assert siege.slack.delivery.failures
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "free\n"
    siege.settles()

    assert siege.runner.run(siege.is_ready())
    assert _recorded(siege) == {"Vi ses.": 1}


def _connection(siege: Siege) -> sqlite3.Connection:
    assert isinstance(siege.app.database, SqliteDatabase)
    return siege.app.database.writer


def _recorded(siege: Siege) -> Counter[str]:
    """Every decision's words and how often they are recorded, as somebody reads them who only looks."""
    with looking(siege.where) as store:
        return Counter(row[0] for row in store.all("select what from decision_version"))


def _shown(siege: Siege) -> dict[str, dict[str, int]]:
    """How often each decision was shown in each chat."""
    found: dict[str, dict[str, int]] = {}
    recorded = _recorded(siege)
    for call in siege.platforms.ledger.sent():
        chat = str(call.args.get("channel") or call.args.get("chat_id"))
        for words in recorded:
            if words in str(call.args):
                found.setdefault(words, {}).setdefault(chat, 0)
                found[words][chat] += 1
    return found
