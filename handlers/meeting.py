"""A meeting (W3): opened, led point by point, with notes, and whatever is decided falls under the point.

*Öppna mötet* opens the one that is planned for about now, or one out of the blue. Decisions, actions and rounds are
recorded by the same means as always. The card of the chats shows where the meeting is; what only the one who leads
it should see, such as who has not been heard, is shown to them alone. ``presence`` keeps who is here,
``meeting_closing`` ends it.
"""

from datetime import timedelta
from typing import Final

from handlers.agenda_points import gather, in_short
from handlers.agenda_posting import hush
from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.effects import (
    Cancel,
    Direct,
    Effects,
    FieldErrors,
    OpenForm,
    Post,
    Refusal,
    Schedule,
    Toast,
    Whisper,
)
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.inbound import Click, Request, Said
from handlers.kit.people_shown import shortened, verbatim
from handlers.kit.ui import Action, Button, Card, ChoiceField, Form, Line, Option, Row, TextField, text
from handlers.meeting_cards import live_card, panel_card, steps
from handlers.meeting_rules import SOON, about_now, after, before, place_of, silent_until
from handlers.meeting_steps import chair_of, load_led, load_open, shown
from handlers.place_rules import is_shown_here
from storage import agenda, forums, meetings, sittings
from storage.agenda import Point
from storage.meetings import Meeting
from storage.sittings import Note

feature = Feature("meeting")

LONGEST: Final = 2000
"""Characters of a note."""
IN_LIST: Final = 60
"""Characters of a note in a list of choices."""
MENDABLE: Final = 50
"""So many of the latest notes can be changed."""


# --- Opening ---------------------------------------------------------------------------------------------------


@feature.command("open", Deed.RECORD, menu=True)
def open_now(req: Request, _said: str) -> Effects:
    """The meeting that is planned for about now begins, or one out of the blue; one that goes on is shown."""
    yield from begin(req, 0)


@feature.button(Deed.RECORD)
def begin(req: Request, meeting: int) -> Effects:
    """It is open in every chat, and whoever opened it leads it; opened twice it is still one meeting."""
    forum, me = forum_of(req), member_of(req)
    going = meetings.open_now(req.store, forum.id)
    if going:
        yield from _goes_on(req, going)
        return
    one = _planned(req, meeting)
    gather(req)
    if one is None or not meetings.begin(req.store, one, chair=me.id, year=req.today.year, now=req.now):
        raise Refusal(text("meeting-not-planned"))
    agenda.take_in(req.store, forum.id, one.id)
    one = load_open(req, one.id)
    sittings.come(req.store, one, me.id)
    yield hush(one.id)
    quiet = silent_until(one, req.now)
    yield Schedule(f"sitting:{one.id}", quiet, Action("meeting_closing.quiet", (one.id,)), timedelta(days=14))
    yield Post(live_card(req, one))
    if not is_shown_here(req):
        yield Whisper(Card(text("meeting-opened")), replace=False)


def _goes_on(req: Request, going: Meeting) -> Effects:
    chair = forums.member(req.store, going.forum, going.chair) if going.chair else None
    card = live_card(req, going, named=False)
    already = Line(text("meeting-open-already", who=chair.name if chair else text("nobody")))
    yield Whisper(Card(card.title, (already, *card.body)))


def _planned(req: Request, meeting: int) -> Meeting | None:
    """The planned meeting that is meant; a new one, without an end, where none is planned for about now."""
    forum = forum_of(req)
    if meeting:
        return meetings.get(req.store, forum.id, meeting)
    found = about_now(meetings.coming(req.store, forum.id, req.now - SOON), req.now)
    if found:
        return found
    number = meetings.plan(
        req.store, forum.id, title=forum.name, begins_at=req.now, ends_at=req.now, zone=req.zone,
        member=member_of(req).id,
    )  # fmt: skip
    return meetings.get(req.store, forum.id, number)


# --- Point by point --------------------------------------------------------------------------------------------


