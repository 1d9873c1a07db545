"""What is put right after a backup took the database's place, so that nothing is told a second time."""

from datetime import datetime
from typing import Final

from storage import intake, outbox
from storage.db import Store, to_ms

_DOUBTED: Final = "timers-doubted"


def drop_waiting(store: Store) -> int:
    """No message goes out that waited when the copy was made, now or with a later change; how many there were.

    It may have been sent long ago. So its card is not taken for one that never arrived, which would be posted anew.
    """
    dropped = 0
    while letters := outbox.waiting(store):
        for each in letters:
            outbox.mark(store, each.id, "dropped", "restored from a backup")
            store.run(
                "delete from card_post where card_name = :name and platform = :platform and workspace = :workspace"
                " and chat = :chat and topic = :topic and message = ''",
                name=each.card_name, platform=each.to.platform, workspace=each.to.workspace, chat=each.to.chat,
                topic=each.to.topic,
            )  # fmt: skip
        dropped += len(letters)
    return dropped


def doubt_timers(store: Store) -> None:
    """What falls due before a bot starts on this copy may have rung since it was made."""
    intake.set_fact(store, _DOUBTED, "1")


def doubt_due(store: Store, now: datetime) -> None:
    """The first start on a database that was put back: what is due by now rings with the ``late`` rule ``again``.

    So a handler knows that it may have rung before. What would only be skipped when it is late is skipped.
    """
    if not intake.fact(store, _DOUBTED):
        return
    intake.set_fact(store, _DOUBTED, "")
    store.run(
        "update timer set grace = case when late = 'skip' then 0 else grace end,"
        " late = case when late = 'ring' then 'again' else late end where due_at <= :now",
        now=to_ms(now),
    )
