"""What a person at the page can do, one function for each, named as the page names them.

The hands are those of the stand-ins: nothing here does what the real apps would not allow. Whatever the page sends
is checked first, for anybody who can reach the page can send anything.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from bot.playground.house import House
from bot.playground.ledger import Call
from bot.playground.pieces import Json
from bot.playground.slack import BOT_USER, Channel, NotThere
from bot.playground.slack import Message as SlackMessage
from bot.playground.slack import User as SlackUser
from bot.playground.slack.state import fields_of, filled
from bot.playground.telegram import Impossible
from bot.playground.telegram import Message as TelegramMessage
from bot.playground.telegram import User as TelegramUser

LONGEST = 4000
"""What one message can hold, a little under what either platform takes."""
LONGEST_NAME = 60
LONGEST_MOVE = timedelta(days=31)

Do = Callable[[House, Mapping[str, Any]], Awaitable[Json]]


class Unclear(ValueError):  # noqa: N818 - what the page said, not a fault of ours
    """The page asked for something in a way that cannot be understood."""


CANNOT = (NotThere, Impossible)
"""The person cannot do this, or not any more."""


def _words(said: Mapping[str, Any], name: str, *, longest: int = LONGEST, empty: bool = False) -> str:
    value = said.get(name)
    if not isinstance(value, str) or len(value) > longest or not (empty or value.strip()):
        raise Unclear(name)
    return value.encode("utf-8", "replace").decode()


def _maybe(said: Mapping[str, Any], name: str) -> str | None:
    return _words(said, name) if said.get(name) is not None else None


# --- Slack -----------------------------------------------------------------------------------------------------


def _slack_person(house: House, said: Mapping[str, Any]) -> SlackUser:
    wanted = _words(said, "person")
    person = next((each for each in house.cast.in_slack if each.id == wanted), None)
    if person is None:
        raise Unclear("person")
    return person


def _slack_room(house: House, said: Mapping[str, Any]) -> Channel:
    room = house.slack.world.channels.get(_words(said, "room"))
    if room is None:
        raise NotThere("the channel is gone")
    return room


def _slack_message(house: House, said: Mapping[str, Any]) -> SlackMessage:
    found = house.slack.world.messages.get((_slack_room(house, said).id, _words(said, "message")))
    if found is None or found.deleted:
        raise NotThere("the message is gone")
    return found


async def slack_say(house: House, said: Mapping[str, Any]) -> Json:
    """Write in a channel, in private or in a thread; what begins with a stroke is a slash command."""
    person, room, words = _slack_person(house, said), _slack_room(house, said), _words(said, "words")
    thread = _maybe(said, "thread")
    if words.startswith("/"):
        command, _, rest = words.partition(" ")
        await house.slack.slash(person, room, command, rest.strip(), thread)
    else:
        await house.slack.say(person, room, words, thread)
    return {}


async def slack_press(house: House, said: Mapping[str, Any]) -> Json:
    """Press a button under a message."""
    person, message = _slack_person(house, said), _slack_message(house, said)
    await house.slack.press_id(person, message, _words(said, "action"), _maybe(said, "value"))
    return {}


async def slack_shortcut(house: House, said: Mapping[str, Any]) -> Json:
    """Choose "Spara som beslut" in the menu of a message."""
    await house.slack.message_shortcut(
        _slack_person(house, said), _slack_message(house, said), "record_decision"
    )
    return {}


async def slack_home(house: House, said: Mapping[str, Any]) -> Json:
    """Open the bot's own page."""
    await house.slack.open_home(_slack_person(house, said))
    return {}


async def slack_press_home(house: House, said: Mapping[str, Any]) -> Json:
    """Press a button on the bot's own page."""
    person = _slack_person(house, said)
    home = house.slack.home(person)
    if home is None:
        raise NotThere("the page is empty")
    await house.slack.press_view_id(person, home, _words(said, "action"), _maybe(said, "value"))
    return {}


async def slack_submit(house: House, said: Mapping[str, Any]) -> Json:
    """Send the modal in front of a person; objections stand in it afterwards."""
    person = _slack_person(house, said)
    modal, values = house.slack.modal(person), said.get("values")
    if modal is None:
        raise NotThere("the modal is gone")
    if not isinstance(values, dict):
        raise Unclear("values")
    for block, element in fields_of(modal.view.blocks):
        key = (block["block_id"], element["action_id"])
        given = values.get("/".join(key), [])
        if not isinstance(given, list):
            raise Unclear("values")
        words = [_words({"it": each}, "it", empty=True) for each in given]
        modal.view.values[key] = filled(house.slack.world, element, words)
    await house.slack.submit(person)
    return {}


async def slack_press_modal(house: House, said: Mapping[str, Any]) -> Json:
    """Press a button inside the modal."""
    person = _slack_person(house, said)
    modal = house.slack.modal(person)
    if modal is None:
        raise NotThere("the modal is gone")
    await house.slack.press_view_id(person, modal.view, _words(said, "action"), _maybe(said, "value"))
    return {}


async def slack_close(house: House, said: Mapping[str, Any]) -> Json:
    """Close the modal without sending it."""
    person = _slack_person(house, said)
    if house.slack.modal(person) is not None:
        await house.slack.close_modal(person)
    return {}


