"""What is left after the foul weather: effects in the records, messages in the ledger of the platforms, and their order.

Everything is read through the running bot's own store, so that it does not matter which engine keeps it.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from bench.folk import Deed
from bench.month import Month
from bench.reborn import Trip
from bot.playground.ledger import OK, Call
from storage import timers
from storage.db import Row, Store

_WORD: Final = re.compile(r"ord\d{5}x")
_SENDS: Final = frozenset(
    {"chat.postMessage", "chat.postEphemeral", "response_url", "sendMessage", "sendPhoto"}
)
_PLAIN: Final = ("post", "direct")
"""Kinds of letters that end as a message of their own wherever they go."""
AT_ONCE: Final = 60.0
_ONCE: Final = ("slash",)
"""What Slack tells but once: without its acknowledgement the person sees that it failed."""


@dataclass(slots=True)
class Letters:
    """Every letter ever seen in the table and its last state: finished ones are forgotten there after two weeks."""

    seen: dict[int, tuple[str, str]] = field(default_factory=dict)

    def look(self, store: Store) -> None:
        self.seen.update(
            (row[0], (row[1], row[2])) for row in store.all("select id, kind, state from outbox")
        )


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was counted; everything but ``deeds``, ``letters`` and ``doubled`` should be nothing.

    ``lost`` says what it was: a kind of deed with its word and its second, a press, or a round of the pulse.
    ``unmarked``: messages that neither came nor bear a mark that they may not have. ``unknown`` bear such a mark.
    """

    deeds: int
    lost: tuple[str, ...]
    twice: int
    misnumbered: int
    overdue: int
    early: int
    disorder: int
    unmarked: int
    letters: int
    marks: Counter[str]
    doubled: int


def reckon(place: Month, letters: Letters, store: Store) -> Reckoning:
    """Compare what people did with what there is."""
    letters.look(store)
    recorded = Counter(_words(store))
    expected = [each for each in place.folk.deeds if each.kind not in _ONCE or _was_taken(place, each)]
    arrivals = _arrivals(place)
    came = Counter(letter for each in arrivals.values() for _, letter in each)
    states = letters.seen
    silent = sum(
        kind in _PLAIN and state == "sent" and not came[letter] for letter, (kind, state) in states.items()
    )
    waiting = sum(state in ("new", "sending") for _, state in _present(store))
    return Reckoning(
        deeds=len(place.folk.deeds),
        lost=(*(_named(each) for each in expected if not recorded[each.word]), *_answers_lost(place, store)),
        twice=sum(count - 1 for count in recorded.values() if count > 1),
        misnumbered=_misnumbered(store),
        overdue=len(timers.due(store, place.clock.now())),
        early=len(place.weather.early),
        disorder=sum(_disorder([letter for _, letter in each]) for each in arrivals.values()),
        unmarked=waiting + silent,
        letters=len(states),
        marks=Counter(state for _, state in states.values() if state not in ("sent", "dropped")),
        doubled=sum(
            count - 1
            for letter, count in came.items()
            if count > 1 and states.get(letter, ("",))[0] in _PLAIN
        ),
    )


# --- Effects -----------------------------------------------------------------------------------------------------


def _words(store: Store) -> Iterator[str]:
    """The words of everything recorded, once for each record."""
    for query in ("select what from decision_version where version = 1", "select what from action"):
        for (what,) in store.all(query):
            yield from set(_WORD.findall(what))


def _was_taken(place: Month, deed: Deed) -> bool:
    return any(deed.word in str(each.body.get("text")) for each, _ in place.slack.delivery.taken)


def _misnumbered(store: Store) -> int:
    row = store.one(
        "select count(*) from (select 1 from decision group by forum, year"
        " having max(number) <> count(*) or min(number) <> 1 or count(distinct number) <> count(*)) as wrong"
    )
    return int(row[0]) if row else 0


def _named(deed: Deed) -> str:
    return f"{deed.kind} {deed.word} at {deed.at:.0f}"


def _answers_lost(place: Month, store: Store) -> Iterator[str]:
    """Acknowledged presses that changed nothing, and rounds of the pulse that count other than people sent in."""
    pressed = {each for body in _taken(place, "block_actions", at_once=True) for each in _pressed(body)}
    done = {(row[0], row[1]) for row in store.all("select forum, id from action where state = 'done'")}
    undone = {(row[0], row[1]) for row in store.all("select forum, id from decision where state = 'undone'")}
    held = {"replies.done": done, "decisions.undo": undone}
    for name, forum, number in sorted(pressed):
        if (forum, number) not in held[name]:
            yield f"press of {name} on {number} in forum {forum}"
    for row in store.all(_ROUNDS):
        if _miscounted(place, *row):
            yield f"answers in round {row[1]} of forum {row[0]}"


_ROUNDS: Final = "select forum, id, answered from pulse_round where state not in ('open')"
_BUTTON: Final = re.compile(r"^(replies\.done|decisions\.undo):(\d+):(\d+)")


def _taken(place: Month, kind: str, *, at_once: bool = False) -> list[dict[str, Any]]:
    """What was acknowledged: ``at_once``, and not when it was told again hours later, for much cannot be undone then."""
    return [
        each.body
        for each, at in place.slack.delivery.taken
        if each.body.get("type") == kind
        and (not at_once or at - float(each.body["actions"][0]["action_ts"]) < AT_ONCE)
    ]


def _pressed(body: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    for each in body["actions"]:
        if found := _BUTTON.match(str(each.get("value"))):
            yield found[1], int(found[2]), int(found[3])


def _miscounted(place: Month, forum: int, number: int, answered: int) -> bool:
    """Whether a round holds fewer answers than were acknowledged, or more than were sent."""
    sent = [each.body for each in place.slack.delivery.history if each.body.get("type") == "view_submission"]
    return (
        not _voters(_taken(place, "view_submission"), forum, number)
        <= answered
        <= _voters(sent, forum, number)
    )


def _voters(bodies: list[dict[str, Any]], forum: int, number: int) -> int:
    wanted = f":{forum}:{number}"
    return len(
        {each["user"]["id"] for each in bodies if wanted in json.dumps(each["view"]["private_metadata"])}
    )


# --- Messages ----------------------------------------------------------------------------------------------------


def _present(store: Store) -> list[Row]:
    return store.all("select id, state from outbox")


def _arrivals(place: Month) -> dict[str, list[tuple[int, int]]]:
    """Of each chat: what came there as a new message, in the order in which it came, and which letter it was."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    calls = place.ledger.calls
    for trip in place.bot.trips:
        for index in range(trip.began, trip.ended):
            if trip.letter and _is_of(place, trip, calls[index]):
                found[f"{trip.to.platform}:{trip.to.chat}"].append((index, trip.letter))
    return {chat: sorted(each) for chat, each in found.items()}


def _is_of(place: Month, trip: Trip, call: Call) -> bool:
    if call.platform != trip.to.platform or call.outcome != OK or call.method not in _SENDS:
        return False
    if call.platform == "telegram":
        return str(call.args.get("chat_id")) == trip.to.chat
    chat = trip.to.chat
    return call.args.get("channel") == (place.slack.dm(chat) if chat.startswith("U") else chat)


def _disorder(letters: list[int]) -> int:
    """How many letters came first when a later one of their chat had come already."""
    broken, newest, known = 0, 0, set[int]()
    for each in letters:
        broken += each not in known and each < newest
        newest = max(newest, each)
        known.add(each)
    return broken
