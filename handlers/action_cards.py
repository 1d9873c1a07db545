"""How actions look: the card of the chats, the card in the hand, a reminder, a list."""

from datetime import date

from handlers.action_rules import is_on_time, is_open, nearness
from handlers.kit.doors import show_action, show_decision
from handlers.kit.forum import local_day
from handlers.kit.inbound import Request
from handlers.kit.people_shown import owner, person, shortened, verbatim
from handlers.kit.ui import Action, Button, Card, Element, Fact, Items, Line, Link, Row, Text, Value, text
from storage import decisions, forums, intake
from storage.records import ActionItem, Member


def title(one: ActionItem) -> Text:
    """Number and state."""
    return text(f"action-title-{one.state}", number=str(one.id))


def action_card(req: Request, one: ActionItem) -> Card:
    """The card of the chats: it follows every change."""
    buttons = [_done(one), _underway(one), _edit(one)] if is_open(one) else [_reopen(one)]
    if one.state == "underway":
        buttons.remove(_underway(one))
    body = (*_body(req, one), Row((*buttons, *_link(one))))
    return Card(title(one), body, f"action:{one.forum}:{one.id}")


def own_card(req: Request, one: ActionItem) -> Card:
    """An action for somebody who asked for it, with everything one can do about it."""
    rows: list[Element] = [Row((_reopen(one), *_link(one)))]
    if is_open(one):
        rows = [
            Row((_done(one), _underway(one), _new_date(one))),
            Row((_help(one), _take(one) if one.owner is None else _hand_over(one), _edit(one))),
            Row((_drop(one), *_decision(one), *_link(one))),
        ]
    return Card(title(one), (*_body(req, one), *rows))


def _body(req: Request, one: ActionItem) -> list[Element]:
    body: list[Element] = [
        Line(verbatim(one.what), "quote"),
        Fact(text("action-fact-owner"), owner(req, one.forum, one.actor, one.owner)),
        Fact(text("action-fact-due"), one.due_on or text("action-no-day")),
    ]
    decision = decisions.get(req.store, one.forum, one.decision) if one.decision else None
    if decision:
        body.append(Fact(text("action-fact-decision"), text("decision-number", number=decision.label)))
    if one.state == "done" and one.done_at:
        key = "action-done-on-time" if is_on_time(one, req.zone) else "action-done"
        body.append(Line(text(key, day=local_day(req, one.done_at)), "small"))
    by = forums.member(req.store, one.forum, one.by_member)
    who = by.name if by else text("nobody")
    body.append(Line(text("action-recorded-by", who=who, day=local_day(req, one.at)), "small"))
    return body


# --- To one who is asked ---------------------------------------------------------------------------------------


def reminder_name(req: Request, one: ActionItem) -> str:
    """The name of the newest card that asks about an action: once answered, it says so wherever it lies."""
    turn = intake.fact(req.store, _turn(one))
    return f"reminder:{one.forum}:{one.id}:{turn}" if turn else f"reminder:{one.forum}:{one.id}"


def next_reminder_name(req: Request, one: ActionItem) -> None:
    """From now on another card asks: what was asked before follows no more answers."""
    turn = int(intake.fact(req.store, _turn(one)) or 0)
    intake.set_fact(req.store, _turn(one), str(turn + 1))


def _turn(one: ActionItem) -> str:
    return f"asked:{one.forum}:{one.id}"


def reminder_card(req: Request, one: ActionItem, due_on: date, *, late: bool, last: bool) -> Card:
    """The question how it goes, with its answers."""
    days = nearness(due_on, req.today)
    key = {"past": "past", "today": "today"}.get(days, "ahead")
    body = [*_asked(req, one)]
    if late:
        body.append(Line(text("reminder-late"), "small"))
    if last:
        body.append(Line(text("reminder-last"), "small"))
    return Card(
        text(f"reminder-{key}", number=str(one.id), due=due_words(due_on, req.today)),
        (*body, _answers(one)),
        reminder_name(req, one),
    )


def assigned_card(req: Request, one: ActionItem, by: str) -> Card:
    """The news that somebody, or one's organisation, has got an action."""
    key = "action-assigned" if one.owner else "action-assigned-to-actor"
    body = [*_asked(req, one), Fact(text("action-fact-due"), one.due_on or text("action-no-day"))]
    return Card(text(key, number=str(one.id), who=by), (*body, _answers(one)), reminder_name(req, one))


def help_card(one: ActionItem, who: Member, need: str) -> Card:
    """Somebody asks the coordinators for help, in their own words."""
    body: list[Element] = [Line(verbatim(one.what), "quote")]
    if need:
        body += [Line(text("action-help-words")), Line(verbatim(need), "quote")]
    body.append(Fact(text("action-fact-due"), one.due_on or text("action-no-day")))
    title = text("action-help-wanted", number=str(one.id), who=person(who))
    return Card(title, (*body, Row((_show(one), _hand_over(one)))))


def settled_card(one: ActionItem, outcome: Text, name: str = "") -> Card:
    """What a question turns into once it is answered; with its name it does so wherever it lies."""
    row = Row((_done(one), _show(one))) if is_open(one) else Row((_show(one),))
    return Card(outcome, (Line(verbatim(shortened(one.what)), "quote"), row), name)


