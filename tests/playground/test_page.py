"""The page's web server: what it shows, what it lets people do, and what it refuses."""

import json
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from bot.playground.house import House
from tests.playground.living import Json, Living


@pytest.fixture
def client(living: Living) -> Iterator[httpx.Client]:
    """Somebody with a browser of their own make."""
    with httpx.Client(base_url=living.url, trust_env=False) as client:
        yield client


def look(client: httpx.Client, slack: str = "", telegram: str = "") -> Json:
    """Give the first screen of the stream."""
    with client.stream("GET", "/api/screen", params={"slack": slack, "telegram": telegram}) as stream:
        line = next(stream.iter_lines())
    screen: Json = json.loads(line.removeprefix("data: "))
    return screen


def does(client: httpx.Client, what: str, person: str, **said: object) -> httpx.Response:
    """Let a person do something."""
    return client.post("/api/do", json={"do": what, "person": person, **said})


def room(screen: Json, side: str, name: str) -> Json:
    """Give one room of a screen."""
    found: Json = next(each for each in screen[side]["rooms"] if each["name"] == name)
    return found


def words_of(message: Json) -> str:
    """Give everything that can be read in a message."""
    runs = (run for piece in message["pieces"] for run in piece.get("runs", []))
    labels = (each["label"] for piece in message["pieces"] for each in piece.get("buttons", []))
    return " ".join([message.get("notice", ""), *(run["words"] for run in runs), *labels])


@pytest.fixture
def house(living: Living) -> House:
    """What is behind the page."""
    return living.house


def test_the_first_screen_shows_a_living_forum(client: httpx.Client, house: House) -> None:
    """Three decisions and two actions stand in both chats, and nothing was refused on the way."""
    screen = look(client)

    for side, name in (("slack", "#tryggt-centrum"), ("telegram", "Tryggt centrum")):
        said = "\n".join(words_of(each) for each in room(screen, side, name)["messages"])
        for card in ("§ 1/", "§ 2/", "§ 3/", "Åtgärd 1", "Åtgärd 2", "Version 2"):
            assert card in said
    assert screen["ready"] is True
    assert house.ledger.refused() == []


def test_everybody_has_their_own_view(client: httpx.Client, house: House) -> None:
    """A guest has no home, a newcomer has not started the bot, and what is private stays so."""
    guest = look(client, slack=house.cast.mika.id, telegram=str(house.cast.eva.id))
    ada = look(client, slack=house.cast.ada.id, telegram=str(house.cast.dag.id))

    assert guest["slack"]["home"] is None
    assert room(ada, "slack", "Samsyn")["messages"] != []
    assert room(guest, "slack", "Samsyn")["messages"] == []
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


def test_broken_letters_do_no_harm(client: httpx.Client, house: House) -> None:
    """Half a character that no platform would deliver becomes a question mark."""
    group = room(look(client), "telegram", "Tryggt centrum")["id"]
    body = json.dumps({
        "do": "telegram_say", "person": str(house.cast.dag.id), "room": group, "words": "a\ud800b",
    })  # fmt: skip

    assert client.post("/api/do", content=body, headers={"content-type": "application/json"}).is_success
    assert any(
        words_of(each).strip() == "a?b"
        for each in room(look(client), "telegram", "Tryggt centrum")["messages"]
    )


def test_a_guest_is_answered(living: Living, client: httpx.Client, house: House) -> None:
    """Somebody of another organisation mentions the bot and sees the menu; a slash command they do not have."""
    mika = house.cast.mika.id
    channel = room(look(client), "slack", "#tryggt-centrum")["id"]
    does(client, "slack_say", mika, room=channel, words="@Samsyn meny")
    living.run(house.settled())
    does(client, "slack_say", mika, room=channel, words="/samsyn meny")

    said = room(look(client, slack=mika), "slack", "#tryggt-centrum")["messages"]

    assert said[-2]["whisper"]
    assert len(said[-2]["pieces"]) > 2
    assert words_of(said[-1]).strip() == "/samsyn är inget kommando här."


