"""Consent (W2): a proposal is decided when nobody has a reasoned objection before the time is over.

Light for members: one card with *Fråga · Tyck till · Inga hinder · Invändning*. Questions reach whoever proposed, who
replies and may change the words; then those who had consented are asked again, and the card says that what they said
is about the old ones. An objection has a reason: it stops the round and becomes a point for the next meeting.
"""

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.effects import Effects, Post, Refusal, Toast, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import member_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Button, Card, Form, Line, Row, TextField, text
from handlers.round_cards import round_card, title, voters_of
from handlers.round_rules import LONGEST, LONGEST_DETAIL, ends_at, last_day, to_ask_again
from handlers.round_steps import (
    begin,
    check_in_charge,
    check_seen,
    clock,
    ended,
    load,
    load_asking,
    load_kind,
    members_behind,
    note,
    opened,
    owner_or_coordinators,
    question_fields,
    tell_those,
    time_fields,
    version_field,
    voice,
    wrong_days,
)
from storage import rounds
from storage.rounds import Round

feature = Feature("consent")

WORDS = 500
"""Characters of a question, a reaction or a reason."""


@feature.form(Deed.RECORD)
def propose_form(req: Request, point: int) -> Form:
    """The proposal, and until when one may answer."""
    fields = (*question_fields(req, point, "proposal"), *time_fields())
    return Form(text("round-form-consent"), text("round-form-open"), fields)


@propose_form.submitted
def proposed(req: Request, answers: Answers, point: int) -> Effects:
    """Everybody sees it; whoever proposes has nothing against it."""
    if wrong := wrong_days(req, answers):
        yield wrong
        return
    one = begin(req, answers, point, "consent")
    note(req, one, voice(req, one), "consent")
    yield from opened(req, one, answers.day("until"))


# --- Answering -------------------------------------------------------------------------------------------------


@feature.button(Deed.ANSWER)
def agree(req: Request, number: int, version: int) -> Effects:
    """Nothing stands in the way; whoever saw other words gets the present ones to read, and has said nothing."""
    one = load_asking(req, number, "consent")
    if version != one.version:
        heading = text("round-changed-since", title=title(one))
        yield Whisper(round_card(req, one, named=False, heading=heading))
        return
    before = note(req, one, voice(req, one), "consent")
    yield Toast(text("round-agreed-already" if before else "round-agreed", number=str(number)))
    if before is None:
        yield Update(round_card(req, one))


@feature.form(Deed.ANSWER)
def ask_form(req: Request, number: int) -> Form:
    """A question to whoever proposed."""
    load_asking(req, number, "consent")
    return Form(text("round-form-ask"), text("round-form-send"), (_words("ask"),))


@ask_form.submitted
def asked(req: Request, answers: Answers, number: int) -> Effects:
    """The question stands on the card, and whoever proposed gets it to reply to."""
    one = load_asking(req, number, "consent")
    seq = _say(req, one, "question", answers.words("words"))
    yield Update(round_card(req, one))
    yield Whisper(Card(text("round-asked", number=str(number))))
    buttons = (
        Button(text("round-reply"), reply_form.action(number, seq), "primary"),
        Button(text("round-amend"), amend_form.action(number)),
    )
    heading = text("round-question-for-you", who=member_of(req).name, title=title(one))
    card = Card(heading, (Line(verbatim(answers.words("words")), "quote"), Row(buttons)))
    me = member_of(req).id
    for each in owner_or_coordinators(req, one):
        if each.id != me:
            yield from inform(req, each, card)


@feature.form(Deed.ANSWER)
def reply_form(req: Request, number: int, seq: int) -> Form:
    """What whoever proposed has to say about a question."""
    one = load_kind(req, number, "consent")
    check_in_charge(req, one)
    found = next((each for each in rounds.said(req.store, one) if each.seq == seq), None)
    if found is None:
        raise Refusal(text("refused-stale"))
    field = TextField(
        key="words", label=text("round-field-reply"), longest=WORDS, multiline=True, initial=found.reply
    )
    intro = text("round-question-was", words=found.words)
    return Form(text("round-form-reply"), text("round-form-send"), (field,), intro)


@reply_form.submitted
def replied(req: Request, answers: Answers, number: int, seq: int) -> Effects:
    """The reply stands under the question; whoever asked hears of it."""
    one = load_kind(req, number, "consent")
    check_in_charge(req, one)
    rounds.reply(req.store, one, seq, answers.words("words"))
    yield Update(round_card(req, one))
    yield Whisper(Card(text("round-reply-noted")))
    asker = next(each for each in rounds.said(req.store, one) if each.seq == seq)
    theirs = [each for each in members_behind(req, one, (f"m:{asker.member}",)) if one.state == "open"]
    yield from tell_those(req, theirs, one, text("round-reply-for-you", title=title(one)))


