"""The presentation round (L2): meeting by meeting the organisations tell of their mission and their legal frame.

The bot keeps whose turn it is and puts it on the next agenda. Whoever cannot is skipped for now, or changes places
with another. What an organisation wants the others to remember is kept with it, and can be read by everybody.
"""

from typing import Final

from handlers.agenda_points import presenting_goes_on
from handlers.agenda_posting import changed
from handlers.kit.access import Deed, check, may
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, FieldErrors, Refusal, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import shortened, verbatim
from handlers.kit.ui import (
    Button,
    Card,
    ChoiceField,
    Element,
    Form,
    Items,
    Line,
    Option,
    Row,
    TextField,
    text,
)
from storage import agenda, intake, presentations
from storage.presentations import Turn

feature = Feature("presenting")

LONGEST: Final = 1500
"""Characters of a summary: half a page."""
SOME: Final = 8
"""Organisations with a button of their own."""
NAME: Final = 40
"""Characters of an organisation's name on a button."""


# --- Looking ---------------------------------------------------------------------------------------------------


@feature.command("presenting", Deed.READ)
def turns(req: Request, _said: str) -> Effects:
    """Who has presented their organisation, whose turn it is and who comes after."""
    yield Whisper(_card(req))


@feature.button(Deed.READ)
def more(req: Request, first: int) -> Effects:
    """The next summaries."""
    yield Whisper(_card(req, first))


def _card(req: Request, first: int = 0) -> Card:
    line = presentations.line_up(req.store, forum_of(req).id)
    waiting = [each for each in line if each.presented_on is None]
    going = presenting_goes_on(req)
    body: list[Element] = [Line(text("presenting-about"), "small")]
    if not going:
        body.append(Line(text("presenting-rests")))
    elif not waiting:
        body.append(Line(text("presenting-all-done")))
    else:
        body.append(Line(text("presenting-turn", actor=waiting[0].name)))
    if waiting[1:]:
        names = Items(tuple(each.name for each in waiting[1 : SOME + 1]))
        body.append(Line(text("presenting-then", actors=names), "small"))
    body += [
        Line(text("presenting-was", actor=each.name, day=each.presented_on), "small")
        for each in line
        if each.presented_on
    ]
    return Card(text("presenting-title"), (*body, *_rows(req, line, waiting, first)))


def _rows(req: Request, line: list[Turn], waiting: list[Turn], first: int) -> list[Row]:
    written = [each for each in line if each.summary]
    read = [
        Button(text("presenting-read", actor=shortened(each.name, NAME)), summary.action(each.actor))
        for each in written[first : first + SOME]
    ]
    if len(written) > first + SOME:
        read.append(Button(text("presenting-more"), more.action(first + SOME)))
    tools = []
    mine = member_of(req).actor
    if mine:
        tools.append(Button(text("presenting-write"), summary_form.action(mine)))
    if waiting and presenting_goes_on(req) and _may_skip(req, waiting[0].actor):
        tools.append(Button(text("presenting-skip"), skip.action(waiting[0].actor)))
    if may(req, Deed.RUN_FORUM):
        tools += _to_run(req, waiting)
    return [Row(tuple(each)) for each in (read, tools) if each]


def _to_run(req: Request, waiting: list[Turn]) -> list[Button]:
    if not presenting_goes_on(req):
        return [Button(text("presenting-start"), start.action(), "primary")]
    tools = [Button(text("presenting-pause"), pause.action())]
    if waiting[1:]:
        tools.append(Button(text("presenting-swap"), swap_form.action()))
    if not waiting:
        tools.append(Button(text("presenting-again"), start.action()))
    return tools


@feature.button(Deed.READ)
def summary(req: Request, actor: int) -> Effects:
    """What an organisation wants the others to remember."""
    one = _turn(req, actor)
    words = Line(verbatim(one.summary), "quote") if one.summary else Line(text("presenting-nothing"))
    yield Whisper(Card(text("presenting-of", actor=one.name), (words,)), replace=False)


# --- Whose turn ------------------------------------------------------------------------------------------------


