"""Consent: a proposal that nobody objects to, one that is changed on the way, one that is stopped."""

from datetime import date

import pytest

from handlers.kit.ui import text
from storage import agenda, decisions, forums, rounds
from storage.records import Decision
from storage.rounds import Answer, Round
from tests.handlers.test_decisions import presses_stale
from tests.stage.people import Somebody
from tests.stage.ready import Ready

WHAT = "Vi tänder lyktorna i parken."
FIELD = "round-field-proposal"
TITLE = text("round-title-consent", number="1")


def one(ready: Ready, number: int = 1) -> Round:
    """A round as it lies in the store."""
    found = ready.store(lambda store: rounds.get(store, ready.forum.id, number))
    assert found is not None
    return found


def decided(ready: Ready) -> list[Decision]:
    """The forum's decisions, newest first."""
    return ready.store(lambda store: decisions.latest(store, ready.forum.id))


def answers(ready: Ready) -> list[Answer]:
    """What was answered in the first round, about earlier words too."""
    found = one(ready)
    return ready.store(lambda store: rounds.answers(store, found))


def proposes(ready: Ready, who: Somebody, **more: str) -> None:
    """Somebody proposes, and everybody has read it."""
    who.commands("runda")
    who.clicks("round-new")
    who.clicks("round-begin-consent")
    who.fills({FIELD: WHAT, **more})
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_nobody_objects_and_it_is_decided(ready: Ready, platform: str) -> None:
    """A week later it is a decision with a number, in both chats, made by consent."""
    who = ready.bo if platform == "slack" else ready.cilla
    proposes(ready, who)
    ready.ada.clicks("round-agree")
    ready.chat.reads_everything()
    ready.chat.waits(days=6)
    ready.chat.reads_everything()
    ready.chat.waits(days=1.5)

    for each in (ready.ada, ready.cilla):
        each.sees("round-consent-decided", count=2, all=4)
    (made,) = decided(ready)
    assert (made.what, made.process, made.label, made.by_name) == (WHAT, "consent", "1/2026", who.name)
    assert (one(ready).state, one(ready).decision) == ("decided", made.id)
    ready.chat.reads_everything()


def test_only_those_who_have_not_answered_are_nudged_once(ready: Ready) -> None:
    """A day before the end, in private; nobody else hears anything, and nobody hears it twice."""
    proposes(ready, ready.bo)
    ready.ada.clicks("round-agree")
    ready.chat.reads_everything()
    ready.chat.waits(days=6.4)

    ready.cilla.sees("round-nudge", title=TITLE)
    ready.ada.sees_nothing_new()
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=20)
    assert ready.chat.unread() == []


def test_a_question_is_answered_on_the_card(ready: Ready) -> None:
    """It reaches whoever proposed; the reply stands under it, and whoever asked hears of it."""
    proposes(ready, ready.bo)
    ready.cilla.clicks("round-ask")
    ready.cilla.fills({"round-field-ask": "Vem betalar?"})
    ready.cilla.sees("round-asked", number="1")
    ready.bo.sees("round-question-for-you", who="Cilla Ö", title=TITLE)
    ready.bo.clicks("round-reply")
    ready.bo.fills({"round-field-reply": "Kommunen."})
    ready.bo.sees("round-reply-noted")
    ready.cilla.sees("round-reply-for-you", title=TITLE)

    words = ready.ada.sees("round-said-question", who="Cilla Ö", words="Vem betalar?")
    assert ready.chat.t("round-replied", who="Bo Alm", words="Kommunen.") in words
    ready.chat.reads_everything()


def test_a_thought_stops_nothing(ready: Ready) -> None:
    """It stands on the card for everybody to see."""
    proposes(ready, ready.bo)
    ready.ada.clicks("round-react")
    ready.ada.fills({"round-field-reaction": "Gärna varmt ljus."})
    ready.ada.sees("round-reacted", number="1")

    ready.cilla.sees("round-said-reaction", who="Ada Ek", words="Gärna varmt ljus.")
    assert one(ready).state == "open"
    ready.chat.reads_everything()


