"""Decision rounds (W2), in or between meetings: which kind, what is going on, nudges, the end, a look back.

Four kinds, each in a file of its own: consent, a vote, advice, mandates carried home. A round is open for a week when
nobody says otherwise and ends on a working day. A day before, those who have not answered get one word in private.
What is decided becomes a decision with a number; on its review day, or earlier if anybody wants, the forum looks back.
"""

from handlers.decision_rules import read_number
from handlers.kit.access import Deed
from handlers.kit.budget import nudge as ask_kindly
from handlers.kit.effects import Cancel, Effects, OpenForm, Post, Refusal, Toast, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Button, Card, text
from handlers.round_cards import KINDS, kinds_card, list_card, round_card, title, voters_of, whole_card
from handlers.round_ends import finish
from handlers.round_rules import LONGEST, missing, present, standing
from handlers.round_steps import (
    check_in_charge,
    decision_label,
    decision_stands,
    ended,
    is_in_charge,
    load,
    members_behind,
    owner_or_coordinators,
    propose_point,
    review_asked,
    tell_those,
)
from storage import rounds
from storage.records import Member
from storage.rounds import Round

feature = Feature("rounds")


# --- Beginning -------------------------------------------------------------------------------------------------


@feature.command("round", Deed.RECORD, menu=True)
def start(req: Request, said: str) -> Effects:
    """Words become a proposal to consent to, a number shows that round; nothing at all shows what is going on."""
    number = read_number(said, req.today.year)
    if number:
        yield from show(req, number[0])
    elif said:
        yield from _propose("consent", said)
    else:
        yield Whisper(list_card(rounds.open_now(req.store, forum_of(req).id, most=10), req.zone))


@feature.command("vote", Deed.RECORD)
def vote(_req: Request, said: str) -> Effects:
    """A question becomes a vote; the form asks for its alternatives."""
    yield from _propose("vote", said)


def _propose(kind: str, said: str) -> Effects:
    if len(said) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(said)))
    yield OpenForm(Action(KINDS[kind], (0,)), {"question": said} if said else {})


@feature.button(Deed.RECORD)
def choose(_req: Request, point: int) -> Effects:
    """The ways to decide; out of an agenda point with its words."""
    yield Whisper(kinds_card(point), replace=False)


@feature.button(Deed.READ)
def show(req: Request, number: int) -> Effects:
    """Everything about a round, for the one who asks; whoever opened it can do more."""
    one = load(req, number)
    yield Whisper(whole_card(req, one, _tools(req, one)), replace=False)


def _tools(req: Request, one: Round) -> list[Button]:
    if one.state != "open" or not is_in_charge(req, one):
        return []
    tools = [Button(text("round-withdraw"), withdraw.action(one.id), "danger", text("round-withdraw-sure"))]
    if one.kind == "consent":
        open_questions = [
            each for each in rounds.said(req.store, one) if each.kind == "question" and not each.reply
        ]
        tools = [
            Button(text("round-amend"), Action("consent.amend_form", (one.id,))),
            *(Button(text("round-reply-to", number=str(each.seq)), Action("consent.reply_form", (one.id, each.seq)))
              for each in open_questions[:2]),
            *tools,
        ]  # fmt: skip
    return tools


# --- Time ------------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def nudge(req: Request, number: int) -> Effects:
    """A day before the end, those who have not answered are reminded, once and in private."""
    rung(req)
    one = load(req, number)
    for each in _waited_for(req, one):
        yield from _ask(req, one, each)
    if _asks(one, req) and any(
        each.kind == "question" and not each.reply for each in rounds.said(req.store, one)
    ):
        yield from tell_those(
            req, owner_or_coordinators(req, one), one, text("round-nudge-owner", title=title(one))
        )


@feature.button(Deed.READ)
def nudge_one(req: Request, number: int, member: int) -> Effects:
    """The same for one person, who could not be asked then."""
    rung(req)
    one = load(req, number)
    for each in _waited_for(req, one):
        if each.id == member:
            yield from _ask(req, one, each)


def _asks(one: Round, req: Request) -> bool:
    return one.state == "open" and one.phase == "asking" and req.now < one.deadline


def _waited_for(req: Request, one: Round) -> list[Member]:
    if not _asks(one, req):
        return []
    waiting = missing(voters_of(req, one), present(rounds.answers(req.store, one), one.version))
    return members_behind(req, one, waiting)


