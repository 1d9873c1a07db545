"""What is put right in a copy before it takes the database's place."""

from storage import outbox
from storage.db import Store


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
