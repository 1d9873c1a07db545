"""The leaders' brief (L5): what came out, what is at risk, what waits for a decision, and one question back.

The coordinators choose who reads it and when it comes: each month, or two working days before each meeting. It comes in
private, as a message, and as a file to pass on. Whoever is in the forum may look at it: leaders are told nothing behind
anybody's back. What a reader wants put first reaches the coordinators.
"""

from datetime import date, timedelta
from typing import Final

from handlers.agenda_rules import LONGEST as LONGEST_POINT
from handlers.brief_cards import FORMS, RHYTHMS, brief_card, file_card, plan_elements, wish_card
from handlers.brief_facts import brief_now, has_news
from handlers.brief_rules import (
    AT,
    LATE,
    STALE,
    Brief,
    brief_from_json,
    brief_to_json,
    is_time_for,
    next_monthly,
    next_morning,
)
from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.doors import add_point
from handlers.kit.effects import Cancel, Effects, FieldErrors, OpenForm, Refusal, Schedule, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, local_day, meant_for, member_of, person_of, rung
from handlers.kit.inbound import Request
from handlers.kit.people_shown import member_options, shortened
from handlers.kit.ui import Card, ChoiceField, Form, Line, Option, TextField, text
from handlers.kit.welcome import back_on
from handlers.kit.when import working_moment
from storage import briefs, forums, meetings, people
from storage.briefs import Kept
from storage.meetings import Meeting
from storage.records import Member
from storage.wishes import wishes_of

feature = Feature("briefs")

LONGEST: Final = 500
"""Characters of an answer."""
JUST_NOW: Final = timedelta(minutes=10)
"""A second press so soon sends nothing more."""


# --- Looking ---------------------------------------------------------------------------------------------------


@feature.command("brief", Deed.READ, menu=True)
def show(req: Request, _said: str) -> Effects:
    """The brief as it stands now; for a coordinator also when it comes, who reads it and what they answered."""
    yield Whisper(_shown(req))


def _shown(req: Request) -> Card:
    forum = forum_of(req).id
    last, readers = briefs.latest(req.store, forum), briefs.readers(req.store, forum)
    mine = last and any(each.id == member_of(req).id for each in readers)
    card = brief_card(brief_now(req), 0, answer=answer_form.action(last.id) if last and mine else None)
    if not may(req, Deed.RUN_FORUM):
        return card
    wishes = briefs.answers(req.store, forum, last.id) if last and not _is_overheard(req) else []
    plan = briefs.plan_of(req.store, forum)
    unreached = [each for each in readers if not _is_reached(req, each)]
    more = plan_elements(
        plan, readers, unreached, wishes, change=settings_form.action(), send=send_now.action()
    )
    return Card(card.title, (*card.body, *more))


def _is_overheard(req: Request) -> bool:
    """Whether the answer would be seen by a whole group: in Telegram, of somebody the bot cannot write to."""
    chat = req.inbound.chat
    aloud = chat is not None and not chat.private and chat.platform == "telegram"
    return aloud and people.private_account(req.store, person_of(req).id) is None


@feature.button(Deed.READ)
def export(req: Request, number: int, form: int) -> Effects:
    """The brief as a file, for the one who asks: one that was sent, or (0) as it stands now."""
    if not 0 <= form < len(FORMS):
        raise Refusal(text("refused-stale"))
    brief = brief_from_json(_load(req, number).body) if number else brief_now(req)
    yield Whisper(file_card(brief, form), replace=False)


def _load(req: Request, number: int) -> Kept:
    kept = briefs.get(req.store, forum_of(req).id, number)
    if kept is None:
        raise Refusal(text("refused-stale"))
    return kept


# --- Who reads it, and when ------------------------------------------------------------------------------------


@feature.form(Deed.RUN_FORUM)
def settings_form(req: Request) -> Form:
    """How often it comes, and to whom."""
    forum = forum_of(req).id
    options = member_options(req)
    known = {each.value for each in options}
    chosen = [str(each.id) for each in briefs.readers(req.store, forum)]
    when = ChoiceField(
        key="rhythm", label=text("brief-field-rhythm"), initial=briefs.plan_of(req.store, forum).rhythm,
        options=tuple(Option(each, text(f"brief-rhythm-{each}")) for each in RHYTHMS),
    )  # fmt: skip
    who = ChoiceField(
        key="readers", label=text("brief-field-readers"), hint=text("brief-field-readers-hint"), options=options,
        many=True, optional=True, initial=",".join(each for each in chosen if each in known),
    )  # fmt: skip
    return Form(text("brief-settings-title"), text("brief-settings-save"), (when, who))


@settings_form.submitted
def settings_set(req: Request, answers: Answers) -> Effects:
    """From now on it comes so; the first one at the next such time."""
    forum, rhythm = forum_of(req).id, answers.words("rhythm")
    chosen = {int(each) for each in answers.many("readers")}
    if rhythm != "off" and not chosen:
        yield FieldErrors({"readers": text("brief-needs-readers")})
        return
    briefs.set_rhythm(req.store, forum, rhythm)
    briefs.set_readers(req.store, forum, chosen)
    yield _next(req)
    yield Whisper(_shown(req))


@feature.button(Deed.READ)
def begin(req: Request) -> Effects:
    """The forum's brief gets its next day, if it has one."""
    rung(req)
    yield _next(req)


def _next(req: Request) -> Schedule | Cancel:
    match briefs.plan_of(req.store, forum_of(req).id).rhythm:
        case "monthly":
            return Schedule("brief", next_monthly(req.now, req.zone), ring.action())
        case "meeting":
            return Schedule("brief", next_morning(req.now, req.zone), ring.action())
        case _:
            return Cancel("brief")


