"""What waits for me: in private and on Slack's home, over all my forums, answered on the spot, seen by nobody else."""

from datetime import date

import pytest

from bot.playground.slack import plain
from handlers.kit.effects import Refusal
from handlers.kit.inbound import Said
from handlers.kit.ui import text
from handlers.mine import mine
from storage import actions, decisions, forums
from storage.db import Store
from storage.decisions import Wording
from storage.records import Forum
from tests.stage.ready import FRIDAY, POLICE, Ready, another_forum
from tests.stage.samples import GROUP, Sample


def follows_up(ready: Ready, *days: date) -> None:
    """Decisions that Bo follows up on these days."""

    def fill(store: Store) -> None:
        ada = forums.member(store, ready.forum.id, 1)
        assert ada is not None
        for each in days:
            wording = Wording("Vi tänder lyktorna", owner=2, follow_up_on=each)
            decisions.record(store, ready.forum.id, wording, year=2026, by=ada, now=ready.chat.now)

    ready.store(fill)


def waits_elsewhere(ready: Ready, forum: Forum, count: int) -> None:
    """So much of Bo's in another forum."""

    def fill(store: Store) -> None:
        for _ in range(count):
            actions.add(store, forum.id, what="Annat", actor=None, owner=1, due_on=None, decision=None, member=1,
                        now=ready.chat.now)  # fmt: skip

    ready.store(fill)


def home(ready: Ready) -> str:
    """What Bo's own page in Slack says."""
    view = ready.chat.slack.home(ready.bo.user)
    assert view is not None
    return plain(view)


# --- The list --------------------------------------------------------------------------------------------------


def test_everything_that_waits_in_one_place(ready: Ready) -> None:
    """My own with its day, what my organisation has not taken, and the decisions that I follow up."""
    ready.adds(due_on=FRIDAY)
    ready.adds(due_on=None, owner=None)
    ready.adds(due_on=FRIDAY, actor=1, owner=1)
    follows_up(ready, date(2026, 3, 9), date(2026, 1, 7))
    ready.bo.says("mina", private=True)

    words = ready.bo.sees("mine-title")
    assert words.index("1. Sak 1") < words.index(ready.chat.t("mine-untaken")) < words.index("2. Sak 1")
    assert ready.chat.t("action-due-soon", day=FRIDAY, days=4) in words
    assert POLICE in words
    assert "3. Sak 1" not in words
    due = ready.chat.t("action-due-soon", day=date(2026, 3, 9), days=7)
    assert ready.chat.t("mine-follow-up", number="1/2026", what="Vi tänder lyktorna", due=due) in words
    assert "2/2026" not in words
    ready.bo.clicks("decision-number", number="1/2026")
    ready.bo.sees("decision-title-standing", number="1/2026")
    ready.bo.clicks("action-show-number", number="1")
    ready.bo.sees("action-title-open", number="1")


def test_answered_in_the_list(ready: Ready) -> None:
    """Each answer stands above what is left; the chats see it."""
    ready.adds(2)
    ready.adds(owner=None)
    ready.bo.says("mina", private=True)
    ready.bo.sees("mine-title")

    ready.bo.clicks("mine-underway", number="2")
    words = ready.bo.sees("action-now-underway", number="2")
    assert ready.chat.t("mine-underway", number="2") not in words
    ready.bo.clicks("mine-done", number="1")
    assert "1. Sak 1" not in ready.bo.sees("action-now-done", number="1")
    ready.bo.clicks("action-take-number", number="3")
    who = ready.chat.t("person-of-actor", person="@Bo Alm", actor=POLICE)
    words = ready.bo.sees("mine-title")
    assert ready.chat.t("action-taken", number="3", who=who) in words
    assert ready.chat.t("mine-done", number="3") in words
    assert ready.chat.t("mine-untaken") not in words


def test_pressed_in_an_old_list(ready: Ready) -> None:
    """What is done already is done already."""
    ready.adds()
    ready.bo.says("mina", private=True)
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "done", member=3, now=ready.chat.now)
    )
    ready.bo.clicks("mine-done", number="1")

    assert ready.chat.t("mine-nothing") in ready.bo.sees("action-done-already")


def test_a_long_list_comes_in_pages(ready: Ready) -> None:
    """Five at a time; what nobody has taken stands on the first page alone, some of it."""
    ready.adds(7)
    ready.adds(5, owner=None)
    ready.bo.says("mina", private=True)

    words = ready.bo.sees("mine-more-untaken")
    assert "5. Sak 5" in words
    assert "6. Sak 6" not in words
    assert "10. Sak 3" in words
    assert "11. Sak 4" not in words
    ready.bo.clicks("action-more")
    words = ready.bo.sees("mine-title")
    assert "7. Sak 7" in words
    assert ready.chat.t("mine-untaken") not in words


def test_nothing_waits(ready: Ready) -> None:
    """Said in so many words, with a way to what others do."""
    ready.bo.says("mina", private=True)

    words = ready.bo.sees("mine-nothing")
    assert ready.chat.t("menu-actions") in words


def test_one_who_is_nowhere_a_member(ready: Ready) -> None:
    """No forum yet: told so, and nothing of anybody else's."""
    ready.adds()
    eva = ready.chat.slack_person("Eva Ny")
    eva.commands("mina")

    assert "Sak" not in eva.sees("mine-no-forum")


# --- For nobody else's eyes ------------------------------------------------------------------------------------


