"""What came of decisions: *Gav beslutet det vi ville? Behåll · Ändra · Upphör*, on the follow-up day or whenever.

Whoever follows a decision up is asked on its day; anybody can answer at any time. What was answered shows in the
chats and on the decision, and one member who sees it otherwise is enough to put it on the agenda. The share of
promises that were kept is told for the forum as a whole, never for anybody in it.
"""

import json
from datetime import timedelta
from typing import Final

from handlers.agenda_posting import changed as agenda_changed
from handlers.decision_steps import followed_up
from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.budget import nudge
from handlers.kit.doors import decision_refresh
from handlers.kit.effects import Cancel, Effects, Post, Refusal, Schedule, Toast, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Card, DateField, Form, Text, text
from handlers.kit.ui_json import value_to_json
from handlers.outcome_cards import aloud, answered_card, ask_card, list_card, point_of, thanks_card
from handlers.outcome_rules import is_answered
from storage import agenda, decisions, forums, nudges, outcomes, rounds
from storage.outcomes import Outcome
from storage.records import Decision, Member

feature = Feature("outcomes")

VERDICTS: Final = ("keep", "change", "end")
AGAIN_AT_MOST: Final = 366
MANY: Final = 40
"""So many decisions that wait are counted: as good as all."""
LOOKS_AT: Final = timedelta(days=90)
"""So far back promises are counted."""


# --- On the day ------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def day_came(req: Request, decision: int) -> Effects:
    """On the follow-up day the owner, or else whoever recorded it, is asked what came of it.

    Where the forum looks back together on that day, nobody is asked in private as well; on a later one somebody is.
    """
    rung(req)
    one = _waiting(req, decision)
    if one:
        for each in _askable(req, one):
            yield from _ask(req, one, each)


@feature.button(Deed.READ)
def ask_one(req: Request, decision: int, member: int) -> Effects:
    """The same for one person, who let it sleep or could not be asked then."""
    rung(req)
    one = _waiting(req, decision)
    for each in _askable(req, one) if one else ():
        if one and each.id == member:
            yield from _ask(req, one, each)


def _waiting(req: Request, decision: int) -> Decision | None:
    one = decisions.get(req.store, forum_of(req).id, decision)
    if one is None or one.state != "standing" or not outcomes.is_due(req.store, one, req.today):
        return None
    last = outcomes.latest(req.store, one.forum, decision)
    if last and last.verdict == "later" and last.day == one.follow_up_on:
        return one
    together = outcomes.round_to_review(req.store, one.forum, decision)
    return None if together and together[1] == one.follow_up_on else one


def _askable(req: Request, one: Decision) -> list[Member]:
    who = forums.member(req.store, one.forum, one.owner or one.recorded_by)
    return [who] if who and who.state == "active" else forums.coordinators(req.store, one.forum)


def _ask(req: Request, one: Decision, who: Member) -> Effects:
    card = ask_card(req, one, text("decision-follow-up-due", number=one.label))
    fallback = ask_card(req, one, aloud(one, who))
    yield from nudge(req, who, f"decision-{one.id}", card, ask_one.action(one.id, who.id), fallback=fallback)


# --- Answering -------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def ask(req: Request, decision: int) -> Effects:
    """The question for whoever wants to answer; where somebody has, what they said."""
    one = _standing(req, decision)
    last = outcomes.latest(req.store, one.forum, decision)
    if last and is_answered(last, one, req.now):
        yield Whisper(answered_card(req, one, last, named=False), replace=False)
    else:
        yield Whisper(ask_card(req, one, text("outcome-ask", number=one.label)), replace=False)


@feature.button(Deed.RECORD)
def judge(req: Request, decision: int, verdict: str) -> Effects:
    """It gave what we wanted and stands; or the next meeting talks about changing or ending it."""
    if verdict not in VERDICTS:
        raise Refusal(text("refused-stale"))
    one = _unanswered(req, decision)
    last = outcomes.add(req.store, one, verdict, member=member_of(req).id, now=req.now)
    yield from _settled(req, one)
    talked_about = verdict != "keep" and _to_agenda(
        req, last, text(f"outcome-point-{verdict}", number=one.label)
    )
    yield Post(answered_card(req, one, last))
    if talked_about:
        yield from agenda_changed(req)
    yield Whisper(thanks_card(one, verdict))


