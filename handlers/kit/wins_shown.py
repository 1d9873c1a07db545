"""A win in one line, wherever it is told: in the digest, the brief, the month's list."""

from handlers.kit.ui import Text, text
from storage.wins import Win


def in_short(one: Win, longest: int = 160) -> Text:
    """What went well, without who had a part in it; each reading it in their own language."""
    match one.kind:
        case "decisions":
            return text("win-short-decisions", count=int(one.what))
        case "years":
            return text("win-short-years", count=int(one.what))
        case "first-carried-out":
            return text("win-short-first", what=_cut(one.what, longest))
        case "thanks":
            return text("win-short-thanks", what=_cut(one.what, longest))
        case _:
            return text("verbatim", words=_cut(one.what, longest))


def _cut(words: str, longest: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + " …"
