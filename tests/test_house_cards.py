"""Buttons and forms of every feature against the platforms' limits, with the longest arguments there can be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from bot.speech import Speech
from bot.telegram.confirming import asking
from bot.telegram.deep_links import payload_of
from handlers import FEATURES
from handlers.decision_rules import KEY_BYTES
from handlers.guard_rules import KINDS
from handlers.help import WORDS_BYTES
from handlers.kit.access import TABLE, Standing
from handlers.kit.feature import Book, FormHandler, Handler
from handlers.kit.inbound import Request
from handlers.kit.ui import BUTTON_BYTES, Action, ChoiceField, Form, text
from handlers.pulse_plan import BANK
from handlers.round_rules import LONGEST as LONGEST_QUESTION
from handlers.round_rules import LONGEST_DETAIL
from prompts.texts import LANGUAGES, Catalog
from storage import (
    agenda,
    approvals,
    briefs,
    cycles,
    decisions,
    forums,
    meetings,
    nudges,
    pulse,
    rounds,
    sittings,
    wins,
)
from storage.ballots import Ballots, Seat
from storage.decisions import Wording
from storage.pulse import Times
from tests.stage.samples import NOW, Sample, open_database, sample_forum

BOOK = Book.of(FEATURES)
EVERY: dict[str, Handler[...] | FormHandler[...]] = {**BOOK.handlers, **BOOK.forms}
COMMANDS = {each.handler.name for each in BOOK.words.values()}
LARGE = 10**9
"""No forum, and nothing in one, will have a higher number."""
LONGEST_MATTER = f"hint-{max(KINDS, key=len)}-{LARGE}"
LONGEST: dict[str, tuple[str | int, ...]] = {
    "actions.page": ("2026-12-31", LARGE),
    "attending.answer": (LARGE, "yes"),
    "budget.answer": (LONGEST_MATTER,),
    "budget.sleep_form": (LONGEST_MATTER,),
    "budget.switch": ("praise-private",),
    "budget.no_more": (LARGE, LONGEST_MATTER),
    "reminders.overdue_to": (LARGE, "2026-12-31"),
    "decisions.more": ("x" * KEY_BYTES, LARGE),  # what decision_rules.search_key leaves of a search
    "help.decide": ("x" * WORDS_BYTES,),  # the words behind a misspelt command, if they are few
    "help.take_on": ("x" * WORDS_BYTES,),
    "guards.again": (LARGE, "follow", LARGE),
    "guards.settle": ("follow", LARGE),
    "members.join_form": ("x" * 10,),  # an invitation as kit/codes.py makes it
    "mine.more": ("2026-12-31", LARGE),
    "naming.answer": (LARGE, "yes", 9999),
    "noticing.noticed": ("decision", LARGE),
    "win_month.month_over": (2199, 12),
    "win_month.page": (2199, 12),
    "win_month.share": (2199, 12),
    "outcomes.judge": (LARGE, "change"),
    "planned.anyway": (LARGE, "20260512.1380.1440.999"),
    "planned.plan_form": ("2026-05-12",),
    "setup.speak": ("sv",),
    "setup.speak_here": (LARGE, "forum"),
}
"""The longest arguments of the handlers that take words; a command's button carries none."""
NEVER_PRIVATE = {
    "budget.no_more",
    "reminders.overdue_to",
    "approval.ask_one",
    "budget.answer",
    "budget.sleep_form",
    "budget.switch",
    "digests.more",
    "pulse.remind_one",
    "reminders.remind_one",
    "rounds.nudge_one",
    "briefs.to_agenda",
    "guards.again",
    "guards.settle",
    "meeting.time_over",
    "meeting_closing.close_anyway",
    "consent.reply_form",
    "cycle.settle",
    "cycle.settle_all",
    "planned.anyway",
    "decisions.more",
    "actions.page",
    "mine.more",
    "reminders.remind",
    "help.decide",
    "help.take_on",
    "noticing.noticed",
    "outcomes.ask_one",
    "outcomes.see_otherwise",
}
"""Pages are turned and words taken up where one reads them, and reminders are rung: none leads into the private chat."""
OF_DECISION = {
    "decisions.amend_form",
    "decisions.withdraw_form",
    "decisions.replace_form",
    "actions.add_form",
    "outcomes.later_form",
}
ALONE = {"ties.account_form"}
"""Forms that are only for the private chat."""
TITLE = 24
"""Slack's limit for the title of a modal and its button: https://docs.slack.dev/reference/views/modal-views"""
LABEL, OPTION, HINT, CHOICES = 2000, 75, 2000, 100
"""Slack's limits for a field: https://docs.slack.dev/reference/block-kit/blocks/input-block"""


