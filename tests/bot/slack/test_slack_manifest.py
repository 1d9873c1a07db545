"""The app's manifest: what it asks for, and nothing more."""

import json

import pytest

from bot.playground.slack.world import SUBSCRIPTIONS
from bot.slack.happenings import HAPPENINGS
from bot.slack.manifest import ADD_POINT, EVENTS, RECORD_DECISION, REPORT_WIN, SCOPES, manifest


def test_every_event_asked_for_is_read_and_every_event_read_is_asked_for() -> None:
    """Nothing comes that we do not understand, and nothing we understand stays away."""
    assert set(EVENTS) == {*HAPPENINGS, "app_mention", "message.im"}
    assert set(EVENTS) <= SUBSCRIPTIONS


def test_nothing_that_people_say_to_each_other_is_asked_for() -> None:
    """The bot reads what is said to it, and no history."""
    assert not {each for each in SCOPES if each.endswith(":history")} - {"im:history"}


@pytest.mark.parametrize("url", [None, "https://samsyn.example.org/slack/events"])
def test_the_manifest_fits_slacks_limits(url: str | None) -> None:
    """Names and descriptions are as short as Slack wants them; addresses stand wherever they are needed."""
    made = manifest(url)
    json.dumps(made)
    assert len(made["display_information"]["description"]) <= 140
    shortcuts = made["features"]["shortcuts"]
    assert [each["callback_id"] for each in shortcuts] == [RECORD_DECISION, ADD_POINT, REPORT_WIN]
    assert all(len(each["name"]) <= 24 and len(each["description"]) <= 150 for each in shortcuts)
    settings = made["settings"]
    assert settings["socket_mode_enabled"] is (url is None)
    assert settings["event_subscriptions"].get("request_url") == url
    assert settings["interactivity"].get("request_url") == url
    assert made["features"]["slash_commands"][0].get("url") == url
