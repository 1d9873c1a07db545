"""Planned meetings (W3): single ones, and what can be done about any: show it, move it, cancel it, take it along.

A coordinator writes "möte 12 maj 13-15 Rådhuset" or fills in the form; everybody gets one card. However often a
meeting is moved it stays the same one, here and in calendars. A public holiday is only ever taken when somebody
said that this is meant. The forum's calendar has a secret address that any calendar can subscribe to.
"""

import re
from datetime import date
from typing import Final

from handlers.agenda_posting import announce, answered, called_off
from handlers.cycle_cards import clock
from handlers.cycle_rules import day_off, span
from handlers.cycle_words import DAY_MINUTES
from handlers.kit.access import Deed, check, may
from handlers.kit.answers import Answers
from handlers.kit.confidential import is_confidential, is_neutral
from handlers.kit.doors import plan_meeting
from handlers.kit.effects import Effects, FieldErrors, Post, Refusal, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.organisation import LONGEST_NAME, one_line
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import (
    Button,
    Card,
    DateField,
    Document,
    Form,
    HiddenField,
    Line,
    Link,
    Row,
    Text,
    TextField,
    text,
)
from handlers.place_rules import is_shown_here
from handlers.planned_cards import (
    file_button,
    hours_of,
    local_date,
    meeting_card,
    own_card,
    sure_card,
    venue_field,
    when,
)
from handlers.planned_rules import LONGEST, Times, is_past, read_single, read_times
from storage import cycles, intake, meetings
from storage.meetings import Meeting

feature = Feature("planned")

HELD: Final = ("open", "closed")
PUBLIC: Final = "public-url"
"""The fact that says where others reach our web server."""
CALENDARS, TAG = "calendars", 12
"""What an installation's entries are sealed with, so that no two have entries of the same name."""
TOKEN: Final = 32
"""Characters of the secret in a calendar's address: 128 bits."""
MOVE: Final = re.compile(r"([0-9]{8})\.([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})", re.ASCII)
"""Where a button moves a meeting to: day, beginning and end in minutes, and the version that it moves."""


# --- Planning one ------------------------------------------------------------------------------------------------


@feature.command("meet", Deed.READ, menu=True)
def meet(req: Request, said: str) -> Effects:
    """With day and time, a new meeting by a coordinator; without, the next one."""
    if not said:
        coming = meetings.coming(req.store, forum_of(req).id, req.now, most=1)
        if not coming:
            yield Whisper(Card(text("planned-none")))
        else:
            yield Whisper(own_card(req, coming[0]))
        return
    check(req, Deed.RUN_FORUM)
    if len(said) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(said)))
    one = read_single(said, req.today)
    if is_confidential(req) and not is_neutral(f"{one.title}\n{one.venue}", req.today):
        raise Refusal(text("confidential-refused"))
    if one.day is None or one.times is None:
        missing = "day" if one.day is None else "time"
        button = Button(
            text("planned-fill-in"), plan_meeting(one.day.isoformat() if one.day else ""), "primary"
        )
        yield Whisper(
            Card(text(f"planned-missing-{missing}"), (Line(text("planned-example")), Row((button,))))
        )
        return
    if wrong := _mistake(req, one.day, one.times):
        raise Refusal(next(iter(wrong.values())))
    yield from _planned(req, one.day, one.times, one.title, one.venue)


@feature.form(Deed.RUN_FORUM)
def plan_form(req: Request, day: str) -> Form:
    """When, what it is called, and where."""
    fields = (
        DateField(key="day", label=text("planned-field-day"), initial=day),
        TextField(
            key="times",
            names=True,
            label=text("planned-field-times"),
            hint=text("planned-field-times-hint"),
            longest=LONGEST,
        ),
        TextField(
            key="title", label=text("planned-field-title"), longest=LONGEST_NAME, initial=forum_of(req).name
        ),
        venue_field(req, ""),
    )
    return Form(text("planned-form"), text("planned-form-save"), fields)


@plan_form.submitted
def plan_filled(req: Request, answers: Answers, day: str) -> Effects:  # noqa: ARG001 - what the form began with
    """The meeting is planned, and everybody gets its card."""
    on, times = answers.day("day"), read_times(answers.words("times"))
    assert on is not None  # noqa: S101 - the form asks for it
    if wrong := _mistake(req, on, times):
        yield FieldErrors(wrong)
    elif times:
        yield from _planned(
            req, on, times, one_line(answers.words("title")), one_line(answers.words("venue"))
        )


def _mistake(req: Request, day: date, times: Times | None) -> dict[str, Text] | None:
    """What is wrong with when a meeting is to be, by field."""
    if times is None or times.wrong:
        return {"times": text(f"cycle-wrong-{times.wrong if times else 'no-time'}")}
    if day < req.today:
        return {"day": text("field-date-past", day=day)}
    if is_past(span(day, times.clock, times.minutes, req.zone)[0], req.now):
        return {"times": text("planned-time-past")}
    return None


