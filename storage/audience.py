"""Who can read in a chat: where more people can than before, nothing is posted until a coordinator agrees."""

from storage.db import Param, Store
from storage.records import Place


def hold(store: Store, platform: str, workspace: str, chat: str) -> None:
    """Post nothing more in a chat, also when we are out of it and may come back."""
    store.do(
        "update place set state = 'held' where platform = :platform and workspace = :workspace and chat = :chat",
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


def note(store: Store, platform: str, workspace: str, chat: str, *, public: bool) -> bool:
    """Remember whether outsiders can read in a chat; true when they can, and as far as we knew could not."""
    here: dict[str, Param] = {"platform": platform, "workspace": workspace, "chat": chat}
    at = "platform = :platform and workspace = :workspace and chat = :chat"
    closed = store.one(f"select 1 from place where {at} and public = 0 limit 1", **here)
    store.do(f"update place set public = :public where {at}", public=int(public), **here)
    return public and closed is not None
