"""A small feature with a secret form, and the talk of one person who fills it in."""

from collections.abc import Mapping

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import Effect, Effects, FieldErrors, Refusal, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.inbound import Request
from handlers.kit.ui import Card, ChoiceField, Form, Option, Text, text
from storage import intake

STEPS = 4
CHOICES = 6
KEYS = tuple(f"q{each}" for each in range(1, STEPS + 1))


def words(what: str) -> Text:
    """A text that says just this."""
    return text("verbatim", words=what)


SAYS: Mapping[str, tuple[Effect, ...]] = {
    "": (Whisper(Card(words("Thanks"))),),
    "toast": (Toast(words("so be it")),),
    "object": (FieldErrors({"q3": text("field-choice-gone")}),),
}


def moods(taken: list[Mapping[str, str]], values: tuple[str, ...] = tuple("012345")) -> Feature:
    """Four questions with six choices. What was sent in is put into ``taken``; the store tells how it is received."""
    feature = Feature("moods")

    @feature.form(Deed.RECORD)
    def ask(req: Request, about: str) -> Form:
        """How do you feel about it."""
        if intake.fact(req.store, "closed"):
            raise Refusal(text("refused-stale"))
        options = tuple(Option(value, words(f"Choice {at}")) for at, value in enumerate(values))
        fields = tuple(ChoiceField(key=key, label=words(f"Ask {key}?"), options=options) for key in KEYS)
        return Form(words("Moods"), words("Send in"), fields, words(f"About {about}"), secret=True)

    @ask.submitted
    def sent(req: Request, answers: Answers, about: str) -> Effects:
        """The answers are counted; what else happens is planned in the store."""
        plan = intake.fact(req.store, "plan")
        if plan == "refuse":
            raise Refusal(text("refused-left"))
        if plan == "break":
            raise ValueError(f"{about} {answers!r}")
        if plan != "object":
            taken.append({key: answers.words(key) for key in KEYS})
        yield from SAYS.get(plan, ())

    return feature
