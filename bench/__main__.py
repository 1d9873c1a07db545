"""``python -m bench``: measure, print one row per figure, and keep them in ``build/bench.json``."""

import argparse
import sys
from pathlib import Path

from bench.figures import FIGURES
from bench.rows import Row, keep


def main() -> int:
    """Measure what was asked for; 0 when every figure meets its bar."""
    asked = _arguments()
    wanted = [each for each in asked.only.split(",") if each]
    unknown = set(wanted) - {each.id for each in FIGURES}
    if unknown:
        sys.exit(
            f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(each.id for each in FIGURES)}"
        )
    rows: list[Row] = []
    width = max(len(each.id) for each in FIGURES)
    for figure in FIGURES:
        if not wanted or figure.id in wanted:
            for row in figure.measure():
                rows.append(row)
                print(row.line(width), flush=True)
    keep(rows, asked.out)
    return 0 if all(each.ok for each in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure the bot.")
    parser.add_argument("--only", default="", metavar="ID,ID", help="measure these figures only")
    parser.add_argument("--out", default=Path("build/bench.json"), type=Path, help="where to keep the rows")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
