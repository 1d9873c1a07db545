"""One way in for polling and webhook: read an update, hand it over, wait for the commit.

Each update is read on its own: one that cannot be read is set aside and disturbs no neighbour. What happens in one
chat stays in order, different chats run side by side.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import structlog
from telegram import Update

from bot.adapter import Intake
from bot.telegram.confirming import is_for_us
from bot.telegram.presses import Presses, Shown
from bot.telegram.translate import UNREADABLE, Ourselves, translate
from handlers.kit.inbound import AnyInbound, Click

log = structlog.get_logger()

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
"""What we ask for. The wish is sticky and its default leaves ``chat_member`` out, so it is said at every start."""


class Entrance:
    """Takes updates in. ``presses`` hear of every one handled, and of presses that are none of the engine's."""

    def __init__(self, intake: Intake, us: Ourselves, presses: Presses) -> None:
        self._intake = intake
        self._us = us
        self._presses = presses

    async def take_all(self, batch: Sequence[object]) -> None:
        """Take a batch in; returns when all is committed.

        Raises ``StoreUnavailable`` when something could not be: then nothing of the batch may be acknowledged, and
        what was committed will be recognised when it comes again.
        """
        lanes: defaultdict[object, list[object]] = defaultdict(list)
        for raw in batch:
            lanes[_lane(raw)].append(raw)
        done = await asyncio.gather(*map(self._one_by_one, lanes.values()), return_exceptions=True)
        for each in done:
            if isinstance(each, BaseException):
                raise each

    async def take(self, raw: object) -> Shown | None:
        """Take one update in, with the same promise; the answer to a press is the caller's to bring."""
        try:
            update = Update.de_json(raw, None)  # type: ignore[arg-type]  # whatever it is, it is read here
            inbounds = translate(update, self._us)
        except UNREADABLE as trouble:
            await self._bury(raw, trouble)
            return None
        if update.callback_query and not any(map(_is_for_the_engine, inbounds)):
            return self._presses.react(update, None, None)
        shown = None
        for inbound in inbounds:
            outcome = await self._intake.handle(inbound)
            shown = self._presses.react(update, inbound, outcome)
        return shown

    async def _one_by_one(self, raws: Sequence[object]) -> None:
        for raw in raws:
            if shown := await self.take(raw):
                self._presses.show(shown)

    async def _bury(self, raw: object, trouble: BaseException) -> None:
        kind = kind_of(raw)
        log.warning("unreadable update", kind=kind, trouble=type(trouble).__name__)
        await self._intake.bury(
            "telegram", f"{kind}: {type(trouble).__name__}", json.dumps(without_choices(raw))
        )


def without_choices(raw: object) -> object:
    """What may be set aside of an update: which button was pressed, but not what it would have chosen, nor half a key."""
    match raw:
        case dict():
            return {
                name: str(each).partition(":")[0] if name == "data" else without_choices(each)
                for name, each in raw.items()
                if name != "chat_instance"
            }
        case list():
            return [without_choices(each) for each in raw]
        case _:
            return raw


def kind_of(raw: object) -> str:
    """Which kind of update this is, in a word that is surely not somebody's."""
    return next((kind for kind in ALLOWED if isinstance(raw, Mapping) and kind in raw), "unknown")


def _is_for_the_engine(inbound: AnyInbound) -> bool:
    return not (isinstance(inbound, Click) and is_for_us(inbound.data))


def _lane(raw: object) -> object:
    """The chat that an update belongs to; updates without one share a lane."""
    match raw:
        case {"message": {"chat": {"id": int(chat)}}} | {"edited_message": {"chat": {"id": int(chat)}}}:
            return chat
        case {"callback_query": {"message": {"chat": {"id": int(chat)}}}}:
            return chat
        case {"my_chat_member": {"chat": {"id": int(chat)}}} | {"chat_member": {"chat": {"id": int(chat)}}}:
            return chat
        case _:
            return None
