"""The annual cycle (W3): the forum's recurring meetings, from a rule in plain words.

A coordinator says how often the forum meets, or fills in a short form, and sees the dates of a year. For public
holidays and July there are suggestions, taken by one press; nothing is ever moved, or planned on a public holiday,
without asking. Once saved, everybody gets one card, and meetings are planned a rolling year ahead.
"""

from datetime import date, time, timedelta
from typing import Final

from handlers.agenda_posting import announce_coming, answered, called_off
from handlers.cycle_cards import (
    cycle_card,
    draft_card,
    from_number,
    nearest_card,
    questions_card,
    rule_words,
    what_is_wrong,
)
from handlers.cycle_pages import page_card
from handlers.cycle_planning import YEAR, plan_ahead, replan, rule_in, slots_of, span_of, unsettled
from handlers.cycle_rules import Rule, Slot, first_day, occurrences
from handlers.cycle_words import LONGEST, Reading, read_rule
from handlers.kit.access import Deed, check
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.confidential import is_confidential
from handlers.kit.effects import (
    Cancel,
    Effects,
    FieldErrors,
    Post,
    Refusal,
    Schedule,
    Toast,
    Update,
    Whisper,
)
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, local_day, rung
from handlers.kit.inbound import Request
from handlers.kit.organisation import LONGEST_NAME, one_line
from handlers.kit.ui import AnyField, Button, Card, DateField, Form, HiddenField, Row, TextField, text
from handlers.kit.when import next_working_day, working_moment
from handlers.place_rules import is_shown_here
from handlers.planned_cards import meeting_card, venue_field
from storage import cycles, forums, meetings
from storage.cycles import Cycle

feature = Feature("cycle")

LOOKS_AT: Final = time(9)
ASK_WITHIN: Final = timedelta(days=60)
"""A day that nobody has said anything about is asked about again when it comes this near."""
MONTH: Final = timedelta(days=32)


# --- Saying it ---------------------------------------------------------------------------------------------------


@feature.command("cycle", Deed.READ, menu=True)
def page(req: Request, said: str) -> Effects:
    """With words, a coordinator's rule and its dates; without, how the forum meets and what is coming."""
    if said:
        check(req, Deed.RUN_FORUM)
        if len(said) > LONGEST:
            raise Refusal(text("field-too-long", most=LONGEST, now=len(said)))
        yield from _said(req, said)
    else:
        yield Whisper(page_card(req))


def _said(req: Request, said: str) -> Effects:
    reading = read_rule(said)
    if is_confidential(req) and not reading.exact:
        raise Refusal(text("confidential-refused"))
    title = forum_of(req).name
    number = _drafted(req, reading.rule, said, title=title, venue="", since=req.today)
    if reading.exact:
        yield from _shown(req, number, reading.assumed)
    else:
        yield Whisper(nearest_card(reading, draft.action(number), change_form.action(number)))


def _drafted(req: Request, rule: Rule, said: str, *, title: str, venue: str, since: date) -> int:
    first = first_day(rule, since)
    assert first is not None  # noqa: S101 - a rule that was read gives days
    return cycles.add(
        req.store, forum_of(req).id, title=title, words=_kept(req, said), rule=rule.rrule, first_on=first,
        begins=rule.begins, minutes=rule.minutes, zone=req.zone, venue=venue,
    )  # fmt: skip


def _kept(req: Request, said: str) -> str:
    """The words that are kept beside the rule: none in a confidential forum."""
    return "" if is_confidential(req) else one_line(said)


@feature.button(Deed.RUN_FORUM)
def draft(req: Request, cycle: int) -> Effects:
    """The dates of a draft."""
    yield from _shown(req, cycle, ())


def _shown(req: Request, number: int, assumed: tuple[str, ...]) -> Effects:
    one = _load(req, number)
    if one.state != "draft":
        raise Refusal(text("refused-stale"))
    first = not cycles.active(req.store, one.forum)
    yield Whisper(draft_card(one, _year(req, one), assumed, first=first))


def _year(req: Request, one: Cycle) -> list[Slot]:
    return slots_of(one, one.first_on, one.first_on + YEAR - timedelta(days=1), req.today)


@feature.form(Deed.RUN_FORUM)
def new_form(req: Request) -> Form:
    """How often, what it is called, where, and from when."""
    return Form(text("cycle-form"), text("cycle-form-show"), _fields(req, None))


@new_form.submitted
def filled(req: Request, answers: Answers) -> Effects:
    """The dates that it comes to; nothing is saved yet."""
    reading = read_rule(answers.words("words"))
    if wrong := _mistake(req, reading):
        yield wrong
        return
    title, venue = one_line(answers.words("title")), one_line(answers.words("venue"))
    since = answers.day("since") or req.today
    number = _drafted(req, reading.rule, answers.words("words"), title=title, venue=venue, since=since)
    yield from _shown(req, number, reading.assumed)


