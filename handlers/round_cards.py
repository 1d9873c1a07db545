"""How decision rounds look: the card that hangs in every chat and follows the round, and the kinds to choose among."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from handlers.kit.doors import show_decision, show_round
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import shortened, verbatim
from handlers.kit.ui import (
    Action,
    Button,
    Card,
    Element,
    Fact,
    Instant,
    Items,
    Line,
    Row,
    Text,
    Value,
    text,
)
from handlers.round_results import result_lines
from handlers.round_rules import (
    electorate,
    missing,
    present,
    standing,
    to_ask_again,
)
from storage import forums, rounds
from storage.rounds import Answer, Round, Said

KINDS: Final = {
    "consent": "consent.propose_form",
    "vote": "votes.propose_form",
    "advice": "advice.ask_form",
    "mandate": "mandate.propose_form",
}
"""The ways to decide, and the form that begins each."""
SHOWN: Final = 4
"""Questions, reactions and advice on the card in the chats; the whole of it is one press away."""
OPTIONS_IN_A_ROW: Final = 2


def names(req: Request) -> dict[str, str]:
    """What every voter is called, those who have left too."""
    forum = forum_of(req).id
    found = {f"m:{each.id}": each.name for each in forums.ever_members(req.store, forum)}
    return found | {f"a:{each.id}": each.name for each in forums.actors(req.store, forum)}


def voters_of(req: Request, one: Round) -> tuple[str, ...]:
    """Who is asked: everybody with a voice in the forum now, or those whose advice was asked for."""
    members = forums.members(req.store, one.forum)
    if one.kind != "advice":
        return electorate(members, one.per)
    here = {*electorate(members, "member"), *electorate(members, "actor")}
    return tuple(each for each in one.advisers if each in here)


def kinds_card(point: int) -> Card:
    """The ways to decide, each with a line on when it fits."""
    body: list[Element] = [Line(text(f"round-kind-{each}")) for each in KINDS]
    buttons = tuple(
        Button(text(f"round-begin-{each}"), Action(form, (point,))) for each, form in KINDS.items()
    )
    return Card(text("round-choose"), (*body, Row(buttons[:2]), Row(buttons[2:])))


def list_card(found: Sequence[Round], zone: str) -> Card:
    """The rounds that are going on, and the way to a new one."""
    body: list[Element] = [
        Line(
            text(
                "round-in-list",
                title=title(each),
                what=shortened(each.question),
                until=Instant(each.deadline, zone),
            )
        )
        for each in found
    ]
    if not found:
        body.append(Line(text("round-none")))
    body.append(Row((
        *(Button(text("round-number", number=str(each.id)), show_round(each.id)) for each in found),
        Button(text("round-new"), Action("rounds.choose", (0,)), "primary"),
    )))  # fmt: skip
    return Card(text("round-list"), tuple(body))


def title(one: Round) -> Text:
    """Kind and number."""
    return text(f"round-title-{one.kind}", number=str(one.id))


# --- The card --------------------------------------------------------------------------------------------------


def round_card(req: Request, one: Round, *, named: bool = True, heading: Text | None = None) -> Card:
    """A round as it stands. ``named`` for the card of the chats; ``heading`` for one that asks somebody."""
    called = names(req)
    body: list[Element] = [Line(verbatim(one.question), "quote")]
    if one.detail:
        body.append(Line(verbatim(one.detail)))
    if one.state == "open":
        body += _open(req, one, called)
    else:
        body += result_lines(one, called)
        body += _words(one, rounds.said(req.store, one)[-SHOWN:], called)
        body += _over_buttons(one)
    name = f"round:{one.forum}:{one.id}" if named else ""
    return Card(heading or title(one), tuple(body), name)


def asking_card(req: Request, one: Round, heading: Text | None = None) -> Card:
    """A round in private, for somebody who is asked: it follows the round too."""
    card = round_card(req, one, named=False, heading=heading)
    return replace(card, name=f"round-asked:{one.forum}:{one.id}")


def whole_card(req: Request, one: Round, buttons: Sequence[Button]) -> Card:
    """Everything about a round, for the one who asks; ``buttons`` are what they may do with it."""
    called = names(req)
    body: list[Element] = []
    for version, question, _ in rounds.earlier(req.store, one):
        body += [
            Line(text("round-version", version=str(version)), "small"),
            Line(verbatim(question), "quote"),
        ]
    body += _words(one, rounds.said(req.store, one), called)
    card = round_card(req, one, named=False)
    return Card(card.title, (*card.body, *body, *([Row(tuple(buttons))] if buttons else [])))


def _open(req: Request, one: Round, called: Mapping[str, str]) -> list[Element]:
    answers, voters = rounds.answers(req.store, one), voters_of(req, one)
    now = present(answers, one.version)
    body: list[Element] = []
    if one.phase == "asking":
        body.append(Fact(text("round-until"), Instant(one.deadline, req.zone)))
    match one.kind:
        case "consent":
            body += _consent(req, one, answers, voters, called)
        case "vote":
            body += _vote(one, voters, now)
        case "advice":
            body += _advice(req, one, voters, now, called)
        case _:
            body += _mandate(one, voters, now, called)
    waited_for = missing(voters, now) if one.phase == "asking" else standing(voters, now).waiting
    body.append(Row(_always(one, all_in=not waited_for)))
    return body


def _consent(
    req: Request, one: Round, answers: Sequence[Answer], voters: Sequence[str], called: Mapping[str, str]
) -> list[Element]:
    now = present(answers, one.version)
    agreed = sum(voter in voters and each.answer == "consent" for voter, each in now.items())
    body: list[Element] = []
    if one.version > 1:
        body.append(Line(text("round-changed", version=str(one.version)), "small"))
    body.append(Fact(text("round-no-hindrance"), text("round-of", count=agreed, all=len(voters))))
    again = [each for each in to_ask_again(answers, one.version) if each in voters]
    if again:
        body.append(Line(text("round-about-old", who=_list(again, called))))
    said = rounds.said(req.store, one)
    body += _words(one, said[-SHOWN:], called)
    if len(said) > SHOWN:
        body.append(Line(text("round-and-more", count=len(said) - SHOWN), "small"))
    body += [
        Line(text("round-consent-rule"), "small"),
        Row((
            Button(text("round-ask"), Action("consent.ask_form", (one.id,)), private=True),
            Button(text("round-react"), Action("consent.react_form", (one.id,)), private=True),
        )),
        Row((
            Button(text("round-agree"), Action("consent.agree", (one.id, one.version)), "primary"),
            Button(text("round-object"), Action("consent.object_form", (one.id,)), private=True),
        )),
    ]  # fmt: skip
    return body


def _vote(one: Round, voters: Sequence[str], now: Mapping[str, Answer]) -> list[Element]:
    voted = sum(each in now for each in voters)
    body: list[Element] = [
        Line(text("round-option-line", number=str(number), option=option), "item")
        for number, option in enumerate(one.options, 1)
    ]
    body.append(Fact(text("round-voted"), text("round-of", count=voted, all=len(voters))))
    body.append(Line(text(f"round-vote-rule-{one.per}")))
    if one.quorum:
        body.append(Line(text(f"round-quorum-{one.quorum}")))
    body.append(Line(text("round-vote-open")))
    buttons = [
        Button(text("round-option", option=option), Action("votes.cast", (one.id, number)))
        for number, option in enumerate(one.options, 1)
    ]
    buttons.append(Button(text("round-abstain"), Action("votes.cast", (one.id, 0))))
    body += [Row(tuple(buttons[i : i + OPTIONS_IN_A_ROW])) for i in range(0, len(buttons), OPTIONS_IN_A_ROW)]
    return body


def _advice(
    req: Request, one: Round, voters: Sequence[str], now: Mapping[str, Answer], called: Mapping[str, str]
) -> list[Element]:
    owner = called[f"m:{one.owner}"]
    body: list[Element] = [Fact(text("round-advisers"), _list(one.advisers, called))]
    body.append(
        Fact(text("round-advised"), text("round-of", count=sum(v in now for v in voters), all=len(voters)))
    )
    body += _words(one, rounds.said(req.store, one)[-SHOWN:], called)
    if one.phase == "asking":
        body.append(Line(text("round-advice-rule", who=owner), "small"))
        body.append(
            Row(
                (
                    Button(
                        text("round-advise"), Action("advice.advise_form", (one.id,)), "primary", private=True
                    ),
                )
            )
        )
    else:
        body.append(Line(text("round-advice-deciding", who=owner)))
        body.append(
            Row(
                (
                    Button(
                        text("round-decide"), Action("advice.decide_form", (one.id,)), "primary", private=True
                    ),
                )
            )
        )
    return body


def _mandate(
    one: Round, voters: Sequence[str], now: Mapping[str, Answer], called: Mapping[str, str]
) -> list[Element]:
    stands = standing(voters, now)
    body: list[Element] = []
    if one.phase == "asking":
        answered = sum(each in now for each in voters)
        body.append(Fact(text("round-answered"), text("round-of", count=answered, all=len(voters))))
    else:
        body.append(Line(text("round-preliminary", count=stands.behind, all=stands.all)))
    body += [
        Line(text("round-home-waits", who=called[each], day=day))
        for each in stands.waiting
        if (day := now[each].day) is not None
    ]
    if one.phase == "asking":
        body += [
            Line(text("round-mandate-rule"), "small"),
            Row((
                Button(text("round-now"), Action("mandate.now", (one.id,)), "primary"),
                Button(text("round-home"), Action("mandate.home_form", (one.id,)), private=True),
                Button(text("round-abstain"), Action("mandate.abstain", (one.id,))),
            )),
        ]  # fmt: skip
    if stands.waiting:
        body.append(
            Row((
                Button(text("round-anchored"), Action("mandate.anchored", (one.id,))),
                Button(text("round-not-anchored"), Action("mandate.no_form", (one.id,)), private=True),
            ))
        )  # fmt: skip
    body.append(Row((Button(text("round-carry"), Action("mandate.carry", (one.id,))),)))
    return body


def _always(one: Round, *, all_in: bool) -> tuple[Button, ...]:
    more = Button(text("round-more"), show_round(one.id))
    if not all_in or one.kind == "advice":
        return (more,)
    return (Button(text("round-close-now"), Action("rounds.close_now", (one.id,))), more)


def _over_buttons(one: Round) -> list[Element]:
    buttons: list[Button] = []
    if one.decision:
        buttons.append(Button(text("round-to-decision"), show_decision(one.decision)))
    if one.decision and one.review_on and one.reviewed_at is None:
        buttons.append(Button(text("round-review-now"), Action("rounds.review_now", (one.id,))))
    if one.state in ("tied", "short"):
        buttons.append(Button(text("round-to-agenda"), Action("rounds.to_agenda", (one.id,))))
    if one.state == "stopped" and one.kind == "consent":
        buttons.append(Button(text("round-amend-again"), Action("consent.amend_form", (one.id,))))
    return [Row((*buttons, Button(text("round-more"), show_round(one.id))))]


def _words(one: Round, said: Sequence[Said], called: Mapping[str, str]) -> list[Element]:
    body: list[Element] = []
    for each in said:
        who = called.get(f"m:{each.member}", "")
        body.append(Line(text(f"round-said-{each.kind}", who=who, words=each.words)))
        if each.reply:
            owner = called.get(f"m:{one.owner}", "")
            body.append(Line(text("round-replied", who=owner, words=each.reply)))
    return body


def _list(voters: Sequence[str], called: Mapping[str, str]) -> Value:
    return Items(tuple(called[each] for each in voters if each in called))


def review_card(one: Round, decision: str) -> Card:
    """Time to look at what the decision has led to."""
    buttons = (
        Button(text("round-review-keep"), Action("rounds.keep", (one.id,)), "primary"),
        Button(text("round-to-agenda"), Action("rounds.review_to_agenda", (one.id,))),
    )
    body: list[Element] = [
        Line(verbatim(one.question), "quote"),
        Line(text("round-review-why")),
        Row(buttons),
    ]
    if one.decision:
        body.append(Row((Button(text("round-to-decision"), show_decision(one.decision)),)))
    return Card(text("round-review", number=decision), tuple(body), f"round-review:{one.forum}:{one.id}")
