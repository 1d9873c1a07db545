"""The picture of a month's wins: for a phone, for a printer, and nothing on it that its list does not say."""

import asyncio
import io
import json

import matplotlib as mpl
import matplotlib.image
import numpy as np
import pytest

from bot.charts import NotDrawn, _painted, paint
from bot.charts.sheet import WIDTH
from bot.speech import Speech
from handlers.kit.ui import Picture, text
from prompts.texts import Catalog

SPEECH = Speech(Catalog.load())
TITLE = text("win-month-title", forum="Trygghet", month=3, year="2026")


def _picture(count: int, what: str = "Lyktorna lyser", who: str = "Polisen") -> Picture:
    labels = {
        "title": TITLE,
        "foot": text("win-and-more", count=2),
        "what": text("verbatim", words=what),
        "who": text("verbatim", words=who),
    }
    rows = [{"what": "what", "who": "who"} if who else {"what": "what"}] * count
    return Picture("wins", json.dumps({"wins": rows}), TITLE, labels)


def _draw(picture: Picture, language: str = "sv") -> bytes:
    _painted.cache_clear()
    return asyncio.run(paint(picture, SPEECH, language, "Europe/Stockholm"))


@pytest.mark.parametrize(("count", "what", "who"), [
    (1, "Lyktorna lyser", ""), (10, "Lyktorna i parken lyser varje kväll " * 8, "Polisen, Kommunen och Bo Alm"),
    (2, "👍 <b>x</b> $a$", "&amp;"),
])  # fmt: skip
def test_wins_are_for_a_phone_and_for_a_printer(count: int, what: str, who: str) -> None:
    """As wide as a phone shows sharply, without colour, and the same to the last byte each time."""
    picture = _picture(count, what, who)
    png = _draw(picture)

    pixels: np.ndarray[tuple[int, ...], np.dtype[np.float32]] = mpl.image.imread(io.BytesIO(png))
    assert pixels.shape[1] == WIDTH
    assert np.ptp(pixels[..., :3], axis=2).max() == 0
    assert 0.005 < float((pixels[..., 0] < 0.5).mean()) < 0.5
    assert _draw(picture) == png
    assert _draw(picture, "en") != png


@pytest.mark.parametrize(
    "data",
    ['{"wins": []}', '{"wins": [{"what": "nobody"}]}', "{}", json.dumps({"wins": [{"what": "what"}] * 13})],
)
def test_what_is_no_list_is_not_drawn(data: str) -> None:
    """Then the card says it in words."""
    with pytest.raises(NotDrawn):
        _draw(Picture("wins", data, TITLE, {"title": TITLE, "what": TITLE}))
