"""Stories of members: joining for an organisation, the roster, and changing what one is."""

import pytest

from bot.telegram.deep_links import payload_of
from handlers.kit.ui import Text, text
from storage import forums, people
from storage.db import Store
from storage.records import Actor, Member
from tests.stage.chat import Chat
from tests.stage.people import Somebody, TelegramPerson
from tests.stage.ready import POLICE, TOWN, Ready, another_forum, ready_forum


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    return ready_forum(chat)


def _members(ready: Ready) -> dict[str, Member]:
    return {each.name: each for each in ready.store(lambda store: forums.members(store, ready.forum.id))}


def _actors(ready: Ready) -> list[Actor]:
    return ready.store(lambda store: forums.actors(store, ready.forum.id))


def _as(name: str, actor: str) -> Text:
    return text("person-of-actor", person=name, actor=actor)


# --- Joining ---------------------------------------------------------------------------------------------------


def test_somebody_joins_in_slack(ready: Ready) -> None:
    """A press, an organisation from the list, and everybody sees who came; the newcomer gets a word of welcome."""
    eva = ready.chat.slack_person("Eva Li")
    eva.commands("med")
    eva.sees("forum-title", name=ready.forum.name)

    eva.clicks("forum-join")
    assert eva.fills({"member-field-actor": TOWN}) == {}

    eva.sees("member-joined", who=text("person-of-actor", person="@Eva Li", actor=TOWN))
    ready.dan.sees("member-joined", who=text("person-of-actor", person="Eva Li", actor=TOWN))
    eva.sees("member-welcome", name=ready.forum.name)
    assert (_members(ready)["Eva Li"].role, _members(ready)["Eva Li"].actor) == ("member", 1)


def test_somebody_joins_in_telegram_through_a_link(ready: Ready) -> None:
    """The button leads into the private chat, since a bot cannot write first; an organisation may be new."""
    eva = ready.chat.telegram_person("Eva Li")
    eva.commands("med")
    eva.sees("forum-title", name=ready.forum.name)

    eva.clicks("forum-join")
    eva.fills(
        {
            "organisation-new": "  Region\n Väst ",
            "organisation-sector": "Offentlig",
            "organisation-level": "Regional",
        }
    )

    eva.sees("member-welcome", name=ready.forum.name)
    ready.ada.sees("member-joined", who=text("person-of-actor", person="Eva Li", actor="Region Väst"))
    ready.dan.sees("member-joined", who=text("person-of-actor", person="Eva Li", actor="Region Väst"))
    new = next(each for each in _actors(ready) if each.name == "Region Väst")
    assert (new.sector, new.level) == ("public", "regional")
    eva.commands("medlemmar", private=True)
    assert "Region Väst" in eva.sees("member-list", name=ready.forum.name)
    ready.chat.reads_everything()


def test_an_organisation_is_added_once(ready: Ready) -> None:
    """Whatever the capitals and spaces; a name that was written goes before a choice."""
    eva = ready.chat.slack_person("Eva Li")
    eva.commands("med")
    eva.clicks("forum-join")

    eva.fills({"member-field-actor": TOWN, "organisation-new": " POLISEN "})

    ready.chat.reads_everything()
    assert len(_actors(ready)) == 2
    assert _members(ready)["Eva Li"].actor == 2


def test_one_has_to_say_for_whom(ready: Ready) -> None:
    """Neither chosen nor written: the form stays and asks."""
    eva = ready.chat.slack_person("Eva Li")
    eva.commands("med")
    eva.clicks("forum-join")

    wrong = eva.fills({})
    assert list(wrong.values()) == [ready.chat.t("member-needs-organisation")]
    assert eva.fills({"member-field-actor": POLICE}) == {}

    assert "Eva Li" in _members(ready)
    ready.chat.reads_everything()


