"""Decisions recorded: by a command, a mention, a shortcut, as an answer, in a form; shown in every chat; undone."""

from datetime import date

import pytest

from bot.playground.slack import Message
from bot.playground.telegram import Message as TelegramMessage
from handlers.kit.ui import Text, text
from storage import decisions
from storage.records import Decision
from tests.stage.people import SlackPerson, Somebody, TelegramPerson
from tests.stage.ready import POLICE, Ready

WHAT = "Vi tänder lyktorna i parken."
NUMBER = {"number": "1/2026"}


def decision(ready: Ready, number: int = 1) -> Decision:
    """A decision as it lies in the store."""
    found = ready.store(lambda store: decisions.get(store, ready.forum.id, number))
    assert found is not None
    return found


def count(ready: Ready) -> int:
    """How many decisions there are."""
    return len(ready.store(lambda store: decisions.latest(store, ready.forum.id, most=50)))


def both_see(ready: Ready, key: str = "decision-title-standing", **values: str) -> tuple[str, str]:
    """The card in Slack and in Telegram, as Ada and Cilla read it."""
    shown = {**NUMBER, **values}
    return ready.ada.sees(key, **shown), ready.cilla.sees(key, **shown)


def says_in_thread(ready: Ready, who: SlackPerson, words: str, under: Message) -> None:
    """A line in the thread of a message."""
    ready.chat.does(ready.chat.slack.say(who.user, ready.chat.channel, words, thread_ts=under.ts))


def presses_stale(ready: Ready, who: TelegramPerson, shown: TelegramMessage, key: str) -> None:
    """A press on a button that only this person's screen still shows; what it says is the last toast."""

    async def press() -> None:
        done = await ready.chat.telegram.press(who.user, shown, ready.chat.t(key))
        assert done is not None
        await ready.chat.telegram.answered(done)

    ready.chat.does(press())


def on_screen(ready: Ready, who: TelegramPerson) -> TelegramMessage:
    """The last message in the group as it stands now, to be looked at later."""
    return ready.chat.telegram.seen(who.user, ready.chat.group)[-1]


def fact(ready: Ready, name: str, value: str) -> str:
    """A line of a decision's card."""
    return f"{ready.chat.t(f'decision-fact-{name}')}: {value}"


# --- In one line -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["beslut", "Beslutat", "decision", "beslut:"])
def test_a_slash_command_records_at_once(ready: Ready, word: str) -> None:
    """In seconds, in either language: the words get a number and show in Slack and in Telegram."""
    ready.bo.commands(f"{word} {WHAT}")

    for words in both_see(ready):
        assert WHAT in words
        assert "Bo Alm" in words
        assert ready.chat.t("decision-fact-process") not in words
    assert (decision(ready).by_name, decision(ready).process) == ("Bo Alm", "")


@pytest.mark.parametrize("word", ["beslut", "decision"])
def test_a_telegram_command_records_at_once(ready: Ready, word: str) -> None:
    """The same from the other side, also by somebody who has never written to the bot in private."""
    ready.dan.commands(f"{word} {WHAT}")

    for words in both_see(ready):
        assert WHAT in words
        assert "Dan Lu" in words


def test_a_mention_records_at_once(ready: Ready) -> None:
    """Where there are no slash commands one speaks to the bot by name."""
    ready.bo.says(f"@Samsyn beslut {WHAT}")

    for words in both_see(ready):
        assert WHAT in words


def test_a_mention_in_telegram_records_at_once(ready: Ready) -> None:
    """So one can in a group where the bot may read along."""
    ready.chat.does(ready.chat.telegram.promote(ready.chat.telegram.world.bot, ready.chat.group))
    ready.cilla.says(f"@SamsynBot beslut {WHAT}")

    for words in both_see(ready):
        assert WHAT in words


def test_several_lines_are_kept(ready: Ready) -> None:
    """What was decided may have paragraphs, right after the word too."""
    ready.bo.says("@Samsyn beslut\nVi köper kaffe.\nOch te.")

    both_see(ready)
    assert decision(ready).what == "Vi köper kaffe.\nOch te."


