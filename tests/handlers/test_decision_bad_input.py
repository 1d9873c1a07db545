"""Decisions and everything that can go wrong with words, chats and the way between: inert, readable, done once."""

import unicodedata
from typing import Any

import pytest

from bot.carry import card_json
from bot.playground import faults as planted
from bot.playground.telegram.values import Member
from handlers.kit.ui import Card, text
from storage import decisions, forums, outbox
from storage.db import Store
from storage.decisions import Wording
from storage.outbox import Address, Letter
from tests.handlers.test_decisions import NUMBER, WHAT, both_see, count, decision
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, Somebody, TelegramPerson
from tests.stage.postgres import ON_BOTH_ENGINES
from tests.stage.ready import Ready, ready_forum

SHARP = [
    "<!channel> <!here|här> <@U0BOT> <#C1>",
    "@everyone @here @channel @SamsynBot",
    "<b>fet</b> <i>lutad</i> <a href='https://x.example'>länk</a> &amp; &lt;",
    "*fet* _lutad_ ~struken~ `kod` ```block```",
    "[länk](https://x.example) <https://x.example|länk>",
    "> citat\n> till\n\n1. ett\n- två",
    "100 % av 'allt' \"det\" \\n {where} { $what }",
    "'; drop table decision; --",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 Å A\u030a",
]
"""Words that would do something if they were taken for more than words."""


@pytest.mark.parametrize("words", SHARP)
@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_words_stay_words(ready: Ready, platform: str, words: str) -> None:
    """Nobody is called, nothing is set in bold, nothing leads anywhere: both chats show what was written."""
    who: Somebody = ready.bo if platform == "slack" else ready.cilla
    who.says(f"beslut {words}", private=True)

    for shown in both_see(ready):
        seen = shown.replace("\u2060", "")  # a sign without width keeps Slack from calling anybody
        assert " ".join(unicodedata.normalize("NFC", words).split()) in " ".join(seen.split())
    ready.chat.reads_everything()
    assert ready.chat.slack.world.broadcasts == []
    assert not _active(ready)


class Backwards:
    """An order in which nothing ever came."""

    def shuffle(self, x: list[Any], /) -> None:
        x.reverse()


def _active(ready: Ready) -> list[str]:
    """What the last card in Telegram does beyond being read: links and commands that it should not have."""
    card = [each for each in ready.chat.telegram.seen(ready.cilla.user, ready.chat.group) if each.keyboard][
        -1
    ]
    return [
        each.type
        for each in card.entities
        if each.type in ("text_link", "text_mention", "bot_command", "code", "pre")
    ]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("a\x00b", "ab"),
        ("rad\x07 ett\x1b[31m", "rad ett[31m"),
        ("\u202eomvänt\u202c", "omvänt"),
        ("halv \ud83d hel", "halv  hel"),
        ("e\u0301", "é"),
    ],
)
def test_signs_that_nobody_sees_are_left_out(ready: Ready, words: str, kept: str) -> None:
    """Zero bytes, control signs, broken halves of characters and overrides of direction."""
    ready.bo.says(f"beslut {words}", private=True)

    assert decision(ready).what == kept
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_right_to_left_words_disturb_nothing_around_them(ready: Ready, platform: str) -> None:
    """Hebrew in a decision and in a name: number and labels stay where they are."""
    who: Somebody = ready.bo if platform == "slack" else ready.cilla
    who.says("beslut מחר ניפגש (12) בפארק", private=True)

    for words in both_see(ready):
        assert "\u2068מחר ניפגש (12) בפארק\u2069" in words
    ready.chat.reads_everything()


@pytest.mark.parametrize("words", ["", "   ", "\u200b\u200d", "\u3164", "\n\n"])
@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_nothing_at_all_opens_the_form(ready: Ready, platform: str, words: str) -> None:
    """Blanks, seen or unseen, are no decision."""
    who: SlackPerson | TelegramPerson = ready.bo if platform == "slack" else ready.cilla
    who.commands(f"beslut {words}")

    assert who.has_form()
    assert count(ready) == 0
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_book_is_no_decision(ready: Ready, platform: str) -> None:
    """Too many words are refused with how many would be fine; nothing is cut in silence."""
    who: Somebody = ready.bo if platform == "slack" else ready.cilla
    who.says("beslut " + "mycket " * 400, private=True)

    who.sees("field-too-long", most=2000, now=2799)
    assert count(ready) == 0


def test_the_longest_decision_fits_on_every_card(ready: Ready) -> None:
    """With everything filled in to the brim it still shows in both chats, in the history and in a list."""
    long = Wording("å" * 2000, "ä" * 2000, "vote", (1, 2), "<&>" * 600, 1)

    def fill(store: Store) -> None:
        member = forums.member(store, ready.forum.id, 1)
        assert member is not None
        decisions.record(store, ready.forum.id, long, year=2026, by=member, now=ready.chat.now)

    ready.store(fill)
    for who in (ready.ada, ready.cilla):
        who.says("beslut 1", private=True)
        assert "å" * 500 in who.sees("decision-title-standing", **NUMBER)
        who.clicks("decision-history")
        who.sees("decision-history-title", **NUMBER)
        who.says("beslutslista", private=True)
        who.sees("decision-latest")


# --- Once ------------------------------------------------------------------------------------------------------


