"""The rhythm of the pulse (L1): how often it opens by itself, what the last one led to, the forum's own questions.

A forum that asks and never acts loses trust, so before each round the coordinators are asked for one line on what
the last one led to; the line opens the next invitation. No round opens before the last result has been shown.
"""

from datetime import datetime, timedelta

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.doors import pulse_led_to
from handlers.kit.effects import Cancel, Effects, FieldErrors, Post, Refusal, Schedule, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, local_day, rung
from handlers.kit.inbound import Request
from handlers.kit.organisation import one_line
from handlers.kit.ui import (
    Button,
    Card,
    ChoiceField,
    DateField,
    Form,
    Instant,
    Line,
    Option,
    Row,
    TextField,
    text,
)
from handlers.kit.when import next_working_day, working_days_before, working_moment
from handlers.pulse_cards import own_card
from handlers.pulse_opening import is_running, last_published, opened, questions_now, refused, rhythm_of
from handlers.pulse_plan import OPENS, Rhythm, dates, next_opening, pause
from handlers.pulse_trend import asks_too_often
from storage import forums, pulse

feature = Feature("rhythm")

RHYTHMS = ("none", "monthly", "biweekly", "weekly", "quarterly")
OWN_AT_MOST = 2
"""More would make a round longer than a minute."""
ASK_BEFORE = 3
"""Working days before a round opens, when the coordinators are asked what the last one led to."""
LONGEST = 200


# --- How often ---------------------------------------------------------------------------------------------------


@feature.form(Deed.RUN_FORUM)
def rhythm_form(req: Request) -> Form:
    """How often, and from when."""
    present, _ = rhythm_of(req)
    fields = (
        ChoiceField(
            key="rhythm", label=text("pulse-rhythm-field"), hint=text("pulse-rhythm-hint"), initial=present or "monthly",
            options=tuple(Option(each, text(f"pulse-rhythm-{each}")) for each in RHYTHMS),
        ),
        DateField(
            key="first", label=text("pulse-rhythm-first"), hint=text("pulse-rhythm-first-hint"), optional=True
        ),
    )  # fmt: skip
    return Form(text("pulse-rhythm-title"), text("pulse-rhythm-save"), fields)


@rhythm_form.submitted
def rhythm_set(req: Request, answers: Answers) -> Effects:
    """From that day on, at nine in the morning, on working days."""
    forum, chosen, first = forum_of(req), answers.words("rhythm"), answers.day("first")
    _, turn = rhythm_of(req)
    if chosen == "none":
        pulse.set_rhythm(req.store, forum.id, rhythm=chosen, turn=turn, next_at=None)
        yield Cancel("pulse-open")
        yield Cancel("pulse-led-to")
        yield Whisper(Card(text("pulse-rhythm-off")))
        return
    if first is None:
        yield FieldErrors({"first": text("pulse-rhythm-needs-day")})
        return
    at = working_moment(next_working_day(first), OPENS, req.zone)
    if at <= req.now:
        yield FieldErrors({"first": text("pulse-rhythm-past")})
        return
    pulse.set_rhythm(req.store, forum.id, rhythm=chosen, turn=turn, next_at=at)
    yield from _wait_for(req, at)
    often = text(f"pulse-rhythm-words-{chosen}")
    yield Post(Card(text("pulse-rhythm-set", rhythm=often, day=Instant(at, req.zone))))


def _wait_for(req: Request, at: datetime) -> Effects:
    """The round opens then; some days before, the coordinators are asked what the last one led to."""
    yield Schedule("pulse-open", at, open_by_rhythm.action())
    asks = working_moment(working_days_before(local_day(req, at), ASK_BEFORE), OPENS, req.zone)
    yield Schedule(
        "pulse-led-to", max(asks, req.now), ask_led_to.action(), grace=timedelta(days=4), late="skip"
    )


@feature.button(Deed.READ)
def open_by_rhythm(req: Request) -> Effects:
    """A round opens by itself; where that cannot be, the coordinators hear why, and it is tried again next time."""
    rung(req)
    rhythm, turn = rhythm_of(req)
    if rhythm is None:
        return
    at = next_opening(req.today, req.zone, rhythm)
    if pause(rhythm, turn):
        pulse.set_rhythm(req.store, forum_of(req).id, rhythm=rhythm, turn=turn + 1, next_at=at)
    else:
        pulse.set_rhythm(req.store, forum_of(req).id, rhythm=rhythm, turn=turn, next_at=at)
        yield from _open(req, rhythm)
    yield from _wait_for(req, at)