SHOWN, OPEN = 1, 2
OF_ROUND = {"pulse.answer": OPEN, "rhythm.led_to_form": SHOWN}
"""Forms about a round of the pulse."""
OF_SITTING = {
    "meeting.note_form",
    "meeting.mend_form",
    "presence.tick_form",
    "presence.heard_form",
    "presence.check_in_form",
}
"""Forms about the meeting that is open."""
FIRST = {"agenda.edit_form", "presenting.summary_form", "briefs.answer_form"}
"""Forms about the first point, the first organisation, or the first brief."""
AFRESH = {"wins.report_form"}
"""Forms that ask the most when they are about nothing that is there."""
MINUTES = 2
OF_MINUTES = {"approval.reword", "approval.differ"}
"""Forms about minutes that are out for approval."""

OF_DECIDING: dict[str, tuple[int, ...]] = {
    **dict.fromkeys((f"consent.{each}_form" for each in ("ask", "react", "object", "amend")), (1,)),
    "consent.reply_form": (1, 1), "advice.advise_form": (2,), "advice.decide_form": (3,),
    "mandate.home_form": (4,), "mandate.no_form": (4,),
}  # fmt: skip
"""Forms about a decision round: consent, advice that is asked for, advice that is in, a mandate."""
OF_PLANNED: dict[str, tuple[str | int, ...]] = {
    "cycle.change_form": (1,),
    "planned.move_form": (1,),
    "attending.substitute_form": (1,),
    "planned.plan_form": ("",),
}
"""Forms about a cycle or a meeting that is planned."""


def _arguments(handler: "Handler[...] | FormHandler[...]") -> tuple[str | int, ...]:
    if handler.name in LONGEST:
        return LONGEST[handler.name]
    if handler.name in COMMANDS:
        return ("",)
    assert str not in handler.casts, f"say how long the words of {handler.name} can be"
    return (LARGE,) * len(handler.casts)


@pytest.mark.parametrize("name", EVERY)
def test_every_button_fits_into_telegrams_64_bytes(name: str) -> None:
    """Whatever a card can carry is drawn on both platforms, in the largest forum there will ever be."""
    handler = EVERY[name]
    arguments = _arguments(handler)

    assert len(arguments) == len(handler.casts)
    data = Action(name, arguments).encode(LARGE)
    assert len(data.encode()) <= BUTTON_BYTES


@pytest.mark.parametrize("name", sorted(set(EVERY) - set(LONGEST)))
def test_every_button_leaves_room_for_a_question_before_it(name: str) -> None:
    """Telegram has no dialog, so a button that asks first carries the question with it."""
    data = Action(name, _arguments(EVERY[name])).encode(LARGE)

    assert len(asking(data, text("confirm-yes"), "sv").encode()) <= BUTTON_BYTES


@pytest.mark.parametrize("name", sorted(set(EVERY) - NEVER_PRIVATE))
def test_what_may_go_on_in_private_fits_into_a_link(name: str) -> None:
    """A Telegram start link takes less than a button does."""
    data = Action(name, _arguments(EVERY[name])).encode(LARGE)

    assert len(payload_of(data)) <= 64


def test_no_button_carries_what_would_be_read_as_another_argument() -> None:
    """Arguments are joined by colons, so that none may hold one."""
    assert not any(":" in str(each) for arguments in LONGEST.values() for each in arguments)


# --- Forms -----------------------------------------------------------------------------------------------------


@pytest.fixture(name="speech", scope="module")
def _speech() -> Speech:
    return Speech(Catalog.load())