def _ask(req: Request, one: Round, member: Member) -> Effects:
    card = round_card(req, one, named=False, heading=text("round-nudge", title=title(one)))
    yield from ask_kindly(req, member, f"round-{one.id}", card, nudge_one.action(one.id, member.id))


@feature.button(Deed.READ)
def time_over(req: Request, number: int) -> Effects:
    """The time for answers is over."""
    rung(req)
    one = load(req, number)
    if (
        one.state == "open"
        and one.phase != "anchoring"
        and (one.phase == "deciding" or req.now >= one.deadline)
    ):
        yield from finish(req, one)


@feature.button(Deed.ANSWER)
def close_now(req: Request, number: int) -> Effects:
    """Whoever opened it need not wait once everybody has answered, or nobody has to anchor it at home any more."""
    one = load(req, number)
    check_in_charge(req, one)
    if one.state != "open" or one.kind == "advice":
        raise Refusal(text("round-closed", number=str(number)))
    voters, now = voters_of(req, one), present(rounds.answers(req.store, one), one.version)
    if one.phase == "anchoring" and standing(voters, now).waiting:
        raise Refusal(text("round-not-home"))
    if one.phase == "asking" and missing(voters, now):
        raise Refusal(text("round-not-all"))
    yield from finish(req, one)


@feature.button(Deed.ANSWER)
def withdraw(req: Request, number: int) -> Effects:
    """Whoever opened it takes it back; nothing is decided."""
    one = load(req, number)
    check_in_charge(req, one)
    yield from ended(req, one, "withdrawn", {}, None)
    yield Toast(text("round-withdrawn"))


# --- Afterwards ------------------------------------------------------------------------------------------------


@feature.button(Deed.RECORD)
def to_agenda(req: Request, number: int) -> Effects:
    """What a round could not decide is taken up at the next meeting; once, however many press."""
    one = load(req, number)
    if one.state not in ("tied", "short"):
        raise Refusal(text("refused-stale"))
    yield from _proposed(req, one, "round")


@feature.button(Deed.READ)
def review_due(req: Request, number: int) -> Effects:
    """The review day has come, or has passed while nobody was there: the forum looks back, unless it has.

    Nobody is asked about a decision that was taken back or replaced.
    """
    rung(req)
    one = load(req, number)
    if decision_stands(req, one) and one.reviewed_at is None:
        yield from review_asked(req, one)


@feature.button(Deed.RECORD)
def review_now(req: Request, number: int) -> Effects:
    """Any member may call for a look back before its day."""
    one = load(req, number)
    if not one.decision or one.reviewed_at is not None:
        raise Refusal(text("round-reviewed-already"))
    if not decision_stands(req, one):
        raise Refusal(text("decision-not-standing", number=decision_label(req, one)))
    yield from review_asked(req, one)


@feature.button(Deed.RECORD)
def keep(req: Request, number: int) -> Effects:
    """The decision gave what the forum wanted: it stands."""
    one = _reviewed(req, number)
    yield Update(_review_over(req, one, "keep"))


@feature.button(Deed.RECORD)
def review_to_agenda(req: Request, number: int) -> Effects:
    """There is something to talk about: the next meeting does."""
    one = _reviewed(req, number)
    yield Update(_review_over(req, one, "agenda"))
    yield from _proposed(req, one, "review")


def _reviewed(req: Request, number: int) -> Round:
    one = load(req, number)
    if not one.decision or not rounds.review(req.store, one, req.now):
        raise Refusal(text("round-reviewed-already"))
    return load(req, number)


def _review_over(req: Request, one: Round, how: str) -> Card:
    heading = text(f"round-review-{how}-said", number=decision_label(req, one), who=member_of(req).name)
    return Card(heading, (), f"round-review:{one.forum}:{one.id}")


def _proposed(req: Request, one: Round, origin: str) -> Effects:
    what = text(f"round-point-{origin}", number=str(one.id), what=one.question)
    if propose_point(req, one, origin, what):
        yield Post(Card(text("round-on-agenda", who=member_of(req).name, title=title(one))))
    else:
        yield Toast(text("round-on-agenda-already"))
    if origin == "review":
        yield Cancel(f"round-review:{one.id}")
        yield Update(round_card(req, one))
