"""What every change of an action brings with it: cards and timers brought up to date, and the right people told.

Shared by the features that show, answer and list actions.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from handlers.action_cards import (
    action_card,
    asked_before_card,
    assigned_card,
    discreetly,
    next_reminder_name,
    reminder_name,
    said_aloud,
    settled_card,
)
from handlers.action_rules import (
    CORRECT_FOR,
    is_fresh,
    is_open,
    is_owners,
    may_take,
    next_reminder,
    overdue_report,
)
from handlers.kit.access import Deed, may
from handlers.kit.budget import inform, nudge
from handlers.kit.doors import celebrate, decision_refresh, open_actions
from handlers.kit.effects import Cancel, Effects, Refusal, Schedule, Toast, Update, Whisper
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Click, Request
from handlers.kit.people_shown import owner
from handlers.kit.ui import Action, Card, Text, text
from storage import actions, forums, intake, nudges, outbox, people
from storage.outbox import Address
from storage.records import ActionItem, Member

# --- Asking first ----------------------------------------------------------------------------------------------


def load(req: Request, number: int) -> ActionItem:
    """An action of the forum; a refusal when there is none of that number."""
    one = actions.get(req.store, forum_of(req).id, number)
    if one is None:
        raise Refusal(text("action-no-such", number=str(number)))
    return one


def load_own(req: Request, number: int) -> ActionItem:
    """An action that the acting member may answer for; others are told who does."""
    one = load(req, number)
    if not is_owners(one, member_of(req)) and not may(req, Deed.ANSWER_ANY):
        who = owner(req, one.forum, one.actor, one.owner)
        raise Refusal(text("action-not-yours", number=str(number), who=who))
    return one


def load_to_correct(req: Request, number: int) -> ActionItem:
    """An action that the acting member may put otherwise: their own, or one they wrote down a moment ago."""
    one = load(req, number)
    return one if is_fresh(one, member_of(req), req.now) else load_own(req, number)


def load_open(req: Request, number: int) -> ActionItem:
    """The same, as long as it waits to be done."""
    one = load_own(req, number)
    if not is_open(one):
        raise Refusal(text("action-not-open", number=str(number)))
    return one


# --- Changing --------------------------------------------------------------------------------------------------


def finish(req: Request, one: ActionItem) -> Effects:
    """It is done. Whether that is worth celebrating is looked at when it can no longer be a slip of the finger."""
    yield from _set_state(req, one, "done")
    yield Schedule(f"win-action:{one.id}", req.now + CORRECT_FOR, celebrate("action", one.id))


def start(req: Request, one: ActionItem) -> Effects:
    """It is on its way."""
    yield from _set_state(req, one, "underway")


def claim(req: Request, one: ActionItem) -> Effects:
    """The acting member makes it theirs; a refusal when somebody else was quicker, or it is another actor's."""
    me = member_of(req)
    if one.owner == me.id:
        return
    if not is_open(one):
        raise Refusal(text("action-not-open", number=str(one.id)))
    who = owner(req, one.forum, one.actor, one.owner)
    if one.owner is not None:
        raise Refusal(text("action-taken-already", number=str(one.id), who=who))
    if not may_take(one, me) and not may(req, Deed.ANSWER_ANY):
        raise Refusal(text("action-not-yours", number=str(one.id), who=who))
    actor = me.actor or one.actor
    actions.set_owner(req.store, one.forum, one.id, actor=actor, owner=me.id, member=me.id, now=req.now)
    yield from changed(req, one.id, taken(req, one.id))


def taken(req: Request, number: int) -> Text:
    """Who has it now."""
    one = load(req, number)
    return text("action-taken", number=str(number), who=owner(req, one.forum, one.actor, one.owner))


def set_due(req: Request, one: ActionItem, due_on: date | None) -> None:
    """Another day. Agreed on before the old one has passed, it counts as kept."""
    kept = one.due_on is None or req.today <= one.due_on
    me = member_of(req).id
    actions.set_due(req.store, one.forum, one.id, due_on, member=me, now=req.now, kept=kept)


def _set_state(req: Request, one: ActionItem, state: str) -> Effects:
    actions.set_state(req.store, one.forum, one.id, state, member=member_of(req).id, now=req.now)
    yield from changed(req, one.id, text(f"action-now-{state}", number=str(one.id)))


def changed(req: Request, number: int, outcome: Text | None = None) -> Effects:
    """After any change: the cards everywhere, the reminders, the decision it came out of.

    ``outcome`` is what the questions that were asked about it turn into.
    """
    one = load(req, number)
    nudges.renew(req.store, one.forum, matter(one))
    yield Update(action_card(req, one))
    if outcome:
        yield Update(settled_card(one, outcome, reminder_name(req, one)))
    yield from keep_time(req, one)
    if one.decision:
        # Named by what led to it, so that two changes at one instant are two timers.
        name = f"refresh:{one.decision}:{req.inbound.key}"
        yield Schedule(name, req.now, decision_refresh(one.decision))


