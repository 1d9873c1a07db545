"""People and their accounts. A person may have several accounts and is still one person, one member, one answer."""

from datetime import datetime
from typing import TypeAlias

from storage import attendance, briefs, guards, nudges, rounds, wins, wishes
from storage.db import Store, to_ms
from storage.records import Person

Known: TypeAlias = tuple[Person, str, bool]
"""Who has an account, the name it carried last, and whether it can be written to in private."""


def known(store: Store, platform: str, workspace: str, user: str) -> Known | None:
    """Who has this account, the name it carried last, and whether it can be written to in private."""
    row = store.one(
        "select p.id, p.name, p.language, a.name, a.reachable from account a join person p on p.id = a.person"
        " where a.platform = :platform and a.workspace = :workspace and a.user_id = :user",
        platform=platform,
        workspace=workspace,
        user=user,
    )
    return (Person(row[0], row[1], row[2]), row[3], bool(row[4])) if row else None


def meet(store: Store, platform: str, workspace: str, user: str, *, name: str, now: datetime) -> Person:
    """Remember somebody seen for the first time. Slack can always write to a person; Telegram once they have started."""
    at = to_ms(now)
    row = store.one(
        "insert into person (name, created_at) values (:name, :at) returning id", name=name, at=at
    )
    assert row is not None  # noqa: S101
    store.do(
        "insert into account (platform, workspace, user_id, person, name, reachable, seen_at)"
        " values (:platform, :workspace, :user, :person, :name, :reachable, :at)",
        platform=platform,
        workspace=workspace,
        user=user,
        person=row[0],
        name=name,
        reachable=int(platform == "slack"),
        at=at,
    )
    return Person(row[0], name, "")


def rename(store: Store, person: int, platform: str, workspace: str, user: str, name: str) -> None:
    """Follow a changed name on the platform."""
    store.do(
        "update account set name = :name where platform = :platform and workspace = :workspace and user_id = :user",
        name=name,
        platform=platform,
        workspace=workspace,
        user=user,
    )
    store.do("update person set name = :name where id = :person", name=name, person=person)


def set_reachable(store: Store, platform: str, workspace: str, user: str, *, reachable: bool) -> None:
    """Note whether the account takes private messages from the bot."""
    store.do(
        "update account set reachable = :reachable"
        " where platform = :platform and workspace = :workspace and user_id = :user",
        reachable=int(reachable),
        platform=platform,
        workspace=workspace,
        user=user,
    )


def touch(store: Store, platform: str, workspace: str, user: str) -> None:
    """Note where the person last wrote in private: that account gets the private messages. When, nobody needs to know."""
    store.do(
        "update account set seen_at = 1 + (select max(o.seen_at) from account o where o.person = account.person)"
        " where platform = :platform and workspace = :workspace and user_id = :user and exists (select 1 from account o"
        " where o.person = account.person and o.seen_at >= account.seen_at and (o.platform <> account.platform"
        " or o.workspace <> account.workspace or o.user_id <> account.user_id))",
        platform=platform,
        workspace=workspace,
        user=user,
    )


def speak(store: Store, person: int, language: str) -> None:
    """The person's own language from now on."""
    store.do("update person set language = :language where id = :person", language=language, person=person)


def private_account(store: Store, person: int) -> tuple[str, str, str] | None:
    """Platform, workspace and user id where the person is best reached in private; ``None`` when nowhere.

    Where they wish to be written to, else where they wrote last.
    """
    row = store.one(
        "select a.platform, a.workspace, a.user_id from account a left join wish w on w.person = a.person"
        " where a.person = :person and a.reachable = 1"
        " order by case when a.platform = w.platform then 0 else 1 end, a.seen_at desc, a.platform limit 1",
        person=person,
    )
    return (row[0], row[1], row[2]) if row else None


def accounts(store: Store, person: int) -> list[tuple[str, str, str]]:
    """All accounts of a person: platform, workspace, user id."""
    rows = store.all(
        "select platform, workspace, user_id from account where person = :person order by platform, workspace, user_id",
        person=person,
    )
    return [(each[0], each[1], each[2]) for each in rows]


def account_on(store: Store, person: int, platform: str, workspace: str) -> str | None:
    """The person's user id on a platform and workspace, to mention them there. A guest has the one of their home."""
    row = store.one(
        "select user_id from account where person = :person and platform = :platform"
        " order by workspace = :workspace desc limit 1",
        person=person,
        platform=platform,
        workspace=workspace,
    )
    return row[0] if row else None


def get(store: Store, person: int) -> Person | None:
    """A person by id."""
    row = store.one("select id, name, language from person where id = :person", person=person)
    return Person(*row) if row else None


def everybody(store: Store) -> list[int]:
    """The ids of all people."""
    return [int(each[0]) for each in store.all("select id from person order by id")]


def hold(store: Store, person: int) -> None:
    """Keep everybody else from deciding what this person is told until the transaction ends: they are in many forums."""
    store.do("update person set name = name where id = :person", person=person)


def merge(store: Store, keep: int, other: int) -> None:
    """Make two persons one: accounts, memberships and what they own go to ``keep``.

    Where both are members of the same forum, the older membership stays and takes over what the other one has;
    the stronger role wins.
    """
    both = store.all(
        "select a.forum, a.id, b.id, b.role, a.state, b.state, a.actor, b.actor from member a"
        " join member b on b.forum = a.forum where a.person = :keep and b.person = :other",
        keep=keep,
        other=other,
    )
    for forum, stays, goes, role, state, other_state, actor, other_actor in both:
        for table, column in _OWNED:
            store.do(
                f"update {table} set {column} = :stays where forum = :forum and {column} = :goes",
                stays=stays,
                goes=goes,
                forum=forum,
            )
        rounds.merge(store, forum, stays, goes)
        attendance.merge(store, forum, stays, goes)
        briefs.merge(store, forum, stays, goes)
        wins.merge(store, forum, stays, goes)
        guards.forget(store, forum, "load", goes)
        store.do("delete from member where forum = :forum and id = :goes", forum=forum, goes=goes)
        store.do(
            "update member set state = :state, actor = :actor where forum = :forum and id = :stays",
            state="active" if "active" in (state, other_state) else state,
            actor=actor or other_actor,
            forum=forum,
            stays=stays,
        )
        if role == "coordinator":
            store.do(
                "update member set role = 'coordinator' where forum = :forum and id = :stays",
                forum=forum,
                stays=stays,
            )
    wishes.merge(store, keep, other)
    nudges.merge(store, keep, other)
    for table in ("account", "member", "outbox", "card_post"):
        store.do(f"update {table} set person = :keep where person = :other", keep=keep, other=other)
    store.do("delete from person where id = :other", other=other)


_OWNED = (
    ("action", "owner"),
    ("action", "by_member"),
    ("action_event", "by_member"),
    ("decision", "recorded_by"),
    ("decision_version", "by_member"),
    ("decision_version", "owner"),
    ("pulse_round", "opened_by"),
    ("agenda_point", "by_member"),
    ("decision_round", "owner"),
    ("decision_round", "by_member"),
    ("round_answer", "member"),
    ("round_word", "member"),
    ("round_version", "by_member"),
    ("meeting", "chair"),
    ("meeting", "by_member"),
    ("meeting_note", "by_member"),
    ("minutes_answer", "member"),
    ("minutes_word", "member"),
    ("presentation", "by_member"),
    ("win", "by_member"),
    ("decision_outcome", "by_member"),
)
