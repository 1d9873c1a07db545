"""The pulse (L1): a few questions on trust and participation, answered in secret, shown to everybody at once.

A coordinator opens a round, or the forum's rhythm does (``rhythm``). Everybody gets one invitation and has a week.
Half way comes one reminder, to all alike. At a fixed hour the round closes, whoever has answered by then; the next
working morning everybody sees the result, and what to talk about.

Nobody, whatever their role, sees who answered or what; there are no running totals and no early close. What may be
shown is ruled in ``pulse_rules``; the answers lie in the ballot box (``storage/ballots``) and nowhere else.
"""

import json
from collections.abc import Mapping

from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.budget import nudge
from handlers.kit.doors import answer_pulse, protect_pulse, pulse_own_questions, pulse_rhythm
from handlers.kit.effects import Effects, Post, Refusal, Schedule, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, local_day, member_of, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Button, Card, ChoiceField, Element, Fact, Form, Instant, Line, Row, text
from handlers.pulse_cards import (
    about_card,
    choices,
    invitation_over,
    protection_card,
    reminder,
    reminder_over,
    result_card,
    said_question,
    trend_elements,
)
from handlers.pulse_opening import (
    BY_HAND,
    is_running,
    opened,
    organisations,
    questions_now,
    refused,
    rhythm_of,
)
from handlers.pulse_plan import BANK, dates
from handlers.pulse_rules import DAYS_BETWEEN, Shown, from_json, release, spread, to_json
from handlers.pulse_trend import Measurement
from storage import forums, people, pulse
from storage.pulse import Round

feature = Feature("pulse")

SHOWN_ROUNDS = 6
"""Earlier rounds that the page shows."""


# --- The page ----------------------------------------------------------------------------------------------------


@feature.command("pulse", Deed.READ, menu=True)
def page(req: Request, _said: str) -> Effects:
    """What is going on, how it has been, and what one can do."""
    forum = forum_of(req)
    rounds = pulse.rounds(req.store, forum.id)
    done = [each for each in rounds if each.state == "published"]
    body: list[Element] = [*_now(req, rounds[0] if rounds else None), *_coming(req)]
    body += [Line(text("pulse-page-round", day=local_day(req, each.opens_at), answered=each.answered, invited=each.invited), "small")
             for each in done[:SHOWN_ROUNDS]]  # fmt: skip
    body += trend_elements(req, done[SHOWN_ROUNDS - 1 :: -1], _per_round(req, done))
    body += _page_buttons(req, rounds, done)
    yield Whisper(Card(text("pulse-page", forum=forum.name), tuple(body)))


def _now(req: Request, last: Round | None) -> list[Element]:
    match last:
        case None:
            return [Line(text("pulse-page-none"))]
        case Round(state="open"):
            closes, publishes = Instant(last.closes_at, req.zone), Instant(last.publishes_at, req.zone)
            return [Line(text("pulse-page-open", closes=closes, publishes=publishes))]
        case Round(state="counted"):
            return [Line(text("pulse-page-counted", publishes=Instant(last.publishes_at, req.zone)))]
        case _:
            return []


def _coming(req: Request) -> list[Element]:
    rhythm, _ = rhythm_of(req)
    found = pulse.rhythm(req.store, forum_of(req).id)
    body: list[Element] = [Fact(text("pulse-page-rhythm"), text(f"pulse-rhythm-{rhythm or 'none'}"))]
    if rhythm and found and found.next_at:
        body.append(Fact(text("pulse-page-next"), Instant(found.next_at, req.zone)))
    return body


def _page_buttons(req: Request, rounds: list[Round], done: list[Round]) -> list[Element]:
    first, second = [], []
    if rounds and rounds[0].state == "open":
        first.append(Button(text("pulse-answer"), answer_pulse(rounds[0].id), "primary", private=True))
        first.append(Button(text("pulse-protected"), protect_pulse(rounds[0].id)))
    if done:
        first.append(Button(text("pulse-show-result"), result.action(done[0].id)))
    if may(req, Deed.RUN_FORUM):
        if not is_running(req):
            first.append(Button(text("pulse-open-round"), prepare.action()))
        second.append(Button(text("pulse-set-rhythm"), pulse_rhythm()))
        second.append(Button(text("pulse-own-questions"), pulse_own_questions()))
    second.append(Button(text("pulse-about"), about.action()))
    return [Row(tuple(each)) for each in (first, second) if each]


@feature.button(Deed.READ)
def about(req: Request) -> Effects:
    """What the questions are grounded in, and what they are not."""
    rounds = pulse.rounds(req.store, forum_of(req).id)
    asked = rounds[0].questions if rounds else tuple(each.key for each in BANK.values())[:4]
    yield Whisper(about_card([each for each in asked if each.partition(".")[0] in BANK]), replace=False)


