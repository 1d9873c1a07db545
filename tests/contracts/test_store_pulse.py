"""The pulse as everybody may see it: what each verb of ``storage/pulse.py`` promises."""

from datetime import timedelta

from storage import pulse
from storage.db import Store
from storage.pulse import Measured, OwnQuestion, Rhythm, Round, Times
from storage.records import Forum, Member
from tests.stage.samples import NOW

WEEK = timedelta(days=7)
TIMES = Times(NOW, NOW + WEEK / 2, NOW + WEEK, NOW + WEEK + timedelta(days=1))


def _open(
    store: Store, ada: Member, *, token: str = "t1", questions: tuple[str, ...] = ("D3.1", "O1.1")
) -> int:
    return pulse.open_round(
        store, ada.forum, token=token, questions=questions, member=ada.id, times=TIMES, invited=12, organisations=4
    )  # fmt: skip


def _count(store: Store, forum: Forum, number: int, **shown: str) -> bool:
    found = {key.replace("_", "."): each for key, each in shown.items()}
    return pulse.count_round(store, forum.id, number, answered=9, organisations=3, shown=found)


def test_a_round_is_kept_as_it_was_opened(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """Open, numbered within its forum, and nobody else's."""
    number = _open(store, ada)

    assert pulse.get(store, forum.id, number) == Round(
        forum.id, 1, "t1", ("D3.1", "O1.1"), "open", ada.id, TIMES.opens_at, TIMES.reminds_at, TIMES.closes_at,
        TIMES.publishes_at, 12, 4, 0, 0, "",
    )  # fmt: skip
    assert pulse.get(store, other.id, number) is None
    assert pulse.latest(store, other.id) is None
    assert pulse.rounds(store, other.id) == []
    assert pulse.open_tokens(store) == ["t1"]


def test_rounds_are_listed_newest_first(store: Store, forum: Forum, ada: Member) -> None:
    """The newest one is the latest, whatever became of it."""
    first, second = _open(store, ada), _open(store, ada, token="t2")
    pulse.void(store, forum.id, second)

    assert [each.id for each in pulse.rounds(store, forum.id)] == [second, first]
    latest = pulse.latest(store, forum.id)
    assert latest
    assert (latest.id, latest.state) == (second, "void")
    assert pulse.open_tokens(store) == ["t1"]


def test_a_round_is_counted_once(store: Store, forum: Forum, ada: Member) -> None:
    """What was found first stands, however often the closing hour rings; its ballots are no longer asked for."""
    number = _open(store, ada)

    assert _count(store, forum, number, O1_1='"hidden"', D3_1='{"half": true}')
    assert not _count(store, forum, number, D3_1='{"half": false}')

    assert list(pulse.results_of(store, forum.id, number).items()) == [
        ("D3.1", '{"half": true}'),
        ("O1.1", '"hidden"'),
    ]
    found = pulse.get(store, forum.id, number)
    assert found
    assert (found.state, found.answered, found.answered_organisations) == ("counted", 9, 3)
    assert pulse.open_tokens(store) == []


def test_a_result_is_published_once(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """Not before it is counted, not twice, and not by another forum."""
    number = _open(store, ada)
    assert not pulse.publish(store, forum.id, number)
    _count(store, forum, number, D3_1="1")

    assert not pulse.publish(store, other.id, number)
    assert pulse.publish(store, forum.id, number)
    assert not pulse.publish(store, forum.id, number)
    assert not pulse.void(store, forum.id, number)


def test_a_round_without_a_box_ends_void(store: Store, forum: Forum, ada: Member) -> None:
    """It has no result, now or ever."""
    number = _open(store, ada)

    assert pulse.void(store, forum.id, number)
    assert not pulse.void(store, forum.id, number)
    assert not _count(store, forum, number, D3_1="1")
    assert pulse.results_of(store, forum.id, number) == {}
    assert pulse.results_of(store, forum.id, 404) == {}


def test_the_history_of_a_question_is_what_was_published_of_exactly_it(
    store: Store, forum: Forum, other: Forum, ada: Member
) -> None:
    """Oldest first; another version, an unpublished round and another forum are not in it."""
    first, second, third = (_open(store, ada, token=each) for each in "abc")
    for number, shown in ((first, "1"), (second, "2"), (third, "3")):
        _count(store, forum, number, D3_1=shown, D3_2="x")
    pulse.publish(store, forum.id, second)
    pulse.publish(store, forum.id, first)

    assert pulse.history_of(store, forum.id, "D3.1") == [
        Measured(first, TIMES.closes_at, 12, 9, "1"),
        Measured(second, TIMES.closes_at, 12, 9, "2"),
    ]
    assert pulse.history_of(store, other.id, "D3.1") == []


def test_what_a_round_led_to_is_one_line(store: Store, forum: Forum, ada: Member) -> None:
    """It can be said better later."""
    number = _open(store, ada)
    pulse.set_led_to(store, forum.id, number, "Vi flyttade mötet.")
    pulse.set_led_to(store, forum.id, number, "Vi flyttade mötet till morgonen.")

    found = pulse.get(store, forum.id, number)
    assert found
    assert found.led_to == "Vi flyttade mötet till morgonen."


def test_the_rhythm_is_the_forums_own(store: Store, forum: Forum, other: Forum) -> None:
    """Nothing until it is set; setting it again replaces it."""
    assert pulse.rhythm(store, forum.id) is None

    pulse.set_rhythm(store, forum.id, rhythm="monthly", turn=0, next_at=NOW)
    assert pulse.rhythm(store, forum.id) == Rhythm("monthly", 0, NOW)
    pulse.set_rhythm(store, forum.id, rhythm="weekly", turn=3, next_at=None)

    assert pulse.rhythm(store, forum.id) == Rhythm("weekly", 3, None)
    assert pulse.rhythm(store, other.id) is None


def test_another_wording_is_another_question(store: Store, forum: Forum, other: Forum) -> None:
    """The newest one is asked; the old words can still be read where they were shown."""
    asked = pulse.add_own(store, forum.id, "Är mötena lagom långa?")
    pulse.add_own(store, forum.id, "Hörs alla?")

    changed = pulse.reword_own(store, forum.id, asked.id, "Våra möten är lagom långa.")

    assert (asked.key, changed and changed.key) == ("own:1.1", "own:1.2")
    assert [each.text for each in pulse.own_questions(store, forum.id)] == [
        "Våra möten är lagom långa.",
        "Hörs alla?",
    ]
    assert pulse.own_text(store, forum.id, 1, 1) == "Är mötena lagom långa?"
    assert pulse.own_text(store, forum.id, 1, 9) is None
    assert pulse.own_text(store, other.id, 1, 1) is None
    assert pulse.reword_own(store, other.id, 1, "x") is None
    assert pulse.own_questions(store, other.id) == []


def test_a_question_may_rest(store: Store, forum: Forum) -> None:
    """It is asked no more until it is taken up again, also after a new wording."""
    asked = pulse.add_own(store, forum.id, "Hörs alla?")
    pulse.retire_own(store, forum.id, asked.id)

    assert pulse.own_questions(store, forum.id) == []
    assert pulse.own_questions(store, forum.id, retired=True) == [
        OwnQuestion(1, 1, "Hörs alla?", retired=True)
    ]
    pulse.retire_own(store, forum.id, asked.id, retired=False)
    assert pulse.own_questions(store, forum.id) == [asked]


def test_no_table_of_the_pulse_has_a_column_for_who_answered(store: Store) -> None:
    """The coordinator who opened a round is the only person in it."""
    columns = {
        name
        for table in ("pulse_round", "pulse_result", "pulse_rhythm", "pulse_question")
        for name in store.columns(table)
    }

    assert "closes_at" in columns
    assert {each for each in columns if "by" in each or "person" in each or "member" in each} == {"opened_by"}
