"""Looking into payloads without trusting their shape.

Whatever is missing or of another kind than the platform documents makes the payload ``Unreadable``; it is then set
aside instead of stopping its neighbours.
"""

import re
from typing import Any, Final

Json = dict[str, Any]

LONGEST_ID = 255
"""https://docs.slack.dev/reference/block-kit/blocks: the longest id that Slack gives or takes."""

_ADDRESS: Final = re.compile(r"https?://[!-~]+")

DEEPEST: Final = 32
ANSWERS: Final = frozenset({"state", "selected_option", "selected_options", "selected_date"})
"""Where Slack puts what somebody filled in or chose."""


class Unreadable(Exception):  # noqa: N818 - says what the payload is
    """A payload that is not what Slack documents. The reason names a place in it, never its words."""


def inner(holder: Json, name: str) -> Json:
    """An object inside the payload."""
    found = holder.get(name)
    if not isinstance(found, dict):
        raise Unreadable(f"{name} is no object")
    return found


def inner_or_empty(holder: Json, name: str) -> Json:
    """An object that may be missing."""
    return {} if holder.get(name) is None else inner(holder, name)


def listed(holder: Json, name: str) -> list[Any]:
    """A list that may be missing."""
    found = holder.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Unreadable(f"{name} is no list")
    return found


def said(holder: Json, name: str) -> str:
    """A text that may be missing."""
    found = holder.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Unreadable(f"{name} is no text")
    return found


def known_id(holder: Json, name: str) -> str:
    """An id or a time stamp of the platform's."""
    found = id_or_none(holder, name)
    if not found:
        raise Unreadable(f"{name} is missing")
    return found


def id_or_none(holder: Json, name: str) -> str:
    """An id that may be missing; "" then."""
    found = said(holder, name)
    if found and not (len(found) <= LONGEST_ID and found.isascii() and found.isprintable()):
        raise Unreadable(f"{name} is no id")
    return found


def address_or_empty(found: object) -> str:
    """An address on the web as it may stand behind a button or be called; "" for anything else."""
    return found if isinstance(found, str) and _ADDRESS.fullmatch(found) else ""


def stamp(raw: str | int) -> str:
    """The whole seconds that an id of the platform's begins with, as the beginning of a key."""
    head = str(raw).partition(".")[0]
    if not (head.isascii() and head.isdigit() and len(head) <= 15):  # noqa: PLR2004 - trigger ids have 13
        raise Unreadable("an id does not begin with time")
    return f"{head:0>11}"


def without_answers(found: object, deepest: int = DEEPEST) -> object:
    """What may be set aside of a payload: nothing that somebody filled in, for the form may be a secret one."""
    if deepest <= 0:
        return None
    match found:
        case dict():
            return {
                name: without_answers(each, deepest - 1)
                for name, each in found.items()
                if name not in ANSWERS
            }
        case list():
            return [without_answers(each, deepest - 1) for each in found]
        case _:
            return found
