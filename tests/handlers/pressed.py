"""Presses with data of one's own: what comes of a button, wherever somebody has it from."""

from itertools import count

from bot.adapter import Outcome
from handlers.kit.inbound import Account, Chat, Click
from tests.stage.people import SlackPerson, Somebody, TelegramPerson
from tests.stage.ready import Ready

_NUMBERS = count()


def presses(ready: Ready, who: Somebody, data: str) -> str:
    """The key of what a person is told when the press is refused; "" when it is not."""
    account = _account(who)
    press = Click(
        key=f"{ready.chat.now.timestamp():.0f}:pressed:{next(_NUMBERS)}",
        who=account,
        chat=Chat(account.platform, account.workspace, account.user, private=True),
        data=data,
        message="1",
        message_private=True,
    )
    outcome: Outcome = ready.chat.does(ready.chat.app.engine.handle(press))
    return outcome.refused.key if outcome.refused else ""


def _account(who: Somebody) -> Account:
    if isinstance(who, SlackPerson):
        return Account("slack", "T0HOME", who.user.id, who.name)
    assert isinstance(who, TelegramPerson)
    return Account("telegram", "", str(who.user.id), who.name)
