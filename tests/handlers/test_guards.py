"""Kind hints to those who run the forum: one a week at most, private, about the work, with a next step."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers import guards as feature
from handlers.kit.effects import Refusal
from handlers.kit.ui import text
from storage import actions, decisions, forums, guards, people, wishes
from storage.db import Store
from storage.decisions import Wording
from storage.wishes import KIND
from tests.handlers.sitting import closes, opens, plans
from tests.handlers.test_reminders import rings
from tests.stage.people import Somebody
from tests.stage.ready import POLICE, TOWN, Ready
from tests.stage.samples import Sample

FIRST = {"days": 9, "hours": 1.5}
"""From Monday 2 March at nine until Wednesday 11 March at half past ten: when the first hint may come."""
HINTS = (
    "hint-meet",
    "hint-load-you",
    "hint-owner-helps",
    "hint-load-helps",
    "hint-follow-helps",
    "hint-quiet-helps",
)


def begins(ready: Ready) -> None:
    """The guards get their day."""
    rings(ready, feature.begin.action())


def meets(ready: Ready) -> None:
    """A meeting far ahead, so that this is no matter."""
    plans(ready, datetime(2026, 11, 26, 12, tzinfo=UTC))


def hinted(ready: Ready, who: Somebody) -> list[str]:
    """The hints among what is new to somebody, who reads it all."""
    told = [ready.chat.t(each) for each in HINTS]
    return [words for words in who.reads_all() if any(each in words for each in told)]


def nobodys(ready: Ready, count: int = 1) -> None:
    """Actions that nobody has."""
    ready.adds(count, due_on=None, actor=None, owner=None)


def decides(ready: Ready, *, follow_up_on: date | None = None) -> None:
    """A decision straight into the store."""

    def fill(store: Store) -> None:
        ada = forums.member(store, ready.forum.id, 1)
        assert ada
        said = Wording("Vi tänder lyktorna", follow_up_on=follow_up_on)
        decisions.record(store, ready.forum.id, said, year=2026, by=ada, now=ready.chat.now)

    ready.store(fill)


# --- Each kind -------------------------------------------------------------------------------------------------


def test_no_next_meeting(ready: Ready) -> None:
    """Ada is told in private, and plans one on the spot; nobody else hears of it."""
    begins(ready)
    ready.chat.waits(**FIRST)
    ready.ada.sees("hint-meet")
    assert ready.chat.unread() == []
    ready.ada.clicks("hint-meet-step")
    assert ready.ada.has_form()


def test_a_forum_that_has_just_met_is_left_alone(ready: Ready) -> None:
    """It gets a week to plan the next one; and another hint when that one is over and none follows."""
    begins(ready)
    opens(ready)
    closes(ready)
    ready.chat.waits(days=2, hours=1.5)
    assert hinted(ready, ready.ada) == []
    ready.chat.waits(days=7)
    assert len(hinted(ready, ready.ada)) == 1
    ready.chat.waits(days=21)
    assert hinted(ready, ready.ada) == []
    ready.chat.reads_everything()


def test_an_action_that_nobody_has(ready: Ready) -> None:
    """After a week of that Ada is shown the way to give it to somebody; what an organisation has is not nobody's."""
    meets(ready)
    ready.adds(due_on=None, owner=None)
    nobodys(ready)
    begins(ready)
    ready.chat.waits(**FIRST)
    words = ready.ada.sees("hint-owner", number="2")
    assert "Sak 1" in words
    ready.ada.clicks("hint-owner-step")
    assert ready.ada.has_form()
    assert ready.chat.unread() == []


def test_an_action_of_an_organisation_that_nobody_speaks_for(ready: Ready) -> None:
    """Everybody of the police has left: their action is nobody's any more."""
    meets(ready)
    ready.adds(due_on=None, owner=None)
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.store(lambda store: forums.leave(store, ready.forum.id, 3))
    begins(ready)
    ready.chat.waits(**FIRST)
    ready.ada.sees("hint-owner", number="1")


