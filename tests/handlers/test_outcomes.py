"""What came of decisions: asked on the day, answered in the open, one objection is enough, promises of the whole forum."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.outcome_rules import is_answered, stage
from storage import actions, agenda, decisions, forums, outcomes, rounds, timers
from storage.db import Store
from storage.decisions import Wording
from storage.outcomes import Outcome, Progress, Promises
from storage.records import Decision
from tests.handlers.pressed import presses
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import Ready
from tests.stage.samples import NOW, Sample

WHAT = "Vi tänder lyktorna."
NUMBER = {"number": "1/2026"}
DAY = date(2026, 3, 4)


def decided(ready: Ready, day: date | None = DAY, owner: int | None = 2, what: str = WHAT) -> int:
    """A decision to be followed up on a day, with its timer and its card in the chats."""

    def make(store: Store) -> int:
        ada = forums.member(store, ready.forum.id, 1)
        assert ada is not None
        wording = Wording(what, owner=owner, follow_up_on=day)
        one = decisions.record(store, ready.forum.id, wording, year=2026, by=ada, now=ready.chat.now)
        timers.schedule(
            store, f"{ready.forum.id}:follow-up:{one.id}", ready.chat.now + timedelta(days=2),
            f"outcomes.day_came:{ready.forum.id}:{one.id}", forum=ready.forum.id, grace=timedelta(days=30), late="ring",
        )  # fmt: skip
        return one.id

    number = ready.store(make)
    ready.chat.app.timers.wake()
    ready.chat.settles()
    return number


def shown(who: SlackPerson | TelegramPerson) -> str:
    """The decision as it stands, looked up."""
    who.commands("sök 1/2026")
    return who.sees("decision-title-standing", **NUMBER)


def carried_out(ready: Ready, action: int) -> None:
    """An action is done."""
    ready.store(lambda store: actions.set_state(store, ready.forum.id, action, "done", member=2, now=NOW))


def points(ready: Ready) -> list[str]:
    """Where the points that wait for the next meeting come from."""
    return [each.origin for each in ready.store(lambda store: agenda.proposed(store, ready.forum.id))]


def asked(ready: Ready) -> None:
    """Bo has been asked on the day."""
    decided(ready)
    ready.chat.waits(days=2)
    ready.bo.sees("decision-follow-up-due", **NUMBER)


# --- Answering -------------------------------------------------------------------------------------------------


def test_it_gave_what_we_wanted(ready: Ready) -> None:
    """All hear of it, the decision says it, and nobody is asked again."""
    asked(ready)
    ready.bo.clicks("outcome-keep")

    ready.bo.sees("outcome-thanks-keep", **NUMBER)
    for each in (ready.ada, ready.cilla):
        words = each.sees("outcome-told-keep", who="Bo Alm")
        assert WHAT in words
    assert ready.chat.t("outcome-said-keep", day=DAY) in shown(ready.bo)
    assert points(ready) == []
    ready.chat.waits(days=10)
    ready.bo.sees_nothing_new()


@pytest.mark.parametrize("verdict", ["change", "end"])
@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_what_has_to_change_or_end_is_talked_about(ready: Ready, platform: str, verdict: str) -> None:
    """The next meeting has a point; whoever answered may do it at once."""
    decided(ready, owner=2 if platform == "slack" else 3)
    ready.chat.waits(days=2)
    who = ready.bo if platform == "slack" else ready.cilla
    who.sees("decision-follow-up-due", **NUMBER)
    who.clicks(f"outcome-{verdict}")

    who.sees(f"outcome-thanks-{verdict}", **NUMBER)
    for each in (ready.ada, ready.cilla):
        assert ready.chat.t("outcome-on-agenda") in each.sees(f"outcome-told-{verdict}", who=who.name)
    assert points(ready) == ["outcome:1:1"]
    who.clicks(f"outcome-{verdict}-now")
    assert who.has_form()
    ready.chat.reads_everything()


def test_one_who_sees_it_otherwise_is_enough(ready: Ready) -> None:
    """It becomes a point, once; the card says who spoke up."""
    asked(ready)
    ready.bo.clicks("outcome-keep")
    ready.chat.reads_everything()
    ready.cilla.clicks("outcome-object")

    for each in (ready.ada, ready.cilla):
        each.sees("outcome-objected", who="Cilla Ö")
    assert points(ready) == ["outcome:1:1"]
    assert presses(ready, ready.ada, f"outcomes.see_otherwise:{ready.forum.id}:1:1") == ""
    assert points(ready) == ["outcome:1:1"]
    assert presses(ready, ready.ada, f"outcomes.see_otherwise:{ready.forum.id}:1:7") == "refused-stale"
    ready.chat.reads_everything()


def test_not_carried_out_yet(ready: Ready) -> None:
    """Then the question comes again, on the day that was said."""
    asked(ready)
    ready.bo.clicks("outcome-later")
    for day, wrong in (
        ("2026-03-02", ready.chat.t("field-date-past", day=date(2026, 3, 2))),
        ("2028-03-02", ready.chat.t("field-date-within", last=date(2027, 3, 5))),
    ):
        assert list(ready.bo.fills({"outcome-later-field": day}).values()) == [wrong]
    assert ready.bo.fills({"outcome-later-field": "2026-03-11"}) == {}
    ready.bo.sees("outcome-later-noted", day=date(2026, 3, 11), **NUMBER)
    assert ready.chat.t("outcome-said-later", day=date(2026, 3, 11)) in shown(ready.bo)
    ready.chat.waits(days=6, hours=23)
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=1)

    ready.bo.sees("decision-follow-up-due", **NUMBER)
    ready.bo.clicks("outcome-keep")
    ready.chat.reads_everything()


def test_the_question_comes_again_although_the_decision_was_put_otherwise(ready: Ready) -> None:
    """Other words leave the day alone on which somebody wants to be asked again."""
    asked(ready)
    ready.bo.clicks("outcome-later")
    ready.bo.fills({"outcome-later-field": "2026-03-11"})
    shown(ready.bo)
    ready.bo.clicks("decision-change")
    ready.bo.fills({"decision-field-what": f"{WHAT} Alla.", "decision-field-reason": "Tydligare"})
    ready.chat.reads_everything()
    ready.chat.waits(days=6)
    ready.bo.sees_nothing_new()
    ready.chat.waits(days=1)

    ready.bo.sees("decision-follow-up-due", **NUMBER)


def test_the_question_comes_again_after_the_day_that_all_look_back_on(ready: Ready) -> None:
    """And half a year and more after its own day; the list has it then, and so has one's own."""
    _round(ready, decided(ready))
    assert presses(ready, ready.bo, f"outcomes.ask:{ready.forum.id}:1") == ""
    ready.bo.clicks("outcome-later")
    ready.bo.fills({"outcome-later-field": "2026-10-01"})
    ready.chat.reads_everything()
    ready.chat.waits(days=214)

    ready.bo.sees("decision-follow-up-due", **NUMBER)
    ready.bo.commands("uppföljning")
    assert WHAT in ready.bo.sees("outcome-list-title")
    ready.chat.reads_everything()


