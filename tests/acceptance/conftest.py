"""Shared by the attacks: a fort of two forums, and a forum at work behind real doors."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.fort import Fort, close_fort, open_fort
from tests.acceptance.siege import Doors, Siege, no_faults
from tests.stage.platforms import Platforms
from tests.stage.ready import Ready, ready_forum


@pytest.fixture(name="fort")
def _fort(_runner: asyncio.Runner, tmp_path: Path) -> Iterator[Fort]:
    fort = _runner.run(open_fort(_runner, tmp_path))
    yield fort
    _runner.run(close_fort(fort))


@pytest.fixture(name="doors", scope="session")
def _doors(_runner: asyncio.Runner) -> Iterator[Doors]:
    doors = Doors()
    _runner.run(doors.open())
    yield doors
    _runner.run(doors.close())


@contextmanager
def _besieged(
    runner: asyncio.Runner, platforms: Platforms, where: Path | str, doors: Doors
) -> Iterator[tuple[Siege, Ready]]:
    runner.run(platforms.renew())
    with no_faults():
        siege = Siege(runner, platforms, where, doors)
        try:
            yield siege, ready_forum(siege)
            siege.reads_everything()
            siege.ends()
        finally:
            platforms.slack.deliver_by = "socket"


Besieged = tuple[Siege, Ready]


@pytest.fixture(name="besieged")
def _siege(
    request: pytest.FixtureRequest,
    engine: str,
    _runner: asyncio.Runner,
    _platforms: Platforms,
    tmp_path: Path,
    doors: Doors,
) -> Iterator[Besieged]:
    """A forum at work behind real doors."""
    where = tmp_path / "samsyn.db" if engine == "sqlite" else str(request.getfixturevalue("dsn"))
    with _besieged(_runner, _platforms, where, doors) as found:
        yield found


@pytest.fixture(name="wall", scope="module")
def _wall(
    _runner: asyncio.Runner, _platforms: Platforms, tmp_path_factory: pytest.TempPathFactory, doors: Doors
) -> Iterator[Besieged]:
    """The same for all attacks of a module that leave no trace."""
    with _besieged(_runner, _platforms, tmp_path_factory.mktemp("wall") / "samsyn.db", doors) as found:
        yield found
