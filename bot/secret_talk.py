"""Secret forms as a talk in private: no message shows what was chosen, and it is remembered by ``secret_memory`` alone.

One message changes from question to question. Each press names its form and its question, so that a press which
comes twice does no more than once, and one that nobody remembers anything of can begin again. Memory changes when the
transaction is safe, never before; what is drawn is the same whatever was chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from bot.adapter import OpenedForm
from bot.carry import Carrier
from bot.secret_memory import Held, Secrets, Whose
from bot.talks import Filled
from handlers.kit.feature import UnknownAction, decode
from handlers.kit.inbound import Account, Chat, Click, Said
from handlers.kit.ui import Action, Button, Card, ChoiceField, Element, Form, Line, Row, Text, text
from prompts.words import command_of, fold
from storage.outbox import Address

NAME: Final = "secret"
"""The first part of the names of the talk's own buttons; no feature may be called so."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a button of a talk says: what to do, at which question, with which choice, of which form."""

    what: str
    step: int
    choice: int = field(repr=False)
    data: str


def is_secret_button(data: str) -> bool:
    """Whether button data belongs to a secret talk."""
    return data.startswith(NAME + ".")


def read(click: Click) -> Press:
    """The press in a click; raises ``UnknownAction`` for what we did not draw ourselves."""
    name, forum, raw = decode(click.data)
    if click.linked or len(raw) < 3:  # noqa: PLR2004 - step, choice, name of the form
        raise UnknownAction
    step, choice, form, *args = raw
    if not all(len(each) < 3 and each.isascii() and each.isdigit() for each in (step, choice)):  # noqa: PLR2004
        raise UnknownAction
    data = Action(form, tuple(args)).encode(forum)
    return Press(name.removeprefix(NAME + "."), int(step), int(choice), data)


