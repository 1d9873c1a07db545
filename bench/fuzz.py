"""``fuzz``: updates as nobody ever sent them go through the whole bot, and nothing is left unhandled or hangs.

People on stand-in platforms command, talk, press, fill in, forward, come and go, in Swedish and English, with words that
no editor lets one type; much of what the platforms then tell is changed on the way. See ``bench/fuzzing``. By hand:
``python -m bench.fuzz --platform slack --seed 1 --updates 5000``; ``--only 1234`` lives through the episode of that update
and shows it. What failed is kept in ``build/fuzz``, without anybody's words.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from bench import chance, machine
from bench.cluster import Cluster
from bench.fuzzing.course import Course, Failure, Where, run
from bench.rows import Row

PLATFORMS: Final = ("slack", "telegram")
SHORT: Final = 5_000
"""Updates on each platform in the ordinary bench."""
LONG: Final = 100_000
POSTGRES: Final = 1_000
"""In the ordinary bench, on the other engine."""
KEPT: Final = Path("build/fuzz")
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - the disk is not what is measured


def fuzzed(platform: str, seed: int, count: int, engine: str = "sqlite", only: int | None = None) -> Course:
    """Live through so many updates of one platform; what failed is kept."""
    began = time.perf_counter()
    with ExitStack() as open_now:
        course = run(platform, seed, count, _places(engine, open_now), only=only)
    course.seconds = time.perf_counter() - began
    for each in (*course.unhandled, *course.hung):
        _keep(course, each)
    return course


def _places(engine: str, open_now: ExitStack) -> Where:
    """Where each episode keeps its records, by its number."""
    if engine == "postgres":
        cluster = open_now.enter_context(Cluster())
        return lambda number: cluster.create(f"fuzz_{number}")
    folder = tempfile.TemporaryDirectory(dir=_MEMORY) if _MEMORY.is_dir() else machine.folder()
    inside = Path(open_now.enter_context(folder)).resolve()
    return lambda number: inside / f"{number}.db"


# --- What failed ---------------------------------------------------------------------------------------------------


def _keep(course: Course, failure: Failure) -> None:
    """Write down what failed and the shape of what was told just before; the seed tells the words again."""
    KEPT.mkdir(parents=True, exist_ok=True)
    number = failure.told[-1].number if failure.told else course.updates
    found = {
        "what": failure.what,
        "again": f"python -m bench.fuzz --platform {course.platform} --seed {course.seed} --only {number}",
        "told": [
            {"number": each.number, "status": each.status, "shape": _shape_of(each.body)}
            for each in failure.told[-9:]
        ],
    }
    path = KEPT / f"{course.platform}-{course.seed}-{number}.json"
    path.write_text(json.dumps(found, indent=1) + "\n")


def _shape_of(body: bytes) -> Any:  # noqa: ANN401 - anything in JSON
    try:
        return shape(json.loads(body))
    except (ValueError, RecursionError):
        return f"{len(body)} bytes"


def shape(found: Any) -> Any:  # noqa: ANN401 - anything in JSON
    """A payload without its words: of a text its length is left, of a number its size."""
    match found:
        case dict():
            return {f"{name}"[:40]: shape(each) for name, each in list(found.items())[:60]}
        case list():
            return [shape(each) for each in found[:9]]
        case str():
            return f"text of {len(found)}"
        case bool() | None:
            return found
        case _:
            return f"number of {len(str(found))}"


# --- The rows ------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """A few minutes on SQLite, and some on PostgreSQL. The environment's ``BENCH_SEED`` repeats a seed."""
    yield from _rows(SHORT, "sqlite")
    yield from _rows(POSTGRES, "postgres")


def torture() -> Iterator[Row]:
    """The full number on each engine."""
    yield from _rows(LONG, "sqlite")
    yield from _rows(LONG, "postgres")


def _rows(count: int, engine: str) -> Iterator[Row]:
    seed = chance.seed()
    print(f"fuzz: seed {seed}, {engine}", file=sys.stderr, flush=True)  # also when it breaks
    with ProcessPoolExecutor(len(PLATFORMS), get_context("spawn")) as pool:
        begun = [pool.submit(fuzzed, each, seed, count, engine) for each in PLATFORMS]
        for each in begun:
            course = each.result()
            reference = (
                f"{course.updates:,} updates, {course.changed:,} of them changed, {engine}, seed {seed};"
                f" {course.updates / course.seconds:.0f} a second, the slowest {course.slowest:.2f} s"
            )
            for what, found in (("unhandled", course.unhandled), ("hung > 1 s", course.hung)):
                yield Row("fuzz", f"{what}, {course.platform}", len(found), "", "0", reference, not found)


def main() -> None:
    """Fuzz by hand, and tell what came of it."""
    parser = argparse.ArgumentParser(prog="bench.fuzz", description="Fuzz the bot.")
    parser.add_argument("--platform", choices=PLATFORMS, default="slack")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=chance.seed())
    parser.add_argument("--updates", type=int, default=SHORT)
    parser.add_argument(
        "--only", type=int, help="the number of an update: its episode is lived up to it, and it is shown"
    )
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    course = fuzzed(asked.platform, asked.seed, asked.updates, asked.engine, asked.only)
    if asked.only is not None and course.last is not None:
        print(f"update {course.last.number}, status {course.last.status}: {course.last.body!r}")
    for each in (*course.unhandled, *course.hung):
        print(f"{each.told[-1].number if each.told else '-'}: {each.what}")
    print(
        f"{course.updates} updates, {course.changed} changed, {course.updates / course.seconds:.0f} a second;"
        f" slowest {course.slowest:.2f} s; {dict(course.statuses)}; rows {dict(course.rows)}"
    )
    sys.exit(1 if course.unhandled or course.hung else 0)


if __name__ == "__main__":
    main()
