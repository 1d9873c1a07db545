"""Reminders (W4): asked in private, in working hours, at most five times, and answered on the spot.

Three working days before, on the day, and one, three and seven working days after. Each action has one timer at a
time; nothing queues up, and after a long silence of ours everybody gets one list instead of a burst. Every morning
after a day on which something was due the coordinators get one list of what is not done; after the last reminder the
action is theirs to bring up.
"""

from datetime import timedelta
from typing import Final

from handlers.action_cards import in_list, list_card, numbers, reminder_card, said_aloud
from handlers.action_changes import (
    ask_anew,
    keep_time,
    load,
    matter,
    owners,
    remind_each,
    reported_until,
    tell_coordinators,
    watch_overdue,
)
from handlers.action_rules import BEFORE, is_open, next_reminder
from handlers.kit.access import Deed
from handlers.kit.budget import inform, is_asleep, nudge
from handlers.kit.doors import my_things
from handlers.kit.effects import Effects, Schedule
from handlers.kit.feature import Feature, decode
from handlers.kit.forum import forum_of, may_have_rung, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Button, Card, Element, Line, Row, text
from handlers.kit.when import in_working_hours, next_working_moment, working_days_before
from storage import actions, forums, intake, nudges, people
from storage.records import ActionItem, Member

feature = Feature("reminders")

LATE: Final = timedelta(hours=1)
"""A reminder later than this says that it is late."""
STALE: Final = timedelta(hours=24)
"""One later than this is not sent: it becomes part of one list."""
REST: Final = timedelta(hours=12)
"""Whoever was asked late is not asked again the same morning because the next reminder is in time."""
SOME: Final = 10
"""Actions named one by one in a list that nobody asked for."""
OVERDUE: Final = "overdue"
"""What the coordinators' list is called among what people are asked about."""


@feature.button(Deed.READ)
def remind(req: Request, action: int, late: int) -> Effects:
    """The owner is asked how it goes. ``late`` is 1 when this already waited for somebody to be at work.

    Whoever may have been asked before a backup was put back is asked next time.
    """
    behind = req.now - rung(req).due_at
    one = actions.get(req.store, forum_of(req).id, action)
    if one is None or one.due_on is None or not is_open(one):
        return
    if behind <= STALE and not in_working_hours(req.now, req.zone):
        yield Schedule(f"remind:{action}", next_working_moment(req.now, req.zone), remind.action(action, 1))
        return
    asked = owners(req, one)
    if may_have_rung(req) or (asked and all(is_asleep(req, each, matter(one)) for each in asked)):
        yield from keep_time(req, one, after=req.now)
        return
    sent = actions.count_reminder(req.store, one.forum, action)
    after = req.now + (REST if behind > LATE else timedelta())
    last = next_reminder(one.due_on, after, sent, req.zone) is None
    if behind > STALE:
        yield from _fold(req, one)
    else:
        yield from ask_anew(req, one)
        card = reminder_card(req, one, one.due_on, late=bool(late) or behind > LATE, last=last)
        yield from remind_each(req, one, owners(req, one), card)
        if last:
            yield from _hand_to_coordinators(req, one)
    yield from keep_time(req, load(req, action), after=after)


@feature.button(Deed.READ)
def remind_one(req: Request, action: int, member: int) -> Effects:
    """The same question to one person, who let it sleep or could not be asked then.

    If the day was moved far ahead meanwhile, its own reminders ask in good time; without a day nobody does.
    """
    rung(req)
    one = actions.get(req.store, forum_of(req).id, action)
    if one is None or one.due_on is None or not is_open(one):
        return
    if req.today < working_days_before(one.due_on, BEFORE):
        return
    for each in owners(req, one):
        if each.id == member:
            card = reminder_card(req, one, one.due_on, late=False, last=False)
            yield from nudge(req, each, matter(one), card, remind_one.action(action, member))


def _hand_to_coordinators(req: Request, one: ActionItem) -> Effects:
    """No more reminders come: whoever runs the forum should know."""
    person = forums.member(req.store, one.forum, one.owner) if one.owner else None
    card = list_card(req, text("reminder-stops", number=str(one.id)), [one], None)
    yield from tell_coordinators(req, card, but=person.id if person else None)


def _fold(req: Request, one: ActionItem) -> Effects:
    """Long overdue because of us: part of one list for each person, which this timer asks for."""
    at = next_working_moment(req.now, req.zone)
    for each in owners(req, one):
        yield Schedule(f"catch-up:{each.id}", at, catch_up.action(each.id))


@feature.button(Deed.READ)
def catch_up(req: Request, member: int) -> Effects:
    """One list of what is pressing, after a long silence of ours."""
    rung(req)
    one = forums.member(req.store, forum_of(req).id, member)
    if one is None or one.state != "active":
        return
    found = actions.of_member(req.store, one.forum, one.id, most=SOME)
    found = [*found, *actions.untaken(req.store, one, most=SOME)][:SOME]
    if not found:
        return
    lines = [line for each in found for line in in_list(req, each, owned=False)]
    card = Card(text("reminder-catch-up"), (*lines, numbers(found)))
    hint = Card(text("reminder-catch-up"), (Row((Button(text("menu-mine"), my_things(), private=True),)),))
    yield from inform(req, one, card, fallback=said_aloud([one], hint))


@feature.button(Deed.READ)
def overdue(req: Request) -> Effects:
    """What fell due and is not done, in one list for the coordinators; each action is told of once."""
    rung(req)
    if not in_working_hours(req.now, req.zone):
        yield Schedule("overdue", next_working_moment(req.now, req.zone), overdue.action())
        return
    forum, since = forum_of(req).id, reported_until(req)
    found, count = actions.fell_due(req.store, forum, since=since, today=req.today, most=SOME)
    intake.set_fact(req.store, f"overdue:{forum}", req.today.isoformat())
    if found:
        leaders = forums.coordinators(req.store, forum)
        if any(people.private_account(req.store, each.person) for each in leaders):
            nudges.recount(req.store, forum, OVERDUE)
            for each in leaders:
                yield from _tell_overdue(req, each, _untold_since(req, each, since))
        else:
            yield from tell_coordinators(req, _overdue_card(req, found, count))
    yield from watch_overdue(req)


@feature.button(Deed.READ)
def overdue_to(req: Request, member: int, since: str) -> Effects:
    """The list for one coordinator, who could not be told then: what is not done by now."""
    rung(req)
    for each in forums.coordinators(req.store, forum_of(req).id):
        if each.id == member:
            yield from _tell_overdue(req, each, since)


def _tell_overdue(req: Request, to: Member, since: str) -> Effects:
    found, count = actions.fell_due(req.store, to.forum, since=since, today=req.today, most=SOME)
    if found:
        yield from nudge(req, to, OVERDUE, _overdue_card(req, found, count), overdue_to.action(to.id, since))


def _untold_since(req: Request, to: Member, since: str) -> str:
    """Where a coordinator's list begins: with one that still waits for them this morning's is one list."""
    known = nudges.get(req.store, to.person, to.forum, OVERDUE)
    return decode(known.again)[2][1] if known and known.state != "told" else since


def _overdue_card(req: Request, found: list[ActionItem], count: int) -> Card:
    body: list[Element] = [line for each in found for line in in_list(req, each)]
    if count > len(found):
        body.append(Line(text("action-and-more", count=count - len(found))))
    return Card(text("reminder-overdue", forum=forum_of(req).name), (*body, numbers(found)))
