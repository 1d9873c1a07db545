"""Members (O2): joining for an organisation, the roster, who coordinates, and leaving.

Whoever leaves the forum, by their own word or because they are gone, is asked for nothing more; what they had taken
on goes back to their organisation (the door ``member_left``). A forum always has a coordinator: the last one cannot
step down, and when they disappear two members name a new one together.
"""

from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.codes import new_invite
from handlers.kit.doors import member_left
from handlers.kit.effects import Effects, FieldErrors, Post, Refusal, Schedule, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, person_of, rung
from handlers.kit.forum_shown import forum_card, join_button
from handlers.kit.inbound import Request
from handlers.kit.organisation import one_line
from handlers.kit.people_shown import member_options, owner, person
from handlers.kit.ui import Button, Card, Form, Line, Row, text
from handlers.member_cards import (
    PAGE,
    by_organisation,
    change_fields,
    joining_fields,
    offered_card,
    roster_card,
    vacant_card,
    welcome_card,
)
from handlers.win_steps import unnamed
from storage import forums, intake, nudges, outbox, people
from storage.records import Forum, Member

feature = Feature("members")


# --- Joining ---------------------------------------------------------------------------------------------------


@feature.command("join", Deed.JOIN)
def join(req: Request, _said: str) -> Effects:
    """The button to join, for those who do not see it."""
    if req.forum is None:
        raise Refusal(text("member-join-where"))
    card = Card(text("forum-title", name=req.forum.name), (Row((join_button(req.forum),)),))
    yield Whisper(card)


@feature.form(Deed.JOIN)
def join_form(req: Request, invite: str) -> Form:
    """Which organisation one speaks for. Only the forum's present invitation lets anybody in."""
    forum = _invited(req, invite)
    person_of(req)
    return Form(
        text("member-join-title"),
        text("member-join-submit"),
        joining_fields(req, present=req.member.actor if req.member else None),
        text("member-join-intro", name=forum.name),
    )


@join_form.submitted
def joined(req: Request, answers: Answers, invite: str) -> Effects:
    """The forum hears who came; the newcomer gets a word of welcome. One who comes back is the same member."""
    forum, who = _invited(req, invite), person_of(req)
    actor = _organisation(req, forum, answers)
    if actor is None:
        yield FieldErrors({"actor": text("member-needs-organisation")})
        return
    member = forums.join(req.store, forum.id, who.id, actor_id=actor, role="member", now=req.now)
    intake.set_fact(req.store, f"forum-of:{who.id}", str(forum.id))
    yield Post(Card(text("member-joined", who=owner(req, forum.id, actor, member.id))))
    yield Whisper(welcome_card(forum))
    yield from _vacancy(req)


def _invited(req: Request, invite: str) -> Forum:
    if req.forum is None or req.forum.invite != invite:
        raise Refusal(text("member-join-stale"))
    return req.forum


def _organisation(req: Request, forum: Forum, answers: Answers) -> int | None:
    """The organisation chosen, or the new one: a name that was written goes before a choice."""
    name = one_line(answers.words("organisation"))
    if name:
        return forums.add_actor(
            req.store, forum.id, name=name, sector=answers.words("sector"), level=answers.words("level")
        )
    return answers.number("actor") or None


@feature.form(Deed.READ)
def organisation_form(req: Request) -> Form:
    """Another organisation for oneself."""
    fields = joining_fields(req, present=member_of(req).actor)
    return Form(text("member-organisation-title"), text("member-organisation-submit"), fields)


@organisation_form.submitted
def moved(req: Request, answers: Answers) -> Effects:
    """From now on one speaks for that organisation."""
    forum, member = forum_of(req), member_of(req)
    actor = _organisation(req, forum, answers)
    if actor is None:
        yield FieldErrors({"actor": text("member-needs-organisation")})
        return
    forums.set_actor(req.store, forum.id, member.id, actor)
    found = forums.actor(req.store, forum.id, actor)
    yield Whisper(Card(text("member-moved", actor=found.name if found else "")))


# --- The roster ------------------------------------------------------------------------------------------------


@feature.command("members", Deed.READ, menu=True)
def roster(req: Request, _said: str) -> Effects:
    """Everybody in the forum, by organisation."""
    yield from more(req, 0)


@feature.button(Deed.READ)
def more(req: Request, after: int) -> Effects:
    """A page of the roster, with what one may do about it."""
    forum = forum_of(req)
    further = len(by_organisation(req, forum)) > after + PAGE
    buttons = [Button(text("member-change-organisation"), organisation_form.action())]
    if may(req, Deed.RUN_FORUM):
        buttons.append(Button(text("member-change"), change_form.action()))
    yield Whisper(
        roster_card(
            req, forum, after, more=more.action(after + PAGE) if further else None, buttons=tuple(buttons)
        )
    )


@feature.form(Deed.RUN_FORUM)
def change_form(req: Request) -> Form:
    """Who coordinates, and who is in at all."""
    fields = change_fields(member_options(req))
    return Form(text("member-change-title"), text("member-change-submit"), fields)