@feature.button(Deed.RECORD)
def forward(req: Request, meeting: int, point: int) -> Effects:
    """The point that was discussed is done, and the next is taken up; ``point`` is where the presser saw the meeting."""
    one = load_led(req, meeting)
    if (one.point or 0) != point:
        yield from _moved_on(req, one)
        return
    points, current = _points(req, one)
    if current:
        agenda.settle(req.store, one.forum, current.id)
    yield from _take_up(req, one, after(points, current))


@feature.button(Deed.RECORD)
def back(req: Request, meeting: int, point: int) -> Effects:
    """Back to the point before."""
    one = load_led(req, meeting)
    if (one.point or 0) != point:
        yield from _moved_on(req, one)
        return
    points, current = _points(req, one)
    yield from _take_up(req, one, before(points, current) or current)


@feature.button(Deed.RECORD)
def take(req: Request, meeting: int, point: int) -> Effects:
    """This point now, whatever stands before it."""
    one = load_led(req, meeting)
    points, current = _points(req, one)
    wanted = next((each for each in points if each.id == point), None)
    if wanted is None:
        raise Refusal(text("agenda-gone"))
    if current and current.id != point:
        agenda.settle(req.store, one.forum, current.id)
    yield from _take_up(req, one, wanted)
    yield Toast(text("meeting-point-taken", number=str(place_of(points, point))))


def _points(req: Request, one: Meeting) -> tuple[list[Point], Point | None]:
    points = agenda.of_meeting(req.store, one.forum, one.id)
    return points, agenda.get(req.store, one.forum, one.point) if one.point else None


def _take_up(req: Request, one: Meeting, point: Point | None) -> Effects:
    if one.check_in:
        sittings.ask_all(req.store, one, "")
    meetings.take_up(req.store, one, point.id if point else None, req.now)
    if point and point.minutes:
        at = req.now + timedelta(minutes=point.minutes)
        ring = time_up.action(one.id, point.id)
        yield Schedule(f"point:{one.id}", at, ring, timedelta(minutes=5), "skip")
    else:
        yield Cancel(f"point:{one.id}")
    yield from shown(req, one.id)
    yield from _in_hand(req, one)


def _moved_on(req: Request, one: Meeting) -> Effects:
    yield Toast(text("meeting-moved-on"))
    yield from _in_hand(req, one)


def _in_hand(req: Request, one: Meeting) -> Effects:
    """Whoever leads from a card of their own has one that shows where the meeting is now."""
    if isinstance(req.inbound, Click) and req.inbound.message_private:
        yield from panel(req, one.id)


@feature.button(Deed.READ)
def time_up(req: Request, meeting: int, point: int) -> Effects:
    """The one who leads hears, alone, that the time for a point is over."""
    rung(req)
    one = meetings.get(req.store, forum_of(req).id, meeting)
    found = agenda.get(req.store, forum_of(req).id, point)
    if one is None or one.state != "open" or one.point != point or found is None:
        return
    chair = chair_of(req, one)
    if chair is None:
        return
    points = agenda.of_meeting(req.store, one.forum, one.id)
    yield Direct(
        chair.person, Card(text("meeting-time-over", what=in_short(found)), (Row(tuple(steps(one, points))),))
    )


# --- Notes -----------------------------------------------------------------------------------------------------


@feature.command("note", Deed.RECORD)
def note(req: Request, words: str) -> Effects:
    """Words, or the message answered to, are noted under the point; nothing at all opens the form."""
    going = meetings.open_now(req.store, forum_of(req).id)
    if going is None:
        button = Button(text("meeting-open"), begin.action(0), "primary")
        none = text("meeting-none-open")
        raise Refusal(none, Card(none, (Row((button,)),)))
    source = req.inbound.source if isinstance(req.inbound, Said) else None
    what = words or (source.text if source else "")
    if not what:
        yield OpenForm(note_form.action(going.id))
        return
    if len(what) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(what)))
    yield from _note(req, going, what)


@feature.form(Deed.RECORD)
def note_form(req: Request, meeting: int) -> Form:
    """What was said."""
    load_open(req, meeting)
    field = TextField(key="what", label=text("meeting-field-note"), hint=text("meeting-field-note-hint"),
                      multiline=True, longest=LONGEST)  # fmt: skip
    return Form(text("meeting-note-title"), text("meeting-note-save"), (field,))


