"""The engine: one inbound, one transaction.

It stops if the key was seen, gives the request to the one handler that answers it, and carries out the effects that
the handler yields. The three kinds of trouble part here: a ``Refusal`` is told to the member, a fault of ours gets
an apology to the person and a trace to us, and ``StoreUnavailable`` goes through to the adapter, which then
acknowledges nothing. This is the one place with a broad ``except``.
"""

import hashlib
import json
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4

import structlog

from bot.adapter import Outcome
from bot.carry import Carried, Carrier
from bot.clock import Clock
from bot.resolve import Surroundings, notice_opening, resolve
from bot.secret_memory import Secrets
from bot.secret_talk import SecretTalk, is_secret_button
from bot.speech import visible
from bot.talks import Filled, Talks, is_talk_button
from bot.writer import PATIENT, Writer
from handlers.kit.access import check, check_chat
from handlers.kit.answers import parse_form
from handlers.kit.confidential import check_words
from handlers.kit.effects import Direct, Effect, OpenForm, Refusal
from handlers.kit.feature import Handler, UnknownAction, cast, decode
from handlers.kit.inbound import (
    Account,
    AnyInbound,
    Chat,
    Click,
    Due,
    Happened,
    Request,
    Said,
    Shortcut,
    Submit,
)
from handlers.kit.ui import Action, Card, Text, text
from handlers.kit.ui_json import card_from_json
from prompts.words import command_of, fold
from storage import audience, forums, intake, outbox, people, timers, turns
from storage.db import Store, StoreUnavailable
from storage.outbox import Letter
from storage.values import dataclass

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Done:
    outcome: Outcome
    carried: Carried
    secret: SecretTalk | None = None


