"""Words that would do something, in every field of every form that takes words: both chats and the calendar show them.

The forum keeps something of every kind in such words already. Each form is opened as its sender sees it, filled in with
them and sent; then everything that can be looked at is looked at, in Slack and in Telegram.
"""

from collections.abc import Iterator
from itertools import count, product
from typing import Final

import pytest
from icalendar import Calendar

from bot.adapter import Outcome
from handlers.calendar_files import Source, feed
from handlers.kit.access import Deed
from handlers.kit.inbound import Account, Chat, Click, Submit
from handlers.kit.ui import Form, TextField
from storage import actions, cycles, decisions, forums, meetings
from storage.db import Store
from storage.decisions import Wording
from storage.records import Member, Place
from tests.acceptance.forged import answers_to
from tests.acceptance.fort import AROUND
from tests.acceptance.riches import enrich
from tests.acceptance.siege import Siege
from tests.acceptance.test_attacks_words import assert_inert, shown
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import Ready
from tests.stage.samples import NOW, Sample

BOOK = AROUND.book
HOSTILE: Final = {
    "calls": "<!channel> <@U000000002> <!subteam^S1|@alla> <#C1|x> @everyone",
    "notations": "<b>fet</b> *fet* _lutad_ `kod` ||göm|| ~struken~ &lt;i&gt;",
    "links": "[bank](tg://resolve?domain=x) <http://x.se|bank> <a href='tg:x'>",
    "lines of a calendar": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@x.se\r\nx",
    "statements": "{ $what } '; drop table win; -- \\n ;ATTENDEE=x:y, \"%s",
}
READ_AS_SOMETHING: Final = {
    ("budget.hours_form", "hours"): "8-17",
    ("cycle.new_form", "words"): "andra torsdagen varje månad 13-15",
    ("cycle.change_form", "words"): "andra torsdagen varje månad 13-15",
    ("planned.plan_form", "times"): "13-15",
    ("planned.move_form", "times"): "14-15",
    ("ties.tie_form", "code"): "BCDF-GHJK",
    ("ties.account_form", "code"): "BCDF-GHJK",
}
"""Fields that are understood or refused, so that no words of anybody's are kept; what they are given here."""
NUMBERS: Final = ("1", "2", "3", "4", "5", "6")
PROPERTIES: Final = {
    "UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "LOCATION", "DTSTART", "DTEND", "STATUS", "RRULE", "EXDATE", "RECURRENCE-ID",
}  # fmt: skip
OF_THE_CALENDAR: Final = {
    "PRODID", "VERSION", "CALSCALE", "METHOD", "X-WR-CALNAME", "NAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
}  # fmt: skip
ENOUGH: Final = 50
"""Messages in each chat that show the words: far fewer would mean that nobody looks at them any more."""
_KEYS = count(1)
Key = tuple[str, str]


def _accounts(ready: Ready) -> dict[str, tuple[Account, Chat]]:
    """Who acts, and where: two in the channel, one in the group, one in private, and two who are not members yet."""
    channel = Chat("slack", "T0HOME", ready.chat.channel, title="trygghet")
    group = Chat("telegram", "", str(ready.chat.group), title="Trygghet")
    ada, bo, cilla = (_account(each) for each in (ready.ada, ready.bo, ready.cilla))
    guest, eva = (Account("slack", "T0HOME", user, "Eva Lo") for user in ("U00000GUEST", "U00000FOUND"))
    private = Chat("slack", "T0HOME", ada.user, private=True)
    fresh, free = (Chat("slack", "T0HOME", each) for each in ("C0FRESH", "C0FREE"))
    return {
        "ada": (ada, channel), "bo": (bo, channel), "cilla": (cilla, group), "alone": (ada, private),
        "guest": (guest, channel), "founder": (eva, fresh), "stranger": (eva, free),
    }  # fmt: skip


def _account(who: SlackPerson | TelegramPerson) -> Account:
    if isinstance(who, SlackPerson):
        return Account("slack", "T0HOME", who.user.id, who.name)
    return Account("telegram", "", str(who.user.id), who.name)


def _presses(siege: Siege, at: tuple[Account, Chat], data: str) -> Outcome:
    who, chat = at
    click = Click(
        key=f"{next(_KEYS):013d}:p", who=who, chat=chat, message="m1", message_private=False, data=data
    )
    return siege.runner.run(siege.app.engine.handle(click))


def _sends(siege: Siege, at: tuple[Account, Chat], data: str, form: Form, said: str) -> bool:
    """Whether the form was taken, with these words in every field that takes words."""
    who, chat = at
    name = data.partition(":")[0]
    words = {each.key: _words(name, each, said) for each in form.fields if isinstance(each, TextField)}
    given = {each.key: each.initial for each in form.fields if each.initial}
    submit = Submit(
        key=f"{next(_KEYS):013d}:s",
        who=who,
        chat=chat,
        data=data,
        answers={**answers_to(name), **given, **words},
    )
    outcome = siege.runner.run(siege.app.engine.handle(submit))
    return not outcome.refused and not outcome.errors


def _words(form: str, one: TextField, said: str) -> str:
    if one.key == "options":
        return f"{' '.join(said.split())[:60]}\nEller inte"
    return READ_AS_SOMETHING.get((form, one.key), said[: one.longest])


