"""The machine underneath: which core does what, how fast the disk flushes, how much memory a process has."""

import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

WORKSHOP: Final = Path("build/bench")
"""Where databases of the benchmark lie: on the disk of the clone, for a memory disk would flatter every figure."""
SERVER_CORE: Final = 0
LOAD_CORE: Final = 1


def can_pin() -> bool:
    """Whether server and load can have a core each."""
    return hasattr(os, "sched_setaffinity") and {SERVER_CORE, LOAD_CORE} <= os.sched_getaffinity(0)


def pin(core: int | None) -> None:
    """Keep this process on one core, where the system can."""
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


def folder() -> tempfile.TemporaryDirectory[str]:
    """A fresh folder on the clone's own disk; gone with the block that uses it."""
    WORKSHOP.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(dir=WORKSHOP)


def flush_ms(where: Path, times: int = 200) -> float:
    """Milliseconds that the disk takes to flush 4 KiB appended to a file, the median."""
    took = []
    sync = getattr(os, "fdatasync", os.fsync)
    with tempfile.NamedTemporaryFile(dir=where) as file:
        for _ in range(times):
            os.write(file.fileno(), bytes(4096))
            began = time.perf_counter()
            sync(file.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def resident_mb(pid: int) -> float:
    """Megabytes of memory that a process holds now."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        kilobytes = next(int(each.split()[1]) for each in lines if each.startswith("VmRSS:"))
    except FileNotFoundError:
        asked = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
        )
        kilobytes = int(asked.stdout)
    return kilobytes / 1024
