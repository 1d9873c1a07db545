"""A win in one line, wherever it is told: in the digest, the brief, the month's list.

A confidential forum says nobody's words aloud: there a win is "a win" and no more, unless its words tell nothing.
"""

import re
from typing import Final

from handlers.kit.confidential import is_confidential, is_neutral
from handlers.kit.inbound import Request
from handlers.kit.people_shown import actor_names, shortened
from handlers.kit.ui import Text, Value, text
from storage.records import Actor, Forum
from storage.wins import Win

COUNTED: Final = ("decisions", "years")
"""Kinds of wins that are a number, in nobody's words."""
_BEGINS: Final = re.compile(
    r"(?:(?:tack|tackar|thanks|thank you)\b[\s,:–-]*)?(?P<reason>(?:för|for)\s+)?", re.IGNORECASE
)
"""How people begin a thank-you; in a line about it those words stand already."""


def spoken(forum: Forum, whole: Text, bare: Text) -> Text:
    """What is said in a forum: with somebody's words, or without them in a confidential one."""
    return bare if forum.confidential else whole


def may_quote(req: Request, words: str) -> bool:
    """Whether somebody's words may stand in a card: not in a confidential forum, unless they tell nothing."""
    return not is_confidential(req) or is_neutral(words, req.today)


def is_hidden(req: Request, one: Win) -> bool:
    """Whether the words of a win may not stand in a card here; what only counts has none."""
    return one.kind not in COUNTED and not may_quote(req, one.what)


def told(req: Request, one: Win, actors: list[Actor], longest: int = 160) -> Text:
    """A win in one line, as its forum may read it; ``actors`` are the forum's organisations."""
    if is_hidden(req, one):
        return text("win-untold")
    return in_short(one, longest, to=actor_names(actors, one.actors) if one.actors else None)


def in_short(one: Win, longest: int = 160, *, to: Value | None = None) -> Text:
    """What went well, without who had a part in it; a thank-you with whom it is ``to``, where that is known."""
    match one.kind:
        case "decisions":
            return text("win-short-decisions", count=int(one.what))
        case "years":
            return text("win-short-years", count=int(one.what))
        case "first-carried-out":
            return text("win-short-first", what=shortened(one.what, longest))
        case "thanks":
            return _thanks(shortened(one.what, longest), to)
        case _:
            return text("verbatim", words=shortened(one.what, longest))


def _thanks(words: str, to: Value | None) -> Text:
    begins = _BEGINS.match(words)
    what = words[begins.end() :] if begins else words
    if to is None:
        return text("win-short-thanks-for" if begins and begins["reason"] else "win-short-thanks", what=what)
    return text("win-line-thanks-for" if begins and begins["reason"] else "win-line-thanks", to=to, what=what)
