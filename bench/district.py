"""A district for a year: forums in two chats each, and people of all kinds in a few of them.

Nobody types here. What people decide, take on and finish goes straight into the records with the timers that it brings,
at moments at which they are at work; what the bot makes of it is the product's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from bench.almanac import DAY, Leave, works
from bench.almanac import moment as at_clock
from bench.month import ORGANISATIONS, Month
from bench.postbox import Postbox
from bot.playground.slack import BOT_USER
from bot.playground.slack.world import HOME_TEAM
from handlers import rhythm
from handlers.action_rules import next_reminder, overdue_report
from handlers.digest_rules import HOURS
from handlers.kit.doors import back_again, celebrate, rhythm_begins
from handlers.kit.ui import Action
from storage import actions, briefs, decisions, digests, forums, meetings, people, pulse, timers, wishes
from storage.db import Store
from storage.decisions import Wording
from storage.digests import Rhythm
from storage.records import Member
from storage.wishes import KIND, Wishes

MEMBERS: Final = 6
COORDINATORS: Final = 2
HOME: Final = "Europe/Stockholm"
ABROAD: Final = "Europe/London"
ELSEWHERE: Final = 10
"""One in so many forums is on another clock; its people are its own."""
PULSES: Final = 12
BRIEFS: Final = 5
"""One in so many forums has a weekly pulse, or a monthly brief."""
NEWS: Final = 0.7
TASKS: Final = 0.6
"""Chances that a forum decides something in a week, or takes something on."""
KEPT: Final = 0.7
"""The share of actions that are done, around their day; the others are asked about until nobody asks any more."""
ALL_WEEK: Final = (0, 1, 2, 3, 4, 5, 6)
WISHES: Final = (
    (KIND, 8),
    (Wishes(opens=time(7), closes=time(9, 30)), 2),
    (Wishes(opens=time(10), closes=time(15)), 2),
    (Wishes(opens=time(17), closes=time(21), days=ALL_WEEK), 2),
    (Wishes(days=(1, 3)), 2),
    (Wishes(days=(5, 6), opens=time(9), closes=time(20)), 1),
    (Wishes(digest="daily"), 2),
    (Wishes(digest="0", opens=time(9), closes=time(16)), 2),
    (Wishes(digest="4", days=ALL_WEEK), 1),
    (Wishes(nudges=False), 1),
    (Wishes(nudges=False, digest="2"), 1),
)
"""What people wish, and how many of them."""


@dataclass(slots=True)
class Somebody:
    """One person: in which chats they can be reached in private, what they wish, when they are away."""

    id: int
    zone: str
    accounts: tuple[tuple[str, str], ...]
    wishes: Wishes
    leaves: list[Leave] = field(default_factory=list)
    forum: int = 0
    """One of theirs, in which their own timers are."""


@dataclass(frozen=True, slots=True)
class Village:
    """A forum: its chats by platform, its members, when its digest is promised."""

    id: int
    name: str
    zone: str
    places: tuple[tuple[str, str], ...]
    members: tuple[Member, ...]
    rhythm: Rhythm


@dataclass(slots=True)
class District:
    """Everybody, and what is promised to them. ``decided``: each word that is news, its forum, and since when."""

    people: dict[int, Somebody] = field(default_factory=dict)
    villages: list[Village] = field(default_factory=list)
    decided: list[tuple[str, int, datetime]] = field(default_factory=list)


# --- Moving in ---------------------------------------------------------------------------------------------------


def settle(place: Month, count: int, store: Store) -> District:
    """So many forums, on both platforms and in the records, and their rhythm begins."""
    rng, found = Random(place.rng.random()), District()  # noqa: S311
    zones = [ABROAD if number % ELSEWHERE == ELSEWHERE - 1 else HOME for number in range(count)]
    for zone in (HOME, ABROAD):
        here = [number for number, each in enumerate(zones) if each == zone]
        crowd = [_moves_in(place, store, rng, zone) for _ in range(max(MEMBERS, 2 * len(here)) if here else 0)]
        for number in here:
            members = rng.sample(crowd, MEMBERS)
            found.villages.append(_founded(place, store, rng, number, members))
        found.people |= {each.id: each for each in crowd if each.forum}
    for each in found.people.values():
        wishes.keep(store, each.id, each.wishes)
        if each.wishes.digest != "off":
            _ring(store, each.forum, f"own-digest:{each.id}", place.clock.now(), Action("own_digest.begin", (each.id,)))
    return found


def _moves_in(place: Month, store: Store, rng: Random, zone: str) -> Somebody:
    """Somebody in one of the chat tools, or in both; a few cannot be reached in private at all."""
    number, now = len(place.slack.world.users) + len(place.telegram.world.users), place.clock.now()
    kind, name, accounts = rng.random(), f"Person {number}", list[tuple[str, str, str]]()
    if kind < 0.55:  # noqa: PLR2004 - about half of them
        user = place.slack.world.add_user(f"person{number}", name)
        accounts.append(("slack", HOME_TEAM, user.id))
    if kind > 0.45:  # noqa: PLR2004
        friend = place.telegram.world.add_user(name, f"person{number}", "sv")
        accounts.append(("telegram", "", str(friend.id)))
    reachable = rng.random() > 0.05 or kind < 0.55  # noqa: PLR2004
    for platform, workspace, user_id in accounts:
        if platform == "telegram":
            place.telegram.world.acquaintances[int(user_id)].started = reachable
        else:
            box = place.ledger
            assert isinstance(box, Postbox)  # noqa: S101 - a fault of the figure's otherwise
            box.private[place.slack.dm(user_id)] = user_id
    first, *more = (people.meet(store, *each, name=name, now=now).id for each in accounts)
    for other in more:
        people.merge(store, first, other)
    for each in accounts:
        people.set_reachable(store, *each, reachable=reachable)
    chosen = rng.choices([each for each, _ in WISHES], [weight for _, weight in WISHES])[0]
    return Somebody(first, zone, tuple((platform, user) for platform, _, user in accounts), chosen)


def _founded(place: Month, store: Store, rng: Random, number: int, crowd: list[Somebody]) -> Village:
    now, zone, name = place.clock.now(), crowd[0].zone, f"Forum {number + 1}"
    of = {kind: [user for each in crowd for platform, user in each.accounts if platform == kind] for kind in ("slack", "telegram")}
    channel = place.slack.world.add_channel(f"forum-{number}", [*of["slack"], BOT_USER]).id
    friends = [place.telegram.world.users[int(each)] for each in of["telegram"]]
    group = str(place.telegram.world.add_group(name, friends, kind="supergroup", with_bot=True))
    forum = forums.create(
        store, name=name, challenge="Fler ska våga gå ut", language="sv", zone=zone, invite=f"invite{number}", now=now
    )
    for platform, workspace, chat in (("slack", HOME_TEAM, channel), ("telegram", "", group)):
        forums.tie(store, forums.add_place(store, platform, workspace, chat, "", name).id, forum.id)
    actors = [
        forums.add_actor(store, forum.id, name=each, sector="public", level="local") for each in ORGANISATIONS
    ]
    members = []
    for at, each in enumerate(crowd):
        role = "coordinator" if at < COORDINATORS else "member"
        members.append(forums.join(store, forum.id, each.id, actor_id=actors[at % len(actors)], role=role, now=now))
        each.forum = forum.id
    usual = rng.random() < 0.6  # noqa: PLR2004 - most leave it as it is
    wanted = Rhythm() if usual else Rhythm(weekday=rng.randrange(5), at=rng.choice(HOURS))
    _begins(store, rng, forum.id, number, wanted, members, now)
    places = (("slack", channel), ("telegram", group))
    return Village(forum.id, name, zone, places, tuple(members), wanted)


def _begins(
    store: Store, rng: Random, forum: int, number: int, wanted: Rhythm, members: list[Member], now: datetime
) -> None:  # fmt: skip
    digests.set_rhythm(store, forum, wanted)
    if number % BRIEFS == 0:
        briefs.set_rhythm(store, forum, "monthly")
        briefs.set_readers(store, forum, [each.id for each in members[:3]])
    if number % PULSES == 0:
        opens = now + timedelta(hours=rng.uniform(1, 100))
        pulse.set_rhythm(store, forum, rhythm="weekly", turn=0, next_at=opens)
        _ring(store, forum, "pulse-open", opens, rhythm.open_by_rhythm.action())
    _ring(store, forum, "rhythm", now, rhythm_begins())


def _ring(store: Store, forum: int, name: str, at: datetime, action: Action) -> None:
    timers.schedule(
        store, f"{forum}:{name}", at, action.encode(forum), forum=forum, grace=timedelta(days=1), late="ring"
    )


# --- What they do ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that a person does at a moment. ``what``: ``decides``, ``plans``, ``takes on``, ``does``, ``leaves``."""

    at: datetime
    what: str
    village: int
    number: int
    word: str = ""
    day: int = 0


