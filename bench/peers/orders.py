"""What every process beside ours does: take orders on stdin, answer on stdout. Runs in the peers' environments too."""

import sys
from collections.abc import Callable


def obey(versions: str, run: Callable[[int], float], kept: Callable[[], int]) -> None:
    """Say that we are ready, then run commands and count what is stored as ordered, until stdin ends."""
    print("ready", versions, flush=True)
    for line in sys.stdin:
        order = line.strip()
        print(kept() if order == "kept" else run(int(order)), flush=True)
