"""How a reminder is answered, on the spot: Klar · På väg · Nytt datum · Behöver hjälp · Lämna över · Jag tar den.

The same buttons stand on an action's cards. Only its owner, somebody of the owning organisation or a coordinator may
answer; others are told kindly who does. Every answer shows in every chat at once, and asking for help reaches the
coordinators.
"""

from handlers.action_cards import help_card
from handlers.action_changes import (
    answered,
    changed,
    claim,
    finish,
    load,
    load_open,
    load_own,
    load_to_correct,
    set_due,
    start,
    taken,
    tell_coordinators,
    tell_new_owner,
)
from handlers.action_forms import chosen_owner, owner_fields, wrong_day, wrong_owner
from handlers.action_rules import LONGEST, is_open
from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, FieldErrors, Refusal, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import member_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import owner
from handlers.kit.ui import Card, DateField, Form, Items, TextField, text
from storage import actions, forums

feature = Feature("replies")


# --- One tap ---------------------------------------------------------------------------------------------------


@feature.button(Deed.ANSWER)
def done(req: Request, action: int) -> Effects:
    """It is done, on time or not; pressed again it stays done."""
    one = load_own(req, action)
    outcome = text("action-now-done", number=str(action))
    if is_open(one):
        yield from finish(req, one)
    elif one.state == "done":
        outcome = text("action-done-already", number=str(action))
    else:
        raise Refusal(text("action-not-open", number=str(action)))
    yield from answered(req, load(req, action), outcome)


@feature.button(Deed.ANSWER)
def underway(req: Request, action: int) -> Effects:
    """It is on its way; the next reminder comes when it would have come anyhow."""
    one = load_open(req, action)
    if one.state != "underway":
        yield from start(req, one)
    yield from answered(req, load(req, action), text("action-now-underway", number=str(action)))


@feature.button(Deed.ANSWER)
def take(req: Request, action: int) -> Effects:
    """Somebody makes an action theirs that no person has."""
    yield from claim(req, load(req, action))
    yield from answered(req, load(req, action), taken(req, action))


@feature.button(Deed.ANSWER)
def drop(req: Request, action: int) -> Effects:
    """It is not needed any more; it stays to be read."""
    one = load_to_correct(req, action)
    if is_open(one):
        yield from _move(req, action, "dropped")
    yield from answered(req, load(req, action), text("action-now-dropped", number=str(action)))


@feature.button(Deed.ANSWER)
def reopen(req: Request, action: int) -> Effects:
    """It was not done after all."""
    one = load_own(req, action)
    if not is_open(one):
        yield from _move(req, action, "open")
    yield from answered(req, load(req, action), text("action-now-open", number=str(action)))


def _move(req: Request, action: int, state: str) -> Effects:
    one = load(req, action)
    actions.set_state(req.store, one.forum, action, state, member=member_of(req).id, now=req.now)
    yield from changed(req, action, text(f"action-now-{state}", number=str(action)))


# --- A few words more ------------------------------------------------------------------------------------------


@feature.form(Deed.ANSWER)
def new_date_form(req: Request, action: int) -> Form:
    """When it will be done instead."""
    load_open(req, action)
    field = DateField(key="due", label=text("action-field-due"), hint=text("action-field-due-hint"))
    return Form(text("action-new-date-title"), text("action-new-date-save"), (field,))


@new_date_form.submitted
def new_date(req: Request, answers: Answers, action: int) -> Effects:
    """The new day shows everywhere, and reminders begin anew."""
    one = load_open(req, action)
    due_on = answers.day("due")
    wrong = wrong_day(due_on, None, req.today)
    if wrong or due_on is None:
        yield FieldErrors({"due": wrong or text("field-required")})
        return
    if due_on != one.due_on:
        set_due(req, one, due_on)
    outcome = text("action-new-date", number=str(action), day=due_on)
    yield from changed(req, action, outcome)
    yield from answered(req, one, outcome)


@feature.form(Deed.ANSWER)
def help_form(req: Request, action: int) -> Form:
    """What would help; one may leave it empty."""
    load_open(req, action)
    field = TextField(key="need", label=text("action-help-field"), hint=text("action-help-hint"),
                      optional=True, multiline=True, longest=LONGEST)  # fmt: skip
    return Form(text("action-help-title"), text("action-help-send"), (field,))


@help_form.submitted
def ask_for_help(req: Request, answers: Answers, action: int) -> Effects:
    """The coordinators hear of it at once, with the words; the chats see only that help is wanted."""
    one, me = load_open(req, action), member_of(req)
    need = answers.words("need")
    actions.set_state(req.store, one.forum, action, "stuck", member=me.id, now=req.now, detail=need)
    others = [each for each in forums.coordinators(req.store, one.forum) if each.id != me.id]
    key = "action-help-asked" if others else "action-help-nobody"
    names = Items(tuple(each.name for each in others))
    yield from changed(req, action, text("action-now-stuck", number=str(action)))
    yield from tell_coordinators(req, help_card(load(req, action), me, need), but=me.id)
    yield Whisper(Card(text(key, who=names)))


@feature.form(Deed.ANSWER)
def hand_over_form(req: Request, action: int) -> Form:
    """Who takes it from here."""
    one = load_open(req, action)
    fields = owner_fields(req, one.actor, None)
    return Form(text("action-hand-over-title"), text("action-hand-over-send"), fields)


@hand_over_form.submitted
def hand_over(req: Request, answers: Answers, action: int) -> Effects:
    """The new owner hears of it at once; without a person everybody of the organisation does."""
    one = load_open(req, action)
    wrong = wrong_owner(req, answers)
    actor, new = chosen_owner(req, answers)
    if wrong or not (actor or new):
        yield FieldErrors({"owner": wrong or text("action-hand-over-nobody")})
        return
    me = member_of(req).id
    if (actor, new) != (one.actor, one.owner):
        actions.set_owner(req.store, one.forum, action, actor=actor, owner=new, member=me, now=req.now)
        outcome = text("action-handed-over", number=str(action), who=owner(req, one.forum, actor, new))
        yield from changed(req, action, outcome)
        yield from tell_new_owner(req, load(req, action))
    who = owner(req, one.forum, actor, new)
    yield from answered(req, one, text("action-handed-over", number=str(action), who=who))
