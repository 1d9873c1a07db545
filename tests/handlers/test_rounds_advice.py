"""Advice: named people and organisations advise, the owner decides and says how the advice was used."""

import pytest

from handlers.kit.ui import text
from storage import forums
from tests.handlers.test_rounds_consent import decided, one
from tests.stage.people import Somebody
from tests.stage.ready import POLICE, TOWN, Ready

TITLE = text("round-title-advice", number="1")


def asks(ready: Ready, who: Somebody, *advisers: str) -> None:
    """Somebody wants advice of these; everybody has read it."""
    who.commands("runda")
    who.clicks("round-new")
    who.clicks("round-begin-advice")
    who.fills({"round-field-decide": "Vilka lampor köper vi?", "round-field-advisers": list(advisers)})
    ready.chat.reads_everything()


def advises(who: Somebody, words: str) -> None:
    """Somebody who was asked advises."""
    who.clicks("round-advise")
    who.fills({"round-field-advice": words})


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_the_owner_decides_when_the_advice_is_in(ready: Ready, platform: str) -> None:
    """Everybody sees the advice, and what became of it stands with the decision."""
    owner = ready.ada if platform == "slack" else ready.cilla
    asks(ready, owner, "Bo Alm", TOWN) if platform == "telegram" else asks(ready, owner, POLICE)
    advises(ready.bo, "Gula.")
    if platform == "telegram":
        ready.chat.reads_everything()
        advises(ready.ada, "Vita.")
    ready.dan.sees("round-said-advice", who="Bo Alm", words="Gula.")
    owner.sees("round-time-to-decide", title=TITLE)
    ready.chat.reads_everything()
    owner.clicks("round-decide")
    owner.fills({"round-field-decision": "Vi köper gula.", "round-field-how": "Bo kan lampor."})

    ready.bo.sees(
        "round-advice-decided", who=owner.name, count=len(one(ready).advisers), all=len(one(ready).advisers)
    )
    (made,) = decided(ready)
    assert (made.what, made.why, made.process) == ("Vi köper gula.", "Bo kan lampor.", "advice")
    ready.chat.reads_everything()


def test_nobody_decides_before_the_advice_is_in_or_for_the_owner(ready: Ready) -> None:
    """The owner has to wait, others have no part in it, and those not asked are told who was."""
    asks(ready, ready.ada, "Bo Alm")
    ready.cilla.clicks("round-advise")
    assert ready.cilla.toasts()[-1:] == [ready.chat.t("round-advice-not-asked")] or any(
        ready.chat.t("round-advice-not-asked") in each for each in ready.cilla.reads_all()
    )
    ready.chat.reads_everything()
    ready.chat.waits(days=8)
    ready.ada.sees("round-time-to-decide", title=TITLE)
    ready.cilla.sees("round-advice-deciding", who="Ada Ek")
    ready.chat.reads_everything()
    ready.bo.clicks("round-decide")
    ready.bo.sees("round-not-yours", who="Ada Ek")
    ready.chat.reads_everything()


def test_the_owner_left_and_the_coordinator_decides(ready: Ready) -> None:
    """Nothing hangs on one person; a decision that waits is brought up once more."""
    asks(ready, ready.bo, "Cilla Ö")
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    advises(ready.cilla, "Vänta.")
    ready.ada.sees("round-time-to-decide", title=TITLE)
    ready.chat.reads_everything()
    ready.chat.waits(days=5)
    ready.ada.sees("round-time-to-decide", title=TITLE)
    ready.ada.clicks("round-decide")
    ready.ada.fills({"round-field-how": "Vi väntar."})
    assert len(decided(ready)) == 1
    ready.chat.waits(days=1)
    ready.chat.reads_everything()
    ready.chat.waits(days=10)
    assert ready.chat.unread() == []


def withdraws(ready: Ready) -> None:
    """Ada takes her question back."""
    ready.ada.commands("runda 1", private=True)
    ready.ada.clicks("round-withdraw")


def in_private(who: Somebody, words: str) -> list[str]:
    """What is new with these words, but for the card that hangs in the chat."""
    return [each for each in who.reads_all() if words in each][1:]


def test_a_question_that_was_withdrawn_asks_nothing_any_more(ready: Ready) -> None:
    """The message that Bo got in private says so, as the card in the chat does."""
    asks(ready, ready.ada, "Bo Alm")
    withdraws(ready)

    (now,) = in_private(ready.bo, "Vilka lampor")
    assert ready.chat.t("round-withdrawn") in now
    assert ready.chat.t("round-advise") not in now
    ready.chat.reads_everything()


def test_what_was_withdrawn_at_the_weekend_is_no_question_on_monday(ready: Ready) -> None:
    """Asked on Friday evening: what comes to Bo on Monday morning tells him that it is over."""
    ready.chat.waits(days=4, hours=11)
    asks(ready, ready.ada, "Bo Alm")
    ready.chat.waits(days=1)
    withdraws(ready)
    ready.chat.reads_everything()
    ready.chat.waits(days=2)

    (now,) = ready.bo.reads_all()
    assert ready.chat.t("round-withdrawn") in now
    assert ready.chat.t("round-advise") not in now
