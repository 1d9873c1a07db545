"""The picture of a forum's progress: readable in black and white, on a phone, and the same in words."""

import asyncio
import io
from datetime import date

import matplotlib as mpl
import matplotlib.image
import numpy as np
import pytest

from bot.charts import NotDrawn, _painted, paint
from bot.charts.sheet import WIDTH
from bot.speech import Speech
from handlers.kit.drawings import Counts, progress_picture
from handlers.kit.ui import Picture, text
from prompts.texts import Catalog

SPEECH = Speech(Catalog.load())
MONTHS = [date(2026, month, 1) for month in range(1, 7)]


def _picture(*numbers: int) -> Picture:
    rows = [
        Counts(text("digest-picture-done"), numbers),
        Counts(text("digest-picture-decided"), (0, 0, 0, 0, 0, 1)),
    ]
    return progress_picture(text("digest-picture-title"), MONTHS, rows, alt=text("digest-picture-title"))


def _draw(picture: Picture, language: str = "sv") -> bytes:
    _painted.cache_clear()
    return asyncio.run(paint(picture, SPEECH, language, "Europe/Stockholm"))


def _pixels(png: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    return mpl.image.imread(io.BytesIO(png))


@pytest.mark.parametrize("numbers", [(3, 0, 7, 12, 5, 2), (0, 0, 0, 0, 0, 0), (1, 99999, 1, 1, 1, 1)])
def test_progress_is_for_a_phone_and_for_a_printer(numbers: tuple[int, ...]) -> None:
    """As wide as a phone shows sharply, not too high, without colour, and the same to the last byte each time."""
    png = _draw(_picture(*numbers))

    pixels = _pixels(png)
    assert pixels.shape[1] == WIDTH
    assert pixels.shape[0] < 1.5 * WIDTH
    assert np.ptp(pixels[..., :3], axis=2).max() == 0
    assert 0.005 < float((pixels[..., 0] < 0.5).mean()) < 0.5
    assert _draw(_picture(*numbers)) == png


def test_months_are_named_in_the_language_of_the_chat() -> None:
    """The same card in two languages gives two pictures."""
    picture = _picture(3, 0, 7, 12, 5, 2)

    assert _draw(picture, "sv") != _draw(picture, "en")


def test_every_month_has_its_number() -> None:
    """Numbers that do not match the months are a fault, found where the picture is made; so are numbers below nothing."""
    with pytest.raises(ValueError, match="every month"):
        _picture(1, 2)
    with pytest.raises(NotDrawn):
        _draw(_picture(1, 2, -3, 4, 5, 6))


def test_a_month_that_has_just_begun_needs_no_word_of_stripes() -> None:
    """What is striped is said where something is."""
    rows = [Counts(text("digest-picture-done"), (1, 2, 3, 4, 5, each)) for each in (0, 1)]
    without, striped = (
        _pixels(
            _draw(progress_picture(text("digest-picture-title"), MONTHS, [each], alt=text("digest-title")))
        )
        for each in rows
    )

    assert without.shape[0] < striped.shape[0]
