"""Recorded payloads of Slack's, and what they mean to us."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.shapes import Unreadable
from bot.slack.translate import Known, Me, people_of, translate
from handlers.kit.inbound import Account, AnyInbound, Chat, Click, Happened, Said, Shortcut, Source, Submit

PAYLOADS = Path(__file__).parents[2] / "payloads"
ME = Me("T0FORUM", "U0SAMSYN", "https://trygg.slack.com/", "A0SAMSYN")
PEOPLE = {
    "U0ADA": Known("Ada Ek", "sv-SE", "T0FORUM"),
    "U0BO": Known("Bo Ek", "en-GB", "T0FORUM"),
    "W0KIM": Known("Kim Berg", "", "T0GRID"),
}
ADA = Account("slack", "T0FORUM", "U0ADA", "Ada Ek", "sv-SE")
BO = Account("slack", "T0FORUM", "U0BO", "Bo Ek", "en-GB")
MIA = Account("slack", "T0ELSE", "U0MIA")
ROOM = Chat("slack", "T0FORUM", "C0TRYGG")
NAMED_ROOM = Chat("slack", "T0FORUM", "C0TRYGG", title="trygghet")
ALONE = Chat("slack", "T0FORUM", "U0ADA", private=True)
THREAD = "1772441000.000100"
LINK = "https://trygg.slack.com/archives/C0TRYGG/"


def recorded(name: str) -> dict[str, Any]:
    """A payload as Slack sends it."""
    payload: dict[str, Any] = json.loads((PAYLOADS / f"slack_{name}.json").read_text(encoding="utf-8"))
    return payload


def event_key(number: int) -> str:
    """The key of a recorded event."""
    return f"01772442000:slack:Ev0{number:08d}"


MEANINGS: dict[str, AnyInbound | None] = {
    "app_mention": Said(
        key="01772442000:slack:T0FORUM:C0TRYGG:1772442000.001400",
        who=ADA,
        chat=replace(ROOM, public=False),
        message="1772442000.001400",
        text="beslut Vi köper kaffe & te 🎉",
    ),
    "app_mention_stranger": Said(
        key="01772442010:slack:T0FORUM:C0TRYGG:1772442010.000200",
        who=MIA,
        chat=replace(ROOM, public=True),
        message="1772442010.000200",
        thread=THREAD,
        text="beslut @Ada Ek ringer #ovrigt om planen (https://example.org/plan)",
        source=Source("", link=f"{LINK}p1772441000000100"),
    ),
    "app_mention_grid": Said(
        key="01772442011:slack:T0FORUM:C0TRYGG:1772442011.000200",
        who=Account("slack", "T0GRID", "W0KIM", "Kim Berg"),
        chat=replace(ROOM, public=True),
        message="1772442011.000200",
        text="hjälp",
    ),
    "app_mention_bot": None,
    "message_im": Said(
        key="01772442020:slack:T0FORUM:D0ADA:1772442020.000300",
        who=ADA,
        chat=ALONE,
        message="1772442020.000300",
        message_private=True,
        text="mina <3",
    ),
    "message_im_own": None,
    "message_im_changed": None,
    "message_im_file": Said(
        key="01772442023:slack:T0FORUM:D0ADA:1772442023.000300",
        who=ADA,
        chat=ALONE,
        message="1772442023.000300",
        message_private=True,
        text="beslut Se bilagan",
    ),
    "message_channel": None,
    "command": Said(
        key="10772442030:slack:10772442030.738474920.8088930838d88f008e0",
        who=ADA,
        chat=NAMED_ROOM,
        text="beslut @Bo Ek leder <b>gruppen</b>",
        command=True,
    ),
    "command_im": Said(
        key="10772442031:slack:10772442031.738474920.8088930838d88f008e1",
        who=ADA,
        chat=ALONE,
        message_private=True,
        text="",
        command=True,
    ),
    "click": Click(
        key="01772442040:slack:U0MIA:1772442040.840180:3.0",
        who=MIA,
        chat=NAMED_ROOM,
        message="1772442001.000100",
        thread=THREAD,
        data="decisions.history:7:12",
    ),
    "click_ephemeral": Click(
        key="01772442040:slack:U0ADA:1772442040.840180:3.0",
        who=ADA,
        chat=Chat("slack", "T0FORUM", "G0PRIV"),
        message="1772442002.000100",
        message_private=True,
        data="decisions.history:7:12",
    ),
    "click_im": Click(
        key="01772442040:slack:U0ADA:1772442040.840180:3.0",
        who=ADA,
        chat=ALONE,
        message="1772442003.000100",
        message_private=True,
        data="decisions.history:7:12",
    ),
    "click_home": Click(
        key="01772442040:slack:U0ADA:1772442040.840180:3.0", who=ADA, data="decisions.history:7:12"
    ),
    "click_link": None,
    "choice_in_modal": None,
    "view_submission": Submit(
        key="",
        who=MIA,
        chat=ROOM,
        thread=THREAD,
        data="decisions.ask:7:12",
        answers={
            "source": "https://trygg.slack.com/archives/C0TRYGG/p1",
            "what": "Vi köper kaffe",
            "why": "",
            "how": "vote",
            "owner": "",
            "actors": "3,4",
            "nobody": "",
            "due": "2026-04-01",
            "never": "",
        },
    ),
    "view_closed": None,
    "message_action": Shortcut(
        key="01772442060:slack:U0ADA:1772442060.840180:record_decision",
        who=ADA,
        chat=NAMED_ROOM,
        message="1772441999.000200",
        thread=THREAD,
        name="record_decision",
        source=Source(
            "Vi säger så: a@example.org 👍🏽",
            "Bo Ek",
            f"{LINK}p1772441999000200?thread_ts={THREAD}&cid=C0TRYGG",
        ),
    ),
    "shortcut": None,
    "app_home_opened": Happened(key=event_key(20), what="home-opened", who=ADA),
    "app_home_messages": None,
    "bot_added": Happened(key=event_key(22), what="bot-added", who=ADA, chat=ROOM),
    "member_joined": Happened(key=event_key(23), what="person-joined", who=MIA, chat=ROOM),
    "member_left": Happened(key=event_key(24), what="person-left", who=BO, chat=ROOM),
    "bot_left": None,
    "channel_left": Happened(key=event_key(26), what="bot-removed", chat=ROOM),
    "group_archive": Happened(
        key=event_key(27), what="chat-archived", who=ADA, chat=Chat("slack", "T0FORUM", "G0PRIV")
    ),
    "channel_shared": Happened(
        key=event_key(61), what="chat-opened", chat=Chat("slack", "T0FORUM", "C0TRYGG")
    ),
    "channel_rename": Happened(
        key=event_key(28), what="chat-renamed", chat=Chat("slack", "T0FORUM", "C0TRYGG", title="trygg-i-city")
    ),
    "channel_id_changed": Happened(
        key=event_key(29), what="chat-moved", chat=Chat("slack", "T0FORUM", "G0PRIV"), detail="C0SHARED"
    ),
    "app_uninstalled": Happened(key=event_key(30), what="uninstalled"),
    "tokens_revoked": Happened(key=event_key(31), what="uninstalled"),
    "tokens_revoked_person": None,
    "user_gone": Happened(key=event_key(33), what="person-gone", who=BO),
    "user_change": None,
    "reaction": None,
}


def comparable(inbound: AnyInbound | None) -> object:
    """An inbound without what is tested apart: the key of a submission."""
    if isinstance(inbound, Submit):
        return (inbound.who, inbound.chat, inbound.thread, inbound.data, dict(inbound.answers))
    return inbound


def test_every_recorded_payload_is_in_the_table() -> None:
    """A payload that is recorded is also held to a meaning."""
    assert {each.stem.removeprefix("slack_") for each in PAYLOADS.glob("slack_*.json")} == set(MEANINGS)


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_a_payload_means_what_the_table_says(name: str) -> None:
    """Each recorded payload becomes exactly this inbound, or none."""
    assert comparable(translate(recorded(name), ME, PEOPLE)) == comparable(MEANINGS[name])


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_another_app_and_another_workspace_are_not_heard(name: str) -> None:
    """What is meant for somebody else's app, or was installed elsewhere, is dropped."""
    payload = recorded(name)
    assert translate(payload, Me("T0FORUM", "U0SAMSYN", "", "A0OTHER"), PEOPLE) is None
    assert translate(payload, Me("T0WRONG", "U0SAMSYN"), PEOPLE) is None