def test_what_was_answered_waits_for_nobody(ready: Ready) -> None:
    """It leaves one's own list."""
    asked(ready)
    ready.bo.commands("mitt")
    assert ready.chat.t("mine-follow-ups") in ready.bo.sees("mine-title")
    ready.bo.clicks("outcome-keep")
    ready.chat.reads_everything()
    ready.bo.commands("mitt")

    assert ready.chat.t("mine-follow-ups") not in ready.bo.sees("mine-title")


def test_the_second_answer_is_told_who_was_first(ready: Ready) -> None:
    """Whoever had the question open too loses nothing: they may object."""
    asked(ready)
    ready.bo.clicks("outcome-keep")
    ready.chat.reads_everything()

    for way in ("judge:{}:1:keep", "judge:{}:1:change", "judge:{}:1:end", "later_form:{}:1"):
        assert presses(ready, ready.cilla, f"outcomes.{way.format(ready.forum.id)}") == "outcome-said-already"
    assert presses(ready, ready.cilla, f"outcomes.ask:{ready.forum.id}:1") == ""
    ready.cilla.sees("outcome-told-keep", who="Bo Alm")
    ready.chat.reads_everything()


def test_an_objection_reaches_the_chats_after_somebody_looked_it_up(ready: Ready) -> None:
    """What one is shown alone is a copy: the card that hangs is the one that changes; made-up answers are refused."""
    asked(ready)
    ready.bo.clicks("outcome-keep")
    ready.chat.reads_everything()
    for each in (ready.ada, ready.cilla):
        assert presses(ready, each, f"outcomes.ask:{ready.forum.id}:1") == ""
        each.sees("outcome-told-keep", who="Bo Alm")
    assert presses(ready, ready.cilla, f"outcomes.judge:{ready.forum.id}:1:later") == "refused-stale"
    assert presses(ready, ready.cilla, f"outcomes.see_otherwise:{ready.forum.id}:1:1") == ""

    for each in (ready.ada, ready.cilla):
        each.sees("outcome-objected", who="Cilla Ö")
    assert presses(ready, ready.ada, f"outcomes.ask:{ready.forum.id}:1") == ""
    words = ready.ada.sees("outcome-objected", who="Cilla Ö")
    assert ready.chat.t("outcome-object") not in words
    ready.chat.reads_everything()


