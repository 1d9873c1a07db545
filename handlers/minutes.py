"""Minutes (W3): written as the meeting goes, readable at once, and to be had as Word, PDF, web page or Markdown.

*protokoll* shows the minutes of the meeting that is going on, or of the latest one; with a number, an older one. What
somebody noted, decided and took on stands under its point. When the meeting closes the minutes go out for approval.
"""

from handlers.decision_rules import read_number
from handlers.kit.access import Deed, may
from handlers.kit.doors import approve, mend_note
from handlers.kit.effects import Effects, Refusal, Schedule, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Button, Card, Row, text
from handlers.minutes_cards import CANONICAL, file_card, minutes_card, page_card
from storage import meetings
from storage.approvals import minutes_of
from storage.meetings import Meeting
from storage.minutes_draft import by_number, latest

feature = Feature("minutes")


@feature.command("minutes", Deed.READ, menu=True)
def look(req: Request, said: str) -> Effects:
    """The latest minutes, or those with a number; "3" is the third of this year."""
    forum = forum_of(req)
    number = read_number(said, req.today.year)
    if said and not number:
        raise Refusal(text("minutes-which"))
    one = by_number(req.store, forum.id, *number) if number else latest(req.store, forum.id)
    if one is None:
        raise Refusal(
            text("minutes-no-such", number="/".join(map(str, number))) if number else text("minutes-none")
        )
    yield Whisper(_shown(req, one))


@feature.button(Deed.READ)
def show(req: Request, meeting: int) -> Effects:
    """The minutes of one meeting, for the one who asks."""
    yield Whisper(_shown(req, _load(req, meeting)), replace=False)


def _shown(req: Request, one: Meeting) -> Card:
    card = minutes_card(one, minutes_of(req.store, one), named=False)
    more = []
    if one.state == "open" and may(req, Deed.RECORD):
        more.append(Button(text("minutes-mend-note"), mend_note(one.id)))
    before = latest(req.store, one.forum, before=one)
    if before:
        more.append(Button(text("minutes-older", number=before.label), show.action(before.id)))
    return Card(card.title, (*card.body, *((Row(tuple(more)),) if more else ())))


@feature.button(Deed.READ)
def page(req: Request, meeting: int, start: int) -> Effects:
    """Read on the spot: the points with what came of each, a few at a time."""
    one = _load(req, meeting)
    yield Whisper(page_card(one, minutes_of(req.store, one), max(start, 0)), replace=start > 0)


@feature.button(Deed.READ)
def export(req: Request, meeting: int, form: int) -> Effects:
    """The minutes as a file, for the one who asks."""
    one = _load(req, meeting)
    minutes = minutes_of(req.store, one)
    if not 0 <= form <= CANONICAL or (form == CANONICAL and minutes.state != "approved"):
        raise Refusal(text("refused-stale"))
    yield Whisper(file_card(minutes, form), replace=False)


@feature.button(Deed.READ)
def closed(req: Request, meeting: int) -> Effects:
    """The meeting is over: its minutes go out to be approved."""
    rung(req)
    one = _load(req, meeting)
    if one.state == "closed":
        yield Schedule(f"approve:{one.id}", req.now, approve(one.id))


def _load(req: Request, meeting: int) -> Meeting:
    """A meeting that has minutes."""
    one = meetings.get(req.store, forum_of(req).id, meeting)
    if one is None or one.state not in ("open", "closed") or not one.number:
        raise Refusal(text("minutes-gone"))
    return one
