"""What the benchmark says: one row per figure, as a line to read and as JSON to keep."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``reference`` says what it was measured against, in the same run; ``ok`` whether it meets ``bar``."""

    id: str
    what: str
    value: float
    unit: str
    bar: str
    reference: str
    ok: bool

    def line(self, width: int = 13) -> str:
        """The row as it is printed, with so much room for its id."""
        said = f"{self.value:.3f}" if self.unit == "ratio" else f"{self.value:g}"
        verdict = "ok  " if self.ok else "LOW "
        first = f"{verdict}{self.id:{width}} {said:>8} {self.unit:6} bar {self.bar:18} {self.what}"
        return f"{first}\n{'':{width + 24}}{self.reference}"


def keep(rows: Sequence[Row], path: Path) -> None:
    """Write the rows as a JSON list of objects."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(each) for each in rows], ensure_ascii=False, indent=1) + "\n")
