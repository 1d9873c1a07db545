"""What one person sees in the stand-in Slack, as data for the page: channels, private messages, modal, home."""

import re
from collections.abc import Mapping

from bot.playground.cast import Cast
from bot.playground.pieces import SHOWN, Json, paragraph, run
from bot.playground.slack import BOT_USER, Channel, Message, StandInSlack, User, visible
from bot.playground.slack.forms import TROUBLE
from bot.playground.slack.state import REQUIRED, TOO_LONG, TOO_SHORT, WRONG_SHAPE
from bot.playground.slack.talking import NO_ANSWER
from bot.playground.slack.world import SLACKBOT
from bot.playground.slack_blocks import Drawing, read

_TROUBLES = 20
_SWEDISH = {
    REQUIRED: "Fältet måste fyllas i.",
    TOO_LONG: "Texten är för lång.",
    TOO_SHORT: "Texten är för kort.",
    WRONG_SHAPE: "Det värdet går inte att använda.",
    NO_ANSWER: "Appen svarade inte.",
    TROUBLE: "Det gick inte att nå appen. Försök igen.",
}
"""What Slack itself says, as its Swedish app would."""
_SAID_OF_COMMAND = (
    (re.compile(r"(/\S+) is not a valid command\."), r"\1 är inget kommando här."),
    (re.compile(r"(/\S+) is not supported in threads\. Sorry!"), r"\1 fungerar inte i trådar."),
    (re.compile(r"(/\S+) failed with the error .*"), r"\1 gick inte att köra. Försök igen."),
)
_JOINED = "gick med i kanalen"


def screen(slack: StandInSlack, me: User, cast: Cast) -> Json:
    """Every channel of a person, their private messages with the bot, the modal before them and their home."""
    world = slack.world
    names = {each.id: each.real_name for each in world.users.values()}
    mine = [each for each in world.channels.values() if me.id in each.members]
    rooms = [_room(slack, me, each, names) for each in mine if not each.is_im]
    private = [_room(slack, me, each, names) for each in mine if each.is_im and BOT_USER in each.members]
    troubles = [
        (number, each)
        for number, each in enumerate(world.troubles)
        if each.user == me.id and not each.text.startswith("/")  # Slackbot tells these in the channel
    ]
    return {
        "me": me.id,
        "people": [_person(slack, each, cast) for each in cast.in_slack],
        "stranger": me.is_stranger,
        "rooms": rooms + private,
        "home": None if me.is_stranger else _home(slack, me, names),
        "modal": _modal(slack, me, names),
        "notices": [{"id": number, "text": in_swedish(each.text)} for number, each in troubles[-_TROUBLES:]],
    }


def in_swedish(words: str) -> str:
    """What Slack itself says, in the page's language; the bot's own words stay as they are."""
    for pattern, swedish in _SAID_OF_COMMAND:
        words = pattern.sub(swedish, words)
    return _SWEDISH.get(words, words)


def _person(slack: StandInSlack, person: User, cast: Cast) -> Json:
    """Somebody to look as, and when the bot last wrote to them in private."""
    private = slack.world.in_channel(slack.dm(person))
    heard = max((float(each.ts) for each in private if each.by_bot), default=0.0)
    return {
        "id": person.id,
        "name": person.real_name,
        "about": cast.about[person.id],
        "heard": int(heard * 1000),
    }


def _room(slack: StandInSlack, me: User, channel: Channel, names: Mapping[str, str]) -> Json:
    seen = slack.seen(me, channel)[-SHOWN:]
    return {
        "id": channel.id,
        "name": "Samsyn" if channel.is_im else f"#{channel.name}",
        "kind": "private" if channel.is_im else "channel",
        "shared": channel.is_ext_shared,
        "messages": [_message(slack, me, each, names) for each in seen],
    }


def _message(slack: StandInSlack, me: User, message: Message, names: Mapping[str, str]) -> Json:
    author = slack.world.users.get(message.author)
    name = author.real_name if author else "Slackbot"
    raw: Json = {
        "id": message.ts,
        "at": int(float(message.ts) * 1000),
        "author": name,
        "bot": author is None or message.by_bot,
        "own": message.author == me.id,
        "edited": message.edited,
        "pieces": _pieces(message, names),
    }
    if author is not None and author.is_stranger:
        raw["guest"] = True
    if message.subtype == "channel_join":
        raw["notice"] = f"{name} {_JOINED}"
    if message.ephemeral_to is not None:
        raw["whisper"] = True
    if message.thread_ts not in (None, message.ts):
        raw["thread"] = message.thread_ts
    return raw


def _pieces(message: Message, names: Mapping[str, str]) -> list[Json]:
    drawing = Drawing(names)
    pieces = read(message.blocks, drawing) if message.blocks else []
    if not pieces and message.text:
        said = visible(message.text, names)
        pieces = [paragraph([run(in_swedish(said) if message.author == SLACKBOT else said)])]
    return pieces + [drawing.file(each) for each in message.files]


def _home(slack: StandInSlack, me: User, names: Mapping[str, str]) -> Json:
    view = slack.home(me)
    return {"pieces": read(view.blocks, Drawing(names)) if view else []}


def _modal(slack: StandInSlack, me: User, names: Mapping[str, str]) -> Json | None:
    modal = slack.modal(me)
    if modal is None:
        return None
    view, content = modal.view, modal.view.content
    errors = {key: in_swedish(words) for key, words in view.errors.items()}
    drawing = Drawing(names, view.values, errors)
    return {
        "id": f"{view.id}:{view.hash}",
        "title": modal.title,
        "pieces": read(view.blocks, drawing),
        "submit": (content.get("submit") or {}).get("text", ""),
        "close": (content.get("close") or {}).get("text", "") or "Stäng",
        "trouble": in_swedish(modal.trouble),
    }