def test_in_private_one_is_told_that_it_is_recorded(ready: Ready) -> None:
    """The card goes to the chats, so whoever wrote in private gets a word too."""
    ready.bo.says(f"beslut {WHAT}", private=True)

    ready.bo.sees("decision-recorded", **NUMBER)
    both_see(ready)


def test_numbers_go_on_and_belong_to_the_year(ready: Ready) -> None:
    """§ 1, § 2 of this year; with the forum's new year it is § 1 again."""
    ready.bo.commands("beslut Ett.")
    ready.cilla.commands("beslut Två.")
    ready.chat.reads_everything()
    ready.chat.waits(days=305)
    ready.chat.reads_everything()
    ready.bo.commands("beslut Tre.")

    both_see(ready, number="1/2027")
    assert [decision(ready, each).label for each in (1, 2, 3)] == ["1/2026", "2/2026", "1/2027"]


# --- From a message --------------------------------------------------------------------------------------------


def test_an_answer_to_a_message_makes_it_a_decision(ready: Ready) -> None:
    """In Telegram the message answered to is what was decided, and the decision links back to it."""
    ready.cilla.says("Då gör vi så: lyktorna tänds.")
    message = on_screen(ready, ready.cilla)
    ready.dan.says("/beslut", reply_to=message)

    for words in both_see(ready):
        assert "Då gör vi så: lyktorna tänds." in words
    assert decision(ready).link.endswith(f"/{message.id}")
    assert decision(ready).by_name == "Dan Lu"


def test_a_mention_that_answers_a_message_makes_it_a_decision(ready: Ready) -> None:
    """A mention under somebody's message means that message, as a command does."""
    ready.chat.does(ready.chat.telegram.promote(ready.chat.telegram.world.bot, ready.chat.group))
    ready.cilla.says(WHAT)
    ready.dan.says("@SamsynBot beslut", reply_to=on_screen(ready, ready.cilla))

    for words in both_see(ready):
        assert WHAT in words


def test_words_of_ones_own_come_before_those_answered_to(ready: Ready) -> None:
    """Whoever says what was decided means that; the link still leads to what it was about."""
    ready.cilla.says("Ska vi tända lyktorna?")
    message = on_screen(ready, ready.cilla)
    ready.dan.says(f"/beslut {WHAT}", reply_to=message)

    both_see(ready)
    assert (decision(ready).what, bool(decision(ready).link)) == (WHAT, True)


def test_a_mention_in_a_thread_links_to_it(ready: Ready) -> None:
    """What is decided in a thread is shown to all, with the way back to the talk."""
    begun = ready.chat.does(ready.chat.slack.say(ready.bo.user, ready.chat.channel, "Ska vi tända lyktorna?"))
    says_in_thread(ready, ready.ada, f"@Samsyn beslut {WHAT}", begun)

    for words in both_see(ready):
        assert WHAT in words
        assert ready.chat.t("decision-to-message") in words
    assert begun.ts.replace(".", "") in decision(ready).link


def test_a_number_in_a_thread_shows_that_decision(ready: Ready) -> None:
    """It is not recorded as a decision of its own, for there is nothing to be quoted."""
    ready.bo.commands(f"beslut {WHAT}")
    both_see(ready)
    begun = ready.chat.does(ready.chat.slack.say(ready.bo.user, ready.chat.channel, "Vad var det vi sa?"))
    says_in_thread(ready, ready.ada, "@Samsyn beslut 1", begun)

    assert WHAT in ready.ada.sees("decision-title-standing", **NUMBER)
    assert count(ready) == 1


def test_the_shortcut_opens_the_form_with_the_message_in_it(ready: Ready) -> None:
    """*Spara som beslut* on a message: its words are there to be put right, and the link is kept."""
    begun = ready.chat.does(ready.chat.slack.say(ready.bo.user, ready.chat.channel, WHAT))
    ready.chat.does(ready.chat.slack.message_shortcut(ready.ada.user, begun, "record_decision"))

    assert ready.ada.fills({"decision-field-why": "Det är mörkt."}) == {}

    for words in both_see(ready):
        assert WHAT in words
        assert fact(ready, "why", "Det är mörkt.") in words
    assert begun.ts.replace(".", "") in decision(ready).link


