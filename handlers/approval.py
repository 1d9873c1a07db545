"""Approval of minutes (justering, W3): each organisation says whether its decisions read as they were made.

When a meeting has closed, those who were there get their organisation's decisions in private: *Stämmer*, *Föreslå ändring*
or *Avvikande mening*. A proposed text goes to whoever led the meeting; if it is taken in, the others are asked again.
A differing opinion is attached as it is. When all have answered, or five working days have passed, the minutes
freeze: whatever comes later stands beside them.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.approval_cards import aloud, ask_card, done_card, proposal_card, ruling_options
from handlers.approval_rules import (
    TO_ANSWER_AGAIN,
    asked,
    concerns,
    due_after,
    is_complete,
    nudge_before,
    rulings_of,
)
from handlers.kit.access import Deed, Standing, check, standing
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.budget import nudge as ask_kindly
from handlers.kit.doors import decision_refresh
from handlers.kit.effects import Cancel, Effects, Post, Refusal, Schedule, Toast, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, local_day, member_of, rung
from handlers.kit.inbound import Request
from handlers.kit.people_shown import owner, person, verbatim
from handlers.kit.ui import AnyField, Card, ChoiceField, Form, Line, Text, TextField, text
from handlers.kit.welcome import is_away
from handlers.minutes_cards import minutes_card
from storage import approvals, decisions, forums, meetings, sittings
from storage.approvals import Answer, Word, minutes_of
from storage.meetings import Meeting
from storage.minutes import Minutes, Ruling
from storage.records import Actor, Member
from storage.wishes import wishes_of

feature = Feature("approval")

LONGEST = 2000
"""Characters of a decision's words, and of an opinion."""


# --- Asking ----------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def ask(req: Request, meeting: int) -> Effects:
    """The minutes stand in the chats, and every organisation is asked in private; once."""
    rung(req)
    one = _load(req, meeting)
    names = asked(minutes_of(req.store, one))
    actors = [each for each in forums.actors(req.store, one.forum) if each.name in names]
    due = due_after(local_day(req, req.now), req.zone)
    if not approvals.begin(req.store, one, [each.id for each in actors], due_at=due):
        return
    minutes = minutes_of(req.store, one)
    yield Post(minutes_card(one, minutes))
    yield from _timers(req, one, due)
    for actor in actors:
        yield from _ask(req, one, minutes, actor)


def _ask(req: Request, one: Meeting, minutes: Minutes, actor: Actor, why: Text | None = None) -> Effects:
    card = ask_card(one, minutes, actor, _answer(req, one, actor.id), why=why)
    for each in _voices(req, one, actor.id):
        yield from inform(req, each, card, fallback=aloud(card, person(each)))


def _voices(req: Request, one: Meeting, actor: int) -> list[Member]:
    """Those of the organisation who were there; all of it when none of them is there any more."""
    here = {each.member for each in sittings.seats(req.store, one).values() if each.present}
    members = forums.members(req.store, one.forum, actor_id=actor)
    return [each for each in members if each.id in here] or members


@feature.button(Deed.READ)
def nudge(req: Request, meeting: int) -> Effects:
    """Once, the working day before the time is over: those who have not answered are asked again."""
    rung(req)
    one = _load(req, meeting)
    for actor in _asked_actors(req, one):
        for each in _voices(req, one, actor.id):
            yield from _remind(req, one, actor, each)


@feature.button(Deed.READ)
def ask_one(req: Request, meeting: int, member: int) -> Effects:
    """The same for one person, who could not be asked then."""
    rung(req)
    one, who = _load(req, meeting), forums.member(req.store, forum_of(req).id, member)
    for actor in _asked_actors(req, one):
        if who and who.state == "active" and who.actor == actor.id:
            yield from _remind(req, one, actor, who)


def _remind(req: Request, one: Meeting, actor: Actor, member: Member) -> Effects:
    minutes, answer = minutes_of(req.store, one), _answer(req, one, actor.id)
    if minutes.state != "asking" or minutes.due_at is None or minutes.due_at <= req.now or answer.answer:
        return
    card = ask_card(one, minutes, actor, answer, why=text("approval-nudge"))
    again = ask_one.action(one.id, member.id)
    yield from ask_kindly(
        req, member, f"approval-{one.id}", card, again, fallback=aloud(card, person(member))
    )


