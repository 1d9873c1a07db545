"""Who comes (W3): one press on a meeting's card, in either chat, and another one for whoever changes their mind.

*Kommer*, *Kommer inte*, or *Ersättare* with the name of whoever comes instead. The card counts the answers by
organisation for everybody at once.
"""

from handlers.agenda_posting import answered
from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, Refusal, Toast, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.organisation import LONGEST_NAME, one_line
from handlers.kit.ui import Form, TextField, text
from handlers.planned_cards import meeting_card, own_card
from storage import attendance, meetings
from storage.meetings import Meeting

feature = Feature("attending")


@feature.button(Deed.READ)
def answer(req: Request, meeting: int, said: str) -> Effects:
    """Comes, or does not; the last answer counts."""
    one = _ahead(req, meeting)
    if said not in ("yes", "no"):
        raise Refusal(text("refused-stale"))
    yield from _noted(req, one, said, "")
    yield Toast(text("attending-noted-yes") if said == "yes" else text("attending-noted-no"))


@feature.form(Deed.READ)
def substitute_form(req: Request, meeting: int) -> Form:
    """Who comes instead."""
    one = _ahead(req, meeting)
    mine = [
        each for each in attendance.answers(req.store, one.forum, one.id) if each.member == member_of(req).id
    ]
    field = TextField(
        key="name",
        names=True,
        label=text("attending-field-name"),
        longest=LONGEST_NAME,
        initial=mine[0].substitute if mine else "",
    )
    return Form(text("attending-substitute-title"), text("attending-save"), (field,))


@substitute_form.submitted
def substitute_named(req: Request, answers: Answers, meeting: int) -> Effects:
    """The substitute stands on the card, with the name of whoever sends them."""
    yield from _noted(req, _ahead(req, meeting), "substitute", one_line(answers.words("name")))


def _noted(req: Request, one: Meeting, said: str, name: str) -> Effects:
    attendance.say(req.store, one.forum, one.id, member_of(req).id, said, name)
    yield Update(meeting_card(req, one))
    yield from answered(req, one)
    if req.inbound.message_private:
        yield Whisper(own_card(req, one))


def _ahead(req: Request, meeting: int) -> Meeting:
    """A meeting that has not begun."""
    one = meetings.get(req.store, forum_of(req).id, meeting)
    if one is None or one.state in ("asked", "undone"):
        raise Refusal(text("refused-stale"))
    if one.state == "cancelled":
        raise Refusal(text("planned-cancelled-already", title=one.title))
    if one.state != "planned" or one.ends_at <= req.now:
        raise Refusal(text("attending-too-late"))
    return one
