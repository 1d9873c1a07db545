"""Minutes as people meet them: read in the chat while they are written, and had as files in both chats."""

import hashlib
import io
import json

import docx
import pytest

from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Instant, Items
from handlers.kit.ui_json import value_to_json
from storage import agenda, meetings
from storage.approvals import minutes_of
from storage.db import Store
from tests.handlers.sitting import closes, meeting, opens, proposes
from tests.handlers.test_rounds_consent import WHAT, decided
from tests.handlers.test_rounds_consent import one as one_round
from tests.handlers.test_rounds_consent import proposes as proposes_round
from tests.handlers.test_rounds_votes import ASKED, votes
from tests.handlers.test_rounds_votes import opens as opens_vote
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import Ready


@pytest.fixture(name="held")
def _held(ready: Ready) -> Ready:
    """A meeting going on: two points, and something noted, decided and taken on under the first."""
    proposes(ready, "Lamporna", "Budgeten")
    opens(ready)
    ready.cilla.clicks("meeting-here")
    ready.ada.clicks("meeting-forward")
    ready.bo.commands("beslut Vi tänder lyktorna")
    ready.bo.commands("åtgärd Beställ lampor, på fredag")
    ready.cilla.commands("anteckna Det är mörkt i parken")
    ready.chat.reads_everything()
    return ready


def files_of(who: SlackPerson | TelegramPerson) -> list[tuple[str, bytes]]:
    """The files this person can see, oldest first: their names and contents."""
    if isinstance(who, SlackPerson):
        shown = [file for message in who._messages() for file in message.files]
        return [(each.name, each.content or b"") for each in shown]
    kept = [each.attachment for each in who._messages() if each.attachment]
    return [(each.filename, each.content) for each in kept]


def test_minutes_are_read_while_they_are_written(held: Ready) -> None:
    """Whoever asks sees what stands there by now, each thing under its point."""
    held.bo.commands("protokoll", private=True)
    card = held.bo.sees("minutes-title-writing", number="1/2026")
    assert "Vi tänder lyktorna" in card
    held.bo.clicks("minutes-read")
    page = held.bo.sees("minutes-point", number="1", what="Lamporna")
    assert held.chat.t("minutes-decided-here", number="1/2026", what="Vi tänder lyktorna") in page
    assert "Det är mörkt i parken" in page
    assert "Beställ lampor" in page
    held.bo.sees_nothing_new()


def test_rounds_stand_under_their_points(ready: Ready) -> None:
    """One that decided nothing, with its votes, and one that is open still; in the chat and in every file."""
    proposes(ready, "Mötesdagen", "Lamporna")
    opens(ready)
    ready.ada.clicks("meeting-forward")
    opens_vote(ready, ready.bo)
    for who, option in ((ready.ada, "Tisdag"), (ready.cilla, "Onsdag")):
        votes(ready, who, option)
    for each in (ready.bo, ready.dan):
        each.clicks("round-abstain")
    ready.chat.reads_everything()
    ready.bo.clicks("round-close-now")
    ready.ada.clicks("meeting-forward")
    proposes_round(ready, ready.cilla)
    closes(ready)

    ready.cilla.commands("protokoll", private=True)
    ready.cilla.clicks("minutes-read")
    page = ready.cilla.reads_all()[-1]
    ready.cilla.clicks("minutes-as-markdown")
    paper = files_of(ready.cilla)[-1][1].decode()
    until = Instant(one_round(ready, 2).deadline, "Europe/Stockholm")
    for words in (page, paper.replace("\\", "")):
        assert ready.chat.t("minutes-round-vote", number="1", what=ASKED) in words
        assert ready.chat.t("round-vote-tied", options=Items(("Tisdag", "Onsdag")), count=1) in words
        assert "Tisdag (1) och Onsdag (1)" in words
        assert ready.chat.t("minutes-round-consent", number="2", what=WHAT) in words
        assert ready.chat.t("minutes-round-open", until=until) in words
    for key in ("minutes-as-html", "minutes-as-word", "minutes-as-pdf"):
        ready.cilla.clicks(key)
    assert len(files_of(ready.cilla)) == 4
    ready.chat.reads_everything()


