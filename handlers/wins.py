"""Celebrate (L3): anybody tells what went well, who had a part in it, and what it belongs to.

*framsteg* with words tells it at once; without, a form asks. People are named only after their yes, organisations
always. What is told goes to every chat of the forum; in a heavy week the coordinator can put it off, and then all of
it comes together. Nothing is counted by person or organisation, and nobody is ranked.
"""

from typing import Final

from handlers.kit.access import Deed, check
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, FieldErrors, OpenForm, Refusal, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.inbound import Request, Said, Shortcut, Source
from handlers.kit.people_shown import actor_options, fitted, member_options, shortened, verbatim
from handlers.kit.ui import (
    AnyField,
    Button,
    Card,
    ChoiceField,
    DateField,
    Form,
    Instant,
    Items,
    Line,
    Option,
    Row,
    Text,
    TextField,
    text,
)
from handlers.win_cards import kept_card
from handlers.win_rules import APART, LONGEST, LONGEST_CALM, OPTION, answers_until, may_say_now
from handlers.win_steps import (
    BY_MEMBERS,
    as_kept,
    ask_names,
    calm_now,
    matter,
    named_in,
    ready,
    redrawn,
    soon,
    taken_away,
    tell,
    there,
    worth_telling,
)
from storage import decisions, forums, nudges, quiet, wins
from storage.wins import Win

feature = Feature("wins")

RECENT: Final = 8
"""Actions, and half as many decisions, to choose among."""


# --- Telling ---------------------------------------------------------------------------------------------------


@feature.command("win", Deed.RECORD, menu=True)
def report(req: Request, said: str) -> Effects:
    """Words are told at once, and then one may add who had a part; an answered message, or nothing, opens the form."""
    source = req.inbound.source if isinstance(req.inbound, Said) else None
    if not said:
        yield OpenForm(report_form.action(0), {"what": fitted(source.text, LONGEST) if source else ""})
        return
    if len(said) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(said)))
    if why := named_in(req, said, "win-no-names"):
        form = Button(text("menu-win"), report_form.action(0))
        raise Refusal(why, Card(why, (Line(verbatim(said), "quote"), Row((form,)))))
    one = _kept(req, said, actors=())
    yield from ready(req, one, at_once=True)
    add = Button(text("win-add-shares"), report_form.action(one.id), "primary")
    card = kept_card(one, _becomes(req, one.id), Line(text("win-who-too")), buttons=(add,))
    yield Whisper(card, replace=False)


@feature.shortcut("report_win", Deed.RECORD)
def report_message(req: Request) -> Effects:
    """A message becomes a win: the form opens with its words."""
    source = req.inbound.source if isinstance(req.inbound, Shortcut) else Source("")
    yield OpenForm(report_form.action(0), {"what": fitted(source.text, LONGEST)})


@feature.form(Deed.RECORD)
def report_form(req: Request, number: int) -> Form:
    """What went well, which organisations and people had a part, and what it belongs to; or more about one told already."""
    one = _told(req, number) if number else None
    actors, people = actor_options(req), member_options(req)
    fields: list[AnyField] = [
        TextField(key="what", label=text("win-field-what"), hint=text("win-field-what-hint"), multiline=True,
                  longest=LONGEST, initial=one.what if one else ""),
    ]  # fmt: skip
    if actors:
        fields.append(ChoiceField(key="actors", label=text("win-field-actors"), options=actors, many=True, optional=True,
                                  initial=",".join(map(str, one.actors)) if one else ""))  # fmt: skip
    fields.append(ChoiceField(key="people", label=text("win-field-people"), hint=text("win-field-people-hint"),
                              options=people, many=True, optional=True))  # fmt: skip
    about = () if one else _about_options(req)
    if about:
        fields.append(ChoiceField(key="about", label=text("win-field-about"), options=about, optional=True))
    return Form(text("win-form-title"), text("win-form-save"), tuple(fields))


@report_form.submitted
def reported(req: Request, answers: Answers, number: int) -> Effects:
    """All hear of it; where somebody else is named, they are asked first."""
    actors = tuple(int(each) for each in answers.many("actors")) if "actors" in answers.values else ()
    people = [int(each) for each in answers.many("people")]
    if names := named_in(req, answers.words("what"), "win-no-names"):
        yield FieldErrors({"what": names})
        return
    if number:
        yield from _completed(req, _told(req, number), answers.words("what"), actors, people)
        return
    about = answers.words("about") if "about" in answers.values else ""
    one = _kept(req, answers.words("what"), actors=actors, about=about)
    yield from _named(req, one, people)
    yield Whisper(kept_card(one, _becomes(req, one.id)), replace=False)


def _kept(req: Request, what: str, *, actors: tuple[int, ...], about: str = "") -> Win:
    kind, belongs = about[:1], int(about[1:] or 0)
    number = wins.add(
        req.store, forum_of(req).id, kind="told", what=what, actors=actors, now=req.now, member=member_of(req).id,
        action=belongs if kind == "a" else None, decision=belongs if kind == "d" else None,
    )  # fmt: skip
    return as_kept(req, number or 0)