class Engine:
    """Handles inbounds. ``deliver`` gets the messages after each commit, ``wake`` the time of a timer set.

    ``is_administrator`` asks the platform whether somebody runs a chat (``None``: no answer). It is called before
    the transaction, and only for handlers that are registered as needing it.
    """

    def __init__(
        self,
        writer: Writer,
        clock: Clock,
        around: Surroundings,
        *,
        deliver: Callable[[Iterable[Letter]], None],
        wake: Callable[[datetime], None],
        is_administrator: Callable[[Chat, Account], Awaitable[bool | None]],
    ) -> None:
        self.writer = writer
        self.clock = clock
        self.around = around
        self._deliver = deliver
        self._wake = wake
        self._is_administrator = is_administrator
        self.process = uuid4().hex
        self._secrets = Secrets()
        self._sealed = hashlib.blake2b(key=around.secret[:64], digest_size=16)

    async def handle(self, inbound: AnyInbound) -> Outcome:
        """Handle and commit. Raises ``StoreUnavailable`` when nothing may be acknowledged; never anything else."""
        try:
            runs_it = await self._administrator(inbound)
            weight = PATIENT if isinstance(inbound, Due) else 0
            done = await self.writer.run(partial(self._work, inbound, runs_it), weight=weight)
        except StoreUnavailable:
            raise
        except Refusal as refusal:
            done = await self.writer.run(partial(self._tell, inbound, refusal.text, refusal.card))
        except UnknownAction:
            done = await self.writer.run(partial(self._tell, inbound, text("refused-stale"), None))
        except Exception as fault:  # noqa: BLE001 - a fault of ours must neither stop the bot nor go unnoticed
            _trace(inbound, fault)
            done = await self.writer.run(partial(self._tell, inbound, text("apology"), None))
        if done.secret:
            done.secret.settle()
        self._deliver(done.carried.letters)
        if done.carried.rings_at:
            self._wake(done.carried.rings_at)
        return done.outcome

    async def bury(self, platform: str, reason: str, body: str) -> None:
        """Set aside a payload that cannot be read."""
        now = self.clock.now()
        await self.writer.run(lambda store: intake.bury(store, platform, reason, body, now))

    async def recall(self, name: str) -> str:
        """A small thing remembered over a restart."""
        return await self.writer.run(lambda store: intake.fact(store, name))

    async def remember(self, name: str, value: str) -> None:
        """Remember a small thing."""
        await self.writer.run(lambda store: intake.set_fact(store, name, value))

    async def is_ours(self, name: str) -> bool:
        """Whether this process may do what one at a time may; by itself on its database it always may."""
        if not self.writer.shared:
            return True
        return await self.writer.run(lambda store: turns.take_lease(store, name, self.process))

    async def _administrator(self, inbound: AnyInbound) -> bool | None:
        who, chat = inbound.who, inbound.chat
        if who is None or chat is None or chat.private:
            return None
        if self._named(inbound) not in self.around.book.administrator:
            return None
        return await self._is_administrator(chat, who)

    def _named(self, inbound: AnyInbound) -> str:
        """The handler that a press, a form or a command names; "" for anything else."""
        match inbound:
            case Click() | Submit():
                return inbound.data.partition(":")[0]
            case Said():
                word = self.around.words.get(fold(command_of(inbound.text)[0]))
                found = self.around.book.words.get(word) if word else None
                return found.handler.name if found else ""
            case _:
                return ""

    def _name_of(self, inbound: AnyInbound) -> str:
        """The key as it is remembered: Slack's hold who pressed, and that and when would stand together.

        It still begins with its time, so that rows are written side by side.
        """
        sealed = self._sealed.copy()
        sealed.update(inbound.key.encode())
        return f"{inbound.key.partition(':')[0]}:{sealed.hexdigest()}"

    # --- Inside the transaction --------------------------------------------------------------------------------

    def _work(self, inbound: AnyInbound, administrator: bool | None, store: Store) -> _Done:
        now = self.clock.now()
        if not intake.first_time(store, self._name_of(inbound), now):
            if isinstance(inbound, Due):
                timers.ring(store, inbound.name, inbound.due_at)
            return _Done(Outcome(again=True), Carried())
        req = resolve(store, inbound, self.around, now)
        if req.forum:
            store.hold(req.forum.id)
        if administrator is not None:
            req = replace(req, administrator=administrator)
        carrier = self._carrier(req)
        req = carrier.req
        talks, secret = Talks(carrier), SecretTalk(carrier, self._secrets)
        for effect in self._effects(req, talks, secret):
            carrier.carry(effect)
        talks.mend()
        secret.mend()
        if carrier.done.errors and isinstance(inbound, Submit):
            # A modal keeps its identity when it is sent in again corrected.
            intake.release(store, self._name_of(inbound))
        if carrier.done.form and talks.wanted:
            begin = secret.begin if carrier.done.form.form.secret else talks.begin
            begin(carrier.done.form)
            carrier.done.form = None
        return _Done(self._outcome(req, carrier.done), carrier.done, secret)

    def _carrier(self, req: Request) -> Carrier:
        """Carries out what the request leads to. A chat that has just opened is held first, and its coordinators asked."""
        if not notice_opening(req):
            return Carrier(req, self.around.book)
        place = forums.place(req.store, req.place.id) if req.place else None
        carrier = Carrier(replace(req, place=place), self.around.book)
        for effect in self._events(carrier.req, "chat-opened"):
            carrier.carry(effect)
        return carrier

    def _effects(self, req: Request, talks: Talks, secret: SecretTalk) -> Iterable[Effect]:
        match req.inbound:
            case Said() as said:
                heard = talks.hear(said)
                if heard:
                    check_chat(req, None)
                    return self._filled(req, heard.filled, talks)
                return () if secret.cancelled(said) else self._said(req, said)
            case Click() as click:
                return self._pressed(req, click, talks, secret)
            case Submit() as submit:
                return self._submit(req, submit.data, submit.answers, talks)
            case Shortcut() as shortcut:
                return self._shortcut(req, shortcut)
            case Happened() as event:
                return self._happened(req, event)
            case Due() as due:
                return self._due(req, due)

    def _pressed(self, req: Request, click: Click, talks: Talks, secret: SecretTalk) -> Iterable[Effect]:
        if is_talk_button(click.data):
            check_chat(req, None)
            return self._filled(req, talks.pressed(click).filled, talks)
        if is_secret_button(click.data):
            return self._filled(req, secret.pressed(click), talks)
        return self._act(req, click)

    def _said(self, req: Request, said: Said) -> Iterable[Effect]:
        if said.reply_to and not said.source and not said.command and req.place is not None:
            return ()  # people comment on our cards among themselves
        first, rest = command_of(said.text)
        word = self.around.words.get(fold(first))
        found = self.around.book.words.get(word) if word else None
        if found is None:
            check_chat(req, None)
            return self._events(req, "not-understood")
        check(req, found.handler.deed)
        check_words(req, found.handler.deed, visible(rest))
        return found.handler(req, visible(rest))

    def _act(self, req: Request, click: Click) -> Iterable[Effect]:
        name, _, raw = decode(click.data)
        book = self.around.book
        if name in book.forms:
            form = book.forms[name]
            check(req, form.deed)
            return (OpenForm(Action(name, cast(form.casts, raw))),)
        if name not in book.handlers or (click.linked and name not in book.links):
            raise UnknownAction
        handler = book.handlers[name]
        check(req, handler.deed)
        return handler(req, *cast(handler.casts, raw))

    def _filled(self, req: Request, filled: Filled | None, talks: Talks) -> Iterable[Effect]:
        return self._submit(req, filled.data, filled.answers, talks) if filled else ()

    def _submit(self, req: Request, data: str, answers: Mapping[str, str], talks: Talks) -> Iterable[Effect]:
        name, _, raw = decode(data)
        handler = self.around.book.forms.get(name)
        if handler is None:
            raise UnknownAction
        check(req, handler.deed)
        args = cast(handler.casts, raw)
        parsed, errors = parse_form(handler.asks(req, *args), answers, req.today)
        if errors:
            talks.ask_again(data, answers, errors)
            return ()
        return handler.taken[0](req, parsed, *args)

    def _shortcut(self, req: Request, shortcut: Shortcut) -> Iterable[Effect]:
        handler = self.around.book.shortcuts.get(shortcut.name)
        if handler is None:
            raise UnknownAction
        check(req, handler.deed)
        check_words(req, handler.deed, shortcut.source.text)
        return handler(req)

    def _due(self, req: Request, due: Due) -> Iterable[Effect]:
        if not timers.ring(req.store, due.name, due.due_at):
            return ()
        if due.late == "skip" and req.now - due.due_at > due.grace:
            return ()
        name, _, raw = decode(due.data)
        handler: Handler[...] | None = self.around.book.handlers.get(name)
        if handler is None:
            raise UnknownAction
        return handler(req, *cast(handler.casts, raw))

    def _happened(self, req: Request, event: Happened) -> Iterable[Effect]:
        who, chat, store = event.who, event.chat, req.store
        match event.what:
            case "reachable" | "unreachable" if who:
                reachable = event.what == "reachable"
                people.set_reachable(store, who.platform, who.workspace, who.user, reachable=reachable)
            case "chat-moved" if chat:
                forums.move_chat(store, chat.platform, chat.workspace, chat.chat, event.detail)
            case "chat-renamed" if chat:
                forums.rename_chat(store, chat.platform, chat.workspace, chat.chat, chat.title)
            case "chat-opened" if chat:
                here = forums.moved_to(store, chat.platform, chat.workspace, chat.chat)
                audience.note(store, chat.platform, chat.workspace, here, public=True)
                audience.hold(store, chat.platform, chat.workspace, here)
            case "bot-removed" | "chat-archived" if chat:
                forums.suspend_chat(store, chat.platform, chat.workspace, chat.chat, chat.topic)
            case "undelivered":
                yield from self._undelivered(req, event)
            case _:
                pass
        yield from self._events(req, event.what)

    def _undelivered(self, req: Request, event: Happened) -> Iterable[Effect]:
        """A private message did not reach the person: try another account of theirs, then the chat."""
        lost = outbox.letter(req.store, int(event.detail))
        if lost is None or lost.person is None or not lost.card:
            return
        people.set_reachable(req.store, lost.to.platform, lost.to.workspace, lost.to.chat, reachable=False)
        if lost.kind == "direct":
            fallback = card_from_json(json.loads(lost.fallback)) if lost.fallback else None
            card = card_from_json(json.loads(lost.card))
            yield Direct(lost.person, card, fallback=fallback, matters=lost.matters)

    def _events(self, req: Request, what: str) -> Iterable[Effect]:
        for handler in self.around.book.events.get(what, ()):
            yield from handler(req)

    def _outcome(self, req: Request, carried: Carried) -> Outcome:
        return Outcome(
            language=req.language,
            zone=req.zone,
            form=carried.form,
            toast=carried.toast,
            errors=carried.errors,
        )

    def _tell(self, inbound: AnyInbound, why: Text, card: Card | None, store: Store) -> _Done:
        """Record that the inbound was answered, and answer it: nothing else of it happened."""
        now = self.clock.now()
        if not intake.first_time(store, self._name_of(inbound), now):
            return _Done(Outcome(again=True), Carried())
        if isinstance(inbound, Due):
            timers.ring(store, inbound.name, inbound.due_at)
            return _Done(Outcome(), Carried())
        try:
            req = resolve(store, inbound, self.around, now)
        except Exception as fault:  # noqa: BLE001 - whatever it was, the inbound shall not come again and again
            if not isinstance(fault, UnknownAction):
                _trace(inbound, fault)
            return _Done(Outcome(language=self.around.language, refused=why), Carried())
        carrier = self._carrier(req)
        secret, said = SecretTalk(carrier, self._secrets), False
        if why.key != "apology":
            Talks(carrier).give_up()
            said = secret.give_up(card or Card(why))
        aloud = isinstance(inbound, Said | Shortcut) or card is not None
        if aloud and inbound.chat and not said:
            carrier.whisper(card or Card(why))
        return _Done(Outcome(req.language, req.zone, refused=why), carrier.done, secret)


def _trace(inbound: AnyInbound, fault: BaseException) -> None:
    """What went wrong and where, without a word of what anybody wrote."""
    frames = [f"{each.filename.rsplit('/', 2)[-2]}/{each.filename.rsplit('/', 1)[-1]}:{each.lineno} {each.name}"
              for each in traceback.extract_tb(fault.__traceback__)[-8:]]  # fmt: skip
    log.error(
        "fault", kind=type(fault).__name__, inbound=type(inbound).__name__, key=inbound.key, frames=frames
    )
