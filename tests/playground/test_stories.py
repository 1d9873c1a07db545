"""Stories that a person at the page can live through, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.playground.visit import Visit

pytestmark = pytest.mark.browser


def test_a_decision_of_one_side_is_read_on_the_other(visit: Visit) -> None:
    """Somebody writes a slash command in Slack, and the group in Telegram has the card at once."""
    visit.slack.become("Bo Lind")
    visit.slack.write("/samsyn beslut Vi träffas första torsdagen i månaden.")

    here = visit.slack.sees("Vi träffas första torsdagen i månaden.", visit.words("decision-history"))
    there = visit.telegram.sees("Vi träffas första torsdagen i månaden.", visit.words("decision-history"))

    expect(here).to_contain_text("Bo Lind")
    expect(there).to_contain_text("Bo Lind")


def test_a_change_in_the_modal_changes_both_cards(visit: Visit) -> None:
    """The modal says what is missing at its field, is filled in again, and both cards follow."""
    visit.telegram.write("/beslut Vi har extra ljus i parken till jul.")
    card = visit.slack.sees("Vi har extra ljus i parken till jul.", visit.words("decision-change"))
    visit.slack.press(visit.words("decision-change"), within=card)
    what = visit.slack.modal.get_by_label(visit.words("decision-field-what"))
    what.fill("")
    visit.slack.press(visit.words("decision-form-save"))

    expect(what).to_have_attribute("aria-invalid", "true")
    expect(what).to_be_focused()

    what.fill("Vi har extra ljus i parken till februari.")
    visit.slack.modal.get_by_label(visit.words("decision-field-reason")).fill("Det är mörkt länge.")
    visit.slack.press(visit.words("decision-form-save"))

    expect(visit.slack.modal).to_be_hidden()
    visit.slack.sees("till februari.", "(redigerat)")
    visit.telegram.sees("till februari.", "ändrat")


def test_a_newcomer_joins_in_a_talk(visit: Visit) -> None:
    """The button in the group leads into the private chat, which asks one thing at a time."""
    visit.telegram.become("Eva Holm")
    visit.telegram.press(visit.words("forum-join"))

    expect(visit.telegram.box.get_by_role("tab", name="Samsyn")).to_have_attribute("aria-selected", "true")

    visit.telegram.press(
        visit.words("form-skip"), within=visit.telegram.sees(visit.words("member-field-actor"))
    )
    visit.telegram.sees(visit.words("organisation-new"))
    visit.telegram.write("Nattvandrarna")
    visit.telegram.press(
        visit.words("member-join-submit"), within=visit.telegram.sees(visit.words("organisation-sector"))
    )

    visit.telegram.sees(visit.words("member-welcome", name="Tryggt centrum"))
    visit.slack.sees("Eva Holm (Nattvandrarna)")


def test_a_reminder_comes_and_is_answered(visit: Visit) -> None:
    """The clock is moved until the reminder comes, which is answered with one press; both chats see it."""
    visit.slack.become("Greta Nyström")
    visit.slack.write("/samsyn åtgärd Fråga skolan om vuxenvandrare, om tio dagar")
    visit.slack.sees("Fråga skolan", visit.words("action-answer-done"))
    visit.slack.open("Samsyn")
    before = visit.page.locator("#clock").inner_text()
    for _ in range(20):  # others may be reminded of other things first
        visit.move("Till nästa påminnelse")
        if visit.slack.soon_sees("Fråga skolan"):
            break

    expect(visit.page.locator("#happened")).to_contain_text("Greta Nyström privat i Slack")
    expect(visit.page.locator("#clock")).not_to_have_text(before)

    visit.slack.press(visit.words("action-answer-done"), within=visit.slack.sees("Fråga skolan"))

    visit.telegram.sees("Fråga skolan", "(klar)")
    visit.slack.open("#tryggt-centrum")
    visit.slack.sees("Fråga skolan", "(klar)")


def test_a_message_becomes_a_decision_and_an_action_is_dropped(visit: Visit) -> None:
    """The menu of a message opens the modal with its words; a button that asks first is believed only then."""
    visit.slack.write("Jag föreslår att vi delar ut reflexer på torget.")
    said = visit.slack.sees("delar ut reflexer")
    said.get_by_role("button", name="Mer om meddelandet").click()
    said.get_by_role("menuitem", name="Spara som beslut").click()
    expect(visit.slack.modal.get_by_label(visit.words("decision-field-what"))).to_have_value(
        "Jag föreslår att vi delar ut reflexer på torget."
    )
    visit.page.keyboard.press("Escape")
    expect(visit.slack.modal).to_be_hidden()

    visit.slack.write("/samsyn åtgärd Köpa reflexer")
    title = visit.slack.sees("Köpa reflexer", visit.words("action-answer-done")).inner_text()
    number = re.search(r"Åtgärd (\d+)", title)
    assert number
    visit.slack.write(f"/samsyn åtgärd {number[1]}")
    own = visit.slack.sees("Bara du ser det här", visit.words("action-drop"))
    visit.slack.press(visit.words("action-drop"), within=own)
    question = visit.page.locator("dialog")
    question.get_by_role("button", name=visit.words("confirm-yes"), exact=True).click()

    visit.telegram.sees(visit.words("action-title-dropped", number=number[1]))


def test_a_pulse_is_answered_in_both_panes(visit: Visit) -> None:
    """Ada opens a round and answers in a modal, Hanna question by question in private; neither answer is shown."""
    slack, telegram, choice = visit.slack, visit.telegram, visit.words("pulse-choice-4")
    slack.write("/samsyn puls")
    slack.press(visit.words("pulse-open-round"), within=slack.sees(visit.words("pulse-open-round")))
    slack.press(visit.words("pulse-open-now"), within=slack.sees(visit.words("pulse-open-now")))
    invitation = visit.words("pulse-invitation", forum="Tryggt centrum")
    slack.press(visit.words("pulse-answer"), within=slack.sees(invitation, visit.words("pulse-protected")))
    questions = slack.modal.get_by_role("group")
    expect(questions).to_have_count(4)
    for each in questions.all():
        each.get_by_label(choice).check()
    slack.press(visit.words("pulse-form-send"))

    slack.sees(visit.words("pulse-thanks"))

    telegram.become("Hanna Wik")
    telegram.open("Samsyn")
    telegram.press(
        visit.words("pulse-answer"), within=telegram.sees(invitation, visit.words("pulse-protected"))
    )
    for step in range(1, 5):
        telegram.press(choice, within=telegram.sees(f"Fråga {step} av 4"))
    telegram.press(visit.words("pulse-form-send"), within=telegram.sees(visit.words("pulse-form-send")))

    telegram.sees(visit.words("pulse-thanks"))
    expect(telegram.box.get_by_role("article").filter(has_text=choice)).to_have_count(0)


@pytest.mark.parametrize("visit", [(390, 844)], indirect=True)
def test_a_phone_shows_one_side_at_a_time_and_a_forum_from_scratch(visit: Visit) -> None:
    """On a phone a switch leads from one side to the other; a new channel greets and takes a forum."""
    expect(visit.telegram.box).to_be_hidden()
    visit.page.get_by_role("button", name="Telegram", exact=True).click()
    expect(visit.slack.box).to_be_hidden()
    visit.page.get_by_role("button", name="Slack", exact=True).click()

    visit.slack.press("Ny kanal")
    visit.page.locator("dialog").get_by_label("Kanalens namn").fill("Unga i arbete")
    visit.page.locator("dialog").get_by_role("button", name="Ny kanal").click()
    expect(visit.slack.box.get_by_role("tab", selected=True)).to_contain_text("#unga-i-arbete")
    visit.slack.press(visit.words("setup-start"), within=visit.slack.sees(visit.words("setup-hello")))
    visit.slack.modal.get_by_label(visit.words("setup-field-name")).fill("Unga i arbete")
    visit.slack.modal.get_by_label(visit.words("setup-field-challenge")).fill("Många unga saknar arbete.")
    visit.slack.modal.get_by_label(visit.words("organisation-yours")).fill("Region Väst")
    visit.slack.press(visit.words("setup-form-submit"))

    visit.slack.sees(visit.words("forum-title", name="Unga i arbete"), "Många unga saknar arbete.")
