"""The forum and the member of a request, where a handler's deed already promises that there are such."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.kit.effects import Refusal
from handlers.kit.inbound import Due, Request
from handlers.kit.ui import text
from storage.records import Forum, Member, Person


def forum_of(req: Request) -> Forum:
    """The request's forum; a refusal where there is none."""
    if req.forum is None:
        raise Refusal(text("refused-no-forum"))
    return req.forum


def member_of(req: Request) -> Member:
    """The acting member; a refusal for anybody else."""
    if req.member is None:
        raise Refusal(text("refused-not-member"))
    return req.member


def person_of(req: Request) -> Person:
    """The acting person; a refusal where the platform hides who it is (an anonymous administrator)."""
    if req.person is None:
        raise Refusal(text("refused-no-person"))
    return req.person


def local_day(req: Request, at: datetime) -> date:
    """The date of an instant on the forum's wall calendar."""
    return at.astimezone(ZoneInfo(req.zone)).date()


def rung(req: Request) -> Due:
    """The timer that leads here; a refusal for anybody who made up a button that would."""
    if not isinstance(req.inbound, Due):
        raise Refusal(text("refused-stale"))
    return req.inbound