def life(found: District, rng: Random, monday: datetime, week: int) -> Iterator[Doing]:
    """What people do in a week, by forum."""
    for at, each in enumerate(found.villages):
        if rng.random() < NEWS:
            yield Doing(_at_work(rng, each.zone, monday), "decides", at, rng.randrange(MEMBERS), f"nytt{week * 1000 + at:06d}x")
        if rng.random() < TASKS:
            yield Doing(
                _at_work(rng, each.zone, monday), "takes on", at, rng.randrange(-1, MEMBERS), f"sak{week * 1000 + at:06d}x",
                rng.randint(2, 16),
            )  # fmt: skip
        if week % 4 == at % 4:
            yield Doing(_at_work(rng, each.zone, monday), "plans", at, 0)
    for each in found.people.values():
        if rng.random() < 0.04:  # noqa: PLR2004 - two leaves a year
            yield Doing(_at_work(rng, each.zone, monday), "leaves", 0, each.id, day=rng.choice((2, 5, 14, 28)))


def _at_work(rng: Random, zone: str, monday: datetime) -> datetime:
    day = monday.date() + rng.randrange(5) * DAY
    while not works(day):
        day += DAY
    return at_clock(day, time(rng.randint(9, 15), rng.randrange(60)), zone)


def does(found: District, one: Doing, rng: Random, store: Store, now: datetime) -> Doing | None:
    """It goes into the records; what follows from it, if anything, is done later."""
    if one.what == "leaves":
        _leaves(found.people[one.number], one.day, store, now)
        return None
    village = found.villages[one.village]
    match one.what:
        case "decides":
            wording = Wording(f"Vi prövar {one.word} tillsammans")
            decisions.record(store, village.id, wording, year=now.year, by=village.members[one.number], now=now)
            found.decided.append((one.word, village.id, now))
        case "plans":
            begins = now + 9 * DAY
            meetings.plan(store, village.id, title="Samverkansmöte", begins_at=begins, zone=village.zone,
                          ends_at=begins + timedelta(hours=2), member=village.members[0].id)  # fmt: skip
        case "takes on":
            return _takes_on(village, one, rng, store, now)
        case _:
            _finishes(village, one, rng, store, now)
    return None


