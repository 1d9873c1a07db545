"""The world's values as the Bot API writes them in JSON.

Optional fields are left out, as the real server does, never sent as null.
"""

from collections.abc import Mapping
from typing import Any

from bot.playground.telegram.values import Attachment, Entity, Keyboard, Member, Message, User
from bot.playground.telegram.world import Chat, World

Json = dict[str, Any]


def user_json(user: User) -> Json:
    """Write an account."""
    raw: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.username is not None:
        raw["username"] = user.username
    if user.language_code is not None:
        raw["language_code"] = user.language_code
    return raw


def chat_json(world: World, chat: Chat) -> Json:
    """Write a chat as messages carry it."""
    raw: Json = {"id": chat.id, "type": chat.type}
    if chat.type == "private":
        user = world.users[chat.id]
        raw["first_name"] = user.first_name
        return raw if user.username is None else raw | {"username": user.username}
    raw["title"] = chat.title
    if chat.username is not None:
        raw["username"] = chat.username
    if chat.type == "group":
        raw["all_members_are_administrators"] = False
    return raw | {"is_forum": True} if chat.is_forum else raw


def member_json(world: World, user: int, member: Member) -> Json:
    """Write how somebody stands in a chat."""
    raw: Json = {"user": user_json(world.users[user]), "status": member.status}
    if member.admin:
        raw["is_anonymous"] = member.anonymous
    if member.status == "administrator":
        raw |= _RIGHTS
    if member.status == "kicked":
        raw["until_date"] = 0
    return raw


_RIGHTS: Json = {
    "can_be_edited": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_pin_messages": True,
    "can_manage_topics": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


def entity_json(world: World, entity: Entity) -> Json:
    """Write one marked part of a text."""
    raw: Json = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    if entity.type == "text_link":
        raw["url"] = entity.url
    if entity.type == "text_mention" and entity.user is not None:
        raw["user"] = user_json(world.users[entity.user])
    if entity.language:
        raw["language"] = entity.language
    return raw


def keyboard_json(keyboard: Keyboard) -> Json:
    """Write the buttons under a message."""
    rows: list[list[Json]] = []
    for row in keyboard:
        rows.append([])
        for button in row:
            action = {"url": button.url} if button.url else {"callback_data": button.callback_data}
            rows[-1].append({"text": button.label, **action})
    return {"inline_keyboard": rows}


def message_json(world: World, message: Message, *, with_reply: bool = True) -> Json:
    """Write a message; the message that it answers is written one level deep, as the server does."""
    chat = world.chats[message.chat]
    raw: Json = {
        "message_id": message.id,
        "from": user_json(world.users[message.author]),
        "chat": chat_json(world, chat),
        "date": message.date,
    }
    if message.sender_chat is not None:
        raw["sender_chat"] = chat_json(world, world.chats[message.sender_chat])
    if message.edited is not None:
        raw["edit_date"] = message.edited
    raw |= _thread(message) | _content(world, message) | dict(message.facts)
    if message.keyboard:
        raw["reply_markup"] = keyboard_json(message.keyboard)
    # In a topic everything that answers nothing else answers the message that opened the topic.
    answered = world.message(message.chat, message.reply_to or message.topic or 0)
    if with_reply and answered is not None and answered.id != message.id:
        raw["reply_to_message"] = message_json(world, answered, with_reply=False)
    return raw


def _thread(message: Message) -> Json:
    if message.topic is not None:
        return {"message_thread_id": message.topic, "is_topic_message": True}
    return {} if message.thread is None else {"message_thread_id": message.thread}


def _content(world: World, message: Message) -> Json:
    raw: Json = {} if message.origin is None else {"forward_origin": dict(message.origin)}
    entities = [entity_json(world, entity) for entity in message.entities]
    text, marks = "text", "entities"
    if message.attachment is not None:
        raw |= attachment_json(message.attachment)
        text, marks = "caption", "caption_entities"
    if message.text:
        raw[text] = message.text
    return raw | {marks: entities} if entities else raw


def attachment_json(file: Attachment) -> Mapping[str, Any]:
    """Write a picture or a file without its bytes."""
    size = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.content)}
    if file.kind == "photo":
        return {"photo": [{**size, "width": file.width, "height": file.height}]}
    return {"document": {**size, "file_name": file.filename, "mime_type": file.mime}}
