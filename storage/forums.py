"""Forums, the places they live in, the actors and members who make them up, and the codes that tie two chats."""

from datetime import datetime

from storage import audience
from storage.alphabet import place_of
from storage.db import Param, Store, from_ms, to_ms
from storage.records import Actor, Forum, Member, Place

_PLACE = "id, forum, platform, workspace, chat, topic, title, language, state, public"
_FORUM = "id, name, challenge, language, zone, amend, invite, confidential"
_MEMBER = "m.forum, m.id, m.person, m.actor, m.role, m.state, p.name"


# --- Places ----------------------------------------------------------------------------------------------------


def place_at(store: Store, platform: str, workspace: str, chat: str, topic: str) -> Place | None:
    """The place of a message: its own topic if that is known, otherwise the whole chat; follows moved chats."""
    row = store.one(
        f"select {_PLACE} from place where platform = :platform and workspace = :workspace"
        " and chat = :chat and topic in (:topic, '') order by topic desc limit 1",
        platform=platform,
        workspace=workspace,
        chat=chat,
        topic=topic,
    )
    return Place(*row) if row else None


def moved_to(store: Store, platform: str, workspace: str, chat: str) -> str:
    """The present id of a chat that may have changed its id."""
    row = store.one(
        "select new_chat from moved_chat where platform = :platform and workspace = :workspace and old_chat = :chat",
        platform=platform,
        workspace=workspace,
        chat=chat,
    )
    return row[0] if row else chat


def add_place(store: Store, platform: str, workspace: str, chat: str, topic: str, title: str) -> Place:
    """Remember a chat that the bot is in; known ones become active again, but for those that are held."""
    row = store.one(
        "insert into place (platform, workspace, chat, topic, title) values (:platform, :workspace, :chat, :topic, :title)"
        " on conflict (platform, workspace, chat, topic) do update set title = excluded.title,"
        " state = case place.state when 'held' then 'held' else 'active' end"
        f" returning {_PLACE}",
        platform=platform,
        workspace=workspace,
        chat=chat,
        topic=topic,
        title=title,
    )
    assert row is not None  # noqa: S101
    return Place(*row)


def tie(store: Store, place: int, forum: int | None) -> None:
    """Tie a place to a forum, or let it go with ``None``; whoever ties it knows who can read there."""
    store.do(
        "update place set forum = :forum, state = case state when 'held' then 'active' else state end where id = :place",
        forum=forum,
        place=place,
    )


def place(store: Store, place_id: int) -> Place | None:
    """A place by id."""
    row = store.one(f"select {_PLACE} from place where id = :id", id=place_id)
    return Place(*row) if row else None


def places(store: Store, forum: int) -> list[Place]:
    """The forum's active places, oldest first."""
    rows = store.all(
        f"select {_PLACE} from place where forum = :forum and state = 'active' order by id", forum=forum
    )
    return [Place(*each) for each in rows]


def chats(store: Store, forum: int) -> list[Place]:
    """The forum's places, those too where it waits for a coordinator before it posts; oldest first."""
    rows = store.all(
        f"select {_PLACE} from place where forum = :forum and state <> 'gone' order by id", forum=forum
    )
    return [Place(*each) for each in rows]


def speak(store: Store, place: int, language: str) -> None:
    """The language of a place from now on; "" for that of its forum."""
    store.do("update place set language = :language where id = :place", language=language, place=place)


def forum_places_in_chat(store: Store, platform: str, workspace: str, chat: str) -> list[Place]:
    """The places in a chat that belong to a forum, those that are gone too: the chat itself, or some of its topics."""
    rows = store.all(
        f"select {_PLACE} from place where platform = :platform and workspace = :workspace and chat = :chat"
        " and forum is not null order by id",
        platform=platform,
        workspace=workspace,
        chat=chat,
    )
    return [Place(*each) for each in rows]


def rename_chat(store: Store, platform: str, workspace: str, chat: str, title: str) -> None:
    """Follow a chat's new name; ids stay what they were."""
    store.do(
        "update place set title = :title where platform = :platform and workspace = :workspace and chat = :chat",
        title=title,
        platform=platform,
        workspace=workspace,
        chat=chat,
    )


def suspend_chat(store: Store, platform: str, workspace: str, chat: str, topic: str = "") -> list[Place]:
    """Stop posting to a chat that the bot was removed from, or to one topic; the places that were active there."""
    rows = store.all(
        "update place set state = 'gone' where platform = :platform and workspace = :workspace and chat = :chat"
        f" and (:topic = '' or topic = :topic) and state = 'active' returning {_PLACE}",
        platform=platform,
        workspace=workspace,
        chat=chat,
        topic=topic,
    )
    return [Place(*each) for each in rows]