@pytest.fixture(name="sample", scope="module")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """A forum whose decision and action carry the highest numbers people will see."""
    database = open_database(tmp_path_factory.mktemp("cards") / "cards.db")
    sample = sample_forum(database.store)
    database.store.run("update decision set number = 99999")
    database.store.run("update action set id = 99999")
    _rounds(sample)
    _planned(sample)
    _minutes(sample)
    _sitting(sample)
    _deciding(sample)
    _briefed(sample)
    _won(sample)
    nudges.wait(
        sample.store, sample.ada.person, sample.forum.id, LONGEST_MATTER, card="{}", fallback="", again="x:1"
    )
    yield replace(sample, action=99999)
    database.close()


def _planned(sample: Sample) -> None:
    """A meeting and a cycle."""
    store, forum, zone = sample.store, sample.forum.id, "Europe/Stockholm"
    ends_at = NOW + timedelta(hours=1)
    meetings.plan(store, forum, title="Möte", begins_at=NOW, ends_at=ends_at, zone=zone, member=None)
    cycles.add(store, forum, title="Möte", words="", rule="FREQ=WEEKLY;BYDAY=TU", first_on=NOW.date(), begins=NOW.time(),
               minutes=60, zone=zone)  # fmt: skip


def _rounds(sample: Sample) -> None:
    """One round of the pulse that everybody has seen, and one that is open."""
    questions = [each.key for each in BANK.values()][:4]
    times = Times(NOW, NOW + timedelta(days=3), NOW + timedelta(days=7), NOW + timedelta(days=8))
    for _ in range(2):
        pulse.open_round(
            sample.store, sample.forum.id, token="t", questions=questions, member=sample.ada.id, times=times,
            invited=12, organisations=3,
        )  # fmt: skip
    pulse.count_round(sample.store, sample.forum.id, SHOWN, answered=0, organisations=0, shown={})
    pulse.publish(sample.store, sample.forum.id, SHOWN)


def _minutes(sample: Sample) -> None:
    """A meeting that is over, with two decisions; everybody's organisation is asked about its minutes."""
    store, forum = sample.store, sample.forum.id
    number = meetings.plan(store, forum, title="Möte", begins_at=NOW, ends_at=NOW, zone="UTC", member=None)
    one = meetings.get(store, forum, number)
    assert one
    meetings.begin(store, one, chair=sample.ada.id, year=2026, now=NOW)
    for _ in range(2):
        made = decisions.record(store, forum, Wording("x" * 2000), year=2026, by=sample.ada, now=NOW)
        meetings.belongs(store, forum, "decision", made.id)
    meetings.close(store, one, NOW)
    approvals.begin(store, one, [each.id for each in forums.actors(store, forum)], due_at=NOW)


def _won(sample: Sample) -> None:
    """As many wins as a list holds, each as long as one may be."""
    for _ in range(30):
        number = wins.add(sample.store, sample.forum.id, kind="told", what="x" * 300, actors=(), now=NOW)
        wins.tell(sample.store, sample.forum.id, [number or 0], NOW)


def _sitting(sample: Sample) -> None:
    """A meeting that is open, with a point and somebody who has not been heard."""
    store, forum = sample.store, sample.forum.id
    what = '{"t": "verbatim", "v": {"words": "Lamporna"}}'
    agenda.propose(store, forum, what=what, origin="", member=sample.ada.id, now=NOW)
    number = meetings.plan(store, forum, title="Möte", begins_at=NOW, ends_at=NOW, zone="UTC", member=None)
    one = meetings.get(store, forum, number)
    assert one
    meetings.begin(store, one, chair=sample.ada.id, year=2026, now=NOW)
    sittings.tick(store, one, sample.bo.id)
    sittings.note(store, one, "x" * 2000, member=sample.ada.id, now=NOW)


