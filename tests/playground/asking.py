"""What somebody with a browser of their own make asks of the page's address."""

import json

import httpx

from tests.playground.living import Json


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
