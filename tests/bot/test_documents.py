"""Files for cards: written apart from the loop, the same every time, and opened here by readers of other makers."""

import asyncio
import hashlib
import io
import json
import re
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from bench import looking
from bench.documents import document, minutes
from bot.documents import outgoing as documents
from bot.documents.html_page import write_html
from bot.documents.layout import laid_out
from bot.documents.markdown import write_markdown
from bot.documents.minutes import minutes_sheet
from bot.documents.outgoing import NotWritten, write
from bot.documents.pdf import pictures, write_pdf
from bot.documents.sheet import Facts, Heading, Listed, Paragraph, Sheet, Table
from bot.documents.word import write_word
from bot.documents.writers import WRITERS, writer
from bot.speech import Speech
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Document
from handlers.kit.ui_json import value_to_json
from prompts.texts import Catalog
from storage.minutes import Item, Minutes, RoundLine

SPEECH = Speech(Catalog.load())
ZONE = "Europe/Stockholm"
NASTY = "# <b>x</b> *y* `z` $k$ #set page() [a](b) | c\n- d\n1. e\n<script>alert(1)</script> @samsyn &amp; \\ _u_ ~s~"


def sheet_of(told: Minutes, language: str = "sv") -> Sheet:
    """These minutes laid out, as the writers get them."""
    return Sheet.from_json(minutes_sheet(told, SPEECH, language, ZONE).to_json())


def saying(words: str) -> Minutes:
    """Minutes in which everything that somebody may write is this."""
    told = minutes(1)
    what = json.dumps(value_to_json(verbatim(words)))
    first = told.items[1]
    ruling = replace(first.rulings[0], what=words, why=words, objections=words, actors=(words,), owner=words)
    task = replace(first.tasks[0], what=words, actor=words, owner=words)
    line = RoundLine(1, "vote", words, "tied", None, "", words, words, 2, 2, 0, (words, "-"), (1, 1))
    item = Item(1, what, True, (words,), (ruling,), (task,), (line,))
    addition = replace(told.additions[0], words=words, actor=words)
    return replace(
        told, forum=words, title=words, venue=words, chair=words, items=(item,), additions=(addition,)
    )


# --- Each by a reader of its own -------------------------------------------------------------------------------


def test_word_has_headings_tables_and_a_language() -> None:
    """Titles are titles, the first row of a table is its head and comes again on the next page."""
    sheet = sheet_of(minutes(1))
    paper = docx.Document(io.BytesIO(write_word(sheet)))

    titled = [each.text for each in paper.paragraphs if each.style and each.style.name == "Title"]
    headings = [
        each.text for each in paper.paragraphs if each.style and each.style.name.startswith("Heading")
    ]
    assert titled == [sheet.title]
    assert headings == [each.words for each in sheet.blocks if isinstance(each, Heading)]
    tables = [each for each in sheet.blocks if isinstance(each, Table)]
    assert [tuple(cell.text for cell in each.rows[0].cells) for each in paper.tables] == [
        each.headers for each in tables
    ]
    for each in paper.tables:
        assert (marks := each.rows[0]._tr.trPr) is not None
        assert marks.find(qn("w:tblHeader")) is not None
    assert (paper.core_properties.title, paper.core_properties.language) == (sheet.title, "sv-SE")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_can_be_followed_by_a_screen_reader(language: str) -> None:
    """Tagged, with language, title, headings in order and table heads; Typst's own check of PDF/UA-1 passes too."""
    sheet = sheet_of(minutes(1), language)
    faults = looking.faults_of_pdf(
        write_pdf(sheet), title=sheet.title, language=language,
        headings=sum(isinstance(each, Heading) for each in sheet.blocks),
        tables=sum(isinstance(each, Table) for each in sheet.blocks),
    )  # fmt: skip
    assert faults == []


def test_what_is_wrong_with_a_pdf_is_seen() -> None:
    """The look is no formality: other words, or fewer headings, are told."""
    content = write_pdf(sheet_of(minutes(1)))
    faults = looking.faults_of_pdf(content, title="Annat", language="en", headings=1, tables=0)
    assert len(faults) == 4


@pytest.mark.browser
def test_the_page_breaks_no_rule_of_axe() -> None:
    """And one that does is found out."""
    page = write_html(sheet_of(minutes(1)))
    assert looking.violations(page) == []
    assert looking.violations(page.replace(b' lang="sv"', b"")) == ["html-has-lang: 1 places"]


