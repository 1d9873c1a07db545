"""The forum and the member of a request, where a handler's deed already promises that there are such."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.effects import Refusal
from handlers.kit.inbound import Due, Request
from handlers.kit.ui import text
from storage.records import Forum, Member, Person

LONG_AGO: Final = timedelta(days=400)


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


def meant_for(req: Request) -> datetime:
    """When the timer that leads here should have rung; long ago for one that may have rung before a backup was put back.

    So whoever leaves out what comes too late tells nobody the same thing twice.
    """
    due = rung(req)
    return req.now - LONG_AGO if may_have_rung(req) else due.due_at


def may_have_rung(req: Request) -> bool:
    """Whether the timer that leads here fell due between a backup and the moment when it was put back."""
    return rung(req).late == "again"
