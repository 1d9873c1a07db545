"""``meeting-played``: a whole meeting as 12 people of 9 organisations live it, half of them in either chat.

Eight points, six decisions and nine actions, from the first press to approved minutes that anybody can check; only the
forum and its people are there beforehand.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass

import docx
import pytest

from handlers.kit.ui import text
from storage import forums
from storage.approvals import minutes_of
from storage.db import Store
from storage.minutes import Minutes, fingerprint
from tests.handlers.sitting import both_see, meeting
from tests.handlers.test_minutes import files_of
from tests.stage.chat import Chat
from tests.stage.people import Somebody, TelegramPerson
from tests.stage.ready import POLICE, TOWN, Ready, meet, ready_forum

REGION, HOUSING, OWNERS, COLLEGE, NIGHT, RESCUE, BUSES = (
    "Region Sund", "Sundbostäder", "Fastighetsägarna", "Högskolan i Sund", "Nattvandrarna", "Räddningstjänsten",
    "Sundtrafiken",
)  # fmt: skip
ELSEWHERE = {
    "Eva Berg": REGION, "Finn Dahl": HOUSING, "Gun Ask": OWNERS, "Hans Lind": COLLEGE,
    "Ines Kaya": RESCUE, "Jon Sjö": RESCUE, "Kim Vik": BUSES, "Liv Alm": TOWN,
}  # fmt: skip
"""The first four write in Slack, the others in Telegram."""
POINTS = (
    "Mörkret i parken", "Trygghetsvandringar", "Sena bussar", "Tomma lokaler", "Ungas fritid", "Larm vid torget",
    "Budgeten", "Nästa steg",
)  # fmt: skip
DECIDED = (
    "Vi tänder lyktorna i parken", "Vi går varje torsdag", "Sista bussen väntar till ett", "Två lokaler öppnas i höst",
    "Skolan håller öppet", "Vi delar på kostnaden",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assembly:
    """The forum and everybody in it, by first name."""

    ready: Ready
    people: Mapping[str, Somebody]

    def __getitem__(self, name: str) -> Somebody:
        return self.people[name]

    @property
    def minutes(self) -> Minutes:
        """As they stand."""
        one = meeting(self.ready)
        return self.ready.store(lambda store: minutes_of(store, one))


@pytest.fixture(name="all_of_them")
def _all_of_them(chat: Chat) -> Assembly:
    ready = ready_forum(chat)
    four = {"Ada": ready.ada, "Bo": ready.bo, "Cilla": ready.cilla, "Dan": ready.dan}
    others: dict[str, Somebody] = {}
    for place, name in enumerate(ELSEWHERE):
        who: Somebody = chat.slack_person(name) if place < 4 else chat.telegram_person(name)
        if isinstance(who, TelegramPerson):
            who.starts()
        others[name] = who
    ready.store(lambda store: _join(store, ready, others))
    chat.reads_everything()
    return Assembly(ready, {**four, **{name.split()[0]: who for name, who in others.items()}})


def _join(store: Store, ready: Ready, others: Mapping[str, Somebody]) -> None:
    known = {each.name: each.id for each in forums.actors(store, ready.forum.id)}
    for name in (REGION, HOUSING, OWNERS, COLLEGE, NIGHT, RESCUE, BUSES):
        known[name] = forums.add_actor(store, ready.forum.id, name=name, sector="", level="")
    for name, actor in ELSEWHERE.items():
        forums.join(
            store, ready.forum.id, meet(store, ready.chat, others[name]), actor_id=known[actor], role="member",
            now=ready.chat.now,
        )  # fmt: skip
    forums.set_actor(store, ready.forum.id, 4, known[NIGHT])


def test_a_meeting_is_played_from_opening_to_approved_minutes(all_of_them: Assembly) -> None:
    """Everybody answers where they are, and what they all get in the end is the same text."""
    _prepares(all_of_them)
    _gathers(all_of_them)
    _talks(all_of_them)
    _closes(all_of_them)
    _approves(all_of_them)
    _reads(all_of_them)


def _prepares(forum: Assembly) -> None:
    """Points come from both chats."""
    for what, name in zip(POINTS, ("Ada", "Cilla", "Kim", "Gun", "Hans", "Ines", "Eva", "Ada"), strict=True):
        forum[name].commands(f"dagordning {what}", private=True)
    forum.ready.chat.reads_everything()


def _gathers(forum: Assembly) -> None:
    """All twelve tick themselves, and each has a word first."""
    chat = forum.ready.chat
    forum["Ada"].commands("öppna mötet")
    both_see(forum.ready, "meeting-fact-chair")
    for name, who in forum.people.items():
        if name != "Ada":
            who.clicks("meeting-here")
    forum["Ada"].clicks("meeting-panel")
    forum["Ada"].clicks("meeting-check-in-begin")
    assert forum["Ada"].fills({"meeting-field-question": "Vad tar du med dig hit?"}) == {}
    for who in forum.people.values():
        who.clicks("meeting-turn-had")
    chat.reads_everything()
    forum["Ada"].clicks("meeting-panel")
    forum["Ada"].sees("meeting-heard", heard="9", of="9")


def _talks(forum: Assembly) -> None:
    """Six decisions, nine actions and some notes, by every means there is, each under its point."""
    chat, ada = forum.ready.chat, forum["Ada"]
    ada.clicks("meeting-forward")
    ada.commands(f"beslut {DECIDED[0]}")
    forum["Bo"].commands("åtgärd Beställ lampor, på fredag")
    forum["Cilla"].commands("anteckna Flest ringer efter klockan tio")

    ada.clicks("meeting-forward")
    forum["Cilla"].commands("beslut")
    assert forum["Cilla"].fills({"decision-field-what": DECIDED[1], "decision-field-actors": [POLICE]}) == {}
    forum["Dan"].commands("atgard Samla västar, på fredag")
    forum["Liv"].commands("atgard Boka lokal för fika, på fredag")

    ada.clicks("meeting-forward")
    forum["Kim"].says(DECIDED[2])
    said = chat.telegram.seen(forum.ready.cilla.user, chat.group)[-1]
    forum.ready.cilla.says("/beslut", reply_to=said)
    forum["Kim"].commands("atgard Skriv till förarna, på fredag")

    ada.clicks("meeting-forward")
    began = chat.does(chat.slack.say(forum.ready.bo.user, chat.channel, DECIDED[3]))
    chat.does(chat.slack.message_shortcut(forum.ready.ada.user, began, "record_decision"))
    assert ada.fills({"decision-field-follow-up": "2026-09-01"}) == {}
    forum["Finn"].commands("åtgärd Visa lokalerna, på fredag")
    forum["Gun"].commands("åtgärd Räkna på hyran, på fredag")

    ada.clicks("meeting-forward")
    forum["Hans"].commands(f"beslut {DECIDED[4]}")
    forum["Hans"].commands("åtgärd Fråga eleverna")

    ada.clicks("meeting-forward")
    forum["Ines"].commands("anteckna Larmet går för ofta")
    forum["Jon"].commands("atgard Prova larmet, på fredag")

    ada.clicks("meeting-forward")
    forum["Eva"].commands(f"beslut {DECIDED[5]}")
    forum["Eva"].commands("åtgärd Ta fram ett förslag, på fredag")
    both_see(forum.ready, "meeting-point", number="7", of="8")
    chat.reads_everything()


def _closes(forum: Assembly) -> None:
    """What is missing is put right, what was not reached waits for the next meeting."""
    ada = forum["Ada"]
    ada.clicks("meeting-close")
    shown = ada.sees("meeting-before-closing")
    assert forum.ready.chat.t("meeting-loose-actions", count=1) in shown
    assert forum.ready.chat.t("meeting-left-points", count=1) in shown
    ada.clicks("meeting-mend-action", number="7")
    assert ada.fills({"action-field-due": "2026-03-20"}) == {}
    ada.clicks("meeting-close-anyway")
    both_see(forum.ready, "meeting-over-closed", number="1/2026")
    both_see(forum.ready, "minutes-title-asking", number="1/2026")
    forum.ready.chat.reads_everything()


def _approves(forum: Assembly) -> None:
    """One organisation asks for other words and gets them, so all are asked again; one is of another opinion."""
    chat = forum.ready.chat
    forum["Kim"].clicks("approval-change")
    assert forum["Kim"].fills(_words(forum, 3, "Sista bussen väntar till halv två")) == {}
    chat.reads_everything()
    forum["Ada"].clicks("approval-accept")
    chat.reads_everything()
    for name in ("Ada", "Bo", "Eva", "Finn", "Hans", "Dan", "Ines", "Kim"):
        forum[name].clicks("approval-confirm")
    both_see(forum.ready, "minutes-confirmed", count=8, all=9)
    chat.reads_everything()
    forum["Gun"].clicks("approval-object")
    option = _words(forum, 6, "")["approval-field-decision"]
    assert (
        forum["Gun"].fills({"approval-field-decision": option, "approval-field-opinion": "Hyran är vår"})
        == {}
    )
    both_see(forum.ready, "approval-done", number="1/2026")
    chat.reads_everything()


def _words(forum: Assembly, number: int, words: str) -> dict[str, str | list[str]]:
    ruling = next(each for each in forum.minutes.rulings if each.label == f"{number}/2026")
    shown = forum.ready.chat.say(text("minutes-ruling", number=ruling.label, what=ruling.what), "sv")
    return {"approval-field-decision": shown, "approval-field-words": words}


def _reads(forum: Assembly) -> None:
    """The same minutes in both chats and as every file, and their fingerprint holds."""
    chat, frozen = forum.ready.chat, forum.minutes
    assert frozen.state == "approved"
    assert frozen.fingerprint == fingerprint(frozen)
    assert len(frozen.rulings) == len(DECIDED)
    assert sum(len(each.tasks) for each in frozen.items) == 9
    assert {each.name for each in frozen.present} == {*ELSEWHERE.values(), POLICE, NIGHT}
    assert [(each.actor, each.words) for each in frozen.additions] == [(OWNERS, "Hyran är vår")]

    for name in ("Finn", "Liv"):
        forum[name].commands("protokoll", private=True)
        for key in ("minutes-as-word", "minutes-as-pdf", "minutes-as-html", "minutes-as-markdown"):
            forum[name].clicks(key)
        forum[name].clicks("minutes-canonical")
        chat.reads_everything()
    everywhere = [
        *DECIDED[:2],
        "Sista bussen väntar till halv två",
        *DECIDED[3:],
        "Beställ lampor",
        "Hyran är vår",
    ]
    for who in (forum["Finn"], forum["Liv"]):
        word, pdf, page, plain, checked = (content for _, content in files_of(who))  # type: ignore[arg-type]
        paper = docx.Document(io.BytesIO(word))
        written = "\n".join(
            [each.text for each in paper.paragraphs]
            + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        )
        for each in everywhere:
            assert each in written
            assert each in page.decode()
            assert each in plain.decode()
        assert pdf.startswith(b"%PDF-1.7")
        assert hashlib.sha256(checked).hexdigest() == frozen.fingerprint
        assert frozen.fingerprint in written.replace(" ", "")