def test_the_page_is_built_of_what_it_means() -> None:
    """One main part, headings without gaps, tables with captions and scopes, and nothing from elsewhere."""
    page = html.fromstring(write_html(sheet_of(minutes(1), "en")))

    assert page.get("lang") == "en"
    assert [each.tag for each in page.iter("h1", "h2", "h3")][:2] == ["h1", "h2"]
    assert len(page.findall(".//main")) == 1
    tables = page.findall(".//table")
    assert all(each.find("caption") is not None for each in tables)
    assert {cell.get("scope") for each in tables for cell in each.iter("th")} == {"col", "row"}
    assert not page.findall(".//script") + page.findall(".//link") + page.findall(".//img")


def test_markdown_reads_as_it_was_meant() -> None:
    """Headings, lists and tables come out of another reader as they went in."""
    sheet = sheet_of(minutes(1))
    read = html.fromstring(MarkdownIt().enable("table").render(write_markdown(sheet).decode()))

    assert [" ".join(each.text_content().split()) for each in read.iter("h1", "h2", "h3")] == [
        " ".join(each.split())
        for each in (sheet.title, *(each.words for each in sheet.blocks if isinstance(each, Heading)))
    ]
    assert len(list(read.iter("table"))) == sum(isinstance(each, Table) for each in sheet.blocks)


# --- Words are words -------------------------------------------------------------------------------------------


def test_what_somebody_wrote_is_never_markup() -> None:
    """Whatever it looks like, in all four it stands as it was written."""
    sheet = sheet_of(saying(NASTY))
    page = html.fromstring(write_html(sheet))
    assert not page.findall(".//script") + page.findall(".//b") + page.findall(".//a")
    assert "<script>alert(1)</script>" in page.text_content()

    paper = docx.Document(io.BytesIO(write_word(sheet)))
    assert any(each.text == NASTY for each in paper.paragraphs)

    read = MarkdownIt().enable(["table", "strikethrough"]).render(write_markdown(sheet).decode())
    text = html.fromstring(read).text_content()
    assert "<script" not in read
    assert "<a " not in read
    assert "*y* `z` $k$ #set page() [a](b) | c" in text

    assert write_pdf(sheet).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("consent", "open"), ("consent", "decided"), ("consent", "stopped"), ("consent", "withdrawn"),
        ("consent", "undone"), ("vote", "decided"), ("vote", "tied"), ("vote", "short"), ("advice", "deciding"),
        ("advice", "decided"), ("mandate", "anchoring"), ("mandate", "decided"), ("mandate", "stopped"),
        ("mandate", "short"),
    ],
)  # fmt: skip
def test_however_a_round_stands_it_is_told(kind: str, state: str, language: str) -> None:
    """Each kind in each of its ends, in both languages; nothing is left of a text that is not there."""
    until = minutes(1).begins_at if state == "open" else None
    counts = {"decided": (3, 1), "tied": (2, 2), "short": (0, 0)}.get(state, ()) if kind == "vote" else ()
    line = RoundLine(
        7, kind, "Lyktorna", state, until, "4/2026", "Ada", "Dyrt", sum(counts), 9, 0, ("Ja", "Nej"), counts
    )
    told = minutes(1)
    sheet = sheet_of(replace(told, items=(Item(1, "", True, (), (), (), (line,)),)), language)

    place = next(
        i for i, each in enumerate(sheet.blocks) if isinstance(each, Paragraph) and "Lyktorna" in each.words
    )
    stands = sheet.blocks[place + 1]
    assert isinstance(stands, Listed)
    assert all(stands.items)
    assert "minutes-" not in "".join(stands.items)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_words_can_be_written(words: str) -> None:
    """Signs that no font has, that turn the writing around, or that XML does not take spoil nothing."""
    sheet = sheet_of(saying(words))
    for form in WRITERS:
        assert writer(form)(sheet)


def test_a_sign_that_no_font_has_is_named() -> None:
    """PDF/UA takes no empty boxes: what cannot be drawn is told in words."""
    sheet = Sheet(
        "🎉 漢",
        "sv",
        "x",
        0,
        "x",
        "Sida",
        (Paragraph("👩‍🚒 ok", "code"), Listed(("🎉",)), Facts((("🎉", "å"),))),
    )
    told = looking.faults_of_pdf(write_pdf(sheet), title="[party popper] [cjk unified ideograph-6f22]", language="sv",
                                 headings=0, tables=0)  # fmt: skip
    assert "title" not in "".join(told)


# --- Long, and the same every time -----------------------------------------------------------------------------


