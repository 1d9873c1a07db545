"""Commands that only look like ours: letters of other alphabets, other widths, and signs that nobody sees.

A word is compared after folding by Unicode (NFKC, without capitals). What folds to a command of ours is that command, and
reads as it; all else is no command, however much it looks like one.
"""

from itertools import product

import pytest

from storage import actions, decisions
from storage.db import Store
from tests.acceptance.siege import Siege
from tests.stage.ready import Ready

DONE, HELP = "done", "help"
ALIKE: dict[str, tuple[str, str, str]] = {
    "as it is written": ("beslut", "decision", DONE),
    "in capitals": ("BESLUT", "decision", DONE),
    "full width": ("ｂｅｓｌｕｔ", "decision", DONE),
    "bold of mathematics": ("𝐛𝐞𝐬𝐥𝐮𝐭", "decision", DONE),
    "in circles": ("ⓑⓔⓢⓛⓤⓣ", "decision", DONE),
    "a long s": ("beſlut", "decision", DONE),
    "rings and dots apart": ("a\u030atga\u0308rd", "action", DONE),
    "full width, with rings and dots": ("åｔｇäｒｄ", "action", DONE),
    "one Cyrillic letter": ("b\u0435slut", "decision", HELP),
    "Cyrillic throughout": ("\u0432\u0435\u0455\u04cf\u0446t", "decision", HELP),
    "a Greek letter": ("besl\u03c5t", "decision", HELP),
    "a letter with a stroke": ("bes\u0142ut", "decision", HELP),
    "a small capital": ("\u0299eslut", "decision", HELP),
    "a Cyrillic a with dots": ("\u00e5tg\u04d3rd", "action", HELP),
    "no width inside": ("bes\u200blut", "decision", HELP),
    "no width before": ("\u200bbeslut", "decision", HELP),
    "no width behind": ("beslut\u200b", "decision", HELP),
    "a joiner inside": ("bes\u200dlut", "decision", HELP),
    "no break before": ("\u2060beslut", "decision", HELP),
    "a hyphen that is not shown": ("be\u00adslut", "decision", HELP),
    "a sign of variation": ("beslut\ufe0f", "decision", HELP),
    "a mark on a letter": ("beslu\u0308t", "decision", HELP),
    "a full-width slash before": ("\uff0fbeslut", "decision", HELP),
    "turned round, to read like it": ("\u202etulseb", "decision", HELP),
}  # fmt: skip
"""What is sent, which command it reads as, and what comes of it today."""
OTHERS = (
    "l\u00e4mn\u0430",
    "g\u00e5m\u0435d",
    "\u200bl\u00e4mna",
    "in\u200bst\u00e4llningar",
    "kоppla",
    "аvbryt",
    "p\u03c5ls",
)
"""These read as commands that nobody should come to by chance."""


def _kept(store: Store, forum: int) -> dict[str, tuple[int, str]]:
    """How many decisions and actions there are, and the newest one's words."""
    found = decisions.latest(store, forum, most=1)
    count = len(store.all("select 1 from action where forum = :forum", forum=forum))
    last = actions.get(store, forum, count)
    return {
        "decision": (found[0].number if found else 0, found[0].what if found else ""),
        "action": (count, last.what if last else ""),
    }


@pytest.mark.parametrize("attack", ALIKE)
def test_a_look_alike_is_the_command_that_it_reads_as_or_none(wall: tuple[Siege, Ready], attack: str) -> None:
    """Said in private, in either chat: it is carried out, or answered with help; never is it something else."""
    siege, ready = wall
    word, reads_as, comes_of_it = ALIKE[attack]

    for who in (ready.bo, ready.cilla):
        siege.reads_everything()
        stock = siege.stock()
        before = ready.store(lambda store: _kept(store, ready.forum.id))
        words = f"Vi hörs {attack} {who.name}"
        who.says(f"{word} {words}", private=True)
        after = ready.store(lambda store: _kept(store, ready.forum.id))

        assert who.reads_all(), "nobody answers"
        if comes_of_it == DONE:
            other = next(each for each in after if each != reads_as)
            assert after[reads_as] == (before[reads_as][0] + 1, words)
            assert after[other] == before[other]
        else:
            assert siege.stock() == stock
    siege.reads_everything()


@pytest.mark.parametrize(("word", "command"), [*product(OTHERS, (False, True))])
def test_what_looks_like_a_grave_command_does_nothing(
    wall: tuple[Siege, Ready], word: str, *, command: bool
) -> None:
    """Neither said nor given as a command, in Slack or in Telegram."""
    siege, ready = wall
    siege.reads_everything()
    before = siege.stock()

    for who in (ready.ada, ready.cilla):
        who.commands(word, private=True) if command else who.says(word, private=True)
        assert who.reads_all(), "nobody answers"
        assert not who.has_form()

    assert siege.stock() == before
    siege.reads_everything()
