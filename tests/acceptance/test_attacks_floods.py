"""One person does two hundred things at once: everything is done once, and everybody else is answered meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.carry import MANY
from storage import decisions
from tests.acceptance.siege import Siege
from tests.stage.ready import Ready

Besieged = tuple[Siege, Ready]
FLOOD = 200


def flooded(siege: Siege, *deeds: Coroutine[Any, Any, Any]) -> None:
    """All of it at the same time; the bot says in the middle of it and afterwards that it is ready."""

    async def together() -> bool:
        _, is_ready = await asyncio.gather(asyncio.gather(*deeds), siege.is_ready())
        return bool(is_ready)

    assert siege.does(together())
    assert siege.does(siege.is_ready())


async def in_telegram(siege: Siege, deed: Callable[[int], object]) -> None:
    """The same two hundred times, and then wait: two hundred who wait would keep the stand-in busier than the bot."""
    for each in range(FLOOD):
        deed(each)
    await siege.telegram.quiet()


def numbers(ready: Ready) -> list[int]:
    """The numbers of all decisions."""
    found = ready.store(lambda store: decisions.latest(store, ready.forum.id, most=FLOOD + 10))
    return sorted(each.number for each in found)


def place_of(siege: Siege, words: str) -> list[int]:
    """Where in the order of everything that was sent these words were."""
    return [index for index, each in enumerate(siege.platforms.ledger.sent()) if words in str(each.args)]


def test_two_hundred_decisions_at_once(besieged: Besieged) -> None:
    """Each is recorded once, with no gap in the numbers, and shown in both chats; others do not wait for the end."""
    siege, ready = besieged
    alone = siege.slack.world.im_of(ready.ada.user.id).id

    flooded(
        siege,
        *(
            siege.slack.slash(ready.bo.user, siege.channel, "/samsyn", f"beslut Flod {each}.")
            for each in range(FLOOD)
        ),
        siege.slack.slash(ready.ada.user, alone, "/samsyn", "medlemmar"),
        siege.telegram.say(ready.cilla.user, siege.telegram.private(ready.cilla.user), "/medlemmar"),
    )

    assert numbers(ready) == list(range(1, FLOOD + 1))
    shown, answers = place_of(siege, "Flod "), place_of(siege, "Medlemmar i ")
    assert (len(shown), len(answers)) == (2 * FLOOD, 2)
    assert max(answers) < max(shown)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_two_hundred_presses_at_once(besieged: Besieged, platform: str) -> None:
    """The button that undoes is pressed two hundred times: undone once; every press is answered."""
    siege, ready = besieged
    who = ready.bo if platform == "slack" else ready.cilla
    who.commands("beslut Vi ångrar oss.")
    siege.reads_everything()
    undo = siege.t("decision-undo")
    if platform == "slack":
        message = next(each for each in reversed(ready.bo._messages()) if undo in str(each.blocks))
        flooded(siege, *(siege.slack.press(ready.bo.user, message, undo) for _ in range(FLOOD)))
    else:
        card = next(each for each in reversed(ready.cilla._messages()) if undo in each.labels)
        flooded(
            siege, in_telegram(siege, lambda _: siege.telegram.people.press(ready.cilla.user, card, undo))
        )
        assert siege.telegram.spinning(ready.cilla.user) == []

    versions = ready.store(lambda store: decisions.versions(store, ready.forum.id, 1))
    assert [each.state for each in versions] == ["standing", "undone"]


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_two_hundred_words_that_nobody_understands(besieged: Besieged, platform: str) -> None:
    """It fills nobody else's chat, a decision in the middle is shown in both, answers end, and come again afterwards."""
    siege, ready = besieged
    slack_alone = siege.slack.world.im_of(ready.bo.user.id).id
    telegram_alone = siege.telegram.private(ready.cilla.user)
    gibberish = (
        [siege.slack.say(ready.bo.user, slack_alone, f"blah {each}") for each in range(FLOOD)]
        if platform == "slack"
        else [
            in_telegram(
                siege,
                lambda each: siege.telegram.people.say(ready.cilla.user, telegram_alone, f"blah {each}"),
            )
        ]
    )
    siege.platforms.ledger.clear()

    flooded(
        siege, *gibberish, siege.slack.slash(ready.ada.user, siege.channel, "/samsyn", "beslut Vi står kvar.")
    )

    assert numbers(ready) == [1]
    sent = [str(each.args) for each in siege.platforms.ledger.sent()]
    aloud = [each for each in sent if siege.channel in each or str(siege.group) in each]
    assert len(aloud) == 2
    assert all("Vi står kvar." in each for each in aloud)
    assert MANY <= len(sent) - 2 < FLOOD
    who = ready.bo if platform == "slack" else ready.cilla
    siege.reads_everything()
    who.says("blah", private=True)
    who.sees("help-not-understood", said="blah")