def _planned(req: Request, day: date, times: Times, title: str, venue: str) -> Effects:
    forum = forum_of(req)
    begins_at, ends_at = span(day, times.clock, times.minutes, req.zone)
    number = meetings.plan(
        req.store, forum.id, title=title[:LONGEST_NAME] or forum.name, begins_at=begins_at, ends_at=ends_at, zone=req.zone,
        venue=venue, member=member_of(req).id,
    )  # fmt: skip
    why = day_off(day)
    if why and why != "july":
        meetings.ask(req.store, forum.id, number)
        one = _load(req, number)
        yield Whisper(
            sure_card(why, when(one), plan_after_all.action(number), plan_rather_not.action(number))
        )
        return
    yield from _told(req, _load(req, number))


def _told(req: Request, one: Meeting) -> Effects:
    yield Post(meeting_card(req, one, news=text("planned-new-title", title=one.title)))
    yield from announce(req, one)
    if not is_shown_here(req):
        yield Whisper(Card(text("planned-saved", when=when(one))))


@feature.button(Deed.RUN_FORUM)
def plan_after_all(req: Request, meeting: int) -> Effects:
    """Yes, on a public holiday."""
    one = _load(req, meeting)
    if not meetings.settle(req.store, one, planned=True):
        raise Refusal(text("refused-stale"))
    one = _load(req, meeting)
    yield from _told(req, one)
    yield Whisper(Card(text("planned-saved", when=when(one))))


@feature.button(Deed.RUN_FORUM)
def plan_rather_not(req: Request, meeting: int) -> Effects:
    """No; another day perhaps."""
    if not meetings.settle(req.store, _load(req, meeting), planned=False):
        raise Refusal(text("refused-stale"))
    button = Button(text("planned-fill-in"), plan_meeting(""), "primary")
    yield Whisper(Card(text("planned-not-saved"), (Row((button,)),)))


# --- Looking -----------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def show(req: Request, meeting: int) -> Effects:
    """One meeting as it stands, for the one who asks."""
    yield Whisper(own_card(req, _known(req, meeting)), replace=False)


# --- Moving and cancelling ---------------------------------------------------------------------------------------


@feature.form(Deed.RUN_FORUM)
def move_form(req: Request, meeting: int) -> Form:
    """Another time or another place."""
    one = _movable(req, meeting)
    fields = (
        DateField(key="day", label=text("planned-field-day"), initial=local_date(one).isoformat()),
        TextField(key="times", names=True, label=text("planned-field-times"), hint=text("planned-field-times-hint"), longest=LONGEST,
                  initial=hours_of(one)),
        venue_field(req, one.venue),
        HiddenField(key="version", label=text("planned-field-day"), initial=str(one.sequence)),
    )  # fmt: skip
    return Form(text("planned-move-title"), text("planned-move-save"), fields)


@move_form.submitted
def moved(req: Request, answers: Answers, meeting: int) -> Effects:
    """The same meeting, elsewhere in the calendar; everybody is told once."""
    one = _movable(req, meeting)
    if answers.words("version") != str(one.sequence):
        raise _too_late(one)
    on, times, venue = (
        answers.day("day"),
        read_times(answers.words("times")),
        one_line(answers.words("venue")),
    )
    assert on is not None  # noqa: S101 - the form asks for it
    if wrong := _mistake(req, on, times):
        yield FieldErrors(wrong)
        return
    assert times is not None  # noqa: S101 - that would have been a mistake
    why = day_off(on)
    if why and why != "july" and on != local_date(one):
        to = f"{on:%Y%m%d}.{times.begins}.{times.ends}.{one.sequence}"
        intake.set_fact(req.store, _there(req, one), f"{to} {venue}")  # a button has no room for it
        asked = text("planned-when", day=on, begins=clock(times.begins), ends=clock(times.ends))
        yield Whisper(sure_card(why, asked, anyway.action(meeting, to), show.action(meeting)))
        return
    yield from _moved(req, one, on, times, venue)


@feature.button(Deed.RUN_FORUM)
def anyway(req: Request, meeting: int, to: str) -> Effects:
    """Yes, move it to a public holiday."""
    one = _movable(req, meeting)
    found = MOVE.fullmatch(to)
    if found is None or found[4] != str(one.sequence):
        raise _too_late(one)
    times = Times(int(found[2]), int(found[3]))
    try:
        on = date.fromisoformat(found[1])
    except ValueError:
        raise Refusal(text("refused-stale")) from None
    if not 0 <= times.begins < times.ends <= DAY_MINUTES or _mistake(req, on, times):
        raise Refusal(text("planned-time-past"))
    moved_to, _, venue = intake.fact(req.store, _there(req, one)).partition(" ")
    yield from _moved(req, one, on, times, venue if moved_to == to else one.venue)
    intake.set_fact(req.store, _there(req, one), "")


