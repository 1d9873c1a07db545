"""What a brief says of wins, promises and the pulse: only what everybody has seen."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bot.adapter import Outgoing
from bot.slack.blocks import Pen
from bot.speech import Speech
from bot.telegram.render import render
from handlers.brief_cards import brief_card
from handlers.brief_facts import brief_now
from handlers.brief_rules import Section
from handlers.kit.ui import Action, Items, Text, text
from handlers.pulse_plan import BANK, question_text
from prompts.texts import LANGUAGES, Catalog
from storage import actions, decisions, meetings, pulse, rounds, wins
from storage.decisions import Wording
from storage.outbox import Address
from storage.pulse import Times
from tests.stage.samples import NOW, Sample

SPEECH = Speech(Catalog.load())
DAY = timedelta(days=1)
QUESTIONS = tuple(each.key for each in BANK.values())[:2]
FEW: dict[str, Any] = {"kind": "band", "band": "few"}
MOST: dict[str, Any] = {"kind": "band", "band": "most"}
HIDDEN: dict[str, Any] = {"kind": "hidden"}


def section(sample: Sample, key: str) -> Section | None:
    """A part of the brief as of tomorrow, by its heading."""
    brief = brief_now(sample.request(sample.ada, now=NOW + DAY))
    return next((each for each in brief.sections if each.heading == text(key)), None)


def publishes(
    sample: Sample, shown: dict[str, dict[str, Any]], *, led_to: str = "", answered: int = 20
) -> None:
    """A round of the pulse that everybody has seen."""
    store, forum = sample.store, sample.forum.id
    number = pulse.open_round(
        store, forum, token=f"t{len(pulse.rounds(store, forum))}", questions=tuple(shown), member=1, invited=24,
        organisations=4, times=Times(NOW, NOW, NOW, NOW),
    )  # fmt: skip
    kept = {key: json.dumps(each) for key, each in shown.items()}
    pulse.count_round(store, forum, number, answered=answered, organisations=4, shown=kept)
    pulse.publish(store, forum, number)
    pulse.set_led_to(store, forum, number, led_to)


# --- Results ---------------------------------------------------------------------------------------------------


def test_wins_come_first_and_are_told_once(sample: Sample) -> None:
    """An action that was celebrated is not told again as an action that is done."""
    store, forum = sample.store, sample.forum.id
    actions.set_state(store, forum, sample.action, "done", member=sample.bo.id, now=NOW)
    number = wins.add(
        store, forum, kind="together", what="Lamporna lyser", actors=(1, 2), now=NOW, action=sample.action
    )
    assert number
    wins.tell(store, forum, [number], NOW)

    results = section(sample, "brief-results")
    assert results
    assert results.summary == text("brief-results-count", count=1, decisions=1)
    names = Items(("Polisen", "Sundköpings kommun"))
    first, *rest = results.items
    assert (first.key, first.vars["actors"]) == ("brief-together", names)
    assert [each.key for each in rest] == ["brief-decided"]


def test_more_than_fits_is_counted(sample: Sample) -> None:
    """Four things done, four decisions, and how many there are besides."""
    store, forum, ada = sample.store, sample.forum.id, sample.ada
    for index in range(7):
        number = actions.add(
            store, forum, what=f"Sak {index}", actor=None, owner=None, due_on=None, decision=None, member=ada.id, now=NOW
        )  # fmt: skip
        actions.set_state(store, forum, number, "done", member=ada.id, now=NOW)
        decisions.record(store, forum, Wording("Ja"), year=2026, by=ada, now=NOW)

    results = section(sample, "brief-results")
    assert results
    assert [each for each in results.items if each.key == "brief-and-more"] == [
        text("brief-and-more", count=3), text("brief-and-more", count=4),
    ]  # fmt: skip


@pytest.mark.parametrize(("promises", "told"), [(9, False), (10, True)])
def test_a_share_of_few_promises_says_nothing(sample: Sample, promises: int, *, told: bool) -> None:
    """From ten on it is told, for the whole forum."""
    store, forum, ada = sample.store, sample.forum.id, sample.ada
    for _ in range(promises):
        number = actions.add(
            store, forum, what="Sak", actor=None, owner=None, due_on=NOW.date(), decision=None, member=ada.id, now=NOW
        )  # fmt: skip
        actions.set_state(store, forum, number, "done", member=ada.id, now=NOW)

    results = section(sample, "brief-results")
    assert results
    share = text("brief-promises", kept=promises, all=promises)
    assert (share in results.items) is told


# --- Risks -----------------------------------------------------------------------------------------------------


def test_what_is_stuck_is_told_with_or_without_a_reason(sample: Sample) -> None:
    """Nobody has to say why; that there is no next meeting is told beside it."""
    store, forum = sample.store, sample.forum.id
    actions.set_state(store, forum, sample.action, "stuck", member=sample.bo.id, now=NOW)
    stuck = text("brief-risk-stuck", what=text("verbatim", words="Beställ lampor"))

    risks = section(sample, "brief-risks")
    assert risks
    assert risks.items == (stuck, text("brief-risk-no-meeting"))
    assert risks.summary == text("brief-risks-count", count=2)


# --- The pulse -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ((HIDDEN, HIDDEN), [text("pulse-result-all-hidden")]),
        ((MOST, FEW), [text("brief-pulse-talk", question=question_text(QUESTIONS[1]))]),
        ((MOST, HIDDEN), [text("brief-pulse-talk", question=question_text(QUESTIONS[0]))]),
    ],
)
def test_the_pulse_says_what_to_talk_about(
    sample: Sample, shown: Sequence[dict[str, Any]], told: list[Text]
) -> None:
    """Where most is to be gained, as everybody saw it; nothing when everything is hidden."""
    publishes(sample, dict(zip(QUESTIONS, shown, strict=True)))

    found = section(sample, "brief-pulse")
    assert found
    assert list(found.items) == told
    assert found.summary == text("brief-pulse-answered", day=NOW.date(), answered=20, invited=24)


def test_a_forums_own_words_stay_out(sample: Sample) -> None:
    """Its own question is not what leaders are told to talk about; what the round led to is told."""
    publishes(sample, {"own:1.1": FEW}, led_to="Fler korta möten")

    found = section(sample, "brief-pulse")
    assert found
    assert [each.key for each in found.items] == ["brief-pulse-led-to"]


def test_a_direction_that_is_certain_is_told(sample: Sample) -> None:
    """Four measurements that all move the same way; with fewer nothing is said of a direction."""
    agree = (3, 8, 12, 17)
    for published, number in enumerate(agree, start=1):
        shown = {"kind": "counted", "answers": 20, "agree": number, "disagree": 2}
        publishes(sample, {QUESTIONS[0]: shown})
        found = section(sample, "brief-pulse")
        assert found
        moves = [each.vars["words"] for each in found.items if each.key == "pulse-trend-part"]
        assert moves == ([text("pulse-trend-up")] if published == len(agree) else [])


def test_without_a_pulse_nothing_is_said_of_it(sample: Sample) -> None:
    """Neither before the first round, nor of one that came to nothing."""
    assert section(sample, "brief-pulse") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_brief_is_one_message(sample: Sample, language: str) -> None:
    """As much as there can be in every part, all of it long: Telegram takes 4096 characters, and nothing is cut."""
    store, forum, ada, long = sample.store, sample.forum.id, sample.ada, "ord " * 200
    for state in ("done", "stuck") * 8:
        number = actions.add(
            store, forum, what=long, actor=1, owner=ada.id, due_on=None, decision=None, member=ada.id, now=NOW
        )  # fmt: skip
        actions.set_state(store, forum, number, state, member=sample.bo.id, now=NOW, detail=long)
        decisions.record(store, forum, Wording(long, follow_up_on=NOW.date()), year=2026, by=ada, now=NOW)
        rounds.open_round(
            store, forum, kind="consent", question=long, member=ada.id, deadline=NOW + 9 * DAY, now=NOW
        )
    meetings.plan(
        store, forum, title=long, begins_at=NOW + 2 * DAY, ends_at=NOW + 3 * DAY, zone="UTC", member=None
    )
    parts = {each.part: each.key for each in BANK.values()}
    for number in (3, 8, 12, 17):
        counted = {"kind": "counted", "answers": 20, "agree": number, "disagree": 2}
        publishes(sample, dict.fromkeys(parts.values(), counted), led_to=long)

    brief = brief_now(sample.request(ada, now=NOW + DAY))
    card = brief_card(brief, 1, answer=Action("briefs.answer_form", (1,)), late=True)
    cut = SPEECH.say(text("card-too-long"), language).plain
    drawn = render(
        Outgoing("direct", Address("telegram", "", "7"), card, language, "Europe/Stockholm"), SPEECH, "bot"
    )
    assert len(card.body) > 35
    assert cut not in drawn.html
    assert drawn.units <= 4096
    assert cut not in json.dumps(
        Pen(SPEECH, language, "Europe/Stockholm").card(card).blocks, ensure_ascii=False
    )


def test_a_brief_begins_with_the_forum(sample: Sample) -> None:
    """A forum that is a day old has no month behind it."""
    brief = brief_now(sample.request(sample.ada, now=NOW + DAY))
    assert (brief.since, brief.until) == (date(2026, 3, 2), date(2026, 3, 3))