def _settled(req: Request, one: Decision) -> Effects:
    """Nobody is asked any more, neither in private nor in the round it came from; the decision's card says it."""
    nudges.renew(req.store, one.forum, f"decision-{one.id}")
    together = outcomes.round_to_review(req.store, one.forum, one.id)
    round_ = rounds.get(req.store, one.forum, together[0]) if together else None
    if round_:
        rounds.review(req.store, round_, req.now)
        yield Cancel(f"round-review:{round_.id}")
    yield Schedule(f"refresh:{one.id}:{req.inbound.key}", req.now, decision_refresh(one.id))


@feature.button(Deed.RECORD)
def see_otherwise(req: Request, decision: int, seq: int) -> Effects:
    """One member who sees it otherwise is enough: it is talked about at the next meeting."""
    one = _standing(req, decision)
    last = outcomes.latest(req.store, one.forum, decision)
    if last is None or last.seq != seq or not is_answered(last, one, req.now):
        raise Refusal(text("refused-stale"))
    if not _to_agenda(req, last, text("outcome-point-objection", number=one.label)):
        yield Toast(text("agenda-already"))
        return
    yield Update(answered_card(req, one, last))
    yield from agenda_changed(req)
    yield Toast(text("outcome-on-agenda"))


def _to_agenda(req: Request, last: Outcome, what: Text) -> bool:
    """Propose it for the next meeting; false when it is there already."""
    number = agenda.propose(
        req.store, forum_of(req).id, what=json.dumps(value_to_json(what), ensure_ascii=False),
        origin=point_of(last), member=member_of(req).id, now=req.now,
    )  # fmt: skip
    return number is not None


@feature.form(Deed.RECORD)
def later_form(req: Request, decision: int) -> Form:
    """It has not been carried out yet: the day to look again."""
    one = _unanswered(req, decision)
    if one.follow_up_on is None:
        raise Refusal(text("refused-stale"))
    field = DateField(
        key="day", label=text("outcome-later-field"), hint=text("outcome-later-hint"), within=AGAIN_AT_MOST
    )
    return Form(text("outcome-later-title", number=one.label), text("outcome-later-save"), (field,))


@later_form.submitted
def later(req: Request, answers: Answers, decision: int) -> Effects:
    """The same question comes again on that day."""
    one, day = _unanswered(req, decision), answers.asked_day("day")
    outcomes.add(req.store, one, "later", again_on=day, member=member_of(req).id, now=req.now)
    nudges.renew(req.store, one.forum, f"decision-{decision}")
    yield followed_up(req, decision, day)
    yield Schedule(f"refresh:{decision}:{req.inbound.key}", req.now, decision_refresh(decision))
    yield Whisper(Card(text("outcome-later-noted", number=one.label, day=day)))


# --- Looking ---------------------------------------------------------------------------------------------------


@feature.command("followup", Deed.READ)
def waiting(req: Request, _said: str) -> Effects:
    """Which decisions wait for a look back, and how many promises the forum keeps."""
    forum, since = forum_of(req).id, req.today - LOOKS_AT
    found = outcomes.due(req.store, forum, req.today, most=MANY)
    yield Whisper(list_card(req, found, outcomes.promises(req.store, forum, since, req.today)))


# --- Shared steps ----------------------------------------------------------------------------------------------


def _standing(req: Request, decision: int) -> Decision:
    one = decisions.get(req.store, forum_of(req).id, decision)
    if one is None:
        raise Refusal(text("decision-gone"))
    if one.state != "standing":
        raise Refusal(text("decision-not-standing", number=one.label))
    return one


def _unanswered(req: Request, decision: int) -> Decision:
    """A decision that stands and that nobody has looked back on; a refusal says who has."""
    one = _standing(req, decision)
    last = outcomes.latest(req.store, one.forum, decision)
    if last and is_answered(last, one, req.now):
        who = forums.member(req.store, one.forum, last.by_member)
        told = text("outcome-said-already", number=one.label, who=who.name if who else text("nobody"))
        raise Refusal(told, answered_card(req, one, last, named=False))
    return one
