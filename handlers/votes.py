"""Votes (W2): options to choose among, a quorum, one vote for each member or each organisation.

Votes are open: the card says so before anybody votes, and who chose what is shown when the vote is closed, never
before. Until then one may change one's vote; in an organisation with several members the last word counts.
"""

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, FieldErrors, Refusal, Toast, Update
from handlers.kit.feature import Feature
from handlers.kit.forum import member_of
from handlers.kit.inbound import Request
from handlers.kit.ui import ChoiceField, Form, Instant, Option, Text, TextField, text
from handlers.round_cards import names, round_card
from handlers.round_rules import FEWEST, LONGEST_OPTION, MOST, QUORUMS, read_options, wrong_with
from handlers.round_steps import (
    begin,
    load_asking,
    note,
    opened,
    question_fields,
    time_fields,
    voice,
    wrong_days,
)
from storage.rounds import Answer, Round

feature = Feature("votes")


@feature.form(Deed.RECORD)
def propose_form(req: Request, point: int) -> Form:
    """The question, the options, who has a vote, and how many must take part."""
    question, _ = question_fields(req, point, "question")
    fields = (
        question,
        TextField(key="options", label=text("round-field-options"), hint=text("round-field-options-hint"),
                  multiline=True, longest=MOST * (LONGEST_OPTION + 10)),
        ChoiceField(key="per", label=text("round-field-per"), initial="member",
                    options=tuple(Option(each, text(f"round-per-{each}")) for each in ("member", "actor"))),
        ChoiceField(key="quorum", label=text("round-field-quorum"), initial="0",
                    options=tuple(Option(str(each), text(f"round-quorum-choice-{each}")) for each in QUORUMS)),
        *time_fields(),
    )  # fmt: skip
    return Form(text("round-form-vote"), text("round-form-open"), fields)


@propose_form.submitted
def proposed(req: Request, answers: Answers, point: int) -> Effects:
    """Everybody sees what there is to choose among."""
    options = read_options(answers.words("options"))
    if wrong := wrong_with(options):
        why = text(f"round-options-{wrong}", fewest=FEWEST, most=MOST, longest=LONGEST_OPTION)
        yield FieldErrors({"options": why})
        return
    if late := wrong_days(req, answers):
        yield late
        return
    one = begin(
        req,
        answers,
        point,
        "vote",
        per=answers.words("per"),
        options=options,
        quorum=answers.number("quorum"),
    )
    yield from opened(req, one, answers.day("until"))


@feature.button(Deed.ANSWER)
def cast(req: Request, number: int, option: int) -> Effects:
    """A vote, or another one in its place."""
    one = load_asking(req, number, "vote")
    if not 0 <= option <= len(one.options):
        raise Refusal(text("refused-stale"))
    voter = voice(req, one)
    before = note(req, one, voter, str(option))
    yield Toast(_noted(req, one, voter, option, before))
    if before is None:
        yield Update(round_card(req, one))


def _noted(req: Request, one: Round, voter: str, option: int, before: Answer | None) -> Text:
    """What counts now; where others of the organisation voted before, whose word it takes the place of."""
    chosen, until = _called(one, option), Instant(one.deadline, req.zone)
    if before and before.member != member_of(req).id:
        called = names(req)
        return text(
            "round-vote-replaced", actor=called[voter], option=chosen, who=called.get(f"m:{before.member}", ""),
            before=_called(one, int(before.answer)),
        )  # fmt: skip
    if one.per == "actor":
        return text("round-vote-noted-actor", actor=names(req)[voter], option=chosen, until=until)
    return text("round-vote-noted", option=chosen, until=until)


def _called(one: Round, option: int) -> Text:
    return text("verbatim", words=one.options[option - 1]) if option else text("round-abstain")
