"""Actions: recorded in one line, in a form or out of a decision; shown everywhere, changed."""

from datetime import date

import pytest

from bot.playground.slack import plain
from handlers.actions import add_form
from handlers.kit.effects import Refusal
from handlers.kit.ui import text
from storage import actions
from tests.stage.ready import FRIDAY, POLICE, TOWN, Ready
from tests.stage.samples import Sample


def fact(ready: Ready, name: str, value: str) -> str:
    """A line of an action's card, as Slack and Telegram write it."""
    return f"{ready.chat.t(f'action-fact-{name}')}: {value}"


def day(ready: Ready, what: date) -> str:
    """A day in Swedish."""
    return ready.chat.t("action-due-ahead", day=what)


# --- Recording -------------------------------------------------------------------------------------------------


def test_one_line_becomes_an_action_in_every_chat(ready: Ready) -> None:
    """What and when are read off the line; the one who writes owns it; the card shows in Slack and in Telegram."""
    ready.ada.commands("åtgärd Kalla till möte, på fredag")

    for who in (ready.ada, ready.cilla):
        words = who.sees("action-title-open", number="1")
        assert "Kalla till möte\n" in words
        assert TOWN in words
        assert fact(ready, "due", day(ready, FRIDAY)) in words


def test_without_a_day_it_has_none(ready: Ready) -> None:
    """Words that name no day are all taken for what is to be done."""
    ready.ada.says("@Samsyn åtgärd Ring alla som bor vid torget")

    words = ready.ada.sees("action-title-open", number="1")
    assert "Ring alla som bor vid torget" in words
    assert fact(ready, "due", ready.chat.t("action-no-day")) in words
    ready.cilla.reads_all()


def test_in_private_one_is_told_that_it_is_saved(ready: Ready) -> None:
    """The card goes to the chats, so whoever wrote in private gets a word too."""
    ready.cilla.commands("atgard Ring Bo", private=True)

    ready.cilla.sees("action-recorded", number="1")
    assert len(ready.ada.reads_all()) == 1
    ready.cilla.reads_all()


def test_an_answer_to_a_message_takes_its_words(ready: Ready) -> None:
    """Only a day is said: the message answered to is what is to be done."""
    said = ready.chat.does(ready.chat.telegram.say(ready.dan.user, ready.chat.group, "Kan någon boka lokal?"))
    ready.cilla.says("/atgard senast 20 mars", reply_to=said)

    words = ready.ada.sees("action-title-open", number="1")
    assert "Kan någon boka lokal?" in words
    assert fact(ready, "due", day(ready, date(2026, 3, 20))) in words
    ready.cilla.reads_all()


def test_a_long_message_answered_to_is_shortened(ready: Ready) -> None:
    """Its beginning is enough, for the card links to the message."""
    said = ready.chat.does(ready.chat.telegram.say(ready.dan.user, ready.chat.group, "ord " * 300))
    ready.cilla.says("/atgard", reply_to=said)

    words = ready.ada.sees("action-title-open", number="1")
    assert "ord ord …" in words
    assert len(words) < 800
    ready.cilla.reads_all()


@pytest.mark.parametrize("said", ["x" * 501, "مرحبا " * 200, "åtgärd " * 80])
def test_too_long_is_said_so(ready: Ready, said: str) -> None:
    """More than fits on a card is refused with the figures, and nothing is recorded."""
    ready.ada.commands(f"åtgärd {said}")

    ready.ada.sees("field-too-long", most=500, now=len(said.strip()))
    assert ready.store(lambda store: actions.count_open(store, ready.forum.id)) == 0


def test_markup_and_calls_are_only_words(ready: Ready) -> None:
    """Nothing in an action's words calls a whole channel or becomes bold."""
    ready.ada.commands("åtgärd Ropa <!channel> @everyone *nu* <b>genast</b>")

    for who in (ready.ada, ready.cilla):
        words = who.sees("action-title-open", number="1").replace("\u2060", "")
        assert "Ropa <!channel> @everyone *nu* <b>genast</b>" in words


def test_a_day_that_has_been_opens_the_form_with_the_words(ready: Ready) -> None:
    """Nothing is recorded until there is a day ahead; what was written is not lost."""
    ready.ada.commands("åtgärd Kalla till möte, senast 1 mars 2026")

    words = ready.ada.sees("field-date-past", day=date(2026, 3, 1))
    assert "Kalla till möte" in words
    ready.ada.fills({"action-field-due": "2026-03-06"})
    assert "Kalla till möte" in ready.ada.sees("action-title-open", number="1")
    ready.cilla.reads_all()


def test_a_day_alone_opens_the_form_with_it(ready: Ready) -> None:
    """What is missing is asked for, and only that."""
    ready.ada.commands("åtgärd på fredag")
    ready.ada.fills({"action-field-what": "Kalla till möte"})

    assert fact(ready, "due", day(ready, FRIDAY)) in ready.ada.sees("action-title-open", number="1")
    ready.cilla.reads_all()