def _fields(req: Request, one: Cycle | None) -> tuple[AnyField, ...]:
    title = one.title if one else forum_of(req).name
    stays = one is not None and not one.words
    hint = text("cycle-field-words-stay") if stays else text("cycle-field-words-hint")
    return (
        TextField(key="words", names=True, label=text("cycle-field-words"), hint=hint, longest=LONGEST, optional=stays,
                  initial=one.words if one else ""),
        TextField(key="title", label=text("cycle-field-title"), longest=LONGEST_NAME, initial=title),
        venue_field(req, one.venue if one else ""),
        DateField(key="since", label=text("cycle-field-since"), hint=text("cycle-field-since-hint"), optional=True),
    )  # fmt: skip


def _mistake(req: Request, reading: Reading) -> FieldErrors | None:
    """What is wrong with the words of a form, with the nearest rule to write instead."""
    if reading.exact:
        return None
    why = text("cycle-too-little") if is_confidential(req) else what_is_wrong(reading)[0]
    return FieldErrors({"words": text("cycle-field-wrong", why=why, rule=rule_words(reading.rule))})


# --- Saving, changing, ending ------------------------------------------------------------------------------------


@feature.button(Deed.RUN_FORUM)
def save(req: Request, cycle: int) -> Effects:
    """Meetings are planned, and everybody gets one card. Days that wait for an answer stay without a meeting."""
    one = _load(req, cycle)
    if not cycles.begin(req.store, one):
        yield Toast(text("cycle-saved-already"))
        return
    one = _load(req, cycle)
    plan_ahead(req, one)
    yield Post(_card(req, one))
    yield _next_look(req, one)
    yield from announce_coming(req)
    if open_ := unsettled(req, one):
        yield Whisper(questions_card(one, open_))
    else:
        yield Whisper(Card(text("cycle-saved")))  # in place of the draft, which can be saved once


@feature.form(Deed.RUN_FORUM)
def change_form(req: Request, cycle: int) -> Form:
    """The same questions with the present answers."""
    one = _alive(req, cycle)
    version = HiddenField(key="version", label=text("cycle-field-words"), initial=str(one.sequence))
    return Form(text("cycle-change-title"), text("cycle-form-save"), (*_fields(req, one), version))


@change_form.submitted
def changed(req: Request, answers: Answers, cycle: int) -> Effects:
    """Meetings that are planned follow, with their agenda and answers; the card changes in every chat."""
    one = _alive(req, cycle)
    if answers.words("version") != str(one.sequence):
        why = text("cycle-changed-meanwhile", rule=rule_words(rule_in(one)))
        raise Refusal(why, Card(why, (Row((Button(text("cycle-change"), change_form.action(cycle)),)),)))
    said = answers.words("words")
    reading = read_rule(said) if said else Reading(rule_in(one), exact=True)
    if wrong := _mistake(req, reading):
        yield wrong
        return
    _change(req, one, reading.rule, answers)
    new = _load(req, cycle)
    if new.state == "draft":
        yield from _shown(req, cycle, reading.assumed)
        return
    yield from _followed(req, one, new)
    yield from announce_coming(req)
    yield Update(_card(req, new))
    yield Post(_card(req, new, news=True))
    if open_ := unsettled(req, new):
        yield Whisper(questions_card(new, open_))
    elif not is_shown_here(req):
        yield Whisper(Card(text("cycle-saved")))


def _followed(req: Request, before: Cycle, now: Cycle) -> Effects:
    for each in replan(req, before, now):
        if meeting := meetings.get(req.store, each.forum, each.id):
            yield Update(meeting_card(req, meeting))
            if meeting.state == "cancelled":
                yield from called_off(req, meeting)
            else:
                yield from answered(req, meeting)


def _change(req: Request, one: Cycle, rule: Rule, answers: Answers) -> None:
    said = answers.day("since")
    first = first_day(rule, said or max(req.today, one.first_on))
    if rule.rrule == one.rule and not said:
        # Every other Thursday stays the same Thursdays when only the time changes.
        first = next(iter(occurrences(rule, one.first_on, req.today + 10 * YEAR)[:1]), first)
    assert first is not None  # noqa: S101 - a rule that was read gives days
    cycles.change(
        req.store, one, title=one_line(answers.words("title")), words=_kept(req, answers.words("words")), rule=rule.rrule,
        first_on=first, begins=rule.begins, minutes=rule.minutes, zone=req.zone, venue=one_line(answers.words("venue")),
    )  # fmt: skip


