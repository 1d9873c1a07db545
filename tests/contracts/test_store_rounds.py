"""Decision rounds and their answers: what each verb of ``storage/rounds.py`` promises."""

import json
from datetime import date, timedelta
from typing import Any

from storage import agenda, forums, people, rounds
from storage.db import Store
from storage.records import Forum, Member
from storage.rounds import Round
from tests.stage.samples import NOW

WEEK = timedelta(days=7)


def _open(store: Store, by: Member, kind: str = "consent", **more: Any) -> Round:
    number = rounds.open_round(
        store, by.forum, kind=kind, question="Vi gör så?", member=by.id, deadline=NOW + WEEK, now=NOW, **more
    )
    return _get(store, by.forum, number)


def _get(store: Store, forum: int, number: int) -> Round:
    found = rounds.get(store, forum, number)
    assert found is not None
    return found


def _say(store: Store, one: Round, who: Member, answer: str, *, later: int = 0) -> None:
    rounds.answer(
        store,
        one,
        voter=f"m:{who.id}",
        member=who.id,
        actor=None,
        answer=answer,
        now=NOW + timedelta(hours=later),
    )


def test_a_round_is_kept_as_it_was_given(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """Open, numbered within its forum, owned by whoever opened it."""
    one = _open(
        store, ada, "vote", detail="Ö", options=("Ja", "Nej, “aldrig”"), quorum=50, per="actor", advisers=("m:1", "a:2"),
        meeting=3, point=4, review_on=date(2026, 6, 1),
    )  # fmt: skip

    assert one == Round(
        forum.id, 1, "vote", "Vi gör så?", "Ö", ("Ja", "Nej, “aldrig”"), 50, "actor", ("m:1", "a:2"), ada.id, 3, 4,
        "asking", "open", NOW + WEEK, date(2026, 6, 1), None, "", None, ada.id, NOW, None, 1,
    )  # fmt: skip
    assert rounds.get(store, other.id, 1) is None
    assert rounds.open_now(store, forum.id) == [one]
    assert rounds.of_meeting(store, forum.id, 3) == [one]


def test_a_round_is_closed_once(store: Store, forum: Forum, ada: Member) -> None:
    """The second time nothing happens; what it led to and whether somebody looked back are kept."""
    one = _open(store, ada)

    assert rounds.move_on(store, one, "deciding")
    assert not rounds.move_on(store, one, "deciding")
    assert rounds.close(store, one, "decided", outcome="{}", now=NOW + WEEK)
    assert not rounds.close(store, one, "stopped", outcome="", now=NOW + WEEK)
    assert not rounds.move_on(store, one, "asking")
    rounds.led_to(store, one, 9)
    assert rounds.review(store, one, NOW + WEEK)
    assert not rounds.review(store, one, NOW + WEEK)
    now = _get(store, forum.id, one.id)
    assert (now.state, now.outcome, now.closed_at, now.decision, now.reviewed_at) == (
        "decided",
        "{}",
        NOW + WEEK,
        9,
        NOW + WEEK,
    )
    assert rounds.open_now(store, forum.id) == []


def test_other_words_make_a_version_and_open_it_again(
    store: Store, forum: Forum, ada: Member, bo: Member
) -> None:
    """The old words stay, and so do the answers to them."""
    one = _open(store, ada)
    _say(store, one, bo, "consent")
    rounds.close(store, one, "stopped", outcome="{}", now=NOW)
    rounds.amend(
        store, one, question="Vi gör hälften", detail="", member=ada.id, deadline=NOW + 2 * WEEK, now=NOW
    )
    now = _get(store, forum.id, one.id)
    _say(store, now, bo, "consent", later=1)

    assert (now.version, now.state, now.outcome, now.deadline) == (2, "open", "", NOW + 2 * WEEK)
    assert rounds.earlier(store, now) == [(1, "Vi gör så?", "")]
    assert [each.version for each in rounds.answers(store, now)] == [1, 2]


def test_a_review_stays_behind_the_end(store: Store, forum: Forum, ada: Member) -> None:
    """It moves along when other words make the round end later; one that is late enough stays."""
    for day, then in ((date(2026, 3, 20), date(2026, 4, 10)), (date(2026, 6, 1), date(2026, 6, 1))):
        one = _open(store, ada, review_on=day)
        rounds.amend(
            store, one, question="Så", detail="", member=ada.id, now=NOW + 3 * WEEK, deadline=NOW + 4 * WEEK
        )
        assert _get(store, forum.id, one.id).review_on == then


def test_the_last_word_counts(store: Store, ada: Member, bo: Member) -> None:
    """A voter has one answer to a version, with its reason and day."""
    one = _open(store, ada)
    _say(store, one, bo, "1")
    rounds.answer(
        store, one, voter=f"m:{bo.id}", member=ada.id, actor=7, answer="home", reason="Nämnden", day=date(2026, 4, 1),
        now=NOW + WEEK,
    )  # fmt: skip

    (kept,) = rounds.answers(store, one)
    assert (kept.member, kept.actor, kept.answer, kept.reason, kept.day) == (
        ada.id,
        7,
        "home",
        "Nämnden",
        date(2026, 4, 1),
    )
    assert kept.at == NOW + WEEK


def test_what_is_said_has_its_number_and_reply(store: Store, ada: Member, bo: Member) -> None:
    """Numbered within the round, in the order it came."""
    one, two = _open(store, ada), _open(store, ada)
    assert rounds.say(store, one, "question", "Vem?", member=bo.id, actor=None, now=NOW) == 1
    assert rounds.say(store, two, "question", "Varför?", member=bo.id, actor=None, now=NOW) == 1
    assert rounds.say(store, one, "reaction", "Bra", member=bo.id, actor=3, now=NOW) == 2
    rounds.reply(store, one, 1, "Vi")

    assert [(each.kind, each.words, each.reply, each.actor) for each in rounds.said(store, one)] == [
        ("question", "Vem?", "Vi", None), ("reaction", "Bra", "", 3),
    ]  # fmt: skip


def test_a_point_lends_its_words(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """Those of the forum's own points alone."""
    number = agenda.propose(store, forum.id, what='{"t": "x"}', origin="", member=ada.id, now=NOW)
    assert number is not None

    assert rounds.point_words(store, forum.id, number) == '{"t": "x"}'
    assert rounds.point_words(store, other.id, number) == ""


def test_two_who_are_one_have_one_voice(
    store: Store, forum: Forum, ada: Member, bo: Member, cilla: Member
) -> None:
    """The later word of the two counts, alone ones move over, and what was asked of one is asked of the other."""
    one, two, three = (
        _open(store, ada, advisers=(f"m:{cilla.id}", f"m:{bo.id}")),
        _open(store, cilla),
        _open(store, ada),
    )
    _say(store, one, bo, "1")
    _say(store, one, cilla, "2", later=1)
    _say(store, two, cilla, "3")
    _say(store, three, cilla, "4")
    _say(store, three, bo, "5")
    people.merge(store, bo.person, cilla.person)

    said = [
        [(each.voter, each.member, each.answer) for each in rounds.answers(store, each_)]
        for each_ in (one, two, three)
    ]
    assert said == [[(f"m:{bo.id}", bo.id, "2")], [(f"m:{bo.id}", bo.id, "3")], [(f"m:{bo.id}", bo.id, "5")]]
    assert _get(store, forum.id, one.id).advisers == (f"m:{bo.id}",)
    assert _get(store, forum.id, two.id).owner == bo.id


def test_what_was_closed_names_the_one_who_stays(
    store: Store, ada: Member, bo: Member, cilla: Member
) -> None:
    """Votes stay as they were counted, words as they were written; those of earlier versions and questions move too."""
    gone, left = f"m:{cilla.id}", f"m:{bo.id}"
    vote, stopped = _open(store, ada, "vote"), _open(store, ada)
    rounds.say(store, stopped, "question", "Vem?", member=cilla.id, actor=None, now=NOW)
    rounds.amend(store, stopped, question="Så", detail="", member=cilla.id, deadline=NOW + WEEK, now=NOW)
    ended = {
        vote.id: {"choices": [[], [gone, f"m:{ada.id}"], [left]], "voters": 3, "needed": 0, "left": 0},
        stopped.id: {"who": gone, "reason": gone},
    }
    for number, outcome in ended.items():
        rounds.close(store, _get(store, ada.forum, number), "stopped", outcome=json.dumps(outcome), now=NOW)
    people.merge(store, bo.person, cilla.person)

    told = [json.loads(_get(store, ada.forum, each).outcome) for each in ended]
    assert told[0]["choices"] == [[], [left, f"m:{ada.id}"], [left]]
    assert told[1] == {"who": left, "reason": gone}
    assert [each.member for each in rounds.said(store, stopped)] == [bo.id]


def test_a_forum_becomes_confidential_once(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """And ceases to be once; wherever it is looked up, it says so."""
    assert forums.set_confidential(store, forum.id, confidential=True)
    assert not forums.set_confidential(store, forum.id, confidential=True)
    assert [bool(each.confidential) for each, _ in forums.memberships(store, ada.person)] == [True]
    found = (forums.get(store, forum.id), forums.get(store, other.id))
    assert [bool(each and each.confidential) for each in found] == [True, False]
    assert forums.set_confidential(store, forum.id, confidential=False)
