"""Forms as talks, inside the transaction: keeps how far each one has come, and asks the next question.

The talk belongs to one person in one chat (and topic). In a group one answers by replying to the question, for the
bot does not see other messages there. What ``stepform`` decides is carried out here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import stepform
from bot.adapter import OpenedForm
from bot.carry import Carrier
from handlers.kit.feature import UnknownAction, decode
from handlers.kit.inbound import Click, Said, Submit
from handlers.kit.ui import Action, Card, Form, Text, text
from prompts.words import command_of, fold
from storage import intake, outbox
from storage.intake import Draft
from storage.outbox import Address


@dataclass(frozen=True, slots=True)
class Filled:
    """A form whose questions are all answered: its encoded action and the raw answers."""

    data: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heard:
    """The talk took the message; ``filled`` when it was the last answer."""

    filled: Filled | None = None


def is_talk_button(data: str) -> bool:
    """Whether button data belongs to a talk and not to a feature."""
    return data.startswith(stepform.NAME + ".")


class Talks:
    """The talk of one request's person in its chat."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        inbound = carrier.req.inbound
        self.who = inbound.who
        self.chat = inbound.chat
        self.wanted = bool(self.who and self.chat and self.who.platform == "telegram")
        self._last: Filled | None = None

    # --- Coming in ---------------------------------------------------------------------------------------------

    def hear(self, said: Said) -> Heard | None:
        """Take a message if it answers a question; ``None`` when it is meant for somebody else."""
        if said.command and not self._is_cancel(said):
            return None
        draft = self._draft() if self.wanted else None
        if draft is None:
            return None
        if said.command:
            self._end(text("form-cancelled"))
            return Heard()
        if not self._is_meant(said):
            return None
        form = self._form(draft)
        talk = stepform.Talk(draft.answers, draft.step)
        return self._turn(
            draft, form, talk, stepform.say(form, talk, said.text, self.carrier.req.today), said=True
        )

    def pressed(self, click: Click) -> Heard:
        """Take a press on one of the talk's buttons."""
        name, _, raw = decode(click.data)
        if len(raw) != 2 or not all(each.isascii() and each.isdigit() for each in raw):  # noqa: PLR2004
            raise UnknownAction
        if self.who is None or self.chat is None:
            raise UnknownAction  # nobody was ever asked there
        draft = self._draft()
        if draft is None or not self._is_mine(click):
            self.carrier.done.toast = text("form-not-yours" if self._is_others(click) else "form-over")
            return Heard()
        form = self._form(draft)
        talk = stepform.Talk(draft.answers, draft.step)
        what = name.removeprefix(stepform.NAME + ".")
        return self._turn(
            draft, form, talk, stepform.press(form, talk, what, int(raw[0]), int(raw[1])), said=False
        )

    def _is_cancel(self, said: Said) -> bool:
        return self.carrier.req.words.get(fold(command_of(said.text)[0])) == "cancel"

    def give_up(self) -> None:
        """The form cannot be asked or taken any more: let the person go, for else every word would meet this again."""
        inbound = self.carrier.req.inbound
        if not self.wanted or self._draft() is None:
            return
        if isinstance(inbound, Click):
            mine = is_talk_button(inbound.data) and self._is_mine(inbound)
        else:
            mine = isinstance(inbound, Said) and not inbound.command and self._is_meant(inbound)
        if mine:
            self._end(text("form-over"))

    def _turn(
        self, draft: Draft, form: Form, talk: stepform.Talk, turn: stepform.Turn, *, said: bool
    ) -> Heard:
        if said and not isinstance(turn, stepform.Finished):
            self._put_away(form, talk)
        match turn:
            case stepform.Talk():
                self._ask(draft.form, form, turn, replace=not said)
            case stepform.Wrong(why):
                self._ask(draft.form, form, talk, replace=not said, wrong=why)
            case stepform.Cancelled():
                self._end(text("form-cancelled"))
            case stepform.Stale():
                self.carrier.done.toast = text("form-answered")
            case stepform.Finished(answers):
                self._end(text("form-filled-in", title=form.title))
                self._last = Filled(draft.form, answers)
                return Heard(self._last)
        return Heard()

    # --- Going out ---------------------------------------------------------------------------------------------

    def begin(self, opened: OpenedForm) -> None:
        """Ask the first question."""
        self._ask(opened.data, opened.form, stepform.begin(opened.form), replace=False)

    def ask_again(self, data: str, answers: Mapping[str, str], errors: Mapping[str, Text]) -> None:
        """Something in a filled-in form cannot be used: keep the other answers and ask for it again, saying why."""
        self.carrier.done.errors.update(errors)
        if not self.wanted:
            return
        name, _, raw = decode(data)
        form = self.carrier.build(Action(name, raw))
        if form.secret:
            return  # its answers may be kept nowhere
        keys = [each.key for each in stepform.visible(form)]
        wrong = min((keys.index(each) for each in errors if each in keys), default=0)
        why = errors.get(keys[wrong])
        kept = stepform.without_refused(form, answers, errors)
        self._ask(data, form, stepform.Talk(kept, wrong), replace=False, wrong=why)

    def mend(self) -> None:
        """The feature itself found something wrong in the answers that this talk gave; or a modal was taken."""
        if self._last is not None and self.carrier.done.errors:
            self.ask_again(self._last.data, self._last.answers, self.carrier.done.errors)
        inbound = self.carrier.req.inbound
        if isinstance(inbound, Submit) and self.chat and self.who and not self.carrier.done.errors:
            # What waited for the modal to open is in what was sent.
            draft = self._draft()
            if draft and draft.form == inbound.data:
                to, user = self._place()
                intake.drop_draft(self.carrier.req.store, to, user)

    def _ask(
        self, data: str, form: Form, talk: stepform.Talk, *, replace: bool, wrong: Text | None = None
    ) -> None:  # fmt: skip
        now = self.carrier.req.now
        draft = Draft(data, dict(talk.answers), talk.step, "", now + stepform.LIFETIME)
        to, user = self._place()
        intake.keep_draft(self.carrier.req.store, to, user, draft)
        in_group = bool(self.chat and not self.chat.private)
        self._say(
            stepform.question(form, talk, name=self._name(), in_group=in_group, wrong=wrong), replace=replace
        )

    def _put_away(self, form: Form, talk: stepform.Talk) -> None:
        """A question answered in writing loses its buttons, so that only the present one can be pressed."""
        to, _ = self._place()
        old = outbox.message_of(self.carrier.req.store, self._name(), to)
        if old:
            label = stepform.visible(form)[talk.step].label
            self.carrier.put_here(Card(label), to, replaces=old, reply_to="")

    def _end(self, why: Text) -> None:
        """Close the talk; its last question turns into a line without buttons."""
        to, user = self._place()
        intake.drop_draft(self.carrier.req.store, to, user)
        self._say(Card(why, (), self._name()), replace=True)

    def _say(self, card: Card, *, replace: bool) -> None:
        to, _ = self._place()
        inbound = self.carrier.req.inbound
        old = outbox.message_of(self.carrier.req.store, card.name, to) if replace else ""
        answered = (
            inbound.message if isinstance(inbound, Said) and self.chat and not self.chat.private else ""
        )
        self.carrier.put_here(card, to, replaces=old, reply_to="" if old else answered)

    # --- Which talk --------------------------------------------------------------------------------------------

    def _place(self) -> tuple[Address, str]:
        assert self.chat is not None  # noqa: S101 - a talk is wanted only where there is a chat and a person
        assert self.who is not None  # noqa: S101
        return Address(
            self.chat.platform, self.chat.workspace, self.chat.chat, self.chat.topic
        ), self.who.user

    def _name(self) -> str:
        to, user = self._place()
        return f"form:{to.platform}:{to.chat}:{to.topic}:{user}"

    def _draft(self) -> Draft | None:
        to, user = self._place()
        draft = intake.draft(self.carrier.req.store, to, user)
        if draft and draft.expires_at < self.carrier.req.now:
            intake.drop_draft(self.carrier.req.store, to, user)
            return None
        return draft

    def _form(self, draft: Draft) -> Form:
        name, _, raw = decode(draft.form)
        return self.carrier.build(Action(name, raw))

    def _is_meant(self, said: Said) -> bool:
        """In private every line is an answer, in a group only a reply to the question."""
        to, _ = self._place()
        if self.chat and self.chat.private:
            return True
        return bool(said.reply_to) and outbox.shows(self.carrier.req.store, self._name(), to, said.reply_to)

    def _is_mine(self, click: Click) -> bool:
        """In a group anybody can press; only the one who is asked may answer."""
        to, _ = self._place()
        return outbox.shows(self.carrier.req.store, self._name(), to, click.message)

    def _is_others(self, click: Click) -> bool:
        to, _ = self._place()
        name = outbox.card_at(self.carrier.req.store, to, click.message)
        return name.startswith("form:") and name != self._name()
