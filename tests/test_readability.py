"""How easy the Swedish texts are to read, and that the measure measures."""

import statistics

import pytest

from bench.readability import MEDIAN, MOST, lix, texts, weighed


def test_no_swedish_text_is_heavy() -> None:
    """Whoever has two minutes on a phone reads it once."""
    found = weighed()

    assert [(round(value, 1), name) for value, name in found if value > MOST] == []
    assert statistics.median(value for value, _ in found) <= MEDIAN
    assert len(found) > 200


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Hej.", None),
        ("Det är klart. Bra.", 2.0),
        ("Samverkansöverenskommelsen undertecknades. Förvaltningen informerades.", 2 + 100.0),
        ("Åtgärden är klar. Vi ses 12.30 på torget.", 4 + 100 / 8),
    ],
)
def test_lix_is_words_to_a_sentence_and_the_share_of_long_ones(words: str, value: float | None) -> None:
    """As Björnsson counts it; a text of one sentence has none."""
    assert lix(words) == value


def test_every_variant_of_a_text_is_weighed() -> None:
    """What is said of one and what is said of many are two texts."""
    assert sum(name == "digest-more-points" for name, _ in texts()) == 2
