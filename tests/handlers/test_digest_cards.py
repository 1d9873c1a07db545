"""How a digest reads, word by word, in both languages; and that the longest one fits into a message."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.adapter import Outgoing
from bot.slack.blocks import MESSAGE_BLOCKS, MESSAGE_SIZE, Pen
from bot.speech import Speech
from bot.telegram.render import render
from handlers.digest_cards import digest_card, page_card
from handlers.digest_reading import LONG, SHORT, Room
from handlers.digest_rules import WEEK, Digest
from handlers.kit.ui import Action, Card, Document, Fact, Line, Picture, Row, text
from prompts.texts import LANGUAGES, Catalog
from storage.digests import Asked, Done, Month, Ruling, Some, Waiting
from storage.outbox import Address
from storage.records import Decision, Forum
from storage.wins import Win
from tests.stage.samples import NOW

SPEECH = Speech(Catalog.load())
ZONE = "Europe/Stockholm"
FORUM = Forum(1, "Trygghet i centrum", "Fler vågar gå hem", "sv", ZONE, "members", "x")
MORE = Action("digests.more", (10**12, 10**12, 0))
DECISION = Decision(1, 4, 2025, 31, 1, "standing", "Vi provar öppna kvällar.", "", "", (), "", None, date(2026, 3, 6), "", 1,
                    "Ada", NOW, NOW, 1, "", None)  # fmt: skip
WEEK_TOLD = Digest(
    NOW, NOW + WEEK,
    late=Some((Waiting(4, "Kalla skolorna till möte", date(2026, 3, 6), "Polisen"),), 3),
    due=Some((Waiting(7, "Trycka foldern", date(2026, 3, 12), "", False),), 1),
    asked=(
        Asked("minutes", 3, "3/2026", NOW + WEEK * 2, actors=("Polisen", "Region Syd")),
        Asked("round", 2, "Ska vi öppna tidigare?", NOW + WEEK * 2),
        Asked("result", 1, "", NOW, answered=12, invited=15),
        Asked("meeting", 9, "Forumet", NOW + WEEK * 2, "Rådhuset", NOW + WEEK * 2 + timedelta(hours=2), ZONE),
    ),
    follow_ups=Some((DECISION,), 1),
    decided=Some((Ruling(5, "12/2026", "Vi öppnar fältgruppen i mars."),), 1),
    done=Some((Done(2, "Lampor i parken", ("Polisen", "Sundköpings kommun")), Done(3, "Ring Ada", ())), 2),
    wins=Some((Win(1, 1, "told", "Färre anmälningar på torget.", (1,), (), NOW),), 1),
    points=(text("verbatim", words="Läget i fältgruppen"),), points_count=2, names=((1, "Polisen"),),
)  # fmt: skip
SWEDISH = """\
Veckan i Trygghet i centrum
mån 2 mars 2026 till mån 9 mars 2026
Det här väntar
Polisen: Kalla skolorna till möte (åtgärd 4, skulle ha varit klar fre 6 mars 2026)
Och 2 till.
Polisen och Region Syd: justera protokoll 3/2026, senast mån 16 mars 2026
Alla: svara i rundan ”Ska vi öppna tidigare?”, senast mån 16 mars 2026
§ 31/2025: dags att se vad beslutet gav: Vi provar öppna kvällar.
Det här bestämde ni
§ 12/2026: Vi öppnar fältgruppen i mars.
Det här blev klart
Polisen och Sundköpings kommun: Lampor i parken (åtgärd 2)
Klart: Ring Ada (åtgärd 3)
Det här gick bra
Polisen: Färre anmälningar på torget.
På gång den närmaste veckan
Någon behövs: Trycka foldern (åtgärd 7, senast tors 12 mars 2026)
Pulsen: resultatet är klart, 12 av 15 svarade
Nästa möte: mån 16 mars 2026, 9.00–11.00, Rådhuset
1. Läget i fältgruppen
En punkt till på dagordningen.
[Visa mer] [Det som väntar på mig]
[Se tillbaka på § 31/2025] [Ny punkt]"""
ENGLISH = """\
The week in Trygghet i centrum
Mon 2 March 2026 to Mon 9 March 2026
This is waiting
Polisen: Kalla skolorna till möte (action 4, was due on Fri 6 March 2026)
And 2 more.
Polisen and Region Syd: approve minutes 3/2026, by Mon 16 March 2026
Everybody: answer the round “Ska vi öppna tidigare?”, by Mon 16 March 2026
§ 31/2025: time to see what the decision gave: Vi provar öppna kvällar.
You decided
§ 12/2026: Vi öppnar fältgruppen i mars.
This was finished
Polisen and Sundköpings kommun: Lampor i parken (action 2)
Done: Ring Ada (action 3)
This went well
Polisen: Färre anmälningar på torget.
Coming up this week
Somebody is needed: Trycka foldern (action 7, by Thu 12 March 2026)
The pulse: the result is here, 12 of 15 answered
Next meeting: Mon 16 March 2026, 9:00–11:00, Rådhuset
1. Läget i fältgruppen
One more point on the agenda.
[Show more] [What waits for me]
[Look back on § 31/2025] [New point]"""


def _read(card: Card, language: str) -> str:
    """The card as one reads it, line by line."""

    def say(what: object) -> str:
        return SPEECH.say(text("telegram-value", value=what), language, zone=ZONE).plain  # type: ignore[arg-type]

    lines = [say(card.title)]
    for each in card.body:
        match each:
            case Line():
                lines.append(say(each.text))
            case Fact():
                lines.append(f"{say(each.label)}: {say(each.value)}")
            case Row():
                lines.append(" ".join(f"[{say(button.label)}]" for button in each.buttons))
            case Picture() | Document():
                assert isinstance(each, Picture)
                lines.append(say(each.alt))
    return "\n".join(lines)


@pytest.mark.parametrize(("language", "expected"), [("sv", SWEDISH), ("en", ENGLISH)])
def test_a_week_as_it_reads(language: str, expected: str) -> None:
    """What waits for whom, what happened, what comes: each line says for itself who, what and when."""
    assert _read(digest_card(WEEK_TOLD, FORUM, more=MORE), language) == expected


def test_a_typical_week_is_a_phone_screen_and_a_half() -> None:
    """Fifteen hundred characters, buttons and all."""
    assert all(len(_read(digest_card(WEEK_TOLD, FORUM, more=MORE), each)) <= 1500 for each in LANGUAGES)


def test_a_picture_says_its_numbers_in_words() -> None:
    """The months with what was done and decided in each, for those who do not see it."""
    months = (Month(date(2026, 2, 1), 3, 1), Month(date(2026, 3, 1), 1, 2))
    card = digest_card(replace(WEEK_TOLD, months=months), FORUM)

    said = _read(card, "sv")
    assert "Månad för månad blev 4 åtgärder klara: feb 3 och mars 1." in said
    assert "Ni fattade 3 beslut: feb 1 och mars 2. Den sista månaden är inte slut." in said
    card = digest_card(replace(WEEK_TOLD, months=(Month(date(2026, 3, 1), 1, 5),)), FORUM)
    assert "blev en åtgärd klar: mars 1." in _read(card, "sv")


def test_a_half_with_nothing_in_it_speaks_for_itself_alone() -> None:
    """That nothing waits says nothing of what has happened, and the other way round."""
    waits = replace(WEEK_TOLD, decided=Some(), done=Some(), wins=Some(), asked=())
    happened = replace(WEEK_TOLD, late=Some(), due=Some(), asked=(), follow_ups=Some())

    for one, full, empty in ((waits, "waits", "happened"), (happened, "happened", "waits")):
        said = {each: _read(page_card(one, FORUM, each, MORE), "sv") for each in (full, empty)}
        quiet = SPEECH.say(text(f"digest-quiet-{empty}"), "sv").plain
        assert (quiet in said[empty], quiet in said[full]) == (True, False)
    assert "Inget" in _read(page_card(waits, FORUM, "happened", MORE), "sv")


def test_a_win_of_nobody_in_a_confidential_forum() -> None:
    """It is one line, and does not say the same thing twice."""
    wins = Some((Win(1, 1, "told", "Färre anmälningar.", (), (), NOW),), 1)
    said = _read(digest_card(replace(WEEK_TOLD, wins=wins), replace(FORUM, confidential=True)), "sv")

    assert "ett framsteg" in said.splitlines()
    assert "Framsteg: Färre anmälningar." in _read(digest_card(replace(WEEK_TOLD, wins=wins), FORUM), "sv")


def test_what_has_no_room_is_counted() -> None:
    """Rounds, minutes, decisions to look back on, and wins: what is not shown is told by its number."""
    rounds = tuple(Asked("round", each, f"Fråga {each}?", NOW + WEEK) for each in range(5))
    one = replace(
        WEEK_TOLD,
        late=Some(),
        asked=rounds,
        follow_ups=Some((DECISION,), 5),
        wins=Some(WEEK_TOLD.wins.items, 6),
    )
    said = _read(digest_card(one, FORUM), "sv").splitlines()

    assert [said[at - 1][:15] for at, each in enumerate(said) if each == "Och 2 till."] == ["Alla: svara i r"]
    assert [said[at - 1][:9] for at, each in enumerate(said) if each == "Och 4 till."] == ["§ 31/2025"]
    assert [said[at - 1][:7] for at, each in enumerate(said) if each == "Och 5 till."] == ["Polisen"]


def test_who_is_asked_and_who_has_it() -> None:
    """A round of advice is not everybody's; what a member without an organisation has is not without anybody."""
    late = Waiting(1, "Ring", date(2026, 3, 6), "", has_owner=True)
    asked = Asked("advice", 1, "Var ska mötet vara?", NOW + WEEK)
    said = _read(digest_card(replace(WEEK_TOLD, late=Some((late,), 1), asked=(asked,)), FORUM), "sv")

    assert "En av er: Ring (åtgärd 1, skulle ha varit klar fre 6 mars 2026)" in said
    assert "De som är tillfrågade: svara i rundan ”Var ska mötet vara?”, senast" in said