def test_work_that_hangs_on_one_person(ready: Ready) -> None:
    """Bo has most of it: Ada is shown what is easiest to hand over, and no number of anything."""
    meets(ready)
    ready.adds(6, due_on=date(2026, 10, 1))
    ready.adds(2, due_on=date(2026, 10, 1), owner=3)
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 6, "underway", member=2, now=ready.chat.now)
    )
    begins(ready)
    ready.chat.waits(**FIRST)
    words = ready.ada.sees("hint-load", who="Bo Alm")
    assert "Sak 5" in words
    assert "8" not in words
    ready.ada.clicks("hint-load-step")
    assert ready.ada.has_form()


def test_when_it_is_the_coordinator_on_whom_it_hangs(ready: Ready) -> None:
    """Ada is spoken to as herself, and Cilla, who coordinates too, about her."""
    meets(ready)
    ready.adds(5, due_on=date(2026, 10, 1), actor=1, owner=1)
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 3, "coordinator"))
    begins(ready)
    ready.chat.waits(**FIRST)
    ready.ada.sees("hint-load-you")
    ready.cilla.sees("hint-load", who="Ada Ek")


def test_a_decision_that_nobody_follows_up(ready: Ready) -> None:
    """Two weeks old, without a day, an action or an outcome; one that has a day is not pointed out."""
    meets(ready)
    decides(ready, follow_up_on=date(2026, 9, 1))
    decides(ready)
    begins(ready)
    ready.chat.waits(days=9, hours=1.5)
    assert hinted(ready, ready.ada) == []
    ready.chat.waits(days=7)
    ready.ada.sees("hint-follow", number="2/2026")
    ready.ada.clicks("hint-follow-step")
    assert ready.ada.has_form()


def test_an_organisation_that_has_been_silent(ready: Ready) -> None:
    """Two months without a sign: Ada gets words to write to them. Her own organisation runs the forum, so it is not."""
    meets(ready)
    ready.adds(due_on=None, owner=3)
    begins(ready)
    ready.chat.waits(days=40)
    assert hinted(ready, ready.ada) == []
    ready.cilla.commands("atgard Ring skolan")
    ready.chat.waits(days=26)
    assert hinted(ready, ready.ada) == []
    ready.chat.reads_everything()
    ready.chat.waits(days=50)
    ready.ada.sees("hint-quiet", actor=POLICE)
    ready.ada.clicks("hint-quiet-step")
    greeting = ready.ada.sees("hint-greeting-words", forum=ready.forum.name, actor=POLICE)
    assert "Bo Alm och Cilla Ö" in greeting
    ready.chat.reads_everything()


SIGNS = {
    "answered": "insert into attendance (forum, meeting, member, answer) select forum, id, 2, 'no' from meeting",
    "noted": "insert into meeting_note (forum, meeting, seq, what, by_member, at)"
    " select forum, id, 1, 'x', 2, 4000000000000 from meeting",
    "proposed": "insert into agenda_point (forum, id, what, origin, by_member, at, state)"
    " values (1, 1, '{}', '', 2, 4000000000000, 'proposed')",
    "new": "update member set joined_at = 4000000000000 where id = 3",
    "moved an action on": "insert into action_event (forum, action, seq, what, detail, by_member, at)"
    " values (1, 1, 99, 'underway', '', 2, 4000000000000)",
    "finished one": "insert into action_event (forum, action, seq, what, detail, by_member, at)"
    " values (1, 2, 99, 'done', '', 2, 4000000000000)",
    "decided": "insert into decision (forum, id, year, number, version, state, recorded_at, recorded_by, link)"
    " values (1, 9, 2026, 9, 1, 'standing', 4000000000000, 2, '')",
    "answered in a round": "insert into round_answer (forum, round, voter, version, member, answer, at)"
    " values (1, 1, 'm:2', 1, 2, 'yes', 4000000000000)",
    "said something in a round": "insert into round_word (forum, round, seq, kind, words, member, at)"
    " values (1, 1, 1, 'question', 'x', 2, 4000000000000)",
    "answered about minutes": "insert into minutes_answer (forum, meeting, actor, answer, member, at)"
    " select forum, id, 2, 'confirmed', 2, 4000000000000 from meeting",
    "told a win": "insert into win (forum, id, kind, what, state, by_member, at)"
    " values (1, 1, 'told', 'x', 'told', 2, 4000000000000)",
    "looked back": "insert into decision_outcome (forum, decision, seq, verdict, by_member, at)"
    " values (1, 1, 1, 'keep', 2, 4000000000000)",
    "answered the brief": "insert into brief_answer (forum, brief, member, words, at) values (1, 1, 2, 'x', 4000000000000)",
}
"""One for each place in which somebody's hand shows."""