def test_nobody_objects_to_what_was_not_answered(ready: Ready) -> None:
    """Not carried out yet is no answer."""
    asked(ready)
    ready.bo.clicks("outcome-later")
    ready.bo.fills({"outcome-later-field": "2026-03-11"})
    ready.chat.reads_everything()

    assert presses(ready, ready.ada, f"outcomes.see_otherwise:{ready.forum.id}:1:1") == "refused-stale"


@pytest.mark.parametrize("way", ["ask:{}:{}", "judge:{}:{}:keep", "judge:{}:{}:end", "later_form:{}:{}"])
def test_a_press_on_a_decision_that_is_over(ready: Ready, way: str) -> None:
    """Withdrawn meanwhile, or never made: one is told so, and nothing is kept."""
    decided(ready)

    def over(store: Store) -> None:
        one = decisions.get(store, ready.forum.id, 1)
        assert one is not None
        decisions.withdraw(store, one, reason="", member=1, now=ready.chat.now)

    ready.store(over)

    for number, told in ((1, "decision-not-standing"), (9, "decision-gone")):
        assert presses(ready, ready.bo, f"outcomes.{way.format(ready.forum.id, number)}") == told
    assert ready.store(lambda store: outcomes.latest(store, ready.forum.id, 1)) is None


def test_who_left_may_not_answer(ready: Ready) -> None:
    """Rights are asked at every press; and timers are rung, not pressed."""
    decided(ready)
    assert presses(ready, ready.bo, f"outcomes.day_came:{ready.forum.id}:1") == "refused-stale"
    assert presses(ready, ready.bo, f"outcomes.ask_one:{ready.forum.id}:1:2") == "refused-stale"
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))

    assert presses(ready, ready.bo, f"outcomes.judge:{ready.forum.id}:1:keep") == "refused-left"


# --- On the day ------------------------------------------------------------------------------------------------


def test_anybody_may_look_back_before_the_day(ready: Ready) -> None:
    """Then nobody is asked on it."""
    decided(ready)
    assert presses(ready, ready.cilla, f"outcomes.ask:{ready.forum.id}:1") == ""
    ready.cilla.sees("outcome-ask", **NUMBER)
    ready.cilla.clicks("outcome-keep")
    ready.chat.reads_everything()
    ready.chat.waits(days=3)

    ready.bo.sees_nothing_new()


def test_without_a_day_one_is_set(ready: Ready) -> None:
    """Not carried out yet leads to the decision, where a day can be given."""
    decided(ready, None)
    assert presses(ready, ready.ada, f"outcomes.later_form:{ready.forum.id}:1") == "refused-stale"
    assert presses(ready, ready.ada, f"outcomes.ask:{ready.forum.id}:1") == ""
    ready.ada.sees("outcome-ask", **NUMBER)
    ready.ada.clicks("outcome-later")

    assert ready.ada.has_form()


def test_it_can_sleep(ready: Ready) -> None:
    """The question rests until another day, and comes back if nobody has answered."""
    asked(ready)
    ready.bo.clicks("budget-sleep")
    ready.bo.fills({"budget-sleep-field": ready.chat.t("budget-sleep-week")})
    ready.chat.reads_everything()
    ready.chat.waits(days=6)
    ready.bo.sees_nothing_new()
    ready.chat.waits(days=1)

    ready.bo.sees("decision-follow-up-due", **NUMBER)


def test_another_owner_meanwhile(ready: Ready) -> None:
    """Whoever let it sleep is not asked any more when somebody else follows it up."""
    asked(ready)
    ready.bo.clicks("budget-sleep")
    ready.bo.fills({"budget-sleep-field": ready.chat.t("budget-sleep-week")})
    ready.store(lambda store: store.do("update decision_version set owner = 1"))
    ready.chat.reads_everything()
    ready.chat.waits(days=8)

    ready.bo.sees_nothing_new()


def test_a_timer_from_an_earlier_version_asks_the_same(ready: Ready) -> None:
    """What was set before follow-up changed still leads to the question."""
    decided(ready)
    ready.store(
        lambda store: store.do(
            "update timer set action = replace(action, 'outcomes.day_came', 'decisions.follow_up')"
        )
    )
    ready.chat.waits(days=2)

    ready.bo.sees("decision-follow-up-due", **NUMBER)


def _round(ready: Ready, decision: int) -> None:
    """The decision came from a round in which the forum looks back on the same day."""

    def make(store: Store) -> None:
        number = rounds.open_round(
            store, ready.forum.id, kind="consent", question=WHAT, member=1, deadline=ready.chat.now, now=ready.chat.now,
            review_on=DAY,
        )  # fmt: skip
        one = rounds.get(store, ready.forum.id, number)
        assert one is not None
        rounds.led_to(store, one, decision)

    ready.store(make)


