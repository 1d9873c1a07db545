"""Stories of one person with two accounts: a code in private, one more question, and then one member."""

import re

import pytest

from bot.playground.telegram.values import Button
from storage import forums, people
from tests.stage.chat import Chat
from tests.stage.people import Somebody, TelegramPerson
from tests.stage.ready import Ready, ready_forum


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    return ready_forum(chat)


def _code(who: Somebody) -> str:
    """A new code in private."""
    who.commands("konto", private=True)
    found = re.search(r"[B-Z]{4}-[B-Z]{4}", who.reads_all()[-1])
    assert found
    return found[0]


def _also_in_telegram(ready: Ready) -> TelegramPerson:
    """Ada's own account in Telegram, which nobody knows to be hers yet."""
    ada = ready.chat.telegram_person("Ada i Telegram")
    ada.starts()
    ready.chat.reads_everything()
    return ada


def _names(ready: Ready) -> list[tuple[str, str]]:
    return ready.store(
        lambda store: [(each.name, each.role) for each in forums.members(store, ready.forum.id)]
    )


def test_two_accounts_become_one_person(ready: Ready) -> None:
    """The code of one is typed in the other; after a yes the person coordinates the forum from both."""
    also = _also_in_telegram(ready)

    also.commands(f"konto {_code(ready.ada)}", private=True)
    also.sees("account-same-title", name="Ada Ek")
    also.clicks("account-yes")
    also.sees("account-merged")

    also.commands("chattar", private=True)
    also.sees("tie-chats", name=ready.forum.name)
    assert len(_names(ready)) == 4
    ada = ready.store(lambda store: forums.coordinators(store, ready.forum.id))[0].person
    assert [each[0] for each in ready.store(lambda store: people.accounts(store, ada))] == [
        "slack",
        "telegram",
    ]


def test_two_members_become_one_and_keep_what_they_did(ready: Ready) -> None:
    """Bo has been in the forum twice: one of the two memberships takes over everything."""
    ready.cilla.commands("beslut Vi tänder lyktorna", private=True)
    ready.chat.reads_everything()

    ready.bo.commands(f"konto {_code(ready.cilla)}", private=True)
    ready.bo.sees("account-same-title", name="Cilla Ö")
    ready.bo.clicks("account-yes")
    ready.bo.sees("account-merged")

    assert len(_names(ready)) == 3
    ready.bo.clicks("decision-undo")
    ready.bo.sees("decision-title-undone", number="1/2026")
    ready.chat.reads_everything()


@pytest.mark.parametrize("stays", [True, False])
def test_who_was_on_leave_as_one_of_the_two_is_told_on_coming_back(ready: Ready, stays: bool) -> None:
    """Nothing comes until then; on that day, one message with what waits and what was decided meanwhile."""
    away = ready.cilla if stays else ready.bo  # Cilla was known first
    away.commands("notiser", private=True)
    away.clicks("budget-away")
    assert away.fills({"budget-away-field": "2026-03-14"}) == {}
    ready.chat.waits(days=1)
    ready.dan.commands("beslut Vi tänder lyktorna")
    ready.chat.waits(days=1)
    ready.chat.reads_everything()
    ready.bo.commands(f"konto {_code(ready.cilla)}", private=True)
    ready.bo.clicks("account-yes")
    ready.chat.reads_everything()
    ready.chat.waits(days=11, hours=23)
    assert ready.chat.unread() == []
    ready.chat.waits(hours=1)

    assert "§ 1/2026: Vi tänder lyktorna" in ready.bo.sees("own-digest-back")


def test_somebody_else_s_code_is_said_no_to(ready: Ready) -> None:
    """Whoever was talked into typing a code sees whose it is, and stays themselves; the code is gone."""
    code = _code(ready.bo)
    ready.cilla.commands(f"konto {code}", private=True)
    ready.cilla.sees("account-same-title", name="Bo Alm")

    ready.cilla.clicks("account-no")
    ready.cilla.sees("account-apart")
    ready.cilla.commands(f"konto {code}", private=True)
    ready.cilla.sees("code-wrong")

    assert len(_names(ready)) == 4


def test_a_yes_that_comes_too_late_changes_nothing(ready: Ready) -> None:
    """Ten minutes after the code was typed the question is over."""
    ready.cilla.commands(f"konto {_code(ready.bo)}", private=True)
    ready.cilla.sees("account-same-title", name="Bo Alm")
    ready.chat.waits(minutes=10)

    ready.cilla.clicks("account-yes")

    assert ready.cilla.toasts()[-1] == ready.chat.t("refused-stale")
    assert len(_names(ready)) == 4


