"""Who is here and who has been heard: ticked by oneself in either chat, or by the one who leads for those in the room.

The check-in is one question that everybody who is here answers in turn, aloud or in the chat; nothing of it is kept.
Anyone may be passed over.
"""

from typing import Final

from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, Refusal, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import member_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import member_options, verbatim
from handlers.kit.ui import Card, ChoiceField, Form, HiddenField, Option, TextField, text
from handlers.meeting_cards import everybody, voices
from handlers.meeting_rules import last_place, queue
from handlers.meeting_steps import load_led, load_open, shown
from storage import forums, sittings
from storage.meetings import Meeting

feature = Feature("presence")

LONGEST: Final = 200
"""Characters of the question."""


# --- Here ------------------------------------------------------------------------------------------------------


@feature.button(Deed.RECORD)
def here(req: Request, meeting: int) -> Effects:
    """I am here; said twice it is still once."""
    one = load_open(req, meeting)
    me = member_of(req).id
    if not sittings.come(req.store, one, me):
        yield Toast(text("meeting-here-already"))
        return
    _join_queue(req, one, [me])
    yield from shown(req, meeting)
    yield Toast(text("meeting-here-noted"))


@feature.form(Deed.RECORD)
def tick_form(req: Request, meeting: int) -> Form:
    """Everybody in the forum, with a tick at those who are here."""
    one = load_led(req, meeting)
    ticked = ",".join(str(each.member) for each in sittings.seats(req.store, one).values() if each.present)
    known = {each.value for each in member_options(req)}
    initial = ",".join(each for each in ticked.split(",") if each in known)
    who = ChoiceField(key="who", label=text("meeting-field-who"), options=member_options(req), many=True,
                      optional=True, initial=initial)  # fmt: skip
    before = HiddenField(key="before", label=text("meeting-field-who"), initial=initial)
    return Form(text("meeting-tick-title"), text("meeting-tick-save"), (who, before))


@tick_form.submitted
def ticked(req: Request, answers: Answers, meeting: int) -> Effects:
    """Only what was changed here is changed: who ticked themselves meanwhile stays ticked."""
    one = load_led(req, meeting)
    chosen = {int(each) for each in answers.many("who")}
    before = {int(each) for each in answers.words("before").split(",") if each.isdecimal()}
    known = everybody(req, one).keys()
    for each in sorted((chosen ^ before) & known):
        sittings.tick(req.store, one, each, present=each in chosen)
    _join_queue(req, one, sorted((chosen - before) & known))
    yield from shown(req, meeting)
    yield Whisper(Card(text("meeting-ticked")))


# --- Heard -----------------------------------------------------------------------------------------------------


@feature.form(Deed.RECORD)
def heard_form(req: Request, meeting: int) -> Form:
    """Organisations that are here and that nobody has heard yet."""
    _, silent = voices(req, load_led(req, meeting))
    if not silent:
        raise Refusal(text("meeting-all-heard"))
    options = tuple(Option(str(each), verbatim(name)) for each, name in silent.items())
    who = ChoiceField(key="who", label=text("meeting-field-heard"), options=options, many=True)
    return Form(text("meeting-heard-title"), text("meeting-heard-save"), (who,))


@heard_form.submitted
def heard(req: Request, answers: Answers, meeting: int) -> Effects:
    """They have had their say; only the one who leads sees it."""
    one = load_led(req, meeting)
    members, chosen = everybody(req, one), {int(each) for each in answers.many("who")}
    seats = sittings.seats(req.store, one).values()
    sittings.hear(
        req.store, one,
        [each.member for each in seats
         if each.present and each.member in members and members[each.member].actor in chosen],
    )  # fmt: skip
    spoken, silent = voices(req, one)
    said = text("meeting-heard", heard=str(len(spoken)), of=str(len(spoken) + len(silent)))
    yield Whisper(Card(said))


# --- The check-in ----------------------------------------------------------------------------------------------


@feature.form(Deed.RECORD)
def check_in_form(req: Request, meeting: int) -> Form:
    """The question that everybody answers."""
    load_led(req, meeting)
    field = TextField(key="question", label=text("meeting-field-question"),
                      hint=text("meeting-field-question-hint"), longest=LONGEST)  # fmt: skip
    return Form(text("meeting-check-in-title"), text("meeting-check-in-start"), (field,))


@check_in_form.submitted
def check_in(req: Request, answers: Answers, meeting: int) -> Effects:
    """The card shows the question and whose turn it is."""
    one = load_led(req, meeting)
    sittings.ask_all(req.store, one, answers.words("question"))
    yield from shown(req, meeting)
    yield Whisper(Card(text("meeting-check-in-begun")))


@feature.button(Deed.RECORD)
def spoken(req: Request, meeting: int, member: int) -> Effects:
    """Whoever's turn it was has answered, and the next one has the word."""
    one = load_open(req, meeting)
    yield from _turn_over(req, one, member, sittings.HAD)


@feature.button(Deed.RECORD)
def passed(req: Request, meeting: int, member: int) -> Effects:
    """They would rather listen."""
    one = load_open(req, meeting)
    yield from _turn_over(req, one, member, sittings.PASSED)


@feature.button(Deed.RECORD)
def check_in_over(req: Request, meeting: int) -> Effects:
    """Enough of it, whoever is still waiting."""
    one = load_led(req, meeting)
    sittings.ask_all(req.store, one, "")
    yield from shown(req, meeting)
    yield Toast(text("meeting-check-in-over"))


def _turn_over(req: Request, one: Meeting, member: int, turn: int) -> Effects:
    waiting = queue(sittings.seats(req.store, one))
    if not one.check_in or not waiting or waiting[0] != member:
        yield Toast(text("meeting-moved-on"))
        return
    me = member_of(req).id
    if me not in (member, one.chair) and not may(req, Deed.RUN_FORUM):
        whose = forums.member(req.store, one.forum, member)
        raise Refusal(text("meeting-turn-of", who=whose.name if whose else text("nobody")))
    sittings.take_turn(req.store, one, member, turn)
    if turn == sittings.HAD:
        sittings.hear(req.store, one, [member])
    if not waiting[1:]:
        sittings.ask_all(req.store, one, "")
    yield from shown(req, one.id)


def _join_queue(req: Request, one: Meeting, members: list[int]) -> None:
    """Whoever comes during the check-in has a turn too, after the others."""
    if not one.check_in:
        return
    for each in members:
        seats = sittings.seats(req.store, one)
        sittings.take_turn(req.store, one, each, last_place(seats))
