"""Pictures drawn from cards: what is on them, what never is, and that nobody waits for them."""

import asyncio
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import matplotlib as mpl
import matplotlib.image
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.charts import NotDrawn, _painted, paint
from bot.charts.results import _stretches
from bot.charts.sheet import INNER, SMALL, WIDTH, drawable, width, wrapped
from bot.speech import Speech
from handlers.kit.drawings import Numbers, Part, Placed, Untold, result_picture, trend_picture
from handlers.kit.ui import Picture, Text, text
from prompts.texts import Catalog

SPEECH = Speech(Catalog.load())
ZONE = "Europe/Stockholm"
LONG = "Jag får veta det jag behöver för att kunna vara med och påverka, även när det är bråttom."


def _words(said: str) -> Text:
    return text("verbatim", words=said)


def _result(*asked: Numbers | Placed | Untold) -> Picture:
    return result_picture(_words("Pulsen"), asked, answered=15, invited=18, alt=_words("Så gick det"))


def _draw(picture: Picture, language: str = "sv") -> bytes:
    _painted.cache_clear()
    return asyncio.run(paint(picture, SPEECH, language, ZONE))


def _pixels(png: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    return mpl.image.imread(io.BytesIO(png))


NUMBERS = _result(
    Numbers(_words(LONG), 15, (9, 9), (3, 3)),
    Numbers(_words("Två"), 15, (13, 15), (0, 2)),
    Untold(_words("Tre")),
)
TREND = trend_picture(
    _words("Över tid"),
    [date(2026, month, 3) for month in range(1, 8)],
    [
        Part(_words("Tillit"), (1, 50, None, 60, (83, 100), "hidden", 75), _words("stiger")),
        Part(_words("Öppenhet"), (None, "few", "mixed", "most", "less", "more", None), _words(LONG)),
        Part(_words("Riktning"), (20, None, None, None, None, None, None)),
    ],
    alt=_words("Tilliten stiger"),
)


@pytest.mark.parametrize("picture", [NUMBERS, TREND, _result(Placed(_words("Ett"), "most"))])
def test_a_picture_is_for_a_phone_and_for_a_printer(picture: Picture) -> None:
    """It is as wide as a phone shows sharply, has no colour, and comes out the same to the last byte."""
    png = _draw(picture)

    pixels = _pixels(png)
    assert pixels.shape[1] == WIDTH
    assert pixels.shape[0] < 3 * WIDTH
    assert np.ptp(pixels[..., :3], axis=2).max() == 0
    assert 0.02 < float((pixels[..., 0] < 0.5).mean()) < 0.5
    assert _draw(picture) == png


def test_the_words_are_in_the_language_of_the_chat() -> None:
    """The same card in two languages gives two pictures."""
    assert _draw(NUMBERS, "sv") != _draw(NUMBERS, "en")


def test_what_the_numbers_are_called() -> None:
    """Exact numbers, "at least" and "at most" each have their words."""
    said = [SPEECH.say(each, "sv").plain for name, each in NUMBERS.labels.items() if "agree" in name]

    assert said == [
        "9 av 15 håller med", "3 håller inte med", "minst 13 av 15 håller med", "högst 2 håller inte med",
    ]  # fmt: skip
    few = _result(Numbers(_words("x"), 20, (0, 2), (18, 20)))
    said = [SPEECH.say(few.labels[each], "en").plain for each in ("agree0", "disagree0", "foot")]
    assert said == ["at most 2 of 20 agree", "at least 18 disagree", "15 of 18 answered"]


@given(st.data())
def test_a_bar_is_filled_from_both_ends(data: st.DataObject) -> None:
    """Whatever the answers, the pieces cover the bar once, with as much of each filling as there are people."""
    answers = data.draw(st.integers(12, 60))
    agree = data.draw(st.integers(0, answers))
    disagree = data.draw(st.integers(0, answers - agree))

    pieces = _stretches(answers, (agree, agree), (disagree, disagree))

    assert [start for start, _, _ in pieces][1:] == [end for _, end, _ in pieces][:-1]
    lengths = {fill: end - start for start, end, fill in pieces}
    assert lengths.get("full", 0) == agree
    assert lengths.get("hatched", 0) == disagree
    assert sum(lengths.values()) == answers


def test_at_least_and_at_most_are_grey() -> None:
    """What is not told exactly is drawn as neither."""
    assert _stretches(15, (13, 15), (0, 2)) == [(0, 13, "full"), (13, 15, "pale")]
    assert _stretches(14, (0, 2), (7, 7)) == [(0, 2, "pale"), (2, 7, "empty"), (7, 14, "hatched")]


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "counted", "answers": 11, "agree": [6, 6], "disagree": [1, 1]},
        {"kind": "counted", "answers": 12, "agree": [6, 13], "disagree": [1, 1]},
        {"kind": "counted", "answers": 12, "agree": [7, 6], "disagree": [1, 1]},
        {"kind": "band", "place": "more"},
        {"kind": "half", "place": 3},
        {"kind": "histogram"},
        {},
    ],
)
def test_what_may_not_be_shown_is_not_drawn(row: dict[str, object]) -> None:
    """Numbers of fewer than twelve answers, and places that are on no scale, give no picture at all."""
    forged = {"questions": [{"label": "question0", "words": ["agree0", "disagree0"], **row}]}

    with pytest.raises(NotDrawn, match=r"^pulse-result: \w+$"):
        _draw(replace(NUMBERS, data=json.dumps(forged)))


