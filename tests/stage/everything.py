"""Something in every table, and every oddity that a text can hold: for tests that carry an installation over."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Final

from storage import (
    actions,
    agenda,
    approvals,
    attendance,
    briefs,
    codes,
    cycles,
    decisions,
    forums,
    guards,
    intake,
    meetings,
    nudges,
    outbox,
    outcomes,
    presentations,
    pulse,
    quiet,
    rounds,
    sittings,
    timers,
    wins,
    wishes,
)
from storage.db import Store
from storage.decisions import Wording
from storage.intake import Draft
from storage.outbox import Address
from storage.pulse import Times
from storage.wishes import Wishes
from tests.stage.samples import NOW, Sample, add_forum, sample_forum

SECRET: Final = "5a" * 32
ODD: Final = (
    "", " ", "'; drop table person; --", "a\tb\r\nc\x0b\x1b[0m\x7f", "\\N \\. \\\\ \\u0000 %s %(x)s :name ?",
    "åäö a\u030ao\u0308 ﷽ ß ẞ İı", "\u202eolleh\u202c \u2066x\u2069 \u200b\u200d\ufeff", "👩‍👩‍👧‍👦🏳️‍🌈🇸🇪", "e" + "\u0301" * 300,
    "\U0010ffff\ufffe\uffff\ue000\u0001", '{"a": [1, null]}', "\"'`$$ $1 --", "𝔖𝔞𝔪𝔰𝔶𝔫 漢字 עברית العربية", "x" * 1_000_000, "ö" * 70_000,
)  # fmt: skip
"""All but NUL, which one of the engines cannot keep."""
STATES: Final = ("new", "sending", "sent", "dead", "unknown", "dropped")
WEEK: Final = timedelta(days=7)
_SHOWN: Final = {"D1.1": '{"kind": "hidden"}', "D2.1": '{"kind": "band", "band": "few"}'}
_COUNTED: Final = {"choices": [["a:1"], [], []], "voters": 2, "needed": 0, "left": 0}
"""What a round of the pulse and a vote leave behind, as the handlers read it."""


def fill(store: Store, secret: str = SECRET, said: tuple[str, ...] = ODD) -> Sample:
    """An installation that has lived for a while; no round of the pulse is open."""
    intake.set_fact(store, "secret", secret)
    intake.set_fact(store, "backup-at", "1772000000000")
    sample = sample_forum(store)
    other = add_forum(store, "Annat", invite="annan")
    forums.join(store, other.id, sample.bo.person, actor_id=None, role="coordinator", now=NOW)
    _say(store, sample, said)
    _send(store, sample)
    _take_in(store, sample)
    fill_forum(store, sample)
    return sample


def fill_forum(store: Store, sample: Sample, said: tuple[str, ...] = ODD) -> None:
    """Something of every kind that a forum keeps, in words of the caller's; it has two organisations."""
    for each in (_decide, _act, _ask, _plan, _meet, _go_round, _brief, _wish, _celebrate):
        each(store, sample, said)


def open_a_round(store: Store, forum: int = 1, token: str = "open-round") -> int:
    """A round that closes in a week, with its timer."""
    number = pulse.open_round(
        store, forum, token=token, questions=("D1.1", "D2.1"), member=1, invited=3,
        organisations=2, times=Times(NOW, NOW + WEEK / 2, NOW + WEEK, NOW + WEEK * 2),
    )  # fmt: skip
    timers.schedule(
        store, f"{forum}:pulse-close:{number}", NOW + WEEK, f"pulse.close:{forum}:{number}",
        forum=forum, grace=timedelta(days=1), late="ring",
    )  # fmt: skip
    return number


@contextmanager
def kept(store: Store) -> Iterator[Store]:
    """What is done inside is done at once."""
    store.run("begin")
    yield store
    store.run("commit")


def _wish(store: Store, sample: Sample, _said: tuple[str, ...]) -> None:
    wishes.keep(store, sample.bo.person, Wishes(days=(0, 2), away_until=date(2026, 7, 1), mentions=False))
    nudges.wait(store, sample.bo.person, sample.forum.id, "action-1", card="{}", fallback="", again="x:1")


