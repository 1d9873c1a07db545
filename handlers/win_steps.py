"""What every win goes through: who may be named is asked first, then it waits for a good moment, then all hear of it.

Shared by the features that report wins, notice them, give thanks, and take the answers of those who are named.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.kit.budget import inform, nudge
from handlers.kit.effects import Effects, Post, Schedule, Update
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Items
from handlers.kit.when import working_moment
from handlers.win_cards import ask_card, card_in_chats, gathered_card, private_card, win_card
from handlers.win_rules import (
    AGAIN_AT,
    MONTH_AT,
    answers_until,
    first_of_next_month,
    is_calm,
    is_stale,
    may_say_now,
    names_in,
    say_at,
)
from storage import forums, nudges, quiet, wins
from storage.records import Member
from storage.wins import Win
from storage.wishes import wishes_of

BY_MEMBERS: Final = frozenset({"told", "thanks"})
"""What somebody wants to tell: it waits for no other win."""


def load(req: Request, number: int) -> Win | None:
    """A win of the forum."""
    return wins.get(req.store, forum_of(req).id, number)


def named_in(req: Request, words: str) -> Items | None:
    """Other members whose names stand in somebody's words: nobody is named there, for nobody was asked."""
    me = member_of(req)
    others = [each.name for each in forums.members(req.store, me.forum) if each.name != me.name]
    found = names_in(words, others)
    return Items(found) if found else None


def as_kept(req: Request, number: int) -> Win:
    """A win that is there for certain, as it stands now."""
    one = load(req, number)
    assert one is not None  # noqa: S101 - wins are never deleted
    return one


def ask_names(req: Request, one: Win, members: Sequence[int], *, at_once: bool = False) -> Effects:
    """Ask these members whether they may be named, and tell it when they have answered.

    Whoever wants no praise in public is thanked in private. What has been told already stands as it is.
    """
    for number in dict.fromkeys(members):
        who = forums.member(req.store, one.forum, number)
        if who is None or who.state != "active":
            continue
        if wishes_of(req.store, who.person).praise == "private":
            wins.name(req.store, one.forum, one.id, number, "private")
            yield from inform(req, who, private_card(req, one))
        else:
            wins.name(req.store, one.forum, one.id, number)
            yield from ask_name(req, one, who)
    if one.state == "told":
        return
    if wins.unanswered(req.store, one.forum, one.id):
        wins.set_state(req.store, one.forum, one.id, "asked")
        at = answers_until(req.today, req.zone)
        yield Schedule(f"win-names:{one.id}", at, Action("naming.time_over", (one.id,)))
    else:
        yield from ready(req, one, at_once=at_once)


def ask_name(req: Request, one: Win, who: Member) -> Effects:
    """Ask one of them, with their day's one message."""
    again = Action("naming.ask_one", (one.id, who.id))
    yield from nudge(req, who, f"win-{one.id}", ask_card(req, one), again)


def ready(req: Request, one: Win, *, at_once: bool = False) -> Effects:
    """Everybody has answered, or time is up: what a member wanted to tell is told, in working hours or ``at_once``."""
    if not wins.holds(req.store, one):
        wins.set_state(req.store, one.forum, one.id, "dropped")
        return
    wins.set_state(req.store, one.forum, one.id, "ready")
    calm = quiet.calm_until(req.store, one.forum)
    now = may_say_now(req.now, req.zone, calm, req.today) or (at_once and not is_calm(calm, req.today))
    yield from tell(req, [one.id]) if now and one.kind in BY_MEMBERS else soon(req)


def soon(req: Request) -> Effects:
    """What waits is told at the next good moment, all in one message."""
    forum = forum_of(req).id
    found = wins.ready(req.store, forum)
    if found:
        eager = any(each.kind in BY_MEMBERS for each, _ in found)
        last = None if eager else wins.last_told(req.store, forum)
        at = say_at(req.now, req.zone, quiet.calm_until(req.store, forum), last)
        yield Schedule("win-tell", at, Action("wins.say"))


def tell(req: Request, numbers: Sequence[int]) -> Effects:
    """All hear of these, in one message."""
    forum = forum_of(req).id
    wins.tell(req.store, forum, numbers, req.now)
    found = [each for number in numbers if (each := wins.get(req.store, forum, number))]
    yield Post(win_card(req, found[0]) if len(found) == 1 else gathered_card(req, found), care="once")
    at, month = working_moment(first_of_next_month(req.today), MONTH_AT, req.zone), req.today
    yield Schedule(f"win-month:{month:%Y-%m}", at, Action("win_month.month_over", (month.year, month.month)))


def taken_away(req: Request, one: Win) -> Effects:
    """It is no win any more: nobody is asked about it, and where it stood it says so."""
    wins.set_state(req.store, one.forum, one.id, "dropped")
    nudges.renew(req.store, one.forum, f"win-{one.id}")
    if one.told_at:
        yield Update(card_in_chats(req, as_kept(req, one.id)))


def worth_telling(req: Request, found: Sequence[tuple[Win, datetime]]) -> list[int]:
    """What still holds and is still news; what was taken back is dropped, what is old stands in the month's list."""
    forum, calm = forum_of(req).id, quiet.calm_until(req.store, forum_of(req).id)
    fresh = []
    for one, since in found:
        waited = max(since, working_moment(calm, AGAIN_AT, req.zone)) if calm else since
        if not wins.holds(req.store, one):
            wins.set_state(req.store, forum, one.id, "dropped")
        elif is_stale(waited, req.now):
            wins.tell(req.store, forum, [one.id], req.now)
        else:
            fresh.append(one.id)
    return fresh