# --- Opening -----------------------------------------------------------------------------------------------------


@feature.button(Deed.RUN_FORUM)
def prepare(req: Request) -> Effects:
    """The round as it would be; or why there can be none, and what could be done instead."""
    if why := _why_not(req):
        yield Whisper(Card(text("pulse-page", forum=forum_of(req).name), why))
        return
    members = forums.members(req.store, forum_of(req).id)
    when = dates(req.now, req.zone, rhythm_of(req)[0] or BY_HAND)
    found = questions_now(req)
    assert found is not None  # noqa: S101 - _why_not has just looked
    who = text("pulse-prepare-who-value", people=len(members), organisations=organisations(members))
    own = _own(req)
    lines = [Line(text("pulse-prepare-question", number=str(number), question=said_question(key, own)))
             for number, key in enumerate(found[1], 1)]  # fmt: skip
    facts = (
        Fact(text("pulse-prepare-who"), who),
        Fact(text("pulse-prepare-until"), Instant(when.closes_at, req.zone)),
        Fact(text("pulse-prepare-result"), Instant(when.publishes_at, req.zone)),
    )
    ways = Row(
        (
            Button(text("pulse-open-now"), open_now.action(), "primary"),
            Button(text("pulse-not-now"), page.action("")),
        )
    )
    yield Whisper(Card(text("pulse-prepare"), (*facts, *lines, ways)))


def _why_not(req: Request) -> tuple[Element, ...]:
    """Why no round can open now, and what else there is; nothing when one can."""
    if is_running(req):
        return (Line(text("pulse-refused-running")),)
    members = forums.members(req.store, forum_of(req).id)
    match refused(req):
        case "few-people":
            why = text("pulse-refused-few-people", people=len(members))
        case "few-organisations":
            why = text("pulse-refused-few-organisations", organisations=organisations(members))
        case "too-soon":
            return (Line(text("pulse-refused-too-soon", days=DAYS_BETWEEN)),)
        case _:
            return () if questions_now(req) else (Line(text("pulse-refused-resting")),)
    button = Button(text("pulse-check-in-start"), check_in.action(), "primary")
    return (Line(why), Line(text("pulse-check-in-offer")), Row((button,)))


@feature.button(Deed.RUN_FORUM)
def open_now(req: Request) -> Effects:
    """The round opens for everybody."""
    if why := _why_not(req):
        yield Whisper(Card(text("pulse-page", forum=forum_of(req).name), why))
        return
    found = questions_now(req)
    assert found is not None  # noqa: S101 - _why_not has just looked
    turn, questions = found
    when = dates(req.now, req.zone, rhythm_of(req)[0] or BY_HAND)
    yield from opened(req, turn, questions, when, by=member_of(req))
    yield Whisper(Card(text("pulse-opened", people=len(forums.members(req.store, forum_of(req).id)))))


@feature.button(Deed.RUN_FORUM)
def check_in(_req: Request) -> Effects:
    """What a group too small for anonymity can do: talk openly."""
    yield Post(Card(text("pulse-check-in"), (Line(text("pulse-check-in-question")),)))


# --- Answering ---------------------------------------------------------------------------------------------------


@feature.form(Deed.READ)
def answer(req: Request, number: int) -> Form:
    """The same questions for everybody; the choices are kept nowhere until they are sent in."""
    one = _open(req, number)
    own = _own(req)
    fields = tuple(
        ChoiceField(key=f"q{place}", label=said_question(key, own), options=choices())
        for place, key in enumerate(one.questions)
    )
    return Form(text("pulse-form"), text("pulse-form-send"), fields, text("pulse-form-intro"), secret=True)


@answer.submitted
def answered(req: Request, answers: Answers, number: int) -> Effects:
    """The seat is used and the choices are counted, both or neither; nothing tells one from the other."""
    one = _open(req, number)
    chosen = [answers.number(f"q{place}") for place in range(len(one.questions))]
    match req.ballots.cast(one.token, member_of(req).id, chosen):
        case "counted":
            yield Whisper(Card(text("pulse-thanks")), care="forget")
        case "already":
            yield Whisper(Card(text("pulse-already")), care="forget")
        case "no-seat":
            raise Refusal(text("pulse-no-seat"))
        case "missing":
            raise Refusal(text("pulse-missing"))


def _open(req: Request, number: int) -> Round:
    """A round that this member may still answer; a refusal that says why not."""
    one = _round(req, number)
    if one.state != "open" or req.now >= one.closes_at:
        raise Refusal(text("pulse-closed"))
    match req.ballots.seat(one.token, member_of(req).id):
        case "open":
            return one
        case "used":
            raise Refusal(text("pulse-already"))
        case _:
            raise Refusal(text("pulse-no-seat" if req.ballots.has(one.token) else "pulse-missing"))