@feature.button(Deed.RECORD)
def agree(req: Request, meeting: int, actor: int) -> Effects:
    """*Stämmer*: the organisation's decisions read as they were made."""
    one, member = _asking(req, meeting), _speaker(req, meeting, actor)
    if _answer(req, one, actor).answer:
        yield Toast(text("approval-already"))
        return
    approvals.answer(req.store, one, actor, "confirmed", member=member.id, now=req.now)
    yield Toast(text("approval-thanks"))
    yield from _went_on(req, one, (actor,))


# --- Another text ----------------------------------------------------------------------------------------------


@feature.form(Deed.RECORD)
def reword(req: Request, meeting: int, actor: int) -> Form:
    """Which decision, and how it should read."""
    one = _asking(req, meeting)
    _speaker(req, meeting, actor)
    mine = _rulings(req, one, actor)
    if not mine:
        raise Refusal(text("approval-no-decisions"))
    words = TextField(
        key="words", label=text("approval-field-words"), hint=text("approval-field-words-hint"), multiline=True,
        longest=LONGEST, initial=mine[0].what if len(mine) == 1 else "",
    )  # fmt: skip
    return Form(text("approval-change"), text("approval-send"), (*_which(mine, optional=False), words))


def _which(mine: tuple[Ruling, ...], *, optional: bool) -> tuple[AnyField, ...]:
    if len(mine) < 1 + (not optional):
        return ()
    return (
        ChoiceField(
            key="decision", label=text("approval-field-decision"), options=ruling_options(mine[:100]),
            hint=text("approval-field-decision-hint") if optional else None, optional=optional,
        ),
    )  # fmt: skip


@reword.submitted
def changed(req: Request, answers: Answers, meeting: int, actor: int) -> Effects:
    """The proposal goes to whoever led the meeting; the organisation answers when it is settled."""
    one, member = _asking(req, meeting), _speaker(req, meeting, actor)
    mine = _rulings(req, one, actor)
    wanted = answers.number("decision") if "decision" in answers.values else mine[0].id if mine else 0
    ruling = next((each for each in mine if each.id == wanted), None)
    words = answers.words("words")
    if ruling is None:
        raise Refusal(text("refused-stale"))
    if words == ruling.what:
        raise Refusal(text("approval-same-words"))
    seq = approvals.say(
        req.store, one, "change", actor=actor, member=member.id, decision=ruling.id, words=words, late=False,
        now=req.now,
    )  # fmt: skip
    word = next(each for each in approvals.words(req.store, one) if each.seq == seq)
    card = proposal_card(one, ruling, word, owner(req, one.forum, actor, member.id))
    for each in _leaders(req, one, member.id):
        yield from inform(req, each, card, fallback=aloud(card, person(each)))
    yield Whisper(Card(text("approval-proposal-sent", number=ruling.label)), replace=False)


@feature.button(Deed.RECORD)
def accept(req: Request, meeting: int, seq: int) -> Effects:
    """The decision reads like that from now on; everybody it concerns is asked again, with time to answer."""
    one, word = _proposal(req, meeting, seq)
    before = next(each for each in minutes_of(req.store, one).rulings if each.id == word.decision)
    decision = decisions.get(req.store, one.forum, word.decision)
    # Words that were changed elsewhere since the meeting stay: the minutes tell what the meeting said.
    if decision and decision.state == "standing" and decision.what == before.what:
        if forum_of(req).amend == "coordinators":
            check(req, Deed.AMEND_STRICT)
        wording = replace(decisions.wording_of(decision), what=word.words)
        reason = f"{one.title} {one.label}"
        decisions.amend(req.store, decision, wording, reason=reason, member=member_of(req).id, now=req.now)
        yield Schedule(f"reworded:{decision.id}", req.now, decision_refresh(decision.id))
    approvals.settle(req.store, one, seq, accepted=True)
    approvals.reword(req.store, one, word.decision, word.words)
    yield Whisper(Card(text("approval-accepted"), (Line(verbatim(word.words), "quote"),)))
    yield from _overtaken(req, one, word)
    yield from _more_time(req, one)
    yield from _ask_again(req, one, word.decision)