def asked_before_card(req: Request, one: ActionItem) -> Card:
    """What a question turns into when a newer one has come: nothing to press, so that nobody answers twice."""
    body = (
        Line(verbatim(shortened(one.what)), "quote"),
        Fact(text("action-fact-owner"), _named(req, one)),
        Line(text("reminder-asked-before"), "small"),
    )
    return Card(title(one), body, reminder_name(req, one))


def said_aloud(members: list[Member], card: Card) -> Card:
    """The same, said in the chat to those who cannot be reached in private."""
    who: Value = person(members[0]) if len(members) == 1 else Items(tuple(map(person, members)))
    return Card(text("action-aloud", who=who), (Line(card.title), *card.body), card.name)


def discreetly(members: list[Member], action: Action) -> Card:
    """A hint in the chat that tells nobody else what it is about."""
    who = Items(tuple(map(person, members)))
    return Card(
        text("action-discreet", who=who), (Row((Button(text("action-show"), action, private=True),)),)
    )


def _asked(req: Request, one: ActionItem) -> list[Element]:
    body: list[Element] = [Line(verbatim(one.what), "quote")]
    if one.owner is None:
        actor = forums.actor(req.store, one.forum, one.actor) if one.actor else None
        body.append(Line(text("action-rests-with", actor=actor.name) if actor else text("action-nobodys")))
    return body


def _answers(one: ActionItem) -> Row:
    last = [_take(one)] if one.owner is None else []
    if one.owner is not None or one.actor is None:
        last.append(_hand_over(one))
    return Row((_done(one), _underway(one), _new_date(one), _help(one), *last))


# --- Lists -----------------------------------------------------------------------------------------------------


def in_list(req: Request, one: ActionItem, *, owned: bool = True) -> tuple[Line, Line]:
    """An action in two lines: what, and below it who and when."""
    due = due_words(one.due_on, req.today)
    what = text("action-in-list", number=str(one.id), what=shortened(one.what))
    below = text("action-in-list-owner", who=_named(req, one), due=due) if owned else due
    return Line(what), Line(below, "small")


def list_card(req: Request, heading: Text, found: list[ActionItem], further: Action | None) -> Card:
    """A page of actions, each with a button that shows it."""
    lines = [line for each in found for line in in_list(req, each)]
    body: list[Element] = [*lines, numbers(found)]
    if further:
        body.append(Row((Button(text("action-more"), further),)))
    return Card(heading, tuple(body))


def numbers(found: list[ActionItem]) -> Row:
    """A button for each action that shows it."""
    return Row(tuple(_show(each) for each in found))


def due_words(due_on: date | None, today: date) -> Text:
    """A day as one says it: "om 3 dagar", "3 dagar sen"."""
    if due_on is None:
        return text("action-no-day")
    return text(f"action-due-{nearness(due_on, today)}", day=due_on, days=abs((due_on - today).days))


def _named(req: Request, one: ActionItem) -> Value:
    """Who has it, by name alone: a list calls nobody."""
    actor = forums.actor(req.store, one.forum, one.actor) if one.actor else None
    member = forums.member(req.store, one.forum, one.owner) if one.owner else None
    if member and actor:
        return text("person-of-actor", person=member.name, actor=actor.name)
    return member.name if member else actor.name if actor else text("nobody")


# --- Buttons ---------------------------------------------------------------------------------------------------


def take_button(one: ActionItem, action: Action | None = None) -> Button:
    """Make it mine, by its number: where several lie side by side."""
    take = action or Action("replies.take", (one.id,))
    return Button(text("action-take-number", number=str(one.id)), take)


def _show(one: ActionItem) -> Button:
    return Button(text("action-show-number", number=str(one.id)), show_action(one.id))


def _done(one: ActionItem) -> Button:
    return Button(text("action-answer-done"), Action("replies.done", (one.id,)), "primary")


def _underway(one: ActionItem) -> Button:
    return Button(text("action-answer-underway"), Action("replies.underway", (one.id,)))


def _new_date(one: ActionItem) -> Button:
    return Button(text("action-answer-new-date"), Action("replies.new_date_form", (one.id,)))


def _help(one: ActionItem) -> Button:
    return Button(text("action-answer-help"), Action("replies.help_form", (one.id,)), private=True)


def _hand_over(one: ActionItem) -> Button:
    return Button(text("action-answer-hand-over"), Action("replies.hand_over_form", (one.id,)))


def _take(one: ActionItem) -> Button:
    return Button(text("action-answer-take"), Action("replies.take", (one.id,)))


def _drop(one: ActionItem) -> Button:
    action = Action("replies.drop", (one.id,))
    return Button(text("action-drop"), action, confirm=text("action-drop-sure", number=str(one.id)))


def _reopen(one: ActionItem) -> Button:
    return Button(text("action-reopen"), Action("replies.reopen", (one.id,)))


def _edit(one: ActionItem) -> Button:
    return Button(text("action-change"), Action("actions.edit_form", (one.id,)))


def _link(one: ActionItem) -> tuple[Link, ...]:
    return (Link(text("action-to-message"), one.link),) if one.link else ()


def _decision(one: ActionItem) -> tuple[Button, ...]:
    return (Button(text("action-to-decision"), show_decision(one.decision)),) if one.decision else ()