@note_form.submitted
def noted(req: Request, answers: Answers, meeting: int) -> Effects:
    """It stands in the minutes, under the point that is being discussed when it is sent in."""
    yield from _note(req, load_open(req, meeting), answers.words("what"))


def _note(req: Request, one: Meeting, what: str) -> Effects:
    sittings.note(req.store, one, what, member=member_of(req).id, now=req.now)
    points = agenda.of_meeting(req.store, one.forum, one.id)
    place = place_of(points, one.point or 0)
    yield from shown(req, one.id)
    yield Toast(text("meeting-noted", number=str(place)) if place else text("meeting-noted-between"))


@feature.form(Deed.RECORD)
def mend_form(req: Request, meeting: int) -> Form:
    """One of one's own notes, or of anybody's for the one who leads, and how it should read."""
    mine = _mine(req, load_open(req, meeting))
    if not mine:
        raise Refusal(text("meeting-no-notes"))
    which = ChoiceField(
        key="note", label=text("meeting-field-which-note"), initial=str(mine[0].seq),
        options=tuple(Option(str(each.seq), verbatim(shortened(each.what, IN_LIST))) for each in mine),
    )  # fmt: skip
    then = ChoiceField(
        key="then", label=text("meeting-field-then"), initial="change",
        options=(Option("change", text("meeting-note-change")), Option("remove", text("meeting-note-remove"))),
    )  # fmt: skip
    words = TextField(
        key="what", label=text("meeting-field-mended"), multiline=True, optional=True, longest=LONGEST
    )
    return Form(text("meeting-mend-title"), text("meeting-note-save"), (which, then, words))


@mend_form.submitted
def mended(req: Request, answers: Answers, meeting: int) -> Effects:
    """It reads like that in the minutes, or is taken out."""
    one = load_open(req, meeting)
    found = next((each for each in _mine(req, one) if each.seq == answers.number("note")), None)
    if found is None:
        raise Refusal(text("refused-stale"))
    what = "" if answers.words("then") == "remove" else answers.words("what")
    if not what and answers.words("then") != "remove":
        yield FieldErrors({"what": text("meeting-mended-how")})
        return
    sittings.mend(req.store, one, found.seq, what)
    yield from shown(req, meeting)
    yield Whisper(Card(text("meeting-note-mended") if what else text("meeting-note-gone")), replace=False)


def _mine(req: Request, one: Meeting) -> list[Note]:
    """The latest notes that the acting member may change, newest first."""
    me = member_of(req)
    leads = one.chair == me.id or may(req, Deed.RUN_FORUM)
    notes = [each for each in sittings.notes(req.store, one) if leads or each.by_member == me.id]
    return notes[: -MENDABLE - 1 : -1]


# --- For the one who leads it ----------------------------------------------------------------------------------


@feature.button(Deed.RECORD, link=True)
def panel(req: Request, meeting: int) -> Effects:
    """Who has not been heard, how much time is left, and the tools of the one who leads."""
    one = load_led(req, meeting)
    leads, empty = one.chair == member_of(req).id, sittings.is_empty(req.store, one)
    yield Whisper(panel_card(req, one, leads=leads, empty=empty))


@feature.button(Deed.READ)
def refresh(req: Request) -> Effects:
    """Something was recorded under the point: the card counts it."""
    rung(req)
    if going := meetings.open_now(req.store, forum_of(req).id):
        yield from shown(req, going.id)


@feature.button(Deed.RECORD)
def show_again(req: Request, meeting: int) -> Effects:
    """The card comes last in every chat again, when much has been written since."""
    yield Post(live_card(req, load_led(req, meeting)))


@feature.button(Deed.RECORD)
def take_chair(req: Request, meeting: int) -> Effects:
    """A coordinator leads it from now on, or anybody once the one who led it has left."""
    one = load_led(req, meeting)
    sittings.set_chair(req.store, one, member_of(req).id)
    yield from shown(req, meeting)
    yield Toast(text("meeting-chair-taken"))
