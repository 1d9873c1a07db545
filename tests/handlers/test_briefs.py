"""The leaders' brief as its readers and its coordinator meet it, in both chats."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import docx
import pytest

from handlers import briefs as feature
from handlers.brief_cards import RHYTHMS
from handlers.brief_facts import brief_now
from handlers.brief_rules import brief_from_json, brief_to_json
from handlers.kit.effects import Refusal
from handlers.kit.ui import Instant, text
from storage import actions, briefs, decisions, forums, meetings, people, rounds, wishes
from storage.db import Store
from storage.decisions import Wording
from storage.wishes import Wishes
from tests.handlers.pressed import presses
from tests.handlers.sitting import plans
from tests.handlers.test_minutes import files_of
from tests.handlers.test_reminders import rings
from tests.stage.people import Somebody, TelegramPerson
from tests.stage.ready import FRIDAY, Ready
from tests.stage.samples import Sample

APRIL = date(2026, 4, 1)
"""The first working day of the month after every story begins: a Wednesday."""
MAY = date(2026, 5, 4)
"""And of the next one, which begins with a holiday and a weekend."""
TO_APRIL = {"days": 29, "hours": 23.5}
"""From nine o'clock on 2 March by the winter's clock until half past nine on 1 April by the summer's."""
BO, CILLA = "2", "3"


def sets(ready: Ready, rhythm: str, *readers: str) -> None:
    """Ada chooses when it comes and who reads it."""
    ready.ada.commands("ledningsbrev", private=True)
    ready.ada.clicks("brief-settings")
    assert ready.ada.fills({"brief-field-rhythm": rhythm, "brief-field-readers": list(readers)}) == {}
    ready.chat.reads_everything()


def leaves(ready: Ready, member: int, until: date) -> None:
    """A member is on leave until a day."""

    def away(store: Store) -> None:
        one = forums.member(store, ready.forum.id, member)
        assert one
        wishes.keep(store, one.person, Wishes(away_until=until))

    ready.store(away)


def title(ready: Ready, who: Somebody) -> str:
    """The heading of a brief."""
    return ready.chat.t("brief-title", who.language, forum=ready.forum.name)


def got(ready: Ready, who: Somebody) -> list[str]:
    """The briefs among what is new to somebody, who reads it all."""
    return [each for each in who.reads_all() if title(ready, who) in each]


def finishes(ready: Ready, action: int, *, member: int = 2) -> None:
    """An action is done."""
    ready.store(
        lambda store: actions.set_state(
            store, ready.forum.id, action, "done", member=member, now=ready.chat.now
        )
    )


def busy(ready: Ready) -> None:
    """Something of everything: done together, stuck, late, nobody's, decided, waiting for a decision, a meeting."""
    ready.adds(actor=1, owner=None)
    ready.adds(4, due_on=date(2026, 6, 1))
    finishes(ready, 1)

    def fill(store: Store) -> None:
        forum, now = ready.forum.id, ready.chat.now
        actions.set_state(store, forum, 3, "stuck", member=2, now=now, detail="Vi saknar nyckel")
        actions.set_due(store, forum, 4, FRIDAY, member=2, now=now, kept=True)
        actions.set_owner(store, forum, 5, actor=None, owner=None, member=1, now=now)
        ada = forums.member(store, forum, 1)
        assert ada
        said = Wording("Vi tänder lyktorna", follow_up_on=date(2026, 3, 20))
        decisions.record(store, forum, said, year=2026, by=ada, now=now)
        rounds.open_round(
            store, forum, kind="consent", question="Ska vi öppna fältgruppen?", member=1,
            deadline=datetime(2026, 5, 4, 13, tzinfo=UTC), now=now,
        )  # fmt: skip

    ready.store(fill)
    plans(ready, datetime(2026, 5, 5, 11, tzinfo=UTC))


# --- Reading ---------------------------------------------------------------------------------------------------


