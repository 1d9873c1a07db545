"""People and organisations as a card or a form shows them, and what they wrote."""

from typing import Final

from handlers.kit.inbound import Request
from handlers.kit.ui import Items, Mention, Option, Text, Value, text
from storage import forums
from storage.records import Actor, Member

IN_A_LIST: Final = 120
"""Characters of somebody's words in a list: two lines on a phone."""


def verbatim(words: str) -> Text:
    """Somebody's own words, as they stand."""
    return text("verbatim", words=words)


def shortened(words: str, longest: int = IN_A_LIST) -> str:
    """The beginning of somebody's words in one line, cut between words where there are any."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 2]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + " …"


def fitted(words: str, longest: int) -> str:
    """Somebody's words as they stand where they fit into a field, else their beginning."""
    return words if len(words) <= longest else shortened(words, longest)


def person(member: Member | None) -> Value:
    """A member by name; active where they are in the chat."""
    return Mention(member.person, member.name) if member else text("nobody")


def owner(req: Request, forum: int, actor_id: int | None, member_id: int | None) -> Value:
    """Who has something: the person and their organisation, or the organisation alone, or nobody yet."""
    actor = forums.actor(req.store, forum, actor_id) if actor_id else None
    member = _member(req, forum, member_id) if member_id else None
    if member and actor:
        return text("person-of-actor", person=person(member), actor=actor.name)
    if member:
        return person(member)
    return actor.name if actor else text("nobody")


def _member(req: Request, forum: int, member_id: int) -> Member | None:
    """Most often it is whoever acts."""
    if req.member and (req.member.forum, req.member.id) == (forum, member_id):
        return req.member
    return forums.member(req.store, forum, member_id)


def actor_options(req: Request) -> tuple[Option, ...]:
    """The forum's organisations, to choose among."""
    assert req.forum is not None  # noqa: S101 - forms that ask for an actor belong to a forum
    return tuple(Option(str(each.id), verbatim(each.name)) for each in forums.actors(req.store, req.forum.id))


def member_options(req: Request) -> tuple[Option, ...]:
    """The forum's members with their organisations, to choose among."""
    assert req.forum is not None  # noqa: S101
    names = {each.id: each.name for each in forums.actors(req.store, req.forum.id)}
    return tuple(
        Option(str(each.id), _labelled(each, names)) for each in forums.members(req.store, req.forum.id)
    )


def _labelled(member: Member, actors: dict[int, str]) -> Text:
    actor = actors.get(member.actor or 0)
    if actor is None:
        return verbatim(member.name)
    return text("person-of-actor", person=member.name, actor=actor)


def actor_names(actors: list[Actor], chosen: tuple[int, ...]) -> Items:
    """The chosen organisations as one list."""
    return Items(tuple(each.name for each in actors if each.id in chosen))
