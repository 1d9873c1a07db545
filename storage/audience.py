"""Who can read in a chat: where more people can than before, nothing is posted until a coordinator agrees."""

from storage.db import Store
from storage.records import Place


def hold(store: Store, platform: str, workspace: str, chat: str) -> None:
    """Post nothing more in a chat."""
    store.do(
        "update place set state = 'held' where platform = :platform and workspace = :workspace and chat = :chat"
        " and state = 'active'",
        platform=platform,
        workspace=workspace,
        chat=chat,
    )


def release(store: Store, forum: int, one: Place) -> bool:
    """A forum posts again in the chat of one of its places; false when it did so already."""
    return bool(
        store.run(
            "update place set state = 'active' where platform = :platform and workspace = :workspace"
            " and chat = :chat and forum = :forum and state = 'held'",
            platform=one.platform,
            workspace=one.workspace,
            chat=one.chat,
            forum=forum,
        )
    )


def note(store: Store, platform: str, workspace: str, chat: str, *, public: bool) -> None:
    """Remember whether anybody can read in a chat."""
    store.do(
        "update place set public = :public where platform = :platform and workspace = :workspace and chat = :chat",
        public=int(public),
        platform=platform,
        workspace=workspace,
        chat=chat,
    )