@feature.button(Deed.RUN_FORUM)
def end(req: Request, cycle: int) -> Effects:
    """The forum meets by it no longer: what is still planned is cancelled, and everybody is told."""
    one = _load(req, cycle)
    if not cycles.end(req.store, one):
        raise Refusal(text("refused-stale"))
    for each in meetings.of_cycle(req.store, one.forum, one.id):
        if each.begins_at > req.now and meetings.cancel(req.store, each):
            now = meetings.get(req.store, each.forum, each.id)
            assert now is not None  # noqa: S101 - it has just been cancelled
            yield Update(meeting_card(req, now))
            yield from called_off(req, now)
    one = _load(req, cycle)
    yield Cancel(_timer(one))
    yield Update(_card(req, one))
    yield Post(Card(text("cycle-ended", title=one.title)))
    if not is_shown_here(req):
        yield Whisper(Card(text("cycle-ended", title=one.title)))


# --- Days that had better be moved -------------------------------------------------------------------------------


@feature.button(Deed.RUN_FORUM)
def ask(req: Request, cycle: int) -> Effects:
    """The days that wait for an answer."""
    one = _alive(req, cycle)
    yield Whisper(questions_card(one, unsettled(req, one)))


@feature.button(Deed.RUN_FORUM)
def settle(req: Request, cycle: int, day: int, on: int) -> Effects:
    """A day is moved, kept or skipped, as the coordinator says."""
    one, the_day, there = _alive(req, cycle), from_number(day), from_number(on)
    if the_day is None or (on and there is None):
        raise Refusal(text("refused-stale"))
    if not any(each.day == the_day for each in _asked(req, one)):
        yield Toast(text("cycle-settled-already"))
    else:
        if there and span_of(one, there)[0] <= req.now:
            raise Refusal(text("refused-stale"))  # the card is old: a meeting there would be lost
        cycles.answer(req.store, one, {the_day.isoformat(): there.isoformat() if there else ""})
    yield from _settled(req, cycle)


@feature.button(Deed.RUN_FORUM)
def settle_all(req: Request, cycle: int, version: int) -> Effects:
    """Every suggestion that was shown is taken at once."""
    one = _alive(req, cycle)
    if version != one.sequence:
        yield Toast(text("cycle-look-again"))
    else:
        said = {
            each.day.isoformat(): each.instead.isoformat() if each.instead else ""
            for each in _asked(req, one)
        }
        cycles.answer(req.store, one, said)
    yield from _settled(req, cycle)


def _asked(req: Request, one: Cycle) -> list[Slot]:
    """What the card asks about: of a draft its year, else what lies ahead."""
    if one.state == "draft":
        return [each for each in _year(req, one) if not each.settled]
    return unsettled(req, one)


def _settled(req: Request, cycle: int) -> Effects:
    one = _load(req, cycle)
    if one.state == "draft":
        yield from _shown(req, cycle, ())
        return
    plan_ahead(req, one)
    yield from announce_coming(req)
    yield Update(_card(req, one))
    yield Whisper(questions_card(one, unsettled(req, one)))


@feature.button(Deed.READ)
def look_ahead(req: Request, cycle: int) -> Effects:
    """Once a month another month is planned; coordinators are asked about what came into sight, or is near."""
    rung(req)
    one = _load(req, cycle)
    if one.state != "active":
        return
    plan_ahead(req, one)
    yield from announce_coming(req)
    yield Update(_card(req, one))
    yield _next_look(req, one)
    open_ = unsettled(req, one)
    near, fresh = req.today + ASK_WITHIN, req.today + YEAR
    if any(each.day <= near or each.day > fresh for each in open_):
        for each in forums.coordinators(req.store, one.forum):
            yield from inform(req, each, questions_card(one, open_))


def _next_look(req: Request, one: Cycle) -> Schedule:
    first = (req.today.replace(day=1) + MONTH).replace(day=1)
    at = working_moment(next_working_day(first), LOOKS_AT, req.zone)
    return Schedule(_timer(one), at, look_ahead.action(one.id), grace=timedelta(days=400))


# --- Shared ------------------------------------------------------------------------------------------------------


def _timer(one: Cycle) -> str:
    return f"cycle-plan:{one.id}"


def _card(req: Request, one: Cycle, *, news: bool = False) -> Card:
    coming = meetings.coming(req.store, one.forum, req.now, most=200)
    days = [local_day(req, each.begins_at) for each in coming if each.cycle == one.id]
    card = cycle_card(one, days)
    return Card(text("cycle-changed", title=one.title), card.body, card.name) if news else card


def _load(req: Request, cycle: int) -> Cycle:
    one = cycles.get(req.store, forum_of(req).id, cycle)
    if one is None:
        raise Refusal(text("refused-stale"))
    return one


def _alive(req: Request, cycle: int) -> Cycle:
    one = _load(req, cycle)
    if one.state == "ended":
        raise Refusal(text("cycle-is-over"))
    return one