@pytest.mark.parametrize("points", [["somewhere"], [101], [[20, 10]], [[1, 2, 3]], [1.5]])
def test_a_point_beyond_the_scale_is_not_drawn(points: list[object]) -> None:
    """A trend has shares of a hundred and places on the scale, nothing else."""
    forged = {"days": ["day0"], "parts": [{"part": "part0", "points": points}]}

    with pytest.raises(NotDrawn):
        _draw(replace(TREND, data=json.dumps(forged), labels={**TREND.labels, "percent101": _words("x")}))


@pytest.mark.parametrize(
    "picture", [Picture("x", "{}", _words("x")), Picture("pulse-trend", "[]", _words("x"))]
)
def test_an_unknown_drawing_is_said_to_be_one(picture: Picture) -> None:
    """So is one without data."""
    with pytest.raises(NotDrawn):
        _draw(picture)


def test_a_sheet_too_high_for_telegram_is_not_drawn() -> None:
    """Nobody would see it."""
    with pytest.raises(NotDrawn):
        _draw(_result(*(Untold(_words(LONG)) for _ in range(60))))


def test_every_point_has_its_day() -> None:
    """A part with another number of points would stand under the wrong days."""
    with pytest.raises(ValueError, match="every day"):
        trend_picture(_words("x"), [date(2026, 3, 3)], [Part(_words("y"), (1, 2))], alt=_words("z"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_words_find_room(said: str) -> None:
    """Whatever a forum calls its question, its lines fit and nothing is read as notation."""
    lines = wrapped(said, INNER, SMALL)

    assert len(lines) <= 6
    assert all(width(each, SMALL) <= INNER for each in lines)


def test_what_a_phone_cannot_show_is_left_out() -> None:
    """Formulas stay words; signs without a drawing here and invisible ones go."""
    assert drawable("5$ och 10$\n\u2068a\u2069 \U0001fae8b\x00") == "5$ och 10$ a b"
    assert wrapped("å" * 3000, INNER, SMALL)[-1].endswith("…")
    assert _draw(_result(Untold(_words("$\\frac$ <b> %d {x}"))))


def test_nothing_is_loaded_before_the_first_picture() -> None:
    """The drawing library takes memory that a bot without pictures never needs."""
    asked = "import sys, bot.connect, bot.charts; print('matplotlib' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"


def test_the_loop_goes_on_while_a_picture_is_drawn() -> None:
    """Drawing is done in another thread, and never in two at once."""

    async def both() -> int:
        _painted.cache_clear()
        drawn = asyncio.gather(*(paint(NUMBERS, SPEECH, each, ZONE) for each in ("sv", "en")))
        turns = 0
        while not drawn.done():
            await asyncio.wait([drawn], timeout=0.001)
            turns += 1
        return turns

    assert asyncio.run(both()) > 10
    assert "matplotlib.pyplot" not in sys.modules