@feature.button(Deed.READ)
def protected(req: Request, number: int) -> Effects:
    """How an answer in this very round is protected, and from what it is not."""
    yield Whisper(protection_card(_round(req, number)), replace=False)


@feature.button(Deed.READ)
def remind(req: Request, number: int) -> Effects:
    """Half way: the same words to all who were invited, whether they have answered or not."""
    rung(req)
    one = _round(req, number)
    if one.state != "open" or req.now >= one.closes_at:
        return
    card = reminder(req, one)
    seated = [each for each in forums.members(req.store, one.forum) if req.ballots.seat(one.token, each.id)]
    for each in seated:
        yield from nudge(req, each, f"pulse-{one.id}", card, remind_one.action(one.id, each.id))
    if any(people.private_account(req.store, each.person) is None for each in seated):
        yield Post(card)


@feature.button(Deed.READ)
def remind_one(req: Request, number: int, member: int) -> Effects:
    """The same for one member, who could not be written to then; whether they have answered or not."""
    rung(req)
    one, who = _round(req, number), forums.member(req.store, forum_of(req).id, member)
    if (
        who
        and who.state == "active"
        and one.state == "open"
        and req.now < one.closes_at
        and req.ballots.seat(one.token, who.id)
    ):
        yield from nudge(req, who, f"pulse-{one.id}", reminder(req, one), remind_one.action(one.id, who.id))


# --- Closing and showing -----------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def close(req: Request, number: int) -> Effects:
    """The fixed hour: what may be shown is worked out and kept, and everything else is destroyed."""
    rung(req)
    one = _round(req, number)
    if one.state != "open":
        return
    everybody = {each.id: each for each in forums.ever_members(req.store, one.forum)}
    tally = req.ballots.close(one.token, everybody)
    if tally is None:
        pulse.void(req.store, one.forum, one.id)
        yield Post(Card(text("pulse-void"), (Line(text("pulse-void-why")),)))
    else:
        came = spread(everybody[each].actor for each in tally.voters)
        shown = {key: release(counts, organisations=came.organisations, largest_share_over_half=came.over_half)
                 for key, counts in zip(one.questions, tally.counts, strict=True)}  # fmt: skip
        kept = {key: json.dumps(to_json(each)) for key, each in shown.items()}
        pulse.count_round(
            req.store,
            one.forum,
            one.id,
            answered=tally.answered,
            organisations=came.organisations,
            shown=kept,
        )
        yield Schedule(f"pulse-publish:{number}", max(one.publishes_at, req.now), publish.action(number))
    req.ballots.destroy(one.token)
    yield Update(invitation_over(req, forum_of(req), one, counted=tally is not None))
    yield Update(reminder_over(req, one, counted=tally is not None))


@feature.button(Deed.READ)
def publish(req: Request, number: int) -> Effects:
    """Everybody sees the same at the same moment, coordinators too. From now on it never changes."""
    rung(req)
    one = _round(req, number)
    if pulse.publish(req.store, one.forum, one.id):
        yield Post(_result(req, one))


@feature.button(Deed.READ)
def result(req: Request, number: int) -> Effects:
    """The result as everybody saw it."""
    one = _round(req, number)
    if one.state != "published":
        raise Refusal(text("pulse-closed"))
    yield Whisper(_result(req, one), replace=False)


def _result(req: Request, one: Round) -> Card:
    shown = _shown(req, one)
    history = {
        key: [each for number, each in series.items() if number <= one.id]
        for key, series in _series(req, tuple(shown)).items()
    }
    return result_card(one, shown, history, _own(req))


def _shown(req: Request, one: Round) -> dict[str, Shown]:
    kept = pulse.results_of(req.store, one.forum, one.id)
    return {key: from_json(json.loads(each)) for key, each in kept.items()}


def _series(req: Request, questions: tuple[str, ...]) -> dict[str, dict[int, Measurement]]:
    """For each question, what every published round showed of it, oldest first."""
    forum = forum_of(req).id
    return {
        key: {
            each.round: Measurement(key, from_json(json.loads(each.shown)), each.answered, each.invited)
            for each in pulse.history_of(req.store, forum, key)
        }
        for key in questions
    }


def _per_round(req: Request, rounds: list[Round]) -> Mapping[str, Mapping[int, Measurement]]:
    return _series(req, tuple(dict.fromkeys(key for each in rounds for key in each.questions)))


# --- Shared ------------------------------------------------------------------------------------------------------


def _round(req: Request, number: int) -> Round:
    one = pulse.get(req.store, forum_of(req).id, number)
    if one is None:
        raise Refusal(text("refused-stale"))
    return one


def _own(req: Request) -> dict[str, str]:
    """The words of the forum's own questions, old wordings too, by their keys."""
    return pulse.own_texts(req.store, forum_of(req).id)
