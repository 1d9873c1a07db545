"""A picture that the bot sends stands in both panes, sharp and with its words."""

import io
import re

import httpx
import matplotlib as mpl
import matplotlib.image
import pytest
from playwright.sync_api import expect

from bot.adapter import Outgoing
from handlers.kit.drawings import Numbers, result_picture
from handlers.kit.ui import Card, Text, text
from storage.outbox import Address
from tests.playground.asking import look, room
from tests.playground.living import Living
from tests.playground.visit import Visit


def _words(said: str) -> Text:
    return text("verbatim", words=said)


ASKED = _words("Vi gör det vi har kommit överens om.")
PICTURE = result_picture(
    _words("Pulsen"),
    [Numbers(ASKED, 14, (9, 9), (3, 3))],
    answered=14,
    invited=15,
    alt=_words("9 av 14 tycker att vi gör det vi har kommit överens om."),
)
CARD = Card(_words("Så gick pulsen"), (PICTURE,))


@pytest.fixture(name="_sent")
def _sent(living: Living) -> None:
    """The card hangs in both chats of the sample forum."""
    house = living.house
    channel = next(each for each in house.slack.world.channels.values() if each.name == "tryggt-centrum")
    group = next(each for each in house.telegram.world.chats.values() if each.title == "Tryggt centrum")
    chats = (("slack", "T0HOME", channel.id), ("telegram", "", str(group.id)))
    for platform, workspace, chat in chats:
        to = Address(platform, workspace, chat)
        outgoing = Outgoing(kind="post", to=to, card=CARD, language="sv", zone="Europe/Stockholm")
        assert living.run(house.app.adapters[platform].send(outgoing))


@pytest.mark.browser
@pytest.mark.usefixtures("_sent")
def test_a_picture_is_seen_in_both_panes(visit: Visit) -> None:
    """Drawn by the browser, three times as sharp as a phone is wide."""
    for side in (visit.slack, visit.telegram):
        card = side.sees("Så gick pulsen", "9 av 14 tycker")
        picture = card.get_by_role("img")
        expect(picture).to_be_visible()
        expect(picture).to_have_js_property("naturalWidth", 1080)
        expect(picture).to_have_attribute("alt", re.compile("9 av 14"))


@pytest.mark.usefixtures("_sent")
def test_both_platforms_got_the_same_picture(client: httpx.Client) -> None:
    """It was drawn once; the page fetches it from this very address."""
    screen = look(client)
    found = []
    for side, name in (("slack", "#tryggt-centrum"), ("telegram", "Tryggt centrum")):
        pieces = [piece for each in room(screen, side, name)["messages"] for piece in each["pieces"]]
        src = [each["src"] for each in pieces if each["kind"] == "picture"][-1]
        found.append(client.get(src))

    assert {each.headers["content-type"] for each in found} == {"image/png"}
    assert found[0].content == found[1].content
    assert mpl.image.imread(io.BytesIO(found[0].content)).shape[1] == 1080
