"""Advice (W2): somebody will decide, and first asks those whom it concerns or who know.

Named people or organisations advise, in words that everybody sees. When all have, or the time is over, the owner
decides and says how the advice was used. If the owner has left, whoever coordinates the forum decides.
"""

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, Refusal, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Card, ChoiceField, Form, Option, TextField, text
from handlers.round_cards import names, round_card, title, voters_of
from handlers.round_ends import time_to_decide
from handlers.round_rules import LONGEST, missing, present
from handlers.round_steps import (
    begin,
    ended,
    load_asking,
    load_kind,
    members_behind,
    note,
    opened,
    owner_or_coordinators,
    question_fields,
    tell_those,
    time_fields,
    voice,
    wording_of,
    wrong_days,
)
from storage import forums, rounds
from storage.rounds import Round

feature = Feature("advice")

WORDS = 1000
"""Characters of an advice, and of what became of it."""


@feature.form(Deed.RECORD)
def ask_form(req: Request, point: int) -> Form:
    """What is to be decided, and whose advice is wanted."""
    question, detail = question_fields(req, point, "decide")
    who = ChoiceField(key="advisers", label=text("round-field-advisers"), many=True, options=_advisers(req))
    fields = (question, detail, who, *time_fields())
    return Form(text("round-form-advice"), text("round-form-open"), fields)


@ask_form.submitted
def asked(req: Request, answers: Answers, point: int) -> Effects:
    """Everybody sees it; those who are named get it in private too."""
    if wrong := wrong_days(req, answers):
        yield wrong
        return
    one = begin(req, answers, point, "advice", advisers=answers.many("advisers"))
    yield from opened(req, one, answers.day("until"))
    me = member_of(req).id
    theirs = [each for each in members_behind(req, one, one.advisers) if each.id != me]
    yield from tell_those(
        req, theirs, one, text("round-advice-wanted", who=member_of(req).name, title=title(one))
    )


def _advisers(req: Request) -> tuple[Option, ...]:
    forum = forum_of(req).id
    actors = tuple(Option(f"a:{each.id}", verbatim(each.name)) for each in forums.actors(req.store, forum))
    members = tuple(Option(f"m:{each.id}", verbatim(each.name)) for each in forums.members(req.store, forum))
    return (*actors, *members)


@feature.form(Deed.ANSWER)
def advise_form(req: Request, number: int) -> Form:
    """The advice of somebody who was asked."""
    voice(req, load_asking(req, number, "advice"))
    field = TextField(key="words", label=text("round-field-advice"), hint=text("round-field-advice-hint"),
                      longest=WORDS, multiline=True)  # fmt: skip
    return Form(text("round-form-advise"), text("round-form-send"), (field,))


@advise_form.submitted
def advised(req: Request, answers: Answers, number: int) -> Effects:
    """It stands on the card; the last one who was asked hands the word to the owner."""
    one = load_asking(req, number, "advice")
    voter, me = voice(req, one), member_of(req)
    note(req, one, voter, "advised")
    rounds.say(req.store, one, "advice", answers.words("words"), member=me.id, actor=me.actor, now=req.now)
    yield Whisper(Card(text("round-advice-noted", number=str(number))))
    if missing(voters_of(req, one), present(rounds.answers(req.store, one), one.version)):
        yield Update(round_card(req, one))
    else:
        yield from time_to_decide(req, one)


@feature.form(Deed.ANSWER)
def decide_form(req: Request, number: int) -> Form:
    """What the owner decides, and how the advice was used."""
    one = _to_decide(req, number)
    fields = (
        TextField(key="what", label=text("round-field-decision"), multiline=True, longest=2000,
                  initial=one.question if len(one.question) <= LONGEST else ""),
        TextField(key="how", label=text("round-field-how"), hint=text("round-field-how-hint"), multiline=True,
                  longest=WORDS),
    )  # fmt: skip
    return Form(text("round-form-decide"), text("round-decide"), fields)


@decide_form.submitted
def decided(req: Request, answers: Answers, number: int) -> Effects:
    """The decision gets its number, and says how the advice was used."""
    one = _to_decide(req, number)
    given = tuple(rounds.answers(req.store, one))
    how = answers.words("how")
    kept = {
        "who": f"m:{member_of(req).id}", "advised": len(given), "asked": len(one.advisers), "reason": how,
    }  # fmt: skip
    wording = wording_of(req, one, answers.words("what"), why=how, answers=given)
    yield from ended(req, one, "decided", kept, wording)


def _to_decide(req: Request, number: int) -> Round:
    """A round of advice whose advice is in, for the one who decides."""
    one = load_kind(req, number, "advice")
    if one.state != "open":
        raise Refusal(text("round-closed", number=str(number)))
    if member_of(req).id not in {each.id for each in owner_or_coordinators(req, one)}:
        raise Refusal(text("round-not-yours", who=names(req)[f"m:{one.owner}"]))
    if one.phase == "asking" and req.now < one.deadline:
        raise Refusal(text("round-advice-first"))
    return one
