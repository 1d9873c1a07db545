"""Stories of leaving: by one's own word, by leaving the chat, by being gone; and a forum that loses its coordinator."""

from datetime import timedelta

import pytest

from handlers import members
from handlers.kit.inbound import Due, Happened
from handlers.kit.ui import Text, text
from storage import forums, people
from storage.db import Store
from tests.stage.chat import Chat
from tests.stage.ready import POLICE, TOWN, Ready, another_forum, ready_forum
from tests.stage.samples import NOW, Sample


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    return ready_forum(chat)


def _names(ready: Ready, forum: int = 0) -> list[str]:
    return ready.store(lambda store: [each.name for each in forums.members(store, forum or ready.forum.id)])


def _of(name: str, actor: str) -> Text:
    return text("person-of-actor", person=name, actor=actor)


def test_a_member_leaves(ready: Ready) -> None:
    """After being asked once more; everybody sees it, and what was done stays."""
    ready.cilla.commands("beslut Vi tänder lyktorna")
    ready.chat.reads_everything()
    ready.cilla.commands("lamna", private=True)
    ready.cilla.sees("member-leave", name=ready.forum.name)

    ready.cilla.clicks("member-leave-now")

    ready.cilla.sees("member-bye", name=ready.forum.name)
    ready.ada.sees("member-left", who=_of("Cilla Ö", POLICE))
    ready.dan.sees("member-left", who=_of("Cilla Ö", POLICE))
    assert "Cilla Ö" not in _names(ready)
    ready.ada.commands("sök lyktorna")
    ready.ada.sees("decision-found", words="lyktorna")


def test_one_who_comes_back_is_the_same_member(ready: Ready) -> None:
    """The organisation of before is proposed again; a coordinator comes back as a member."""
    before = ready.store(lambda store: forums.members(store, ready.forum.id))
    bo = next(each for each in before if each.name == "Bo Alm")
    ready.store(lambda store: forums.set_role(store, ready.forum.id, bo.id, "coordinator"))
    ready.bo.commands("lämna")
    ready.bo.sees("member-leave", name=ready.forum.name)
    ready.bo.clicks("member-leave-now")
    ready.chat.reads_everything()

    ready.bo.commands("med")
    ready.bo.clicks("forum-join")
    assert ready.bo.fills({}) == {}

    ready.chat.reads_everything()
    again = ready.store(lambda store: forums.member(store, ready.forum.id, bo.id))
    assert again is not None
    assert (again.state, again.actor, again.role) == ("active", bo.actor, "member")


def test_the_last_coordinator_stays(ready: Ready) -> None:
    """Somebody else has to be named first, whichever way one goes."""
    ready.ada.commands("lämna")
    ready.ada.sees("member-last-coordinator")
    assert "Ada Ek" in _names(ready)


def test_whoever_leaves_the_chat_leaves_the_forum(ready: Ready) -> None:
    """The other chat learns of it; a guest who leaves is nobody's business."""
    eva = ready.chat.slack_person("Eva Li")
    ready.chat.does(ready.chat.slack.leave(eva.user, ready.chat.channel))
    ready.chat.does(ready.chat.slack.leave(ready.bo.user, ready.chat.channel))

    ready.dan.sees("member-left", who=_of("Bo Alm", POLICE))
    ready.ada.sees("member-left", who=_of("@Bo Alm", POLICE))
    assert "Bo Alm" not in _names(ready)


def test_whoever_has_another_account_stays(ready: Ready) -> None:
    """One who leaves the Slack channel may still be in the Telegram group."""
    ready.store(lambda store: _one_person(store, "Bo Alm", "Cilla Ö"))

    ready.chat.does(ready.chat.slack.leave(ready.bo.user, ready.chat.channel))

    ready.ada.sees_nothing_new()
    assert len(_names(ready)) == 3


def test_whoever_has_another_chat_of_the_forum_stays(ready: Ready) -> None:
    """A forum may live in two channels: to leave one of them is not to leave the forum."""
    ready.store(
        lambda store: forums.tie(store, forums.add_place(store, "slack", "T0HOME", "C2", "", "två").id, 1)
    )

    ready.chat.does(ready.chat.slack.leave(ready.bo.user, ready.chat.channel))

    ready.ada.sees_nothing_new()
    assert "Bo Alm" in _names(ready)


