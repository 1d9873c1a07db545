"""What a vote leaves in the database: keys without a person, and nothing else."""

from typing import Any

import pytest

from bot.playground.faults import PlatformError
from storage import turns
from storage.copying import TABLES
from storage.db import Store
from tests.handlers.pulse_forum import PulseForum, pulse_forum
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, Somebody, TelegramPerson
from tests.stage.postgres import ON_BOTH_ENGINES

pytestmark = ON_BOTH_ENGINES
CHOICES = (4, 1, 3, 5)


@pytest.fixture(name="forum")
def _forum(chat: Chat) -> PulseForum:
    return pulse_forum(chat)


def _rows(forum: PulseForum) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table."""

    def look(store: Store) -> dict[str, set[tuple[Any, ...]]]:
        if store.engine == "postgres":
            store.run(
                "update chat_turn set until = sign(until) * (abs(until) - :wide)", wide=turns.WIDEST_MS
            )  # a minute later
            turns.forget(store)
        return {each: set(store.all(f"select * from {each}")) for each in (*TABLES, "chat_turn", "lease")}

    return forum.chat.runner.run(forum.chat.app.writer.run(look))


def _user(who: Somebody) -> str:
    assert isinstance(who, SlackPerson | TelegramPerson)
    return str(who.user.id)


@pytest.mark.parametrize("place", [1, 7], ids=["Slack", "Telegram"])
def test_a_vote_leaves_no_row_with_a_person(forum: PulseForum, place: int) -> None:
    """From the first press to the thanks only keys are added, and they do not tell whose."""
    forum.opens()
    who = forum.people[place]
    before = _rows(forum)

    forum.answers(who, CHOICES)
    who.sees("pulse-thanks")

    after = _rows(forum)
    assert {name for name in after if after[name] != before[name]} == {"seen"}
    assert before["seen"] < after["seen"]
    assert not [each for each in after["seen"] if _user(who) in str(each)]
    forum.chat.reads_everything()


def test_an_answer_that_is_refused_leaves_none_either(forum: PulseForum) -> None:
    """Somebody presses again, in both chats, and hears that they are counted already."""
    forum.opens()
    for place in (1, 7):
        forum.answers(forum.people[place], CHOICES)
    before = _rows(forum)

    for place in (1, 7):
        forum.people[place].clicks("pulse-answer")

    after = _rows(forum)
    assert {name for name in after if after[name] != before[name]} == {"seen"}
    forum.chat.reads_everything()


def test_thanks_that_cannot_be_sent_go_as_well(forum: PulseForum) -> None:
    """She blocks the bot before the last press has its answer: what was to be said is given up and gone."""
    forum.opens()
    cilla = forum.cilla
    cilla.clicks("pulse-answer")
    for choice in CHOICES:
        cilla.clicks(f"pulse-choice-{choice}")
    forum.chat.reads_everything()
    before = _rows(forum)
    blocked = PlatformError("Forbidden: bot was blocked by the user", 403)
    forum.chat.platforms.faults.plant("editMessageText", blocked)

    cilla.clicks("pulse-form-send")

    assert forum.chat.app.ballots.answered(forum.round().token) == 1
    assert _rows(forum)["outbox"] == before["outbox"]
    forum.chat.reads_everything()