# --- Sending ---------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def ring(req: Request) -> Effects:
    """It is sent by itself: on the first working day of the month, or when a meeting is near that has none yet."""
    behind = req.now - meant_for(req)
    yield _next(req)
    rhythm = briefs.plan_of(req.store, forum_of(req).id).rhythm
    if rhythm == "monthly" and behind <= STALE:
        yield from _send(req, None, late=behind > LATE)
    if rhythm == "meeting" and (meeting := _near(req)):
        yield from _send(req, meeting.id, late=behind > LATE)


def _near(req: Request) -> Meeting | None:
    """A meeting a few days ahead that no brief has come before."""
    found = meetings.coming(req.store, forum_of(req).id, req.now, most=3)
    return next(
        (
            each
            for each in found
            if each.begins_at > req.now
            and is_time_for(local_day(req, each.begins_at), req.today)
            and not briefs.came_before(req.store, each.forum, each.id)
        ),
        None,
    )


@feature.button(Deed.RUN_FORUM)
def send_now(req: Request) -> Effects:
    """A coordinator sends it without waiting for its day."""
    forum = forum_of(req).id
    readers, last = briefs.readers(req.store, forum), briefs.latest(req.store, forum)
    if not readers:
        raise Refusal(text("brief-no-readers"))
    reached = [each for each in readers if _is_reached(req, each)]
    if not reached:
        raise Refusal(text("brief-nobody-reached"))
    if last and req.now - last.at < JUST_NOW:
        raise Refusal(text("brief-sent-just-now"))
    if not has_news(brief_now(req)):
        raise Refusal(text("brief-no-news"))
    meeting = _near(req) if briefs.plan_of(req.store, forum).rhythm == "meeting" else None
    yield from _send(req, meeting.id if meeting else None, late=False)
    away = sum(_back_on(req, each) is not None for each in reached)
    body = (Line(text("brief-sent-later", count=away)),) if away else ()
    yield Whisper(Card(text("brief-sent", count=len(reached) - away), body), replace=False)


def _send(req: Request, meeting: int | None, *, late: bool) -> Effects:
    """To every reader in private; not when there is nothing to tell or nobody to reach, for the next one tells it all."""
    forum = forum_of(req).id
    readers, brief = briefs.readers(req.store, forum), brief_now(req)
    reached = [each for each in readers if _is_reached(req, each)]
    if not reached or not has_news(brief):
        return
    number = briefs.keep(req.store, forum, brief_to_json(brief), meeting=meeting, now=req.now)
    for each in reached:
        yield from _brought(req, each, number, brief, late=late)


def _brought(req: Request, to: Member, number: int, brief: Brief, *, late: bool) -> Effects:
    """A brief to one reader; to somebody on leave when they are back, for it is not told again."""
    if day := _back_on(req, to):
        at = working_moment(day, AT, req.zone)
        yield Schedule(f"brief:{number}:{to.id}", at, back.action(number, to.id), grace=timedelta(days=30))
        return
    yield from inform(req, to, brief_card(brief, number, answer=answer_form.action(number), late=late))


@feature.button(Deed.READ)
def back(req: Request, number: int, member: int) -> Effects:
    """A reader is back from leave: what was sent meanwhile."""
    rung(req)
    kept = _load(req, number)
    for each in briefs.readers(req.store, kept.forum):
        if each.id == member:
            yield from _brought(req, each, number, brief_from_json(kept.body), late=False)


def _is_reached(req: Request, one: Member) -> bool:
    return people.private_account(req.store, one.person) is not None


def _back_on(req: Request, one: Member) -> date | None:
    return back_on(wishes_of(req.store, one.person), req.today)


# --- The question back -----------------------------------------------------------------------------------------


@feature.form(Deed.READ)
def answer_form(req: Request, number: int) -> Form:
    """What the forum should put first."""
    me = member_of(req)
    kept = _load(req, number)
    if me.id not in {each.id for each in briefs.readers(req.store, kept.forum)}:
        raise Refusal(text("brief-not-reader"))
    before = next(
        (each.words for each in briefs.answers(req.store, kept.forum, number) if each.member == me.id), ""
    )
    field = TextField(
        key="words", label=text("brief-ask"), hint=text("brief-answer-hint"), longest=LONGEST, multiline=True,
        initial=before,
    )  # fmt: skip
    return Form(text("brief-answer-title"), text("brief-answer-save"), (field,))


@answer_form.submitted
def answered(req: Request, answers: Answers, number: int) -> Effects:
    """The coordinators read it; said again, the later word counts."""
    me, words = member_of(req), answers.words("words")
    known = {each.member: each.words for each in briefs.answers(req.store, me.forum, number)}
    briefs.answer(req.store, me.forum, number, member=me.id, words=words, now=req.now)
    yield Whisper(Card(text("brief-answered")))
    if known.get(me.id) == words:
        return
    card = wish_card(me.name, words, to_agenda.action(number, me.id))
    for each in forums.coordinators(req.store, me.forum):
        if each.id != me.id:
            yield from inform(req, each, card)


@feature.button(Deed.RUN_FORUM)
def to_agenda(req: Request, number: int, member: int) -> Effects:
    """What a reader told the coordinators becomes a point: the form opens with their words."""
    found = briefs.answers(req.store, forum_of(req).id, number)
    words = next((each.words for each in found if each.member == member), None)
    if words is None:
        raise Refusal(text("refused-stale"))
    yield OpenForm(add_point(), {"what": shortened(words, LONGEST_POINT)})
