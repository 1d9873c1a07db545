"""How a forum comes about, through the front door: nothing is put into the store by hand."""

import re

from handlers.kit.ui import text
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson

NAME, CHALLENGE = "Trygghet i centrum", "Fler vågar gå hem."
TOWN, POLICE = "Sundköpings kommun", "Polisen"


def tied_forum(chat: Chat) -> tuple[SlackPerson, SlackPerson, TelegramPerson]:
    """Ada, Bo and Cilla in one forum with two chats; nothing of it is left to read.

    Ada invites the bot in Slack and starts the forum. Cilla, who runs the Telegram group, redeems the code that Ada
    asked for; Ada says yes. Bo joins in Slack, Cilla in Telegram.
    """
    ada, bo = chat.slack_person("Ada Ek"), chat.slack_person("Bo Alm")
    cilla = chat.telegram_person("Cilla Ö", admin=True)
    chat.does(chat.slack.invite_bot(ada.user, chat.channel))
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    ada.clicks("setup-start")
    started = {"setup-field-name": NAME, "setup-field-challenge": CHALLENGE, "organisation-yours": TOWN}
    assert ada.fills(started) == {}
    _tie(chat, ada, cilla)
    bo.clicks("forum-join")
    assert bo.fills({"organisation-new": POLICE}) == {}
    cilla.clicks("forum-join")
    assert cilla.fills({"member-field-actor": POLICE}) == {}
    chat.reads_everything()
    return ada, bo, cilla


def _tie(chat: Chat, ada: SlackPerson, cilla: TelegramPerson) -> None:
    """The group is tied with a code that wanders from one chat to the other."""
    chat.reads_everything()
    ada.clicks("forum-tie")
    code = re.search(r"[B-Z]{4}-[B-Z]{4}", ada.reads_all()[-1])
    assert code
    cilla.clicks("setup-tie")
    assert cilla.fills({"tie-field-code": code[0]}) == {}
    ada.sees("tie-question", name=NAME)
    ada.clicks("tie-approve")
    ada.sees("tie-approved", chat=text("place-name", title="Trygghet", platform="Telegram"))
