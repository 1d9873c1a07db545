"""What a forum under attack has to lose: a record of every kind, finished ones as well as ones that wait for an answer."""

from datetime import timedelta
from typing import Final

from handlers.agenda_points import as_kept
from handlers.kit.people_shown import verbatim
from storage import actions, agenda, approvals, decisions, meetings, presentations, rounds, sittings
from storage.decisions import Wording
from storage.meetings import Meeting
from storage.rounds import Round
from tests.stage.everything import fill_forum, open_a_round
from tests.stage.samples import NOW, Sample

KINDS_OF_WORDS: Final = 15
WEEK: Final = timedelta(days=7)


def enrich(sample: Sample, said: str) -> None:
    """Fill the forum; all its words begin with ``said``.

    Meeting 1 waits for its minutes to be approved and meeting 5 is going on; round 5 waits for organisations that ask
    at home, round 6 for a decision on its advice, and of the pulse round 4 is open. So the low numbers that an attacker
    would try all lead to something.
    """
    _asks_for_approval(sample, said)
    fill_forum(sample.store, sample, tuple(f"{said} {number}" for number in range(KINDS_OF_WORDS)))
    _waits_for_answers(sample, said)
    meeting = _opens(sample, f"{said} sitter")
    sittings.tick(sample.store, meeting, sample.bo.id)
    sittings.note(sample.store, meeting, f"{said} noteras", member=sample.ada.id, now=NOW)


def _opens(sample: Sample, title: str) -> Meeting:
    store, forum = sample.store, sample.forum.id
    number = meetings.plan(
        store, forum, title=title, begins_at=NOW, ends_at=NOW + WEEK, zone="UTC", member=sample.ada.id
    )
    one = meetings.get(store, forum, number)
    assert one
    assert meetings.begin(store, one, chair=sample.ada.id, year=2026, now=NOW)
    return one


def _asks_for_approval(sample: Sample, said: str) -> None:
    store, forum = sample.store, sample.forum.id
    one = _opens(sample, f"{said} justeras")
    words = Wording(f"{said} gäller", "", "consent", (1, 2), "", sample.ada.id, NOW.date() + WEEK)
    made = decisions.record(store, forum, words, year=2026, by=sample.ada, now=NOW)
    meetings.belongs(store, forum, "decision", made.id)
    meetings.close(store, one, NOW)
    closed = meetings.get(store, forum, one.id)
    assert closed
    approvals.begin(store, closed, [1, 2], due_at=NOW + WEEK)
    approvals.say(
        store, closed, "change", actor=2, member=sample.bo.id, decision=made.id, words=f"{said} ändras", late=False, now=NOW,
    )  # fmt: skip


def _waits_for_answers(sample: Sample, said: str) -> None:
    store, forum, who = sample.store, sample.forum.id, sample.ada.id
    anchored = _asks(sample, "mandate", f"{said} förankras")
    for actor in (1, 2):
        rounds.answer(
            store, anchored, voter=f"a:{actor}", member=who, actor=actor, answer="home", reason="", day=NOW.date(), now=NOW,
        )  # fmt: skip
    assert rounds.move_on(store, _asks(sample, "advice", f"{said} avgörs"), "deciding")
    presentations.begin_again(store, forum)
    actions.add(
        store, forum, what=f"{said} väntar", actor=2, owner=sample.bo.id, due_on=NOW.date(), decision=None, member=who,
        now=NOW,
    )  # fmt: skip
    agenda.propose(store, forum, what=as_kept(verbatim(f"{said} tas upp")), origin="", member=who, now=NOW)
    open_a_round(store, forum, open_token(forum))


def _asks(sample: Sample, kind: str, question: str) -> Round:
    number = rounds.open_round(
        sample.store, sample.forum.id, kind=kind, question=question, detail="", options=(), advisers=("a:1",),
        member=sample.ada.id, deadline=NOW + WEEK, now=NOW, per="actor", review_on=None,
    )  # fmt: skip
    one = rounds.get(sample.store, sample.forum.id, number)
    assert one
    return one


def open_token(forum: int) -> str:
    """What the ballots know the open round of the pulse by."""
    return f"token-{forum}-open"
