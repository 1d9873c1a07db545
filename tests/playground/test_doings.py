"""What people do at the page, through its own web address, and what they see of it."""

import json
from datetime import timedelta

import httpx

from bot.playground.house import House
from bot.playground.slack.views import show
from tests.playground.asking import does, look, room, words_of
from tests.playground.living import Living


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


def test_a_button_inside_a_modal_is_pressed(living: Living, client: httpx.Client, house: House) -> None:
    """The bot hears of it, and the modal stays."""
    mika = house.cast.mika
    words = {"type": "plain_text", "text": "Mer"}
    row = {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "more", "value": "x", "text": words}],
    }

    async def story() -> None:
        show(house.slack.world, mika.id, {"type": "modal", "title": words, "blocks": [row]})

    living.run(story())

    assert does(client, "slack_press_modal", mika.id, action="more", value="x").is_success
    assert look(client, slack=mika.id)["slack"]["modal"]["submit"] == ""
    does(client, "slack_close", mika.id)


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
    cilla, dag, eva = house.cast.cilla, house.cast.dag, house.cast.eva

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
    cilla, dag, eva = house.cast.cilla, house.cast.dag, house.cast.eva

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
