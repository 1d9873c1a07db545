"""Thanks between organisations: *tack Polisen för lamporna*, and every chat of the forum sees it.

It goes from the organisation of whoever says it, to another one, in the words that were said.
"""

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, FieldErrors, OpenForm, Refusal, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Button, Card, ChoiceField, Form, Option, Row, TextField, text
from handlers.win_cards import kept_card
from handlers.win_rules import LONGEST, thanked
from handlers.win_steps import as_kept, calm_now, named_in, ready
from storage import forums, wins
from storage.records import Actor

feature = Feature("thanks")


@feature.command("thanks", Deed.RECORD)
def say_thanks(req: Request, said: str) -> Effects:
    """An organisation's name and what for is said at once; a plain thank-you is answered, with the way to pass it on."""
    others = _others(req)
    found = thanked(said, [each.name for each in others])
    if found and found[1]:
        if names := named_in(req, found[1], "thanks-no-names"):
            raise Refusal(names)
        yield from _thank(req, others[found[0]].id, found[1])
    elif found:
        yield OpenForm(thanks_form.action(), {"to": str(others[found[0]].id)})
    else:
        row = (Row((Button(text("thanks-pass-on"), thanks_form.action()),)),) if others else ()
        yield Whisper(Card(text("thanks-welcome"), row))


@feature.form(Deed.RECORD)
def thanks_form(req: Request) -> Form:
    """Which organisation, and what for."""
    others = _others(req)
    if not others:
        raise Refusal(text("thanks-nobody"))
    options = tuple(Option(str(each.id), verbatim(each.name)) for each in others)
    return Form(text("thanks-title"), text("thanks-send"), (
        ChoiceField(key="to", label=text("thanks-field-to"), options=options),
        TextField(key="what", label=text("thanks-field-what"), hint=text("thanks-field-what-hint"), longest=LONGEST),
    ))  # fmt: skip


@thanks_form.submitted
def thanked_by_form(req: Request, answers: Answers) -> Effects:
    """All see it."""
    if names := named_in(req, answers.words("what"), "thanks-no-names"):
        yield FieldErrors({"what": names})
        return
    yield from _thank(req, answers.number("to"), answers.words("what"))


def _thank(req: Request, to: int, what: str) -> Effects:
    if len(what) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(what)))
    forum = forum_of(req).id
    number = wins.add(
        req.store, forum, kind="thanks", what=what, actors=(to,), now=req.now, member=member_of(req).id
    )
    one = as_kept(req, number or 0)
    yield from ready(req, one, at_once=True)
    calm = calm_now(req)
    heading = text("win-waits", day=calm) if calm else text("thanks-said")
    yield Whisper(kept_card(one, heading), replace=False)


def _others(req: Request) -> list[Actor]:
    """The organisations that one may thank: all but one's own."""
    own = member_of(req).actor
    return [each for each in forums.actors(req.store, forum_of(req).id) if each.id != own]
