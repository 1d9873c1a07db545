"""Who is in a chat, what it is called, where it moved: what Telegram tells about chats and nobody typed."""

from dataclasses import replace

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.speech import clean
from bot.telegram.whereabouts import LONGEST_NAME, account, chat_of, ident
from handlers.kit.inbound import AnyInbound, Chat, Happened

_GONE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


def happened(message: Message, key: str) -> tuple[AnyInbound, ...]:
    """What a service message tells; nothing for a message that somebody wrote."""
    chat = chat_of(message.chat)
    who = account(message.from_user)
    if message.new_chat_members:
        return _came(message.new_chat_members, chat, key)
    if message.left_chat_member:
        left = account(message.left_chat_member)
        return (Happened(key=key, who=left, chat=chat, what="person-left"),) if left else ()
    if message.new_chat_title:
        renamed = replace(chat, title=clean(message.new_chat_title, longest=LONGEST_NAME))
        return (Happened(key=key, who=who, chat=renamed, what="chat-renamed"),)
    if message.migrate_to_chat_id:
        return (_moved(key, chat, message.migrate_to_chat_id),)
    if message.migrate_from_chat_id:
        old = replace(chat, chat=ident(message.migrate_from_chat_id))
        return (_moved(key, old, message.chat.id),)
    return ()


def our_standing(change: ChatMemberUpdated, key: str) -> tuple[AnyInbound, ...]:
    """The bot was let in, thrown out, blocked or unblocked."""
    before, after = _present(change.old_chat_member), _present(change.new_chat_member)
    if before == after or change.chat.type == ChatType.CHANNEL:
        return ()
    if change.chat.type == ChatType.PRIVATE:
        what = "reachable" if after else "unreachable"
    else:
        what = "bot-added" if after else "bot-removed"
    return (Happened(key=key, who=account(change.from_user), chat=chat_of(change.chat), what=what),)


def their_standing(change: ChatMemberUpdated, key: str) -> tuple[AnyInbound, ...]:
    """Somebody left or was thrown out; who came is told by a service message."""
    who = account(change.new_chat_member.user)
    if who is None or _present(change.new_chat_member) or not _present(change.old_chat_member):
        return ()
    return (Happened(key=key, who=who, chat=chat_of(change.chat), what="person-left"),)


def _came(people: tuple[User, ...], chat: Chat, key: str) -> tuple[AnyInbound, ...]:
    accounts = [account(each) for each in people]
    return tuple(
        Happened(key=f"{key}:{index}", who=who, chat=chat, what="person-joined")
        for index, who in enumerate(accounts)
        if who
    )


def _moved(key: str, old: Chat, new: int) -> Happened:
    return Happened(key=key, chat=old, what="chat-moved", detail=ident(new))


def _present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return bool(member.is_member)
    return member.status not in _GONE