def test_minutes_of_three_hundred_points_are_written() -> None:
    """All of them are there, in every form."""
    sheet = sheet_of(minutes(1, points=300))
    paper = docx.Document(io.BytesIO(write_word(sheet)))
    assert sum(1 for each in paper.paragraphs if each.style and each.style.name == "Heading 2") >= 300
    assert len(re.findall(rb"<h3>", write_html(sheet))) >= 300
    assert len(re.findall(rb"\n### ", write_markdown(sheet))) >= 300
    assert write_pdf(sheet).startswith(b"%PDF")


def test_the_same_minutes_are_the_same_file() -> None:
    """To the last byte, whenever they are written."""
    sheet = sheet_of(minutes(1))
    for form in WRITERS:
        assert writer(form)(sheet) == writer(form)(sheet)
    assert pictures(replace(sheet, blocks=sheet.blocks[:3]), ppi=20)[0].startswith(b"\x89PNG")


def test_a_sheet_survives_the_way_to_its_writer() -> None:
    """Only signs that nobody can see are lost on it."""
    sheet = minutes_sheet(minutes(1), SPEECH, "sv", ZONE)
    assert Sheet.from_json(sheet.to_json()) == sheet
    odd = replace(sheet, title="a\x00b\x1bc\ufffe\nd")
    assert Sheet.from_json(odd.to_json()).title == "abc\nd"


# --- On the way out --------------------------------------------------------------------------------------------


def test_a_file_is_written_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, however many chats it goes to; the loop goes on meanwhile."""
    asked = document("markdown", 77)
    made: list[str] = []
    apart = documents._in_a_process

    async def counted(form: str, told: bytes) -> bytes:
        made.append(form)
        return await apart(form, told)

    monkeypatch.setattr(documents, "_in_a_process", counted)

    async def twice() -> tuple[bytes, bytes, int]:
        ticks = 0
        writing = asyncio.gather(write(asked, SPEECH, "sv", ZONE), write(asked, SPEECH, "sv", ZONE))
        while not writing.done():
            ticks += 1
            await asyncio.sleep(0.001)
        first, second = await writing
        return first, second, ticks

    first, second, ticks = asyncio.run(twice())
    assert first == second
    assert made == ["markdown"]
    assert ticks > 5


def test_a_text_is_itself() -> None:
    """What is ready needs no writer."""
    ready = Document("text", "a.ics", "BEGIN:VCALENDAR å", verbatim("-"))
    assert asyncio.run(write(ready, SPEECH, "sv", ZONE)) == "BEGIN:VCALENDAR å".encode()


@pytest.mark.parametrize(
    ("kind", "data"),
    [("minutes-word", "{}"), ("minutes-word", "no"), ("minutes-poem", "{}"), ("poem-word", "{}"), ("", "")],
)
def test_what_cannot_be_written_is_said_without_anybodys_words(kind: str, data: str) -> None:
    """A fault of ours names the kind of fault alone."""
    with pytest.raises(NotWritten) as fault:
        asyncio.run(write(Document(kind, "x", data, verbatim("-")), SPEECH, "sv", ZONE))
    assert data not in str(fault.value) or not data


def test_a_writer_that_fails_or_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it for ever."""
    with pytest.raises(NotWritten):
        asyncio.run(documents._in_a_process("poem", b"{}"))
    monkeypatch.setattr(documents, "PATIENCE", 0.0)
    with pytest.raises(NotWritten, match="too slow"):
        asyncio.run(documents._in_a_process("word", sheet_of(minutes(1)).to_json()))
    monkeypatch.setattr("sys.executable", "no-such-python")
    with pytest.raises(NotWritten, match="FileNotFoundError"):
        asyncio.run(documents._in_a_process("word", b"{}"))


def test_no_unknown_form_is_written() -> None:
    """A name that is none is a fault."""
    with pytest.raises(ValueError, match="no such form"):
        writer("poem")
    with pytest.raises(ValueError, match="no such document"):
        laid_out("poem", "{}", SPEECH, "sv", ZONE)


def test_only_some_files_are_kept() -> None:
    """The newest; memory does not grow with the number of meetings."""
    bench = documents._Bench()

    async def several() -> None:
        for number in range(documents.KEPT + 2):
            name = hashlib.sha256(str(number).encode()).digest()
            bench._kept[name] = b"x"
        await bench.written("markdown", sheet_of(minutes(3)))

    asyncio.run(several())
    assert len(bench._kept) <= documents.KEPT + 2
