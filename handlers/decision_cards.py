"""How decisions look: the card in the chats, the history, a list of what was found."""

from handlers.kit.doors import new_action
from handlers.kit.effects import Update
from handlers.kit.forum import local_day
from handlers.kit.inbound import Request
from handlers.kit.people_shown import actor_names, owner, shortened, verbatim
from handlers.kit.ui import Action, Button, Card, Element, Fact, Instant, Line, Link, Option, Row, Text, text
from handlers.outcome_cards import state_lines
from storage import decisions, forums
from storage.records import Decision

PROCESSES = ("meeting", "consent", "vote", "advice")
SHORT = 160
"""Characters of a decision in a list: two lines on a phone."""


def process_options() -> tuple[Option, ...]:
    """The ways a forum decides."""
    return tuple(Option(each, text(f"decision-process-{each}")) for each in PROCESSES)


def title(one: Decision) -> Text:
    """Number and state."""
    return text(f"decision-title-{one.state}", number=one.label)


def decision_card(req: Request, one: Decision, *, named: bool = True, new: bool = False) -> Card:
    """A decision as it stands. ``named`` for the card of the chats, which follows every change.

    ``new`` saves looking for actions and answers that cannot be there yet.
    """
    body: list[Element] = [Line(verbatim(one.what), "quote")]
    body += _facts(req, one)
    body += [] if new else state_lines(req, one)
    if one.state == "withdrawn":
        body.append(Line(text("decision-withdrawn-because", reason=one.reason)))
    if one.state == "replaced" and one.replaced_by:
        successor = decisions.get(req.store, one.forum, one.replaced_by)
        body.append(Line(text("decision-replaced-by", number=successor.label if successor else "")))
    body.append(Line(_signature(req, one), "small"))
    body.append(Row(tuple(_buttons(req, one))))
    return Card(title(one), tuple(body), f"decision:{one.forum}:{one.id}" if named else "")


def updated(req: Request, one: Decision) -> Update:
    """The card of the chats brought up to date."""
    return Update(decision_card(req, one))


def _facts(req: Request, one: Decision) -> list[Element]:
    facts: list[Element] = []
    if one.why:
        facts.append(Fact(text("decision-fact-why"), one.why))
    if one.process:
        facts.append(Fact(text("decision-fact-process"), text(f"decision-process-{one.process}")))
    if one.actors:
        names = actor_names(forums.actors(req.store, one.forum), one.actors)
        facts.append(Fact(text("decision-fact-actors"), names))
    if one.objections:
        facts.append(Fact(text("decision-fact-objections"), one.objections))
    if one.owner:
        member = forums.member(req.store, one.forum, one.owner)
        facts.append(
            Fact(
                text("decision-fact-owner"),
                owner(req, one.forum, member.actor if member else None, one.owner),
            )
        )
    if one.follow_up_on:
        facts.append(Fact(text("decision-fact-follow-up"), one.follow_up_on))
    return facts


def _signature(req: Request, one: Decision) -> Text:
    day = local_day(req, one.at)
    if one.version == 1:
        return text("decision-recorded-by", who=one.by_name, day=day)
    return text("decision-version-by", version=str(one.version), who=one.by_name, day=day)


def _buttons(req: Request, one: Decision) -> list[Button | Link]:
    buttons: list[Button | Link] = []
    if one.state == "standing":
        buttons.append(Button(text("decision-change"), Action("decisions.amend_form", (one.id,))))
        buttons.append(Button(text("decision-new-action"), new_action(one.id)))
    buttons.append(Button(text("decision-history"), Action("decisions.history", (one.id,))))
    if one.state == "standing" and (req.now - one.recorded_at).total_seconds() < 15 * 60:
        buttons.append(Button(text("decision-undo"), Action("decisions.undo", (one.id,))))
    if one.link:
        buttons.append(Link(text("decision-to-message"), one.link))
    return buttons


def history_card(req: Request, versions: list[Decision], *, change: tuple[Action, Action] | None) -> Card:
    """Every version, newest first; the ways to end it when the reader may."""
    body: list[Element] = []
    for each in reversed(versions):
        at = Instant(each.at, req.zone)
        body.append(Line(text("decision-version", version=str(each.version), who=each.by_name, at=at)))
        body.append(Line(verbatim(each.what), "quote"))
        if each.state != "standing":
            body.append(Line(title(each)))
        if each.reason:
            body.append(Line(text("decision-version-reason", reason=each.reason)))
    if change:
        replace, withdraw = change
        body.append(
            Row(
                (
                    Button(text("decision-replace"), replace),
                    Button(text("decision-withdraw"), withdraw, "danger"),
                )
            )
        )
    return Card(text("decision-history-title", number=versions[-1].label), tuple(body))


def found_card(words: str, hits: tuple[tuple[Decision, Action], ...], further: Action | None) -> Card:
    """A page of decisions, each with a button that shows it whole."""
    heading = text("decision-found", words=words) if words else text("decision-latest")
    if not hits:
        return Card(heading, (Line(text("decision-none-found") if words else text("decision-none")),))
    body: list[Element] = [
        Line(text("decision-in-list", title=title(each), what=shortened(each.what, SHORT)))
        for each, _ in hits
    ]
    body.append(
        Row(tuple(Button(text("decision-number", number=each.label), action) for each, action in hits))
    )
    if further:
        body.append(Row((Button(text("decision-more"), further),)))
    return Card(heading, tuple(body))
