"""``start``: from ``python -m bot run`` to the first "ready" of its web server, both platforms connected, and its memory."""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from bench import machine, wire
from bench.processes import end, running
from bench.rows import Row

STARTS: Final = 5
MOST_SECONDS: Final = 1.0
MOST_MB: Final = 110.0
PATIENCE: Final = 30.0
GLANCE: Final = 0.005
LIBRARIES: Final = (
    "slack_bolt.app.async_app", "telegram", "sqlite_utils", "apscheduler.schedulers.asyncio", "uvicorn", "uvloop",
    "starlette.applications", "fluent.runtime", "pydantic_settings", "structlog", "typer",
)  # fmt: skip


class NeverReady(Exception):  # noqa: N818 - says what happened
    """The bot did not become ready."""


def measure() -> Iterator[Row]:
    """Several starts on one database that is up to date; the median of each."""
    with machine.folder() as place, running(["-m", "bench.mock"]) as mock:
        once = [_start(Path(place) / "samsyn.db", mock.port) for _ in range(STARTS + 1)][1:]
    seconds, megabytes = (statistics.median(each) for each in zip(*once, strict=True))
    alone = statistics.median(_imports() for _ in range(STARTS))
    reference = (
        f"median of {STARTS} starts, both platforms at a mock on this machine, playground off; in the same run a bare"
        f" Python that imports {', '.join(LIBRARIES)} takes {alone:.2f} s"
    )
    yield Row(
        "start",
        "start to ready",
        round(seconds, 3),
        "s",
        f"<= {MOST_SECONDS:g}",
        reference,
        seconds <= MOST_SECONDS,
    )
    yield Row(
        "start",
        "resident when ready",
        round(megabytes, 1),
        "MB",
        f"<= {MOST_MB:g}",
        reference,
        megabytes <= MOST_MB,
    )


def _imports() -> float:
    """What nobody can start faster than who is built on these libraries."""
    began = time.perf_counter()
    lean = "import sys; sys.modules['numpy'] = sys.modules['cryptography'] = None"  # as the bot itself does
    subprocess.run([sys.executable, "-c", f"{lean}; import {', '.join(LIBRARIES)}"], check=True)
    return time.perf_counter() - began


def _start(database: Path, platforms: int) -> tuple[float, float]:
    began = time.perf_counter()
    with bot_running(database, platforms) as (pid, _):
        return time.perf_counter() - began, machine.resident_mb(pid)


@contextmanager
def bot_running(where: Path | str, platforms: int) -> Iterator[tuple[int, int]]:
    """``python -m bot run`` inside this block, on this file or server and with the mock platforms at this port.

    Gives its process and its port once it is ready. Raises ``NeverReady``.
    """
    port, began = _free_port(), time.perf_counter()
    bot = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=_settings(where, platforms, port),
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    try:
        while not _is_ready(port):
            if bot.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise NeverReady
            time.sleep(GLANCE)
        yield bot.pid, port
    finally:
        end(bot)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200  # noqa: PLR2004
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _settings(where: Path | str, platforms: int, port: int) -> dict[str, str]:
    base = f"http://127.0.0.1:{platforms}"
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMSYN_", "DATABASE_URL"))
    }
    return ours | {
        ("SAMSYN_DATABASE" if isinstance(where, Path) else "DATABASE_URL"): str(where), "SAMSYN_LISTEN": f"127.0.0.1:{port}",
        "SAMSYN_PUBLIC_URL": "https://bench.example", "SAMSYN_SLACK_BOT_TOKEN": wire.SLACK_TOKEN,
        "SAMSYN_SLACK_SIGNING_SECRET": wire.SIGNING_SECRET, "SAMSYN_SLACK_API": f"{base}/slack/api/",
        "SAMSYN_TELEGRAM_TOKEN": wire.TELEGRAM_TOKEN, "SAMSYN_TELEGRAM_WEBHOOK_SECRET": wire.WEBHOOK_SECRET,
        "SAMSYN_TELEGRAM_API": f"{base}/bot",
    }  # fmt: skip
