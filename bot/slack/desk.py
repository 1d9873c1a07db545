"""Between the payloads and the engine: who and where it is about, and what goes straight back to the one who acted.

A modal can be opened for three seconds after the press, so it is opened the moment the commit is through, while the
press is being acknowledged. What cannot be said in the acknowledgement is begun here and goes on by itself.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import structlog

from bot.adapter import OpenedForm, Outcome, SendTrouble
from bot.slack.blocks import Pen
from bot.slack.directory import Directory
from bot.slack.late_answers import LateAnswers
from bot.slack.modals import TooMuch, closing, draw_form, objections
from bot.slack.sending import Sender
from bot.slack.shapes import Json, address_or_empty, id_or_none, inner_or_empty, listed, said
from bot.slack.submitted import Luggage
from bot.slack.translate import Me, people_of, translate
from bot.slack.web_api import WebApi
from handlers.kit.inbound import AnyInbound, Click, Happened, Said, Shortcut, Submit
from handlers.kit.ui import Text, text

log = structlog.get_logger()


class FrontDesk:
    """Reads payloads and answers those who acted."""

    def __init__(self, me: Me, api: WebApi, directory: Directory, late: LateAnswers, sender: Sender) -> None:
        self._me = me
        self._api = api
        self._directory = directory
        self._late = late
        self._sender = sender
        self._running: set[asyncio.Task[None]] = set()

    async def read(self, payload: Json) -> AnyInbound | None:
        """The inbound of a payload, with the names in it; ``None`` for one of no interest. Raises ``Unreadable``."""
        await self._directory.meet(people_of(payload, self._me))
        inbound = translate(payload, self._me, self._directory.people)
        match inbound:
            case Said() | Click():
                self._remember(inbound, payload)
            case Shortcut():
                self._remember(inbound, payload)
                return await self._linked(inbound)
            case Happened():
                return await self._titled(inbound)
            case _:
                pass
        return inbound

    def reply(self, inbound: AnyInbound, outcome: Outcome, payload: Json) -> Json | None:
        """What the acknowledgement says: only that of a modal says anything. The rest is begun."""
        if isinstance(inbound, Submit):
            return self._to_modal(inbound, outcome, payload)
        trigger = said(payload, "trigger_id")
        if outcome.form and trigger:
            self._begin(self._open(inbound, outcome, outcome.form, trigger))
        why = outcome.refused or outcome.toast
        # Of anything but a press the engine has told the person by a message.
        if why and isinstance(inbound, Click):
            self._begin(self._say(inbound, outcome, why))
        return None

    @property
    def is_idle(self) -> bool:
        """Whether nothing that was begun goes on."""
        return not self._running

    async def finish(self, seconds: float) -> None:
        """Wait for what was begun; what takes longer than so is given up."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for each in self._running:
            each.cancel()

    # --- Reading -----------------------------------------------------------------------------------------------

    def _remember(self, inbound: Said | Click | Shortcut, payload: Json) -> None:
        who, chat = inbound.who, inbound.chat
        if who is None or chat is None:
            return
        if chat.private:
            event = payload.get("event")
            if isinstance(event, dict):  # only an event is sure to come from the bot's own channel
                self._directory.learn_private(who.user, str(event["channel"]))
            return
        url = address_or_empty(said(payload, "response_url"))
        if url:
            pressed = inbound.message if inbound.message_private else ""
            self._late.remember(url, chat.chat, who.user, pressed)

    async def _linked(self, inbound: Shortcut) -> Shortcut:
        if inbound.source.link or inbound.chat is None or inbound.chat.private:
            return inbound
        link = await self._directory.permalink(inbound.chat.chat, inbound.message)
        return replace(inbound, source=replace(inbound.source, link=link))

    async def _titled(self, inbound: Happened) -> Happened:
        if inbound.what == "bot-added" and inbound.chat:
            title = await self._directory.title(inbound.chat.chat)
            return replace(inbound, chat=replace(inbound.chat, title=title))
        if inbound.what == "person-gone" and inbound.who:
            self._directory.forget(inbound.who.user)
        return inbound

    # --- Answering ---------------------------------------------------------------------------------------------

    def _to_modal(self, inbound: Submit, outcome: Outcome, payload: Json) -> Json | None:
        pen = self._pen(outcome)
        view = inner_or_empty(payload, "view")
        if outcome.errors:
            shown = [id_or_none(each, "block_id") for each in listed(view, "blocks") if _is_input(each)]
            errors = objections(pen, outcome.errors, shown)
            if shown:
                return {"response_action": "errors", "errors": errors}
            return _update(closing(pen, _title(view), next(iter(outcome.errors.values()))))
        if outcome.refused:
            return _update(closing(pen, _title(view), outcome.refused))
        if outcome.form:
            chat = inbound.chat.chat if inbound.chat else ""
            try:
                return _update(
                    draw_form(pen, outcome.form.form, Luggage(outcome.form.data, chat, inbound.thread))
                )
            except TooMuch:
                return _update(closing(pen, _title(view), text("form-too-long")))
        return None

    async def _open(self, inbound: AnyInbound, outcome: Outcome, form: OpenedForm, trigger: str) -> None:
        chat = inbound.chat.chat if inbound.chat else ""
        try:
            view = draw_form(self._pen(outcome), form.form, Luggage(form.data, chat, inbound.thread))
            await self._api.tell("views.open", trigger_id=trigger, view=view)
        except TooMuch:
            await self._say(inbound, outcome, text("form-too-long"))
        except SendTrouble as trouble:
            log.warning("slack modal not opened", kind=type(trouble).__name__)
            await self._say(inbound, outcome, text("form-too-late"))

    async def _say(self, inbound: AnyInbound, outcome: Outcome, what: Text) -> None:
        """Tell the one who acted, where they are; best effort, for it is only of use now."""
        user = inbound.who.user if inbound.who else ""
        chat = inbound.chat.chat if inbound.chat else user
        drawn = self._pen(outcome).sentence(what)
        try:
            await self._sender.whisper(chat, user, drawn, thread=inbound.thread)
        except SendTrouble as trouble:
            log.warning("slack answer not shown", kind=type(trouble).__name__)

    def _pen(self, outcome: Outcome) -> Pen:
        return self._sender.pen(outcome.language, outcome.zone)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


def _is_input(block: object) -> bool:
    return isinstance(block, dict) and block.get("type") == "input"


def _title(view: Json) -> str:
    return said(inner_or_empty(view, "title"), "text") or "…"


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}