def test_the_form_in_telegram_is_a_talk(ready: Ready) -> None:
    """The same questions one by one; a person of another organisation leads back to that question."""
    ready.cilla.commands("atgard", private=True)
    ready.cilla.fills({
        "action-field-what": "Gå en runda",
        "action-field-owner": "Bo Alm (Polisen)",
        "action-field-due": "om två veckor",
    })  # fmt: skip

    words = ready.bo.sees("action-title-open", number="1")
    assert fact(ready, "due", day(ready, date(2026, 3, 16))) in words
    assert "Gå en runda" in ready.bo.sees("action-assigned", number="1", who="Cilla Ö")
    ready.chat.reads_everything()


def test_the_person_must_speak_for_the_organisation(ready: Ready) -> None:
    """The form stays open and says it kindly; with another choice it is saved, and the new owner hears of it."""
    ready.ada.commands("åtgärd")
    wrong = ready.ada.fills({
        "action-field-what": "Gå en runda",
        "action-field-actor": TOWN,
        "action-field-owner": f"Bo Alm ({POLICE})",
    })  # fmt: skip
    assert wrong == {
        ready.chat.t("action-field-owner"): ready.chat.t("action-not-of-actor", who="Bo Alm", actor=TOWN)
    }

    assert ready.ada.fills({"action-field-actor": POLICE}) == {}
    ready.ada.sees("action-title-open", number="1")
    ready.bo.sees("action-assigned", number="1", who="Ada Ek")
    ready.cilla.reads_all()


@pytest.mark.parametrize(
    ("said", "key"), [("2026-03-01", "field-date-past"), ("2126-03-01", "action-date-far")]
)
def test_a_day_that_cannot_be_meant_is_refused_in_the_form(ready: Ready, said: str, key: str) -> None:
    """Passed, or a lifetime ahead: the sentence stands at the field."""
    ready.ada.commands("åtgärd")
    wrong = ready.ada.fills({"action-field-what": "Städa", "action-field-due": said})

    assert wrong == {ready.chat.t("action-field-due"): ready.chat.t(key, day=date.fromisoformat(said))}


def test_an_organisation_owns_it_until_somebody_takes_it(ready: Ready) -> None:
    """Without a person it rests with the organisation."""
    ready.ada.commands("åtgärd")
    ready.ada.fills({"action-field-what": "Gå en runda", "action-field-actor": POLICE})

    assert fact(ready, "owner", POLICE) in ready.ada.sees("action-title-open", number="1")
    ready.cilla.reads_all()


def test_a_forum_without_organisations_asks_for_a_person_only(ready: Ready) -> None:
    """What there is none of is not asked for."""
    ready.store(lambda store: (store.run("update member set actor = null"), store.run("delete from actor")))
    ready.ada.commands("åtgärd")
    assert ready.chat.t("action-field-actor") not in plain(
        ready.chat.slack.world.modals[ready.ada.user.id][-1]
    )
    ready.ada.fills({"action-field-what": "Städa", "action-field-owner": "Bo Alm"})

    assert fact(ready, "owner", "@Bo Alm") in ready.ada.sees("action-title-open", number="1")
    ready.chat.reads_everything()


# --- From a decision -------------------------------------------------------------------------------------------


def test_a_decision_counts_what_came_out_of_it(ready: Ready) -> None:
    """A new action shows on the decision's card, and so does its being done, in both chats."""
    ready.ada.commands("beslut Vi tänder lyktorna")
    ready.chat.reads_everything()
    ready.ada.clicks("decision-new-action")
    ready.ada.fills({"action-field-what": "Beställ lampor"})

    assert ready.chat.t("decision-not-begun", all=1) in ready.cilla.sees(
        "decision-title-standing", number="1/2026"
    )
    assert "1/2026" in ready.cilla.sees("action-title-open", number="1")
    ready.chat.reads_everything()
    ready.ada.clicks("action-answer-done")
    assert ready.chat.t("decision-carried-out", all=1) in ready.cilla.sees(
        "decision-title-standing", number="1/2026"
    )
    ready.chat.reads_everything()


def test_nothing_new_comes_out_of_a_decision_that_is_over(ready: Ready) -> None:
    """The form was open while the decision was undone: what is sent in is refused, with the reason."""
    ready.ada.commands("beslut Vi tänder lyktorna")
    ready.ada.clicks("decision-new-action")
    ready.ada.clicks("decision-undo")
    ready.ada.fills({"action-field-what": "Beställ lampor"})

    shown = plain(ready.chat.slack.world.modals[ready.ada.user.id][-1])
    assert ready.chat.t("action-decision-over", number="1/2026") in shown
    assert ready.store(lambda store: actions.count_open(store, ready.forum.id)) == 0
    ready.chat.reads_everything()


def test_a_decision_that_is_not_there_has_no_actions(sample: Sample) -> None:
    """Another forum's number, or a made-up one."""
    with pytest.raises(Refusal) as refused:
        add_form.build(sample.request(sample.ada), 99)

    assert refused.value.text == text("decision-gone")


# --- Changing --------------------------------------------------------------------------------------------------