def _deciding(sample: Sample) -> None:
    """A round of each kind that has forms of its own, all by Ada, with the longest words there can be."""
    store, forum, ada = sample.store, sample.forum.id, sample.ada
    mine = f"a:{ada.actor}"
    for kind in ("consent", "advice", "advice", "mandate"):
        rounds.open_round(
            store, forum, kind=kind, question="x" * LONGEST_QUESTION, detail="y" * LONGEST_DETAIL, advisers=(mine,), per="actor", member=ada.id,
            deadline=NOW + timedelta(days=7), now=NOW,
        )  # fmt: skip
    consent, _, advised, mandate = (rounds.get(store, forum, each) for each in range(1, 5))
    assert consent
    assert advised
    assert mandate
    rounds.say(store, consent, "question", "x" * 500, member=sample.bo.id, actor=None, now=NOW)
    rounds.move_on(store, advised, "deciding")
    rounds.answer(store, mandate, voter=mine, member=ada.id, actor=ada.actor, answer="home", now=NOW)


def _briefed(sample: Sample) -> None:
    """A leaders' brief that Ada reads, and answered at length."""
    store, forum, ada = sample.store, sample.forum.id, sample.ada.id
    briefs.set_readers(store, forum, [ada])
    number = briefs.keep(store, forum, "{}", meeting=None, now=NOW)
    briefs.answer(store, forum, number, member=ada, words="x" * 500, now=NOW)


class _Seated(Ballots):
    """Everybody may vote."""

    @override
    def seat(self, token: str, member: int) -> Seat | None:
        return "open"


def _asked(sample: Sample, handler: FormHandler[...]) -> Request:
    """A request by somebody who may open the form."""
    may = TABLE[handler.deed]
    if Standing.COORDINATOR in may:
        return sample.request(sample.ada, administrator=True)
    untied = replace(sample.channel, forum=None)
    if Standing.GUEST in may:
        return sample.request(None, administrator=True)
    return sample.request(None, forum=None, place=untied, administrator=True)


def _about(sample: Sample) -> dict[str, tuple[str | int, ...]]:
    """What forms are about that are about neither a decision nor an action."""
    going = meetings.open_now(sample.store, sample.forum.id)
    assert going
    return {
        "members.join_form": (sample.forum.invite,),
        "budget.sleep_form": (LONGEST_MATTER,),
        **dict.fromkeys(OF_SITTING, (going.id,)),
        **dict.fromkeys(FIRST, (1,)),
        **dict.fromkeys(AFRESH, (0,)),
        **dict.fromkeys(OF_MINUTES, (MINUTES, sample.ada.actor or 0)),
        **OF_PLANNED,
        **OF_DECIDING,
        **{form: (round_,) for form, round_ in OF_ROUND.items()},
    }


def _built(sample: Sample, name: str) -> Form:
    handler = BOOK.forms[name]
    everywhere = tuple(sample.decision if name in OF_DECISION else sample.action for _ in handler.casts)
    arguments = _about(sample).get(name, everywhere)
    req = replace(_asked(sample, handler), ballots=_Seated(Path("nowhere"), b""))
    return handler.build(replace(req, place=None) if name in ALONE else req, *arguments)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BOOK.forms)
def test_every_form_fits_into_a_modal(sample: Sample, speech: Speech, name: str, language: str) -> None:
    """Title and button are at most 24 characters in both languages; nothing is ever cut."""
    form = _built(sample, name)

    for each in (form.title, form.submit):
        said = speech.say(each, language).plain
        assert 0 < len(said) <= TITLE, said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BOOK.forms)
def test_every_question_can_be_asked(sample: Sample, speech: Speech, name: str, language: str) -> None:
    """Labels, hints and options say something and fit; no two fields have the same key."""
    form = _built(sample, name)
    keys = [each.key for each in form.fields]

    assert len(keys) == len(set(keys))
    for each in form.fields:
        assert 0 < len(speech.say(each.label, language).plain) <= LABEL
        assert not each.hint or 0 < len(speech.say(each.hint, language).plain) <= HINT
        if isinstance(each, ChoiceField):
            assert 0 < len(each.options) <= CHOICES
            assert all(0 < len(speech.say(option.label, language).plain) <= OPTION for option in each.options)
            assert {*filter(None, each.initial.split(","))} <= {option.value for option in each.options}
