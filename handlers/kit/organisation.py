"""The questions about an organisation, asked of everybody who joins and of the one who starts a forum."""

from typing import Final

from handlers.kit.ui import ChoiceField, Option, TextField, text

SECTORS: Final = ("public", "private", "civil", "academia", "residents")
LEVELS: Final = ("local", "regional", "national", "international")
LONGEST_NAME: Final = 80
"""Characters in the name of a forum or an organisation: it must fit into a button and a heading."""


def one_line(words: str) -> str:
    """A name with single spaces and no line breaks, so that names that look alike are alike."""
    return " ".join(words.split())


def organisation_fields(*, optional: bool) -> tuple[TextField | ChoiceField, ...]:
    """Name, sector and level of a new organisation, under the keys ``organisation``, ``sector`` and ``level``."""
    return (
        TextField(
            key="organisation",
            label=text("organisation-new") if optional else text("organisation-yours"),
            hint=text("organisation-new-hint") if optional else text("organisation-yours-hint"),
            longest=LONGEST_NAME,
            names=True,
            optional=optional,
        ),
        ChoiceField(
            key="sector",
            label=text("organisation-sector"),
            options=tuple(Option(each, text(f"sector-{each}")) for each in SECTORS),
            optional=True,
        ),
        ChoiceField(
            key="level",
            label=text("organisation-level"),
            options=tuple(Option(each, text(f"level-{each}")) for each in LEVELS),
            optional=True,
        ),
    )
