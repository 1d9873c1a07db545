"""The page's web server: what it shows, and what it refuses."""

import httpx
import pytest

from bot.playground.house import House
from tests.playground.asking import does, look, room, words_of
from tests.playground.living import Living


def test_the_first_screen_shows_a_living_forum(client: httpx.Client, living: Living) -> None:
    """Three decisions, two actions and a pulse stand in both chats, and nothing was refused on the way."""
    screen = look(client)

    for side, name in (("slack", "#tryggt-centrum"), ("telegram", "Tryggt centrum")):
        said = "\n".join(words_of(each) for each in room(screen, side, name)["messages"])
        for card in ("§ 1/", "§ 2/", "§ 3/", "Åtgärd 1", "Åtgärd 2", "Version 2", "9 av 9 svarade"):
            assert card in said
    assert screen["ready"] is True
    assert living.refused == []


def test_everybody_has_their_own_view(client: httpx.Client, house: House) -> None:
    """A guest has no home, a newcomer has not started the bot, and what is private stays so."""
    guest = look(client, slack=house.cast.mika.id, telegram=str(house.cast.eva.id))
    ada = look(client, slack=house.cast.ada.id, telegram=str(house.cast.dag.id))

    assert guest["slack"]["home"] is None
    private = [
        {each["id"] for each in room(screen, "slack", "Samsyn")["messages"]} for screen in (ada, guest)
    ]
    assert private[0]
    assert private[0].isdisjoint(private[1])
    assert room(ada, "telegram", "Samsyn")["started"] is True


def test_the_page_and_its_parts(client: httpx.Client) -> None:
    """Every part is there, nothing else is, and the browser is told to load nothing from elsewhere."""
    page = client.get("/")
    parts = ("style.css", "app.js", "pane.js", "slack.js", "telegram.js", "form.js", "ask.js", "icon.svg")

    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert [client.get(f"/page/{each}").status_code for each in parts] == [200] * len(parts)
    assert client.get("/page/..%2fhouse.py").status_code == 404
    assert client.get("/page/none.js").status_code == 404


def test_a_stranger_to_the_page_is_shown_nothing(client: httpx.Client) -> None:
    """Nobody is looked as who is not in the cast."""
    assert client.get("/api/screen", params={"slack": "U0BOT"}).status_code == 404
    assert client.get("/api/screen", params={"telegram": "1"}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b'{"do": "nothing"}',
        b'{"do": "slack_say"}',
        b'{"do": "slack_say", "person": "U0BOT", "room": "C1", "words": "Hi"}',
        b'{"do": "telegram_say", "person": "77", "room": "1", "words": "Hi"}',
        b'{"do": "move_clock", "seconds": true}',
        b'{"do": "move_clock", "seconds": 0}',
        b'{"do": "move_clock", "seconds": -5}',
        b'{"do": "move_clock", "seconds": 99999999999999999999}',
        b"[" * 30_000,
    ],
)
def test_what_makes_no_sense_is_refused(client: httpx.Client, body: bytes) -> None:
    """Anything can be sent; the answer says kindly that it was not understood."""
    answer = client.post("/api/do", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["trouble"]


def test_a_form_of_another_site_is_refused(client: httpx.Client) -> None:
    """Only JSON is taken, which another site cannot send from a visitor's browser."""
    assert client.post("/api/do", data={"do": "slack_say"}).status_code == 415


def test_a_huge_body_is_refused(client: httpx.Client, house: House) -> None:
    """Nobody fills the memory."""
    assert does(client, "slack_say", house.cast.ada.id, words="x" * 70_000).status_code == 413


def test_words_longer_than_a_message_are_refused(client: httpx.Client, house: House) -> None:
    """As in the real apps, a message has an end."""
    channel = room(look(client), "slack", "#tryggt-centrum")["id"]

    assert does(client, "slack_say", house.cast.ada.id, room=channel, words="x" * 4001).status_code == 400


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("slack_say", {"room": "C404", "words": "Hej"}),
        ("slack_press", {"room": "{slack}", "message": "1.2", "action": "a"}),
        ("slack_shortcut", {"room": "{slack}", "message": "1.2"}),
        ("slack_submit", {"values": {}}),
        ("slack_press_modal", {"action": "a"}),
        ("telegram_say", {"room": "-404", "words": "Hej"}),
        ("telegram_say", {"room": "{telegram}", "words": "Hej", "answers": "404"}),
        ("telegram_press", {"room": "{telegram}", "message": "404", "label": "Ja"}),
    ],
)
def test_what_nobody_can_do_is_refused(
    client: httpx.Client, house: House, what: str, said: dict[str, object]
) -> None:
    """Buttons of messages that are gone, rooms that are not there: the person is told to try again."""
    screen = look(client)
    rooms = {
        "{slack}": room(screen, "slack", "#tryggt-centrum")["id"],
        "{telegram}": room(screen, "telegram", "Tryggt centrum")["id"],
    }
    there = {key: rooms.get(str(value), value) for key, value in said.items()}
    person = house.cast.bo.id if what.startswith("slack") else str(house.cast.dag.id)

    answer = does(client, what, person, **there)

    assert answer.status_code == 409
    assert answer.json()["trouble"]


@pytest.mark.parametrize("number", ["", "x", "٣", "--1", "1" * 21])
def test_a_room_that_is_no_number_is_refused(client: httpx.Client, house: House, number: str) -> None:
    """The page itself would never send it."""
    assert does(client, "telegram_say", str(house.cast.dag.id), room=number, words="x").status_code == 400