@pytest.mark.parametrize("sign", SIGNS)
def test_any_sign_is_a_sign(ready: Ready, sign: str) -> None:
    """The police has done one thing, whatever it is: it is not silent."""
    assert len(SIGNS) == len(guards._SIGNS)
    meets(ready)
    ready.adds(2, owner=None)
    ready.store(
        lambda store: store.do("update action set state = 'done', done_at = 4000000000000 where id = 2")
    )
    ready.store(
        lambda store: store.do(
            "insert into decision_round (forum, id, kind, question, owner, phase, state, deadline, by_member, at)"
            " values (1, 1, 'consent', 'x', 1, 'asking', 'open', 4000000000000, 1, 0)"
        )
    )
    since = ready.chat.now + timedelta(days=1)
    before = ready.store(lambda store: guards.silent(store, ready.forum.id, since))
    assert [each.name for each in before] == [TOWN, POLICE]
    ready.store(lambda store: store.do(SIGNS[sign]))
    after = ready.store(lambda store: guards.silent(store, ready.forum.id, since))
    assert [each.name for each in after] == [TOWN]


# --- One at a time ---------------------------------------------------------------------------------------------


def test_one_hint_a_week_of_another_kind_each_time(ready: Ready) -> None:
    """No meeting, two actions without anybody, a decision: one message each Wednesday, and then peace."""
    nobodys(ready, 2)
    decides(ready)
    begins(ready)
    ready.chat.waits(**FIRST)
    ready.ada.sees("hint-meet")
    for key, number in (("hint-owner", "1"), ("hint-follow", "1/2026"), ("hint-owner", "2")):
        assert ready.chat.unread() == []
        ready.chat.waits(days=7)
        ready.ada.sees(key, number=number)
    ready.chat.waits(days=21)
    assert ready.chat.unread() == []


def test_as_it_should_be(ready: Ready) -> None:
    """Ada says so: it leaves Cilla's card too, and never comes back."""
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 3, "coordinator"))
    begins(ready)
    ready.chat.waits(**FIRST)
    for who in (ready.ada, ready.cilla):
        who.sees("hint-meet")
    ready.ada.clicks("hint-settle")
    for who in (ready.ada, ready.cilla):
        assert ready.chat.t("hint-meet") not in who.sees("hint-settled")
    ready.chat.waits(days=150)
    assert ready.chat.t("hint-meet") not in "".join(ready.chat.reads_everything())


def test_two_who_settle_it_at_once(sample: Sample) -> None:
    """The second one hears the same, and nothing more happens."""
    guards.told(sample.store, sample.forum.id, "meet", 0, date(2026, 3, 11))
    req = sample.request(sample.ada)
    first, second = (list(feature.settle(req, "meet", 0)) for _ in range(2))
    assert len(first) > len(second) == 1


