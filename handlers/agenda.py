"""The agenda (W3): anyone adds a point, in words, from a message or in a form; the coordinator orders and times them.

A point waits for the next meeting, or falls into the one going on. What was not reached, what is taken up each time,
and what has an open action comes back by itself. Two working days before a planned meeting the agenda is posted with
what to prepare, and follows every change.
"""

from typing import Final

from handlers.agenda_cards import PAGE, length_options, list_card, point_card, posted_card
from handlers.agenda_points import as_kept, in_short, lined_up, own_words, presents, said, told_by
from handlers.agenda_posting import announce, changed, follow, is_posted, note_posted
from handlers.agenda_rules import LONGEST, moved, posted_at, seal
from handlers.kit.access import Deed, check, may
from handlers.kit.answers import Answers
from handlers.kit.doors import new_round
from handlers.kit.effects import Effects, OpenForm, Post, Refusal, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.inbound import Request, Said, Shortcut, Source
from handlers.kit.people_shown import owner, shortened, verbatim
from handlers.kit.ui import (
    Action,
    Button,
    Card,
    ChoiceField,
    Form,
    HiddenField,
    Line,
    Option,
    Row,
    Text,
    TextField,
    text,
)
from handlers.place_rules import is_shown_here
from storage import agenda, meetings, presentations, pulse
from storage.agenda import Point

feature = Feature("agenda")

EACH_TIME: Final = "each"


# --- Adding ----------------------------------------------------------------------------------------------------


@feature.command("agenda", Deed.RECORD, menu=True)
def points(req: Request, words: str) -> Effects:
    """With words, or as an answer to a message, a new point that everybody sees; without, the agenda."""
    source = req.inbound.source if isinstance(req.inbound, Said) else None
    if not words and not (source and source.text):
        yield from page(req, 0)
        return
    if len(words) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(words)))
    yield from _propose(req, verbatim(words or shortened(source.text if source else "", LONGEST)), "")


@feature.shortcut("add_point", Deed.RECORD)
def from_message(req: Request) -> Effects:
    """A message becomes a point: the form opens with its words."""
    source = req.inbound.source if isinstance(req.inbound, Shortcut) else Source("")
    yield OpenForm(add_form.action(), {"what": shortened(source.text, LONGEST)})


@feature.form(Deed.RECORD)
def add_form(_req: Request) -> Form:
    """What to talk about, and what the others should do before."""
    return Form(text("agenda-form-title"), text("agenda-form-save"), (_what(""), _prepare("")))


@add_form.submitted
def added(req: Request, answers: Answers) -> Effects:
    """It is on the agenda."""
    yield from _propose(req, verbatim(answers.words("what")), "", prepare=answers.words("prepare"))


@feature.button(Deed.RECORD)
def from_pulse(req: Request, number: int) -> Effects:
    """What a result says to talk about; once, however many press."""
    found = pulse.get(req.store, forum_of(req).id, number)
    point = told_by(req, found) if found and found.state == "published" else None
    if point is None:
        raise Refusal(text("refused-stale"))
    yield from _propose(req, point, f"pulse:{number}")


def _propose(req: Request, what: Text, origin: str, prepare: str = "") -> Effects:
    forum, member = forum_of(req), member_of(req)
    number = agenda.propose(
        req.store, forum.id, what=as_kept(what), origin=origin, member=member.id, now=req.now, prepare=prepare
    )
    if number is None:
        yield Toast(text("agenda-already"))
        return
    going = meetings.open_now(req.store, forum.id)
    if going:
        yield Toast(text("agenda-added-now"))
    else:
        who = owner(req, forum.id, member.actor, member.id)
        yield Post(Card(text("agenda-proposed", who=who), (Line(what, "quote"),)))
        if not is_shown_here(req):
            yield Whisper(Card(text("agenda-added")), replace=False)
    yield from follow(req, going)


# --- Looking ---------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def page(req: Request, first: int) -> Effects:
    """The agenda from a place on, for the one who asks."""
    found = lined_up(req)
    first = min(max(first, 0), max(len(found) - 1, 0))
    going = meetings.open_now(req.store, forum_of(req).id)
    further = page.action(first + PAGE) if len(found) > first + PAGE else None
    yield Whisper(list_card(found, first, going=going, further=further))


@feature.button(Deed.READ)
def show(req: Request, point: int) -> Effects:
    """One point, with everything one can do about it."""
    yield Whisper(_card(req, point))


def _card(req: Request, point: int) -> Card:
    found = lined_up(req)
    one, place = _load(req, point), next((at for at, each in enumerate(found, 1) if each.id == point), 0)
    return point_card(req, one, place, _buttons(req, one, place, len(found)))


def _buttons(req: Request, one: Point, place: int, count: int) -> list[Button]:
    if one.state not in ("proposed", "planned"):
        return []
    buttons = [Button(text("agenda-change"), edit_form.action(one.id))] if _may_edit(req, one) else []
    if may(req, Deed.RUN_FORUM):
        if place > 1:
            buttons.append(Button(text("agenda-up"), up.action(one.id)))
        if place < count:
            buttons.append(Button(text("agenda-down"), down.action(one.id)))
        buttons.append(Button(text("agenda-done"), settled.action(one.id)))
    if one.meeting:
        buttons.append(Button(text("meeting-take-up"), Action("meeting.take", (one.meeting, one.id))))
    if may(req, Deed.RECORD):
        buttons.append(Button(text("meeting-round"), new_round(one.id)))
    if _may_edit(req, one):
        sure = text("agenda-drop-sure")
        buttons.append(Button(text("agenda-drop"), dropped.action(one.id), confirm=sure))
    return buttons


