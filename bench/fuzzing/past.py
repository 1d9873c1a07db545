"""What a forum may have behind it when an episode begins: a round of the pulse, open or over, a rhythm, dates that pass.

These come through the engine as anybody's doings do, so that what is fuzzed afterwards stands on real cards.
"""

from datetime import timedelta
from typing import Final

from bench.fuzzing.dice import Dice
from bench.fuzzing.scene import Scene
from bench.fuzzing.stage import Stage
from bot.playground.slack.world import HOME_TEAM
from handlers.kit.inbound import Account, Chat, Click, Submit

_RHYTHMS: Final = ("weekly", "biweekly", "monthly", "quarterly")
QUESTIONS: Final = 8
"""More than any round asks."""


async def lived(stage: Stage, scene: Scene, rng: Dice) -> None:
    """Live through some of it; how much is chance."""
    if rng.hits(0.4):  # nothing has happened yet
        return
    await _acts(stage, scene, "pulse.open_now:1")
    for each in _members(scene)[: rng.choice((0, 4, 6, 8))]:
        choices = {f"q{at}": str(rng.randint(0, 5)) for at in range(QUESTIONS)}
        await _sends(stage, each, "pulse.answer:1:1", choices)
    if rng.hits(0.3):
        first = (stage.clock.now() + timedelta(days=rng.randint(1, 20))).date().isoformat()
        await _sends(
            stage,
            _members(scene)[0],
            "rhythm.rhythm_form:1",
            {"rhythm": rng.choice(_RHYTHMS), "first": first},
        )
    await stage.settled()
    if rng.hits(0.5):  # the round is over, and its result hangs in both chats
        await stage.passes(timedelta(days=11))
        await stage.settled()


def _members(scene: Scene) -> list[Account]:
    """The members of the first forum: the coordinator first, and by turns from both platforms."""
    slack = [Account("slack", HOME_TEAM, each.id) for each in scene.in_slack[:4]]
    telegram = [Account("telegram", "", str(each.id)) for each in scene.in_telegram[:4]]
    return [each for pair in zip(slack, telegram, strict=True) for each in pair]


async def _acts(stage: Stage, scene: Scene, data: str) -> None:
    chat = Chat("slack", HOME_TEAM, scene.channels[0])
    await stage.app.engine.handle(Click(key=f"0:{data}", who=_members(scene)[0], chat=chat, data=data))


async def _sends(stage: Stage, who: Account, data: str, answers: dict[str, str]) -> None:
    chat = Chat(who.platform, who.workspace, who.user, private=True)
    key = f"0:{who.user}:{data}"
    await stage.app.engine.handle(Submit(key=key, who=who, chat=chat, data=data, answers=answers))