# --- In a form -------------------------------------------------------------------------------------------------


def _everything(ready: Ready) -> dict[str, str | list[str]]:
    t = ready.chat.t
    return {
        "decision-field-what": WHAT,
        "decision-field-why": "Det är mörkt.",
        "decision-field-process": t("decision-process-consent"),
        "decision-field-actors": [POLICE],
        "decision-field-objections": "Polisen ville vänta.",
        "decision-field-owner": ready.chat.say(text("person-of-actor", person="Bo Alm", actor=POLICE), "sv"),
        "decision-field-follow-up": "2026-03-20",
    }


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_form_takes_all_that_there_is_to_say(ready: Ready, platform: str) -> None:
    """A modal in Slack, a talk in Telegram: the same questions, the same card in both chats."""
    who: Somebody = ready.ada if platform == "slack" else ready.cilla
    who.commands("beslut")
    assert who.fills(_everything(ready)) == {}

    for words in both_see(ready):
        assert WHAT in words
        assert fact(ready, "why", "Det är mörkt.") in words
        assert fact(ready, "process", ready.chat.t("decision-process-consent")) in words
        assert fact(ready, "actors", POLICE) in words
        assert fact(ready, "objections", "Polisen ville vänta.") in words
        assert "20 mars 2026" in words
    one = decision(ready)
    ready.cilla.reads_all()
    assert (one.owner, one.actors, one.follow_up_on and one.follow_up_on.isoformat()) == (
        2,
        (2,),
        "2026-03-20",
    )


def test_the_menu_opens_the_form(ready: Ready) -> None:
    """Nobody needs to know a word: the menu has a button for it."""
    ready.ada.commands("meny")
    ready.ada.sees("menu-title")
    ready.ada.clicks("menu-decision")
    assert ready.ada.fills({"decision-field-what": WHAT}) == {}

    both_see(ready)


def test_a_mention_without_words_offers_the_form(ready: Ready) -> None:
    """A mention cannot open a modal, so there is a button that does."""
    ready.ada.says("@Samsyn beslut")
    ready.ada.sees("decision-form-title")
    ready.ada.clicks("form-open")
    assert ready.ada.fills({"decision-field-what": WHAT}) == {}

    both_see(ready)


def test_a_day_that_has_passed_is_objected_to_in_the_modal(ready: Ready) -> None:
    """The form stays open with everything in it, and can be sent in again."""
    ready.ada.commands("beslut")
    wrong = ready.ada.fills({"decision-field-what": WHAT, "decision-field-follow-up": "2026-03-01"})
    assert list(wrong.values()) == [ready.chat.t("field-date-past", day=date(2026, 3, 1))]

    assert ready.ada.fills({"decision-field-follow-up": "2026-03-16"}) == {}
    both_see(ready)
    assert (decision(ready).what, decision(ready).follow_up_on) == (WHAT, date(2026, 3, 16))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("någon gång", text("field-date-unreadable", said="någon gång")),
        ("1 mars 2026", text("field-date-past", day=date(2026, 3, 1))),
    ],
)
def test_a_day_that_cannot_be_is_objected_to_in_the_talk(ready: Ready, said: str, why: Text) -> None:
    """In Telegram one writes days in plain words; what cannot be used is said, and asked for again."""
    ready.cilla.commands("beslut", private=True)
    ready.cilla.says(WHAT, private=True)
    for key in ("form-skip", "form-keep", "form-skip", "form-skip", "form-skip"):
        ready.cilla.clicks(key)
    ready.cilla.says(said, private=True)
    assert ready.chat.say(why, "sv") in ready.cilla.reads_all()[-1]
    ready.cilla.says("om två veckor", private=True)

    ready.chat.reads_everything()
    assert decision(ready).follow_up_on == date(2026, 3, 16)