def test_where_the_forum_looks_back_together_nobody_is_asked_twice(ready: Ready) -> None:
    """A round with a day to look back asks all; an answer in private counts for it too."""
    _round(ready, decided(ready))
    ready.chat.waits(days=3)
    ready.bo.sees_nothing_new()
    assert presses(ready, ready.bo, f"outcomes.judge:{ready.forum.id}:1:keep") == ""

    one = ready.store(lambda store: rounds.get(store, ready.forum.id, 1))
    assert one is not None
    assert one.reviewed_at == ready.chat.now
    ready.chat.reads_everything()


# --- Looking ---------------------------------------------------------------------------------------------------


def test_the_card_says_how_far_it_has_come(ready: Ready) -> None:
    """Not begun, one of two done, carried out; in the chats and when one looks it up."""
    decided(ready)
    ready.adds(2)
    ready.store(lambda store: store.do("update action set decision = 1"))
    assert ready.chat.t("decision-not-begun", all=2) in shown(ready.bo)
    carried_out(ready, 1)
    assert ready.chat.t("decision-actions-done", done=1, all=2) in shown(ready.bo)
    carried_out(ready, 2)
    assert ready.chat.t("decision-carried-out", all=2) in shown(ready.bo)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_what_waits_is_one_word_away(ready: Ready, platform: str) -> None:
    """With a button for each; and when there is nothing, it says so."""
    who, word = (ready.bo, "uppföljning") if platform == "slack" else (ready.cilla, "uppfoljning")
    who.commands(word)
    who.sees("outcome-none-due")
    decided(ready, DAY - timedelta(days=2))
    who.commands(word)
    words = who.sees("outcome-list-title")
    assert WHAT in words
    who.clicks("decision-number", **NUMBER)

    who.sees("outcome-ask", **NUMBER)
    ready.chat.waits(days=2)
    ready.chat.reads_everything()


def test_promises_are_told_for_the_whole_forum_from_ten_on(ready: Ready) -> None:
    """Nine are about somebody; ten are about all."""
    ready.adds(9)
    close = "update action set state = 'done', done_at = 1772438400000"
    ready.store(lambda store: store.do(close))
    ready.bo.commands("uppföljning")
    assert "procent" not in ready.bo.sees("outcome-none-due")
    ready.adds(1, due_on=date(2026, 2, 27))
    ready.bo.commands("uppföljning")

    assert ready.chat.t("outcome-promises", share=90, kept=9, all=10) in ready.bo.sees("outcome-none-due")


# --- Rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("progress", "found"), [
    (Progress(0, 0, 0), "none"), (Progress(0, 0, 2), "waiting"), (Progress(0, 1, 2), "partly"),
    (Progress(1, 1, 2), "partly"), (Progress(2, 2, 2), "done"),
])  # fmt: skip
def test_how_far_a_decision_has_come(progress: Progress, found: str) -> None:
    """As its actions tell."""
    assert stage(progress) == found


@pytest.mark.parametrize(("verdict", "day", "asked_on", "hours", "answered"), [
    ("keep", DAY, DAY, 0, True), ("keep", DAY, DAY, 900, True), ("later", DAY, DAY, 0, False),
    ("keep", DAY, None, 0, False), ("end", None, DAY, 0, False), ("change", None, None, 23, True),
    ("change", None, None, 24, False),
])  # fmt: skip
def test_what_counts_as_answered(
    sample: Sample, verdict: str, day: date | None, asked_on: date | None, hours: int, *, answered: bool
) -> None:
    """An answer for the day that stands now; without a day it counts for a day."""
    one = _with_day(sample, asked_on)
    last = Outcome(one.id, 1, verdict, day, None, 1, NOW)

    assert is_answered(last, one, NOW + timedelta(hours=hours)) is answered
    assert not is_answered(None, one, NOW)


def _with_day(sample: Sample, day: date | None) -> Decision:
    old = decisions.get(sample.store, sample.forum.id, sample.decision)
    assert old is not None
    wording = Wording("Vi tänder", follow_up_on=day)
    decisions.amend(sample.store, old, wording, reason="", member=1, now=NOW)
    one = decisions.get(sample.store, sample.forum.id, sample.decision)
    assert one is not None
    return one


@given(kept=st.integers(0, 500), broken=st.integers(0, 500))
def test_a_share_is_told_from_ten_on_and_is_a_share(kept: int, broken: int) -> None:
    """Below ten nothing is told; otherwise 100 only when all were kept."""
    promises = Promises(kept, kept + broken)

    assert (promises.share is None) is (promises.all < 10)
    assert promises.share is None or (0 <= promises.share <= 100 and (promises.share == 100) is (not broken))
