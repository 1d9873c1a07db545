"""Confidential forums: words are refused to the one who wrote, labels, days and status are kept, and all know it."""

from datetime import date

import pytest

from handlers.kit.confidential import guarded, is_neutral
from handlers.kit.ui import ChoiceField, Form, HiddenField, Option, TextField, text
from storage import actions, agenda, decisions, forums
from tests.stage.ready import Ready


@pytest.fixture(name="closed")
def _closed(ready: Ready) -> Ready:
    """A forum that is confidential."""
    ready.store(lambda store: forums.set_confidential(store, ready.forum.id, confidential=True))
    return ready


def test_a_coordinator_switches_it_on_and_off_for_all_to_see(ready: Ready) -> None:
    """Both chats hear what it means, also what the chat tool has; a member reads about it but has no switch."""
    ready.cilla.commands("sekretess")
    assert f"[{ready.chat.t('confidential-begin')}]" not in ready.cilla.sees("confidential-is-not")
    ready.ada.commands("sekretess")
    ready.ada.sees("confidential-is-not")
    ready.ada.clicks("confidential-begin")
    for each in (ready.bo, ready.dan):
        words = each.sees("confidential-begun", who="Ada Ek")
        assert ready.chat.t("confidential-received") in words
    ready.ada.commands("sekretess")
    ready.ada.sees("confidential-is")
    ready.ada.clicks("confidential-cease")
    ready.dan.sees("confidential-ceased", who="Ada Ek")
    ready.chat.reads_everything()


@pytest.mark.parametrize(
    "said", ["beslut Vi köper kaffe.", "dagordning Bo mår dåligt", "runda Vi hjälper Kim", "action Ring Kim"]
)
def test_words_are_refused_to_the_one_who_wrote(closed: Ready, said: str) -> None:
    """In either chat; nothing is kept, and they are told what the chat has received already."""
    closed.cilla.commands(said)
    closed.cilla.sees("confidential-refused")
    closed.ada.sees_nothing_new()
    closed.bo.commands(said)
    closed.bo.sees("confidential-refused")
    store = closed.forum.id
    assert closed.store(lambda each: decisions.latest(each, store)) == []
    assert closed.store(lambda each: agenda.proposed(each, store)) == []
    assert closed.store(lambda each: actions.get(each, store, 1)) is None


def test_a_message_is_not_taken_over(closed: Ready) -> None:
    """Answering a message with a command would keep its words, so it is refused too."""
    closed.cilla.says("Kim behöver hjälp.")
    message = closed.chat.telegram.seen(closed.cilla.user, closed.chat.group)[-1]
    closed.cilla.says("/beslut", reply_to=message)
    closed.cilla.sees("confidential-refused")


def test_a_label_and_a_day_are_kept(closed: Ready) -> None:
    """What tells nothing is enough to follow a task by."""
    closed.bo.commands("åtgärd Uppgift 7 senast på fredag")
    assert closed.action(1).what == "Uppgift 7"
    assert closed.action(1).due_on == date(2026, 3, 6)
    closed.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_form_takes_a_label_alone(closed: Ready, platform: str) -> None:
    """What may be left out is not asked; other words are refused before they are kept anywhere."""
    who = closed.bo if platform == "slack" else closed.cilla
    who.commands("beslut")
    if platform == "slack":
        assert list(who.fills({"decision-field-what": "Kim får hjälp."}).values()) == [
            closed.chat.t("confidential-refused-field")
        ]
    who.fills({"decision-field-what": "Ärende 12"})
    closed.dan.sees("decision-title-standing", number="1/2026")
    (made,) = closed.store(lambda store: decisions.latest(store, closed.forum.id))
    assert (made.what, made.why) == ("Ärende 12", "")
    closed.chat.reads_everything()


