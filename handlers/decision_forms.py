"""The questions about a decision, and what becomes of the answers."""

from datetime import date

from handlers.decision_cards import process_options
from handlers.decision_rules import FAR, LONGEST
from handlers.kit.answers import Answers
from handlers.kit.effects import FieldErrors
from handlers.kit.inbound import Request
from handlers.kit.people_shown import actor_options, member_options, verbatim
from handlers.kit.ui import (
    Action,
    AnyField,
    Button,
    Card,
    ChoiceField,
    DateField,
    HiddenField,
    Line,
    Option,
    Row,
    TextField,
    text,
)
from storage.decisions import Wording
from storage.records import Decision


def decision_fields(req: Request, one: Decision | None) -> tuple[AnyField, ...]:
    """What was decided and everything around it; with the present answers where there are some."""
    actors, members = actor_options(req), member_options(req)
    fields: list[AnyField] = [
        TextField(key="what", label=text("decision-field-what"), hint=text("decision-field-what-hint"),
                  multiline=True, longest=LONGEST, initial=one.what if one else ""),
        TextField(key="why", label=text("decision-field-why"), multiline=True, optional=True,
                  initial=one.why if one else ""),
        ChoiceField(key="process", label=text("decision-field-process"), options=process_options(),
                    optional=one is not None and not one.process,
                    initial=one.process if one else "meeting"),
    ]  # fmt: skip
    if actors:
        fields.append(ChoiceField(key="actors", label=text("decision-field-actors"), options=actors, many=True,
                                  optional=True, initial=",".join(map(str, one.actors)) if one else ""))  # fmt: skip
    day = one.follow_up_on.isoformat() if one and one.follow_up_on else ""
    fields += [
        TextField(key="objections", label=text("decision-field-objections"), optional=True, multiline=True,
                  hint=text("decision-field-objections-hint"), initial=one.objections if one else ""),
        ChoiceField(key="owner", label=text("decision-field-owner"), options=members, optional=True,
                    initial=_still(one.owner, members) if one else ""),
        DateField(key="follow_up", label=text("decision-field-follow-up"), optional=True,
                  hint=text("decision-field-follow-up-hint"), initial=day, future=one is None),
        HiddenField(key="link", label=text("decision-field-what")),
    ]  # fmt: skip
    return tuple(fields)


def _still(owner: int | None, members: tuple[Option, ...]) -> str:
    """Whoever has it, if they are still here to be chosen."""
    return next((each.value for each in members if each.value == str(owner)), "")


def wording_from(answers: Answers) -> Wording:
    """What the answers say."""
    actors = answers.many("actors") if "actors" in answers.values else ()
    return Wording(
        answers.words("what"),
        answers.words("why"),
        answers.words("process"),
        tuple(sorted(int(each) for each in actors)),
        answers.words("objections"),
        answers.number("owner") or None,
        answers.day("follow_up"),
    )


def mistakes(wording: Wording, present: date | None, today: date) -> FieldErrors | None:
    """What is wrong with the day of a follow-up: passed already, unless it is the one that stands, or too far away."""
    day = wording.follow_up_on
    if day is None or day == present:
        return None
    if day < today:
        return FieldErrors({"follow_up": text("field-date-past", day=day)})
    return FieldErrors({"follow_up": text("action-date-far", day=day)}) if (day - today).days > FAR else None


def kept_words(one: Decision, wording: Wording, reason: str, again: Action) -> Card:
    """What somebody wrote when they were too late: nothing of it is lost."""
    written = (
        (text("decision-your-words"), wording.what, ""),
        (text("decision-field-why"), wording.why, one.why),
        (text("decision-field-objections"), wording.objections, one.objections),
        (text("decision-field-reason"), reason, ""),
    )
    lines = [
        line
        for label, words, present in written
        if words != present
        for line in (Line(label), Line(verbatim(words), "quote"))
    ]
    return Card(
        text("decision-changed-meanwhile", number=one.label, who=one.by_name),
        (*lines, Row((Button(text("decision-change"), again, "primary"),))),
    )
