"""The forum and its chats as cards show them. The forum's own card hangs in every chat and follows every change."""

from handlers.kit.doors import confidential, give_code, join, menu
from handlers.kit.ui import Button, Card, Element, Line, Row, Text, text
from storage.records import Forum, Place


def forum_card(forum: Forum) -> Card:
    """What the forum is about, and the way in."""
    body: tuple[Element, ...] = (
        Line(text("verbatim", words=forum.challenge), "quote"),
        Line(text("forum-invitation")),
        *_confidential(forum),
        Row((join_button(forum), Button(text("forum-menu"), menu()), Button(text("forum-tie"), give_code()))),
    )
    return Card(text("forum-title", name=forum.name), body, f"forum:{forum.id}")


def _confidential(forum: Forum) -> tuple[Element, ...]:
    if not forum.confidential:
        return ()
    return (Line(text("confidential-line")), Row((Button(text("confidential-about"), confidential()),)))


def join_button(forum: Forum) -> Button:
    """The button *Jag är med*."""
    return Button(text("forum-join"), join(forum.invite), "primary", private=True)


def place_name(place: Place) -> Text:
    """A chat by its title and its platform; by the platform alone where it has told us no title."""
    platform = text("platform-slack") if place.platform == "slack" else text("platform-telegram")
    if not place.title:
        return text("place-nameless", platform=platform)
    return text("place-name", title=place.title, platform=platform)