def test_a_mention_and_the_same_message_as_an_event_have_one_key() -> None:
    """Slack may tell of one message twice, with different event ids."""
    again = recorded("app_mention")
    again["event_id"] = "Ev0OTHER"
    first, second = translate(recorded("app_mention"), ME, {}), translate(again, ME, {})
    assert first is not None
    assert second is not None
    assert first.key == second.key


def submitted(change: str = "", hash_: str = "1772442050.x2vdrOoO") -> str:
    """The key of the recorded submission, with another answer or hash."""
    payload = recorded("view_submission")
    payload["view"]["hash"] = hash_
    if change:
        payload["view"]["state"]["values"]["what"]["answer"]["value"] = change
    inbound = translate(payload, ME, {})
    assert inbound is not None
    return inbound.key


def test_a_form_has_one_key_however_it_is_filled_in_and_another_when_it_was_changed() -> None:
    """Slack changes neither id nor hash of a view that was objected to: it comes again under its key."""
    assert submitted() == submitted("Te") == "01772442050:slack:V0FORM:1772442050.x2vdrOoO"
    assert submitted(hash_="1772442051.abc") == "01772442051:slack:V0FORM:1772442051.abc"


def test_without_an_address_of_the_workspace_there_is_no_link() -> None:
    """The adapter then asks for the link."""
    shortcut = translate(recorded("message_action"), Me("T0FORUM", "U0SAMSYN"), PEOPLE)
    assert isinstance(shortcut, Shortcut)
    assert shortcut.source.link == ""


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("app_mention", {"U0ADA"}),
        ("app_mention_stranger", {"U0MIA", "U0ADA"}),
        ("command", {"U0ADA", "U0BO"}),
        ("click", {"U0MIA"}),
        ("view_submission", {"U0MIA"}),
        ("message_action", {"U0ADA", "U0BO"}),
        ("app_home_opened", {"U0ADA"}),
        ("member_left", set()),
        ("user_gone", set()),
        ("message_im_own", set()),
    ],
)
def test_the_names_wanted_are_those_that_will_be_shown(name: str, wanted: set[str]) -> None:
    """Nobody is looked up who is not shown."""
    assert people_of(recorded(name), ME) == wanted


BROKEN: list[tuple[str, str, Any]] = [
    ("app_mention", "event", 5),
    ("app_mention", "event.ts", "soon"),
    ("app_mention", "event.ts", 1772442000),
    ("app_mention", "event.channel", None),
    ("app_mention", "event.text", ["x"]),
    ("app_mention", "event.user", "U\ud800"),
    ("app_mention", "authorizations", {"a": 1}),
    ("app_mention", "authorizations", [5]),
    ("member_left", "event_time", "1772442000"),
    ("member_left", "event_time", True),
    ("member_left", "event_id", None),
    ("member_left", "event.channel", {"id": "C"}),
    ("tokens_revoked", "event.tokens", "all"),
    ("command", "trigger_id", "now"),
    ("command", "trigger_id", None),
    ("click", "actions", []),
    ("click", "actions", ["x"]),
    ("click", "actions", None),
    ("click", "user", None),
    ("click", "container", "message"),
    ("view_submission", "view", None),
    ("view_submission", "view.private_metadata", "{"),
    ("view_submission", "view.private_metadata", "[1]"),
    ("view_submission", "view.private_metadata", "{}"),
    ("view_submission", "view.state.values", {"a": 1}),
    ("view_submission", "view.state.values", {"a": {"b": {"selected_option": 5}}}),
    ("message_action", "message", None),
    ("message_action", "channel.id", "C" * 256),
    ("shortcut", "type", "block_suggestion"),
    ("shortcut", "type", None),
]


@pytest.mark.parametrize(("name", "path", "value"), BROKEN)
def test_a_payload_of_another_shape_is_unreadable(name: str, path: str, value: Any) -> None:
    """It is told apart from what is merely of no interest, and its words are not repeated."""
    payload = recorded(name)
    holder, *rest = path.split(".")[::-1]
    inside = payload
    for step in reversed(rest):
        inside = inside[step]
    inside[holder] = value
    with pytest.raises(Unreadable) as trouble:
        translate(payload, ME, PEOPLE)
    assert "kaffe" not in str(trouble.value)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
def test_whatever_stands_in_a_payload_no_other_error_comes_out(data: st.DataObject) -> None:
    """One value anywhere in a payload is replaced by anything at all."""
    payload = recorded(data.draw(st.sampled_from(sorted(MEANINGS))))
    inside: Any = payload
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(inside[key], dict | list) or not inside[key] or data.draw(st.booleans()):
            inside[key] = data.draw(ANYTHING)
            break
        inside = inside[key]
    people_of(payload, ME)
    with suppress(Unreadable):
        translate(payload, ME, PEOPLE)