def _say(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    for each in said:
        decisions.record(store, sample.forum.id, Wording(each, each[::-1]), year=2025, by=sample.bo, now=NOW)
    forums.move_chat(store, "telegram", "", "-1007", "-1001007")


def _decide(store: Store, sample: Sample, _said: tuple[str, ...]) -> None:
    forum = sample.forum.id
    for number in range(1, 4):
        old = decisions.get(store, forum, sample.decision)
        assert old is not None
        said = Wording(
            f"Vi tänder {number} lyktor.", "Det är mörkt.", actors=(1, 2), follow_up_on=date(2026, 4, number)
        )
        decisions.amend(store, old, said, reason="Fler behövs", member=sample.bo.id, now=NOW + number * WEEK)
    new = decisions.record(store, forum, Wording("Vi släcker."), year=2026, by=sample.ada, now=NOW)
    standing = decisions.get(store, forum, sample.decision)
    assert standing is not None
    decisions.replace_with(store, standing, new.id, reason="", member=sample.ada.id, now=NOW + 9 * WEEK)


def _act(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    forum, who = sample.forum.id, sample.ada.id
    actions.note(store, forum, sample.action, "note", said[7], member=None, now=NOW)
    actions.set_state(store, forum, sample.action, "done", member=who, now=NOW)
    actions.add(
        store, forum, what="", actor=None, owner=None, due_on=None, decision=None, member=who, now=NOW
    )
    agenda.propose(store, forum, what=json.dumps(said[5]), origin="pulse:1", member=who, now=NOW)


def _ask(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    forum = sample.forum.id
    own = pulse.add_own(store, forum, "Hur mår vi?")
    pulse.reword_own(store, forum, own.id, said[5])
    pulse.set_rhythm(store, forum, rhythm="monthly", turn=3, next_at=None)
    for end in ("void", "counted", "published"):
        number = open_a_round(store, forum, f"token-{forum}-{end}")
        timers.cancel(store, f"{forum}:pulse-close:{number}")
        if end == "void":
            pulse.void(store, forum, number)
            continue
        pulse.count_round(store, forum, number, answered=2, organisations=2, shown=_SHOWN)
        if end == "published":
            pulse.publish(store, forum, number)


def _plan(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    forum, zone = sample.forum.id, "Europe/Stockholm"
    number = cycles.add(store, forum, title=said[5], words=said[7], rule="FREQ=WEEKLY;BYDAY=TU", first_on=date(2026, 3, 3),
                        begins=time(13), minutes=120, zone=zone, venue=said[6])  # fmt: skip
    one = cycles.get(store, forum, number)
    assert one
    cycles.answer(store, one, {"2026-07-07": ""})
    cycles.set_feed(store, forum, "f" * 32)
    for occurs_on in (date(2026, 3, 3), None):
        meeting = meetings.plan(store, forum, title=said[8], begins_at=NOW, ends_at=NOW + WEEK, zone=zone, venue=said[3], cycle=number,
                                occurs_on=occurs_on, member=sample.ada.id)  # fmt: skip
        attendance.say(store, forum, meeting, sample.bo.id, "substitute", said[12])


def _meet(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    forum, who = sample.forum.id, sample.ada.id
    number = meetings.plan(
        store, forum, title=said[3], begins_at=NOW, ends_at=NOW + WEEK, zone="UTC", member=who
    )
    one = meetings.get(store, forum, number)
    assert one
    meetings.begin(store, one, chair=who, year=2026, now=NOW)
    sittings.tick(store, one, sample.bo.id)
    sittings.note(store, one, said[7], member=who, now=NOW)
    meetings.belongs(store, forum, "decision", sample.decision)
    presentations.line_up(store, forum)
    presentations.presented(store, forum, 1, meeting=number, day=NOW.date())
    presentations.summarise(store, forum, 1, said[12], member=who, now=NOW)
    meetings.close(store, one, NOW + WEEK)
    approvals.begin(store, one, [1, 2], due_at=NOW + WEEK)
    approvals.answer(store, one, 1, "confirmed", member=who, now=NOW)
    for kind in ("change", "objection"):
        approvals.say(
            store, one, kind, actor=2, member=sample.bo.id, decision=sample.decision, words=said[8], late=False, now=NOW,
        )  # fmt: skip
    approvals.freeze(store, one, NOW + WEEK)


def _go_round(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    forum, who = sample.forum.id, sample.ada.id
    for kind in ("consent", "vote", "advice", "mandate"):
        number = rounds.open_round(
            store, forum, kind=kind, question=said[9], detail=said[10], options=(said[11], "Nej"), advisers=("a:1",),
            member=who, deadline=NOW + WEEK, now=NOW, review_on=date(2026, 9, 1),
        )  # fmt: skip
        one = rounds.get(store, forum, number)
        assert one
        rounds.answer(
            store,
            one,
            voter="a:1",
            member=who,
            actor=1,
            answer="home",
            reason=said[4],
            day=date(2026, 4, 1),
            now=NOW,
        )
        seq = rounds.say(store, one, "question", said[5], member=sample.bo.id, actor=None, now=NOW)
        rounds.reply(store, one, seq, said[6])
        rounds.amend(store, one, question="Så då?", detail="", member=who, deadline=NOW + 2 * WEEK, now=NOW)
        if kind == "vote":
            rounds.close(
                store, one, "decided", outcome=json.dumps({**_COUNTED, "more": said[13]}), now=NOW + WEEK
            )


def _brief(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    forum, who = sample.forum.id, sample.bo.id
    briefs.set_rhythm(store, forum, "monthly")
    briefs.set_readers(store, forum, [who])
    body = {
        "forum": said[10],
        "since": "2026-02-01",
        "until": "2026-03-01",
        "zone": "UTC",
        "home": [],
        "sections": [],
    }
    number = briefs.keep(store, forum, json.dumps(body), meeting=1, now=NOW)
    briefs.answer(store, forum, number, member=who, words=said[7], now=NOW)
    guards.told(store, forum, "meet", 0, NOW.date())
    guards.settle(store, forum, "meet", 0)


def _celebrate(store: Store, sample: Sample, said: tuple[str, ...]) -> None:
    forum, who = sample.forum.id, sample.ada.id
    for kind, occasion in (("told", None), ("decisions", "decisions-10")):
        what = said[7] if kind == "told" else "10"
        number = wins.add(store, forum, kind=kind, what=what, actors=(1, 2), now=NOW, occasion=occasion, member=who,
                          action=sample.action, decision=sample.decision)  # fmt: skip
        assert number
        wins.name(store, forum, number, sample.bo.id)
        wins.name(store, forum, number, who, "yes")
        wins.tell(store, forum, [number], NOW + WEEK)
    quiet.set_calm(store, forum, date(2026, 4, 1))
    one = decisions.get(store, forum, sample.decision)
    assert one
    outcomes.add(store, one, "later", again_on=date(2026, 5, 1), member=who, now=NOW)
    outcomes.add(store, one, "keep", member=sample.bo.id, now=NOW + WEEK)


def _send(store: Store, sample: Sample) -> None:
    forum = sample.forum.id
    for place, state in enumerate(STATES):
        outbox.hang(store, f"decision:{place}", Address("slack", "T1", f"C{place}"), forum=forum, person=None)
        for care in ("repeat", "once", "forget"):
            letter = outbox.put(
                store, "post", Address("slack", "T1", f"C{place}"), f'{{"said": "{state}"}}', now=NOW, forum=forum,
                language="sv", zone="Europe/Stockholm", care=care, card_name=f"decision:{place}", person=sample.ada.person,
                matters=((forum, "action-1"), (forum, "news-1")),
            )  # fmt: skip
            if state == "new":
                continue
            outbox.mark_sending(store, letter.id)
            if state == "sent":
                outbox.mark_sent(store, letter, f"17.{place}")
            elif state != "sending":
                outbox.mark(store, letter.id, state, "trouble")


def _take_in(store: Store, sample: Sample) -> None:
    forum = sample.forum.id
    for number in range(50):
        intake.first_time(store, f"{number}:Ev{number:06}", NOW)
    timers.schedule(
        store, f"{forum}:late", NOW - WEEK, f"mine.mine:{forum}:", forum=forum, grace=WEEK, late="skip"
    )
    timers.schedule(store, "0:soon", NOW + WEEK, "mine.mine:0:", forum=None, grace=WEEK, late="ring")
    here = Address("telegram", "", "7")
    intake.keep_draft(
        store, here, "7", Draft("decisions.record_form:1", {"what": ODD[4]}, 2, "99", NOW + WEEK)
    )
    intake.bury(store, "slack", "no JSON", ODD[3], NOW)
    codes.note_guess(store, "slack:T1:UBO", NOW)
    codes.note_guess(store, "slack:T1:UBO", NOW)
    codes.issue(store, "hash", "tie", expires_at=NOW + WEEK, forum=forum, person=sample.ada.person)
