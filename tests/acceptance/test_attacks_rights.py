"""Every button and every form, pressed and sent in by people who have no right to it: nothing happens, nothing leaks."""

from collections.abc import Iterator
from itertools import product

import pytest

from handlers.kit.inbound import Account, Chat
from tests.acceptance.fort import (
    AROUND,
    CHANNEL_B,
    EVA,
    GROUP_B,
    OUTSIDERS,
    SECRET_WORDS,
    UNTIED,
    Fort,
    alone,
)
from tests.stage.samples import ADA, BO, CHANNEL, CILLA, GROUP

BOOK = AROUND.book
CASTS = {name: one.casts for table in (BOOK.handlers, BOOK.forms) for name, one in table.items()}
NUMBERS, WORDS = ("1", "2", "99"), ("", "gissat", "1")
ANSWERS = {
    "what": "Kapat", "why": "", "process": "vote", "actors": "1", "actor": "1", "owner": "1", "member": "1",
    "becomes": "removed", "organisation": "Kaparna", "sector": "", "level": "", "due": "2026-03-20",
    "follow_up": "", "objections": "", "reason": "Kapat", "version": "1", "seal": "0", "link": "", "need": "Kapat",
    "name": "Kapat", "challenge": "Kapat", "language": "en", "zone": "UTC", "amend": "coordinators",
    "words": SECRET_WORDS, "code": "BCDF-GHJK", "administrator": "yes",
}  # fmt: skip
"""Something for every question that any form asks."""


def _data(forum: int) -> Iterator[str]:
    """Button data for everything that is registered, with ids that exist and ids that do not."""
    for name, casts in CASTS.items():
        for args in product(*(NUMBERS if cast is int else WORDS for cast in casts)):
            yield ":".join((name, str(forum), *args))


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
            fort.submits(who, chat, data, ANSWERS)
            for data in _data(forum)
            if data.partition(":")[0] in BOOK.forms
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
            fort.submits(who, chat, data, ANSWERS)
            for data in _data(forum)
            if data.partition(":")[0] in BOOK.forms
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