def move_chat(store: Store, platform: str, workspace: str, old: str, new: str) -> None:
    """Give a chat its new id everywhere at once; a chat may come back to an old id.

    Saying it again carries over what was written to the old id since, and changes nothing else.
    """
    here: dict[str, Param] = {"platform": platform, "workspace": workspace, "old": old, "new": new}
    if moved_to(store, platform, workspace, old) != new:
        for change in (
            "delete from moved_chat where platform = :platform and workspace = :workspace and old_chat in (:old, :new)",
            "update moved_chat set new_chat = :new where platform = :platform and workspace = :workspace and new_chat = :old",
            "insert into moved_chat (platform, workspace, old_chat, new_chat) values (:platform, :workspace, :old, :new)",
        ):
            store.do(change, **here)
    if platform == "telegram":
        _forget_messages(store, here)
    held = store.one(
        "select 1 from place where platform = :platform and workspace = :workspace and chat = :new and state = 'held'",
        **{name: each for name, each in here.items() if name != "old"},
    )
    _make_room(store, here)
    for table in ("place", "outbox", "card_post"):
        store.do(
            f"update {table} set chat = :new where platform = :platform and workspace = :workspace and chat = :old",
            **here,
        )
    if held:  # that more people can read there was told before the move was
        audience.hold(store, platform, workspace, new)


def _forget_messages(store: Store, here: dict[str, Param]) -> None:
    """A supergroup counts its messages anew: what the old group called 7 is somebody else's message there."""
    at = "platform = :platform and workspace = :workspace and chat = :old"
    values: dict[str, Param] = {name: each for name, each in here.items() if name != "new"}
    store.do(f"update card_post set message = '' where {at}", **values)
    store.do(f"update outbox set replaces = '', reply_to = '' where {at}", **values)


def _make_room(store: Store, here: dict[str, Param]) -> None:
    """The new chat may have been seen before we heard of the move: its fresh rows give way, unless a forum is there."""
    at = "platform = :platform and workspace = :workspace and chat"
    twin = f"in (select {{same}} from {{table}} where {at} = :{{id}})"
    for table, which, other, same, unless in (
        ("place", "new", "old", "topic", "and forum is null"),
        ("place", "old", "new", "topic", ""),
        ("card_post", "old", "new", "card_name", ""),
    ):
        clash = twin.format(same=same, table=table, id=other)
        store.do(f"delete from {table} where {at} = :{which} and {same} {clash} {unless}", **here)


# --- Forums ----------------------------------------------------------------------------------------------------


def founded_at(store: Store, forum: int) -> datetime:
    """When a forum began."""
    row = store.one("select created_at from forum where id = :forum", forum=forum)
    assert row is not None  # noqa: S101 - whoever asks is in it
    return from_ms(row[0])


def create(
    store: Store, *, name: str, challenge: str, language: str, zone: str, invite: str, now: datetime
) -> Forum:
    """A new forum."""
    row = store.one(
        "insert into forum (name, challenge, language, zone, invite, created_at)"
        f" values (:name, :challenge, :language, :zone, :invite, :at) returning {_FORUM}",
        name=name,
        challenge=challenge,
        language=language,
        zone=zone,
        invite=invite,
        at=to_ms(now),
    )
    assert row is not None  # noqa: S101
    return Forum(*row)


def get(store: Store, forum: int) -> Forum | None:
    """A forum by id."""
    row = store.one(f"select {_FORUM} from forum where id = :forum", forum=forum)
    return Forum(*row) if row else None


def change(
    store: Store, forum: int, *, name: str, challenge: str, language: str, zone: str, amend: str
) -> None:
    """New settings for a forum."""
    store.do(
        "update forum set name = :name, challenge = :challenge, language = :language, zone = :zone, amend = :amend"
        " where id = :forum",
        forum=forum,
        name=name,
        challenge=challenge,
        language=language,
        zone=zone,
        amend=amend,
    )


def set_confidential(store: Store, forum: int, *, confidential: bool) -> bool:
    """Begin or cease to refuse words; false when it was so already."""
    return bool(
        store.run(
            "update forum set confidential = :now where id = :forum and confidential <> :now",
            now=int(confidential),
            forum=forum,
        )
    )


def renew_invite(store: Store, forum: int, invite: str) -> None:
    """A new secret for the join links: the old ones let nobody in any more."""
    store.do("update forum set invite = :invite where id = :forum", invite=invite, forum=forum)


# --- Actors and members ----------------------------------------------------------------------------------------


def actors(store: Store, forum: int) -> list[Actor]:
    """The forum's actors by name."""
    rows = store.all(
        "select forum, id, name, sector, level from actor where forum = :forum order by id",
        forum=forum,
    )
    return sorted((Actor(*each) for each in rows), key=lambda each: place_of(each.name))