def _open(req: Request, rhythm: Rhythm) -> Effects:
    why = "running" if is_running(req) else refused(req)
    found = questions_now(req) if why is None else None
    if found:
        yield from opened(req, *found, dates(req.now, req.zone, rhythm), by=None)
        return
    card = Card(text("pulse-not-opened"), (Line(text(f"pulse-not-opened-{why or 'resting'}")),))
    for each in forums.coordinators(req.store, forum_of(req).id):
        yield from inform(req, each, card)


# --- What it led to ----------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def ask_led_to(req: Request) -> Effects:
    """The coordinators are asked for one line, unless there is nothing to ask about or it is written already."""
    rung(req)
    last, found = last_published(req), pulse.rhythm(req.store, forum_of(req).id)
    if last is None or last.led_to or found is None or found.next_at is None:
        return
    body = [Line(text("pulse-led-to-why", day=Instant(found.next_at, req.zone)))]
    rounds = [each for each in pulse.rounds(req.store, last.forum) if each.state == "published"]
    if asks_too_often([(each.answered, each.invited) for each in reversed(rounds)]):
        body.append(Line(text("pulse-led-to-too-often")))
    button = Button(text("pulse-led-to-button"), pulse_led_to(last.id), "primary")
    for each in forums.coordinators(req.store, last.forum):
        yield from inform(req, each, Card(text("pulse-led-to-ask"), (*body, Row((button,)))))


@feature.form(Deed.RUN_FORUM)
def led_to_form(req: Request, number: int) -> Form:
    """You said, we did: one line."""
    one = pulse.get(req.store, forum_of(req).id, number)
    if one is None or one.state != "published":
        raise Refusal(text("refused-stale"))
    field = TextField(
        key="line", label=text("pulse-led-to-field"), hint=text("pulse-led-to-hint"), longest=LONGEST, initial=one.led_to
    )  # fmt: skip
    return Form(text("pulse-led-to-title"), text("pulse-led-to-save"), (field,))


@led_to_form.submitted
def led_to(req: Request, answers: Answers, number: int) -> Effects:
    """The line is kept with the round that it is about."""
    pulse.set_led_to(req.store, forum_of(req).id, number, one_line(answers.words("line")))
    yield Whisper(Card(text("pulse-led-to-saved")))


# --- Own questions -----------------------------------------------------------------------------------------------


@feature.button(Deed.RUN_FORUM)
def own(req: Request) -> Effects:
    """The forum's own questions, with what one may do about them."""
    found = pulse.own_questions(req.store, forum_of(req).id)
    buttons = [
        Button(text("pulse-own-remove", number=str(each.id)), own_removed.action(each.id)) for each in found
    ]
    if len(found) < OWN_AT_MOST:
        buttons.insert(0, Button(text("pulse-own-add"), own_form.action(), "primary"))
    yield Whisper(own_card(found, buttons))


@feature.form(Deed.RUN_FORUM)
def own_form(req: Request) -> Form:
    """One statement, answered on the same scale as the others."""
    if len(pulse.own_questions(req.store, forum_of(req).id)) >= OWN_AT_MOST:
        raise Refusal(text("pulse-own-full"))
    field = TextField(
        key="words", label=text("pulse-own-field"), hint=text("pulse-own-hint"), longest=LONGEST
    )
    return Form(text("pulse-own-title"), text("pulse-own-save"), (field,))


@own_form.submitted
def own_added(req: Request, answers: Answers) -> Effects:
    """Part of every round from the next one on."""
    pulse.add_own(req.store, forum_of(req).id, one_line(answers.words("words")))
    yield Whisper(Card(text("pulse-own-saved")))


@feature.button(Deed.RUN_FORUM)
def own_removed(req: Request, number: int) -> Effects:
    """Asked no more; what was shown of it stays."""
    pulse.retire_own(req.store, forum_of(req).id, number)
    yield Whisper(Card(text("pulse-own-removed")))