def _takes_on(village: Village, one: Doing, rng: Random, store: Store, now: datetime) -> Doing | None:
    owner = village.members[one.number] if one.number >= 0 else None
    who, due = owner or rng.choice(village.members), now.date() + one.day * DAY
    action = actions.add(
        store, village.id, what=f"Ordna {one.word}", actor=who.actor, owner=owner.id if owner else None, due_on=due,
        decision=None, member=village.members[0].id, now=now,
    )  # fmt: skip
    if at := next_reminder(due, now, 0, village.zone):
        _ring(store, village.id, f"remind:{action}", at, Action("reminders.remind", (action, 0)))
    if first := actions.next_due(store, village.id, since=""):
        _ring(store, village.id, "overdue", overdue_report(first, now, village.zone), Action("reminders.overdue"))
    if rng.random() > KEPT:
        return None
    later = now + max(1, one.day + rng.randint(-3, 6)) * DAY + timedelta(minutes=rng.randrange(60))
    return Doing(later, "does", one.village, one.number, day=action)


def _finishes(village: Village, one: Doing, rng: Random, store: Store, now: datetime) -> None:
    """Done, and now and then by more than one organisation; a while later that may be worth celebrating."""
    known = actions.get(store, village.id, one.day)
    if known is None or known.state not in actions.OPEN:
        return
    if rng.random() < 0.4:  # noqa: PLR2004 - together
        helper = rng.choice(village.members).id
        actions.set_state(store, village.id, one.day, "underway", member=helper, now=now)
    by = village.members[max(one.number, 0)].id
    actions.set_state(store, village.id, one.day, "done", member=by, now=now)
    at = now + timedelta(minutes=15)
    _ring(store, village.id, f"celebrate-{one.day}", at, celebrate("action", one.day))


def _leaves(who: Somebody, days: int, store: Store, now: datetime) -> None:
    """Away from this moment on."""
    if who.leaves and now.date() < who.leaves[-1].until:
        return
    until = now.date() + days * DAY
    who.leaves.append(Leave(now, until))
    wishes.keep(store, who.id, replace(wishes.wishes_of(store, who.id), away_until=until))
    shown = until
    while not works(shown):
        shown += DAY
    _ring(store, who.forum, f"back:{who.id}", at_clock(shown, time(9), who.zone), back_again(who.id))
