"""A letter on its way: what the store adds to it just before it goes, and what its rules are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.adapter import Outgoing
from bot.carry import mentioned
from bot.turns import Turns
from handlers.kit.inbound import Chat, Happened
from handlers.kit.ui_json import card_from_json
from handlers.kit.welcome import is_welcome
from storage import outbox, people, wishes
from storage.db import Store
from storage.outbox import Letter
from storage.turns import ChatKey

HELD_UP: Final = timedelta(minutes=5)
"""What is sent so much later than it was meant to be looks at the clock first."""
OF_A_LETTER: Final = ("undelivered", "unclear", "held-up")
"""What is taught about the letter, and not about its chat."""
TRIES: Final = 2
"""How often a message of unknown outcome is sent at the most, if its sender wants it repeated."""
MENDING_TRIES: Final = 10
"""The same while the platform says that it is broken, and for a change, which may be made any number of times."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the store adds to a letter just before it goes."""

    kind: str
    message: str
    mentions: Mapping[int, str]
    person_user: str
    pointless: str
    """Why it need not go at all; "" when it shall."""
    teaches: str = ""
    """What that teaches us: whoever hears of it says what comes in its place, and drops it in the same step."""


def may_repeat(letter: Letter, *, mending: bool = False) -> bool:
    """Whether it may be sent once more although it may have arrived."""
    return letter.care != "once" and letter.attempts < (MENDING_TRIES if mending else TRIES)


def is_urgent(letter: Letter) -> bool:
    """Whether somebody waits for it: not what many are told at the same time, each in private or on a Monday morning."""
    return letter.kind != "direct" and not (letter.kind == "post" and letter.care == "once")


def is_told_of(letter: Letter) -> bool:
    """Whether somebody may hear when its outcome is unknown; what is forgotten leaves no trace there either."""
    return letter.kind in ("post", "direct") and letter.care != outbox.FORGET


def superseded(letter: Letter, queue: Iterable[Letter]) -> bool:
    """Whether a newer update of the same card waits in the same chat."""
    return any(
        each.kind == "update" and each.card_name == letter.card_name and each.id > letter.id for each in queue
    )


def prepare(letter: Letter, turns: Turns | None, now: datetime, store: Store) -> Prepared:
    """Mark the letter as on its way, and look up what drawing it needs. Raises ``TurnLost``, ``PlatformHeld``."""
    if turns:
        turns.check(store, (letter.to.platform, letter.to.workspace, letter.to.chat))
    if _is_held_up(letter, now, store):
        return Prepared(letter.kind, "", {}, "", "outside their hours", "held-up")
    if not outbox.mark_sending(store, letter.id):
        return Prepared(letter.kind, "", {}, "", "chat held")
    card = card_from_json(json.loads(letter.card))
    named = mentioned(card)
    mentions = {
        person: user
        for person in named - wishes.want_no_mention(store, named)
        if (user := people.account_on(store, person, letter.to.platform, letter.to.workspace))
    }
    user = (
        people.account_on(store, letter.person, letter.to.platform, letter.to.workspace)
        if letter.person
        else None
    )
    if letter.kind != "update":
        return Prepared(letter.kind, "", mentions, user or "", "")
    message = outbox.message_of(store, letter.card_name, letter.to)
    why = ""
    if turns and outbox.is_overtaken(store, letter):
        why = "newer update"
    elif not message and (letter.person is not None or not outbox.hangs(store, letter.card_name, letter.to)):
        why = "never posted"
    # Nobody knows what became of the card, or it stayed behind when the group moved: it is posted as it stands.
    return Prepared("update" if message else "post", message, mentions, user or "", why)


def _is_held_up(letter: Letter, now: datetime, store: Store) -> bool:
    """Whether it was to come in somebody's hours, and they are over, be it because a leave has begun.

    The one message of a day is held up until the next day, too, for that one has its own.
    """
    if letter.kind != "direct" or letter.person is None or letter.forum is None:
        return False
    if now - letter.due_at < HELD_UP:
        return False
    mine = wishes.wishes_of(store, letter.person)
    meant, zone = replace(mine, away_until=None), ZoneInfo(letter.zone)
    another_day = letter.matters and now.astimezone(zone).date() > letter.due_at.astimezone(zone).date()
    over = another_day or not is_welcome(mine, now, letter.zone)
    # A day's message was meant for the hours of its day, also when somebody has changed them since.
    return bool(over) and (bool(letter.matters) or is_welcome(meant, letter.due_at, letter.zone))


def outgoing(letter: Letter, ready: Prepared) -> Outgoing:
    """What the adapter gets."""
    return Outgoing(
        kind=letter.kind, to=letter.to, card=card_from_json(json.loads(letter.card)), language=letter.language,
        zone=letter.zone, forum=letter.forum or 0, private=bool(letter.person) and letter.to.chat == ready.person_user,
        person_user=ready.person_user, message=ready.message, replaces=letter.replaces, thread=letter.thread,
        reply_to=letter.reply_to, mentions=ready.mentions,
    )  # fmt: skip


def waiting_in(chat: ChatKey, after: int, most: int, store: Store) -> list[Letter]:
    """What waits in a chat, oldest first."""
    return outbox.waiting_in(store, *chat, after=after, most=most)


def taught(letter: Letter, what: str, detail: str = "") -> Happened:
    """What sending it taught us: of the letter itself, or of the chat that it was meant for."""
    key = f"{letter.id:013d}:{what}"
    if what in OF_A_LETTER:
        return Happened(key=key, what=what, detail=str(letter.id))
    platform: Literal["slack", "telegram"] = "slack" if letter.to.platform == "slack" else "telegram"
    topic = letter.to.topic if what == "bot-removed" else ""
    return Happened(
        key=key, chat=Chat(platform, letter.to.workspace, letter.to.chat, topic), what=what, detail=detail
    )
