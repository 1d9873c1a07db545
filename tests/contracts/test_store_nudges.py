"""What people are asked about, on both engines: what is put off, what moved on, what is forgotten."""

from datetime import date, timedelta

from handlers.kit.inbound import Account
from storage import nudges, timers
from storage.db import Store
from storage.records import Forum
from tests.stage.samples import NOW, meet

TODAY = NOW.date()
BO = Account("slack", "T1", "U1", "Bo")


def _state(store: Store, forum: Forum, person: int, matter: str) -> tuple[str, str, int] | None:
    one = nudges.get(store, person, forum.id, matter)
    return (one.state, one.again, one.sent) if one else None


def _waits(store: Store, forum: Forum, person: int, matter: str) -> None:
    nudges.wait(store, person, forum.id, matter, card="{}", fallback="", again="a:1:2")


def test_what_is_put_off_does_not_wait_until_it_is_asked_anew(store: Store, forum: Forum) -> None:
    """It keeps what asks anew, and counts as one matter with what was asked before."""
    bo = meet(store, BO).id
    nudges.put_off(store, bo, forum.id, "overdue", again="a:1:")
    assert _state(store, forum, bo, "overdue") == ("later", "a:1:", 0)
    assert nudges.waiting(store, bo) == []

    _waits(store, forum, bo, "overdue")
    (one,) = nudges.waiting(store, bo)
    nudges.tell(store, one, TODAY)
    nudges.put_off(store, bo, forum.id, "overdue", again="a:1:3")
    assert _state(store, forum, bo, "overdue") == ("later", "a:1:3", 1)
    nudges.recount(store, forum.id, "overdue")
    assert _state(store, forum, bo, "overdue") == ("later", "a:1:3", 0)
    nudges.renew(store, forum.id, "overdue")
    assert _state(store, forum, bo, "overdue") == ("told", "a:1:3", 0)


def test_what_is_to_be_asked_anew_is_not_forgotten(store: Store, forum: Forum) -> None:
    """What was told long ago is, and what nothing will ask about any more; what waits never is."""
    bo, before = meet(store, BO).id, date(2026, 3, 1)
    for matter in ("asleep", "gone", "later", "told"):
        _waits(store, forum, bo, matter)
    asleep, gone, later, told = nudges.waiting(store, bo)
    nudges.tell(store, told, before - timedelta(days=1))
    nudges.sleep(store, asleep, TODAY)
    for each in (later, gone):
        nudges.put_off(store, bo, forum.id, each.matter, again=each.again)
    for each in (asleep, later):
        timers.schedule(store, f"{forum.id}:again:{bo}:{each.matter}", NOW, "a:1", forum=forum.id,
                        grace=timedelta(days=1), late="ring")  # fmt: skip
    _waits(store, forum, bo, "waiting")

    nudges.prune(store, before)

    left = [each for each in ("told", "asleep", "later", "gone", "waiting") if _state(store, forum, bo, each)]
    assert left == ["asleep", "later", "waiting"]


def test_what_never_reached_them_waits_again_and_does_not_count(store: Store, forum: Forum) -> None:
    """Only what was told by that day, and has not been told again, answered, put off or left since."""
    bo = meet(store, BO).id
    for matter in ("again", "answered", "asleep", "later", "told"):
        _waits(store, forum, bo, matter)
    again, answered, asleep, later, told = nudges.waiting(store, bo)
    for each in (answered, asleep, later, told):
        nudges.tell(store, each, TODAY)
    nudges.tell(store, again, TODAY + timedelta(days=1))
    nudges.renew(store, forum.id, "answered")
    nudges.sleep(store, asleep, TODAY + timedelta(days=1))
    nudges.put_off(store, bo, forum.id, later.matter, again=later.again)

    taken = [
        each.matter for each in (again, answered, asleep, later, told) if nudges.take_back(store, each, TODAY)
    ]
    assert taken == ["told"]
    assert _state(store, forum, bo, "told") == ("waiting", "a:1:2", 0)
    assert [each.matter for each in nudges.waiting(store, bo)] == ["told"]
    nudges.tell(store, told, TODAY)
    nudges.leave(store, forum.id, bo)
    assert not nudges.take_back(store, told, TODAY + timedelta(days=1))


def test_news_that_may_have_to_come_again_say_what_is_true(store: Store, forum: Forum) -> None:
    """Whether they wait or have been told; not what is asked, and not what somebody left behind."""
    bo = meet(store, BO).id
    nudges.wait(store, bo, forum.id, "left", card="old", fallback="", again="")
    nudges.leave(store, forum.id, bo)
    for matter, again in (("asked", "a:1:2"), ("told", ""), ("waits", "")):
        nudges.wait(store, bo, forum.id, matter, card="old", fallback="", again=again)
    told = nudges.get(store, bo, forum.id, "told")
    assert told
    nudges.tell(store, told, TODAY)

    found = {}
    for each in ("asked", "left", "told", "waits"):
        nudges.refresh(store, forum.id, each, "new")
        found[each] = getattr(nudges.get(store, bo, forum.id, each), "card", None)
    assert found == {"asked": "old", "left": "", "told": "new", "waits": "new"}
