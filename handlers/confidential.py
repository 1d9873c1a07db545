"""Confidential forums (O6): a coordinator says that the bot shall keep nobody's words here, and may take it back.

From then on it keeps days, presence and the status of tasks, and refuses free text with a hint to the one who wrote
(``kit/confidential.py``). Everybody sees when it begins and ends, what stays from before, and what it cannot do: what
is written in the chat tool has reached the chat tool.
"""

from handlers.kit.access import Deed, may
from handlers.kit.effects import Effects, Post, Refusal, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of
from handlers.kit.forum_shown import forum_card
from handlers.kit.inbound import Request
from handlers.kit.ui import Button, Card, Element, Line, Row, text
from storage import forums
from storage.records import Forum

feature = Feature("confidential")


@feature.command("confidential", Deed.READ)
def state(req: Request, _said: str) -> Effects:
    """What a confidential forum is, whether this is one, and for coordinators the switch."""
    yield from about(req)


@feature.button(Deed.READ)
def about(req: Request) -> Effects:
    """The same, from the forum's card."""
    yield Whisper(_about_card(req), replace=False)


@feature.button(Deed.RUN_FORUM)
def begin(req: Request) -> Effects:
    """From now on nobody's words are kept; everybody is told."""
    if not forums.set_confidential(req.store, forum_of(req).id, confidential=True):
        raise Refusal(text("confidential-already"))
    yield from _told(req, "confidential-begun")


@feature.button(Deed.RUN_FORUM)
def cease(req: Request) -> Effects:
    """Words are kept again; everybody is told."""
    if not forums.set_confidential(req.store, forum_of(req).id, confidential=False):
        raise Refusal(text("confidential-not"))
    yield from _told(req, "confidential-ceased")


def _told(req: Request, key: str) -> Effects:
    now = forums.get(req.store, forum_of(req).id)
    assert now is not None  # noqa: S101 - it is the forum that we are in
    yield Update(forum_card(now))
    heading = text(key, who=member_of(req).name)
    lines = _meaning(now) if now.confidential else ()
    yield Post(Card(heading, tuple(lines)))


def _about_card(req: Request) -> Card:
    forum = forum_of(req)
    body: list[Element] = [Line(text("confidential-is" if forum.confidential else "confidential-is-not"))]
    body += _meaning(forum)
    if may(req, Deed.RUN_FORUM):
        body.append(Row((_switch(forum),)))
    return Card(text("confidential-title"), tuple(body))


def _switch(forum: Forum) -> Button:
    if forum.confidential:
        return Button(text("confidential-cease"), cease.action(), "danger", text("confidential-cease-sure"))
    return Button(text("confidential-begin"), begin.action(), "primary", text("confidential-begin-sure"))


def _meaning(_forum: Forum) -> tuple[Line, ...]:
    return tuple(Line(text(f"confidential-{each}")) for each in ("keeps", "refuses", "before", "received"))
