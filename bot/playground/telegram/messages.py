"""The methods that write, change and delete messages."""

from dataclasses import replace
from typing import Any

from bot.playground.telegram.arguments import Arguments, Upload
from bot.playground.telegram.desk import Desk
from bot.playground.telegram.errors import MESSAGE_NOT_MODIFIED, ApiError, bad_request
from bot.playground.telegram.images import photo_size
from bot.playground.telegram.markup import Formatted, check_caption, check_text, formatted, keyboard
from bot.playground.telegram.values import Attachment, Keyboard, Message
from bot.playground.telegram.wire import Json, message_json
from bot.playground.telegram.world import Chat

DELETABLE_SECONDS = 48 * 3600
UPLOAD_BYTES = 50 * 1024 * 1024


def send_message(desk: Desk, args: Arguments) -> Json:
    """Write a message."""
    chat = desk.chat(args)
    return _post(desk, args, chat, check_text(_words(desk, args, "text", "entities")))


def send_photo(desk: Desk, args: Arguments) -> Json:
    """Send a picture, uploaded or known by its id."""
    return _send_file(desk, args, "photo")


def send_document(desk: Desk, args: Arguments) -> Json:
    """Send a file as it is, uploaded or known by its id."""
    return _send_file(desk, args, "document")


def _send_file(desk: Desk, args: Arguments, kind: str) -> Json:
    chat = desk.chat(args)
    caption = check_caption(_words(desk, args, "caption", "caption_entities"))
    return _post(desk, args, chat, caption, _file(desk, args, kind))


def _file(desk: Desk, args: Arguments, kind: str) -> Attachment:
    given = args.file(kind)
    if isinstance(given, str):
        known = desk.world.files.get(given)
        if not given:
            raise bad_request(f"there is no {kind} in the request")
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known
    return _uploaded(desk, given, photo=kind == "photo")


def _uploaded(desk: Desk, given: Upload, *, photo: bool) -> Attachment:
    if len(given.content) > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if not given.content:
        raise bad_request("file must be non-empty")
    width, height = photo_size(given.content) if photo else (0, 0)
    file = desk.world.keep_file(photo=photo, filename=given.filename, mime=given.mime, content=given.content)
    file = replace(file, width=width, height=height)
    desk.world.files[file.file_id] = file
    return file


def _post(
    desk: Desk, args: Arguments, chat: Chat, text: Formatted, attachment: Attachment | None = None
) -> Json:
    world = desk.world
    markup = args.object("reply_markup")
    answered = _answered(desk, args, chat)
    topic, thread = _thread(desk, args, chat, answered)
    message = Message(
        id=0,
        chat=chat.id,
        author=world.bot.id,
        date=int(world.now()),
        text=text.text,
        entities=text.entities,
        html=text.html,
        keyboard=_keyboard(markup),
        force_reply=bool(markup.get("force_reply")),
        selective=bool(markup.get("selective")),
        reply_to=answered.id if answered else None,
        topic=topic,
        thread=thread,
        attachment=attachment,
    )
    desk.hurry(chat)
    return message_json(world, world.post(chat, message))


def _words(desk: Desk, args: Arguments, name: str, entities: str) -> Formatted:
    read = formatted(args.text(name), args.text("parse_mode") or None, args.items(entities) or [])
    return desk.world.named(read)


def _keyboard(markup: dict[str, Any]) -> Keyboard:
    if "keyboard" in markup:
        raise bad_request("keyboards in place of the letters are not played by this stand-in")
    return keyboard(markup)


def _answered(desk: Desk, args: Arguments, chat: Chat) -> Message | None:
    wanted = args.object("reply_parameters")
    number = wanted.get("message_id") or args.number("reply_to_message_id")
    if number is None:
        return None
    found = desk.world.message(chat.id, int(number))
    lenient = wanted.get("allow_sending_without_reply") or args.flag("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def _thread(
    desk: Desk, args: Arguments, chat: Chat, answered: Message | None
) -> tuple[int | None, int | None]:
    thread = args.number("message_thread_id")
    if thread is None and answered is not None and chat.type == "supergroup":
        return answered.topic, answered.topic or answered.thread or answered.id
    if thread is None:
        return None, None
    if chat.is_forum:
        topic = chat.topics.get(thread)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed and not desk.world.bot_is_admin(chat):
            raise bad_request("TOPIC_CLOSED")
        return thread, thread
    if chat.type != "supergroup" or desk.world.message(chat.id, thread) is None:
        raise bad_request("message thread not found")
    return None, thread


def edit_message_text(desk: Desk, args: Arguments) -> Json:
    """Change the text of a message, and its buttons with it."""
    message = _editable(desk, args)
    text = check_text(_words(desk, args, "text", "entities"))
    if message.attachment is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(desk, args, message, text)


def edit_message_caption(desk: Desk, args: Arguments) -> Json:
    """Change the caption of a picture or file, and its buttons with it."""
    message = _editable(desk, args)
    text = check_caption(_words(desk, args, "caption", "caption_entities"))
    if message.attachment is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(desk, args, message, text)


def edit_message_reply_markup(desk: Desk, args: Arguments) -> Json:
    """Change only the buttons."""
    message = _editable(desk, args)
    return _edit(desk, args, message, Formatted(message.text, message.entities))


def _editable(desk: Desk, args: Arguments) -> Message:
    chat = desk.chat(args)
    message = desk.world.message(chat.id, args.number("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if message.author != desk.world.bot.id or message.service is not None:
        raise bad_request("message can't be edited")
    return message


def _edit(desk: Desk, args: Arguments, message: Message, text: Formatted) -> Json:
    # Without a keyboard in the call the old one goes: an edit says what the message is from now on.
    buttons = _keyboard(args.object("reply_markup"))
    if (text.text, text.entities, buttons) == (message.text, message.entities, message.keyboard):
        raise bad_request(MESSAGE_NOT_MODIFIED)
    desk.hurry(desk.world.chats[message.chat])
    changed = desk.world.change(
        message,
        text=text.text,
        entities=text.entities,
        html=text.html,
        keyboard=buttons,
        edited=int(desk.world.now()),
    )
    return message_json(desk.world, changed)


def delete_message(desk: Desk, args: Arguments) -> bool:
    """Delete a message for everybody, if it is young enough."""
    chat = desk.chat(args)
    message = desk.world.message(chat.id, args.number("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    mine = message.author == desk.world.bot.id
    if not mine and chat.type != "private" and not desk.world.bot_is_admin(chat):
        raise bad_request("message can't be deleted")
    if desk.world.now() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    desk.world.change(message, deleted=True)
    return True
