"""Modals and the app's home: opening, filling in, objections, stacks."""

import pytest

from bot.playground.slack import NotThere, plain
from tests.bot.standin_slack.scene import (
    Json,
    Scene,
    actions,
    button,
    entry,
    form,
    option,
    refusal,
    section,
    words,
)

pytestmark = pytest.mark.anyio
CHOICES = [option("Tea", "t"), option("Coffee", "c")]
EVERY_FIELD = form(
    entry("Text", initial_value="before"),
    entry("Drink", "static_select", options=CHOICES),
    entry("Drinks", "multi_static_select", options=CHOICES),
    entry("Radio", "radio_buttons", options=CHOICES),
    entry("Boxes", "checkboxes", options=CHOICES, optional=True),
    entry("Day", "datepicker"),
    entry("Who", "users_select"),
    entry("All", "multi_users_select"),
    private_metadata="meeting 7",
)


def too_long_title() -> Json:
    """Give a modal whose title is one character too long."""
    return form(section("x"), title=words("x" * 25))


async def test_a_form_is_sent_in_the_platforms_shapes(by_socket: Scene) -> None:
    """Every kind of field has its own shape in `state.values`, and the form closes when it is taken."""
    scene = by_socket
    await scene.opens(scene.ada, EVERY_FIELD)
    errors = await scene.slack.submit(
        scene.ada,
        {
            "Text": "after",
            "Drink": "Tea",
            "Drinks": ["Tea", "Coffee"],
            "Radio": "Coffee",
            "Day": "2027-01-31",
            "Who": "bo",
            "All": ["ada", "Bo Ek"],
        },
    )

    (sent,) = scene.app.of("view_submission")
    values = {block: state["it"] for block, state in sent["view"]["state"]["values"].items()}
    assert errors == {}
    assert scene.slack.modal(scene.ada) is None
    assert values == {
        "text": {"type": "plain_text_input", "value": "after"},
        "drink": {"type": "static_select", "selected_option": CHOICES[0]},
        "drinks": {"type": "multi_static_select", "selected_options": CHOICES},
        "radio": {"type": "radio_buttons", "selected_option": CHOICES[1]},
        "boxes": {"type": "checkboxes", "selected_options": []},
        "day": {"type": "datepicker", "selected_date": "2027-01-31"},
        "who": {"type": "users_select", "selected_user": scene.bo.id},
        "all": {"type": "multi_users_select", "selected_users": [scene.ada.id, scene.bo.id]},
    }
    assert sent["view"]["private_metadata"] == "meeting 7"
    assert {"channel", "message"}.isdisjoint(sent)


async def test_the_platform_checks_before_the_app_is_asked(by_socket: Scene) -> None:
    """A required field left empty, and a number that is none, never reach the app."""
    scene = by_socket
    await scene.opens(
        scene.ada, form(entry("Text"), entry("Number", "number_input", is_decimal_allowed=False))
    )
    errors = await scene.slack.submit(scene.ada, {"Number": "many"})

    assert set(errors) == {"Text", "Number"}
    assert scene.app.got == []


async def test_objections_stay_until_the_form_is_sent_again(by_socket: Scene) -> None:
    """The app's errors stand under their fields; the form stays open with what was filled in."""
    scene = by_socket
    scene.app.answers["view_submission"] = {"response_action": "errors", "errors": {"text": "Too short"}}
    await scene.opens(scene.ada, form(entry("Text")))
    errors = await scene.slack.submit(scene.ada, {"Text": "a"})
    shown = scene.slack.modal(scene.ada)
    scene.app.answers.clear()
    taken = await scene.slack.submit(scene.ada, {"Text": "abc"})

    assert errors == {"Text": "Too short"}
    assert shown is not None
    assert (shown.fields["Text"].error, shown.fields["Text"].state["value"]) == ("Too short", "a")
    assert "! Too short" in shown.text
    assert (taken, scene.slack.modal(scene.ada)) == ({}, None)


async def test_objections_come_by_http_too(by_http: Scene) -> None:
    """The answer to a signed request does the same as the one over a socket."""
    scene = by_http
    scene.app.answers["view_submission"] = {"response_action": "errors", "errors": {"text": "Too short"}}
    await scene.opens(scene.ada, form(entry("Text")))

    assert await scene.slack.submit(scene.ada, {"Text": "a"}) == {"Text": "Too short"}


async def test_an_objection_to_no_field_is_trouble(by_socket: Scene) -> None:
    """Errors for something that is not a field are not shown: the person sees only that something failed."""
    scene = by_socket
    scene.app.answers["view_submission"] = {"response_action": "errors", "errors": {"elsewhere": "no"}}
    await scene.opens(scene.ada, form(entry("Text")))
    errors = await scene.slack.submit(scene.ada, {"Text": "a"})

    assert list(errors) == [""]
    assert [trouble.user for trouble in scene.slack.world.troubles] == [scene.ada.id]


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({}, ["First"]),
        ({"response_action": "clear"}, []),
        ({"response_action": "update", "view": form(section("x"), title=words("Other"))}, ["First", "Other"]),
        (
            {"response_action": "push", "view": form(section("x"), title=words("Third"))},
            ["First", "Second", "Third"],
        ),
        ({"response_action": "update", "view": too_long_title()}, ["First", "Second"]),
    ],
)
async def test_an_answer_moves_the_stack(by_socket: Scene, answer: Json, titles: list[str]) -> None:
    """Answers to a submission close, clear, replace and push; a bad view leaves things as they were."""
    scene = by_socket
    scene.app.answers["view_submission"] = answer
    await scene.opens(scene.ada, form(section("x"), title=words("First")))
    trigger = scene.slack.world.new_trigger(scene.ada.id)
    await scene.client.views_push(trigger_id=trigger, view=form(entry("Text"), title=words("Second")))
    await scene.slack.submit(scene.ada, {"Text": "x"})

    assert [v.content["title"]["text"] for v in scene.slack.world.modals[scene.ada.id]] == titles


