"""A sheet to draw on: as wide as a phone shows sharply, as high as what stands on it, black on white.

Nothing rests on colour: filled, hatched, pale and empty are told apart on paper too. Places are pixels from the
upper left corner.
"""

import io
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

WIDTH: Final = 1080
MARGIN: Final = 48
INNER: Final = WIDTH - 2 * MARGIN
TALLEST: Final = 8000
"""Telegram takes no photo whose sides are more than 10,000 together."""
INK: Final = "#1a1a1a"
SOFT: Final = "#595959"
PALE: Final = "#d9d9d9"
PAPER: Final = "#ffffff"
TITLE, BODY, SMALL = 56, 46, 38
"""Heights of letters; a phone shows a third of it."""
LINE: Final = 1.28
MOST_LINES: Final = 6
MOST_WORDS: Final = 1000
"""More characters than this no six lines hold; to measure them would take long."""
_DPI: Final = 72
_FILES: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
Fill = Literal["full", "hatched", "pale", "empty"]


@dataclass(slots=True)
class Sheet:
    """Where things are put, and how far down it has come."""

    down: float = MARGIN
    _things: list[Artist] = field(default_factory=list)

    def words(
        self,
        said: str,
        *,
        x: float = MARGIN,
        wide: float = INNER,
        size: int = BODY,
        bold: bool = False,
        ink: str = INK,
    ) -> None:
        """Words in as many lines as they need, and down past them."""
        for line in wrapped(said, wide, size, bold=bold):
            self.line(line, x, self.down + size * 0.94, size=size, bold=bold, ink=ink)
            self.down += size * LINE

    def line(
        self,
        said: str,
        x: float,
        y: float,
        *,
        size: int = BODY,
        bold: bool = False,
        ink: str = INK,
        side: Literal["left", "center", "right"] = "left",
    ) -> None:
        """One line whose letters stand on ``y``."""
        self._things.append(
            Text(
                x,
                y,
                said,
                color=ink,
                fontproperties=_font(size, bold=bold),
                ha=side,
                va="baseline",
                parse_math=False,
            )
        )

    def box(self, x: float, y: float, wide: float, high: float, fill: Fill, *, edge: str = INK) -> None:
        """A rectangle with its edge."""
        if wide > 0 and high > 0:
            self._things.append(_filled(Rectangle((x, y), wide, high), fill, edge))

    def card(self, x: float, y: float, wide: float, high: float, fill: Fill, *, edge: str = INK) -> None:
        """A rectangle with round corners."""
        shape = FancyBboxPatch(
            (x + 12, y + 12), wide - 24, high - 24, boxstyle="round,pad=12,rounding_size=16"
        )
        self._things.append(_filled(shape, fill, edge))

    def rule(
        self, y: float, *, x: float = MARGIN, wide: float = INNER, ink: str = PALE, dashed: bool = False
    ) -> None:
        """A thin line across."""
        self._things.append(
            Line2D([x, x + wide], [y, y], color=ink, linewidth=2, linestyle=(0, (4, 4)) if dashed else "-")
        )

    def png(self) -> bytes:
        """The sheet as a picture; raises ``ValueError`` when it became too high to be sent."""
        high = round(self.down + MARGIN)
        if high > TALLEST:
            raise ValueError("too high")
        figure = Figure((WIDTH / _DPI, high / _DPI), dpi=_DPI, facecolor=PAPER)
        upside = Affine2D().scale(1, -1).translate(0, high)
        for place, each in enumerate(self._things):
            each.set_zorder(place)
            each.set_transform(upside)
            figure.add_artist(each)
        out = io.BytesIO()
        FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})  # type: ignore[no-untyped-call]  # the library's
        figure.clear()
        return out.getvalue()


def _filled(shape: Patch, fill: Fill, edge: str) -> Patch:
    shape.set_facecolor({"full": INK, "pale": PALE}.get(fill, PAPER))
    shape.set_edgecolor(edge)
    shape.set_linewidth(3)
    if fill == "hatched":
        shape.set_hatch("/")
        shape.set_hatch_linewidth(3)
    return shape


# --- Letters ---------------------------------------------------------------------------------------------------


def width(said: str, size: int, *, bold: bool = False) -> float:
    """How wide a line becomes."""
    font = _font(size, bold=bold)
    return float(_renderer().get_text_width_height_descent(said, font, ismath=False)[0])  # type: ignore[no-untyped-call]  # the library's


def wrapped(said: str, wide: float, size: int, *, bold: bool = False) -> list[str]:
    """Lines of at most this width; what is left over after the last line that fits is cut off with "…"."""
    lines = list(islice(_lines(drawable(said[:MOST_WORDS]), wide, size, bold=bold), MOST_LINES + 1))
    if len(lines) <= MOST_LINES:
        return lines
    last = lines[MOST_LINES - 1]
    while last and width(f"{last}…", size, bold=bold) > wide:
        last = last[:-1]
    return [*lines[: MOST_LINES - 1], f"{last.rstrip()}…"]


def drawable(said: str) -> str:
    """The words without signs that the letters here do not have, such as emoji, and without invisible ones."""
    known = _known()
    kept = (" " if each.isspace() else each for each in said)
    return "".join(each for each in kept if ord(each) in known and unicodedata.category(each)[0] != "C")


def _lines(said: str, wide: float, size: int, *, bold: bool) -> Iterator[str]:
    line = ""
    for word in said.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= wide:
            line = longer
            continue
        if line:
            yield line
        line = word
        while width(line, size, bold=bold) > wide:
            fits = _fitting(line, wide, size, bold=bold)
            yield line[:fits]
            line = line[fits:]
    yield line


def _fitting(word: str, wide: float, size: int, *, bold: bool) -> int:
    """How many letters of a word that is too long fit on a line; one at least."""
    return max(
        1, bisect_right(range(1, len(word)), wide, key=lambda many: width(word[:many], size, bold=bold))
    )


@cache
def _font(size: int, *, bold: bool) -> FontProperties:
    return FontProperties(fname=_file(bold=bold), size=size)


def _file(*, bold: bool) -> Path:
    return Path(mpl.get_data_path(), "fonts", "ttf", _FILES[bold])


@cache
def _known() -> frozenset[int]:
    return frozenset(get_font(str(_file(bold=False))).get_charmap())


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, _DPI)  # type: ignore[no-untyped-call]  # the library's