class SecretTalk:
    """The talk of one request's person. Nothing is remembered before ``settle``."""

    def __init__(self, carrier: Carrier, secrets: Secrets) -> None:
        self._carrier = carrier
        self._memory = secrets.of(carrier.req)
        self._now = carrier.req.now
        self._filled: tuple[Click, Press, Filled] | None = None

    def settle(self) -> None:
        """The transaction is safe: from now on the talk stands where it left it."""
        self._memory.settle()

    # --- Coming in ---------------------------------------------------------------------------------------------

    def begin(self, opened: OpenedForm) -> None:
        """Ask the first question, in private wherever the form was opened."""
        who, chat = self._who(), self._carrier.req.inbound.chat
        if chat and not chat.private:
            if not self._carrier.is_reachable():
                self._say(text("secret-in-private"))
                return
            self._say(text("telegram-in-private"))
        self._ask((who.user, opened.data), opened.form, Held(0, self._now))

    def pressed(self, click: Click) -> Filled | None:
        """Take a press; the answers when it was the one that sends them in."""
        press, who = read(click), self._who()
        if not _is_private(click.chat):
            self._say(text("secret-in-private"))
            return None
        whose = (who.user, press.data)
        held = self._memory.find(whose)
        if held and held.sent:
            self._say(text("secret-sent-already"))
            return None
        form = self._form(press.data)
        if press.step > len(form.fields):
            raise UnknownAction
        if held is None and press.step > 0:
            fresh = Held(0, self._now, message=click.message)
            self._ask(whose, form, fresh, text("secret-begin-again"))
            return None
        here = replace(held or Held(0, self._now), touched=self._now, message=click.message)
        if press.step != here.at:
            self._say(text("secret-now"))
            self._ask(whose, form, here)
            return None
        return self._take(click, press, form, here)

    def cancelled(self, said: Said) -> bool:
        """Whether somebody ended their talk in so many words."""
        req = self._carrier.req
        if not (said.who and said.who.platform == "telegram" and _is_private(said.chat)):
            return False
        if req.words.get(fold(command_of(said.text)[0])) != "cancel":
            return False
        newest = self._memory.newest(said.who.user)
        if newest is None:
            return False
        whose, held = newest
        self._memory.keep(whose, None)
        self._put(Card(text("form-cancelled")), held.message)
        return True

    def give_up(self, why: Card) -> bool:
        """The form cannot be asked or taken: say why in the place of the question, and forget the talk."""
        click = self._carrier.req.inbound
        if not (isinstance(click, Click) and is_secret_button(click.data) and _is_private(click.chat)):
            return False
        try:
            whose = (self._who().user, read(click).data)
        except UnknownAction:
            return False
        self._memory.keep(whose, None)
        self._put(why, click.message)
        return True

    def mend(self) -> None:
        """After the feature took the answers: ask again for what it objects to, or leave nothing to press."""
        if self._filled is None:
            return
        click, press, filled = self._filled
        errors = self._carrier.done.errors
        if errors:
            form = self._form(press.data)
            wrong = next((at for at, each in enumerate(form.fields) if each.key in errors), 0)
            kept = {key: each for key, each in filled.answers.items() if key not in errors}
            again = Held(wrong, self._now, kept, click.message)
            self._ask((self._who().user, press.data), form, again, errors.get(form.fields[wrong].key))
        elif not any(each.replaces == click.message for each in self._carrier.done.letters):
            self._put(Card(text("secret-sent")), click.message)

    def _take(self, click: Click, press: Press, form: Form, here: Held) -> Filled | None:
        whose = (self._who().user, press.data)
        asked = form.fields[here.at] if here.at < len(form.fields) else None
        match press.what:
            case "pick" if isinstance(asked, ChoiceField) and press.choice < len(asked.options):
                chosen = {**here.chosen, asked.key: asked.options[press.choice].value}
                self._ask(whose, form, replace(here, at=here.at + 1, chosen=chosen))
            case "back" if here.at > 0:
                self._ask(whose, form, replace(here, at=here.at - 1))
            case "send" if asked is None:
                filled = Filled(press.data, here.chosen)
                self._filled = (click, press, filled)
                self._memory.keep(whose, replace(here, chosen={}, sent=True))
                return filled
            case _:
                raise UnknownAction
        return None

    # --- Going out ---------------------------------------------------------------------------------------------

    def _ask(self, whose: Whose, form: Form, held: Held, note: Text | None = None) -> None:
        self._memory.keep(whose, held)
        self._put(question(form, held.at, whose[1], note), held.message)

    def _put(self, card: Card, replaces: str) -> None:
        who = self._who()
        to = Address(who.platform, who.workspace, who.user)
        self._carrier.put_here(card, to, replaces=replaces, reply_to="", care="forget")

    def _say(self, what: Text) -> None:
        if isinstance(self._carrier.req.inbound, Click):
            self._carrier.done.toast = what
        else:
            self._carrier.whisper(Card(what), care="forget")

    def _who(self) -> Account:
        who = self._carrier.req.inbound.who
        if who is None or who.platform != "telegram":
            raise UnknownAction
        return who

    def _form(self, data: str) -> Form:
        name, _, raw = decode(data)
        form = self._carrier.build(Action(name, raw))
        if not form.secret:
            raise UnknownAction
        return form


def _is_private(chat: Chat | None) -> bool:
    return chat is not None and chat.private


# --- How a question looks --------------------------------------------------------------------------------------


def question(form: Form, step: int, data: str, note: Text | None = None) -> Card:
    """The card of a step; the one after the last question sends the answers in. Nothing in it was chosen."""
    notes = (Line(note),) if note else ()
    back = (Row((Button(text("form-back"), _button("back", step, data)),)),) if step else ()
    if step >= len(form.fields):
        send = Row((Button(form.submit, _button("send", step, data), "primary"),))
        ready = Line(text("secret-all-answered", submit=form.submit))
        return Card(form.title, (*notes, ready, send, *back))
    return Card(form.fields[step].label, (*notes, *_asked(form, step, data), *back))


def _asked(form: Form, step: int, data: str) -> Iterator[Element]:
    one = form.fields[step]
    if form.intro and step == 0:
        yield Line(form.intro)
    yield Line(text("secret-step", step=step + 1, steps=len(form.fields)), "small")
    if one.hint:
        yield Line(one.hint, "small")
    if isinstance(one, ChoiceField):
        for index, option in enumerate(one.options):
            yield Row((Button(option.label, _button("pick", step, data, index)),))


def _button(what: str, step: int, data: str, choice: int = 0) -> Action:
    name, forum, args = decode(data)
    return Action(f"{NAME}.{what}", (step, choice, name, *args), forum)