def test_the_first_organisation_needs_no_list(ready: Ready) -> None:
    """In a forum that has no organisation yet, one writes the first."""
    eva = ready.chat.telegram_person("Eva Li")
    bare = another_forum(ready, "bar", ready.bo)

    ready.chat.does(ready.chat.telegram.start(eva.user, payload_of(f"members.join_form:{bare.id}:bar")))
    eva.fills({"organisation-yours": "Föreningen"})

    eva.sees("member-welcome", name="bar")
    ready.chat.reads_everything()


@pytest.mark.parametrize(
    "data", ["members.join_form:1:gissad", "members.join_form:0:hemlig", "members.join_form:9:x"]
)
def test_only_the_invitation_lets_anybody_in(ready: Ready, data: str) -> None:
    """A link that somebody guessed leads nowhere."""
    eva = ready.chat.telegram_person("Eva Li")

    ready.chat.does(ready.chat.telegram.start(eva.user, payload_of(data)))

    assert not eva.has_form()
    assert "Eva Li" not in _members(ready)
    ready.chat.reads_everything()


def test_members_are_in_already(ready: Ready) -> None:
    """The button tells them so, and so does the word."""
    ready.bo.commands("start")
    ready.bo.sees("setup-here", name=ready.forum.name)

    ready.bo.clicks("forum-join")
    ready.bo.sees("refused-already-member")
    ready.bo.commands("med")

    ready.bo.sees("refused-already-member")


def test_a_stranger_in_private_learns_where_to_join(ready: Ready) -> None:
    """Without a link there is no forum in sight."""
    eva = ready.chat.telegram_person("Eva Li")
    eva.starts()
    eva.sees("setup-private-stranger")

    eva.commands("med", private=True)

    eva.sees("member-join-where")


# --- The roster ------------------------------------------------------------------------------------------------


def test_the_roster_shows_everybody_by_organisation(ready: Ready) -> None:
    """With who coordinates; those who speak for nobody stand last."""
    ready.bo.commands("medlemmar")

    lines = ready.bo.sees("member-list", name=ready.forum.name).splitlines()
    assert lines[1:4] == [
        f"{POLICE}: Bo Alm och Cilla Ö",
        f"{TOWN}: {ready.chat.t('member-coordinator', name='Ada Ek')}",
        f"{ready.chat.t('member-no-organisation')}: Dan Lu",
    ]
    assert ready.chat.t("member-change") not in lines[-1]


def test_a_long_roster_has_pages(ready: Ready) -> None:
    """Twenty organisations at a time."""
    for number in range(25):
        _adds(ready, f"Organisation {number:02}", f"Person {number:02}")
    ready.bo.commands("medlemmar")
    assert "Person 20" not in ready.bo.sees("member-list", name=ready.forum.name)

    ready.bo.clicks("member-more")

    page = ready.bo.sees("member-list", name=ready.forum.name)
    assert "Person 24" in page
    assert "Dan Lu" in page
    assert f"[{ready.chat.t('member-more')}]" not in page


def _adds(ready: Ready, actor: str, name: str) -> None:
    def add(store: Store) -> None:
        number = forums.add_actor(store, ready.forum.id, name=actor, sector="", level="")
        person = people.meet(store, "telegram", "", name, name=name, now=ready.chat.now)
        forums.join(store, ready.forum.id, person.id, actor_id=number, role="member", now=ready.chat.now)

    ready.store(add)


def test_one_may_change_one_s_organisation(ready: Ready) -> None:
    """To one of the forum's, or to a new one; nothing chosen is asked for again."""
    ready.bo.commands("medlemmar")
    ready.bo.clicks("member-change-organisation")
    ready.bo.fills({"organisation-new": "Räddningstjänsten"})
    ready.bo.sees("member-moved", actor="Räddningstjänsten")

    ready.dan.commands("medlemmar")
    ready.dan.clicks("member-change-organisation")
    for _ in range(4):
        ready.dan.clicks("form-skip")
    assert any(ready.chat.t("member-needs-organisation") in each for each in ready.chat.reads_everything())
    assert _members(ready)["Dan Lu"].actor is None
    ready.dan.fills({"member-field-actor": TOWN})

    ready.dan.sees("member-moved", actor=TOWN)
    assert _members(ready)["Dan Lu"].actor == 1
    ready.chat.reads_everything()


