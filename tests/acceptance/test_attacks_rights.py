"""Every button and every form, pressed and sent in by people who have no right to it: nothing happens, nothing leaks."""

from collections.abc import Iterator
from itertools import product

import pytest

from handlers.kit.answers import parse_form
from handlers.kit.inbound import Account, Chat
from handlers.kit.ui import Form
from tests.acceptance.forged import ANSWERS, answers_to
from tests.acceptance.fort import (
    AROUND,
    CHANNEL_B,
    EVA,
    GROUP_B,
    HALE,
    OUTSIDERS,
    SECRET_WORDS,
    UNTIED,
    Fort,
    alone,
)
from tests.stage.samples import ADA, BO, CHANNEL, CILLA, GROUP, NOW

BOOK = AROUND.book
CASTS = {name: one.casts for table in (BOOK.handlers, BOOK.forms) for name, one in table.items()}
NUMBERS, WORDS = ("1", "2", "99"), ("", "gissat", "1", "action-1")
ALL_NUMBERS = ("1", "2", "3", "4", "5", "6", "99")
"""For what takes a single one: so many of each kind are in the fort."""


def _data(forum: int) -> Iterator[str]:
    """Button data for everything that is registered, with ids that exist and ids that do not."""
    for name, casts in CASTS.items():
        numbers = ALL_NUMBERS if len(casts) == 1 else NUMBERS
        for args in product(*(numbers if cast is int else WORDS for cast in casts)):
            yield ":".join((name, str(forum), *args))


