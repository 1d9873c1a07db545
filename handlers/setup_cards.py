"""How set-up looks: the greeting, the questions about a forum, languages and time zones."""

from typing import Final

from handlers.kit.doors import menu, tie_here
from handlers.kit.forum_shown import join_button
from handlers.kit.organisation import LONGEST_NAME
from handlers.kit.ui import (
    Action,
    AnyField,
    Button,
    Card,
    ChoiceField,
    Element,
    Line,
    Option,
    Row,
    TextField,
    text,
)
from prompts.texts import LANGUAGES
from storage.records import Forum

ZONES: Final = {
    "Europe/Stockholm": "stockholm",
    "Europe/Helsinki": "helsinki",
    "Europe/Copenhagen": "copenhagen",
    "Europe/Oslo": "oslo",
    "Atlantic/Reykjavik": "reykjavik",
    "Europe/Tallinn": "tallinn",
    "Europe/London": "london",
    "Europe/Brussels": "brussels",
    "UTC": "utc",
}
"""The time zones to choose among, and how their texts are called."""
LONGEST_CHALLENGE: Final = 600


def greeting(start: Action) -> Card:
    """Who I am, in a chat that belongs to no forum yet."""
    buttons = (
        Button(text("setup-start"), start, "primary"),
        Button(text("setup-tie"), tie_here()),
    )
    return Card(text("setup-hello"), (Line(text("setup-what-i-do")), Row(buttons)))


def here_already(forum: Forum, *, back: bool) -> Card:
    """This chat belongs to a forum; ``back`` when the bot was away in between."""
    title = text("setup-back", name=forum.name) if back else text("setup-here", name=forum.name)
    return Card(title, (Row((join_button(forum), Button(text("forum-menu"), menu()))),))


def in_private(forum: Forum, others: tuple[tuple[Forum, Action], ...]) -> Card:
    """What a member can do in private, and the way to their other forums."""
    body: list[Element] = [Line(text("setup-private-member", name=forum.name))]
    body.append(Row((Button(text("forum-menu"), menu(), "primary"),)))
    if others:
        body.append(Line(text("setup-other-forums"), "small"))
        body += [Row((Button(text("verbatim", words=each.name), choose),)) for each, choose in others]
    return Card(text("setup-hello"), tuple(body))


def forum_fields(forum: Forum | None, language: str) -> tuple[AnyField, ...]:
    """What a forum is called, why it exists, how it speaks and what time it keeps."""
    return (
        TextField(key="name", names=True, label=text("setup-field-name"), hint=text("setup-field-name-hint"),
                  longest=LONGEST_NAME, initial=forum.name if forum else ""),
        TextField(key="challenge", label=text("setup-field-challenge"), hint=text("setup-field-challenge-hint"),
                  longest=LONGEST_CHALLENGE, multiline=True, initial=forum.challenge if forum else ""),
        ChoiceField(key="language", label=text("setup-field-language"), options=language_options(),
                    initial=forum.language if forum else language),
        ChoiceField(key="zone", label=text("setup-field-zone"), options=_zone_options(forum),
                    initial=forum.zone if forum else "Europe/Stockholm"),
    )  # fmt: skip


def amend_field(forum: Forum) -> ChoiceField:
    """Who may change a decision later."""
    options = tuple(Option(each, text(f"setup-amend-{each}")) for each in ("members", "coordinators"))
    return ChoiceField(key="amend", label=text("setup-field-amend"), options=options, initial=forum.amend)


def language_options() -> tuple[Option, ...]:
    """The languages, each by its own name."""
    return tuple(Option(each, text(f"language-{each}")) for each in LANGUAGES)


def language_card(own: tuple[Button, ...], chats: tuple[Button, ...]) -> Card:
    """Which language somebody is spoken to in, and which one the chat has."""
    body: list[Element] = [Line(text("language-own")), Row(own)]
    if chats:
        body += [Line(text("language-of-chat")), Row(chats)]
    return Card(text("language-title"), tuple(body))


def _zone_options(forum: Forum | None) -> tuple[Option, ...]:
    options = tuple(Option(name, text(f"zone-{key}")) for name, key in ZONES.items())
    if forum and forum.zone not in ZONES:
        options += (Option(forum.zone, text("verbatim", words=forum.zone)),)
    return options
