"""A district for a year: forums in two chats each, and people of all kinds in a few of them.

Most keep what holds for somebody who never said anything; the others want other hours or days, no reminders, or a summary
of their own. Who is written to in private is in one chat tool or in both, and a few can be reached in none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from bench.almanac import Leave
from bench.month import Founding, Month, asks_weekly, found_forum, ring
from bench.postbox import Postbox
from bot.playground.slack import BOT_USER
from bot.playground.slack.world import HOME_TEAM
from handlers.digest_rules import HOURS
from handlers.kit.doors import rhythm_begins
from handlers.kit.ui import Action
from storage import briefs, digests, people, wishes
from storage.db import Store
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
    """One person: their private chats and whether they are reached there, what they wish, when they are away."""

    id: int
    zone: str
    accounts: tuple[tuple[str, str], ...]
    wishes: Wishes
    reachable: bool = True
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
        crowd = [
            _moves_in(place, store, rng, zone) for _ in range(max(MEMBERS, 2 * len(here)) if here else 0)
        ]
        for number in here:
            members = rng.sample(crowd, MEMBERS)
            found.villages.append(_founded(place, store, rng, number, members))
        found.people |= {each.id: each for each in crowd if each.forum}
    for each in found.people.values():
        wishes.keep(store, each.id, each.wishes)
        if each.wishes.digest != "off":
            ring(
                store,
                each.forum,
                f"own-digest:{each.id}",
                place.clock.now(),
                Action("own_digest.begin", (each.id,)),
            )
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
    for platform, _, user_id in accounts:
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
    return Somebody(first, zone, tuple((platform, user) for platform, _, user in accounts), chosen, reachable)


def _founded(place: Month, store: Store, rng: Random, number: int, crowd: list[Somebody]) -> Village:
    now, zone, name = place.clock.now(), crowd[0].zone, f"Forum {number + 1}"
    of = {
        kind: [user for each in crowd for platform, user in each.accounts if platform == kind]
        for kind in ("slack", "telegram")
    }
    channel = place.slack.world.add_channel(f"forum-{number}", [*of["slack"], BOT_USER]).id
    friends = [place.telegram.world.users[int(each)] for each in of["telegram"]]
    group = str(place.telegram.world.add_group(name, friends, kind="supergroup", with_bot=True))
    forum, members = found_forum(
        store, Founding(name, (channel, group), [each.id for each in crowd], now, zone, COORDINATORS)
    )
    for each in crowd:
        each.forum = forum
    usual = rng.random() < 0.6  # noqa: PLR2004 - most leave it as it is
    wanted = Rhythm() if usual else Rhythm(weekday=rng.randrange(5), at=rng.choice(HOURS))
    _begins(store, forum, number, wanted, members, now + timedelta(hours=rng.uniform(1, 100)))
    ring(store, forum, "rhythm", now, rhythm_begins())
    places = (("slack", channel), ("telegram", group))
    return Village(forum, name, zone, places, members, wanted)


def _begins(
    store: Store, forum: int, number: int, wanted: Rhythm, members: Sequence[Member], opens: datetime
) -> None:
    """Its digest, its hints, and in some forums a brief and a pulse, which opens then."""
    digests.set_rhythm(store, forum, wanted)
    if number % BRIEFS == 0:
        briefs.set_rhythm(store, forum, "monthly")
        briefs.set_readers(store, forum, [each.id for each in members[:3]])
    if number % PULSES == 0:
        asks_weekly(store, forum, opens)