async def slack_channel(house: House, said: Mapping[str, Any]) -> Json:
    """Make a channel with everybody who works here in it, and invite the bot."""
    person, name = _slack_person(house, said), _words(said, "name", longest=LONGEST_NAME)
    tidy = "-".join(name.lower().split()).removeprefix("#")
    others = [each for each in house.cast.in_slack if each is not person and not each.is_stranger]
    room = house.slack.world.add_channel(tidy, [person, *others], creator=person.id)
    await house.slack.invite_bot(person, room)
    return {"room": room.id}


async def slack_remove_bot(house: House, said: Mapping[str, Any]) -> Json:
    """Put the bot out of a channel, or let it in again."""
    person, room = _slack_person(house, said), _slack_room(house, said)
    if BOT_USER in room.members:
        await house.slack.remove_bot(room, person)
    else:
        await house.slack.invite_bot(person, room)
    return {}


# --- Telegram --------------------------------------------------------------------------------------------------


def _telegram_person(house: House, said: Mapping[str, Any]) -> TelegramUser:
    wanted = _words(said, "person")
    person = next((each for each in house.cast.in_telegram if str(each.id) == wanted), None)
    if person is None:
        raise Unclear("person")
    return person


def _number(said: Mapping[str, Any], name: str) -> int:
    words = _words(said, name, longest=20)
    if not words.removeprefix("-").isdecimal() or not words.isascii():
        raise Unclear(name)
    return int(words)


def _telegram_message(house: House, said: Mapping[str, Any], name: str = "message") -> TelegramMessage:
    found = house.telegram.world.message(_number(said, "room"), _number(said, name))
    if found is None:
        raise Impossible("the message is gone")
    return found


async def telegram_say(house: House, said: Mapping[str, Any]) -> Json:
    """Write in a group or in private, as an answer to a message if one is named."""
    person, room = _telegram_person(house, said), _number(said, "room")
    if room not in house.telegram.world.chats:
        raise Impossible("the group is gone")
    answered = _telegram_message(house, said, "answers") if said.get("answers") is not None else None
    house.telegram.people.say(person, room, _words(said, "words"), answered)
    return {}


async def telegram_press(house: House, said: Mapping[str, Any]) -> Json:
    """Press a button under a message. A start link leads into the private chat."""
    person, message = _telegram_person(house, said), _telegram_message(house, said)
    label, data = _words(said, "label"), _maybe(said, "data")
    press = house.telegram.people.press(person, message, label, data)
    return {} if press is not None else {"room": str(house.telegram.private(person))}


async def telegram_start(house: House, said: Mapping[str, Any]) -> Json:
    """Press Start in the private chat."""
    house.telegram.people.start(_telegram_person(house, said))
    return {}


async def telegram_group(house: House, said: Mapping[str, Any]) -> Json:
    """Make a group with everybody in it, run by whoever makes it, and bring the bot in."""
    person, name = _telegram_person(house, said), _words(said, "name", longest=LONGEST_NAME)
    others = [each for each in house.cast.in_telegram if each is not person]
    room = house.telegram.world.add_group(name.strip(), [person, *others])
    house.telegram.people.add_bot(person, room)
    return {"room": str(room)}


# --- The clock -------------------------------------------------------------------------------------------------


async def move_clock(house: House, said: Mapping[str, Any]) -> Json:
    """Move the playground's clock on by so many seconds, or until the bot says something by itself."""
    seconds = said.get("seconds")
    if seconds is None:
        return {"heard": places(house, await house.to_next_reminder())}
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise Unclear("seconds")
    if not timedelta() < timedelta(seconds=min(seconds, 10**9)) <= LONGEST_MOVE:
        raise Unclear("seconds")
    return {"heard": places(house, await house.forward(timedelta(seconds=seconds)))}


def places(house: House, sent: Sequence[Call]) -> list[str]:
    """Where the bot wrote, in the words of the page; each place once."""
    return list(dict.fromkeys(_place(house, each) for each in sent))


def _place(house: House, sent: Call) -> str:
    if sent.platform == "slack":
        channel = house.slack.world.channels[str(sent.args["channel"])]
        names = [each.real_name for each in house.cast.in_slack if each.id in channel.members]
        return f"till {names[0]} privat i Slack" if channel.is_im else f"i #{channel.name}"
    chat = house.telegram.world.chat(int(sent.args["chat_id"]))
    name = house.telegram.world.users[chat.id].first_name if chat.type == "private" else chat.title
    return f"till {name} privat i Telegram" if chat.type == "private" else f"i gruppen {name}"


_SLACK = (
    slack_say, slack_press, slack_shortcut, slack_home, slack_press_home, slack_submit, slack_press_modal,
    slack_close, slack_channel, slack_remove_bot,
)  # fmt: skip
_TELEGRAM = (telegram_say, telegram_press, telegram_start, telegram_group)
DOINGS: Mapping[str, Do] = {each.__name__: each for each in (*_SLACK, *_TELEGRAM, move_clock)}


async def do(house: House, said: object) -> Json:
    """Do what the page says. Raises ``Unclear``, or one of ``CANNOT``."""
    if not isinstance(said, dict):
        raise Unclear("body")
    doing = DOINGS.get(str(said.get("do")))
    if doing is None:
        raise Unclear("do")
    return await partial(doing, house)(said)