@feature.form(Deed.ANSWER)
def react_form(req: Request, number: int) -> Form:
    """What somebody thinks of it: no objection, but good to know."""
    load_asking(req, number, "consent")
    return Form(text("round-form-react"), text("round-form-send"), (_words("reaction"),))


@react_form.submitted
def reacted(req: Request, answers: Answers, number: int) -> Effects:
    """It stands on the card for everybody."""
    one = load_asking(req, number, "consent")
    _say(req, one, "reaction", answers.words("words"))
    yield Update(round_card(req, one))
    yield Whisper(Card(text("round-reacted", number=str(number))))


@feature.form(Deed.ANSWER)
def object_form(req: Request, number: int) -> Form:
    """An objection, with its reason."""
    one = load_asking(req, number, "consent")
    return Form(
        text("round-form-object"), text("round-object"), (_words("objection"), version_field(one)),
        text("round-object-intro", words=one.question),
    )  # fmt: skip


@object_form.submitted
def objected(req: Request, answers: Answers, number: int) -> Effects:
    """The round stops, and the next meeting takes it up."""
    one = load_asking(req, number, "consent")
    check_seen(one, answers)
    voter, reason = voice(req, one), answers.words("words")
    note(req, one, voter, "objection", reason=reason)
    yield from ended(req, one, "stopped", {"who": voter, "reason": reason}, None)
    yield Whisper(Card(text("round-objected", number=str(number))))


# --- Changing the words ----------------------------------------------------------------------------------------


@feature.form(Deed.ANSWER)
def amend_form(req: Request, number: int) -> Form:
    """Other words for the same proposal; also for one that an objection has stopped."""
    one = _amendable(req, number)
    fields = (
        TextField(key="question", label=text("round-field-proposal"), hint=text("round-field-proposal-hint"),
                  longest=LONGEST, multiline=True, initial=one.question),
        TextField(key="detail", label=text("round-field-detail"), longest=LONGEST_DETAIL, multiline=True, optional=True,
                  initial=one.detail),
        version_field(one),
    )  # fmt: skip
    return Form(text("round-form-amend"), text("round-form-save"), fields)


@amend_form.submitted
def amended(req: Request, answers: Answers, number: int) -> Effects:
    """Those who had consented are asked again. Stopped before, or about to end, it gets another week."""
    one = _amendable(req, number)
    check_seen(one, answers)
    question, detail = answers.words("question"), answers.words("detail")
    if (question, detail) == (one.question, one.detail):
        yield Whisper(Card(text("round-unchanged")))
        return
    fresh = ends_at(last_day(None, req.today), req.zone)
    deadline = (
        fresh
        if one.state == "stopped"
        else max(one.deadline, ends_at(last_day(req.today, req.today), req.zone))
    )
    soon = (deadline - req.now).total_seconds() < 2 * 24 * 3600
    me = member_of(req)
    rounds.amend(
        req.store, one, question=question, detail=detail, member=me.id, now=req.now, deadline=fresh if soon else deadline
    )  # fmt: skip
    now = load(req, number)
    if me.id == now.owner:
        note(req, now, voice(req, now), "consent")
    yield Update(round_card(req, now))
    yield from clock(req, now)
    if one.state == "stopped":
        yield Post(Card(text("round-open-again", title=title(now)), round_card(req, now).body))
        return
    again = tuple(
        each
        for each in to_ask_again(rounds.answers(req.store, now), now.version)
        if each in voters_of(req, now)
    )
    heading = text("round-asked-again", title=title(now))
    yield from tell_those(req, members_behind(req, now, again), now, heading)
    yield Whisper(Card(text("round-amended", number=str(number))))


def _amendable(req: Request, number: int) -> Round:
    one = load_kind(req, number, "consent")
    check_in_charge(req, one)
    if one.state != "stopped":
        load_asking(req, number, "consent")
    return one


def _words(kind: str) -> TextField:
    return TextField(key="words", label=text(f"round-field-{kind}"), hint=text(f"round-field-{kind}-hint"),
                     longest=WORDS, multiline=True)  # fmt: skip


def _say(req: Request, one: Round, kind: str, words: str) -> int:
    member = member_of(req)
    return rounds.say(req.store, one, kind, words, member=member.id, actor=member.actor, now=req.now)
