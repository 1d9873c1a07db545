"""Whatever stands in a payload, what the engine gets of it can be kept on either engine and sent to either platform."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import pytest
from telegram import Update

from bot.slack.shapes import Unreadable
from bot.slack.translate import translate as of_slack
from bot.telegram.translate import UNREADABLE
from bot.telegram.translate import translate as of_telegram
from handlers.kit.inbound import AnyInbound
from tests.bot.slack.test_slack_translate import ME, MEANINGS, recorded
from tests.bot.telegram.test_translate import UPDATES, US

BROKEN = ("\ud800", "a\ud83d:1:b", "\x00", "x\x00:1:\x07", "\ue000" + "0\ue001")
METADATA = ('{"d":"a.b:1:x\\ud800"}', '{"d":"a.b:1","h":{"link":"\\ud800\\u0000"}}', '{"d":"\\ud800"}')


def with_a_broken_text(payload: Any) -> Iterator[Any]:
    """The payload, once with each of its texts replaced by each of the broken ones."""
    holders = [payload]
    for holder in holders:
        for name, each in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            if isinstance(each, dict | list):
                holders.append(each)
            elif isinstance(each, str):
                for wrong in (*BROKEN, each + BROKEN[0], *(METADATA if name == "private_metadata" else ())):
                    holder[name] = wrong
                    yield payload
                holder[name] = each


def words_in(found: Any) -> Iterator[str]:
    """Every text inside."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from words_in(each)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from words_in(each)


def assert_fit(inbound: AnyInbound | None) -> None:
    """No zero byte, which PostgreSQL refuses, no half of a character, which nothing takes, none of our own signs."""
    said = [] if inbound is None else list(words_in(asdict(inbound)))
    for each in said:
        assert each.encode() is not None
        assert not {"\x00", "\ue000", "\ue001"} & set(each)


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_what_slack_tells_is_fit_to_be_kept(name: str) -> None:
    """Words, names, titles, button data, and what a modal carries along unseen."""
    for payload in with_a_broken_text(recorded(name)):
        inbound = None
        with suppress(Unreadable):
            inbound = of_slack(payload, ME, {})
        assert_fit(inbound)


@pytest.mark.parametrize("name", UPDATES)
def test_what_telegram_tells_is_fit_to_be_kept(name: str) -> None:
    """Words, names, titles, usernames in links, button data, and links into the private chat."""
    for payload in with_a_broken_text(json.loads(json.dumps(UPDATES[name]))):
        inbounds: tuple[AnyInbound, ...] = ()
        with suppress(*UNREADABLE):
            inbounds = of_telegram(Update.de_json(json.loads(json.dumps(payload)), None), US)
        for inbound in inbounds:
            assert_fit(inbound)