def test_it_comes_on_the_first_working_day_to_those_who_were_chosen(ready: Ready) -> None:
    """To Bo in Slack and to Cilla in Telegram, in private, with what a leader wants to know; nobody else hears of it."""
    sets(ready, "monthly", BO, CILLA)
    busy(ready)
    ready.chat.waits(**TO_APRIL)

    for who in (ready.bo, ready.cilla):
        (words,) = got(ready, who)
        for told in (
            text("brief-home-result", what="Sak 1 (Polisen och Sundköpings kommun)"),
            text(
                "brief-home-risk", what=text("brief-risk-stuck-because", what="Sak 2", why="Vi saknar nyckel")
            ),
            text("brief-results-count", count=1, decisions=1),
            text("brief-risks-count", count=3),
            text("brief-risk-nobody", what="Sak 4"),
            text("brief-risk-late", what="Sak 3", day=FRIDAY),
            text("brief-waiting-count", count=2),
            text("brief-waiting-outcome", number="1/2026", what="Vi tänder lyktorna"),
            text("brief-meeting"),
            text("brief-ask"),
        ):
            assert ready.chat.say(told, who.language) in words
        assert "Bo" not in words
    assert [each for each in ready.chat.reads_everything() if title(ready, ready.ada) in each] == []


def test_it_comes_in_the_readers_language(ready: Ready) -> None:
    """Whoever reads English gets it in English, from the same forum."""
    sets(ready, "monthly", BO)
    ready.store(lambda store: people.speak(store, 3, "en"))
    busy(ready)
    ready.chat.waits(**TO_APRIL)

    ready.bo.sees("brief-title", language="en", forum=ready.forum.name)
    ready.chat.reads_everything()


def test_nothing_to_tell_is_not_told(ready: Ready) -> None:
    """No result, no risk, nothing that waits: no brief, and the next one tells of the whole time."""
    sets(ready, "monthly", BO)
    plans(ready, datetime(2026, 5, 28, 11, tzinfo=UTC))
    ready.chat.waits(**TO_APRIL)
    assert got(ready, ready.bo) == []

    ready.adds(due_on=date(2026, 6, 1))
    finishes(ready, 1)
    ready.chat.waits(days=33)
    (words,) = got(ready, ready.bo)
    assert ready.chat.t("brief-span", since=date(2026, 3, 2), until=MAY) in words
    assert ready.chat.t("brief-results-count", count=1, decisions=0) in words
    ready.chat.reads_everything()


def test_each_brief_begins_where_the_last_one_ended(ready: Ready) -> None:
    """What was told in April is not told in May."""
    sets(ready, "monthly", BO)
    busy(ready)
    ready.chat.waits(**TO_APRIL)
    assert len(got(ready, ready.bo)) == 1
    ready.adds(due_on=date(2026, 6, 1))
    finishes(ready, 6)
    ready.chat.waits(days=33)

    (words,) = got(ready, ready.bo)
    assert ready.chat.t("brief-span", since=APRIL, until=MAY) in words
    assert ready.chat.t("brief-results-count", count=1, decisions=0) in words
    ready.chat.reads_everything()


def test_it_fits_into_one_message_however_much_there_is(ready: Ready) -> None:
    """Three thousand open actions with long words, many of them late: a brief is still a brief."""
    busy(ready)

    def fill(store: Store) -> None:
        for index in range(3000):
            actions.add(
                store, ready.forum.id, what=f"{index} " + "ord " * 60, actor=None, owner=None, decision=None,
                member=1, due_on=date(2026, 2, 1) + timedelta(days=index % 9), now=ready.chat.now,
            )  # fmt: skip

    ready.store(fill)
    for who in (ready.bo, ready.cilla):
        who.commands("ledningsbrev", private=True)
        (words,) = who.reads_all()
        assert len(words) < 3000
        assert ready.chat.t("brief-risks-count", count=3001) in words


def test_anybody_in_the_forum_may_look(ready: Ready) -> None:
    """Nothing is told behind anybody's back; only the coordinator sees who gets it."""
    busy(ready)
    ready.cilla.commands("ledningsbrev", private=True)
    words = ready.cilla.sees("brief-title", forum=ready.forum.name)
    assert ready.chat.t("brief-fact-rhythm") not in words
    ready.ada.commands("lägesbild", private=True)
    assert ready.chat.t("brief-rhythm-off") in ready.ada.sees("brief-fact-rhythm")


# --- As a file -------------------------------------------------------------------------------------------------


