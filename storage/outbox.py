"""Messages on their way out, and where our named cards hang.

A row is written in the transaction of what it tells about. The dispatcher takes rows over in memory; it reads the
table only after a restart. States: ``new``, ``sending``, then ``sent``, ``dead`` (will never arrive), ``unknown``
(nobody knows whether it arrived) or ``dropped`` (a newer update made it pointless). A row with the care ``forget`` has
no time, and goes as soon as it is finished one way or another.
"""

from datetime import datetime

from storage.db import Param, Row, Store, from_ms, to_ms
from storage.values import dataclass

FORGET = "forget"
"""The care of what may leave no trace."""
_NO_TIME = from_ms(0)
_COLUMNS = (
    "id, forum, kind, platform, workspace, chat, topic, person, card_name, card, care, fallback, language, zone,"
    " replaces, thread, reply_to, due_at, attempts, state, matters"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes. A private chat is named by the user's id, in Slack too."""

    platform: str
    workspace: str
    chat: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one chat. ``kind``: ``post``, ``update``, ``direct``, ``whisper``, ``publish``.

    ``replaces`` is the message that an answer takes the place of; ``card`` and ``fallback`` are JSON. ``matters`` are
    what a person's one message of a day tells, each with its forum.
    """

    id: int
    forum: int | None
    kind: str
    to: Address
    person: int | None
    card_name: str
    card: str
    care: str
    fallback: str
    language: str
    zone: str
    replaces: str
    thread: str
    reply_to: str
    due_at: datetime
    attempts: int
    state: str
    matters: tuple[tuple[int, str], ...] = ()


def _letter(row: Row) -> Letter:
    to = Address(*row[3:7])
    matters = tuple(
        (int(forum), name) for forum, _, name in (each.partition(":") for each in row[20].split())
    )
    return Letter(*row[:3] + (to,) + row[7:17] + (from_ms(row[17]),) + row[18:20] + (matters,))


_HANG = "insert into card_post (card_name, platform, workspace, chat, topic, forum, person, message) "
_ANEW = " on conflict (card_name, platform, workspace, chat, topic) do update set message = ''"
_INTO = (
    "insert into outbox (forum, kind, platform, workspace, chat, topic, person, card_name, card, care, fallback,"
    " language, zone, replaces, thread, reply_to, state, due_at, matters) "
)


def put(
    store: Store, kind: str, to: Address, card: str, *, now: datetime, language: str, zone: str,
    forum: int | None = None, person: int | None = None, card_name: str = "", care: str = "repeat",
    fallback: str = "", replaces: str = "", thread: str = "", reply_to: str = "",
    matters: tuple[tuple[int, str], ...] = (),
) -> Letter:  # fmt: skip
    """Write a message to be sent."""
    due_at = _NO_TIME if care == FORGET else now
    row = store.one(
        _INTO + "values (:forum, :kind, :platform, :workspace, :chat, :topic, :person, :card_name, :card, :care,"
        " :fallback, :language, :zone, :replaces, :thread, :reply_to, 'new', :due_at, :matters) returning id",
        forum=forum, kind=kind, platform=to.platform, workspace=to.workspace, chat=to.chat, topic=to.topic,
        person=person, card_name=card_name, card=card, care=care, fallback=fallback, language=language, zone=zone,
        replaces=replaces, thread=thread, reply_to=reply_to, due_at=to_ms(due_at),
        matters=" ".join(f"{forum}:{name}" for forum, name in matters),
    )  # fmt: skip
    assert row is not None  # noqa: S101
    return Letter(
        row[0], forum, kind, to, person, card_name, card, care, fallback, language, zone, replaces, thread,
        reply_to, due_at, 0, "new", matters,
    )  # fmt: skip


def post(
    store: Store, forum: int, card: str, *, now: datetime, language: str, zone: str, card_name: str, care: str
) -> list[Letter]:
    """Write a card to every active place of a forum, in the place's own language or else in ``language``.

    A named card hangs there from now on.
    """
    if card_name:
        store.do(_HANG + "select :card_name, platform, workspace, chat, topic, :forum, null, '' from place"
                  " where forum = :forum and state = 'active'" + _ANEW, card_name=card_name, forum=forum)  # fmt: skip
    rows = store.all(
        _INTO + "select :forum, 'post', platform, workspace, chat, topic, null, :card_name, :card, :care, '',"
        " case language when '' then :language else language end, :zone, '', '', '', 'new', :due_at, ''"
        " from place where forum = :forum and state = 'active' order by id"
        " returning id, platform, workspace, chat, topic, person, language",
        forum=forum, card_name=card_name, card=card, care=care, language=language, zone=zone, due_at=to_ms(now),
    )  # fmt: skip
    return [
        _written(each, "post", forum=forum, card_name=card_name, card=card, care=care, zone=zone, now=now)
        for each in rows
    ]


def update(
    store: Store, forum: int | None, card: str, *, now: datetime, language: str, zone: str, card_name: str
) -> list[Letter]:
    """Write the present state of a named card to every chat where it hangs, in the language of who is there."""
    rows = store.all(
        _INTO + "select :forum, 'update', c.platform, c.workspace, c.chat, c.topic, c.person, :card_name, :card,"
        " 'repeat', '', coalesce(nullif(p.language, ''), nullif(l.language, ''), :language), :zone, '', '', '',"
        " 'new', :due_at, '' from card_post c left join person p on p.id = c.person left join place l"
        " on l.platform = c.platform and l.workspace = c.workspace and l.chat = c.chat and l.topic = c.topic"
        " where c.card_name = :card_name returning id, platform, workspace, chat, topic, person, language",
        forum=forum, card_name=card_name, card=card, language=language, zone=zone, due_at=to_ms(now),
    )  # fmt: skip
    return [
        _written(
            each, "update", forum=forum, card_name=card_name, card=card, care="repeat", zone=zone, now=now
        )
        for each in rows
    ]


def _written(
    row: Row, kind: str, *, forum: int | None, card_name: str, card: str, care: str, zone: str, now: datetime
) -> Letter:
    to = Address(*row[1:5])
    return Letter(
        row[0], forum, kind, to, row[5], card_name, card, care, "", row[6], zone, "", "", "", now, 0, "new"
    )


def hang(store: Store, card_name: str, to: Address, *, forum: int | None, person: int | None) -> None:
    """Note that a named card will hang in a chat; its message id comes when it is sent."""
    store.do(
        _HANG + "values (:card_name, :platform, :workspace, :chat, :topic, :forum, :person, '')" + _ANEW,
        card_name=card_name,
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        topic=to.topic,
        forum=forum,
        person=person,
    )


def take_down_in(store: Store, forum: int, to: Address) -> None:
    """The forum's cards in a chat follow no more changes."""
    store.do(
        "delete from card_post where forum = :forum and platform = :platform and workspace = :workspace"
        " and chat = :chat and topic = :topic",
        forum=forum,
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        topic=to.topic,
    )


def take_down_of(store: Store, forum: int, person: int) -> None:
    """The forum's cards in a person's private chats follow no more changes."""
    store.do("delete from card_post where forum = :forum and person = :person", forum=forum, person=person)


def message_of(store: Store, card_name: str, to: Address) -> str:
    """The message id of a named card in a chat; "" when it has none yet."""
    row = store.one(
        "select message from card_post where card_name = :name and platform = :platform and workspace = :workspace"
        " and chat = :chat and topic = :topic",
        name=card_name,
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        topic=to.topic,
    )
    return row[0] if row else ""


def hangs(store: Store, card_name: str, to: Address) -> bool:
    """Whether a named card is meant to be seen in a chat, even if no message of it is known to have arrived."""
    return to in (
        Address(*each)
        for each in store.all(
            "select platform, workspace, chat, topic from card_post where card_name = :name", name=card_name
        )
    )


def shows(store: Store, card_name: str, to: Address, message: str) -> bool:
    """Whether a message is where a named card hangs."""
    row = store.one(
        "select 1 from card_post where card_name = :name and platform = :platform and workspace = :workspace"
        " and chat = :chat and message = :message",
        name=card_name,
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        message=message,
    )
    return row is not None


def card_at(store: Store, to: Address, message: str) -> str:
    """The name of the card that a message shows; "" for any other message."""
    row = store.one(
        "select card_name from card_post where platform = :platform and workspace = :workspace and chat = :chat"
        " and message = :message",
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        message=message,
    )
    return row[0] if row else ""


def waiting(store: Store, *, after: int = 0, most: int = 500) -> list[Letter]:
    """What was not finished when the process ended, oldest first."""
    rows = store.all(
        f"select {_COLUMNS} from outbox where state in ('new', 'sending') and id > :after order by id limit :most",
        after=after,
        most=most,
    )
    return [_letter(each) for each in rows]


def waiting_in(
    store: Store, platform: str, workspace: str, chat: str, *, after: int = 0, most: int = 50
) -> list[Letter]:
    """What is not finished in a chat and all its topics, oldest first."""
    rows = store.all(
        f"select {_COLUMNS} from outbox where state in ('new', 'sending') and platform = :platform"
        " and workspace = :workspace and chat = :chat and id > :after order by id limit :most",
        platform=platform,
        workspace=workspace,
        chat=chat,
        after=after,
        most=most,
    )
    return [_letter(each) for each in rows]


def count_waiting(store: Store, to: Address, *, most: int) -> int:
    """How many messages to a chat are not finished; ``most`` when there are as many or more."""
    rows = store.all(
        "select 1 from outbox where state in ('new', 'sending') and platform = :platform and workspace = :workspace"
        " and chat = :chat limit :most",
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        most=most,
    )
    return len(rows)


def is_overtaken(store: Store, one: Letter) -> bool:
    """Whether a newer change of the same card waits for the same chat, whoever wrote it."""
    return store.one(
        "select 1 from outbox where state in ('new', 'sending') and platform = :platform and workspace = :workspace"
        " and chat = :chat and topic = :topic and kind = 'update' and card_name = :card_name and id > :id limit 1",
        platform=one.to.platform, workspace=one.to.workspace, chat=one.to.chat, topic=one.to.topic,
        card_name=one.card_name, id=one.id,
    ) is not None  # fmt: skip


def newest_card(store: Store, one: Letter) -> str:
    """What a message would say by now: its card, or the last change of it that waits behind."""
    row = store.one(
        "select card from outbox where state = 'new' and person = :person and kind = 'update'"
        " and card_name = :card_name and card_name <> '' and id > :id order by id desc limit 1",
        person=one.person,
        card_name=one.card_name,
        id=one.id,
    )
    return row[0] if row else one.card


def letter(store: Store, letter_id: int) -> Letter | None:
    """One message."""
    row = store.one(f"select {_COLUMNS} from outbox where id = :id", id=letter_id)
    return _letter(row) if row else None


def mark_sending(store: Store, letter_id: int) -> bool:
    """Note, before the attempt, that a message may be on its way; false for what may not go, for its chat is held."""
    return bool(
        store.run(
            "update outbox set state = 'sending', attempts = attempts + 1 where id = :id"
            " and (kind not in ('post', 'update') or not exists (select 1 from place l where l.platform ="
            " outbox.platform and l.workspace = outbox.workspace and l.chat = outbox.chat and l.state = 'held'"
            " and l.forum = outbox.forum))",
            id=letter_id,
        )
    )


def mark(store: Store, letter_id: int, state: str, trouble: str = "") -> None:
    """What became of a message. Its words are not needed any more once it is finished.

    A try that ended in ``new`` never left, so it does not count among the attempts.
    """
    if state != "new" and store.run(
        "delete from outbox where id = :id and care = :forget", id=letter_id, forget=FORGET
    ):
        return
    keep = state in ("new", "unknown", "dead")
    store.do(
        "update outbox set state = :state, trouble = :trouble, card = case when :keep = 1 then card else '' end,"
        " fallback = case when :keep = 1 then fallback else '' end,"
        " matters = case when :keep = 1 then matters else '' end,"
        " attempts = attempts - case when :state = 'new' then 1 else 0 end where id = :id",
        state=state,
        trouble=trouble,
        keep=int(keep),
        id=letter_id,
    )


def mark_sent(store: Store, one: Letter, message: str) -> None:
    """The message arrived; a named card now hangs as that message."""
    mark(store, one.id, "sent")
    if one.card_name and message:
        values: dict[str, Param] = {
            "message": message, "name": one.card_name, "platform": one.to.platform, "workspace": one.to.workspace,
            "chat": one.to.chat, "topic": one.to.topic,
        }  # fmt: skip
        store.do(
            "update card_post set message = :message where card_name = :name and platform = :platform"
            " and workspace = :workspace and chat = :chat and topic = :topic",
            **values,
        )


def count(store: Store, state: str) -> int:
    """How many messages are in a state."""
    row = store.one("select count(*) from outbox where state = :state", state=state)
    return int(row[0]) if row else 0


def prune(store: Store, before: datetime, *, unknown_before: datetime) -> None:
    """Forget messages from before an instant, also those that never arrived; not those that still wait.

    Those of unknown outcome are kept until another one: whoever is to hear of them may be on leave.
    """
    store.do(
        "delete from outbox where state not in ('new', 'sending') and due_at <"
        " case when state = 'unknown' then :unknown_before else :before end",
        before=to_ms(before),
        unknown_before=to_ms(unknown_before),
    )
