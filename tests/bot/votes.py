"""A small feature that does one of everything, for tests of the engine."""

from datetime import timedelta

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import (
    Cancel,
    Direct,
    Effect,
    Effects,
    FieldErrors,
    OpenForm,
    Post,
    Publish,
    Refusal,
    Schedule,
    Toast,
    Update,
    Whisper,
)
from handlers.kit.feature import Feature, FormHandler, Handler
from handlers.kit.inbound import Request
from handlers.kit.ui import Button, Card, ChoiceField, Form, Option, Row, TextField, text
from storage import intake
from tests.bot.bench import card, words


def votes() -> Feature:
    """The feature, new for every test; what it was asked is noted in the store as facts."""
    feature = Feature("votes")
    ask = _asks(feature)
    _acts(feature, ask)
    _hears(feature, ask)
    return feature


def _asks(feature: Feature) -> FormHandler[[str]]:
    @feature.form(Deed.RECORD)
    def ask(req: Request, what: str) -> Form:
        """Two questions."""
        if intake.fact(req.store, "closed"):
            raise Refusal(text("refused-stale"))
        options = (Option("yes", words("Yes")), Option("no", words("No")))
        return Form(
            words(what), words("Save"),
            (TextField(key="why", label=words("Why?"), longest=20), ChoiceField(key="how", label=words("How?"), options=options)),
        )  # fmt: skip

    @ask.submitted
    def taken(req: Request, answers: Answers, what: str) -> Effects:
        """What was answered is noted; "wrong" is objected to, "never" refused."""
        if answers.words("why") == "wrong":
            yield FieldErrors({"why": text("field-choice-gone")})
            return
        if answers.words("why") == "never":
            raise Refusal(text("refused-stale"))
        intake.set_fact(req.store, "taken", f"{what}:{answers.words('why')}:{answers.words('how')}")
        yield Post(card("taken"))

    return ask


def _acts(feature: Feature, ask: FormHandler[[str]]) -> None:
    @feature.command("vote", Deed.RECORD)
    def vote(req: Request, said: str) -> Effects:
        """A word, and what was said behind it."""
        intake.set_fact(req.store, "said", said)
        yield Post(card("voted"))

    @feature.button(Deed.READ)
    def do(req: Request, what: str) -> Effects:
        """One effect, by its name."""
        intake.set_fact(req.store, "done", what)
        yield _effect(req, what, do, ask)

    @feature.button(Deed.ASK, administrator=True)
    def rule(req: Request) -> Effects:
        """Something for who runs the chat."""
        yield Toast(words(str(req.administrator)))


def _hears(feature: Feature, ask: FormHandler[[str]]) -> None:
    @feature.shortcut("vote_on", Deed.RECORD)
    def on_message(_req: Request) -> Effects:
        """A shortcut on a message."""
        yield OpenForm(ask.action("m"), {"why": "because"})

    @feature.event("bot-added")
    def added(_req: Request) -> Effects:
        """The bot came into a chat."""
        yield Post(card("hello"), here=True)

    @feature.event("not-understood")
    def lost(_req: Request) -> Effects:
        """Words that nobody knows."""
        yield Whisper(card("what?"))


def _effect(req: Request, what: str, do: Handler[[str]], ask: FormHandler[[str]]) -> Effect:
    if what == "refuse":
        raise Refusal(text("refused-stale"))
    if what == "refuse-card":
        again = Row((Button(words("again"), ask.action("y")),))
        raise Refusal(text("refused-stale"), Card(words("yours"), (again,)))
    if what == "fault":
        raise ZeroDivisionError
    person = req.member.person if req.member else 0
    effects: dict[str, Effect] = {
        "post": Post(card("posted")),
        "post-named": Post(card("posted", name="votes:1")),
        "post-here": Post(card("posted"), here=True),
        "update": Update(card("updated", name="votes:1")),
        "direct": Direct(person, card("private"), fallback=card("aloud")),
        "direct-only": Direct(person, card("private")),
        "whisper": Whisper(card("whispered")),
        "whisper-new": Whisper(card("whispered"), replace=False),
        "publish": Publish(person, card("page")),
        "toast": Toast(words("toast")),
        "open": OpenForm(ask.action("x")),
        "schedule": Schedule("ring", req.now + timedelta(hours=1), do.action("post")),
        "schedule-form": Schedule("ring", req.now, ask.action("x")),
        "cancel": Cancel("ring"),
        "errors": FieldErrors({"why": text("field-required")}),
    }
    return effects[what]