def test_other_words_ask_those_who_had_consented_again(ready: Ready) -> None:
    """What they said is shown as about the old words; those who had not answered hear nothing."""
    proposes(ready, ready.bo)
    ready.ada.clicks("round-agree")
    ready.chat.reads_everything()
    ready.bo.clicks("round-more")
    ready.bo.clicks("round-amend")
    ready.bo.fills({FIELD: "Vi tänder hälften."})

    ready.ada.sees("round-asked-again", title=TITLE)
    assert ready.chat.t("round-about-old", who="Ada Ek") in ready.cilla.sees("round-changed", version="2")
    ready.bo.sees("round-amended", number="1")
    ready.chat.reads_everything()
    ready.ada.clicks("round-agree")
    ready.chat.reads_everything()
    ready.chat.waits(days=8)
    assert decided(ready)[0].what == "Vi tänder hälften."
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_nobody_consents_to_words_they_never_saw(ready: Ready, platform: str) -> None:
    """A card in private stays as it was; pressed after a change it shows the present words, and counts for nothing."""
    who = ready.ada if platform == "slack" else ready.cilla
    proposes(ready, ready.bo)
    ready.chat.waits(days=6.4)
    ready.chat.reads_everything()
    ready.bo.clicks("round-more")
    ready.bo.clicks("round-amend")
    ready.bo.fills({FIELD: "Vi tänder hälften."})
    ready.chat.reads_everything()
    who.clicks("round-agree")

    assert "Vi tänder hälften." in who.sees("round-changed-since", title=TITLE)
    assert [each.voter for each in answers(ready) if each.version == 2] == ["m:2"]
    who.clicks("round-agree")
    assert {each.voter for each in answers(ready) if each.version == 2} > {"m:2"}
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_an_objection_stops_it_and_reaches_the_agenda(ready: Ready, platform: str) -> None:
    """With its reason, at once; changed, the proposal goes on, and a second objection is a point of its own."""
    who = ready.ada if platform == "slack" else ready.cilla
    proposes(ready, ready.bo)
    who.clicks("round-object")
    who.fills({"round-field-objection": "Det blir för dyrt."})
    who.sees("round-objected", number="1")
    assert "Det blir för dyrt." in ready.bo.sees("round-consent-stopped", who=who.name)
    ready.bo.sees("round-is-on-agenda")
    points = ready.store(lambda store: agenda.proposed(store, ready.forum.id))
    assert [each.origin for each in points] == ["round:1:1"]
    ready.chat.reads_everything()
    ready.chat.waits(days=9)
    assert (decided(ready), one(ready).state) == ([], "stopped")

    ready.bo.clicks("round-amend-again")
    ready.bo.fills({FIELD: "Vi tänder en."})
    ready.cilla.sees("round-open-again", title=TITLE)
    assert (one(ready).state, one(ready).version) == ("open", 2)
    ready.chat.reads_everything()
    who.clicks("round-object")
    who.fills({"round-field-objection": "En är också för dyr."})
    ready.bo.sees("round-is-on-agenda")
    points = ready.store(lambda store: agenda.proposed(store, ready.forum.id))
    assert [each.origin for each in points] == ["round:1:1", "round:1:2"]
    ready.chat.reads_everything()


def test_an_objection_needs_a_reason(ready: Ready) -> None:
    """Without one the form stays open and nothing stops."""
    proposes(ready, ready.bo)
    ready.ada.clicks("round-object")
    assert ready.ada.fills({"round-field-objection": " "})
    assert one(ready).state == "open"


def test_a_second_press_and_a_late_one_change_nothing(ready: Ready) -> None:
    """The first is told that it is noted already, the other one that the round is over."""
    proposes(ready, ready.bo)
    ready.cilla.clicks("round-agree")
    ready.cilla.clicks("round-agree")
    assert ready.cilla.toasts()[-1] == ready.chat.t("round-agreed-already", number="1")
    ready.chat.reads_everything()
    card = next(each for each in reversed(ready.chat.telegram.seen(ready.cilla.user, ready.chat.group))
                if ready.chat.t("round-agree") in str(each.keyboard))  # fmt: skip
    ready.chat.waits(days=8)
    ready.chat.reads_everything()
    presses_stale(ready, ready.cilla, card, "round-agree")
    assert ready.cilla.toasts()[-1] == ready.chat.t("round-closed", number="1")


def test_everybody_has_answered_and_it_is_closed_early(ready: Ready) -> None:
    """Whoever opened it may then; before that, and by others, it cannot be."""
    proposes(ready, ready.bo)
    for each in (ready.ada, ready.cilla, ready.dan):
        each.clicks("round-agree")
    ready.chat.reads_everything()
    ready.cilla.clicks("round-close-now")
    assert ready.cilla.toasts()[-1] == ready.chat.t("refused-coordinator-only")
    ready.bo.clicks("round-close-now")

    ready.cilla.sees("round-consent-decided", count=4, all=4)
    assert len(decided(ready)) == 1
    ready.chat.reads_everything()


def test_the_owner_leaves_and_the_round_goes_on(ready: Ready) -> None:
    """It ends by itself; the decision has no owner, and those who run the forum may withdraw it."""
    proposes(ready, ready.bo)
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.chat.waits(days=8)
    ready.ada.sees("round-consent-decided", count=0, all=3)
    assert decided(ready)[0].owner is None
    ready.chat.reads_everything()


