"""Who comes: one press in either chat, counted by organisation on one card; minds change, and those who left cannot."""

import pytest

from handlers.kit.ui import text
from storage import actions, agenda, attendance, forums, meetings
from tests.handlers.test_planned import MAY, meeting
from tests.stage.people import Somebody
from tests.stage.ready import POLICE, Ready


@pytest.fixture(name="called")
def _called(ready: Ready) -> Ready:
    """A meeting in May that everybody has seen."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    return ready


def said(ready: Ready) -> dict[int, tuple[str, str]]:
    """Answers by member."""
    found = ready.store(lambda store: attendance.answers(store, ready.forum.id, 1))
    return {each.member: (each.answer, each.substitute) for each in found}


def test_answers_from_both_chats_stand_on_one_card(called: Ready) -> None:
    """Bo in Slack comes, Cilla in Telegram does not; both chats show it by organisation."""
    called.bo.clicks("attending-yes")
    called.cilla.clicks("attending-no")
    assert called.cilla.toasts()[-1] == called.chat.t("attending-noted-no")
    for each in (called.ada, called.cilla):
        seen = each.sees("planned-yes", count=1)
        assert called.chat.t("planned-coming-count", people=1, actors=1, of=3) in seen
        assert called.chat.t("planned-of-actor", actor=POLICE, people="Bo Alm") in seen
        assert called.chat.t("planned-no", count=1) in seen
    called.chat.reads_everything()
    assert said(called) == {2: ("yes", ""), 3: ("no", "")}


def test_organisations_are_counted_once(called: Ready) -> None:
    """Two from the police and Dan, who is on his own, are three people from two of three."""
    called.bo.clicks("attending-yes")
    called.cilla.clicks("attending-yes")
    called.dan.clicks("attending-yes")
    called.ada.sees("planned-coming-count", people=3, actors=2, of=3)
    called.chat.reads_everything()


@pytest.mark.parametrize("who", ["bo", "cilla"])
def test_a_substitute_is_named(called: Ready, who: str) -> None:
    """Who comes instead stands on the card with the name of whoever sends them, and counts as coming."""
    person: Somebody = getattr(called, who)
    person.clicks("attending-substitute")
    assert person.fills({"attending-field-name": "Eva  Sten"}) == {}
    seen = called.ada.sees("planned-substitute", count=1)
    assert called.chat.t("planned-instead", substitute="Eva Sten", name=person.name) in seen
    assert called.chat.t("planned-coming-count", people=1, actors=1, of=3) in seen
    called.chat.reads_everything()


def test_minds_change(called: Ready) -> None:
    """The last answer counts, whatever it was before; a substitute who is not needed is forgotten."""
    called.bo.clicks("attending-substitute")
    called.bo.fills({"attending-field-name": "Eva"})
    called.bo.clicks("attending-no")
    called.bo.clicks("attending-yes")
    assert said(called) == {2: ("yes", "")}
    called.chat.reads_everything()


def test_whoever_asked_alone_sees_their_answer_at_once(called: Ready) -> None:
    """On a card of one's own it shows there, and on the card of the chats."""
    called.cilla.commands("möte", private=True)
    called.cilla.reads_all()
    called.cilla.clicks("attending-yes")
    called.cilla.sees("planned-yes", count=1)
    called.ada.sees("planned-yes", count=1)
    called.chat.reads_everything()


def test_who_left_cannot_answer_and_is_not_counted(called: Ready) -> None:
    """A press by somebody who has left changes nothing, and what they said before no longer counts."""
    called.bo.clicks("attending-yes")
    called.chat.reads_everything()
    called.store(lambda store: forums.leave(store, called.forum.id, 2))
    called.bo.clicks("attending-no")
    assert said(called) == {}
    called.cilla.clicks("attending-yes")
    called.ada.sees("planned-coming-count", people=1, actors=1, of=3)
    called.chat.reads_everything()


def test_it_is_too_late_once_it_has_begun(called: Ready) -> None:
    """An open, a cancelled and a past meeting take no answers."""
    one = meeting(called)
    called.store(lambda store: meetings.cancel(store, one))
    called.cilla.clicks("attending-yes")
    assert called.cilla.toasts()[-1] == called.chat.t("planned-cancelled-already", title=one.title)
    called.store(lambda store: store.do("update meeting set state = 'open'"))
    called.cilla.clicks("attending-yes")
    assert called.cilla.toasts()[-1] == called.chat.t("attending-too-late")
    called.store(lambda store: store.do("update meeting set state = 'planned'"))
    called.chat.waits(days=90)
    called.chat.reads_everything()
    called.cilla.clicks("attending-yes")
    assert called.cilla.toasts()[-1] == called.chat.t("attending-too-late")
    assert said(called) == {}


def test_the_agenda_that_is_posted_asks_too(called: Ready) -> None:
    """Whoever reads what will be talked about says with one press whether they come, and it shows there."""
    called.chat.waits(days=70)
    called.store(lambda store: actions.add(store, called.forum.id, what="Lamporna", actor=None, owner=2, decision=None, member=1,
                                           due_on=None, now=called.chat.now))  # fmt: skip
    called.store(lambda store: store.do("update action set state = 'stuck'"))
    title = called.chat.say(text("agenda-posted", title=meeting(called).title), "sv")
    assert title in called.cilla.reads_all()[-1]
    called.chat.reads_everything()
    called.cilla.clicks("attending-yes")
    for each in (called.ada, called.cilla):
        shown = [words for words in each.reads_all() if title in words]
        assert called.chat.t("planned-yes", count=1) in shown[-1]
    called.chat.reads_everything()
    assert said(called) == {3: ("yes", "")}
    assert called.store(lambda store: agenda.proposed(store, called.forum.id)) == []