def actor(store: Store, forum: int, actor_id: int) -> Actor | None:
    """One actor."""
    row = store.one(
        "select forum, id, name, sector, level from actor where forum = :forum and id = :id",
        forum=forum,
        id=actor_id,
    )
    return Actor(*row) if row else None


def add_actor(store: Store, forum: int, *, name: str, sector: str, level: str) -> int:
    """Add an actor, or find the one of that name whatever its capitals; its id."""
    folded = " ".join(name.casefold().split())
    row = store.one(
        "select id from actor where forum = :forum and folded = :folded", forum=forum, folded=folded
    )
    if row:
        return int(row[0])
    number = store.next_number(forum, "actor")
    store.do(
        "insert into actor (forum, id, name, folded, sector, level)"
        " values (:forum, :id, :name, :folded, :sector, :level)",
        forum=forum,
        id=number,
        name=name,
        folded=folded,
        sector=sector,
        level=level,
    )
    return number


def join(store: Store, forum: int, person: int, *, actor_id: int | None, role: str, now: datetime) -> Member:
    """Make a person a member, or bring an earlier member back."""
    row = store.one(
        "select id from member where forum = :forum and person = :person", forum=forum, person=person
    )
    if row:
        store.do(
            "update member set state = 'active', actor = :actor where forum = :forum and id = :id",
            actor=actor_id,
            forum=forum,
            id=row[0],
        )
    else:
        store.do(
            "insert into member (forum, id, person, actor, role, state, joined_at)"
            " values (:forum, :id, :person, :actor, :role, 'active', :at)",
            forum=forum,
            id=store.next_number(forum, "member"),
            person=person,
            actor=actor_id,
            role=role,
            at=to_ms(now),
        )
    found = member_of(store, forum, person)
    assert found is not None  # noqa: S101
    return found


def member_of(store: Store, forum: int, person: int) -> Member | None:
    """A person's membership, also one that has ended."""
    row = store.one(
        f"select {_MEMBER} from member m join person p on p.id = m.person where m.forum = :forum and m.person = :person",
        forum=forum,
        person=person,
    )
    return Member(*row) if row else None


def member(store: Store, forum: int, member_id: int) -> Member | None:
    """A member by id."""
    row = store.one(
        f"select {_MEMBER} from member m join person p on p.id = m.person where m.forum = :forum and m.id = :id",
        forum=forum,
        id=member_id,
    )
    return Member(*row) if row else None


def members(store: Store, forum: int, *, actor_id: int | None = None) -> list[Member]:
    """The active members by name, of one actor if given."""
    rows = store.all(
        f"select {_MEMBER} from member m join person p on p.id = m.person"
        " where m.forum = :forum and m.state = 'active' and (cast(:actor as bigint) is null or m.actor = :actor)"
        " order by m.id",
        forum=forum,
        actor=actor_id,
    )
    return sorted((Member(*each) for each in rows), key=lambda each: place_of(each.name))


def ever_members(store: Store, forum: int) -> list[Member]:
    """Everybody who is or was in the forum, in the order they came."""
    rows = store.all(
        f"select {_MEMBER} from member m join person p on p.id = m.person where m.forum = :forum order by m.id",
        forum=forum,
    )
    return [Member(*each) for each in rows]


def coordinators(store: Store, forum: int) -> list[Member]:
    """Those who run the forum."""
    return [each for each in members(store, forum) if each.role == "coordinator"]


def memberships(store: Store, person: int) -> list[tuple[Forum, Member]]:
    """Every forum in which the person is active, by name."""
    rows = store.all(
        f"select f.id, f.name, f.challenge, f.language, f.zone, f.amend, f.invite, f.confidential, {_MEMBER}"
        " from member m join person p on p.id = m.person join forum f on f.id = m.forum"
        " where m.person = :person and m.state = 'active' order by f.id",
        person=person,
    )
    found = [(Forum(*each[:8]), Member(*each[8:])) for each in rows]
    return sorted(found, key=lambda each: place_of(each[0].name))


def leave(store: Store, forum: int, member_id: int) -> None:
    """End a membership; what the member did stays."""
    store.do("update member set state = 'left' where forum = :forum and id = :id", forum=forum, id=member_id)


def set_role(store: Store, forum: int, member_id: int, role: str) -> None:
    """Make a member coordinator, or an ordinary member again."""
    store.do(
        "update member set role = :role where forum = :forum and id = :id",
        role=role,
        forum=forum,
        id=member_id,
    )


def set_actor(store: Store, forum: int, member_id: int, actor_id: int) -> None:
    """The organisation that a member speaks for."""
    store.do(
        "update member set actor = :actor where forum = :forum and id = :id",
        actor=actor_id,
        forum=forum,
        id=member_id,
    )
