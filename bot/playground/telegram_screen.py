"""What one person sees in the stand-in Telegram, as data for the page."""

from collections.abc import Iterator
from itertools import pairwise

from bot.playground.cast import Cast
from bot.playground.pieces import SHOWN, Json, buttons, document, is_picture, paragraph, picture, run
from bot.playground.telegram import Entity, Message, StandInTelegram, User

_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "strikethrough": "strike",
    "code": "code",
    "pre": "code",
    "bot_command": "command",
}
_NOTICES = 20


def screen(telegram: StandInTelegram, me: User, cast: Cast) -> Json:
    """Every chat of a person with what stands in it, and the lines that presses have shown."""
    world = telegram.world
    rooms = [_room(telegram, me, chat.id) for chat in world.chats.values() if me.id in chat.present]
    mine = [(number, press) for number, press in enumerate(world.presses.values()) if press.user == me.id]
    return {
        "me": str(me.id),
        "people": [_person(telegram, each, cast) for each in cast.in_telegram],
        "rooms": [each for each in rooms if not each.pop("left")] + [_private(telegram, me)],
        "notices": [
            {"id": number, "text": press.answer.text, "alert": press.answer.alert}
            for number, press in mine[-_NOTICES:]
            if press.answer is not None and press.answer.text
        ],
        "waiting": [f"{press.chat}:{press.message}" for press in telegram.spinning(me)],
    }


def _person(telegram: StandInTelegram, person: User, cast: Cast) -> Json:
    """Somebody to look as, and when the bot last wrote to them in private."""
    private = telegram.seen(person, telegram.private(person))
    heard = max((each.date for each in private if each.author == telegram.world.bot.id), default=0)
    return {
        "id": str(person.id),
        "name": person.first_name,
        "about": cast.about[person.id],
        "heard": heard * 1000,
    }


def _room(telegram: StandInTelegram, me: User, chat_id: int) -> Json:
    chat = telegram.world.chats[chat_id]
    return {
        "id": str(chat_id),
        "name": chat.title,
        "kind": "group",
        "started": True,
        "left": chat.migrated_to is not None,
        "messages": _messages(telegram, me, chat_id),
    }


def _private(telegram: StandInTelegram, me: User) -> Json:
    person = telegram.world.acquaintances[me.id]
    return {
        "id": str(me.id),
        "name": "Samsyn",
        "kind": "private",
        "started": person.started and not person.blocked,
        "messages": _messages(telegram, me, me.id),
    }


def _messages(telegram: StandInTelegram, me: User, chat: int) -> list[Json]:
    return [_message(telegram, me, each) for each in telegram.seen(me, chat)[-SHOWN:]]


def _message(telegram: StandInTelegram, me: User, message: Message) -> Json:
    users = telegram.world.users
    raw: Json = {
        "id": str(message.id),
        "at": message.date * 1000,
        "author": users[message.author].first_name,
        "bot": users[message.author].is_bot,
        "own": message.author == me.id,
        "edited": message.edited is not None,
        "pieces": list(_pieces(message)),
    }
    if message.service is not None:
        raw["notice"] = _notice(telegram, message)
    if raw["own"] and message.text.startswith("/start "):  # the apps show no payload either
        raw["pieces"] = [paragraph([run("/start")])]
    answered = telegram.world.message(message.chat, message.reply_to or 0)
    if answered is not None:
        raw["answers"] = {
            "id": str(answered.id),
            "author": users[answered.author].first_name,
            "words": answered.text[:80],
        }
    return raw


def _notice(telegram: StandInTelegram, message: Message) -> str:
    users, facts = telegram.world.users, message.facts
    actor = users[message.author].first_name
    match message.service:
        case "new_chat_members":
            who = str(facts["new_chat_member"]["first_name"])
            return f"{who} gick med i gruppen" if who == actor else f"{actor} lade till {who}"
        case "left_chat_member":
            who = str(facts["left_chat_member"]["first_name"])
            return f"{who} lämnade gruppen" if who == actor else f"{actor} tog bort {who}"
        case "migrate_from_chat_id":
            return "Gruppen blev en supergrupp"
        case _:
            return "Något ändrades i gruppen"


def _pieces(message: Message) -> Iterator[Json]:
    file = message.attachment
    if file is not None:
        src = f"/api/files/telegram/{file.file_id}"
        yield (
            picture(src, message.text or file.filename)
            if is_picture(file.content)
            else document(src, file.filename)
        )
    yield from words(message)
    for row in message.keyboard:
        yield buttons([_button(each.label, each.callback_data, each.url) for each in row])


def _button(label: str, data: str | None, url: str | None) -> Json:
    raw: Json = {"label": label, "style": "plain", "press": {"label": label, "data": data}}
    return raw | {"href": url} if url else raw


def words(message: Message) -> Iterator[Json]:
    """The text in paragraphs, quotations apart; inside each, runs of words in one style."""
    raw = message.text.encode("utf-16-le")
    quotes = [each for each in message.entities if each.type == "blockquote"]
    ends = len(raw) // 2
    cuts = sorted({0, ends, *(each.offset for each in quotes), *(each.end for each in quotes)})
    for start, end in pairwise(cuts):
        quoted = any(each.offset <= start and end <= each.end for each in quotes)
        runs = _runs(raw, message.entities, start, end)
        if not quoted:
            runs = _stripped(runs)
        if runs:
            yield paragraph(runs, "quote" if quoted else "plain")


def _runs(raw: bytes, entities: tuple[Entity, ...], start: int, end: int) -> list[Json]:
    inside = [each for each in entities if each.offset < end and start < each.end]
    edges = {start, end, *(each.offset for each in inside), *(each.end for each in inside)}
    cuts = sorted(each for each in edges if start <= each <= end)
    runs = []
    for one, two in pairwise(cuts):
        here = [each for each in inside if each.offset <= one and two <= each.end]
        said = raw[one * 2 : two * 2].decode("utf-16-le", "replace")
        href = next((each.url or said for each in here if each.type in ("text_link", "url")), "")
        who = any(each.type in ("mention", "text_mention") for each in here)
        runs.append(run(said, href=href, who=who, styles=[_STYLES.get(each.type, "") for each in here]))
    return runs


def _stripped(runs: list[Json]) -> list[Json]:
    """Without the empty lines that only set a quotation apart."""
    if runs:
        runs[0]["words"] = runs[0]["words"].removeprefix("\n")
        runs[-1]["words"] = runs[-1]["words"].removesuffix("\n")
    return [each for each in runs if each["words"]]