def kept(ready: Ready) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The words that are kept with meetings and with cycles."""
    rows = ready.store(lambda store: store.all("select title, venue from meeting"))
    every = ready.store(lambda store: store.all("select title, words from meeting_cycle"))
    return [(row[0], row[1]) for row in rows], [(row[0], row[1]) for row in every]


@pytest.mark.parametrize(
    "said",
    [
        "möte 12 maj 13-15 Kim Svensson misstänks för brott",
        "möte Kim Svensson misstänks 12 maj 13-15",
        "möte Kim Svensson misstänks 12 maj",
        "årshjul Kim Svensson misstänks varje tisdag",
        "årshjul Kim",
    ],
)
def test_words_around_a_day_or_a_rule_are_refused(closed: Ready, said: str) -> None:
    """Neither a meeting nor a cycle keeps what somebody put beside it, and nothing is said back."""
    closed.ada.commands(said)
    assert "Kim" not in closed.ada.sees("confidential-refused")
    assert kept(closed) == ([], [])
    closed.chat.reads_everything()


def test_meetings_are_planned_by_days_and_labels(closed: Ready) -> None:
    """A day with a label is a meeting; the form takes a place, if it is short."""
    closed.ada.commands("möte Möte 3 12 maj 13-15")
    closed.chat.reads_everything()
    closed.ada.commands("möte", private=True)
    closed.ada.reads_all()
    closed.ada.clicks("planned-move")
    assert list(closed.ada.fills({"planned-field-venue": "Kim Svensson misstänks " * 4})) != []
    assert closed.ada.fills({"planned-field-venue": "Rådhuset,\u2028rum 3"}) == {}
    closed.chat.reads_everything()
    assert kept(closed)[0] == [("Möte 3", "Rådhuset, rum 3")]


def test_a_cycle_keeps_its_rule_and_no_words(closed: Ready) -> None:
    """Days are understood as ever; changed, it goes on as it was where nothing else is said."""
    closed.ada.commands("årshjul andra torsdagen varje månad 13-15", private=True)
    closed.ada.clicks("cycle-settle-all")
    closed.ada.clicks("cycle-save")
    closed.chat.reads_everything()
    assert kept(closed)[1] == [(closed.forum.name, "")]
    closed.ada.commands("årshjul", private=True)
    closed.ada.reads_all()
    closed.ada.clicks("cycle-change")
    (wrong,) = closed.ada.fills({"cycle-field-words": "Kim Svensson varje tisdag"}).values()
    assert "Kim" not in wrong
    assert closed.ada.fills({"cycle-field-words": "", "planned-field-venue": "Rum 3"}) == {}
    closed.chat.reads_everything()
    assert kept(closed)[1] == [(closed.forum.name, "")]
    assert {each[1] for each in kept(closed)[0]} == {"Rum 3"}


def test_what_a_forum_is_for_is_not_put_otherwise(closed: Ready) -> None:
    """What it said before stays; new words about it are refused like any others."""
    closed.ada.commands("inställningar")
    (wrong,) = closed.ada.fills({"setup-field-challenge": "Kim Svensson"}).values()
    assert wrong == closed.chat.t("confidential-refused-field")
    assert closed.ada.fills({"setup-field-challenge": closed.forum.challenge}) == {}
    closed.chat.reads_everything()


def test_looking_up_goes_on_as_ever(closed: Ready) -> None:
    """Words that look something up are not kept, so they are let through."""
    closed.bo.commands("sök budget")
    closed.bo.sees("decision-none-found")


def test_the_forums_card_says_it(ready: Ready) -> None:
    """Whoever looks at the forum sees that it is confidential, and what that means."""
    ready.ada.commands("sekretess")
    ready.ada.clicks("confidential-begin")
    ready.chat.reads_everything()
    ready.ada.commands("inställningar")
    ready.ada.fills({"setup-field-name": "Hemligt"})
    ready.chat.reads_everything()
    forum = ready.store(lambda store: forums.get(store, ready.forum.id))
    assert forum is not None
    assert forum.confidential


@pytest.mark.parametrize(
    ("said", "neutral"),
    [
        ("", True), ("Ärende 12", True), ("uppgift 7 senast fredag", True), ("12", True), ("§ 3/2026", True),
        ("Ja\nNej", True), ("15 mars", True), ("2026-114", True), ("Kim 7", False), ("Ärende Kim", False),
        ("Ring Ada på fredag", False), ("Ärende 12\nKim mår dåligt", False), ("ärende 12 är Kims", False),
    ],
)  # fmt: skip
def test_what_tells_nothing(said: str, neutral: bool) -> None:
    """Labels with a number, days, yes and no; nothing with a name or a sentence in it."""
    assert is_neutral(said, date(2026, 3, 2)) is neutral


def test_forms_keep_what_is_there_and_take_nothing_new() -> None:
    """Optional words are sealed with what they hold; names, choices and forms without words are as they were."""
    what = TextField(key="what", label=text("nobody"))
    why = TextField(key="why", label=text("nobody"), optional=True, initial="Förut")
    who = TextField(key="who", label=text("nobody"), names=True)
    pick = ChoiceField(key="pick", label=text("nobody"), options=(Option("1", text("nobody")),))
    form = guarded(Form(text("nobody"), text("nobody"), (what, why, who, pick)))

    assert [type(each) for each in form.fields] == [TextField, HiddenField, TextField, ChoiceField]
    assert form.prefilled({"what": "Kim", "why": "Kim", "who": "Kim"}).fields[:2] == form.fields[:2]
    assert form.intro == text("confidential-form")
    plain = Form(text("nobody"), text("nobody"), (who, pick))
    assert guarded(plain) is plain
    lone = guarded(Form(text("nobody"), text("nobody"), (why,)))
    assert isinstance(lone.fields[0], TextField)
    assert lone.fields[0].neutral
