"""A file that the bot sends can be opened in both panes."""

import pytest

from bench.documents import document
from bot.adapter import Outgoing
from handlers.kit.ui import Card, text
from storage.outbox import Address
from tests.playground.living import Living
from tests.playground.visit import Visit

CARD = Card(text("verbatim", words="Här är protokollet"), (document("markdown", 7),))
NAME = "protokoll.markdown"


@pytest.fixture(name="_sent")
def _sent(living: Living) -> None:
    """The minutes of a meeting hang in both chats of the sample forum."""
    house = living.house
    channel = next(each for each in house.slack.world.channels.values() if each.name == "tryggt-centrum")
    group = next(each for each in house.telegram.world.chats.values() if each.title == "Tryggt centrum")
    for platform, workspace, chat in (
        ("slack", "T0HOME", channel.id),
        ("telegram", "", str(group.id)),
    ):
        to = Address(platform, workspace, chat)
        outgoing = Outgoing(kind="post", to=to, card=CARD, language="sv", zone="Europe/Stockholm")
        assert living.run(house.app.adapters[platform].send(outgoing))


@pytest.mark.browser
@pytest.mark.usefixtures("_sent")
def test_a_file_is_opened_from_both_panes(visit: Visit) -> None:
    """It has its name, and what comes when it is pressed are the minutes."""
    for side in (visit.slack, visit.telegram):
        link = side.box.get_by_role("link", name=NAME).last
        with visit.page.expect_download() as coming:
            link.click()
        assert "7/2026" in coming.value.path().read_text()
