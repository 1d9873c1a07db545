"""Every recorded payload of both platforms with one thing wrong, wherever it may be: read, refused or set aside, never a fault.

The payloads are those that the translations are held to, made out to the people and chats of the story, so that what
still can be read is carried out.
"""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

import pytest

from tests.acceptance.siege import Siege
from tests.bot.slack.test_slack_translate import MEANINGS, recorded
from tests.bot.telegram.test_translate import UPDATES
from tests.stage.ready import Ready

Besieged = tuple[Siege, Ready]
Path = tuple[str | int, ...]
MISSING: Final = object()
WRONG: Final[tuple[object, ...]] = (
    MISSING, None, 7, -1, 1.5, True, "", "x" * 5000, [], [None], {}, {"id": {"id": {}}}, "\ud800\x00", 10**40,
)  # fmt: skip
AT_ONCE: Final = 25
NUMBERS: Iterator[int] = count(1)


def places(found: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every field inside."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, each in inside:
        yield (*path, name)
        yield from places(each, (*path, name))


def spoilt(raw: str, path: Path, wrong: object) -> dict[str, Any]:
    """The payload with something wrong in one place."""
    payload: dict[str, Any] = json.loads(raw)
    holder: Any = payload
    for each in path[:-1]:
        holder = holder[each]
    if wrong is MISSING:
        del holder[path[-1]]
    else:
        holder[path[-1]] = wrong
    return payload


def fresh(raw: str) -> str:
    """The payload with ids of its own, so that it is not taken for the same one again."""
    return raw.replace("@@", f"{next(NUMBERS):06d}")


def of_slack(siege: Siege, ready: Ready, name: str) -> str:
    """A recorded payload of Slack's, made out to this story; ``@@`` stands where its ids differ from time to time."""
    raw = json.dumps(recorded(name))
    names = {
        "T0FORUM": "T0HOME", "T0ELSE": "T0HOME", "A0SAMSYN": "A0APP", "U0ADA": ready.ada.user.id,
        "U0MIA": ready.bo.user.id, "C0TRYGG": siege.channel, "decisions.ask:7:12": "decisions.record_form:1",
        "decisions.history:7:12": "decisions.history:1:1",
    }  # fmt: skip
    for old, new in names.items():
        raw = raw.replace(old, new)
    payload = json.loads(raw)
    for holder, field in _ids(payload):
        holder[field] = f"{holder[field]}@@"
    return json.dumps(payload)


def _ids(payload: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """The fields that tell one payload from another."""
    holders = [
        payload,
        payload.get("event"),
        payload.get("view"),
        payload.get("message"),
        *payload.get("actions", ()),
    ]
    for holder in holders:
        for field in ("event_id", "ts", "action_ts", "trigger_id", "hash"):
            if isinstance(holder, dict) and isinstance(holder.get(field), str):
                yield holder, field


def of_telegram(siege: Siege, ready: Ready, name: str) -> str:
    """The same for an update of Telegram's."""
    raw = json.dumps(UPDATES[name])
    names = {
        "5000001": str(ready.cilla.user.id), "5000002": str(ready.dan.user.id), "-4000001": str(siege.group),
        "vote:7:12:yes": "decisions.history:1:1",
    }  # fmt: skip
    for old, new in names.items():
        raw = raw.replace(old, new)
    payload = json.loads(raw)
    payload["update_id"] = "@@"
    return json.dumps(payload).replace('"@@"', "9@@")


def variants(raw: str, turn: int) -> Iterator[dict[str, Any]]:
    """Each field as something that it should not be; what that is goes in turn."""
    for index, path in enumerate(places(json.loads(fresh(raw)))):
        yield spoilt(fresh(raw), path, WRONG[(index + turn) % len(WRONG)])


def brought(siege: Siege, platform: str, payloads: list[dict[str, Any]]) -> set[int]:
    """Bring all of them, many at once; the statuses."""
    statuses: set[int] = set()
    for start in range(0, len(payloads), AT_ONCE):
        some = payloads[start : start + AT_ONCE]
        statuses.update(siege.all_at_once(*(siege.brings(platform, each) for each in some)))
    return statuses


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_payload_with_one_thing_wrong_is_never_a_fault(wall: Besieged, platform: str) -> None:
    """200 for each, the bot is ready afterwards, and the next one who says something right is answered."""
    siege, ready = wall
    raws = (
        [of_slack(siege, ready, name) for name in MEANINGS]
        if platform == "slack"
        else [of_telegram(siege, ready, name) for name in UPDATES]
    )
    payloads = [each for turn, raw in enumerate(raws) for each in variants(raw, turn)]
    buried = siege.count("dead_letter")

    assert brought(siege, platform, payloads) == {200}

    assert len(payloads) > 1000
    assert siege.count("dead_letter") > buried + 100
    assert siege.does(siege.is_ready())
    siege.reads_everything()
    for who in (ready.bo, ready.cilla):
        who.commands("hjälp", private=True)
        assert who.reads_all()
