"""What came in: keys already handled, talks in the middle of a form, what could not be read, and small facts."""

import json
from datetime import datetime

from storage.db import Store, from_ms, to_ms
from storage.outbox import Address
from storage.values import dataclass


def first_time(store: Store, key: str, now: datetime) -> bool:
    """Claim an inbound's key; false when it was handled before."""
    return bool(
        store.run(
            "insert into seen (key, at) values (:key, :at) on conflict do nothing", key=key, at=to_ms(now)
        )
    )


def release(store: Store, key: str) -> None:
    """Let a key go: nothing came of the inbound, and the same one may come again corrected."""
    store.do("delete from seen where key = :key", key=key)


def forget_keys(store: Store, before: datetime) -> None:
    """Drop keys older than any platform redelivers."""
    store.do("delete from seen where at < :before", before=to_ms(before))


def bury(store: Store, platform: str, reason: str, body: str, now: datetime) -> None:
    """Set aside what could not be read, so that it blocks nobody."""
    store.do(
        "insert into dead_letter (platform, at, reason, body) values (:platform, :at, :reason, :body)",
        platform=platform,
        at=to_ms(now),
        reason=reason,
        body=body,
    )


def buried(store: Store) -> list[tuple[int, str, datetime, str]]:
    """What was set aside: id, platform, when, why."""
    rows = store.all("select id, platform, at, reason from dead_letter order by id")
    return [(each[0], each[1], from_ms(each[2]), each[3]) for each in rows]


def forget_buried(store: Store, before: datetime) -> None:
    """Drop what could not be read: it may hold somebody's words."""
    store.do("delete from dead_letter where at < :before", before=to_ms(before))


def forget_drafts(store: Store, now: datetime) -> None:
    """Drop talks that nobody went on with."""
    store.do("delete from draft where expires_at < :now", now=to_ms(now))


def fact(store: Store, name: str) -> str:
    """A small thing to remember across restarts; "" when unknown."""
    row = store.one("select value from fact where name = :name", name=name)
    return row[0] if row else ""


def set_fact(store: Store, name: str, value: str) -> None:
    """Remember a small thing."""
    store.do(
        "insert into fact (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value",
        name=name,
        value=value,
    )


def fact_once(store: Store, name: str, value: str) -> str:
    """Remember a small thing unless it is known already, also where several processes try at once; what is known now."""
    store.do(
        "insert into fact (name, value) values (:name, :value) on conflict do nothing", name=name, value=value
    )
    return fact(store, name)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled in as a talk: which form, the answers so far, the step it is at, its last question."""

    form: str
    answers: dict[str, str]
    step: int
    message: str
    expires_at: datetime


def draft(store: Store, to: Address, user: str) -> Draft | None:
    """The form that a person is in the middle of in a chat."""
    row = store.one(
        "select form, answers, step, message, expires_at from draft where platform = :platform"
        " and workspace = :workspace and chat = :chat and topic = :topic and user_id = :user",
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        topic=to.topic,
        user=user,
    )
    return Draft(row[0], json.loads(row[1]), row[2], row[3], from_ms(row[4])) if row else None


def keep_draft(store: Store, to: Address, user: str, one: Draft) -> None:
    """Keep how far the talk has come; a new form takes the place of an old one."""
    store.do(
        "insert into draft (platform, workspace, chat, topic, user_id, form, answers, step, message, expires_at)"
        " values (:platform, :workspace, :chat, :topic, :user, :form, :answers, :step, :message, :expires_at)"
        " on conflict (platform, workspace, chat, topic, user_id) do update set form = excluded.form,"
        " answers = excluded.answers, step = excluded.step, message = excluded.message,"
        " expires_at = excluded.expires_at",
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        topic=to.topic,
        user=user,
        form=one.form,
        answers=json.dumps(one.answers, ensure_ascii=False),
        step=one.step,
        message=one.message,
        expires_at=to_ms(one.expires_at),
    )


def drop_draft(store: Store, to: Address, user: str) -> None:
    """End the talk."""
    store.do(
        "delete from draft where platform = :platform and workspace = :workspace and chat = :chat"
        " and topic = :topic and user_id = :user",
        platform=to.platform,
        workspace=to.workspace,
        chat=to.chat,
        topic=to.topic,
        user=user,
    )
