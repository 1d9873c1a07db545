"""The bot as a running process: from settings to ready, and to a clean end when it is told to stop.

What is under way when a signal comes is finished, for a few seconds at the most; everything else is in the database
and goes on at the next start.
"""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final

import structlog

from bot.app import App, Role
from bot.backups import check_schema, check_whole, keep_before_migrating
from bot.calendar import calendar_routes, remember_address
from bot.clock import SystemClock
from bot.connect import Connector
from bot.counting import Counts, counted
from bot.settings import Settings
from bot.timers import SchedulerAlarm
from bot.watch import Watch
from bot.web import address, listener, served, site
from handlers.kit import when

log = structlog.get_logger()

PARTING: Final = 4.0
"""Seconds to finish what is under way."""
YOUNG: Final = 10_000
"""So many objects more before the collector looks at them; that takes 2 ms."""
STAYED: Final = 50
"""So many of these looks before it looks at those again that stayed."""

Say = Callable[[str], None]


def run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run on the fastest loop there is. SIGTERM and SIGINT cancel the work; a second one ends the process at once."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        loop = runner.get_loop()
        task = loop.create_task(work)
        with _cancelled_by_signals(loop, task):
            loop.run_until_complete(asyncio.wait((task,)))
        if not task.cancelled():
            task.result()


async def run(settings: Settings, say: Say, role: Role = "all") -> None:
    """Run against the platforms of the settings until cancelled. ``say`` gets the one line for whoever started it.

    On PostgreSQL any number of processes run: those with the role ``web`` take in, ``worker`` send and ring.

    Raises ``AddressTaken``, ``StoreUnavailable`` and ``Revoked`` when it cannot start.
    """
    clock, counts = SystemClock(), Counts()
    taken = listener(settings.host, settings.port)
    try:
        connector = Connector(settings, clock, listens=role != "worker")
        adapters = counted(connector, counts, clock.steady)
        app = App(
            settings.where, clock, SchedulerAlarm(clock), adapters, language=settings.language, role=role
        )
    except BaseException:
        taken.close()
        raise
    watch = Watch(settings.where, app, connector, settings, clock, counts)
    pages = site([*connector.routes, *calendar_routes(lambda: app), *watch.routes], watch.health.parts)
    async with _closed(app), served(pages, taken):
        await remember_address(app, settings.public_url)
        await app.start()
        settle_in()
        part = "" if role == "all" else f" as {role}"
        say(f"Samsyn is running{part}: {_where(settings)}. Health: {address(taken)}/ready")
        log.info("started", port=taken.getsockname()[1])
        async with watch.kept():
            await asyncio.Event().wait()


def settle_in() -> None:
    """Load what the first request would wait for; then let the collector of cycles leave alone what stays.

    Requests under way too: else it goes through all of them again and again while they wait for the disk, for a tenth
    of the time.
    """
    when.get_ready()
    gc.freeze()
    gc.set_threshold(YOUNG, STAYED)
    gc.enable()


def prepared(database: Path | str) -> list[str]:
    """Make sure that this version fits the database, and keep a copy before its schema changes; what to tell of it.

    Raises ``StoreUnavailable`` when it does not fit.
    """
    if not isinstance(database, Path):
        return []
    check_whole(database)
    check_schema(database)
    kept = keep_before_migrating(database)
    return [f"The schema of the database changes; a backup is kept as {kept}."] if kept else []


@asynccontextmanager
async def _closed(app: App) -> AsyncIterator[None]:
    try:
        yield
    finally:
        try:
            async with asyncio.timeout(PARTING):
                await app.stop()
        except TimeoutError:
            log.error("not finished in time", seconds=PARTING)  # noqa: TRY400 - a trace would tell nothing more


def _where(settings: Settings) -> str:
    places = []
    if settings.slack:
        ways = [
            name
            for name, secret in (
                ("Socket Mode", settings.slack_app_token),
                ("HTTP", settings.slack_signing_secret),
            )
            if secret.get_secret_value()
        ]
        places.append(f"Slack ({' and '.join(ways)})")
    if settings.telegram:
        places.append(f"Telegram ({'webhook' if settings.telegram_webhook else 'polling'})")
    return ", ".join(places)


@contextmanager
def _cancelled_by_signals(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None]") -> Iterator[None]:
    signals = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        for each in signals:
            loop.remove_signal_handler(
                each
            )  # from now on the ordinary effect: the second one ends us at once
        task.cancel()

    for each in signals:
        loop.add_signal_handler(each, stop)
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - not there on every machine
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory
