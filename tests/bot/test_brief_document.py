"""The leaders' brief as a file: followed by a screen reader, the same in each form, and nobody's words are markup."""

import pytest

from bench import looking
from bot.documents.layout import laid_out
from bot.documents.markdown import write_markdown
from bot.documents.pdf import write_pdf
from bot.documents.sheet import Heading, Listed, Paragraph, Sheet
from bot.speech import Speech
from handlers.brief_facts import brief_now
from handlers.brief_rules import brief_to_json
from handlers.kit.ui import text
from prompts.texts import LANGUAGES, Catalog
from storage import actions
from storage.db import Store
from tests.stage.samples import NOW, Sample, open_database, sample_forum

SPEECH = Speech(Catalog.load())
NASTY = "# <b>x</b> *y* $k$ #set page() [a](b)"


@pytest.fixture(name="told")
def _told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A brief of a forum with something at risk whose words look like markup."""
    database = open_database(tmp_path_factory.mktemp("brief") / "brief.db")
    sample = sample_forum(database.store)
    _stuck(database.store, sample)
    told = brief_to_json(brief_now(sample.request(sample.ada)))
    database.close()
    return told


def _stuck(store: Store, sample: Sample) -> None:
    store.do("update action set what = :what", what=NASTY)
    actions.set_state(
        store, sample.forum.id, sample.action, "stuck", member=sample.bo.id, now=NOW, detail="Nyckeln"
    )


def sheet_of(told: str, language: str) -> Sheet:
    """The brief laid out, as the writers get it."""
    return Sheet.from_json(laid_out("brief", told, SPEECH, language, "Europe/Stockholm").to_json())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_can_be_followed_by_a_screen_reader(told: str, language: str) -> None:
    """Tagged, with its language, its title and its headings in order."""
    sheet = sheet_of(told, language)
    headings = sum(isinstance(each, Heading) for each in sheet.blocks)

    assert (
        looking.faults_of_pdf(
            write_pdf(sheet), title=sheet.title, language=language, headings=headings, tables=0
        )
        == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_take_home_comes_first(told: str, language: str) -> None:
    """Then each part with a sentence, and what belongs to it."""
    lead, home, lines, *rest = sheet_of(told, language).blocks

    assert isinstance(lead, Paragraph)
    assert home == Heading(SPEECH.say(text("brief-document-home"), language).plain)
    assert isinstance(lines, Listed)
    assert len(lines.items) == 3
    assert [type(each) for each in rest[:2]] == [Heading, Paragraph]


def test_nobodys_words_are_markup(told: str) -> None:
    """They stand as they were written."""
    paper = write_markdown(sheet_of(told, "sv")).decode()

    assert NASTY in paper.replace("\\", "")
    assert NASTY not in paper
