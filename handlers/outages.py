"""Outages (F7): when the bot was away for longer than a platform keeps what people write, the forum hears of it once.

Otherwise somebody believes for weeks that a decision was noted. It is said in the chat and not to the coordinators
alone, for whoever wrote in vain is the one who has to write again. To be heard and not to be noise: only in chats that
the platform itself lost something for, only in working hours, at most one message a day, and not a word of a short
night in which hardly anybody was awake to write.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.access import Deed
from handlers.kit.effects import Effects, Post, Refusal, Schedule
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, rung
from handlers.kit.inbound import Happened, Request
from handlers.kit.ui import Card, Instant, Line, text
from handlers.kit.when import in_working_hours, next_working_moment
from storage import forums, outages
from storage.db import from_ms
from storage.outages import RESTORED, Gap

feature = Feature("outages")

KEPT: Final[Mapping[str, timedelta]] = {"telegram": timedelta(hours=24)}
"""How long a platform keeps what it could not deliver; Slack gives up within minutes."""
SELDOM: Final = timedelta(days=1)
WAKES, SLEEPS = 6, 22
"""Between these hours, on any day, somebody may well have written."""
NIGHT: Final = timedelta(hours=8)


@feature.event("away")
def away(req: Request) -> Effects:
    """What was written to the bot meanwhile is lost: every forum there will be told."""
    platform, gap = _happened(req)
    yield from _tell_each(req, platform, gap, outages.forums_on(req.store, platform))


@feature.event(RESTORED)
def restored(req: Request) -> Effects:
    """The memory is that of a backup: what was noted since is gone, on every platform."""
    kind, gap = _happened(req)
    yield from _tell_each(req, kind, gap, outages.forums_on(req.store))


def _happened(req: Request) -> tuple[str, Gap]:
    if not isinstance(req.inbound, Happened):
        raise Refusal(text("refused-stale"))
    kind, since, until = req.inbound.detail.split(":")
    return kind, Gap(from_ms(int(since)), from_ms(int(until)))


def _tell_each(req: Request, kind: str, gap: Gap, told: list[int]) -> Effects:
    for number in told:
        forum = forums.get(req.store, number)
        if forum is None or not may_be_missed(gap, forum.zone):
            continue
        outages.keep(req.store, forum.id, kind, gap.since, gap.until)
        last = outages.told_at(req.store, forum.id)
        at = next_working_moment(max(req.now, last + SELDOM) if last else req.now, forum.zone)
        yield Schedule("away", at, tell.action(), forum=forum.id)


def may_be_missed(gap: Gap, zone: str) -> bool:
    """Whether somebody was likely to write while the bot was away."""
    return gap.until - gap.since >= NIGHT or _is_awake(gap.since, zone) or _is_awake(gap.until, zone)


def _is_awake(at: datetime, zone: str) -> bool:
    return WAKES <= at.astimezone(ZoneInfo(zone)).hour < SLEEPS


@feature.button(Deed.READ)
def tell(req: Request) -> Effects:
    """One message in each chat that something was lost for: from when to when, and what to do about it."""
    rung(req)
    forum = forum_of(req)
    if not in_working_hours(req.now, req.zone):
        yield Schedule("away", next_working_moment(req.now, req.zone), tell.action())
        return
    gaps = outages.untold(req.store, forum.id)
    outages.told(req.store, forum.id, req.now)
    for place in forums.places(req.store, forum.id):
        here = gaps.get(RESTORED) or gaps.get(place.platform)
        if here:
            kind = RESTORED if RESTORED in gaps else place.platform
            yield Post(_card(kind, here, req.zone), place=place.id)


def _card(kind: str, gap: Gap, zone: str) -> Card:
    since, until = Instant(gap.since, zone), Instant(gap.until, zone)
    if kind == RESTORED:
        return Card(
            text("away-restored", since=since), (Line(text("away-restored-lost", since=since, until=until)),)
        )
    title = text("away-often" if gap.times > 1 else "away-once", since=since, until=until)
    lost = text("away-lost")
    if kept := KEPT.get(kind):
        lost = text("away-lost-before", until=Instant(gap.until - kept, zone))
    return Card(title, (Line(lost), Line(text("away-kept"), "small")))