def test_what_is_brought_again_is_done_once(ready: Ready) -> None:
    """Both platforms bring everything a second time, in any order: no further decision, message or change."""
    ready.bo.commands(f"beslut {WHAT}")
    ready.cilla.commands("beslut Två.")
    ready.ada.clicks("decision-undo")
    ready.ada.commands("beslut")
    ready.ada.fills({"decision-field-what": "Tre."})
    ready.chat.reads_everything()
    before = ready.store(lambda store: decisions.latest(store, ready.forum.id, most=9))

    ready.chat.does(ready.chat.slack.redeliver(rng=Backwards()))
    ready.chat.does(ready.chat.telegram.redeliver(rng=Backwards()))

    assert ready.store(lambda store: decisions.latest(store, ready.forum.id, most=9)) == before
    assert ready.chat.unread() == []


def test_a_double_click_records_once(ready: Ready) -> None:
    """The same form sent in twice at the same moment is one decision."""
    ready.cilla.commands("beslut", private=True)
    ready.cilla.says(WHAT, private=True)
    question = ready.chat.telegram.seen(ready.cilla.user, ready.cilla.user.id)[-1]
    save = ready.chat.t("decision-form-save")

    async def twice() -> None:
        presses = [ready.chat.telegram.people.press(ready.cilla.user, question, save) for _ in range(2)]
        for each in presses:
            assert each is not None
            await ready.chat.telegram.answered(each)

    ready.chat.does(twice())

    assert count(ready) == 1
    ready.chat.reads_everything()


# --- The way between -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("platform", "method"), [("slack", "chat.postMessage"), ("telegram", "sendMessage")])
@pytest.mark.parametrize(
    "fault",
    [planted.RateLimited(1), planted.ServerError(), planted.LostRequest()],
    ids=lambda each: type(each).__name__,
)
def test_a_bad_day_of_one_platform_delays_nobody_and_loses_nothing(
    ready: Ready, platform: str, method: str, fault: planted.Fault
) -> None:
    """The card still comes, once, and the other chat has it meanwhile."""
    ready.chat.platforms.faults.plant(method, fault, platform=platform)
    ready.bo.commands(f"beslut {WHAT}")

    both_see(ready)
    assert ready.chat.unread() == []


def test_a_card_whose_arrival_is_unknown_comes_again_with_its_number(ready: Ready) -> None:
    """The answer was cut: rather twice than never, and everybody can see that it is the same decision."""
    ready.chat.platforms.faults.plant("sendMessage", planted.CutReply(), platform="telegram")
    ready.bo.commands(f"beslut {WHAT}")

    both_see(ready)
    ready.cilla.sees("decision-title-standing", **NUMBER)
    assert count(ready) == 1


def test_a_chat_that_the_bot_was_removed_from(ready: Ready) -> None:
    """The other chat goes on; nothing is written to the lost one."""
    ready.chat.does(ready.chat.telegram.remove_bot(ready.cilla.user, ready.chat.group))
    ready.chat.reads_everything()
    ready.bo.commands(f"beslut {WHAT}")

    ready.ada.sees("decision-title-standing", **NUMBER)
    assert ready.chat.unread() == []


def test_a_renamed_channel_is_the_same_channel(ready: Ready) -> None:
    """A name is only a name."""
    ready.chat.does(ready.chat.slack.rename(ready.chat.channel, "trygg-stad"))
    ready.bo.commands(f"beslut {WHAT}")

    both_see(ready)


def test_a_group_that_becomes_a_supergroup(chat: Chat) -> None:
    """Its id changes; decisions go on showing there, and changing those from before does no harm."""
    chat.group = chat.telegram.world.add_group("Trygghet", [], kind="group")
    ready = ready_forum(chat)
    ready.bo.commands(f"beslut {WHAT}")
    both_see(ready)

    chat.telegram.world.chats[chat.group].members[ready.cilla.user.id] = Member("creator")
    chat.group = chat.does(chat.telegram.upgrade(chat.group))
    chat.reads_everything()
    ready.bo.clicks("decision-undo")
    ready.ada.sees("decision-title-undone", **NUMBER)
    chat.reads_everything()
    ready.cilla.commands("beslut Två.")

    both_see(ready, number="2/2026")
    assert decision(ready, 1).state == "undone"


@ON_BOTH_ENGINES
def test_what_still_goes_to_the_old_group_arrives_in_the_supergroup(chat: Chat) -> None:
    """As after a press on a message from before, when the move is known long since: it arrives, and only once."""
    old = chat.group = chat.telegram.world.add_group("Trygghet", [], kind="group")
    ready = ready_forum(chat)
    chat.telegram.world.chats[old].members[ready.cilla.user.id] = Member("creator")
    chat.group = chat.does(chat.telegram.upgrade(old))
    chat.reads_everything()
    card, to = card_json(Card(text("agenda-added"))), Address("telegram", "", str(old))

    letter = ready.store(
        lambda store: outbox.put(
            store, "post", to, card, now=chat.now, language="sv", zone="Europe/Stockholm"
        )
    )
    chat.runner.run(_takes(chat, letter))
    chat.settles()

    ready.cilla.sees("agenda-added")
    assert chat.reads_everything() == []


async def _takes(chat: Chat, letter: Letter) -> None:
    chat.app.dispatcher.take([letter])