def test_a_change_shows_everywhere_and_reaches_a_new_owner(ready: Ready) -> None:
    """Words, owner and day in one form; the card follows in both chats."""
    ready.ada.commands("åtgärd Kalla till möte, på fredag")
    ready.chat.reads_everything()
    ready.ada.clicks("action-change")
    ready.ada.fills({
        "action-field-what": "Kalla alla till möte",
        "action-field-actor": POLICE,
        "action-field-owner": f"Bo Alm ({POLICE})",
        "action-field-due": "2026-03-20",
    })  # fmt: skip

    words = ready.cilla.sees("action-title-open", number="1")
    assert "Kalla alla till möte" in words
    assert fact(ready, "due", day(ready, date(2026, 3, 20))) in words
    ready.bo.sees("action-assigned", number="1", who="Ada Ek")
    ready.ada.sees("action-changed", number="1")
    history = [each[0] for each in ready.store(lambda store: actions.history(store, ready.forum.id, 1))]
    assert history == ["added", "reworded", "new-date", "handed-over"]
    ready.chat.reads_everything()


def test_two_who_change_at_once(ready: Ready) -> None:
    """The later one is told, and their words are shown to them again."""
    ready.ada.commands("åtgärd Kalla till möte")
    ready.ada.clicks("action-change")
    ready.store(
        lambda store: actions.set_due(
            store, ready.forum.id, 1, FRIDAY, member=1, now=ready.chat.now, kept=True
        )
    )
    ready.ada.fills({"action-field-what": "Kalla alla"})

    assert "Kalla alla" in ready.ada.sees("action-changed-meanwhile", number="1")
    assert ready.action(1).what == "Kalla till möte"
    ready.chat.reads_everything()


def test_a_day_that_stands_may_stay_though_it_has_passed(ready: Ready) -> None:
    """To mend a word one need not find a new day; a new one must lie ahead."""
    ready.ada.commands("åtgärd Kalla till möte, på fredag")
    ready.chat.waits(days=7)
    ready.chat.reads_everything()
    ready.ada.clicks("action-change")
    wrong = ready.ada.fills({"action-field-due": "2026-03-05"})
    assert wrong == {ready.chat.t("action-field-due"): ready.chat.t("field-date-past", day=date(2026, 3, 5))}

    assert ready.ada.fills({"action-field-what": "Kalla alla", "action-field-due": "2026-03-06"}) == {}
    ready.ada.sees("action-changed", number="1")
    ready.chat.reads_everything()


def test_another_day_alone_is_another_day_alone(ready: Ready) -> None:
    """What was not touched is not noted as changed."""
    ready.ada.commands("åtgärd Kalla till möte, på fredag")
    ready.ada.clicks("action-change")
    ready.ada.fills({"action-field-due": "2026-03-20"})

    history = [each[0] for each in ready.store(lambda store: actions.history(store, ready.forum.id, 1))]
    assert history == ["added", "new-date"]
    ready.chat.reads_everything()


def test_what_one_wrote_for_another_can_be_corrected_for_a_while(ready: Ready) -> None:
    """A quarter of an hour; after that it is for the owner to change."""
    ready.bo.commands("åtgärd")
    ready.bo.fills({"action-field-what": "Sopa", "action-field-actor": TOWN})
    ready.bo.clicks("action-change")
    assert ready.bo.fills({"action-field-what": "Sopa torget"}) == {}
    ready.chat.waits(minutes=16)
    ready.chat.reads_everything()

    ready.bo.clicks("action-change")

    ready.bo.sees("action-not-yours", number="1", who=TOWN)
    ready.chat.reads_everything()


# --- A mention opens no window ---------------------------------------------------------------------------------


def test_what_a_mention_said_waits_for_the_form(ready: Ready) -> None:
    """The day was wrong: behind the button the words are there already, until the form has been sent."""
    ready.bo.says("@Samsyn åtgärd Kalla till möte, senast 1 mars 2026")
    ready.bo.sees("action-your-words")
    ready.bo.sees("action-form-title")

    ready.bo.clicks("form-open")
    ready.chat.slack.world.modals[ready.bo.user.id].clear()
    ready.bo.clicks("form-open")
    assert ready.bo.fills({"action-field-due": "2026-03-13"}) == {}

    assert (ready.action(1).what, ready.action(1).due_on) == ("Kalla till möte", date(2026, 3, 13))
    ready.chat.reads_everything()
    ready.bo.clicks("form-open")
    assert list(ready.bo.fills({})) == [ready.chat.t("action-field-what")]


def test_what_a_mention_said_waits_for_a_day(ready: Ready) -> None:
    """Longer nobody remembers what it was about; and nobody else gets it."""
    ready.bo.says("@Samsyn åtgärd senast 13 mars 2026")
    ready.bo.sees("action-form-title")
    ready.ada.says("@Samsyn åtgärd")
    ready.ada.sees("action-form-title")

    ready.ada.clicks("form-open")
    assert ready.ada.fills({"action-field-what": "Adas"}) == {}
    assert ready.action(1).due_on is None
    ready.chat.waits(hours=25)
    ready.bo.clicks("form-open")
    assert ready.bo.fills({"action-field-what": "Bos"}) == {}

    assert ready.action(2).due_on is None
    ready.chat.reads_everything()