def test_a_coordinator_withdraws_it(ready: Ready) -> None:
    """Nothing is decided, and nobody is asked any more."""
    proposes(ready, ready.bo)
    ready.ada.clicks("round-more")
    ready.ada.clicks("round-withdraw")
    ready.cilla.sees("round-withdrawn")
    ready.chat.reads_everything()
    ready.chat.waits(days=9)
    assert ready.chat.unread() == []
    assert decided(ready) == []


def test_it_goes_on_after_a_restart_in_the_middle(ready: Ready) -> None:
    """A deadline that passes while nobody is there is kept when the process is back."""
    proposes(ready, ready.bo)
    ready.chat.restarts()
    ready.ada.clicks("round-agree")
    ready.chat.reads_everything()
    ready.chat.sleeps_through(days=10)

    ready.cilla.sees("round-consent-decided", count=2, all=4)
    ready.chat.reads_everything()


def test_a_day_off_is_moved_and_said(ready: Ready) -> None:
    """Good Friday becomes the Tuesday after Easter; a day that has been is refused."""
    ready.bo.commands("runda Vi ses i parken.")
    assert ready.bo.fills({"round-field-until": "2026-01-01"})
    ready.bo.fills({"round-field-until": "2026-04-03"})
    ready.bo.sees("round-moved", number="1", day=date(2026, 4, 7))
    assert one(ready).deadline.isoformat() == "2026-04-07T14:00:00+00:00"
    ready.chat.reads_everything()


def test_the_review_comes_on_its_day_or_earlier(ready: Ready) -> None:
    """Any member may call for it; once somebody has looked, nobody is asked again."""
    proposes(ready, ready.bo, **{"round-field-review": "2026-06-01"})
    ready.chat.waits(days=8)
    ready.chat.reads_everything()
    ready.cilla.clicks("round-review-now")
    ready.ada.sees("round-review", number="1/2026")
    ready.cilla.clicks("round-review-keep")
    ready.ada.sees("round-review-keep-said", number="1/2026", who="Cilla Ö")
    ready.chat.reads_everything()
    ready.chat.waits(days=90)
    words = "".join(ready.chat.reads_everything())
    assert ready.chat.t("round-review-why") not in words


def test_a_round_that_goes_on_later_is_looked_at_later(ready: Ready) -> None:
    """Stopped and open again after its review day, its decision is not reviewed on the day it is made."""
    proposes(ready, ready.bo, **{"round-field-review": "2026-03-13"})
    ready.ada.clicks("round-object")
    ready.ada.fills({"round-field-objection": "Det blir för dyrt."})
    ready.chat.reads_everything()
    ready.chat.waits(days=30)
    ready.bo.clicks("round-amend-again")
    ready.bo.fills({FIELD: "Vi tänder en."})
    ready.chat.reads_everything()
    ready.chat.waits(days=8)
    assert ready.chat.t("round-review-why") not in "".join(ready.chat.reads_everything())
    assert decided(ready)[0].what == "Vi tänder en."
    ready.chat.waits(days=8)
    ready.ada.sees("round-review", number="1/2026")
    ready.chat.reads_everything()


def test_nobody_reviews_a_decision_that_was_taken_back(ready: Ready) -> None:
    """Neither on its day nor before."""
    proposes(ready, ready.bo, **{"round-field-review": "2026-06-01"})
    for each in (ready.ada, ready.cilla, ready.dan):
        each.clicks("round-agree")
    ready.chat.reads_everything()
    ready.bo.clicks("round-close-now")
    ready.bo.clicks("decision-undo")
    ready.chat.reads_everything()
    assert decided(ready)[0].state == "undone"
    ready.cilla.clicks("round-review-now")
    assert ready.cilla.toasts()[-1] == ready.chat.t("decision-not-standing", number="1/2026")
    ready.chat.waits(days=90)
    assert ready.chat.t("round-review-why") not in "".join(ready.chat.reads_everything())


def test_the_review_is_asked_for_on_its_day_also_when_late(ready: Ready) -> None:
    """Two days of silence of ours lose nothing; talking about it makes a point for the next meeting."""
    proposes(ready, ready.bo, **{"round-field-review": "2026-06-01"})
    ready.chat.waits(days=80)
    ready.chat.reads_everything()
    ready.chat.sleeps_through(days=13)
    ready.cilla.sees("round-review", number="1/2026")
    ready.cilla.clicks("round-to-agenda")
    ready.ada.sees("round-review-agenda-said", number="1/2026", who="Cilla Ö")
    points = ready.store(lambda store: agenda.proposed(store, ready.forum.id))
    assert [each.origin for each in points] == ["review:1:1"]
    ready.chat.reads_everything()