def _data(name: str, forum: int, words: tuple[str, ...] = ("",)) -> Iterator[str]:
    table = BOOK.forms if name in BOOK.forms else BOOK.handlers
    for args in product(*(NUMBERS if cast is int else words for cast in table[name].casts)):
        yield ":".join((name, str(forum), *args))


def _fills_in_everything(siege: Siege, ready: Ready, said: str) -> tuple[set[Key], set[Key]]:
    """Send in every form once; the fields with words that were asked for, and those that were taken."""
    asked: set[Key] = set()
    taken: set[Key] = set()
    for name in BOOK.forms:
        for at, data in _senders(ready, name):
            form = _opened(siege, at, data)
            keys = (
                {(name, each.key) for each in form.fields if isinstance(each, TextField)} if form else set()
            )
            asked |= keys
            if form and not keys <= taken and _sends(siege, at, data, form, said):
                taken |= keys
            if form and keys <= taken:
                break
    siege.settles()
    return asked, taken


def _senders(ready: Ready, name: str) -> Iterator[tuple[tuple[Account, Chat], str]]:
    """Who may try a form, and with which data: a newcomer joins, and Eva founds a forum in a channel without one."""
    people, forum = _accounts(ready), ready.forum
    for at in (people["ada"], people["bo"]):
        yield from ((at, data) for data in _data(name, forum.id, ("", "action-1")))
    yield from ((people["guest"], data) for data in _data(name, forum.id, (forum.invite,)))
    for newcomer in ("founder", "stranger", "alone"):
        if (name, newcomer) != ("setup.start_form", "stranger"):
            yield from ((people[newcomer], data) for data in _data(name, 0))


def _opened(siege: Siege, at: tuple[Account, Chat], data: str) -> Form | None:
    outcome = _presses(siege, at, data)
    return outcome.form.form if outcome.form else None


def _looks_at_everything(siege: Siege, ready: Ready) -> None:
    """Whatever can be asked for with a press is shown to one in Slack and one in Telegram."""
    people = _accounts(ready)
    for name, handler in BOOK.handlers.items():
        if handler.deed in (Deed.READ, Deed.ASK):
            for at, data in product((people["ada"], people["cilla"]), list(_data(name, ready.forum.id))[:6]):
                _presses(siege, at, data)
    siege.settles()


def _member(store: Store, forum: int, number: int) -> Member:
    found = forums.member(store, forum, number)
    assert found
    return found


def _place(store: Store, platform: str, workspace: str, chat: str) -> Place:
    found = forums.place_at(store, platform, workspace, chat, "")
    assert found
    return found


def _rich(store: Store, ready: Ready, said: str) -> None:
    forum = ready.forum
    ada, bo, cilla = (_member(store, forum.id, each) for each in (1, 2, 3))
    here = _place(store, "slack", "T0HOME", ready.chat.channel)
    there = _place(store, "telegram", "", str(ready.chat.group))
    made = decisions.record(store, forum.id, Wording(said), year=2026, by=ada, now=NOW)
    action = actions.add(
        store,
        forum.id,
        what=said,
        actor=2,
        owner=bo.id,
        due_on=None,
        decision=made.id,
        member=ada.id,
        now=NOW,
    )
    enrich(Sample(store, forum, here, there, ada, bo, cilla, made.id, action), said)


def _assert_no_property_more(siege: Siege, ready: Ready, said: str) -> None:
    """The calendar as another program reads it: entries of ours with what we put there, and the words inside."""

    def look(store: Store) -> tuple[str, int]:
        every = meetings.since(store, ready.forum.id, NOW.replace(year=2025))
        found = forums.get(store, ready.forum.id)
        assert found
        text = feed(found.name, cycles.ever(store, ready.forum.id), every, Source("here", NOW))
        return text, len(every)

    content, most = ready.store(look)
    calendar = Calendar.from_ical(content)
    events = list(calendar.walk("VEVENT"))
    assert 0 < len(events) <= most + len(siege.looks("select * from meeting_cycle").popitem()[1])
    assert {name for each in events for name in each} <= PROPERTIES
    assert set(calendar) <= OF_THE_CALENDAR
    assert {each.name for each in calendar.walk()} <= {
        "VCALENDAR",
        "VEVENT",
        "VTIMEZONE",
        "STANDARD",
        "DAYLIGHT",
    }
    assert any(shown(said[:20]) in shown(str(each["SUMMARY"])) for each in events)


@pytest.mark.parametrize("attack", HOSTILE)
def test_words_stay_words_in_every_field(besieged: tuple[Siege, Ready], attack: str) -> None:
    """Nobody is called, nothing is set in another type and nothing leads anywhere, wherever the words turn up."""
    siege, ready = besieged
    said = HOSTILE[attack]
    ready.store(lambda store: _rich(store, ready, said))

    asked, taken = _fills_in_everything(siege, ready, said)
    _looks_at_everything(siege, ready)

    assert asked - taken <= READ_AS_SOMETHING.keys() <= asked
    everything = siege.unread()
    for platform in ("slack", "telegram"):
        told = [words for where, words in everything if where.startswith(platform)]
        assert sum(shown(said)[:20] in shown(words) for words in told) > ENOUGH
    assert_inert(siege)
    _assert_no_property_more(siege, ready, said)
    siege.reads_everything()