def _forms(forum: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The data of every form, with something for each question that it asks."""
    for data in _data(forum):
        name = data.partition(":")[0]
        if name in BOOK.forms:
            yield data, answers_to(name)


def _places(who: Account) -> tuple[Chat, ...]:
    """Where somebody might press: in the forum's chat, in private, in another forum's chat, in one without."""
    mine = (CHANNEL, CHANNEL_B) if who.platform == "slack" else (GROUP, GROUP_B)
    return (*mine, alone(who), UNTIED)


def _assert_held(fort: Fort, who: Account, before: object, forum: int) -> None:
    assert fort.belongings(forum) == before
    theirs = {CHANNEL.chat, GROUP.chat}
    for letter in fort.written():
        assert letter.kind == "whisper" or letter.to.chat not in theirs, "they made the bot speak to others"
        assert letter.kind == "post" or letter.to.chat in {who.user, *(each.chat for each in _places(who))}
        assert SECRET_WORDS not in letter.card + letter.fallback


def test_the_fort_has_something_of_every_kind_to_lose(fort: Fort) -> None:
    """A table that is empty could be cleared, and one that is not looked at filled, without anybody noticing."""
    for forum in (fort.first.forum.id, fort.other.id):
        assert [table for table, rows in fort.belongings(forum).items() if not rows] == []


def _drawn(fort: Fort) -> dict[str, list[Form]]:
    """Every form as it is shown to those who may see it, by name."""
    forum, invite = fort.first.forum.id, fort.first.forum.invite
    sights = [(ADA, CHANNEL, forum), (BO, CHANNEL, forum), (HALE, UNTIED, 0), (ADA, alone(ADA), 0)]
    pressed = [fort.presses(who, chat, data) for who, chat, which in sights for data, _ in _forms(which)]
    invited = fort.presses(HALE, CHANNEL, f"members.join_form:{forum}:{invite}")
    found: dict[str, list[Form]] = {}
    for outcome in fort.do(*pressed, invited):
        if outcome.form:
            found.setdefault(outcome.form.data.partition(":")[0], []).append(outcome.form.form)
    return found


def test_a_forged_form_gets_past_the_look_at_its_answers(fort: Fort) -> None:
    """Every form there is, as its rightful sender would see it: else the attacks below would test nothing but that."""
    drawn = _drawn(fort)

    asked = {each.key for forms in drawn.values() for form in forms for each in form.fields}
    wrong = {
        name: [parse_form(each, answers_to(name), NOW.date())[1] for each in forms]
        for name, forms in drawn.items()
    }
    assert sorted(BOOK.forms.keys() - drawn.keys()) == []
    assert sorted(asked - ANSWERS.keys()) == []
    assert {name: errors for name, errors in wrong.items() if all(errors)} == {}


@pytest.mark.parametrize("label", OUTSIDERS)
def test_no_outsider_changes_or_reads_anything_with_any_button(fort: Fort, label: str) -> None:
    """Whoever they are and wherever they press, with the forum's own button data or made-up ones."""
    who, forum = OUTSIDERS[label], fort.first.forum.id
    before = fort.belongings(forum)

    outcomes = fort.do(*(fort.presses(who, chat, data) for data in _data(forum) for chat in _places(who)))

    assert len(outcomes) > 400
    assert all(each.refused is None or each.refused.key != "apology" for each in outcomes)
    assert not any(each.form and each.form.data.partition(":")[0] not in _ASKS_ANYBODY for each in outcomes)
    _assert_held(fort, who, before, forum)


_ASKS_ANYBODY = {"setup.start_form", "ties.account_form"}
"""Forms about no forum: a start in a chat that has none, and one's own accounts."""


@pytest.mark.parametrize("label", OUTSIDERS)
def test_no_outsider_changes_anything_with_any_form(fort: Fort, label: str) -> None:
    """As a modal would come back, with what it carries along unseen altered at will: chat, forum, hidden fields."""
    who, forum = OUTSIDERS[label], fort.first.forum.id
    before = fort.belongings(forum)

    fort.do(
        *(
            fort.submits(who, chat, data, answers)
            for data, answers in _forms(forum)
            for chat in (*_places(who), None)
        )
    )

    _assert_held(fort, who, before, forum)


@pytest.mark.parametrize("who", [ADA, BO, CILLA], ids=["coordinator", "member", "member in Telegram"])
def test_rights_in_one_forum_are_none_in_another(fort: Fort, who: Account) -> None:
    """Not even for a coordinator, and not with the ids of one's own decisions and actions."""
    forum = fort.other.id
    before = fort.belongings(forum)

    fort.do(*(fort.presses(who, chat, data) for data in _data(forum) for chat in _places(who)))
    fort.do(
        *(
            fort.submits(who, chat, data, answers)
            for data, answers in _forms(forum)
            for chat in (CHANNEL_B, alone(who), None)
        )
    )

    assert fort.belongings(forum) == before


def test_a_forged_link_does_nothing_in_its_victims_name(fort: Fort) -> None:
    """A link into the private chat takes one tap, and anybody can make one up: it may show and ask, never act."""
    forum = fort.first.forum.id
    before = fort.belongings(forum)

    outcomes = fort.do(
        *(fort.presses(who, alone(who), data, linked=True) for who in (CILLA, ADA) for data in _data(forum))
    )

    assert len(outcomes) > 200
    assert fort.belongings(forum) == before
    assert {each.kind for each in fort.written()} <= {"whisper", "post"}
    assert all(each.to.chat in (CILLA.user, ADA.user) for each in fort.written())


def test_a_code_in_a_forged_link_is_not_redeemed(fort: Fort) -> None:
    """Else somebody could be talked into one tap that makes two people one."""
    fort.do(fort.says(EVA, alone(EVA), "konto"))
    code = fort.written()[0].card.split('"code":"')[1][:9]

    fort.do(fort.presses(CILLA, alone(CILLA), f"ties.account:0:{code}", linked=True))
    fort.do(fort.presses(CILLA, alone(CILLA), f"ties.account:0:{code}"))

    assert fort.titles() == ["account-code", "account-code"]


@pytest.mark.parametrize(
    "data",
    [
        "", ":", "::", "actions.show", "actions.show:", "actions.show:x:1", "actions.show:-1:1", "actions.show:1",
        "actions.show:1:1:1", "actions.show:1:", "actions.show:1:-", "actions.show:1:1_0", "actions.show:1:\u0663",
        "actions.show:1:" + "9" * 30, "actions.show:" + "9" * 16 + ":1", "nothing.here:1:1", "form.save:1:0:0",
        "form.pick:1:99:99", "form.save:1:x:y", "actions.__init__:1:1", "../actions.show:1:1", "actions.show:1:1\x00",
        "decisions.more:1:" + "\"*'():^-+" + ":0", "\ud800:1:1", "members.join_form:1:\ud800", "x" * 4000,
    ],
)  # fmt: skip
def test_garbage_for_button_data_is_a_stale_button(fort: Fort, data: str) -> None:
    """From a member, so that nothing but the data is wrong: no fault of ours, and nothing changes."""
    forum = fort.first.forum.id
    before = fort.belongings(forum)

    (outcome,) = fort.do(fort.presses(ADA, CHANNEL, data))

    assert outcome.refused is None or outcome.refused.key != "apology"
    assert fort.belongings(forum) == before
