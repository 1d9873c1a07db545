"""The weekly digest (L4): in every chat of the forum, at the hour it chose, what waits, what happened, what comes.

Every Monday at half past eight until a coordinator says otherwise, or the next working day. A week in which nothing
happened has none. *veckan* shows it at any time.
"""

from dataclasses import replace
from datetime import datetime, time

from handlers.digest_cards import digest_card, page_card
from handlers.digest_reading import LONG, read
from handlers.digest_rules import (
    HOURS,
    LATE,
    STALE,
    WEEK,
    WEEKDAYS,
    Digest,
    began,
    is_first_of_month,
    is_news,
    next_digest,
)
from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.doors import briefs_begin, guards_begin, wins_begin
from handlers.kit.effects import Cancel, Effects, Post, Refusal, Schedule, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, meant_for, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Card, ChoiceField, Form, Instant, Option, text
from handlers.kit.when import clock, next_working_moment
from storage import digests
from storage.db import from_ms, to_ms
from storage.digests import Rhythm

feature = Feature("digests")

PAGES = ("waits", "happened")


# --- Every week ------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def begin(req: Request) -> Effects:
    """A forum's rhythm begins: its weekly digest, and what keeps an eye on it."""
    long_there = req.now - rung(req).due_at > WEEK
    rhythm = digests.rhythm_of(req.store, forum_of(req).id)
    if rhythm.told_until is None:
        # A forum that was there before digests were has a week to tell of already.
        digests.told(req.store, forum_of(req).id, req.now - WEEK if long_there else req.now)
    yield from _wait_for(req, rhythm)
    yield Schedule("guards-begin", req.now, guards_begin())
    yield Schedule("briefs-begin", req.now, briefs_begin())
    yield Schedule("wins-begin", req.now, wins_begin())


def _wait_for(req: Request, rhythm: Rhythm) -> Effects:
    if rhythm.digest == "off":
        yield Cancel("digest")
        return
    yield Schedule("digest", next_digest(rhythm, req.now, req.zone), post.action(0))


@feature.button(Deed.READ)
def post(req: Request, waited_from: int) -> Effects:
    """The week is told in every chat; ``waited_from`` is when it was due, if it has waited for somebody to be at work.

    One that would come more than a day late is left out: the next one tells of that week too. So it does after a week
    in which there was nothing to tell.
    """
    due_at = meant_for(req)
    if waited_from:
        due_at = from_ms(waited_from)
    rhythm = digests.rhythm_of(req.store, forum_of(req).id)
    if rhythm.digest == "off":
        return
    at = next_working_moment(req.now, req.zone)
    if req.now < at <= due_at + STALE:
        yield Schedule("digest", at, post.action(to_ms(due_at)))
        return
    yield from _wait_for(req, rhythm)
    if at > req.now or at - due_at > STALE:
        return
    picture = is_first_of_month(rhythm.told_until, req.now, req.zone)
    one = read(req, began(rhythm.told_until, req.now), req.now, picture=picture)
    if is_news(one):
        digests.told(req.store, forum_of(req).id, req.now)
        yield Post(_card(req, one, late=req.now - due_at > LATE), care="once")


def _card(req: Request, one: Digest, *, late: bool = False, settings: Action | None = None) -> Card:
    further = more.action(to_ms(one.since), to_ms(one.until), 0) if one.is_cut else None
    return digest_card(one, forum_of(req), late=late, more=further, settings=settings)


# --- Whenever one asks -----------------------------------------------------------------------------------------


@feature.command("digest", Deed.READ, menu=True)
def show(req: Request, _said: str) -> Effects:
    """What has happened since the last digest, at least in a week, and what waits; for the one who asks."""
    rhythm = digests.rhythm_of(req.store, forum_of(req).id)
    one = read(req, min(began(rhythm.told_until, req.now), req.now - WEEK), req.now)
    settings = settings_form.action() if may(req, Deed.RUN_FORUM) else None
    yield Whisper(_card(req, one, settings=settings))


@feature.button(Deed.READ)
def more(req: Request, since: int, until: int, page: int) -> Effects:
    """All that the digest had no room for: first what waits, then what happened."""
    begins, ends = _moment(since), _moment(until)
    if not 0 <= page < len(PAGES) or not begins < ends <= req.now:
        raise Refusal(text("refused-stale"))
    one = read(req, begins, ends, room=LONG)
    further = more.action(since, until, (page + 1) % len(PAGES))
    yield Whisper(page_card(one, forum_of(req), PAGES[page], further))


def _moment(ms: int) -> datetime:
    """An instant out of a button; whoever made one up is told that it is of no use."""
    try:
        return from_ms(ms)
    except (OverflowError, ValueError, OSError):
        raise Refusal(text("refused-stale")) from None


# --- When it comes ---------------------------------------------------------------------------------------------


@feature.form(Deed.RUN_FORUM)
def settings_form(req: Request) -> Form:
    """On which day and at what time the digest comes, or never."""
    rhythm = digests.rhythm_of(req.store, forum_of(req).id)
    days = (
        *(Option(each, text(f"budget-digest-{each}")) for each in WEEKDAYS),
        Option("off", text("digest-day-off")),
    )
    hours = tuple(Option(_written(each), clock(each)) for each in HOURS)
    fields = (
        ChoiceField(
            key="day", label=text("digest-form-day"), hint=text("digest-form-day-hint"), options=days,
            initial="off" if rhythm.digest == "off" else str(rhythm.weekday),
        ),
        ChoiceField(key="hour", label=text("digest-form-hour"), options=hours, initial=_written(rhythm.at)),
    )  # fmt: skip
    return Form(text("digest-form-title"), text("digest-form-save"), fields)


def _written(hour: time) -> str:
    return hour.isoformat("minutes")


@settings_form.submitted
def settled(req: Request, answers: Answers) -> Effects:
    """From now on it comes then; what happened before stays for the next one."""
    forum, day = forum_of(req).id, answers.words("day")
    rhythm = digests.rhythm_of(req.store, forum)
    at = time.fromisoformat(answers.words("hour"))
    chosen = replace(rhythm, digest="off", at=at)
    if day != "off":
        chosen = replace(rhythm, digest="weekly", weekday=int(day), at=at)
    digests.set_rhythm(req.store, forum, chosen)
    yield from _wait_for(req, chosen)
    if day == "off":
        yield Whisper(Card(text("digest-now-off")))
    else:
        yield Whisper(
            Card(text("digest-now-on", at=Instant(next_digest(chosen, req.now, req.zone), req.zone)))
        )