def test_a_hint_can_sleep_and_wakes_only_if_it_is_still_true(ready: Ready) -> None:
    """Put to sleep for a week by both; Ada's wakes again, for there is still no meeting."""
    begins(ready)
    ready.chat.waits(**FIRST)
    ready.ada.sees("hint-meet")
    ready.ada.clicks("budget-sleep")
    ready.ada.fills({"budget-sleep-field": ready.chat.t("budget-sleep-week")})
    ready.chat.reads_everything()
    ready.chat.waits(days=8)
    ready.ada.sees("hint-meet")
    ready.ada.clicks("budget-sleep")
    ready.ada.fills({"budget-sleep-field": ready.chat.t("budget-sleep-week")})
    ready.chat.reads_everything()
    meets(ready)
    ready.chat.waits(days=8)
    assert ready.chat.t("hint-meet") not in "".join(ready.chat.reads_everything())


def test_whoever_wants_no_reminders_gets_no_hints(ready: Ready) -> None:
    """And nothing is kept for later."""
    ready.store(lambda store: wishes.keep(store, 2, wishes.Wishes(nudges=False)))
    begins(ready)
    ready.chat.waits(days=30)
    assert ready.chat.unread() == []
    ready.store(lambda store: wishes.keep(store, 2, KIND))


def test_a_hint_later_than_a_day_waits_for_the_next_week(ready: Ready) -> None:
    """The bot was down from Tuesday until Friday: nothing comes on Friday, and one hint the Wednesday after."""
    begins(ready)
    ready.chat.waits(days=8)
    ready.chat.sleeps_through(days=3)
    assert ready.chat.unread() == []
    ready.chat.waits(days=5, hours=3)
    ready.ada.sees("hint-meet")


def test_a_second_timer_gives_no_second_hint(ready: Ready) -> None:
    """However often it rings in a week."""
    begins(ready)
    ready.chat.waits(**FIRST)
    ready.ada.sees("hint-meet")
    nobodys(ready)
    ready.store(lambda store: store.do("update action set at = 0"))
    rings(ready, feature.look.action())
    assert ready.chat.unread() == []


def test_nothing_to_point_out(ready: Ready) -> None:
    """A forum in good order hears nothing for two months."""
    meets(ready)
    begins(ready)
    ready.chat.waits(days=59)
    assert ready.chat.unread() == []


# --- Doors that are closed -------------------------------------------------------------------------------------


def test_only_time_itself_looks(sample: Sample) -> None:
    """Button data that somebody made up gives no hints, and no kind that there is none of can be settled or shown."""
    req = sample.request(sample.ada)
    for made_up in (
        feature.begin(req),
        feature.look(req),
        feature.again(req, 1, "meet", 0),
        feature.greeting(req, 99),
    ):
        with pytest.raises(Refusal) as refused:
            list(made_up)
        assert refused.value.text == text("refused-stale")


@pytest.mark.parametrize(
    ("member", "kind", "subject"),
    [(2, "meet", 0), (99, "meet", 0), (1, "meet", 7), (1, "owner", 99), (1, "poem", 1)],
)
def test_what_waited_is_told_to_coordinators_and_only_while_it_is_so(
    ready: Ready, member: int, kind: str, subject: int
) -> None:
    """Bo does not coordinate, nobody is number 99, and the rest is not so."""
    rings(ready, feature.again.action(member, kind, subject))
    assert ready.chat.unread() == []


def test_a_settled_matter_that_slept_stays_settled(ready: Ready) -> None:
    """What Cilla settles while Ada's is asleep does not wake."""
    ready.store(lambda store: guards.told(store, ready.forum.id, "meet", 0, date(2026, 3, 4)))
    ready.store(lambda store: guards.settle(store, ready.forum.id, "meet", 0))
    ready.chat.waits(days=9)
    rings(ready, feature.again.action(1, "meet", 0))
    assert ready.chat.unread() == []


def test_a_hint_about_two_who_are_one_is_forgotten(ready: Ready) -> None:
    """That work hangs on somebody is looked at anew."""
    ready.store(lambda store: guards.told(store, ready.forum.id, "load", 3, date(2026, 3, 4)))
    ready.store(lambda store: people.merge(store, 3, 1))
    assert ready.store(lambda store: guards.hints(store, ready.forum.id)) == []