def _named(req: Request, one: Win, people: list[int]) -> Effects:
    """Whoever names themselves has said yes."""
    me = member_of(req).id
    if me in people:
        wins.name(req.store, one.forum, one.id, me, "yes")
    yield from ask_names(req, one, [each for each in people if each != me], at_once=True)


def _becomes(req: Request, number: int) -> Text:
    """When the forum hears of it, to whoever told it."""
    one, calm = as_kept(req, number), calm_now(req)
    if calm:
        return text("win-waits", day=calm)
    if one.state != "asked":
        return text("win-saved")
    asked = [
        forums.member(req.store, one.forum, each) for each in wins.unanswered(req.store, one.forum, number)
    ]
    names = Items(tuple(each.name for each in asked if each))
    return text("win-asks-first", who=names, at=Instant(answers_until(req.today, req.zone), req.zone))


def _completed(req: Request, one: Win, what: str, actors: tuple[int, ...], people: list[int]) -> Effects:
    """More about a win: its card follows. Who is new in it is asked first; after other words, so are the others anew."""
    me, known = member_of(req).id, wins.named(req.store, one.forum, one.id)
    wins.set_actors(req.store, one.forum, one.id, actors)
    if me in people:
        wins.name(req.store, one.forum, one.id, me, "yes")
    ask = [each for each in people if each not in known]
    if what != one.what:
        wins.reword(req.store, one.forum, one.id, what, by=me)
        nudges.renew(req.store, one.forum, matter(one))
        # Who was silent on what has been told is left alone.
        ask += one.members if one.state == "told" else wins.unanswered(req.store, one.forum, one.id)
    if others := [each for each in ask if each != me]:
        yield from ask_names(req, as_kept(req, one.id), others, at_once=True)
    yield from redrawn(req, [one])
    yield Whisper(Card(text("win-completed")))


@feature.button(Deed.RECORD)
def take_away(req: Request, number: int) -> Effects:
    """Whoever told it takes it away, or a coordinator: nobody is asked about it, and where it stood it stands no more."""
    yield from taken_away(req, _own(req, number))
    yield Whisper(Card(text("win-taken-away")))


def _own(req: Request, number: int) -> Win:
    """A win that the acting member told, or any for a coordinator."""
    one = there(req, number)
    if one.by_member != member_of(req).id:
        check(req, Deed.RUN_FORUM)
    return one


def _told(req: Request, number: int) -> Win:
    """One of these that somebody put into words."""
    one = _own(req, number)
    if one.kind != "told":
        raise Refusal(text("refused-stale"))
    return one


def _about_options(req: Request) -> tuple[Option, ...]:
    forum = forum_of(req).id
    done = [
        Option(f"a{number}", text("win-about-action", number=str(number), what=shortened(what, OPTION)))
        for number, what in wins.lately_done(req.store, forum, most=RECENT)
    ]
    decided = [
        Option(
            f"d{each.id}", text("win-about-decision", number=each.label, what=shortened(each.what, OPTION))
        )
        for each in decisions.latest(req.store, forum, most=RECENT // 2)
    ]
    return (*done, *decided)


# --- When it is said -------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def say(req: Request) -> Effects:
    """What waited is told, all of it in one message; outside working hours, and in quiet times, it waits on."""
    rung(req)
    forum = forum_of(req).id
    found = wins.ready(req.store, forum)
    calm, last = quiet.calm_until(req.store, forum), wins.last_told(req.store, forum)
    just_now = last is not None and req.now - last < APART
    eager = any(each.kind in BY_MEMBERS for each, _ in found)
    if not may_say_now(req.now, req.zone, calm, req.today) or (just_now and not eager):
        yield from soon(req)
        return
    numbers = worth_telling(req, found)
    if numbers:
        yield from tell(req, numbers)


@feature.form(Deed.RUN_FORUM)
def calm_form(_req: Request) -> Form:
    """A heavy week: no celebrations until a day."""
    field = DateField(
        key="until", label=text("win-calm-field"), hint=text("win-calm-hint"), within=LONGEST_CALM
    )
    return Form(text("win-calm-title"), text("win-calm-save"), (field,))


@calm_form.submitted
def calmed(req: Request, answers: Answers) -> Effects:
    """What happens meanwhile is kept, and told together then."""
    until = answers.asked_day("until")
    quiet.set_calm(req.store, forum_of(req).id, until)
    yield from soon(req)
    yield Whisper(Card(text("win-calm-noted", day=until)))


@feature.button(Deed.RUN_FORUM)
def calm_over(req: Request) -> Effects:
    """The heavy time is over sooner: what waited is told together, at the next good moment."""
    quiet.set_calm(req.store, forum_of(req).id, req.today)
    yield from soon(req)
    yield Toast(text("win-calm-over"))