@change_form.submitted
def changed(req: Request, answers: Answers) -> Effects:
    """The member hears of it in private."""
    forum = forum_of(req)
    chosen, becomes = answers.number("member"), answers.words("becomes")
    one = next(each for each in forums.members(req.store, forum.id) if each.id == chosen)
    if becomes == one.role:
        yield Whisper(Card(text(f"member-is-{becomes}", who=one.name)))
        return
    if becomes != "coordinator" and _is_last_coordinator(req, one):
        yield FieldErrors({"becomes": text("member-last-coordinator")})
        return
    yield Whisper(Card(text(f"member-is-{becomes}", who=one.name)))
    if becomes == "removed":
        yield from _ends(req, one)
    else:
        forums.set_role(req.store, forum.id, one.id, becomes)
    if not _is_self(req, one):
        # Last, for nothing that was to be told before waits for somebody whose membership ends.
        yield from inform(req, one, Card(text(f"member-you-are-{becomes}", name=forum.name)))


# --- Leaving ---------------------------------------------------------------------------------------------------


@feature.command("leave", Deed.READ)
def leave(req: Request, _said: str) -> Effects:
    """Asks once more."""
    forum = forum_of(req)
    _check_not_last(req)
    body = (
        Line(text("member-leave-what")),
        Row((Button(text("member-leave-now"), leave_now.action(), "danger"),)),
    )
    yield Whisper(Card(text("member-leave", name=forum.name), body))


@feature.button(Deed.READ)
def leave_now(req: Request) -> Effects:
    """The membership ends; what the member did stays."""
    _check_not_last(req)
    yield Whisper(Card(text("member-bye", name=forum_of(req).name)))
    yield from _ends(req, member_of(req))


@feature.event("person-left")
def left_chat(req: Request) -> Effects:
    """Whoever leaves a chat of the forum leaves the forum, unless there is another chat or account to be in it with."""
    member, here = req.member, req.place
    if member is None or here is None or member.state != "active":
        return
    others = [each for each in forums.chats(req.store, member.forum) if each.id != here.id]
    if any(each.platform == here.platform for each in others):
        return
    if len(people.accounts(req.store, member.person)) == 1:
        yield from _ends(req, member)


@feature.event("person-gone")
def gone(req: Request) -> Effects:
    """An account was closed: the same, in every forum of the person."""
    who, one = req.inbound.who, req.person
    if who is None or one is None:
        return
    people.set_reachable(req.store, who.platform, who.workspace, who.user, reachable=False)
    if len(people.accounts(req.store, one.id)) == 1:
        for forum, member in forums.memberships(req.store, one.id):
            yield Schedule(f"gone:{member.id}", req.now, ended.action(member.id), forum=forum.id)


@feature.button(Deed.RUN_FORUM)
def ended(req: Request, member: int) -> Effects:
    """The membership of somebody who is gone ends, in the forum's own name."""
    rung(req)
    one = forums.member(req.store, forum_of(req).id, member)
    if one and one.state == "active":
        yield from _ends(req, one)


def _ends(req: Request, member: Member) -> Effects:
    """The end of a membership. The invitation that the member knew lets nobody in any more."""
    forum = forum_of(req)
    yield Post(Card(text("member-left", who=owner(req, forum.id, member.actor, member.id))))
    forums.set_role(req.store, forum.id, member.id, "member")
    forums.leave(req.store, forum.id, member.id)
    yield from unnamed(req, member)
    outbox.take_down_of(req.store, forum.id, member.person)
    nudges.leave(req.store, forum.id, member.person)
    forums.renew_invite(req.store, forum.id, new_invite(req.rng))
    yield Update(forum_card(forums.get(req.store, forum.id) or forum))
    yield Schedule(f"orphaned:{member.id}", req.now, member_left(member.id))
    yield from _vacancy(req)


# --- Who coordinates -------------------------------------------------------------------------------------------


def _vacancy(req: Request) -> Effects:
    """Where members are left with no coordinator, they are asked for one."""
    forum = forum_of(req)
    if not forums.coordinators(req.store, forum.id) and forums.members(req.store, forum.id):
        yield Post(vacant_card(forum, offer.action()))


@feature.button(Deed.READ)
def offer(req: Request) -> Effects:
    """A member is willing to coordinate a forum that has nobody; alone in the forum, they simply do."""
    forum, one = forum_of(req), member_of(req)
    _check_vacant(req)
    if len(forums.members(req.store, forum.id)) == 1:
        yield from _named(req, one)
        return
    yield Post(offered_card(person(one), second.action(one.id)))


@feature.button(Deed.READ)
def second(req: Request, candidate: int) -> Effects:
    """Another member agrees, and the forum has a coordinator."""
    one = forums.member(req.store, forum_of(req).id, candidate)
    _check_vacant(req)
    if one is None or one.state != "active":
        raise Refusal(text("member-gone"))
    if one.id == member_of(req).id:
        raise Refusal(text("member-second-other"))
    yield from _named(req, one)


def _named(req: Request, one: Member) -> Effects:
    forums.set_role(req.store, one.forum, one.id, "coordinator")
    yield Post(Card(text("member-now-coordinates", who=person(one))))


def _check_vacant(req: Request) -> None:
    there = forums.coordinators(req.store, forum_of(req).id)
    if there:
        raise Refusal(text("member-not-vacant", who=person(there[0])))


def _check_not_last(req: Request) -> None:
    if _is_last_coordinator(req, member_of(req)):
        raise Refusal(text("member-last-coordinator"))


def _is_last_coordinator(req: Request, member: Member) -> bool:
    return [each.id for each in forums.coordinators(req.store, member.forum)] == [member.id]


def _is_self(req: Request, member: Member) -> bool:
    return req.person is not None and req.person.id == member.person