def test_a_reader_has_it_as_a_file(ready: Ready) -> None:
    """What was sent, as Word and as PDF, in either chat, however much has happened since."""
    sets(ready, "monthly", BO, CILLA)
    busy(ready)
    ready.chat.waits(**TO_APRIL)
    ready.chat.reads_everything()
    ready.store(lambda store: actions.set_state(store, 1, 3, "done", member=2, now=ready.chat.now))
    for who in (ready.bo, ready.cilla):
        who.clicks("brief-as-word")
        who.sees("brief-file", day=APRIL)
        who.clicks("brief-as-pdf")
        who.sees("brief-file", day=APRIL)
        (name, word), (_, pdf) = files_of(who)
        assert name == "ledningsbrev-2026-04-01.docx"
        said = [each.text for each in docx.Document(io.BytesIO(word)).paragraphs]
        assert ready.chat.t("brief-title", forum=ready.forum.name) in said
        assert ready.chat.t("brief-risk-stuck-because", what="Sak 2", why="Vi saknar nyckel") in said
        assert pdf.startswith(b"%PDF-1.7")
    ready.chat.reads_everything()


def test_the_brief_of_this_moment_is_a_file_too(ready: Ready) -> None:
    """Asked for without waiting for its day; a kind that there is none of is refused."""
    ready.bo.commands("ledningsbrev", private=True)
    ready.bo.reads_all()
    ready.bo.clicks("brief-as-pdf")
    ready.bo.sees("brief-file", day=date(2026, 3, 2))
    assert files_of(ready.bo)[0][0] == "ledningsbrev-2026-03-02.pdf"
    ready.chat.reads_everything()


@pytest.mark.parametrize(("number", "form"), [(0, 2), (0, -1), (9, 0)])
def test_no_file_of_what_is_not_there(sample: Sample, number: int, form: int) -> None:
    """A forged button gives nothing."""
    with pytest.raises(Refusal) as refused:
        list(feature.export(sample.request(sample.bo), number, form))
    assert refused.value.text == text("refused-stale")


def test_a_brief_is_kept_as_it_was(sample: Sample) -> None:
    """What is written is read back the same, and nothing else is read."""
    brief = brief_now(sample.request(sample.ada))
    assert brief_from_json(brief_to_json(brief)) == brief
    said = brief_to_json(brief)
    one_word = json.dumps({**json.loads(said), "home": ["Hej"]})
    no_section = json.dumps({**json.loads(said), "sections": [1]})
    for broken in ("{}", "[]", said.replace('"t"', '"x"'), '{"sections": []}', one_word, no_section):
        with pytest.raises(ValueError, match=r"not|expected"):
            brief_from_json(broken)


def test_the_newest_wins_are_told(ready: Ready) -> None:
    """Of six wins in a month the latest four, and how many more there were."""
    sets(ready, "monthly", BO)
    for number in range(6):
        ready.ada.commands(f"framsteg Steg {number}")
        ready.chat.waits(minutes=1)
    ready.chat.reads_everything()
    ready.chat.waits(**TO_APRIL)

    (words,) = got(ready, ready.bo)
    assert all(f"Steg {number}" in words for number in (2, 3, 4, 5))
    assert "Steg 1" not in words
    assert ready.chat.t("brief-and-more", count=2) in words
    ready.chat.reads_everything()


# --- On leave, or out of reach ---------------------------------------------------------------------------------


def test_a_reader_on_leave_gets_it_afterwards(ready: Ready) -> None:
    """What is told once is told to them as well, when they are back; extended leave puts it off."""
    sets(ready, "monthly", BO, CILLA)
    busy(ready)
    for member in (2, 3):
        leaves(ready, member, date(2026, 4, 8))
    ready.chat.waits(**TO_APRIL)
    assert got(ready, ready.bo) == []
    leaves(ready, 3, date(2026, 4, 15))
    ready.chat.reads_everything()
    ready.chat.waits(days=7)
    (words,) = got(ready, ready.bo)
    assert ready.chat.t("brief-span", since=date(2026, 3, 2), until=APRIL) in words
    assert got(ready, ready.cilla) == []
    ready.bo.clicks("brief-answer")
    ready.bo.fills({"brief-ask": "Bostäder"})
    ready.chat.reads_everything()
    ready.chat.waits(days=7)
    assert len(got(ready, ready.cilla)) == 1
    ready.chat.reads_everything()


