"""Decisions in versions, and finding them: what each verb of ``storage/decisions.py`` promises."""

from datetime import date, timedelta

import pytest

from storage import decisions
from storage.db import Store
from storage.decisions import Wording
from storage.records import Decision, Forum, Member
from tests.stage.samples import ADA, NOW, join

LATER = NOW + timedelta(hours=1)
FULL = Wording(
    "Vi tänder lyktorna.", "Det är mörkt.", "consent", (2, 1), "Polisen väntade.", 1, date(2026, 3, 20)
)


def _record(store: Store, by: Member, what: str = "Vi köper kaffe.", *, year: int = 2026) -> Decision:
    return decisions.record(store, by.forum, Wording(what), year=year, by=by, now=NOW)


def _found(store: Store, forum: Forum, said: str) -> list[int]:
    return [each.id for each in decisions.find(store, forum.id, said)]


# --- Recording -------------------------------------------------------------------------------------------------


def test_a_decision_is_recorded_as_it_was_said(store: Store, forum: Forum, ada: Member) -> None:
    """What is given back at once is what lies in the store."""
    one = decisions.record(store, forum.id, FULL, year=2026, by=ada, now=NOW, link="https://x")

    assert decisions.get(store, forum.id, one.id) == one
    assert decisions.by_number(store, forum.id, 1, 2026) == one
    assert decisions.wording_of(one) == FULL
    assert (one.number, one.year, one.label, one.version, one.state) == (1, 2026, "1/2026", 1, "standing")
    assert (one.by_member, one.by_name, one.recorded_by) == (ada.id, "Ada Ek", ada.id)
    assert (one.at, one.recorded_at, one.link, one.reason, one.replaced_by) == (
        NOW,
        NOW,
        "https://x",
        "",
        None,
    )


def test_numbers_begin_anew_each_year_and_in_each_forum(store: Store, other: Forum, ada: Member) -> None:
    """§ 1/2026, § 2/2026, § 1/2027; another forum counts for itself."""
    there = join(store, other, ADA.__class__("slack", "T1", "U5", "Eva"))

    labels = [_record(store, ada, year=year).label for year in (2026, 2026, 2027, 2026)]

    assert labels == ["1/2026", "2/2026", "1/2027", "3/2026"]
    assert _record(store, there).label == "1/2026"
    assert decisions.by_number(store, ada.forum, 2, 2027) is None
    assert decisions.get(store, other.id, 2) is None


@pytest.mark.parametrize(
    "words", ["", "<b>&amp;</b> @everyone <!channel>", "a\nb", "'; drop table decision; --", "🏳️‍🌈 שלום"]
)
def test_words_are_kept_as_they_stand(store: Store, ada: Member, words: str) -> None:
    """Whatever people write comes back as they wrote it."""
    one = _record(store, ada, words)

    kept = decisions.get(store, ada.forum, one.id)
    assert kept is not None
    assert kept.what == words


# --- Changing --------------------------------------------------------------------------------------------------