@feature.button(Deed.RUN_FORUM)
def start(req: Request) -> Effects:
    """One organisation at each meeting from now on; when all have had their turn, a new round begins."""
    forum = forum_of(req).id
    if all(each.presented_on for each in presentations.line_up(req.store, forum)):
        presentations.begin_again(req.store, forum)
    intake.set_fact(req.store, f"presenting:{forum}", "on")
    yield from changed(req)
    yield Whisper(_card(req))


@feature.button(Deed.RUN_FORUM)
def pause(req: Request) -> Effects:
    """Nobody is put on the agenda until it goes on."""
    intake.set_fact(req.store, f"presenting:{forum_of(req).id}", "off")
    _take_off(req)
    yield from changed(req)
    yield Whisper(_card(req))


@feature.button(Deed.RECORD)
def skip(req: Request, actor: int) -> Effects:
    """Another time: they come last, and the next one is on the agenda."""
    one = _turn(req, actor)
    if not _may_skip(req, actor):
        check(req, Deed.RUN_FORUM)
    waiting = [each for each in presentations.line_up(req.store, forum_of(req).id) if not each.presented_on]
    if not waiting or waiting[0].actor != actor:
        yield Toast(text("presenting-moved-on"))
        return
    presentations.skip(req.store, forum_of(req).id, one.actor)
    _take_off(req)
    yield from changed(req)
    yield Whisper(_card(req))


@feature.form(Deed.RUN_FORUM)
def swap_form(req: Request) -> Form:
    """Two organisations that change places."""
    line = presentations.line_up(req.store, forum_of(req).id)
    options = tuple(
        Option(str(each.actor), verbatim(shortened(each.name, 70))) for each in line if not each.presented_on
    )
    if not options[1:]:
        raise Refusal(text("presenting-nobody-to-swap"))
    fields = (
        ChoiceField(key="one", label=text("presenting-field-one"), options=options),
        ChoiceField(key="other", label=text("presenting-field-other"), options=options),
    )
    return Form(text("presenting-swap-title"), text("presenting-swap"), fields)


@swap_form.submitted
def swapped(req: Request, answers: Answers) -> Effects:
    """Each has the other's turn."""
    one, other = _turn(req, answers.number("one")), _turn(req, answers.number("other"))
    if one == other:
        yield FieldErrors({"other": text("presenting-same")})
        return
    presentations.swap(req.store, forum_of(req).id, one, other)
    _take_off(req)
    yield from changed(req)
    yield Whisper(_card(req))


def _may_skip(req: Request, actor: int) -> bool:
    return may(req, Deed.RUN_FORUM) or (req.member is not None and req.member.actor == actor)


def _take_off(req: Request) -> None:
    """Whoever waits on the list gives way; the one whose turn it is arrives by itself."""
    for each in agenda.waiting_of(req.store, forum_of(req).id, "present"):
        if each.state == "proposed":
            agenda.drop(req.store, each.forum, each.id)


# --- What is remembered ----------------------------------------------------------------------------------------


@feature.form(Deed.RECORD)
def summary_form(req: Request, actor: int) -> Form:
    """The mission and the legal frame, in short."""
    one = _turn(req, actor)
    if member_of(req).actor != actor:
        check(req, Deed.RUN_FORUM)
    field = TextField(key="summary", label=text("presenting-field-summary"), hint=text("presenting-field-hint"),
                      multiline=True, longest=LONGEST, initial=one.summary)  # fmt: skip
    return Form(text("presenting-form-title"), text("presenting-form-save"), (field,))


@summary_form.submitted
def summarised(req: Request, answers: Answers, actor: int) -> Effects:
    """Everybody can read it from now on."""
    one = _turn(req, actor)
    me = member_of(req)
    if me.actor != actor:
        check(req, Deed.RUN_FORUM)
    presentations.summarise(req.store, me.forum, actor, answers.words("summary"), member=me.id, now=req.now)
    yield Whisper(Card(text("presenting-saved", actor=one.name)))


def _turn(req: Request, actor: int) -> Turn:
    line = presentations.line_up(req.store, forum_of(req).id)
    found = next((each for each in line if each.actor == actor), None)
    if found is None:
        raise Refusal(text("presenting-gone"))
    return found