async def test_a_trigger_works_once_and_soon(scene: Scene) -> None:
    """A used, a late and an unknown trigger are refused, each by its own error."""
    world, view = scene.slack.world, form(section("x"))
    used, late = world.new_trigger(scene.ada.id), world.new_trigger(scene.ada.id)
    await scene.client.views_open(trigger_id=used, view=view)
    scene.clock.ahead += 3.1

    assert await refusal(scene.client.views_open(trigger_id=used, view=view)) == "exchanged_trigger_id"
    assert await refusal(scene.client.views_open(trigger_id=late, view=view)) == "expired_trigger_id"
    assert await refusal(scene.client.views_open(trigger_id="x", view=view)) == "invalid_trigger_id"


@pytest.mark.parametrize(
    "view",
    [
        too_long_title(),
        form(section("x"), submit=words("x" * 25)),
        form(entry("Text"), submit=None),
        form(section("x"), private_metadata="x" * 3001),
        form(entry("Drink", "static_select", options=[])),
        form(entry("Drink", "static_select", options=[option("x" * 76, "v")])),
        form(entry("Drink", "radio_buttons", options=[option(str(n), str(n)) for n in range(11)])),
        form(entry("A"), entry("A")),
        form(*[section("x")] * 101),
    ],
)
async def test_a_view_beyond_the_limits_is_refused(scene: Scene, view: Json) -> None:
    """Titles over 24 characters, too many options and the like are refused, and the trigger stays unused."""
    trigger = scene.slack.world.new_trigger(scene.ada.id)

    assert await refusal(scene.client.views_open(trigger_id=trigger, view=view)) == "invalid_arguments"
    await scene.client.views_open(trigger_id=trigger, view=form(section("x")))


async def test_racing_updates_are_told_apart_by_the_hash(scene: Scene) -> None:
    """An update with an old hash is refused; what was filled in survives an update with the same ids."""
    trigger = scene.slack.world.new_trigger(scene.ada.id)
    opened = await scene.client.views_open(trigger_id=trigger, view=form(entry("Text")))
    view_id, old = opened["view"]["id"], opened["view"]["hash"]
    await scene.slack.fill(scene.ada, {"Text": "kept"})
    await scene.client.views_update(view_id=view_id, hash=old, view=form(section("New"), entry("Text")))
    again = scene.client.views_update(view_id=view_id, hash=old, view=form(section("x")))
    shown = scene.slack.modal(scene.ada)

    assert await refusal(again) == "hash_conflict"
    assert shown is not None
    assert shown.fields["Text"].state["value"] == "kept"


async def test_a_stack_holds_three(scene: Scene) -> None:
    """A fourth view on top of the others is refused."""
    await scene.opens(scene.ada, form(section("x")))
    triggers = [scene.slack.world.new_trigger(scene.ada.id) for _ in range(3)]
    for trigger in triggers[:2]:
        await scene.client.views_push(trigger_id=trigger, view=form(section("x")))

    push = scene.client.views_push(trigger_id=triggers[2], view=form(section("x")))
    assert await refusal(push) == "push_limit_reached"


async def test_buttons_and_lists_in_a_form_tell_the_app_at_once(by_socket: Scene) -> None:
    """A press or a choice in a modal carries the view and no channel; closing tells those who asked."""
    scene = by_socket
    pick = {"type": "static_select", "action_id": "pick", "placeholder": words("Choose"), "options": CHOICES}
    await scene.opens(scene.ada, form(actions(button("More"), pick), entry("Text"), notify_on_close=True))
    await scene.slack.press_in_modal(scene.ada, "More")
    await scene.slack.fill(scene.ada, {"Choose": "Coffee"})
    await scene.slack.close_modal(scene.ada)

    pressed, picked = scene.app.of("block_actions")
    (closed,) = scene.app.of("view_closed")
    assert pressed["actions"][0]["action_id"] == "go"
    assert picked["actions"][0]["selected_option"]["value"] == "c"
    assert pressed["container"] == {"type": "view", "view_id": closed["view"]["id"]}
    assert "channel" not in pressed
    assert scene.slack.modal(scene.ada) is None


async def test_the_home_shows_what_was_published(by_socket: Scene) -> None:
    """Opening the home tells the app; its buttons work, and the messages tab tells the app too."""
    scene = by_socket
    home = {"type": "home", "blocks": [section("Your *open* matters"), actions(button("Refresh"))]}
    await scene.client.views_publish(user_id=scene.ada.id, view=home)
    await scene.slack.open_home(scene.ada)
    await scene.slack.open_home(scene.ada, tab="messages")
    await scene.slack.press_home(scene.ada, "Refresh")

    shown = scene.slack.home(scene.ada)
    assert shown is not None
    assert plain(shown) == "Your open matters\n[Refresh]"
    assert [body["event"]["tab"] for body in scene.app.of("app_home_opened")] == ["home", "messages"]
    assert scene.app.of("block_actions")[0]["view"]["id"] == shown.id
    with pytest.raises(NotThere):
        await scene.slack.press_home(scene.bo, "Refresh")


async def test_a_silent_app_leaves_the_form_open(scene: Scene) -> None:
    """When nobody answers a submission the person is told, and the form stays."""
    await scene.opens(scene.ada, form(entry("Text")))
    errors = await scene.slack.submit(scene.ada, {"Text": "x"})
    shown = scene.slack.modal(scene.ada)

    assert shown is not None
    assert errors == {"": shown.trouble}
