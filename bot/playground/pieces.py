"""What both panes are drawn from: a message as a list of plain pieces, the same for either platform.

The page knows nothing of blocks, entities and keyboards; it draws runs of words, rows of buttons, fields, pictures.
Words are always data here, never markup, so nothing that anybody writes can become part of the page.
"""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

SHOWN = 200
"""So many messages of a room are shown: the latest."""
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"))


def run(words: str, *, href: str = "", who: bool = False, styles: Iterable[str] = ()) -> Json:
    """Some words in one style: ``styles`` are ``bold``, ``italic``, ``strike``, ``code``; ``who`` names a person."""
    raw: Json = {"words": words}
    if href:
        raw["href"] = href
    if who:
        raw["who"] = True
    shown = sorted(set(styles) & {"bold", "italic", "strike", "code"})
    return raw | {"styles": shown} if shown else raw


def paragraph(runs: list[Json], style: str = "plain") -> Json:
    """A paragraph: ``plain``, ``title``, ``quote``, ``small``, ``item`` of a list or ``code``."""
    return {"kind": "words", "style": style, "runs": runs}


def buttons(row: list[Json]) -> Json:
    """A row of buttons."""
    return {"kind": "buttons", "buttons": row}


def picture(src: str, alt: str) -> Json:
    """A picture; without an address only its description is shown."""
    return {"kind": "picture", "src": src, "alt": alt}


def document(src: str, name: str) -> Json:
    """A file to fetch."""
    return {"kind": "document", "src": src, "name": name}


def media_type(content: bytes) -> str:
    """The kind of a picture that a browser may show; everything else is only to be saved."""
    return next(
        (kind for begins, kind in _PICTURES if content.startswith(begins)), "application/octet-stream"
    )


def is_picture(content: bytes) -> bool:
    """Whether a browser may show it."""
    return media_type(content).startswith("image/")