def test_nobody_is_counted_or_named() -> None:
    """However much an organisation has left undone, the digest gives no number for it and no person's name."""
    many = tuple(Waiting(each, "Ring", date(2026, 3, 1), "Polisen") for each in range(3))
    said = _read(digest_card(replace(WEEK_TOLD, late=Some(many, 40)), FORUM), "sv")

    assert said.count("Polisen: Ring") == 3
    assert "Och 37 till." in said
    assert "dagar sedan" not in said


def _everything(room: Room, words: str, name: str) -> Digest:
    """A week in which there was more of everything than anybody could read, with the longest words and names."""
    actors = (name,) * 9
    when = NOW + WEEK * 2
    waits = tuple(Waiting(10**6 + each, words, date(2026, 9, 23), name) for each in range(room.waits))
    asked = [
        Asked(kind, each, "1234/2026" if kind == "minutes" else words, when, actors=actors)
        for kind in ("minutes", "round", "pulse")
        for each in range(9)
    ]
    return replace(
        WEEK_TOLD, late=Some(waits, 3000), long_late=3000, due=Some(waits, 3000),
        asked=(*asked, Asked("result", 1, "", NOW, answered=12, invited=15),
               Asked("meeting", 9, words, when, words, when, ZONE)),
        follow_ups=Some((replace(DECISION, what=words),) * room.follow_ups, 3000), most_asked=room.asked,
        decided=Some(tuple(Ruling(each, "1234/2026", words) for each in range(room.happened)), 3000),
        done=Some(tuple(Done(10**6 + each, words, actors) for each in range(room.happened)), 3000),
        wins=Some(tuple(Win(1, each, "told", words, tuple(range(9)), (), NOW) for each in range(room.wins)), 3000),
        points=(text("verbatim", words=words[:70]),) * room.points, points_count=3000,
        names=tuple((each, name) for each in range(9)),
        months=tuple(Month(date(2026, each, 1), 3000, 3000) for each in range(1, 7)),
    )  # fmt: skip