def test_sent_by_hand_it_says_who_gets_it_later(ready: Ready) -> None:
    """And when nobody can be reached nothing is sent, so that the next one tells it all."""
    sets(ready, "meeting", BO)
    busy(ready)
    ready.chat.reads_everything()
    leaves(ready, 2, date(2026, 3, 9))
    ready.ada.commands("ledningsbrev", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("brief-send")
    assert ready.chat.t("brief-sent-later", count=1) in ready.ada.sees("brief-sent", count=0)
    ready.chat.waits(days=8)
    assert len(got(ready, ready.bo)) == 1
    ready.store(lambda store: store.do("update account set reachable = 0"))
    ready.ada.commands("ledningsbrev", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("brief-send")
    ready.ada.sees("brief-nobody-reached")
    assert ready.store(lambda store: briefs.get(store, ready.forum.id, 2)) is None
    ready.chat.reads_everything()


# --- Before meetings -------------------------------------------------------------------------------------------


def test_before_each_meeting(ready: Ready) -> None:
    """Two working days ahead, once, wherever the meeting is moved to afterwards; and before the next one again."""
    sets(ready, "meeting", BO)
    busy(ready)
    for day in (12, 26):
        plans(ready, datetime(2026, 3, day, 12, tzinfo=UTC))
    ready.chat.waits(days=7.9)
    assert got(ready, ready.bo) == []
    ready.chat.waits(days=0.2)
    (words,) = got(ready, ready.bo)
    at = Instant(datetime(2026, 3, 12, 12, tzinfo=UTC), "Europe/Stockholm")
    assert ready.chat.t("brief-meeting-when", title="Forumet", at=at) in words

    def move(store: Store) -> None:
        one = meetings.get(store, ready.forum.id, 2)
        assert one
        later = timedelta(days=4)
        meetings.move(store, one, begins_at=one.begins_at + later, ends_at=one.ends_at + later, venue="")

    ready.store(move)
    ready.chat.waits(days=13.8)
    assert got(ready, ready.bo) == []
    ready.chat.waits(days=0.2)
    assert len(got(ready, ready.bo)) == 1
    ready.chat.reads_everything()


def test_a_meeting_that_is_planned_late_gets_its_brief_the_next_morning(ready: Ready) -> None:
    """Planned on Tuesday for Wednesday afternoon: the brief comes on Wednesday at nine."""
    sets(ready, "meeting", CILLA)
    busy(ready)
    ready.chat.waits(days=1.2)
    plans(ready, datetime(2026, 3, 4, 14, tzinfo=UTC))
    ready.chat.waits(days=0.9)

    assert len(got(ready, ready.cilla)) == 1
    ready.chat.reads_everything()


# --- Late, and off ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "briefed", "said"), [(0.4, 1, False), (3, 1, True), (30, 0, False)])
def test_a_late_brief_says_so_and_a_stale_one_waits_for_the_next(
    ready: Ready, hours: float, briefed: int, *, said: bool
) -> None:
    """Half an hour is nothing; three hours are told; more than a day, and the next one tells it all."""
    sets(ready, "monthly", BO)
    busy(ready)
    ready.chat.sleeps_through(days=29, hours=23 + hours)

    words = got(ready, ready.bo)
    assert len(words) == briefed
    assert [ready.chat.t("brief-late") in each for each in words] == [said] * briefed
    ready.chat.waits(days=33)
    assert len(got(ready, ready.bo)) == 1
    ready.chat.reads_everything()


def test_switched_off_it_comes_no_more(ready: Ready) -> None:
    """And whoever left is written to no more either."""
    sets(ready, "monthly", BO, CILLA)
    busy(ready)
    ready.store(lambda store: forums.leave(store, ready.forum.id, 3))
    ready.chat.waits(**TO_APRIL)
    assert len(got(ready, ready.bo)) == 1
    assert got(ready, ready.cilla) == []
    sets(ready, "off", BO)
    ready.chat.waits(days=60)
    assert got(ready, ready.bo) == []
    ready.chat.reads_everything()


def test_without_readers_there_is_nobody_to_send_it_to(ready: Ready) -> None:
    """The form says so; a forum that has no rhythm, and one whose readers are gone, send nothing."""
    ready.ada.commands("ledningsbrev", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("brief-settings")
    wrong = ready.ada.fills({"brief-field-rhythm": "monthly", "brief-field-readers": []})
    assert list(wrong.values()) == [ready.chat.t("brief-needs-readers")]

    rings(ready, feature.begin.action())
    ready.store(lambda store: briefs.set_rhythm(store, ready.forum.id, "monthly"))
    rings(ready, feature.begin.action())
    busy(ready)
    ready.chat.waits(**TO_APRIL)
    assert got(ready, ready.bo) == []
    ready.chat.reads_everything()


def test_a_coordinator_in_telegram_chooses_too(ready: Ready) -> None:
    """The same questions as a talk."""
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 3, "coordinator"))
    ready.cilla.commands("ledningsbrev", private=True)
    ready.cilla.clicks("brief-settings")
    labels = {each: ready.chat.t(f"brief-rhythm-{each}") for each in RHYTHMS}
    ready.cilla.fills({"brief-field-rhythm": labels["meeting"], "brief-field-readers": ["Bo Alm (Polisen)"]})
    ready.chat.reads_everything()
    chosen = ready.store(lambda store: briefs.readers(store, ready.forum.id))
    assert [each.name for each in chosen] == ["Bo Alm"]
    assert ready.store(lambda store: briefs.plan_of(store, ready.forum.id)).rhythm == "meeting"


def test_a_reader_out_of_reach_is_named_to_the_coordinator(ready: Ready) -> None:
    """Dan has never written to the bot: Ada learns what would help."""
    ready.ada.commands("ledningsbrev", private=True)
    ready.ada.clicks("brief-settings")
    assert ready.ada.fills({"brief-field-rhythm": "monthly", "brief-field-readers": [BO, "4"]}) == {}
    ready.ada.sees("brief-unreached", who="Dan Lu")
    ready.chat.reads_everything()


# --- At once ---------------------------------------------------------------------------------------------------


def test_a_coordinator_sends_it_at_once_and_only_once(ready: Ready) -> None:
    """A second press a moment later sends nothing more."""
    sets(ready, "off", BO)
    busy(ready)
    ready.ada.commands("ledningsbrev", private=True)
    ready.ada.reads_all()
    for _ in range(2):
        ready.ada.clicks("brief-send")
    ready.ada.sees("brief-sent", count=1)
    ready.ada.sees("brief-sent-just-now")
    assert len(got(ready, ready.bo)) == 1


@pytest.mark.parametrize(("readers", "why"), [((), "brief-no-readers"), ((2,), "brief-no-news")])
def test_why_it_is_not_sent(ready: Ready, readers: tuple[int, ...], why: str) -> None:
    """Without readers, or with nothing to tell."""
    sets(ready, "off", BO)
    plans(ready, datetime(2026, 5, 5, 11, tzinfo=UTC))
    ready.ada.commands("ledningsbrev", private=True)
    ready.ada.reads_all()
    ready.store(lambda store: briefs.set_readers(store, ready.forum.id, readers))
    ready.ada.clicks("brief-send")
    ready.ada.sees(why)


def test_only_time_itself_sends_it(sample: Sample) -> None:
    """Button data that somebody made up sends no briefs."""
    for made_up in (feature.begin, feature.ring):
        with pytest.raises(Refusal) as refused:
            list(made_up(sample.request(sample.bo)))
        assert refused.value.text == text("refused-stale")


# --- The question back -----------------------------------------------------------------------------------------


def briefed(ready: Ready) -> None:
    """Bo and Cilla have the brief of April before them."""
    sets(ready, "monthly", BO, CILLA)
    busy(ready)
    ready.chat.waits(**TO_APRIL)
    ready.chat.reads_everything()


@pytest.mark.parametrize("name", ["bo", "cilla"])
def test_what_a_reader_wants_reaches_the_coordinator(ready: Ready, name: str) -> None:
    """In private, with a way to the agenda; said again, the later word counts, and the same word is not told twice."""
    briefed(ready)
    who: Somebody = getattr(ready, name)
    for words in ("Bostäder åt unga", "Bostäder åt unga", "Skolan först"):
        who.clicks("brief-answer")
        who.fills({"brief-ask": words})
        who.sees("brief-answered")
    seen = [each for each in ready.ada.reads_all() if ready.chat.t("brief-wish", who=who.name) in each]
    assert ["Bostäder" in each for each in seen] == [True, False]
    ready.dan.sees_nothing_new()

    ready.ada.clicks("brief-to-agenda")
    assert ready.ada.fills({}) == {}
    ready.dan.sees("agenda-proposed", who="Ada Ek (Sundköpings kommun)")
    ready.chat.reads_everything()
    ready.ada.commands("ledningsbrev", private=True)
    assert "Skolan först" in ready.ada.sees("brief-said", who=who.name)


def test_a_reader_who_coordinates_needs_no_letter_to_themself(ready: Ready) -> None:
    """Ada reads it too: her answer is kept, and she is only thanked."""
    sets(ready, "monthly", "1")
    busy(ready)
    ready.chat.waits(**TO_APRIL)
    ready.chat.reads_everything()
    ready.ada.clicks("brief-answer")
    ready.ada.fills({"brief-ask": "Lamporna"})
    ready.ada.sees("brief-answered")
    ready.ada.sees_nothing_new()


def test_whoever_reads_it_no_more_is_not_asked(ready: Ready) -> None:
    """An old button says kindly why; and whoever reads it may answer from the brief of the day as well."""
    briefed(ready)
    ready.store(lambda store: briefs.set_readers(store, ready.forum.id, [3]))
    ready.bo.clicks("brief-answer")
    ready.bo.sees("brief-not-reader")
    ready.cilla.commands("ledningsbrev", private=True)
    ready.cilla.sees("brief-ask")
    ready.cilla.clicks("brief-answer")
    ready.cilla.fills({"brief-ask": "Skolan"})
    ready.chat.reads_everything()


def test_what_a_leader_said_is_for_the_coordinators(ready: Ready) -> None:
    """A made-up press of a member, or of whoever ran the forum once, opens no form with it."""
    briefed(ready)
    ready.bo.clicks("brief-answer")
    ready.bo.fills({"brief-ask": "Bostäder"})
    ready.chat.reads_everything()

    assert presses(ready, ready.cilla, f"briefs.to_agenda:{ready.forum.id}:1:2") == "refused-coordinator-only"
    assert not ready.cilla.has_form()


def test_an_answer_that_is_gone_opens_nothing(sample: Sample) -> None:
    """A forged button to the agenda, and a brief that never was."""
    for made_up in (
        feature.to_agenda(sample.request(sample.ada), 1, 2),
        feature.export(sample.request(sample.ada), 1, 0),
    ):
        with pytest.raises(Refusal) as refused:
            list(made_up)
        assert refused.value.text == text("refused-stale")


def test_a_confidential_forum_keeps_no_words_of_leaders(ready: Ready) -> None:
    """There the answer is a neutral label, as everywhere."""
    briefed(ready)
    ready.store(lambda store: forums.set_confidential(store, ready.forum.id, confidential=True))
    ready.bo.clicks("brief-answer")
    wrong = ready.bo.fills({"brief-ask": "Kim behöver hjälp"})
    assert list(wrong.values()) == [ready.chat.t("confidential-refused-field")]
    assert ready.bo.fills({"brief-ask": "Ärende 12"}) == {}
    ready.chat.reads_everything()


def test_answers_are_no_talk_for_a_group(ready: Ready) -> None:
    """A coordinator whom the bot cannot write to asks in the group: the brief is shown, the leaders' answers are not."""
    briefed(ready)
    ready.bo.clicks("brief-answer")
    ready.bo.fills({"brief-ask": "Bostäder"})
    ready.chat.reads_everything()
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 4, "coordinator"))
    assert isinstance(ready.dan, TelegramPerson)
    ready.dan.commands("ledningsbrev")
    assert not any("Bostäder" in each for each in ready.chat.reads_everything())


def test_two_who_turn_out_to_be_one_read_once(ready: Ready) -> None:
    """The one who stays reads it and has answered, with the later word."""
    ready.store(lambda store: briefs.set_readers(store, 1, [2, 3]))

    def merge(store: Store) -> None:
        number = briefs.keep(store, 1, "{}", meeting=None, now=ready.chat.now)
        for member, words, later in ((2, "Förr", 0), (3, "Senare", 1)):
            at = ready.chat.now + timedelta(hours=later)
            briefs.answer(store, 1, number, member=member, words=words, now=at)
        people.merge(store, 3, 1)

    ready.store(merge)
    assert [each.id for each in ready.store(lambda store: briefs.readers(store, 1))] == [2]
    (wish,) = ready.store(lambda store: briefs.answers(store, 1, 1))
    assert (wish.member, wish.words) == (2, "Senare")