def _overtaken(req: Request, one: Meeting, word: Word) -> Effects:
    """Other proposals for the same decision were about words that are no more."""
    for each in approvals.words(req.store, one):
        if each.kind == "change" and not each.state and each.decision == word.decision:
            approvals.settle(req.store, one, each.seq, accepted=False)
            yield from _tell_proposer(req, one, each, "approval-overtaken")


def _more_time(req: Request, one: Meeting) -> Effects:
    due = minutes_of(req.store, one).due_at
    later = due_after(local_day(req, req.now), req.zone, TO_ANSWER_AGAIN)
    if due and due < later:
        approvals.wait_until(req.store, one, later)
        yield from _timers(req, one, later)


def _timers(req: Request, one: Meeting, due: datetime) -> Effects:
    yield Schedule(f"approval:{one.id}", due, time_out.action(one.id), timedelta(days=7))
    if (at := nudge_before(due, req.zone)) > req.now:
        yield Schedule(f"approval-nudge:{one.id}", at, nudge.action(one.id))


def _ask_again(req: Request, one: Meeting, decision: int) -> Effects:
    minutes = minutes_of(req.store, one)
    ruling = next(each for each in minutes.rulings if each.id == decision)
    concerned = [each for each in _asked_actors(req, one) if concerns(ruling, each.name)]
    for each in concerned:
        if _answer(req, one, each.id).answer == "confirmed":
            approvals.answer(req.store, one, each.id, "", member=None, now=req.now)
    minutes = minutes_of(req.store, one)
    yield Update(minutes_card(one, minutes))
    for each in concerned:
        if not _answer(req, one, each.id).answer:
            yield from _ask(req, one, minutes, each, text("approval-ask-again", number=ruling.label))


@feature.button(Deed.RECORD)
def refuse(req: Request, meeting: int, seq: int) -> Effects:
    """The words stay; whoever proposed others hears it and is asked again."""
    one, word = _proposal(req, meeting, seq)
    approvals.settle(req.store, one, seq, accepted=False)
    yield Whisper(Card(text("approval-refused")))
    yield from _tell_proposer(req, one, word, "approval-words-stay")
    yield from _went_on(req, one, ())


def _tell_proposer(req: Request, one: Meeting, word: Word, key: str) -> Effects:
    minutes = minutes_of(req.store, one)
    actor = forums.actor(req.store, one.forum, word.actor)
    proposer = forums.member(req.store, one.forum, word.member)
    if actor and proposer and proposer.state == "active":
        card = ask_card(one, minutes, actor, _answer(req, one, actor.id))
        # Without its name: what became of one proposal stays said, whatever comes of the question or of another one.
        told = Card(text(key, number=_label(minutes, word.decision)), card.body)
        yield from inform(req, proposer, told, fallback=aloud(told, person(proposer)))


# --- A differing opinion ---------------------------------------------------------------------------------------


@feature.form(Deed.RECORD)
def differ(req: Request, meeting: int, actor: int) -> Form:
    """What one thinks instead, and about which decision."""
    one = _load(req, meeting)
    _speaker(req, meeting, actor)
    words = TextField(
        key="words", label=text("approval-field-opinion"), hint=text("approval-field-opinion-hint"),
        multiline=True, longest=LONGEST,
    )  # fmt: skip
    which = _which(_rulings(req, one, actor), optional=True)
    return Form(text("approval-object"), text("approval-send"), (*which, words))


@differ.submitted
def objected(req: Request, answers: Answers, meeting: int, actor: int) -> Effects:
    """It is attached to the minutes as it is; to approved ones, as something that came later."""
    one, member = _load(req, meeting), _speaker(req, meeting, actor)
    late = minutes_of(req.store, one).state == "approved"
    about = answers.number("decision") if "decision" in answers.values else 0
    approvals.say(
        req.store, one, "objection", actor=actor, member=member.id, decision=about, words=answers.words("words"),
        late=late, now=req.now,
    )  # fmt: skip
    if late:
        yield Update(minutes_card(one, minutes_of(req.store, one)))
        yield Whisper(Card(text("approval-attached-late")), replace=False)
        return
    approvals.answer(req.store, one, actor, "differs", member=member.id, now=req.now)
    yield Whisper(Card(text("approval-attached-yours")), replace=False)
    yield from _went_on(req, one, (actor,))


