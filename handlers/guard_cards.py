"""How a hint looks: what it is about, a sentence on what helps, and the button that leads there. It blames nobody."""

from collections.abc import Sequence

from handlers.guard_rules import Matter
from handlers.kit.doors import amend_decision, edit_action, plan_meeting
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Action, Button, Card, Items, Line, Row, Text, text
from storage.records import ActionItem, Actor, Decision, Member


def card_name(forum: int, matter: Matter) -> str:
    """The name under which a hint hangs with everybody who got it."""
    return f"hint:{forum}:{matter.kind}-{matter.subject}"


def meet_card() -> Card:
    """The forum has no next meeting."""
    return _hint("meet", text("hint-meet"), None, plan_meeting(""))


def owner_card(one: ActionItem) -> Card:
    """Nobody has the action."""
    return _hint("owner", text("hint-owner", number=str(one.id)), one.what, edit_action(one.id))


def load_card(who: Member, one: ActionItem, *, theirs: bool) -> Card:
    """Most of the work hangs on one person; ``theirs``: on the one who reads this."""
    title = text("hint-load-you") if theirs else text("hint-load", who=who.name)
    return _hint("load", title, one.what, edit_action(one.id))


def follow_card(one: Decision) -> Card:
    """Nobody follows the decision up."""
    return _hint("follow", text("hint-follow", number=one.label), one.what, amend_decision(one.id))


def quiet_card(one: Actor, greeting: Action) -> Card:
    """An organisation has been silent for long."""
    return _hint("quiet", text("hint-quiet", actor=one.name), None, greeting)


def _hint(kind: str, title: Text, quoted: str | None, step: Action) -> Card:
    quote = (Line(verbatim(quoted), "quote"),) if quoted else ()
    go = Row((Button(text(f"hint-{kind}-step"), step, "primary"),))
    return Card(title, (*quote, Line(text(f"hint-{kind}-helps")), go))


def with_settle(card: Card, name: str, settle: Action) -> Card:
    """The hint with its way out: it is as it should be."""
    *body, last = card.body
    assert isinstance(last, Row)  # noqa: S101 - every hint ends with its next step
    return Card(card.title, (*body, Row((*last.buttons, Button(text("hint-settle"), settle)))), name)


def settled_card(name: str) -> Card:
    """The hint once a coordinator said that it is as it should be."""
    return Card(text("hint-settled"), (), name)


def greeting_card(forum: str, one: Actor, members: Sequence[Member]) -> Card:
    """Words to write to an organisation that one has not heard from, and whom to."""
    names = Items(tuple(each.name for each in members))
    return Card(
        text("hint-greeting", who=names),
        (
            Line(text("hint-greeting-words", forum=forum, actor=one.name), "quote"),
            Line(text("hint-greeting-how"), "small"),
        ),
    )
