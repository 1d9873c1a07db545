"""Mandates (W2): each organisation says whether it may decide now, must ask at home first, or abstains.

Whoever must ask at home names a day and gets a ready text to carry there. Once the time for answers is over the
decision is preliminary, anchored by n of m; it is in force when the last one has anchored it. A no from home needs a
reason: it stops the decision, and the next meeting takes it up.
"""

from datetime import date, timedelta

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.doors import show_round
from handlers.kit.effects import (
    Cancel,
    Effects,
    FieldErrors,
    Refusal,
    Schedule,
    Toast,
    Update,
    Whisper,
)
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, local_day, rung
from handlers.kit.inbound import Request
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Button, Card, DateField, Form, Instant, Items, Line, Row, TextField, text
from handlers.kit.when import next_working_day, working_moment
from handlers.round_cards import names, round_card, title, voters_of
from handlers.round_ends import finish_mandate
from handlers.round_rules import FAR, MORNING, present, remind_home_at, standing
from handlers.round_steps import (
    begin,
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
    voice,
    wrong_days,
)
from storage import rounds
from storage.rounds import Answer, Round

feature = Feature("mandate")

WORDS = 500
WEEK = timedelta(days=7)
"""How often to look whether an organisation whose day has passed is still there."""


@feature.form(Deed.RECORD)
def propose_form(req: Request, point: int) -> Form:
    """What the organisations shall stand behind."""
    fields = (*question_fields(req, point, "proposal"), *time_fields())
    return Form(text("round-form-mandate"), text("round-form-open"), fields)


@propose_form.submitted
def proposed(req: Request, answers: Answers, point: int) -> Effects:
    """Every organisation is asked what it may decide."""
    if wrong := wrong_days(req, answers):
        yield wrong
        return
    one = begin(req, answers, point, "mandate", per="actor")
    yield from opened(req, one, answers.day("until"))


# --- What an organisation may ----------------------------------------------------------------------------------


@feature.button(Deed.ANSWER)
def now(req: Request, number: int) -> Effects:
    """We may decide now."""
    yield from _answered(req, load_asking(req, number, "mandate"), "now")


@feature.button(Deed.ANSWER)
def abstain(req: Request, number: int) -> Effects:
    """We take no part in this decision."""
    yield from _answered(req, load_asking(req, number, "mandate"), "abstain")


@feature.form(Deed.ANSWER)
def home_form(req: Request, number: int) -> Form:
    """By which day it is anchored at home."""
    one = load_asking(req, number, "mandate")
    voice(req, one)
    day = next_working_day(local_day(req, one.deadline)).isoformat()
    field = DateField(
        key="day", label=text("round-field-home"), hint=text("round-field-home-hint"), initial=day
    )
    return Form(text("round-form-home"), text("round-form-save"), (field,))


@home_form.submitted
def home(req: Request, answers: Answers, number: int) -> Effects:
    """We ask at home, by that day; here is a text to carry there."""
    one = load_asking(req, number, "mandate")
    day = answers.day("day")
    assert day is not None  # noqa: S101 - the form demands it
    if (day - req.today).days > FAR:
        yield FieldErrors({"day": text("round-day-far", day=day)})
        return
    voter = voice(req, one)
    note(req, one, voter, "home", day=day)
    yield Update(round_card(req, one))
    yield Whisper(_carried(req, one))
    yield from _remind(req, one, voter, next_working_day(day))


def _answered(req: Request, one: Round, answer: str) -> Effects:
    voter = voice(req, one)
    before = note(req, one, voter, answer)
    called = names(req)
    if before and before.answer == answer:
        yield Toast(text("round-mandate-already", actor=called[voter]))
        return
    if before and before.answer == "home":
        yield Cancel(_timer(one, voter))
    yield Toast(text(f"round-mandate-{answer}", actor=called[voter]))
    yield Update(round_card(req, one))


# --- Carrying it home ------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def carry(req: Request, number: int) -> Effects:
    """A text that stands on its own, to be copied and sent on at home."""
    yield Whisper(_carried(req, load_kind(req, number, "mandate")), replace=False)


def _carried(req: Request, one: Round) -> Card:
    day = Instant(one.deadline, req.zone)
    said = text(
        "round-carry-text", forum=forum_of(req).name, challenge=forum_of(req).challenge, what=one.question,
        detail=one.detail or "–", until=day,
    )  # fmt: skip
    return Card(text("round-carry-title"), (Line(said, "quote"), Line(text("round-carry-hint"), "small")))


