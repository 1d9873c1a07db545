"""Processes that a figure starts, and ends again by their own handle."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

PATIENCE: Final = 20.0


class NotReady(Exception):  # noqa: N818 - says what the process is
    """A process ended or said something else than that it is ready."""


@dataclass(slots=True)
class Process:
    """A running process that listens on ``port``."""

    popen: subprocess.Popen[str]
    port: int

    def rest(self) -> None:
        """Let it stand still: an idle server must not take time from the one that is measured."""
        self.popen.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        self.popen.send_signal(signal.SIGCONT)


@contextmanager
def running(arguments: Sequence[str]) -> Iterator[Process]:
    """Run Python with these arguments inside this block; it has said ``ready <port>`` when the block begins."""
    popen = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(),
    )
    try:
        yield Process(popen, _port(popen))
    finally:
        end(popen)


async def asked_to_end() -> None:
    """Inside such a process: wait for SIGTERM, or for the end of whoever started it."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    loop.add_reader(sys.stdin, ended.set)  # nobody ever writes there: it can only be closed
    await ended.wait()
    loop.remove_reader(sys.stdin)


def end(popen: "subprocess.Popen[str]") -> None:
    """Ask it to end in good order; insist after a while."""
    popen.send_signal(signal.SIGCONT)
    popen.terminate()
    try:
        popen.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        popen.kill()
        popen.communicate()


def _port(popen: "subprocess.Popen[str]") -> int:
    assert popen.stdout is not None  # noqa: S101 - asked for above
    said = popen.stdout.readline().split()
    if len(said) != 2 or said[0] != "ready":  # noqa: PLR2004 - "ready <port>"
        raise NotReady(f"{popen.args!r} said {said!r}")
    return int(said[1])


def _environment() -> dict[str, str]:
    """Ours without settings of a real bot."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SAMSYN_")}