def _there(req: Request, one: Meeting) -> str:
    """Where the place is kept that somebody wrote, until they have said that the day is meant."""
    return f"move:{one.forum}:{one.id}:{member_of(req).id}"


def _moved(req: Request, one: Meeting, on: date, times: Times, venue: str) -> Effects:
    begins_at, ends_at = span(on, times.clock, times.minutes, one.zone)
    if (begins_at, ends_at, venue) == (one.begins_at, one.ends_at, one.venue):
        yield Whisper(Card(text("planned-unchanged")))
        return
    if not meetings.move(req.store, one, begins_at=begins_at, ends_at=ends_at, venue=venue):
        raise _too_late(_load(req, one.id))
    now = _load(req, one.id)
    yield Update(meeting_card(req, now))
    yield from announce(req, now)
    yield from answered(req, now)
    yield Post(meeting_card(req, now, news=text("planned-moved", title=now.title, when=when(one))))
    if not is_shown_here(req):
        yield Whisper(Card(text("planned-saved", when=when(now))))


def _too_late(one: Meeting) -> Refusal:
    """Somebody else was faster: how it is now."""
    why = text("planned-changed-meanwhile", when=when(one))
    return Refusal(why, Card(why, (Row((Button(text("planned-move"), move_form.action(one.id)),)),)))


@feature.button(Deed.RUN_FORUM)
def cancel(req: Request, meeting: int) -> Effects:
    """There will be no meeting; everybody is told, and calendars strike it out."""
    one = _movable(req, meeting)
    meetings.cancel(req.store, one)
    now = _load(req, meeting)
    yield Update(meeting_card(req, now))
    yield from called_off(req, now)
    yield Post(Card(text("planned-cancelled", title=now.title, when=when(now)), (Row((file_button(now),)),)))
    if not is_shown_here(req):
        yield Whisper(Card(text("planned-cancelled", title=now.title, when=when(now))))


# --- Calendars ---------------------------------------------------------------------------------------------------


@feature.button(Deed.READ, link=True)
def calendar_file(req: Request, meeting: int) -> Effects:
    """One meeting as a file; taken in again after a change, it replaces what the calendar has."""
    from handlers.calendar_files import Source, meeting_file  # noqa: PLC0415 - it takes a fifth of a second to load

    one = _known(req, meeting)
    cycle = cycles.get(req.store, one.forum, one.cycle) if one.cycle else None
    content = meeting_file(one, Source(req.seal(CALENDARS)[:TAG], req.now), cycle)
    file = Document("text", f"{local_date(one)}.ics", content, text("planned-no-file"))
    yield Whisper(Card(text("planned-file", title=one.title), (Line(when(one)), file)), replace=False)


@feature.button(Deed.READ, link=True)
def subscribe(req: Request) -> Effects:
    """The secret address of the forum's calendar; made when somebody first asks for it."""
    forum = forum_of(req).id
    token = cycles.feed(req.store, forum) or _new_address(req)
    yield Whisper(_address_card(req, token), replace=False)


@feature.button(Deed.RUN_FORUM)
def new_address(req: Request) -> Effects:
    """A new address, where the old one has come into the wrong hands: from now on that one leads nowhere."""
    yield Whisper(_address_card(req, _new_address(req)))


def _new_address(req: Request) -> str:
    forum = forum_of(req).id
    token = req.seal(f"feed:{forum}:{req.inbound.key}")[:TOKEN]
    cycles.set_feed(req.store, forum, token)
    return token


def _address_card(req: Request, token: str) -> Card:
    base = intake.fact(req.store, PUBLIC)
    if not base:
        raise Refusal(text("planned-no-address"))
    url = f"{base}/calendar/{forum_of(req).id}-{token}.ics"
    buttons: list[Button | Link] = [Link(text("planned-open-address"), url)]
    if may(req, Deed.RUN_FORUM):
        renew = Button(
            text("planned-new-address"), new_address.action(), confirm=text("planned-new-address-sure")
        )
        buttons.append(renew)
    body = (Line(text("planned-address-how")), Line(verbatim(url), "quote"), Row(tuple(buttons)))
    return Card(text("planned-address"), body)


# --- Shared ------------------------------------------------------------------------------------------------------


def _load(req: Request, meeting: int) -> Meeting:
    one = meetings.get(req.store, forum_of(req).id, meeting)
    if one is None:
        raise Refusal(text("refused-stale"))
    return one


def _known(req: Request, meeting: int) -> Meeting:
    """A meeting that others know of."""
    one = _load(req, meeting)
    if one.state in ("asked", "undone"):
        raise Refusal(text("refused-stale"))
    return one


def _movable(req: Request, meeting: int) -> Meeting:
    """A meeting that lies ahead."""
    one = _known(req, meeting)
    if one.state in HELD:
        raise Refusal(text("planned-opened-already", title=one.title))
    if one.state == "cancelled":
        raise Refusal(text("planned-cancelled-already", title=one.title))
    return one