def test_asked_in_the_group_answered_in_private(ready: Ready) -> None:
    """Cilla has written to the bot before: the group sees nothing."""
    ready.adds(owner=3)
    ready.cilla.commands("mina")

    assert "1. Sak 1" in ready.cilla.sees("mine-title")
    ready.dan.sees_nothing_new()


def test_in_a_group_only_a_way_into_private(ready: Ready) -> None:
    """Dan cannot be written to: the group sees a button, and he alone what is behind it."""
    ready.adds(owner=4, actor=None)
    ready.dan.commands("mina")
    assert "Sak" not in ready.cilla.sees("mine-in-private")

    ready.dan.clicks("menu-mine")

    assert any("1. Sak 1" in each for each in ready.dan.reads_all())
    ready.chat.reads_everything()


def test_in_a_channel_it_is_seen_by_one(ready: Ready) -> None:
    """Slack can show it to one person where they are."""
    ready.adds()
    ready.bo.commands("mina")

    assert "1. Sak 1" in ready.bo.sees("mine-title")
    ready.ada.sees_nothing_new()


def test_without_a_name_there_is_nothing_of_ones_own(sample: Sample) -> None:
    """Somebody who writes anonymously in a group is told why."""
    said = Said(key="1:said", chat=GROUP, text="mina")
    with pytest.raises(Refusal) as refused:
        list(mine(sample.request(sample.ada, said, person=None, member=None), ""))

    assert refused.value.text == text("refused-no-person")


# --- Several forums --------------------------------------------------------------------------------------------


def test_the_other_forums_are_a_press_away(ready: Ready) -> None:
    """How much waits there; after the switch that forum comes first, also for what is said later."""
    ready.adds()
    other = another_forum(ready, "Östra", ready.bo)
    waits_elsewhere(ready, other, 2)
    ready.bo.says("byt", private=True)
    ready.chat.reads_everything()
    ready.bo.says("mina", private=True)
    words = ready.bo.sees("mine-forum", forum=ready.forum.name)
    assert words.index("1. Sak 1") < words.index(ready.chat.t("mine-elsewhere", forum="Östra", count=2))

    ready.bo.clicks("mine-switch", forum="Östra")

    words = ready.bo.sees("mine-forum", forum="Östra")
    assert "1. Annat" in words
    assert ready.chat.t("mine-elsewhere", forum=ready.forum.name, count=1) in words
    ready.bo.clicks("mine-done", number="1")
    ready.bo.sees("action-now-done", number="1")
    assert ready.action(1).state == "open"
    ready.bo.says("åtgärder", private=True)
    ready.bo.sees("action-list-title", count=1)


def test_a_channel_belongs_to_its_forum(ready: Ready) -> None:
    """There the other forums are named, without a button that could not work."""
    other = another_forum(ready, "Östra", ready.bo)
    waits_elsewhere(ready, other, 1)
    ready.bo.commands("mina")

    words = ready.bo.sees("mine-elsewhere", forum="Östra", count=1)
    assert ready.chat.t("mine-elsewhere-private") in words
    assert ready.chat.t("mine-switch", forum="Östra") not in words


def test_what_waits_elsewhere_is_seen_by_a_guest_too(ready: Ready) -> None:
    """In a chat whose forum one is not in, one's own still waits, and nothing of that forum shows."""
    ready.adds()
    eva = ready.chat.slack_person("Eva Ny")
    another_forum(ready, "Östra", eva)
    eva.commands("mina")

    words = eva.sees("mine-elsewhere", forum="Östra", count=0)
    assert ready.forum.name not in words


# --- Slack's home ----------------------------------------------------------------------------------------------


def test_home_shows_what_waits_and_takes_answers(ready: Ready) -> None:
    """Opened, it shows the list; a press answers and draws it anew, and the chats follow."""
    ready.adds(2)
    ready.chat.does(ready.chat.slack.open_home(ready.bo.user))
    assert "2. Sak 2" in home(ready)

    ready.chat.does(ready.chat.slack.press_home(ready.bo.user, ready.chat.t("mine-done", number="2")))

    assert "2. Sak 2" not in home(ready)
    assert ready.chat.t("action-now-done", number="2") in home(ready)
    assert ready.action(2).state == "done"


def test_home_switches_forums(ready: Ready) -> None:
    """The page turns to the other forum, with buttons that belong there."""
    ready.adds()
    other = another_forum(ready, "Östra", ready.bo)
    waits_elsewhere(ready, other, 1)
    ready.chat.does(ready.chat.slack.open_home(ready.bo.user))
    first, then = ("Östra", ready.forum.name) if "1. Sak 1" in home(ready) else (ready.forum.name, "Östra")
    ready.chat.does(ready.chat.slack.press_home(ready.bo.user, ready.chat.t("mine-switch", forum=first)))

    assert ready.chat.t("mine-forum", forum=first) in home(ready)
    ready.chat.does(ready.chat.slack.press_home(ready.bo.user, ready.chat.t("mine-switch", forum=then)))
    assert ready.chat.t("mine-forum", forum=then) in home(ready)


def test_home_of_somebody_new(ready: Ready) -> None:
    """Not a member anywhere: what to expect here."""
    eva = ready.chat.slack_person("Eva Ny")
    ready.chat.does(ready.chat.slack.open_home(eva.user))

    view = ready.chat.slack.home(eva.user)
    assert view is not None
    assert ready.chat.t("mine-no-forum") in plain(view)
