"""How a feature speaks to somebody in private without being a nuisance (L4).

``nudge`` asks something of a person: at most one message a day, with everything in it, and five times about a matter.
``inform`` tells them what concerns them: at once in their hours, else with the next morning's message. What somebody
does themselves is answered without either.
"""

import json
from datetime import timedelta
from typing import Final

from handlers.kit.doors import tell_nudges
from handlers.kit.effects import Direct, Effects, Schedule
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Card
from handlers.kit.ui_json import card_to_json
from handlers.kit.welcome import MORNING, is_away, is_welcome, next_welcome
from handlers.kit.when import next_working_day, working_moment
from storage import nudges, people
from storage.nudges import Nudge
from storage.records import Member
from storage.wishes import Wishes, wishes_of

MOST: Final = 5
"""So often a person is asked about the same matter."""


def nudge(
    req: Request, to: Member, matter: str, card: Card, again: Action, *, fallback: Card | None = None
) -> Effects:
    """Ask a member about a matter (``action-12``) with their day's one message.

    When it has to wait, ``again`` rings then, for this person alone, and asks anew if there is still something to
    ask. Somebody who wants no reminders, or lets the matter sleep is not asked, and whoever is away not before they are back; whoever cannot be reached in
    private is asked in the chat with ``fallback``.
    """
    people.hold(req.store, to.person)
    wishes, forum = wishes_of(req.store, to.person), forum_of(req).id
    known = nudges.get(req.store, to.person, forum, matter)
    if wishes.nudges and wishes.away_until and is_away(wishes, req.today):
        # On the day they are back they hear what waits; the question comes the morning after.
        day = next_working_day(next_working_day(wishes.away_until) + timedelta(days=1))
        yield Schedule(f"again:{to.person}:{matter}", working_moment(day, MORNING, req.zone), again)
        return
    if not _may_be_asked(req, wishes, known):
        return
    if people.private_account(req.store, to.person) is None:
        yield Direct(to.person, card, fallback=fallback)
        return
    at = next_welcome(wishes, req.now, req.zone, after=nudges.told_on(req.store, to.person))
    if at is None:
        return
    if at > req.now:
        yield Schedule(f"again:{to.person}:{matter}", at, again)
        return
    nudges.wait(
        req.store, to.person, forum, matter, card=_written(card), fallback=_written(fallback),
        again=again.encode(forum),
    )  # fmt: skip
    yield Schedule(f"nudges:{to.person}", req.now, tell_nudges(to.person))


def _may_be_asked(req: Request, wishes: Wishes, known: Nudge | None) -> bool:
    if not wishes.nudges:
        return False
    if known is None:
        return True
    asleep = known.asleep_until is not None and req.today < known.asleep_until
    return not asleep and known.sent < MOST


def is_asleep(req: Request, to: Member, matter: str) -> bool:
    """Whether the member let a matter sleep until a later day."""
    known = nudges.get(req.store, to.person, forum_of(req).id, matter)
    return known is not None and known.asleep_until is not None and req.today < known.asleep_until


def inform(req: Request, to: Member, card: Card, *, fallback: Card | None = None) -> Effects:
    """Tell a member what concerns them: at once in their hours, else with the next morning's message.

    To somebody who is away it is not told; what then waits for them they hear when they are back.
    """
    people.hold(req.store, to.person)
    wishes = wishes_of(req.store, to.person)
    theirs = req.person is not None and req.person.id == to.person
    unreachable = people.private_account(req.store, to.person) is None
    if theirs or unreachable or is_welcome(wishes, req.now, req.zone):
        yield Direct(to.person, card, fallback=fallback)
        return
    at = next_welcome(wishes, req.now, req.zone)
    if at is None or is_away(wishes, req.today):
        return
    matter = news_about(req, card.name or f"{req.inbound.key}:{card.title.key}")
    nudges.wait(
        req.store, to.person, forum_of(req).id, matter, card=_written(card), fallback=_written(fallback), again=""
    )  # fmt: skip
    yield Schedule(f"nudges:{to.person}", at, tell_nudges(to.person))


def news_about(req: Request, what: str) -> str:
    """How news about something are called: newer words about the same card take the place of older ones."""
    return f"news-{req.seal(what)[:12]}"


def _written(card: Card | None) -> str:
    return json.dumps(card_to_json(card), ensure_ascii=False) if card else ""