def test_a_round_from_before_the_meeting_is_ended_there(ready: Ready) -> None:
    """By somebody's press: its decision, or the objection to it, stands under the point being discussed."""
    proposes(ready, "Lamporna")
    for who in (ready.bo, ready.cilla):
        proposes_round(ready, who)
    for each in (ready.ada, ready.bo, ready.dan):
        each.clicks("round-agree")
    ready.chat.reads_everything()
    opens(ready)
    ready.ada.clicks("meeting-forward")
    ready.cilla.clicks("round-close-now")
    ready.ada.clicks("round-object")
    ready.ada.fills({"round-field-objection": "Det blir för dyrt."})
    ready.chat.reads_everything()
    closes(ready)

    ready.bo.commands("protokoll", private=True)
    ready.bo.clicks("minutes-read")
    page = ready.bo.reads_all()[-1]
    assert ready.chat.t("minutes-round-led-to", number="1/2026") in page
    assert ready.chat.t("minutes-decided-here", number="1/2026", what=WHAT) in page
    assert ready.chat.t("round-consent-stopped", who="Ada Ek") in page
    assert ready.chat.t("minutes-round-reason", words="Det blir för dyrt.") in page
    assert ready.chat.t("minutes-besides") not in page


def test_a_round_that_ends_by_itself_is_no_part_of_the_meeting(ready: Ready) -> None:
    """A meeting that happens to be open then says nothing of it."""
    proposes_round(ready, ready.bo)
    ready.chat.waits(days=7.2)
    opens(ready)
    ready.chat.waits(hours=12)
    assert len(decided(ready)) == 1
    held_now = meeting(ready)
    minutes = ready.store(lambda store: minutes_of(store, held_now))
    assert [*minutes.rulings, *(each.rounds for each in minutes.items)] == []
    ready.chat.reads_everything()


def test_there_is_nothing_to_read_before_the_first_meeting(ready: Ready) -> None:
    """The one who asks is told when there will be; a number that is none says what to write."""
    ready.cilla.commands("protokoll", private=True)
    ready.cilla.sees("minutes-none")
    ready.cilla.commands("protokoll 7/2025", private=True)
    ready.cilla.sees("minutes-no-such", number="7/2025")
    ready.cilla.commands("protokoll från i våras", private=True)
    ready.cilla.sees("minutes-which")


def test_older_minutes_are_found_by_number_and_by_going_back(held: Ready) -> None:
    """The latest ones are shown first, with a way to those before."""
    closes(held)
    opens(held, held.cilla)
    held.bo.commands("protokoll", private=True)
    held.bo.sees("minutes-title-writing", number="2/2026")
    held.bo.clicks("minutes-older", number="1/2026")
    held.bo.sees("minutes-title-asking", number="1/2026")
    held.bo.commands("protokoll 1", private=True)
    held.bo.sees("minutes-title-asking", number="1/2026")


def test_minutes_of_a_meeting_that_was_taken_back_are_not_there(ready: Ready) -> None:
    """Its number is free again, and an old button says so kindly."""
    proposes(ready, "Lamporna")
    opens(ready)
    ready.bo.commands("protokoll", private=True)
    ready.bo.reads_all()
    one = meeting(ready)
    ready.store(lambda store: store.run("update meeting set state = 'undone', number = null, year = null"))
    ready.bo.clicks("minutes-read")
    ready.bo.sees("minutes-gone")
    assert one.label == "1/2026"


def test_a_file_comes_to_the_one_who_asks_in_slack(held: Ready) -> None:
    """Asked for in the channel, it comes in private, for there a file would be everybody's."""
    held.bo.commands("protokoll")
    held.bo.reads_all()
    held.bo.clicks("minutes-as-word")
    held.bo.sees("minutes-file", number="1/2026")
    [(name, content)] = files_of(held.bo)
    assert name == "protokoll-1-2026.docx"
    paper = docx.Document(io.BytesIO(content))
    assert any("Vi tänder lyktorna" in each.text for each in paper.paragraphs)
    assert files_of(held.ada) == []
    held.chat.reads_everything()


