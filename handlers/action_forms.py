"""The questions about an action: what, whose, when; and what may be wrong with the answers."""

from datetime import date

from handlers.action_rules import LONGEST, is_far, seal
from handlers.kit.answers import Answers
from handlers.kit.effects import FieldErrors
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import actor_options, member_options
from handlers.kit.ui import AnyField, ChoiceField, DateField, Form, HiddenField, Text, TextField, text
from storage import forums
from storage.records import ActionItem


def action_form(req: Request, one: ActionItem | None) -> Form:
    """A new action, or the present one with its answers filled in."""
    if one is None:
        title = text("action-form-title")
        mine = req.member.actor if req.member else None
        hidden = HiddenField(key="link", label=text("action-field-what"))
    else:
        title = text("action-change-title", number=str(one.id))
        mine = one.actor
        hidden = HiddenField(key="seal", label=text("action-field-what"), initial=seal(one))
    day = one.due_on.isoformat() if one and one.due_on else ""
    fields = (
        TextField(key="what", label=text("action-field-what"), hint=text("action-field-what-hint"),
                  multiline=True, longest=LONGEST, initial=one.what if one else ""),
        *owner_fields(req, mine, one.owner if one else None),
        DateField(key="due", label=text("action-field-due"), hint=text("action-field-due-hint"), optional=True,
                  initial=day, future=one is None),
        hidden,
    )  # fmt: skip
    return Form(title, text("action-form-save"), fields)


def owner_fields(req: Request, actor: int | None, owner: int | None) -> tuple[AnyField, ...]:
    """The organisation first, then somebody in it."""
    fields: list[AnyField] = []
    organisations = actor_options(req)
    if organisations:
        fields.append(
            ChoiceField(key="actor", label=text("action-field-actor"), options=organisations, optional=True,
                        initial=str(actor) if actor else "")
        )  # fmt: skip
    people = member_options(req)
    known = owner and any(each.value == str(owner) for each in people)
    fields.append(
        ChoiceField(key="owner", label=text("action-field-owner"), hint=text("action-field-owner-hint"),
                    options=people, optional=True, initial=str(owner) if known else "")
    )  # fmt: skip
    return tuple(fields)


def chosen_owner(req: Request, answers: Answers) -> tuple[int | None, int | None]:
    """The organisation and the person chosen; a person brings their organisation along."""
    actor = answers.number("actor") if "actor" in answers.values else 0
    owner = answers.number("owner")
    member = forums.member(req.store, forum_of(req).id, owner) if owner else None
    return actor or (member.actor if member else None), owner or None


def wrong_owner(req: Request, answers: Answers) -> Text | None:
    """What is wrong when somebody is chosen who speaks for another organisation than the chosen one."""
    actor_id, owner = chosen_owner(req, answers)
    forum = forum_of(req).id
    member = forums.member(req.store, forum, owner) if owner else None
    actor = forums.actor(req.store, forum, actor_id) if actor_id else None
    if member is None or actor is None or member.actor == actor.id:
        return None
    return text("action-not-of-actor", who=member.name, actor=actor.name)


def wrong_day(due_on: date | None, present: date | None, today: date) -> Text | None:
    """What is wrong with a day: passed already, unless it is the one that stands, or a lifetime ahead."""
    if due_on is None or due_on == present:
        return None
    if due_on < today:
        return text("field-date-past", day=due_on)
    return text("action-date-far", day=due_on) if is_far(due_on, today) else None


def mistakes(req: Request, answers: Answers, one: ActionItem | None) -> FieldErrors | None:
    """Everything wrong with the answers of an action's form; what already stands is not held against anybody."""
    stands = one is not None and chosen_owner(req, answers) == (one.actor, one.owner)
    owner = None if stands else wrong_owner(req, answers)
    due = wrong_day(answers.day("due"), one.due_on if one else None, req.today)
    errors = {key: each for key, each in (("owner", owner), ("due", due)) if each}
    return FieldErrors(errors) if errors else None