# --- Changing --------------------------------------------------------------------------------------------------


@feature.form(Deed.RECORD)
def edit_form(req: Request, point: int) -> Form:
    """The words, how long it may take, what to prepare, and whether it is taken up each time."""
    one = _to_edit(req, point)
    once = Option("once", text("agenda-once"))
    fields = (
        *((_what(own_words(one)),) if own_words(one) else ()),
        ChoiceField(key="minutes", label=text("agenda-field-minutes"), options=length_options(one.minutes),
                    optional=True, initial=str(one.minutes or "")),
        _prepare(one.prepare),
        ChoiceField(key="recurring", label=text("agenda-field-recurring"),
                    options=(once, Option(EACH_TIME, text("agenda-each-time"))),
                    initial=EACH_TIME if one.recurring else once.value),
        HiddenField(key="seal", label=text("agenda-field-what"), initial=seal(one)),
    )  # fmt: skip
    return Form(text("agenda-edit-title"), text("agenda-form-save"), fields)


@edit_form.submitted
def edited(req: Request, answers: Answers, point: int) -> Effects:
    """Everybody sees it so; what somebody else changed meanwhile is not overwritten."""
    one = _to_edit(req, point)
    what = answers.values.get("what")
    if answers.words("seal") != seal(one):
        kept = Line(verbatim(str(what or answers.words("prepare") or "–")), "quote")
        again = Row((Button(text("agenda-change"), edit_form.action(point), "primary"),))
        meanwhile = text("agenda-changed-meanwhile")
        raise Refusal(meanwhile, Card(meanwhile, (Line(text("agenda-your-words")), kept, again)))
    agenda.change(
        req.store, one, what=as_kept(verbatim(what)) if isinstance(what, str) else one.what,
        minutes=answers.number("minutes"), prepare=answers.words("prepare"),
        recurring=answers.words("recurring") == EACH_TIME,
    )  # fmt: skip
    yield from changed(req)
    yield Whisper(_card(req, point))


@feature.button(Deed.RUN_FORUM)
def up(req: Request, point: int) -> Effects:
    """One place earlier."""
    yield from _reorder(req, point, -1)


@feature.button(Deed.RUN_FORUM)
def down(req: Request, point: int) -> Effects:
    """One place later."""
    yield from _reorder(req, point, 1)


def _reorder(req: Request, point: int, step: int) -> Effects:
    _waiting(req, point)
    agenda.reorder(req.store, moved(lined_up(req), point, step))
    yield from changed(req)
    yield Whisper(_card(req, point))


@feature.button(Deed.RUN_FORUM)
def settled(req: Request, number: int) -> Effects:
    """It has been dealt with, in a meeting or without one."""
    one = _load(req, number)
    if agenda.settle(req.store, one.forum, number, between=None if one.meeting else req.now):
        if actor := presents(one):
            presentations.presented(req.store, one.forum, actor, meeting=one.meeting, day=req.today)
        yield from changed(req)
    yield Whisper(Card(text("agenda-settled", what=in_short(one)), (_back(),)))


@feature.button(Deed.RECORD)
def dropped(req: Request, number: int) -> Effects:
    """Nobody wants to take it up any more."""
    one = _to_edit(req, number)
    agenda.drop(req.store, one.forum, number)
    yield from changed(req)
    yield Whisper(Card(text("agenda-dropped", what=in_short(one)), (_back(),)))


def _back() -> Row:
    return Row((Button(text("agenda-whole"), page.action(0)),))


# --- Before a meeting ------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def due(req: Request, meeting: int) -> Effects:
    """The agenda is posted where everybody sees it; a meeting that was moved gets it in time, a cancelled one never."""
    rung(req)
    one = meetings.get(req.store, forum_of(req).id, meeting)
    if one is None or one.state != "planned" or is_posted(req, one) or one.begins_at <= req.now:
        return
    if posted_at(one.begins_at, one.zone) > req.now:
        yield from announce(req, one)
        return
    note_posted(req, one)
    yield Post(posted_card(req, one, lined_up(req)))


# --- Shared steps ----------------------------------------------------------------------------------------------


def _what(initial: str) -> TextField:
    return TextField(key="what", label=text("agenda-field-what"), hint=text("agenda-field-what-hint"),
                     longest=LONGEST, initial=initial)  # fmt: skip


def _prepare(initial: str) -> TextField:
    return TextField(key="prepare", label=text("agenda-field-prepare"), hint=text("agenda-field-prepare-hint"),
                     longest=LONGEST, optional=True, initial=initial)  # fmt: skip


def _load(req: Request, point: int) -> Point:
    one = agenda.get(req.store, forum_of(req).id, point)
    if one is None:
        raise Refusal(text("agenda-gone"))
    return one


def _waiting(req: Request, point: int) -> Point:
    one = _load(req, point)
    if one.state not in ("proposed", "planned"):
        raise Refusal(text("agenda-over", what=said(one)))
    return one


def _may_edit(req: Request, one: Point) -> bool:
    return may(req, Deed.RUN_FORUM) or (req.member is not None and one.by_member == req.member.id)


def _to_edit(req: Request, point: int) -> Point:
    """A point that waits, for whoever proposed it or runs the forum."""
    one = _waiting(req, point)
    if not _may_edit(req, one):
        check(req, Deed.RUN_FORUM)
    return one