def keep_time(req: Request, one: ActionItem, *, after: datetime | None = None) -> Effects:
    """Set the next reminder from now on or ``after``, or none, and the coordinators' day for what is overdue."""
    at = None
    if is_open(one) and one.due_on:
        at = next_reminder(one.due_on, after or req.now, one.reminders, req.zone)
    if at:
        yield Schedule(f"remind:{one.id}", at, Action("reminders.remind", (one.id, 0)))
    else:
        yield Cancel(f"remind:{one.id}")
    yield from watch_overdue(req)


def watch_overdue(req: Request) -> Effects:
    """One timer for the whole forum: the morning after the next day on which something open is due."""
    forum = forum_of(req)
    due_on = actions.next_due(req.store, forum.id, since=reported_until(req))
    if due_on is None:
        yield Cancel("overdue")
    else:
        yield Schedule("overdue", overdue_report(due_on, req.now, req.zone), Action("reminders.overdue"))


def reported_until(req: Request) -> str:
    """The day (ISO) before which everything overdue has been told to the coordinators; "" for nothing yet."""
    return intake.fact(req.store, f"overdue:{forum_of(req).id}")


# --- Telling ---------------------------------------------------------------------------------------------------


def answered(req: Request, one: ActionItem, outcome: Text) -> Effects:
    """Tell the one who answered, in the way that fits where they pressed.

    A question pressed in private turns into the outcome by itself; any other card of theirs is replaced here.
    """
    inbound = req.inbound
    if not isinstance(inbound, Click):
        yield Whisper(Card(outcome))
    elif not inbound.message_private:
        yield Toast(outcome)
    elif not _follows_by_itself(req, one, inbound):
        yield Whisper(settled_card(one, outcome))


def _follows_by_itself(req: Request, one: ActionItem, click: Click) -> bool:
    chat = click.chat
    here = Address(chat.platform, chat.workspace, chat.chat, chat.topic) if chat else Address("", "", "")
    return outbox.shows(req.store, reminder_name(req, one), here, click.message)


def ask_anew(req: Request, one: ActionItem) -> Effects:
    """Before a new question about an action: what was asked before loses its buttons, wherever it lies."""
    yield Update(asked_before_card(req, one))
    next_reminder_name(req, one)


def tell(req: Request, members: Sequence[Member], card: Card) -> Effects:
    """A card to each of them in private; in the chat, by name, when none of them can be reached there."""
    yield from _tell(req, members, card, lambda them: said_aloud(them, card))


def matter(one: ActionItem) -> str:
    """What an action is called among what people are asked about."""
    return f"action-{one.id}"


def remind_each(req: Request, one: ActionItem, members: Sequence[Member], card: Card) -> Effects:
    """The question how it goes, with each one's day's one message; said aloud when nobody can be reached."""
    reached = [each for each in members if people.private_account(req.store, each.person)]
    if not reached:
        yield from tell(req, members, card)
        return
    for index, each in enumerate(reached):
        aloud = None if index else said_aloud(list(members), card)
        again = Action("reminders.remind_one", (one.id, each.id))
        yield from nudge(req, each, matter(one), card, again, fallback=aloud)


def tell_new_owner(req: Request, one: ActionItem, *, aloud: bool = True) -> Effects:
    """Whoever has it now hears of it, unless they did it themselves; ``aloud`` if need be in the chat."""
    me = member_of(req)
    yield from ask_anew(req, one)
    card = assigned_card(req, one, me.name)
    theirs = [each for each in owners(req, one) if each.id != me.id]
    if aloud:
        yield from tell(req, theirs, card)
    elif one.owner:
        for each in theirs:
            yield from inform(req, each, card)


def tell_coordinators(req: Request, card: Card, *, but: int | None = None) -> Effects:
    """A card to those who run the forum; in the chat at most a hint that there is something to see."""
    members = [each for each in forums.coordinators(req.store, forum_of(req).id) if each.id != but]
    yield from _tell(req, members, card, lambda them: discreetly(them, open_actions()))


def owners(req: Request, one: ActionItem) -> list[Member]:
    """Who is to be asked about it: its owner, else everybody of its actor, else the coordinators."""
    person = forums.member(req.store, one.forum, one.owner) if one.owner else None
    if person and person.state == "active":
        return [person]
    actor = forums.members(req.store, one.forum, actor_id=one.actor) if one.actor else []
    return actor or forums.coordinators(req.store, one.forum)


def _tell(
    req: Request, members: Sequence[Member], card: Card, hint: Callable[[list[Member]], Card]
) -> Effects:
    reach = {each.id: people.private_account(req.store, each.person) is not None for each in members}
    first_reached = sorted(members, key=lambda each: not reach[each.id])
    for index, each in enumerate(first_reached):
        yield from inform(req, each, card, fallback=None if index else hint(list(members)))