@feature.button(Deed.ANSWER)
def anchored(req: Request, number: int) -> Effects:
    """It is anchored at home; with the last one the decision is in force."""
    one, voter, _ = _waiting(req, number)
    note(req, one, voter, "anchored")
    yield Toast(text("round-mandate-anchored", actor=names(req)[voter]))
    yield Cancel(_timer(one, voter))
    yield from finish_mandate(req, one)


@feature.form(Deed.ANSWER)
def no_form(req: Request, number: int) -> Form:
    """Why it was not possible at home."""
    _waiting(req, number)
    field = TextField(key="words", label=text("round-field-no"), hint=text("round-field-no-hint"),
                      longest=WORDS, multiline=True)  # fmt: skip
    return Form(text("round-form-no"), text("round-form-send"), (field,))


@no_form.submitted
def refused(req: Request, answers: Answers, number: int) -> Effects:
    """The decision stops, and the next meeting takes it up."""
    one, voter, _ = _waiting(req, number)
    reason = answers.words("words")
    note(req, one, voter, "no", reason=reason)
    yield Cancel(_timer(one, voter))
    yield from ended(req, one, "stopped", {"who": voter, "reason": reason}, None)


def _waiting(req: Request, number: int) -> tuple[Round, str, Answer]:
    """The answer of an organisation that still has to anchor the decision; others are told whose turn it is."""
    one = load_kind(req, number, "mandate")
    if one.state != "open":
        raise Refusal(text("round-closed", number=str(number)))
    voter = voice(req, one)
    answers, called = present(rounds.answers(req.store, one), one.version), names(req)
    found = answers.get(voter)
    if found and found.answer == "home":
        return one, voter, found
    if found and found.answer == "anchored":
        raise Refusal(text("round-mandate-already", actor=called[voter]))
    waiting = tuple(called[each] for each in standing(voters_of(req, one), answers).waiting)
    if not waiting:
        raise Refusal(text("round-nobody-waits"))
    raise Refusal(text("round-not-waiting", actor=called[voter], who=Items(waiting)))


# --- Reminding -------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def remind(req: Request, number: int, actor: int) -> Effects:
    """The organisation is asked before the day it named and on it; then whoever opened the round hears that it waits."""
    rung(req)
    one, voter = load(req, number), f"a:{actor}"
    found = present(rounds.answers(req.store, one), one.version).get(voter)
    if one.state != "open" or found is None or found.answer != "home" or found.day is None:
        return
    day, called = next_working_day(found.day), names(req)
    theirs = members_behind(req, one, (voter,))
    if not theirs:
        yield from finish_mandate(req, one)
        return
    if req.today <= day:
        heading = text("round-home-reminder", actor=called[voter], day=day, title=title(one))
        yield from tell_those(req, theirs, one, heading)
        yield from _remind(req, one, voter, day)
        return
    card = Card(
        text("round-home-late", actor=called[voter], title=title(one)),
        (Line(verbatim(one.question), "quote"), Row((Button(text("round-show"), show_round(number)),))),
    )
    for each in owner_or_coordinators(req, one):
        yield from inform(req, each, card)
    yield _next_look(req, one, voter)


@feature.button(Deed.READ)
def look(req: Request, number: int, actor: int) -> Effects:
    """Week by week, without a word: an organisation that has left meanwhile is not waited for any more."""
    rung(req)
    one, voter = load(req, number), f"a:{actor}"
    found = present(rounds.answers(req.store, one), one.version).get(voter)
    if one.state != "open" or found is None or found.answer != "home":
        return
    if members_behind(req, one, (voter,)):
        yield _next_look(req, one, voter)
    else:
        yield from finish_mandate(req, one)


def _next_look(req: Request, one: Round, voter: str) -> Schedule:
    at = working_moment(next_working_day(req.today + WEEK), MORNING, req.zone)
    return Schedule(_timer(one, voter), at, look.action(one.id, int(voter.removeprefix("a:"))))


def _remind(req: Request, one: Round, voter: str, day: date) -> Effects:
    after = working_moment(next_working_day(day + timedelta(days=1)), MORNING, req.zone)
    at = remind_home_at(day, req.today, req.zone) or after
    yield Schedule(_timer(one, voter), at, remind.action(one.id, int(voter.removeprefix("a:"))))


def _timer(one: Round, voter: str) -> str:
    return f"round-home:{one.id}:{voter.removeprefix('a:')}"
