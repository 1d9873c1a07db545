"""Wins on the stage: how stories tell of them, notice them, and read what stands in the chats."""

from datetime import timedelta

from handlers.kit.ui import Value, text
from handlers.win_rules import wording
from storage import actions, decisions, forums, timers, wins
from storage.db import Store
from storage.decisions import Wording
from storage.wins import Win
from tests.stage.people import Somebody
from tests.stage.ready import POLICE, TOWN, Ready

WHAT, OTHER = "Lyktorna lyser.", "Bänkarna är på plats."
ADA, BO, CILLA, DAN = f"Ada Ek ({TOWN})", f"Bo Alm ({POLICE})", f"Cilla Ö ({POLICE})", "Dan Lu"


# --- Told by people --------------------------------------------------------------------------------------------


def tells(who: Somebody, *people: str, what: str = WHAT, **more: str | list[str]) -> None:
    """A win told by a form that names some people."""
    who.commands("framsteg")
    answers: dict[str, str | list[str]] = {
        "win-field-what": what,
        **{key.replace("_", "-"): each for key, each in more.items()},
    }
    if people:
        answers["win-field-people"] = list(people)
    assert who.fills(answers) == {}


def win(ready: Ready, number: int = 1) -> Win:
    """A win as it lies in the store."""
    found = ready.store(lambda store: wins.get(store, ready.forum.id, number))
    assert found is not None
    return found


def known(ready: Ready) -> list[Win]:
    """All wins."""
    return ready.store(
        lambda store: [one for each in range(1, 9) if (one := wins.get(store, ready.forum.id, each))]
    )


def answer_to(ready: Ready, said: str, number: int = 1) -> str:
    """What the button carries with which somebody answers whether they may be named in a win as it stands now."""
    return f"naming.answer:{ready.forum.id}:{number}:{said}:{wording(win(ready, number).what)}"


def both_see(ready: Ready, key: str = "win-title-told", **values: Value) -> tuple[str, str]:
    """The card in Slack and in Telegram, as Ada and Cilla read it."""
    return ready.ada.sees(key, language="", **values), ready.cilla.sees(key, language="", **values)


def thanks_to(ready: Ready, *names: str) -> str:
    """The line that names people."""
    return f"{ready.chat.t('win-fact-thanks')}: {ready.chat.say(text('verbatim', words=' och '.join(names)), 'sv')}"


def list_of(ready: Ready) -> str:
    """The month's wins as Dan reads them."""
    ready.dan.commands("framstegen")
    return ready.dan.sees("win-month-words", forum=ready.forum.name)


# --- Noticed by the bot ----------------------------------------------------------------------------------------


def done(ready: Ready, number: int = 1) -> None:
    """Bo says that an action is done; what the chats show of it has been read."""
    ready.bo.commands(f"åtgärd {number}")
    ready.bo.clicks("action-answer-done")
    ready.chat.reads_everything()


def begun_by_the_town(ready: Ready, number: int = 1) -> None:
    """Dan, for the town, got it on its way and handed it over to Bo."""

    def begin(store: Store) -> None:
        store.do("update member set actor = 1 where id = 4")
        actions.set_owner(store, ready.forum.id, number, actor=1, owner=4, member=4, now=ready.chat.now)
        actions.set_state(store, ready.forum.id, number, "underway", member=4, now=ready.chat.now)
        actions.set_owner(store, ready.forum.id, number, actor=2, owner=2, member=4, now=ready.chat.now)

    ready.store(begin)


def decided(ready: Ready, *children: int, what: str = "Vi tänder lyktorna.") -> int:
    """A decision that these actions came out of."""

    def make(store: Store) -> int:
        ada = forums.member(store, ready.forum.id, 1)
        assert ada is not None
        one = decisions.record(store, ready.forum.id, Wording(what), year=2026, by=ada, now=ready.chat.now)
        for each in children:
            store.do("update action set decision = :decision where id = :id", decision=one.id, id=each)
        return one.id

    return ready.store(make)


def rings(ready: Ready, name: str, *arguments: str | int) -> None:
    """A timer of the forum rings now."""
    data = ":".join(map(str, (name, ready.forum.id, *arguments)))
    ready.store(
        lambda store: timers.schedule(
            store, f"{ready.forum.id}:{data}", ready.chat.now, data, forum=ready.forum.id, grace=timedelta(days=1), late="ring"
        )
    )  # fmt: skip
    ready.chat.app.timers.wake()
    ready.chat.settles()