def test_a_talk_goes_on_after_a_restart(ready: Ready) -> None:
    """What was answered before the process ended is there afterwards; nothing is asked twice."""
    ready.cilla.commands("beslut", private=True)
    ready.cilla.sees("decision-form-title")
    ready.cilla.says(WHAT, private=True)
    ready.chat.restarts()
    assert ready.cilla.fills({"decision-field-why": "Det är mörkt."}) == {}

    ready.chat.reads_everything()
    assert (decision(ready).what, decision(ready).why, count(ready)) == (WHAT, "Det är mörkt.", 1)


def test_a_talk_can_be_left_in_the_middle(ready: Ready) -> None:
    """Cancelled, nothing is recorded."""
    ready.cilla.commands("beslut", private=True)
    ready.cilla.says(WHAT, private=True)
    ready.cilla.clicks("form-cancel")

    ready.chat.reads_everything()
    assert count(ready) == 0


# --- Undoing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_the_author_undoes_it_in_time(ready: Ready, platform: str) -> None:
    """Within a quarter of an hour one press takes it back in both chats; the number stays, marked as undone."""
    who: Somebody = ready.bo if platform == "slack" else ready.cilla
    who.commands(f"beslut {WHAT}")
    both_see(ready)
    ready.chat.waits(minutes=14)
    who.clicks("decision-undo")

    both_see(ready, "decision-title-undone")
    if platform == "slack":
        ready.bo.sees("decision-undone", **NUMBER)
    else:
        assert ready.cilla.toasts() == [ready.chat.t("decision-undone", **NUMBER)]
    ready.cilla.commands("beslut Nytt.")
    both_see(ready, number="2/2026")


def test_the_button_to_undo_goes_away(ready: Ready) -> None:
    """After the quarter of an hour the card changes by itself in both chats."""
    ready.bo.commands(f"beslut {WHAT}")
    assert all(ready.chat.t("decision-undo") in words for words in both_see(ready))

    ready.chat.waits(minutes=16)

    assert not any(ready.chat.t("decision-undo") in words for words in both_see(ready))


def test_too_late_to_undo(ready: Ready) -> None:
    """An old card's button still tells what to do instead."""
    ready.cilla.commands(f"beslut {WHAT}")
    both_see(ready)
    old = on_screen(ready, ready.cilla)
    ready.chat.waits(minutes=15)
    both_see(ready)
    presses_stale(ready, ready.cilla, old, "decision-undo")

    assert ready.cilla.toasts() == [ready.chat.t("decision-undo-over")]
    assert decision(ready).state == "standing"


def test_nobody_undoes_somebody_elses(ready: Ready) -> None:
    """Not even who runs the forum: they change or withdraw it, with a reason."""
    ready.bo.commands(f"beslut {WHAT}")
    both_see(ready)
    ready.ada.clicks("decision-undo")
    ready.cilla.clicks("decision-undo")

    ready.ada.sees("decision-undo-over")
    assert ready.cilla.toasts() == [ready.chat.t("decision-undo-over")]
    assert decision(ready).state == "standing"


def test_undoing_twice_says_so(ready: Ready) -> None:
    """A double click on the button to undo undoes once."""
    ready.cilla.commands(f"beslut {WHAT}")
    both_see(ready)
    old = on_screen(ready, ready.cilla)
    ready.cilla.clicks("decision-undo")
    both_see(ready, "decision-title-undone")
    presses_stale(ready, ready.cilla, old, "decision-undo")

    assert ready.cilla.toasts()[-1] == ready.chat.t("decision-not-standing", **NUMBER)
    assert decision(ready).version == 2


# --- Both languages --------------------------------------------------------------------------------------------


def test_each_chat_and_person_reads_their_own_language(ready: Ready) -> None:
    """The card is Swedish for the forum and English for whoever chose so, out of the same press."""
    ready.cilla.says("språk", private=True)
    ready.cilla.reads_all()
    ready.cilla.clicks("language-en")
    ready.chat.reads_everything()
    ready.cilla.says(f"decision {WHAT}", private=True)

    ready.cilla.sees("decision-recorded", "en", **NUMBER)
    ready.cilla.sees("decision-title-standing", "sv", **NUMBER)
    ready.ada.sees("decision-title-standing", "sv", **NUMBER)
    ready.cilla.says("decisions", private=True)
    ready.cilla.sees("decision-latest", "en")