def test_home_shows_what_waits_and_its_buttons_work(
    living: Living, client: httpx.Client, house: House
) -> None:
    """The bot's own page fills when it is opened, and a press there is a press like any other."""
    bo = house.cast.bo.id
    assert does(client, "slack_press_home", house.cast.mika.id, action="1.1").status_code == 409
    does(client, "slack_home", bo)
    living.run(house.settled())
    pieces = look(client, slack=bo)["slack"]["home"]["pieces"]
    buttons = [each for piece in pieces for each in piece.get("buttons", [])]
    menu = next(each for each in buttons if each["press"]["value"].startswith("help.menu"))

    pressed = does(client, "slack_press_home", bo, **menu["press"])

    assert pressed.is_success
    assert does(client, "slack_press_home", bo, action="none").status_code == 409


def test_a_modal_is_filled_in_and_closed(living: Living, client: httpx.Client, house: House) -> None:
    """Every field has its key, values go back under it, and what makes no sense is refused."""
    ada = house.cast.ada.id
    channel = room(look(client), "slack", "#tryggt-centrum")["id"]
    does(client, "slack_say", ada, room=channel, words="/samsyn beslut")
    living.run(house.until(lambda: house.slack.modal(ada) is not None))
    fields = [each for each in look(client, slack=ada)["slack"]["modal"]["pieces"] if each["kind"] == "field"]

    assert {each["type"] for each in fields} >= {"lines", "one", "many", "date"}
    assert does(client, "slack_submit", ada, values=[]).status_code == 400
    assert does(client, "slack_submit", ada, values={fields[0]["key"]: "x"}).status_code == 400
    assert does(client, "slack_submit", ada, values={}).is_success
    assert look(client, slack=ada)["slack"]["modal"]["pieces"][0]["error"] == "Fältet måste fyllas i."
    assert does(client, "slack_press_modal", ada, action="none").status_code == 409

    does(client, "slack_close", ada)

    assert look(client, slack=ada)["slack"]["modal"] is None
    assert does(client, "slack_close", ada).is_success


def test_the_bot_is_put_out_and_let_in_again(living: Living, client: httpx.Client, house: House) -> None:
    """In a channel of one's own; the bot says that it is there each time."""
    ada = house.cast.ada.id
    made = does(client, "slack_channel", ada, name="  Bara  ett PROV ").json()["room"]
    living.run(house.settled())
    assert does(client, "slack_remove_bot", ada, room=made).is_success
    assert does(client, "slack_remove_bot", ada, room=made).is_success
    living.run(house.settled())

    said = room(look(client, slack=ada), "slack", "#bara-ett-prov")["messages"]

    assert [bool(each.get("notice")) for each in said].count(True) == 2


def test_a_group_of_ones_own_and_the_start_button(living: Living, client: httpx.Client, house: House) -> None:
    """Whoever makes a group runs it; the private chat begins with a press on Start."""
    dag = house.cast.dag
    made = does(client, "telegram_group", str(dag.id), name="Prov").json()["room"]
    living.run(house.settled())
    assert room(look(client, telegram=str(dag.id)), "telegram", "Prov")["id"] == made
    assert does(client, "telegram_start", str(dag.id)).is_success
    living.run(house.settled())

    private = room(look(client, telegram=str(dag.id)), "telegram", "Samsyn")["messages"]

    assert any(words_of(each).strip() == "/start" for each in private)
    assert private[-1]["bot"]


def test_a_file_is_shown_or_saved(client: httpx.Client, house: House) -> None:
    """Pictures are shown, everything else is only saved, and what is not there is not found."""
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    shown = house.telegram.world.keep_file(photo=True, filename="a.png", mime="image/png", content=png)
    house.telegram.world.files[shown.file_id] = shown

    picture = client.get(f"/api/files/telegram/{shown.file_id}")

    assert (picture.headers["content-type"], picture.headers["content-disposition"]) == (
        "image/png",
        "inline",
    )
    assert client.get("/api/files/slack/F404").status_code == 404
    assert client.get("/api/files/telegram/F404").status_code == 404


