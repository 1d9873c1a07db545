"""The schema, step by step. A step that has landed is never edited; the next one changes it.

Every table that belongs to a forum has the key ``(forum, id)``. Instants are milliseconds since 1970 (UTC), local
days are ISO dates. Records that people rely on (decisions) are kept in versions; nothing here deletes them.
Tables are kept in the order of their key (``without rowid``), and an index that only the start would use is not kept:
every tree that a request touches costs it a page to copy.
"""

from dataclasses import dataclass

from storage.schema.forums import AGENDA, FIRST, OLD_FORUMS, PUBLIC, WORDS, WORDS_POSTGRES
from storage.schema.meetings import MEETINGS
from storage.schema.processes import TURNS, TURNS_KNOWN_POSTGRES, TURNS_POSTGRES
from storage.schema.pulse import BALLOTS_POSTGRES, PULSE
from storage.schema.rhythm import MATTERS, RHYTHM


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``postgres`` replaces the statements there; ``breaks`` says that older versions cannot go on beside it."""

    name: str
    statements: str
    postgres: str = ""
    breaks: bool = False


STEPS = (
    Step("first", FIRST),
    Step("search", WORDS, WORDS_POSTGRES),
    Step("pulse", PULSE),
    Step("agenda", AGENDA),
    Step("turns", TURNS, TURNS_POSTGRES),
    Step("ballots", "", BALLOTS_POSTGRES),
    Step("old-forums", OLD_FORUMS),
    Step("turns-unlogged", "", "alter table chat_turn set unlogged"),
    Step("turns-known", "", TURNS_KNOWN_POSTGRES),
    Step("meetings", MEETINGS),
    Step("rhythm", RHYTHM),
    Step("matters", MATTERS),
    Step("public", PUBLIC),
)
"""In the order in which they landed."""
