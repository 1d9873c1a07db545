"""What every win goes through: who may be named is asked first, then it waits for a good moment, then all hear of it.

Shared by the features that report wins, notice them, give thanks, and take the answers of those who are named. What
hangs in the chats follows when a name or a win goes: its own message, and the lists of its month.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.budget import inform, may_ask, nudge
from handlers.kit.effects import Effects, Post, Refusal, Schedule, Update
from handlers.kit.forum import forum_of, local_day, member_of, person_of
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Card, Items, Text, text
from handlers.kit.when import working_moment
from handlers.win_cards import ask_card, card_in_chats, gathered_card, month_card, private_card, win_card
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
from storage import forums, intake, nudges, quiet, wins
from storage.records import Member
from storage.wins import Win
from storage.wishes import wishes_of

BY_MEMBERS: Final = frozenset({"told", "thanks"})
"""What somebody wants to tell: it waits for no other win."""
MOST: Final = 30
"""Wins in a list, the latest of them."""


def load(req: Request, number: int) -> Win | None:
    """A win of the forum."""
    return wins.get(req.store, forum_of(req).id, number)


def there(req: Request, number: int) -> Win:
    """The win that somebody wants to do something about; a refusal once it is taken away."""
    one = load(req, number)
    if one is None or one.state == "dropped":
        raise Refusal(text("refused-stale"))
    return one


def named_in(req: Request, words: str, key: str) -> Text | None:
    """What to say (``key``) of other members' names in somebody's words: nobody is named there, for nobody was asked."""
    me = member_of(req)
    others = [each.name for each in forums.members(req.store, me.forum) if each.name != me.name]
    found = names_in(words, others)
    return text(key, who=Items(found), count=len(found)) if found else None


def calm_now(req: Request) -> date | None:
    """The day until which nothing is celebrated, in a quiet time that is not over."""
    calm = quiet.calm_until(req.store, forum_of(req).id)
    return calm if is_calm(calm, req.today) else None


def as_kept(req: Request, number: int) -> Win:
    """A win that is there for certain, as it stands now."""
    one = load(req, number)
    assert one is not None  # noqa: S101 - wins are never deleted
    return one


def ask_names(req: Request, one: Win, members: Sequence[int], *, at_once: bool = False) -> Effects:
    """Ask these members whether they may be named, and tell it when they have answered.

    What has been told already stands as it is.
    """
    here = {each.id: each for each in forums.members(req.store, one.forum)}
    for who in [here[each] for each in dict.fromkeys(members) if each in here]:
        yield from _ask_or_thank(req, one, who)
    if one.state == "told":
        return
    if wins.unanswered(req.store, one.forum, one.id):
        wins.set_state(req.store, one.forum, one.id, "asked")
        at = answers_until(req.today, req.zone)
        yield Schedule(f"win-names:{one.id}", at, Action("naming.time_over", (one.id,)))
    else:
        yield from ready(req, one, at_once=at_once)


def _ask_or_thank(req: Request, one: Win, who: Member) -> Effects:
    """Whoever wants no praise in public is thanked in private; whoever is not asked these days is not named."""
    if wishes_of(req.store, who.person).praise == "private":
        wins.name(req.store, one.forum, one.id, who.id, "private")
        yield from inform(req, who, private_card(req, one))
    elif may_ask(req, who, matter(one)):
        wins.name(req.store, one.forum, one.id, who.id)
        yield from ask_name(req, one, who)
    else:
        wins.name(req.store, one.forum, one.id, who.id, "no")


def ask_name(req: Request, one: Win, who: Member) -> Effects:
    """Ask one of them, with their day's one message."""
    again = Action("naming.ask_one", (one.id, who.id))
    yield from nudge(req, who, matter(one), ask_card(req, one), again)


def matter(one: Win) -> str:
    """What the question about a name is called among what people are asked about."""
    return f"win-{one.id}"


def is_to_tell(req: Request, one: Win) -> bool:
    """Whether it still holds; what the bot noticed only as long as no member has told of it themselves."""
    by_bot = one.kind not in BY_MEMBERS and one.action is not None
    if by_bot and wins.told_of(req.store, one.forum, one.action or 0):
        return False
    return wins.holds(req.store, one)