def test_comings_and_goings_are_told(living: Living, client: httpx.Client, house: House) -> None:
    """A group's own lines are read in Swedish, a picture is shown, and a group that moved is shown once."""
    cilla, dag, eva = house.cast.in_telegram

    async def story() -> None:
        people = house.telegram.people
        group = house.telegram.world.add_group("Kommer och går", [cilla, dag, eva])
        people.leave(dag, group)
        people.remove(cilla, group, eva)
        people.join(dag, group)
        people.add(cilla, group, eva)
        moved = people.upgrade(group)
        people.upload(cilla, moved, "a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, mime="image/png")
        people.upload(cilla, moved, "a.txt", b"words")
        house.telegram.world.service(house.telegram.world.chat(moved), cilla.id, "new_chat_title", {})

    living.run(story())
    screen = look(client, telegram=str(cilla.id))
    found = [each for each in screen["telegram"]["rooms"] if each["name"] == "Kommer och går"]

    assert len(found) == 1
    notices = [each["notice"] for each in found[0]["messages"] if "notice" in each]
    assert notices == ["Gruppen blev en supergrupp", "Något ändrades i gruppen"]
    assert [each["pieces"][0]["kind"] for each in found[0]["messages"] if each["pieces"]] == [
        "picture",
        "document",
    ]


def test_who_came_and_who_left(living: Living, client: httpx.Client, house: House) -> None:
    """By themselves or by somebody else's hand."""
    cilla, dag, eva = house.cast.in_telegram

    async def story() -> None:
        people = house.telegram.people
        group = house.telegram.world.add_group("Dörren", [cilla, dag, eva])
        people.leave(dag, group)
        people.remove(cilla, group, eva)
        people.join(dag, group)
        people.add(cilla, group, eva)

    living.run(story())
    messages = room(look(client, telegram=str(cilla.id)), "telegram", "Dörren")["messages"]

    assert [each["notice"] for each in messages] == [
        "Dag Ström lämnade gruppen",
        "Cilla Mård tog bort Eva Holm",
        "Dag Ström gick med i gruppen",
        "Cilla Mård lade till Eva Holm",
    ]


def test_answers_show_what_they_answer(client: httpx.Client, house: House) -> None:
    """An answer in Telegram carries the words it answers, one in Slack stands in its thread."""
    cilla, ada = house.cast.cilla, house.cast.ada
    screen = look(client)
    group = room(screen, "telegram", "Tryggt centrum")["id"]
    channel = room(screen, "slack", "#tryggt-centrum")["id"]
    does(client, "telegram_say", str(cilla.id), room=group, words="Vem kommer?")
    does(client, "slack_say", ada.id, room=channel, words="Vem kommer?")
    screen = look(client)
    asked = room(screen, "telegram", "Tryggt centrum")["messages"][-1]["id"]
    top = next(
        m
        for m in room(screen, "slack", "#tryggt-centrum")["messages"]
        if words_of(m).strip() == "Vem kommer?"
    )
    does(client, "telegram_say", str(cilla.id), room=group, words="Jag", answers=asked)
    does(client, "slack_say", ada.id, room=channel, words="Jag", thread=top["id"])
    does(client, "slack_say", ada.id, room=channel, words="/samsyn", thread=top["id"])

    screen = look(client)
    answer = room(screen, "telegram", "Tryggt centrum")["messages"][-1]
    in_thread = room(screen, "slack", "#tryggt-centrum")["messages"][-2:]

    assert answer["answers"] == {"id": asked, "author": "Cilla Mård", "words": "Vem kommer?"}
    assert [each["thread"] for each in in_thread] == [top["id"]] * 2
    assert words_of(in_thread[1]).strip() == "/samsyn fungerar inte i trådar."


def test_a_move_of_the_clock_tells_what_it_brought(
    living: Living, client: httpx.Client, house: House
) -> None:
    """Where the bot wrote meanwhile, in private or not; each place once."""
    dag = house.cast.dag
    group = room(look(client), "telegram", "Tryggt centrum")["id"]
    due = (house.clock.now() + timedelta(days=9)).date().isoformat()
    does(client, "telegram_say", str(dag.id), room=group, words=f"/atgard Ringa kommunen, {due}")
    living.run(house.settled())

    heard = client.post("/api/do", json={"do": "move_clock", "seconds": 9 * 86400}, timeout=60).json()[
        "heard"
    ]
    private = "till Dag Ström privat i Telegram"

    assert heard.count(private) == 1
