"""A payload with something wrong in it, chosen by what the place is for.

An id becomes another's id, words become worse words, button data become forged ones, and anything may become something
that it should not be. What stands where in other payloads is remembered and put in here: most faults hide where two shapes meet.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from bench.fuzzing.dice import Dice
from bench.fuzzing.forging import Forging
from bench.fuzzing.words import NASTY, Words

Json = dict[str, Any]
READ: Final = frozenset(
    """
    type event team team_id user user_id channel channel_id id ts thread_ts text event_time event_id action_ts value
    action_id actions view private_metadata hash state values callback_id trigger_id response_url command is_ephemeral
    container message subtype bot_id blocks selected_option selected_options selected_date authorizations
    app_installed_team_id api_app_id name username tab inviter deleted tokens bot old_channel_id new_channel_id block_id
    title block_ts message_ts channel_type channel_name label unicode elements user_team
    message_id from chat date entities offset length reply_to_message forward_origin quote caption caption_entities
    is_topic_message message_thread_id new_chat_members left_chat_member new_chat_title migrate_to_chat_id data
    migrate_from_chat_id language_code first_name last_name update_id callback_query my_chat_member chat_member
    edited_message old_chat_member new_chat_member status is_member sender_chat via_bot is_bot is_automatic_forward
    sender_user sender_user_name inline_keyboard reply_markup callback_data forum_topic_created media_group_id photo
    document chat_instance
    """.split()  # noqa: SIM905 - easier to read as words
)
"""Fields that the bot looks at: most changes are made there."""
_ACTIONS: Final = frozenset({"value", "data", "callback_data"})
_WORDS: Final = frozenset(
    {"text", "caption", "name", "title", "first_name", "last_name", "username", "author"}
)
_TYPES: Final = frozenset({"type", "subtype", "status", "channel_type", "callback_id", "kind"})
WRONG: Final = (
    "null", "true", "false", "0", "-1", "7", "1.5", "-0.0", "1e308", f"{2**31}", f"{2**63}", f"{-(2**63) - 1}",
    f"{10**40}", f"{10**300}", '""', '"0"', "[]", "[null]", "{}", "[[]]", '{"id":{"id":{}}}', '{"":""}', '[1,"a",null]',
    '{"text":["x"]}', '"null"',
)  # fmt: skip
"""As JSON, so that each time it is another value."""
_HIDDEN: Final = ("version", "seal", "link", "administrator", "quote", "author", "")
"""What forms carry along unseen."""
KEPT: Final = 40
"""So many values of each field are remembered."""
SHARE: Final = 0.7
"""Of the changes are made in fields that the bot reads."""
Place = tuple[Any, Any]
"""What holds a value, and under which name or number."""


class Mutator:
    """Changes payloads. What it has seen, it may put in elsewhere."""

    def __init__(self, rng: Dice, words: Words, forging: Forging) -> None:
        self._rng = rng
        self._words = words
        self._forging = forging
        self._seen: dict[Any, list[str]] = {}
        self._others: list[str] = []

    def changed(self, payload: Json) -> Json:
        """The payload with one to a few things wrong; the one given stays as it is."""
        raw = json.dumps(payload)
        fresh: Json = json.loads(raw)
        self._remember(raw, fresh)
        for _ in range(min(1 + int(self._rng.expovariate(1.1)), 6)):
            self._change(fresh)
        return fresh

    def spliced(self, payload: Json) -> Json:
        """The payload with a whole part of another one in it."""
        fresh: Json = json.loads(json.dumps(payload))
        if self._others:
            other = json.loads(self._rng.choice(self._others))
            mine, theirs = list(_places(fresh)), list(_places(other))
            if mine and theirs:
                (holder, name), (from_, which) = self._rng.choice(mine), self._rng.choice(theirs)
                holder[name] = from_[which]
        return fresh

    def _remember(self, raw: str, payload: Json) -> None:
        """Keep what stands where, as JSON: what is put in elsewhere must be a value of its own."""
        if self._rng.hits(0.2):  # enough to know them all soon
            self._keep(self._others, raw)
            for holder, name in _places(payload):
                if name in READ:
                    self._keep(self._seen.setdefault(name, []), json.dumps(holder[name]))

    def _keep(self, kept: list[str], value: str) -> None:
        if len(kept) < KEPT:
            kept.append(value)
        else:
            kept[self._rng.randrange(KEPT)] = value

    def _some(self, name: Any) -> list[Any]:  # noqa: ANN401 - a name or a number
        """Something that stood under this name, if anything did."""
        known = self._seen.get(name)
        return [json.loads(self._rng.choice(known))] if known else []

    # --- One change --------------------------------------------------------------------------------------------

    def _change(self, payload: Json) -> None:
        rng, every = self._rng, list(_places(payload))
        if not every:
            return
        read = [each for each in every if each[1] in READ] if rng.hits(SHARE) else every
        holder, name = rng.choice(read or every)
        if rng.hits(0.55):  # so many keep the shape, so that they get further in
            holder[name] = self._alike(name, holder[name])
        else:
            rng.choice(_UNLIKE)(self, holder, name)

    def _alike(self, name: Any, value: Any) -> Any:  # noqa: ANN401 - anything in JSON
        """Something of the same kind in its place."""
        if name == "private_metadata":
            return self._packed(value)
        if name in _ACTIONS:
            return self._forging.action()
        if name in _TYPES and (known := self._some(name)):
            return known[0]
        if name in _WORDS and isinstance(value, str):
            return self._words.nasty() if self._rng.hits(0.4) else self._words.any()
        return self._of_its_kind(name, value)

    def _of_its_kind(self, name: Any, value: Any) -> Any:  # noqa: ANN401 - anything in JSON
        rng = self._rng
        match value:
            case bool():
                return not value
            case int() | float():
                return rng.choice(
                    (-value, value + 1, value * 10**6, 0, 1, -1, 2**31, 2**53, 10**18, 10**22, value // 7)
                )
            case str():
                return rng.choice([self._words.spoilt(value), *self._some(name)])  # spoilt, or another's
            case list():
                more = json.loads(json.dumps(value)) * rng.randint(1, 20)
                return rng.choice(([*value, *more], value[::-1], value[:-1], [*value, *self._some(name)]))
            case dict():
                return rng.choice(self._some(name) or [value])
            case _:
                return self._words.any()

    def _packed(self, value: object) -> str:
        """What a modal carries along unseen, with something else in it."""
        rng = self._rng
        try:
            inside = json.loads(value) if isinstance(value, str) else {}
        except ValueError:
            inside = {}
        if not isinstance(inside, dict) or rng.hits(0.1):
            return self._words.nasty()
        match rng.randrange(5):
            case 0:
                inside["d"] = self._forging.form()
            case 1:
                inside["c"] = rng.choice(
                    ("U000000001", "C000000001", "", "D1", "X" * 300, "\x00", *NASTY[:9])
                )
            case 2:
                inside["h"] = {
                    each: rng.choice((self._words.any(), self._words.nasty(), "9" * 30)) for each in _HIDDEN
                }
            case 3:
                inside["t"] = self._words.nasty()
            case _:
                inside[rng.choice("dcth")] = json.loads(rng.choice(WRONG))
        return json.dumps(inside)

    # --- Of another kind ---------------------------------------------------------------------------------------

    def _gone(self, holder: Any, name: Any) -> None:  # noqa: ANN401
        del holder[name]

    def _wrong(self, holder: Any, name: Any) -> None:  # noqa: ANN401
        holder[name] = json.loads(self._rng.choice(WRONG))

    def _nasty(self, holder: Any, name: Any) -> None:  # noqa: ANN401
        holder[name] = self._words.nasty()

    def _wrapped(self, holder: Any, name: Any) -> None:  # noqa: ANN401
        holder[name] = self._rng.choice(
            ([holder[name]], {"id": holder[name]}, {name: holder[name]}, str(holder[name]))
        )

    def _deep(self, holder: Any, name: Any) -> None:  # noqa: ANN401
        for _ in range(self._rng.choice((3, 20, 33, 90))):
            holder[name] = {"a": holder[name]} if self._rng.hits(0.5) else [holder[name]]

    def _more(self, holder: Any, _name: Any) -> None:  # noqa: ANN401
        if isinstance(holder, dict):
            other = self._rng.choice((self._words.nasty(), *READ_NAMES))
            holder[other] = self._rng.choice([json.loads(self._rng.choice(WRONG)), *self._some(other)])
        else:
            holder.insert(0, json.loads(self._rng.choice(WRONG)))


_UNLIKE: Final[tuple[Callable[[Mutator, Any, Any], None], ...]] = (
    Mutator._gone, Mutator._wrong, Mutator._wrong, Mutator._nasty, Mutator._wrapped, Mutator._deep, Mutator._more,  # noqa: SLF001 - its own file
)  # fmt: skip
READ_NAMES: Final = tuple(sorted(READ))


def _places(payload: Any) -> Iterator[Place]:  # noqa: ANN401 - anything in JSON
    """Every place inside, nearest first."""
    waiting = [payload]
    for node in waiting:
        inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for name, each in inside:
            yield node, name
            if isinstance(each, dict | list):
                waiting.append(each)


_BYTES: Final = (b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\x00", b"\\ud800", b"\\u0000")
_BODIES: Final = (
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"1",
    b"{}",
    b"{",
    b'{"a":1}',
    b"true",
    b"payload=",
    b"command=",
)
Garbling = Callable[[Dice, bytes, int], bytes]
_GARBLINGS: Final[tuple[Garbling, ...]] = (
    lambda _, body, at: body[:at],
    lambda rng, body, at: body[:at] + bytes([rng.randrange(256)]) + body[at + 1 :],
    lambda rng, body, _: body.replace(
        b":", rng.choice((b":NaN,", b":-Infinity,", b":1e999,", b"::")), rng.randint(1, 2)
    ),
    lambda _, body, __: body[:-1] + b"," + body[1:] if body.startswith(b"{") else body * 2,
    lambda rng, body, _: b"[" * rng.choice((33, 1000, 100_000)) + body,
    lambda _, body, __: b"\xef\xbb\xbf" + body,
    lambda rng, body, at: body[:at] + rng.choice(_BYTES) + body[at:],
    lambda rng, body, _: body.replace(b"1", b"1" * rng.choice((20, 400, 5000)), 1),
    lambda rng, _, __: rng.choice(_BODIES),
    lambda rng, body, _: body + b" " * rng.choice((1, 100_000, 1_100_000)),
    lambda rng, _, __: rng.randbytes(rng.choice((1, 16, 400))),
)


def garbled(rng: Dice, body: bytes) -> bytes:
    """A body that is no JSON any more, or JSON that says a thing twice."""
    return rng.choice(_GARBLINGS)(rng, body, rng.randint(0, len(body)))