def ready(req: Request, one: Win, *, at_once: bool = False) -> Effects:
    """Everybody has answered, or time is up: what a member wanted to tell is told, in working hours or ``at_once``."""
    if not is_to_tell(req, one):
        wins.set_state(req.store, one.forum, one.id, "dropped")
        return
    wins.set_state(req.store, one.forum, one.id, "ready")
    calm = calm_now(req)
    now = may_say_now(req.now, req.zone, calm, req.today) or (at_once and not calm)
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


def worth_telling(req: Request, found: Sequence[tuple[Win, datetime]]) -> list[int]:
    """What still holds and is still news; what was taken back is dropped, what is old stands in the month's list."""
    forum, calm = forum_of(req).id, quiet.calm_until(req.store, forum_of(req).id)
    fresh = []
    for one, since in found:
        waited = max(since, working_moment(calm, AGAIN_AT, req.zone)) if calm else since
        if not is_to_tell(req, one):
            wins.set_state(req.store, forum, one.id, "dropped")
        elif is_stale(waited, req.now):
            wins.tell(req.store, forum, [one.id], req.now)
        else:
            fresh.append(one.id)
    return fresh


# --- What hangs in the chats follows ---------------------------------------------------------------------------


def taken_away(req: Request, one: Win) -> Effects:
    """It is no win any more: nobody is asked about it, and where it stood it says so."""
    wins.set_state(req.store, one.forum, one.id, "dropped")
    nudges.renew(req.store, one.forum, matter(one))
    yield from redrawn(req, [one])


def unnamed(req: Request, member: Member) -> Effects:
    """A member is named nowhere in this forum any more, neither in what waits nor on what hangs."""
    yield from redrawn(req, wins.unname(req.store, member.forum, member.id))


def unnamed_everywhere(req: Request) -> Effects:
    """Whoever would rather not be named in public is named in none of their forums any more."""
    here = forum_of(req).id
    for forum, member in forums.memberships(req.store, person_of(req).id):
        if forum.id == here:
            yield from unnamed(req, member)
        else:
            away = Action("naming.unname", (member.id,))
            yield Schedule(f"unnamed:{member.id}", req.now, away, forum=forum.id)


def redrawn(req: Request, found: Sequence[Win]) -> Effects:
    """What was told of these stands in the chats as it is now: each message once, and the lists of their months."""
    cards = [card_in_chats(req, as_kept(req, each.id)) for each in found if each.told_at]
    for card in {each.name: each for each in cards}.values():
        yield Update(card)
    for month in sorted({local_day(req, each.told_at).replace(day=1) for each in found if each.told_at}):
        _, times = shown_before(req, month)
        for each in range(1, times + 1):
            yield Update(shown_card(req, month, each))


# --- A month ---------------------------------------------------------------------------------------------------


def of_month(req: Request, month: date) -> tuple[list[Win], int]:
    """The latest wins of a month, oldest first, and how many it has."""
    zone, forum = ZoneInfo(req.zone), forum_of(req).id
    begins = datetime.combine(month, time(), zone)
    ends = datetime.combine((month + timedelta(days=32)).replace(day=1), time(), zone)
    found = wins.told_between(req.store, forum, begins, ends, most=MOST)
    return found, len(found) if len(found) < MOST else wins.count_between(req.store, forum, begins, ends)


def shown_card(req: Request, month: date, times: int) -> Card:
    """The list of a month as everybody sees it, shown for the first time or once more: each of them follows."""
    name = f"wins-month:{forum_of(req).id}:{month:%Y-%m}" + (f":{times}" if times > 1 else "")
    return month_card(req, month, *of_month(req, month), name=name)


def shown_before(req: Request, month: date) -> tuple[int, int]:
    """The moment of the last win in it when the list of a month was shown to everybody, and how often it was."""
    last, _, times = intake.fact(req.store, _shown(req, month)).partition(":")
    return int(last or 0), int(times or 0)


def show_month(req: Request, month: date, last: int) -> Effects:
    """Everybody sees the list of a month, up to this moment."""
    _, times = shown_before(req, month)
    intake.set_fact(req.store, _shown(req, month), f"{last}:{times + 1}")
    yield Post(shown_card(req, month, times + 1), care="once")


def _shown(req: Request, month: date) -> str:
    return f"wins-shown:{forum_of(req).id}:{month:%Y-%m}"
