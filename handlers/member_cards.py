"""How members look: the roster by organisation, and the questions that people answer when they join."""

from typing import Final

from handlers.kit.doors import menu
from handlers.kit.inbound import Request
from handlers.kit.organisation import organisation_fields
from handlers.kit.people_shown import actor_options, verbatim
from handlers.kit.ui import (
    Action,
    AnyField,
    Button,
    Card,
    ChoiceField,
    Element,
    Fact,
    Items,
    Line,
    Option,
    Row,
    Text,
    Value,
    text,
)
from storage import forums
from storage.records import Forum, Member

PAGE: Final = 20
"""Organisations on a card: more would not fit into one message."""
CHANGES: Final = ("coordinator", "member", "removed")


def joining_fields(req: Request, *, present: int | None) -> tuple[AnyField, ...]:
    """Which organisation one speaks for: one of the forum's, or a new one."""
    options = actor_options(req)
    if not options:
        return organisation_fields(optional=False)
    known = {each.value for each in options}
    initial = str(present) if present and str(present) in known else ""
    choice = ChoiceField(
        key="actor", label=text("member-field-actor"), hint=text("member-field-actor-hint"), options=options,
        optional=True, initial=initial,
    )  # fmt: skip
    return (choice, *organisation_fields(optional=True))


def change_fields(members: tuple[Option, ...]) -> tuple[AnyField, ...]:
    """Whom it is about, and what becomes of them."""
    options = tuple(Option(each, text(f"member-becomes-{each}")) for each in CHANGES)
    return (
        ChoiceField(key="member", label=text("member-field-who"), options=members),
        ChoiceField(key="becomes", label=text("member-field-becomes"), options=options),
    )


def welcome_card(forum: Forum) -> Card:
    """What somebody new needs to know: two lines and a button."""
    return Card(
        text("member-welcome", name=forum.name),
        (Line(text("member-welcome-what")), Row((Button(text("forum-menu"), menu(), "primary"),))),
    )


def roster_card(
    req: Request, forum: Forum, after: int, *, more: Action | None, buttons: tuple[Button, ...]
) -> Card:
    """Members by organisation, from the organisation with number ``after`` in the list."""
    body: list[Element] = [
        Fact(label, Items(tuple(map(_named, members))))
        for label, members in by_organisation(req, forum)[after : after + PAGE]
    ]
    if more:
        body.append(Row((Button(text("member-more"), more),)))
    body.append(Row(buttons))
    return Card(text("member-list", name=forum.name), tuple(body))


def by_organisation(req: Request, forum: Forum) -> list[tuple[Text, list[Member]]]:
    """Every organisation that somebody speaks for, with its members; last those who speak for none."""
    members = forums.members(req.store, forum.id)
    groups = [
        (verbatim(actor.name), [each for each in members if each.actor == actor.id])
        for actor in forums.actors(req.store, forum.id)
    ]
    groups.append((text("member-no-organisation"), [each for each in members if each.actor is None]))
    return [(label, theirs) for label, theirs in groups if theirs]


def vacant_card(forum: Forum, offer: Action) -> Card:
    """Nobody coordinates the forum any more."""
    return Card(
        text("member-vacant", name=forum.name),
        (Line(text("member-vacant-what")), Row((Button(text("member-offer"), offer, "primary"),))),
    )


def offered_card(candidate: Value, second: Action) -> Card:
    """Somebody is willing; one more member has to agree."""
    return Card(
        text("member-offered", who=candidate),
        (Line(text("member-offered-what")), Row((Button(text("member-second"), second, "primary"),))),
    )


def _named(member: Member) -> Value:
    return text("member-coordinator", name=member.name) if member.role == "coordinator" else member.name
