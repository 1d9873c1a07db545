"""Recorded updates and what each of them means to the engine."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.telegram.translate import Ourselves, translate
from handlers.kit.inbound import Account, AnyInbound, Chat, Click, Happened, Said, Source

PAYLOADS = Path(__file__).parents[2] / "payloads" / "telegram_updates.json"
UPDATES: Mapping[str, Any] = json.loads(PAYLOADS.read_text(encoding="utf-8"))
US = Ourselves(4200, "SamsynBot")

ADA = Account("telegram", "", "5000001", "Ada Ek", "sv")
BO = Account("telegram", "", "5000002", "Bo")
CY = Account("telegram", "", "5000003", "Cy")
PRIVATE = Chat("telegram", "", "5000001", private=True)
GROUP = Chat("telegram", "", "-4000001", title="Skolforum", public=False)
SUPER = Chat("telegram", "", "-1001234567890", title="Stort forum", public=False)
TOPIC = Chat("telegram", "", "-1001234567890", "12", title="Stort forum", public=False)
PUBLIC = Chat("telegram", "", "-1001234567891", title="Öppet forum", public=True)

said = partial(Said, key="", who=ADA, chat=PRIVATE, message="77")
in_group = partial(Said, key="", who=ADA, chat=GROUP, message="77")
press = partial(
    Click, key="", who=ADA, chat=PRIVATE, message="70", message_private=True, data="vote:7:12:yes"
)
happened = partial(Happened, key="", who=ADA, chat=GROUP)

MEANT: Mapping[str, list[AnyInbound]] = {
    # --- in private everything counts
    "private words": [said(text="hej på dig")],
    "private words of many kinds": [said(text="abc 👨\u200d👩\u200d👧 \u0301")],
    "private command": [said(text="beslut Köp kaffe", command=True)],
    "private command addressed": [said(text="beslut Köp kaffe", command=True)],
    "private command to another bot": [],
    "private command over lines": [said(text="beslut Köp kaffe\noch te", command=True)],
    "private command later": [said(text="skriv /beslut")],
    "private emoji before command": [said(text="👍 /beslut")],
    "private start": [said(text="start", command=True)],
    "private start with payload": [
        press(data="join:7:abc", message="77", message_private=False, linked=True),
    ],
    "private start with nonsense": [said(text="start", command=True)],
    "private start with bad base64": [said(text="start", command=True)],
    "private start with another encoding": [said(text="start", command=True)],
    "private sticker": [said(text="")],
    "private photo with caption command": [said(text="beslut Köp", command=True)],
    "private album without caption": [],
    "private pinned note": [],
    "private forward": [said(text="", source=Source("/beslut Sälj huset", "Bo"))],
    "private forward of a hidden person": [said(text="", source=Source("ord", "Okänd <b>"))],
    "private forward from a channel": [said(text="", source=Source("nytt", "Nyheter"))],
    "private reply to our question": [said(text="på fredag", reply_to="70")],
    "private without a last name or language": [
        said(text="hej", who=BO, chat=Chat("telegram", "", "5000002", private=True)),
    ],
    # --- in groups only what is meant for the bot
    "group talk": [],
    "group command": [in_group(text="beslut Köp", command=True)],
    "group command addressed": [in_group(text="beslut Köp", command=True)],
    "group command to another bot": [],
    "group command as a reply": [
        in_group(text="beslut", command=True, reply_to="70", source=Source("Vi köper kaffe", "Bo")),
    ],
    "group mention first": [in_group(text="beslut Köp")],
    "group mention in other letters": [in_group(text="👍 hej @samsynbot visa")],
    "group mention of another": [],
    "group reply to us": [in_group(text="på fredag", reply_to="70")],
    "group reply to another": [],
    "group forward": [],
    "group via a bot": [],
    "group anonymous administrator": [in_group(who=None, chat=SUPER, text="beslut Köp", command=True)],
    "group channel as sender": [in_group(who=None, chat=SUPER, text="beslut Köp", command=True)],
    "group automatic forward": [],
    "group Telegram itself": [in_group(who=None, chat=SUPER, text="beslut Köp", command=True)],
    "group other bot": [],
    "topic command": [in_group(chat=TOPIC, text="beslut Köp", command=True)],
    "thread that is no topic": [
        in_group(chat=SUPER, text="beslut", command=True, reply_to="70",
            source=Source("Vi köper", "Bo", "https://t.me/c/1234567890/70"),
        ),
    ],
    "public reply": [
        in_group(chat=PUBLIC, text="beslut", command=True, reply_to="70",
            source=Source("En bild", "Bo", "https://t.me/oppetforum/70"),
        ),
    ],
    "public reply with a quote": [
        in_group(chat=PUBLIC, text="beslut", command=True, reply_to="70",
            source=Source("bara detta", "Öppet forum", "https://t.me/oppetforum/70"),
        ),
    ],
    # --- what happens to chats
    "people came": [
        happened(key=":0", who=BO, what="person-joined"),
        happened(key=":2", who=CY, what="person-joined"),
    ],
    "the bot came": [],
    "a person left": [happened(who=BO, what="person-left")],
    "a bot left": [],
    "new title": [
        happened(what="chat-renamed", chat=Chat("telegram", "", "-4000001", title="Nytt namn", public=False)),
    ],
    "moved to": [happened(who=None, what="chat-moved", detail="-1001234567899")],
    "moved from": [happened(who=None, what="chat-moved", detail="-1001234567899")],
    # --- presses
    "press in private": [press(half_key="-3")],
    "press in a group": [press(who=BO, chat=GROUP, message_private=False)],
    "press in a topic": [press(chat=TOPIC, message_private=False)],
    "press on a message out of reach": [press(chat=GROUP, message_private=False)],
    "press with broken data": [press(data="x" + "å" * 63, half_key="-3")],
    "press of a game": [],
    "press on an inline message": [],
    # --- what edits, standings and strange kinds mean
    "edited words": [],
    "let in": [happened(what="bot-added")],
    "made administrator": [],
    "thrown out": [happened(what="bot-removed")],
    "gone by itself": [happened(who=None, chat=SUPER, what="bot-removed")],
    "restricted but here": [],
    "restricted and away": [happened(chat=SUPER, what="bot-removed")],
    "let into a channel": [],
    "blocked": [happened(chat=PRIVATE, what="unreachable")],
    "unblocked": [happened(chat=PRIVATE, what="reachable")],
    "somebody left": [happened(who=BO, chat=SUPER, what="person-left")],
    "somebody was thrown out": [happened(who=BO, chat=SUPER, what="person-left")],
    "somebody came": [],
    "a bot was thrown out": [],
    "a poll": [],
    "something newer than we know": [],
}  # fmt: skip


def test_every_recorded_update_has_its_meaning_here() -> None:
    """No payload is left out of the table."""
    assert list(UPDATES) == list(MEANT)


@pytest.mark.parametrize("name", MEANT)
def test_an_update_means(name: str) -> None:
    """The update turns into just these inbounds, with the update's number as their key."""
    raw = UPDATES[name]
    key = f"{raw['update_id']:013d}:telegram"
    expected = tuple(replace(each, key=f"{key}{each.key}") for each in MEANT[name])

    assert translate(Update.de_json(raw, None), US) == expected
