"""``python -m bench``: measure, print one row per figure, and keep them in ``build/bench.json``.

With ``--torture`` the long versions are measured, of those figures that have one, and kept in ``build/torture.json``.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.figures import FIGURES
from bench.rows import Row, keep


def main() -> int:
    """Measure what was asked for; 0 when every figure meets its bar."""
    asked = _arguments()
    figures = _figures(torture=asked.torture)
    wanted = [each for each in asked.only.split(",") if each]
    unknown = set(wanted) - set(figures)
    if unknown:
        sys.exit(f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(figures)}")
    rows: list[Row] = []
    width = max(map(len, figures), default=0)
    for name, measure in figures.items():
        if not wanted or name in wanted:
            for row in measure():
                rows.append(row)
                print(row.line(width), flush=True)
    keep(rows, asked.out or Path("build", "torture.json" if asked.torture else "bench.json"))
    return 0 if all(each.ok for each in rows) else 1


def _figures(*, torture: bool) -> dict[str, Callable[[], Iterable[Row]]]:
    """What measures each figure, by its id."""
    if torture:
        return {each.id: each.torture for each in FIGURES if each.torture is not None}
    return {each.id: each.measure for each in FIGURES}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure the bot.")
    parser.add_argument("--only", default="", metavar="ID,ID", help="measure these figures only")
    parser.add_argument(
        "--torture", action="store_true", help="measure the long versions, where there are any"
    )
    parser.add_argument("--out", type=Path, help="where to keep the rows")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
