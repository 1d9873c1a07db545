"""The bot with next to no rights, as the service and the container run it: it needs none of those that it lacks."""

import asyncio
import os
import re
import shutil
import stat
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.bot.served_platforms import both_platforms
from tests.sources import ROOT

NOBODY = 10001
"""A user whom the system knows nothing of, as in the container."""
IN_TIME = 60.0
LAUNCH = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(65, 1, 0, 0, 0)  # no memory that can be written and run, where the kernel can refuse it
os.umask(0o077)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
DRAW = """
from bot.charts.sheet import FigureCanvasAgg, Figure
figure = Figure()
figure.text(0.5, 0.5, "Tillit")
FigureCanvasAgg(figure).print_png(open("picture.png", "wb"))
"""


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


class Cell:
    """A folder that cannot be written to, one beside it that can, and a user who has nothing else."""

    def __init__(self, folder: Path) -> None:
        self.work = folder / "work"
        self.data = folder / "data"
        self.work.mkdir()
        self.data.mkdir(mode=0o700)
        self.python = _python_for_all() if os.geteuid() == 0 else None
        if self.python:
            os.chown(self.data, NOBODY, NOBODY)
        folder.chmod(0o755)
        self.work.chmod(0o555)

    def environment(self) -> dict[str, str]:
        """Nothing of ours but the way to the program."""
        return {
            "PATH": "/usr/bin:/bin", "PYTHONPATH": f"{ROOT}{os.pathsep}{sysconfig.get_path('purelib')}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.data), "MPLCONFIGDIR": str(self.data / "cache"),
        }  # fmt: skip

    async def runs(self, *words: str, folder: Path, **more: str) -> asyncio.subprocess.Process:
        """Run Python in there, as another user where we may and where there is a Python that everybody can run."""
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if self.python else {}
        return await asyncio.create_subprocess_exec(
            self.python or sys.executable, "-c", LAUNCH, *words, cwd=folder, env={**self.environment(), **more},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, **user,  # type: ignore[arg-type]
        )  # fmt: skip


def _python_for_all() -> str | None:
    """A Python of our version that other users get to, with our libraries; somebody's home may be closed to them."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    known = (sys.executable, *(shutil.which(name, path=each) for each in ("/usr/local/bin", "/usr/bin")))
    return next((each for each in known if each and _is_open(Path(each)) and _is_open(ROOT)), None)


def _is_open(path: Path) -> bool:
    real = path.resolve()
    return all(each.stat().st_mode & stat.S_IXOTH for each in (real, *real.parents))


@pytest.fixture(name="cell")
def _cell() -> Iterator[Cell]:
    with tempfile.TemporaryDirectory(prefix="cell-") as folder:
        yield Cell(Path(folder))


@pytest.mark.anyio
async def test_the_bot_writes_to_its_data_and_to_nothing_else(cell: Cell) -> None:
    """Another user, a folder that is closed to it, no memory to run from: it is ready, serves, and ends well."""
    async with both_platforms() as platforms, asyncio.timeout(IN_TIME):
        bot = await cell.runs("-m", "bot", "run", folder=cell.work, **platforms.environment(cell.data))
        assert bot.stdout is not None
        line = (await bot.stdout.readline()).decode()
        address = re.search(r"Health: (http://[\d.:]+)/ready", line)
        assert address, (await bot.communicate())[1].decode()
        async with aiohttp.ClientSession() as client, client.get(f"{address[1]}/ready") as answer:
            assert answer.status == 200, await answer.text()
        cilla = platforms.telegram.world.add_user("Cilla", language_code="sv")
        await platforms.telegram.start(cilla)
        chat = platforms.telegram.private(cilla)
        while len(platforms.telegram.world.chats[chat].messages) < 2:
            await platforms.telegram.changed(platforms.telegram.revision)
        bot.terminate()
        await bot.communicate()

    assert bot.returncode == 0
    assert {each.stat().st_uid for each in cell.data.iterdir()} == {NOBODY if cell.python else os.geteuid()}
    assert list(cell.work.iterdir()) == []
    written = {each.name: each.stat() for each in cell.data.iterdir()}
    assert "samsyn.db" in written
    assert not any(each.st_mode & 0o077 for each in written.values())


@pytest.mark.anyio
async def test_pictures_are_drawn_there_too(cell: Cell) -> None:
    """The largest library of all needs no more than the rest."""
    drawing = await cell.runs("-c", DRAW, folder=cell.data)
    _, log = await drawing.communicate()
    assert drawing.returncode == 0, log.decode()
    assert (cell.data / "picture.png").read_bytes().startswith(b"\x89PNG")