def test_an_account_that_is_closed_ends_every_membership(ready: Ready) -> None:
    """In all the person's forums at once; with another account they stay, and are written to there."""
    other = another_forum(ready, "Öppna dörrar", ready.ada, ready.bo)

    ready.chat.does(ready.chat.slack.deactivate(ready.bo.user))

    ready.ada.sees("member-left", who=_of("@Bo Alm", POLICE))
    ready.dan.sees("member-left", who=_of("Bo Alm", POLICE))
    assert "Bo Alm" not in _names(ready)
    assert _names(ready, other.id) == ["Ada Ek"]


def test_a_closed_account_beside_another_one_is_only_not_written_to(ready: Ready) -> None:
    """The person goes on in Telegram."""
    ready.store(lambda store: _one_person(store, "Bo Alm", "Cilla Ö"))

    ready.chat.does(ready.chat.slack.deactivate(ready.bo.user))

    assert len(_names(ready)) == 3
    bo = next(each for each in ready.store(lambda store: forums.members(store, 1)) if each.name == "Cilla Ö")
    assert ready.store(lambda store: people.private_account(store, bo.person)) == (
        "telegram",
        "",
        str(ready.cilla.user.id),
    )


def test_nobody_gone_is_nobody_s_loss(sample: Sample) -> None:
    """An event about an account without a name, or about a member who has already left, ends nothing."""
    unnamed = sample.request(None, Happened(key="1:gone", what="person-gone"), person=None)
    assert list(members.gone(unnamed)) == []

    forums.leave(sample.store, sample.forum.id, sample.bo.id)
    due = Due(key="2:due", name="x", data="", due_at=NOW, grace=timedelta(), late="ring")
    assert list(members.ended(sample.request(None, due), sample.bo.id)) == []


def _one_person(store: Store, *names: str) -> None:
    ids = sorted(each.person for each in forums.members(store, 1) if each.name in names)
    people.merge(store, *ids)


# --- A forum without a coordinator -----------------------------------------------------------------------------


def _ada_is_gone(ready: Ready) -> None:
    ready.chat.does(ready.chat.slack.leave(ready.ada.user, ready.chat.channel))
    ready.bo.sees("member-vacant", name=ready.forum.name)
    ready.dan.sees("member-vacant", name=ready.forum.name)
    ready.chat.reads_everything()


def _coordinators(ready: Ready) -> list[str]:
    return ready.store(lambda store: [each.name for each in forums.coordinators(store, ready.forum.id)])


def test_two_members_name_a_new_coordinator(ready: Ready) -> None:
    """One is willing, another one agrees; nobody does both."""
    _ada_is_gone(ready)

    ready.bo.clicks("member-offer")
    ready.bo.sees("member-offered", who="@Bo Alm")
    ready.chat.reads_everything()
    ready.bo.clicks("member-second")
    ready.bo.sees("member-second-other")
    ready.dan.clicks("member-second")

    assert _coordinators(ready) == ["Bo Alm"]
    ready.dan.sees("member-now-coordinates", who="Bo Alm")
    ready.bo.sees("member-now-coordinates", who="@Bo Alm")
    ready.dan.clicks("member-offer")
    assert ready.dan.toasts()[-1] == ready.chat.t("member-not-vacant", who="Bo Alm")


def test_one_who_left_meanwhile_is_not_named(ready: Ready) -> None:
    """The candidate is gone before anybody agreed."""
    _ada_is_gone(ready)
    ready.bo.clicks("member-offer")
    ready.chat.does(ready.chat.slack.leave(ready.bo.user, ready.chat.channel))
    ready.chat.reads_everything()

    ready.dan.clicks("member-second")

    assert ready.dan.toasts()[-1] == ready.chat.t("member-gone")
    assert _coordinators(ready) == []


def test_the_only_member_left_simply_coordinates(ready: Ready) -> None:
    """There is nobody else to ask; and a newcomer to a forum without a coordinator is asked at once."""
    ready.store(_only_ada_is_left)
    ready.chat.does(ready.chat.slack.leave(ready.ada.user, ready.chat.channel))
    ready.chat.reads_everything()
    ready.bo.commands("med")
    ready.bo.clicks("forum-join")
    ready.bo.fills({"member-field-actor": TOWN})
    ready.bo.sees("member-vacant", name=ready.forum.name)

    ready.bo.clicks("member-offer")

    ready.bo.sees("member-now-coordinates", who="@Bo Alm")
    assert _coordinators(ready) == ["Bo Alm"]
    ready.chat.reads_everything()


def _only_ada_is_left(store: Store) -> None:
    for each in forums.members(store, 1):
        if each.role == "member":
            forums.leave(store, 1, each.id)