def test_a_file_comes_to_the_one_who_asks_in_telegram(held: Ready) -> None:
    """As a file with a line of words; the page and the text are what they say they are."""
    held.cilla.commands("protokoll", private=True)
    held.cilla.reads_all()
    for key in ("minutes-as-html", "minutes-as-markdown", "minutes-as-pdf"):
        held.cilla.clicks(key)
        held.cilla.sees("minutes-file", number="1/2026")
    page, plain, pdf = files_of(held.cilla)
    assert b'<html lang="sv">' in page[1]
    assert "### 1. Lamporna" in plain[1].decode()
    assert pdf[1].startswith(b"%PDF-1.7")
    assert [each[0].partition(".")[2] for each in (page, plain, pdf)] == ["html", "md", "pdf"]


def test_approved_minutes_can_be_checked_by_anybody(held: Ready) -> None:
    """The text for checking has the SHA-256 that stands in the minutes; before the approval there is none to have."""
    closes(held)
    held.bo.commands("protokoll", private=True)
    assert held.chat.t("minutes-canonical") not in held.bo.reads_all()[-1]
    held.chat.waits(days=10)
    held.chat.reads_everything()
    held.bo.commands("protokoll", private=True)
    card = held.bo.sees("minutes-title-approved", number="1/2026")
    held.bo.clicks("minutes-canonical")
    held.bo.sees("minutes-file", number="1/2026")
    held.bo.reads_all()
    name, content = files_of(held.bo)[-1]
    assert name == "protokoll-1-2026.txt"
    assert hashlib.sha256(content).hexdigest() in card


def test_long_minutes_are_read_page_by_page(ready: Ready) -> None:
    """Every point is on one of the pages, none on two."""
    proposes(ready, *(f"Punkt {number} {'x' * 400}" for number in range(9)))
    opens(ready)
    ready.bo.commands("protokoll", private=True)
    ready.bo.reads_all()
    ready.bo.clicks("minutes-read")
    seen = ready.bo.reads_all()
    while f"[{ready.chat.t('minutes-next-points')}]" in seen[-1]:
        ready.bo.clicks("minutes-next-points")
        seen += ready.bo.reads_all()
    assert len(seen) > 1
    whole = "".join(seen)
    assert [whole.count(f"Punkt {number} ") for number in range(9)] == [1] * 9


def test_minutes_of_three_hundred_points(ready: Ready) -> None:
    """They are opened, read from the first to the last page, closed, and had as a file, in either chat."""
    what = json.dumps(value_to_json(verbatim("Punkten " + "x" * 200)))

    def fill(store: Store) -> None:
        for _ in range(300):
            agenda.propose(store, ready.forum.id, what=what, origin="", member=1, now=ready.chat.now)

    ready.store(fill)
    opens(ready)
    ready.ada.clicks("meeting-forward")
    ready.cilla.commands("protokoll", private=True)
    ready.cilla.clicks("minutes-read")
    pages = [ready.cilla.reads_all()[-1]]
    while f"[{ready.chat.t('minutes-next-points')}]" in pages[-1]:
        ready.cilla.clicks("minutes-next-points")
        pages += ready.cilla.reads_all()[-1:]
    assert "300. Punkten" in pages[-1]
    closes(ready)
    for who in (ready.bo, ready.cilla):
        who.commands("protokoll", private=True)
        who.clicks("minutes-as-markdown")
        assert files_of(who)[-1][1].decode().count("Punkten x") == 300
    ready.chat.reads_everything()


def test_who_was_there_is_told_by_organisation(held: Ready) -> None:
    """Those who ticked themselves, and whoever opened the meeting."""
    one = meeting(held)
    minutes = held.store(lambda store: minutes_of(store, one))
    assert [(each.name, [one.name for one in each.people]) for each in minutes.present] == [
        ("Polisen", ["Cilla Ö"]),
        ("Sundköpings kommun", ["Ada Ek"]),
    ]
    assert held.store(lambda store: meetings.open_now(store, one.forum)) is not None
    held.chat.reads_everything()
