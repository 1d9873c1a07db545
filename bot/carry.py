"""Carries out effects: durable ones become rows in the transaction, immediate ones are kept for the adapter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import orjson

from bot.adapter import OpenedForm
from bot.stepform import LIFETIME
from handlers.kit.access import check
from handlers.kit.budget import news_about
from handlers.kit.effects import (
    Cancel,
    Care,
    Direct,
    Effect,
    FieldErrors,
    Immediate,
    OpenForm,
    Post,
    Publish,
    Schedule,
    Toast,
    Update,
    Whisper,
)
from handlers.kit.feature import Book, UnknownAction, cast
from handlers.kit.inbound import Chat, Click, Happened, Request, Said, Shortcut
from handlers.kit.ui import Action, Button, Card, Form, Mention, Row, Text, text, values_of
from handlers.kit.ui_json import card_to_json
from storage import forums, intake, nudges, outbox, people, timers
from storage.outbox import Address, Letter
from storage.records import Place

MANY: Final = 10
"""So many messages on their way to a chat, and nobody there can read what else we might say."""


@dataclass(slots=True)
class Carried:
    """What one request led to: messages to hand to the dispatcher, and what goes straight back."""

    letters: list[Letter] = field(default_factory=list)
    rings_at: datetime | None = None
    form: OpenedForm | None = None
    toast: Text | None = None
    errors: dict[str, Text] = field(default_factory=dict)


def address_of(place: Place) -> Address:
    """Where messages to a place go."""
    return Address(place.platform, place.workspace, place.chat, place.topic)


def card_json(card: Card) -> str:
    """A card as it waits in the outbox."""
    return orjson.dumps(card_to_json(card)).decode()


class Carrier:
    """Carries out the effects of one request."""

    def __init__(self, req: Request, book: Book) -> None:
        self.req = req
        self.book = book
        self.done = Carried()

    def carry(self, effect: Effect) -> None:
        """Carry out one effect."""
        match effect:
            case OpenForm() | Toast() | FieldErrors():
                self._immediate(effect)
            case Schedule() | Cancel():
                self._timer(effect)
            case Post():
                self._post(effect)
            case Update():
                self._update(effect)
            case Direct():
                self.direct(effect)
            case Whisper():
                self.whisper(effect.card, replace=effect.replace, care=effect.care, spare=effect.spare)
            case Publish():
                self._publish(effect)

    def _immediate(self, effect: Immediate) -> None:
        match effect:
            case OpenForm():
                self.open_form(effect)
            case Toast() if isinstance(self.req.inbound, Click):
                self.done.toast = effect.text
            case Toast():
                self.whisper(Card(effect.text))
            case FieldErrors():
                self.done.errors.update(effect.errors)

    def _post(self, effect: Post) -> None:
        req = self.req
        if effect.place:
            self._post_at(effect)
            return
        if not effect.here and req.forum is not None:
            self.done.letters += outbox.post(
                req.store, req.forum.id, card_json(effect.card), now=req.now, language=req.forum.language,
                zone=req.zone, card_name=effect.card.name, care=effect.care,
            )  # fmt: skip
        elif req.place is not None:
            self._put(
                "post", address_of(req.place), effect.card, card_json(effect.card),
                language=self._language(req.place), care=effect.care,
            )  # fmt: skip
        else:
            self.whisper(effect.card, replace=False)

    def _post_at(self, effect: Post) -> None:
        """To one place, on behalf of the forum that it belongs to by now."""
        place = forums.place(self.req.store, effect.place)
        if place is None:
            return
        forum = forums.get(self.req.store, place.forum) if place.forum is not None else None
        language = place.language or (forum.language if forum else self.req.language)
        self._put(
            "post", address_of(place), effect.card, card_json(effect.card), language=language, care=effect.care,
            forum=forum.id if forum else None,
        )  # fmt: skip

    def _update(self, effect: Update) -> None:
        req = self.req
        language = req.forum.language if req.forum else req.language
        if req.forum:  # it may still wait for somebody's morning
            nudges.refresh(req.store, req.forum.id, news_about(req, effect.card.name), card_json(effect.card))
        self.done.letters += outbox.update(
            req.store, req.forum.id if req.forum else None, card_json(effect.card), now=req.now, language=language,
            zone=req.zone, card_name=effect.card.name,
        )  # fmt: skip

    def direct(self, effect: Direct) -> None:
        """Tell a person in private, or in the chat when they cannot be reached."""
        req = self.req
        reach = people.private_account(req.store, effect.person)
        if reach is None:
            if effect.fallback:
                self.in_chat(effect.person, effect.fallback)
            return
        platform, workspace, user = reach
        fallback = card_json(effect.fallback) if effect.fallback else ""
        self._put(
            "direct", Address(platform, workspace, user), effect.card, card_json(effect.card), person=effect.person,
            language=self._person_language(effect.person), care=effect.care, fallback=fallback,
            matters=effect.matters,
        )  # fmt: skip

    def in_chat(self, person: int, card: Card) -> None:
        """Say it in the chat instead: in a place where the person is, if there is one."""
        req = self.req
        if req.forum is None:
            return
        where = forums.places(req.store, req.forum.id)
        theirs = {(platform, workspace) for platform, workspace, _ in people.accounts(req.store, person)}
        near = [each for each in where if (each.platform, each.workspace) in theirs] or where
        for place in near[:1]:
            self._put("post", address_of(place), card, card_json(card), language=self._language(place))

    def whisper(
        self, card: Card, *, replace: bool = False, care: Care = "repeat", spare: bool = False
    ) -> None:
        """Answer the one who acted, where they are."""
        inbound = self.req.inbound
        who, chat = inbound.who, inbound.chat
        if isinstance(inbound, Happened) and self.req.place and self.req.place.state == "held":
            return  # whoever came in may be one of those who were not to read along
        if who is None:
            if self.req.place is not None:
                self._put(
                    "post",
                    address_of(self.req.place),
                    card,
                    card_json(card),
                    language=self.req.language,
                    care=care,
                )
            return
        to = Address(who.platform, who.workspace, who.user)
        if chat and not chat.private:
            if chat.platform == "slack" or self._aloud() or not self.is_reachable():
                to = self._chat(chat)
            elif isinstance(inbound, Click) and self.done.toast is None:
                self.done.toast = text("telegram-in-private")
        if spare and outbox.count_waiting(self.req.store, to, most=MANY) == MANY:
            return
        old = inbound.message if replace and isinstance(inbound, Click) and inbound.message_private else ""
        among = chat is not None and not chat.private and to.chat == chat.chat
        self._put(
            "whisper", to, card, card_json(card), language=self.req.language,
            person=self.req.person.id if self.req.person else None, replaces=old, thread=inbound.thread,
            reply_to=inbound.message if among and not isinstance(inbound, Click) else "", care=care,
        )  # fmt: skip

    def _aloud(self) -> bool:
        """A command in a chat without a forum: those who want to begin are to see that somebody answers."""
        return isinstance(self.req.inbound, Said) and self.req.forum is None

    def is_reachable(self) -> bool:
        """Whether the one who acted takes private messages from us."""
        who = self.req.inbound.who
        known = people.known(self.req.store, who.platform, who.workspace, who.user) if who else None
        return known is not None and known[2]

    def _publish(self, effect: Publish) -> None:
        for platform, workspace, user in people.accounts(self.req.store, effect.person):
            if platform == "slack":
                self._put(
                    "publish", Address(platform, workspace, user), effect.card, card_json(effect.card),
                    person=effect.person, language=self._person_language(effect.person), care="once",
                )  # fmt: skip

    def _timer(self, effect: Schedule | Cancel) -> None:
        store, forum = self.req.store, self.req.forum.id if self.req.forum else 0
        if isinstance(effect, Schedule) and effect.forum:
            forum = effect.forum
        name = f"{forum}:{effect.name}"
        if isinstance(effect, Cancel):
            timers.cancel(store, name)
            return
        timers.schedule(
            store, name, effect.at, effect.action.encode(forum), forum=forum or None,
            grace=effect.grace, late=effect.late,
        )  # fmt: skip
        self.done.rings_at = min(effect.at, self.done.rings_at or effect.at)

    # --- Forms -------------------------------------------------------------------------------------------------

    def build(self, action: Action) -> Form:
        """The form that an action names, built from the present store for somebody who may fill it in.

        A talk goes on for as long as a day: meanwhile the person may have left, or the chat.
        """
        handler = self.book.forms.get(action.name)
        if handler is None:
            raise UnknownAction
        check(self.req, handler.deed)
        return handler.asks(self.req, *cast(handler.casts, tuple(map(str, action.args))))

    def open_form(self, effect: OpenForm) -> None:
        """Ask: a modal where one can open now, otherwise a button that opens it. Talks are begun by the engine.

        What the form would have begun with waits for the press as the draft of a talk does, for as long.
        """
        req, inbound = self.req, self.req.inbound
        data = effect.action.encode(req.forum.id if req.forum else 0)
        form = self.build(effect.action).prefilled(effect.prefill or self._waiting(data))
        now = isinstance(inbound, Click | Shortcut) or (isinstance(inbound, Said) and inbound.command)
        if now or (inbound.who and inbound.who.platform == "telegram"):
            self.done.form = OpenedForm(data, form)
            return
        if effect.prefill and inbound.who and inbound.chat:
            kept = intake.Draft(data, dict(effect.prefill), 0, "", req.now + LIFETIME)
            intake.keep_draft(req.store, self._chat(inbound.chat), inbound.who.user, kept)
        button = Button(text("form-open"), effect.action, "primary")
        self.whisper(Card(form.title, (Row((button,)),)))

    def _waiting(self, data: str) -> Mapping[str, str]:
        """What somebody wrote in Slack before this form could open for them."""
        who, chat = self.req.inbound.who, self.req.inbound.chat
        if who is None or chat is None or who.platform != "slack":
            return {}
        draft = intake.draft(self.req.store, self._chat(chat), who.user)
        return draft.answers if draft and draft.form == data and draft.expires_at >= self.req.now else {}

    @staticmethod
    def _chat(chat: Chat) -> Address:
        return Address(chat.platform, chat.workspace, chat.chat, chat.topic)

    def put_here(
        self, card: Card, to: Address, *, replaces: str, reply_to: str, care: Care = "repeat"
    ) -> None:
        """A question of a talk, or what takes its place."""
        self._put(
            "post", to, card, card_json(card), language=self.req.language, replaces=replaces, reply_to=reply_to,
            hang=not replaces, care=care,
        )  # fmt: skip

    # --- Rows --------------------------------------------------------------------------------------------------

    def _put(
        self, kind: str, to: Address, card: Card, body: str, *, language: str, care: str = "repeat",
        person: int | None = None, fallback: str = "", replaces: str = "", thread: str = "", reply_to: str = "",
        hang: bool = True, forum: int | None = None, matters: tuple[tuple[int, str], ...] = (),
    ) -> None:  # fmt: skip
        forum = forum or (self.req.forum.id if self.req.forum else None)
        if card.name and hang:
            outbox.hang(self.req.store, card.name, to, forum=forum, person=person)
        letter = outbox.put(
            self.req.store, kind, to, body, now=self.req.now, language=language, zone=self.req.zone, forum=forum,
            person=person, card_name=card.name, care=care, fallback=fallback, replaces=replaces, thread=thread,
            reply_to=reply_to, matters=matters,
        )  # fmt: skip
        self.done.letters.append(letter)

    def _language(self, place: Place) -> str:
        return place.language or (self.req.forum.language if self.req.forum else self.req.language)

    def _person_language(self, person: int) -> str:
        known = people.get(self.req.store, person)
        own = known.language if known else ""
        return own or (self.req.forum.language if self.req.forum else self.req.language)


def mentioned(card: Card) -> frozenset[int]:
    """The ids of everybody a card speaks to by name."""
    return frozenset(each.person for each in values_of(card) if isinstance(each, Mention))
