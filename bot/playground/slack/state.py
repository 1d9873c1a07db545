"""What is filled in on a modal, in the platform's own shapes.

`view.state.values[block_id][action_id]` looks different for every kind of field. A person fills a field by the
words they see; this module turns those words into that shape, and says what the platform itself objects to
before the app is even asked.
"""

import re
from collections.abc import Iterator

from bot.playground.slack.blocks import INPUTS, elements_of
from bot.playground.slack.plain import label_of, options_of
from bot.playground.slack.world import Json, NotThere, View, World

Filling = str | list[str]

_KEYS = {
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}
_INITIAL = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_channel": "initial_channel",
    "value": "initial_value",
}
_MANY = ("selected_options", "selected_users")
_SHAPES = {
    "datepicker": re.compile(r"\d{4}-\d\d-\d\d"),
    "timepicker": re.compile(r"\d\d:\d\d"),
    "number_input": re.compile(r"-?\d+(\.\d+)?"),
    "email_text_input": re.compile(r"[^@\s]+@[^@\s]+"),
    "url_text_input": re.compile(r"https?://\S+"),
}
REQUIRED = "Please complete this required field."
TOO_LONG = "Please shorten this."
TOO_SHORT = "Please write more."
WRONG_SHAPE = "Please enter a valid value."


def fields_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Give every (block, element) in which something can be filled in."""
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in INPUTS:
                yield block, element


def field_label(block: Json, element: Json) -> str:
    """Give the words beside a field: its label, or for a loose field its placeholder or the section's text."""
    if block["type"] == "input":
        label: str = block["label"]["text"]
        return label
    words = block.get("text", {}).get("text", "") if block["type"] == "section" else ""
    return label_of(element) or words


def initial(element: Json) -> Json:
    """Give a field as it is before anybody touches it."""
    key = _KEYS.get(element["type"], "value")
    empty: list[str] | None = [] if key in _MANY else None
    return {"type": element["type"], key: element.get(_INITIAL[key], empty)}


def carry_over(view: View) -> None:
    """Keep what was filled in where block and action ids are the same as before; the rest starts fresh."""
    kept: dict[tuple[str, str], Json] = {}
    for block, element in fields_of(view.blocks):
        key = (block["block_id"], element["action_id"])
        before = view.values.get(key)
        same = before is not None and before["type"] == element["type"]
        kept[key] = before if before is not None and same else initial(element)
    view.values = kept


def state_of(blocks: list[Json], values: dict[tuple[str, str], Json]) -> Json:
    """Give `state` as payloads carry it."""
    found: dict[str, Json] = {}
    for block, element in fields_of(blocks):
        key = (block["block_id"], element["action_id"])
        found.setdefault(key[0], {})[key[1]] = values.get(key) or initial(element)
    return {"values": found}


def find_field(view: View, label: str) -> tuple[Json, Json]:
    """Find a field by the words beside it, or by its action id."""
    for block, element in fields_of(view.blocks):
        if label in (field_label(block, element), element["action_id"]):
            return block, element
    there = [field_label(block, element) for block, element in fields_of(view.blocks)]
    raise NotThere(f"no field {label!r} among {there}")


def filled(world: World, element: Json, filling: Filling) -> Json:
    """Give a field with this in it; an empty string empties it."""
    key = _KEYS.get(element["type"], "value")
    words = [filling] if isinstance(filling, str) else filling
    words = [word for word in words if word]
    chosen: list[object]
    if key in ("selected_option", "selected_options"):
        chosen = [choice(element, word) for word in words]
    elif key in ("selected_user", "selected_users"):
        chosen = [_person(world, word) for word in words]
    elif key == "selected_date_time":
        chosen = [int(word) for word in words]
    else:
        chosen = list(words)
    return {"type": element["type"], key: chosen if key in _MANY else chosen[0] if chosen else None}


def choice(element: Json, wanted: str) -> Json:
    """Find an option by its words, or else by its value."""
    options = options_of(element)
    for option in options:
        if option["text"]["text"] == wanted:
            return dict(option)
    for option in options:
        if option["value"] == wanted:
            return dict(option)
    raise NotThere(f"no option {wanted!r} among {[option['text']['text'] for option in options]}")


def objections(view: View) -> dict[str, str]:
    """Give what the platform's own app objects to, by block id, without asking the bot."""
    found: dict[str, str] = {}
    for block, element in fields_of(view.blocks):
        if block["type"] != "input":
            continue
        state = view.values[block["block_id"], element["action_id"]]
        objection = _objection(block, element, state)
        if objection:
            found[block["block_id"]] = objection
    return found


def _objection(block: Json, element: Json, state: Json) -> str:
    value = next(value for key, value in state.items() if key != "type")
    if not value:
        return "" if block.get("optional") else REQUIRED
    shape = _SHAPES.get(element["type"])
    if shape is not None and not shape.fullmatch(str(value)):
        return WRONG_SHAPE
    if element["type"] == "plain_text_input":
        if len(value) > element.get("max_length", 3000):
            return TOO_LONG
        if len(value) < element.get("min_length", 0):
            return TOO_SHORT
    return ""


def _person(world: World, wanted: str) -> str:
    for user in world.users.values():
        if wanted.removeprefix("@") in (user.id, user.name, user.real_name):
            return user.id
    raise NotThere(f"nobody called {wanted!r}")