def test_a_change_is_a_new_version(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """The old one stays as it was; number, link and who recorded it do not change."""
    one = _record(store, ada)

    decisions.amend(store, one, FULL, reason="Mörkt", member=bo.id, now=LATER)

    now = decisions.get(store, forum.id, one.id)
    assert now is not None
    assert decisions.wording_of(now) == FULL
    assert (now.version, now.reason, now.by_name, now.at) == (2, "Mörkt", "Bo Alm", LATER)
    assert (now.label, now.recorded_by, now.recorded_at) == (one.label, ada.id, NOW)
    first, second = decisions.versions(store, forum.id, one.id)
    assert (first.version, first.what, first.by_name, first.at) == (1, one.what, "Ada Ek", NOW)
    assert second == now


def test_an_ended_decision_is_still_there(store: Store, forum: Forum, ada: Member) -> None:
    """Withdrawn with its reason, and its words kept."""
    one = _record(store, ada)

    decisions.withdraw(store, one, reason="Fel", member=ada.id, now=LATER)

    now = decisions.get(store, forum.id, one.id)
    assert now is not None
    assert (now.state, now.reason, now.what, now.version) == ("withdrawn", "Fel", one.what, 2)
    assert [each.state for each in decisions.versions(store, forum.id, one.id)] == ["standing", "withdrawn"]


def test_a_replaced_decision_points_at_the_new_one(store: Store, forum: Forum, ada: Member) -> None:
    """Both stay; the old one says by which it was replaced."""
    old, new = _record(store, ada), _record(store, ada, "Vi köper te.")

    decisions.replace_with(store, old, new.id, reason="Godare", member=ada.id, now=LATER)

    now = decisions.get(store, forum.id, old.id)
    assert now is not None
    assert (now.state, now.replaced_by, now.reason) == ("replaced", new.id, "Godare")
    assert decisions.get(store, forum.id, new.id) == new


def test_there_is_no_history_of_what_is_not_there(
    store: Store, forum: Forum, other: Forum, ada: Member
) -> None:
    """Nor of a decision of another forum."""
    one = _record(store, ada)

    assert decisions.versions(store, forum.id, 404) == []
    assert decisions.versions(store, other.id, one.id) == []


# --- Lists -----------------------------------------------------------------------------------------------------


def test_the_newest_come_first_page_by_page(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """A page of so many, the next one before the last of it; another forum's are not among them."""
    for index in range(7):
        _record(store, ada, str(index))

    first = decisions.latest(store, forum.id, most=3)
    second = decisions.latest(store, forum.id, before=first[-1].id, most=3)

    assert [each.what for each in first] == ["6", "5", "4"]
    assert [each.what for each in second] == ["3", "2", "1"]
    assert len(decisions.latest(store, forum.id)) == 5
    assert decisions.latest(store, other.id) == []


def test_what_a_member_shall_follow_up(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """Standing decisions of theirs from a day on, soonest first."""

    def owned(day: date, owner: int) -> Decision:
        return decisions.record(
            store, forum.id, Wording("x", owner=owner, follow_up_on=day), year=2026, by=ada, now=NOW
        )

    late, soon, _ = (
        owned(date(2026, 5, 1), bo.id),
        owned(date(2026, 4, 1), bo.id),
        owned(date(2026, 4, 1), ada.id),
    )
    owned(date(2026, 3, 1), bo.id)
    ended = owned(date(2026, 6, 1), bo.id)
    decisions.withdraw(store, ended, reason="", member=ada.id, now=LATER)

    assert decisions.owned_by(store, forum.id, bo.id, since=date(2026, 3, 2)) == [soon, late]
    assert decisions.owned_by(store, forum.id, bo.id, since=date(2026, 3, 2), most=1) == [soon]


# --- Search ----------------------------------------------------------------------------------------------------

SAME = [
    ("Vi köper kaffe till mötet", "kaffet"),
    ("Kaffet är slut", "kaffe"),
    ("Belysningen i centrum förbättras", "belysning"),
    ("Mer belysning", "belysningen"),
    ("Skolornas rektorer bjuds in", "skola"),
    ("Skolan bjuds in", "skolor"),
    ("Två bussar till", "buss"),
    ("Samverkansöverenskommelsen gäller", "samverkansöverenskommelse"),
    ("Åtgärderna följs upp", "åtgärd"),
    ("We will meet the schools", "school"),
    ("Meetings are on Mondays", "meeting"),
    ("Planning the budget", "plan"),
    ("Budget 2026", "2026"),
    ("BUDGETEN", "budget"),
    ("Vi möter Zoë", "ZOË"),
    ("Fält: <b>budget</b>", "budget"),
    ("Ring 112", "112"),
    ("שלום לכולם", "שלום"),
]


@pytest.mark.parametrize(("written", "said"), SAME)
def test_words_are_found_in_any_inflection(
    store: Store, forum: Forum, ada: Member, written: str, said: str
) -> None:
    """Swedish and English alike, singular and plural, with and without the article."""
    one = _record(store, ada, written)

    assert _found(store, forum, said) == [one.id]


def test_the_beginning_of_a_word_is_enough(store: Store, forum: Forum, ada: Member) -> None:
    """From three letters on; fewer must be the whole word."""
    one = _record(store, ada, "Trygghetsvandring på el-nätet")

    assert _found(store, forum, "try") == [one.id]
    assert _found(store, forum, "tr") == []
    assert _found(store, forum, "el") == [one.id]


def test_every_word_must_be_there(store: Store, forum: Forum, ada: Member) -> None:
    """Anywhere in what was decided, why, or the objections; the newest first."""
    both = decisions.record(
        store, forum.id, Wording("Kaffe", "till mötet", objections="te"), year=2026, by=ada, now=NOW
    )
    other = _record(store, ada, "Kaffe igen")

    assert _found(store, forum, "kaffe") == [other.id, both.id]
    assert _found(store, forum, "mötet KAFFE te") == [both.id]
    assert _found(store, forum, "kaffe saft") == []


@pytest.mark.parametrize(
    "said",
    ["", "  ", "§§ !", '"', "*", 'kaffe"*', "NOT", "kaffe OR saft", "f1xkaffe", "a:b", "(", "\u0378", "🏳️‍🌈"],
)
def test_no_question_can_break_the_search(store: Store, forum: Forum, ada: Member, said: str) -> None:
    """Signs that a search engine may take for commands are only signs."""
    one = _record(store, ada)

    assert _found(store, forum, said) in ([], [one.id])


def test_no_forum_finds_what_is_anothers(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """The same words in another forum are not found here."""
    there = join(store, other, ADA.__class__("slack", "T1", "U5", "Eva"))
    here, elsewhere = _record(store, ada), _record(store, there)

    assert _found(store, forum, "kaffe") == [here.id]
    assert _found(store, other, "kaffe") == [elsewhere.id]


def test_a_changed_decision_is_found_by_what_it_says_now(store: Store, forum: Forum, ada: Member) -> None:
    """The old words lead nowhere; an ended one is still found."""
    one = _record(store, ada)
    decisions.amend(store, one, Wording("Vi köper te."), reason="", member=ada.id, now=LATER)
    now = decisions.get(store, forum.id, one.id)
    assert now is not None

    assert _found(store, forum, "kaffe") == []
    assert _found(store, forum, "te") == [one.id]
    decisions.withdraw(store, now, reason="", member=ada.id, now=LATER)
    assert _found(store, forum, "te") == [one.id]


def test_what_is_found_is_read_page_by_page(store: Store, forum: Forum, ada: Member) -> None:
    """As the newest ones are."""
    for index in range(4):
        _record(store, ada, f"Kaffe {index}")

    first = decisions.find(store, forum.id, "kaffe", most=3)

    assert [each.what for each in first] == ["Kaffe 3", "Kaffe 2", "Kaffe 1"]
    assert [each.what for each in decisions.find(store, forum.id, "kaffe", before=first[-1].id)] == [
        "Kaffe 0"
    ]