def test_the_code_can_be_filled_in(ready: Ready) -> None:
    """Beside the code there is a button for whoever has one already; a wrong one is asked for again."""
    code = _code(ready.bo)
    _code(ready.cilla)
    ready.cilla.clicks("account-have-code")
    ready.cilla.says("BCDF-GHJK", private=True)
    asked = ready.cilla.sees("code-wrong")
    assert ready.chat.t("form-present", present="BCDF-GHJK") not in asked
    assert ready.chat.t("form-keep") not in asked

    ready.cilla.says(code, private=True)

    for _ in range(2):
        ready.cilla.sees("form-filled-in", title=ready.chat.t("account-form-title"))
    ready.cilla.sees("account-same-title", name="Bo Alm")
    ready.chat.reads_everything()


def test_a_modal_keeps_a_wrong_code(ready: Ready) -> None:
    """In Slack the window stays open and says what is wrong."""
    code = _code(ready.cilla)
    _code(ready.bo)
    ready.bo.clicks("account-have-code")

    wrong = ready.bo.fills({"account-field-code": "BCDF-GHJK"})
    assert list(wrong.values()) == [ready.chat.t("code-wrong")]
    assert ready.bo.fills({"account-field-code": code}) == {}

    ready.bo.sees("account-same-title", name="Cilla Ö")


def test_a_code_typed_where_it_was_made_is_no_guess(ready: Ready) -> None:
    """It is the same account, and the code stays good for the other one."""
    code = _code(ready.bo)

    ready.bo.commands(f"konto {code}", private=True)
    ready.bo.sees("account-same-account")
    ready.cilla.commands(f"konto {code}", private=True)

    ready.cilla.sees("account-same-title", name="Bo Alm")


def test_five_wrong_codes_are_enough(ready: Ready) -> None:
    """The sixth is not looked at, even if it is right; old codes are wrong ones."""
    old = _code(ready.bo)
    ready.chat.waits(minutes=10)
    for code in (old, "BCDF-GHJK", "BCDF-GHJL", "BCDF-GHJM", "BCDF-GHJN"):
        ready.cilla.commands(f"konto {code}", private=True)
        ready.cilla.sees("code-wrong")

    ready.cilla.commands(f"konto {_code(ready.bo)}", private=True)

    ready.cilla.sees("code-too-many")


def test_a_code_for_a_chat_ties_no_account(ready: Ready) -> None:
    """They look alike and are not."""
    ready.ada.commands("koppla", private=True)
    code = re.search(r"[B-Z]{4}-[B-Z]{4}", ready.ada.reads_all()[-1])
    assert code

    ready.cilla.commands(f"konto {code[0]}", private=True)

    ready.cilla.sees("code-wrong")


def test_a_code_that_others_saw_is_no_good_any_more(ready: Ready) -> None:
    """Typed among others it is used up, and a new one comes in private."""
    code = _code(ready.bo)

    ready.cilla.commands(f"konto {code}")

    told = ready.cilla.sees("account-wrote-to-you")
    assert ready.chat.t("account-burnt") in told
    assert "konto" in ready.cilla.reads_all()[-1]
    ready.cilla.commands(f"konto {code}", private=True)
    ready.cilla.sees("code-wrong")


def test_asked_for_among_others_the_code_comes_in_private(ready: Ready) -> None:
    """Slack's bot writes to the person; nobody else sees it."""
    ready.bo.commands("konto")

    ready.bo.sees("account-wrote-to-you")
    message = ready.bo.reads_all()[-1]
    assert re.search(r"[B-Z]{4}-[B-Z]{4}", message)
    ready.ada.sees_nothing_new()


def test_who_cannot_be_written_to_goes_into_private_themselves(ready: Ready) -> None:
    """In Telegram the button leads into the private chat, where the code is."""
    ready.dan.commands("konto")
    ready.dan.sees("account-in-private")

    ready.dan.clicks("account-in-private-button")

    assert re.search(r"[B-Z]{4}-[B-Z]{4}", ready.dan.reads_all()[-1])


def test_the_form_opens_in_private_alone(ready: Ready) -> None:
    """A made-up press in the group opens no question whose answer others would see."""
    ready.ada.commands("beslut Vi tänder lyktorna")
    telegram, dan = ready.chat.telegram, ready.dan
    shown = telegram.seen(dan.user, ready.chat.group)[-1]
    button = Button("?", f"ties.account_form:{ready.forum.id}")
    made_up = telegram.world.change(shown, keyboard=((button,),))

    dan._presses(made_up, "?")

    assert dan.toasts()[-1] == ready.chat.t("account-in-private")
    assert not dan.has_form()
    ready.chat.reads_everything()