LONGEST = _everything(
    SHORT, "Kalla alla berörda till möte " * 17, "Samverkansförbundet i Norra Sundköping" * 2
)
PAGES = _everything(LONG, "Kalla alla berörda till möte " * 17, "Samverkansförbundet i Norra Sundköping" * 2)
EVERY = {
    "digest": digest_card(LONGEST, FORUM, late=True, more=MORE, settings=MORE),
    "waits": page_card(PAGES, FORUM, "waits", MORE),
    "happened": page_card(PAGES, FORUM, "happened", MORE),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", EVERY)
def test_the_longest_fits_into_one_message(which: str, language: str) -> None:
    """With three thousand of everything, the longest words and names: nothing is cut off on either platform."""
    card = EVERY[which]
    message = Outgoing("post", Address("telegram", "", "-1", ""), card, language, ZONE, forum=10**9)
    cut = SPEECH.say(text("card-too-long"), language).plain

    drawn = render(message, SPEECH, "samsyn")
    assert cut not in drawn.html
    assert drawn.units <= 4096
    blocks = Pen(SPEECH, language, ZONE, 10**9).card(card).blocks
    assert cut not in str(blocks)
    assert len(blocks) <= MESSAGE_BLOCKS
    assert len(str(blocks)) <= MESSAGE_SIZE


def test_a_confidential_forum_is_told_no_words() -> None:
    """Whatever somebody once wrote, and wherever: only numbers, days and names of organisations are left."""
    quiet = replace(FORUM, confidential=True)
    words = (
        "Kalla",
        "Trycka",
        "tidigare",
        "kvällar",
        "fältgruppen",
        "Lampor",
        "Ring",
        "anmälningar",
        "Rådhuset",
    )

    for card in (
        digest_card(WEEK_TOLD, quiet),
        *(page_card(WEEK_TOLD, quiet, each, MORE) for each in ("waits", "happened")),
    ):
        said = _read(card, "sv")
        assert [each for each in words if each in said] == []
    assert "2 punkter till" in _read(digest_card(WEEK_TOLD, quiet), "sv")