# --- The end ---------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def time_out(req: Request, meeting: int) -> Effects:
    """Five working days have passed: the minutes are approved as they are."""
    rung(req)
    yield from _freeze(req, _load(req, meeting))


def _went_on(req: Request, one: Meeting, answered: tuple[int, ...]) -> Effects:
    """What changed is seen; when all is said the minutes freeze."""
    if is_complete(approvals.answers(req.store, one), approvals.words(req.store, one)):
        yield Cancel(f"approval:{one.id}")
        yield Cancel(f"approval-nudge:{one.id}")
        yield from _freeze(req, one)
        return
    minutes = minutes_of(req.store, one)
    yield Update(minutes_card(one, minutes))
    for each in _asked_actors(req, one):
        if each.id in answered:
            yield Update(ask_card(one, minutes, each, _answer(req, one, each.id)))


def _freeze(req: Request, one: Meeting) -> Effects:
    minutes = approvals.freeze(req.store, one, req.now)
    if minutes is None:
        return
    yield Update(minutes_card(one, minutes))
    for each in _asked_actors(req, one):
        yield Update(ask_card(one, minutes, each, _answer(req, one, each.id)))
    yield Post(done_card(one, minutes))


# --- Shared steps ----------------------------------------------------------------------------------------------


def _load(req: Request, meeting: int) -> Meeting:
    """A meeting that is over."""
    one = meetings.get(req.store, forum_of(req).id, meeting)
    if one is None or one.state != "closed":
        raise Refusal(text("minutes-gone"))
    return one


def _asking(req: Request, meeting: int) -> Meeting:
    one = _load(req, meeting)
    if minutes_of(req.store, one).state != "asking":
        raise Refusal(text("approval-is-over"))
    return one


def _speaker(req: Request, meeting: int, actor: int) -> Member:
    """The acting member, who belongs to the organisation that was asked."""
    member = member_of(req)
    one = _load(req, meeting)
    if member.actor != actor or all(each.actor != actor for each in approvals.answers(req.store, one)):
        raise Refusal(text("approval-not-yours"))
    return member


def _answer(req: Request, one: Meeting, actor: int) -> Answer:
    found = [each for each in approvals.answers(req.store, one) if each.actor == actor]
    return found[0] if found else Answer(actor, "", None, None)


def _asked_actors(req: Request, one: Meeting) -> list[Actor]:
    found = [forums.actor(req.store, one.forum, each.actor) for each in approvals.answers(req.store, one)]
    return [each for each in found if each]


def _rulings(req: Request, one: Meeting, actor: int) -> tuple[Ruling, ...]:
    found = forums.actor(req.store, one.forum, actor)
    return rulings_of(minutes_of(req.store, one), found.name) if found else ()


def _label(minutes: Minutes, decision: int) -> str:
    return next((each.label for each in minutes.rulings if each.id == decision), "")


def _leaders(req: Request, one: Meeting, proposer: int) -> list[Member]:
    """Whoever led the meeting; the coordinators when that one has left, is away, or proposes it themselves."""
    chair = forums.member(req.store, one.forum, one.chair) if one.chair else None
    here = chair is not None and not is_away(wishes_of(req.store, chair.person), req.today)
    if chair and here and chair.state == "active" and chair.id != proposer:
        return [chair]
    leaders = forums.coordinators(req.store, one.forum)
    return [each for each in leaders if each.id != proposer] or leaders


def _proposal(req: Request, meeting: int, seq: int) -> tuple[Meeting, Word]:
    """A proposal that waits, for whoever may settle it."""
    one = _asking(req, meeting)
    if member_of(req).id != one.chair and standing(req) is not Standing.COORDINATOR:
        raise Refusal(text("approval-chair-only"))
    word = next((each for each in approvals.words(req.store, one) if each.seq == seq), None)
    if word and word.member == member_of(req).id and standing(req) is not Standing.COORDINATOR:
        raise Refusal(text("approval-not-own"))
    if word is None or word.kind != "change" or word.state:
        raise Refusal(text("approval-settled"))
    return one, word
