"""A weather over the stand-in Telegram: answers that come to nothing, and deliveries that do not come."""

from dataclasses import dataclass, field
from functools import partial

import pytest
from telegram.error import TelegramError

from bot.playground import faults as planted
from bot.playground.faults import CutReply, Fault, LostRequest
from bot.playground.telegram import User
from tests.bot.standin_telegram.stage import Stage

pytestmark = pytest.mark.anyio


@dataclass(slots=True)
class Changeable:
    """Meets deliveries as listed, and remembers which calls there were."""

    ways: list[CutReply | LostRequest | None]
    called: list[tuple[str, str, str]] = field(default_factory=list)

    def call(self, platform: str, method: str, chat: str) -> Fault | None:
        self.called.append((platform, method, chat))
        return None

    def delivery(self, platform: str, kind: str) -> CutReply | LostRequest | None:
        assert (platform, kind) == ("telegram", "update")
        return self.ways.pop(0)


@pytest.mark.parametrize("fault", [planted.CutBody(), planted.Nonsense(), planted.Nonsense("<p>")])
async def test_an_answer_that_cannot_be_read_hides_an_effect(stage: Stage, ada: User, fault: Fault) -> None:
    """Cut in the middle or no answer at all: the message is there."""
    stage.tg.people.start(ada)
    stage.faults.plant("sendMessage", fault)
    with pytest.raises((TelegramError, TypeError)):
        await stage.bot.send_message(ada.id, "sent, unknown")

    assert [m.text for m in stage.tg.seen(ada, ada.id)][1:] == ["sent, unknown"]


async def test_every_call_meets_the_weather_that_nothing_was_planted_for(stage: Stage, group: int) -> None:
    """It is told the method and the chat; what is planted goes first."""
    stage.faults.weather = weather = Changeable([])
    stage.faults.plant("getMe", planted.ServerError())
    with pytest.raises(TelegramError):
        await stage.bot.get_me()
    await stage.bot.get_chat(group)

    assert weather.called == [("telegram", "getChat", str(group))]


async def test_a_webhook_hears_again_what_did_not_arrive_or_was_not_heard_of(stage: Stage, ada: User) -> None:
    """A delivery may be lost, or its answer; either way it comes again."""
    stage.faults.weather = Changeable([LostRequest(), CutReply(), None])
    await stage.bot.set_webhook(f"{stage.address}/hook")
    stage.tg.people.start(ada)
    for why in ("Connection refused", "Read timeout expired"):
        await stage.tg.bell.until(partial(_failed, stage, why))
        stage.tg.webhook.hurry()
    await stage.tg.quiet()

    assert len(stage.hook.bodies) == 2


def _failed(stage: Stage, why: str) -> bool:
    return stage.tg.webhook.last_error == why