# --- What one is -----------------------------------------------------------------------------------------------


def _becomes(ready: Ready, who: str, becomes: str) -> dict[str, str]:
    ready.ada.commands("medlemmar")
    ready.ada.reads_all()
    ready.ada.clicks("member-change")
    return ready.ada.fills(
        {"member-field-who": who, "member-field-becomes": ready.chat.t(f"member-becomes-{becomes}")}
    )


def test_a_coordinator_names_another_one_and_steps_down(ready: Ready) -> None:
    """The one who is named hears of it in private; only then may the first step down."""
    last = ready.chat.t("member-last-coordinator")
    assert list(_becomes(ready, f"Ada Ek ({TOWN})", "member").values()) == [last]
    ready.ada.fills({"member-field-who": f"Bo Alm ({POLICE})",
                     "member-field-becomes": ready.chat.t("member-becomes-coordinator")})  # fmt: skip
    ready.ada.sees("member-is-coordinator", who="Bo Alm")
    ready.bo.sees("member-you-are-coordinator", name=ready.forum.name)

    assert _becomes(ready, f"Ada Ek ({TOWN})", "member") == {}

    ready.ada.sees("member-is-member", who="Ada Ek")
    assert {each.name: each.role for each in _members(ready).values() if each.role == "coordinator"} == {
        "Bo Alm": "coordinator"
    }
    ready.ada.clicks("member-change")
    ready.ada.sees("refused-coordinator-only")


def test_nothing_changes_when_it_is_so_already(ready: Ready) -> None:
    """The coordinator is told how it is, and nobody is bothered."""
    _becomes(ready, f"Bo Alm ({POLICE})", "member")

    ready.ada.sees("member-is-member", who="Bo Alm")
    ready.bo.sees_nothing_new()


def test_a_member_is_removed(ready: Ready) -> None:
    """They hear of it, everybody sees it, their buttons and the invitation they know are good no more."""
    assert _becomes(ready, f"Cilla Ö ({POLICE})", "removed") == {}

    ready.ada.sees("member-is-removed", who="Cilla Ö")
    ready.cilla.sees("member-you-are-removed", name=ready.forum.name)
    ready.bo.sees("member-left", who=_as("Cilla Ö", POLICE))
    ready.chat.reads_everything()
    assert "Cilla Ö" not in _members(ready)
    _follows(ready.cilla, f"members.join_form:{ready.forum.id}:hemlig")
    assert not ready.cilla.has_form()
    ready.cilla.commands("beslut Jag är kvar")
    ready.cilla.sees("refused-left")


@pytest.mark.parametrize("name", ["bo", "cilla"])
def test_who_is_removed_in_the_evening_hears_of_it_in_the_morning(ready: Ready, name: str) -> None:
    """Nothing of the forum waits for them any more but this: that they are out of it."""
    who: Somebody = getattr(ready, name)
    ready.chat.waits(hours=12)
    assert _becomes(ready, f"{who.name} ({POLICE})", "removed") == {}
    ready.chat.reads_everything()
    ready.chat.waits(hours=11.9)
    assert ready.chat.unread() == []
    ready.chat.waits(hours=0.2)

    who.sees("member-you-are-removed", name=ready.forum.name)


def _follows(who: TelegramPerson, data: str) -> None:
    who.chat.does(who.chat.telegram.start(who.user, payload_of(data)))
    who.chat.reads_everything()


def test_a_member_who_is_gone_is_not_changed(ready: Ready) -> None:
    """They left while the coordinator had the form open."""
    ready.ada.commands("medlemmar")
    ready.ada.reads_all()
    ready.ada.clicks("member-change")
    ready.bo.commands("lämna")
    ready.bo.clicks("member-leave-now")
    ready.chat.reads_everything()

    ready.ada.fills({"member-field-who": f"Bo Alm ({POLICE})",
                     "member-field-becomes": ready.chat.t("member-becomes-coordinator")})  # fmt: skip

    assert "Bo Alm" not in _members(ready)
    ready.chat.reads_everything()
