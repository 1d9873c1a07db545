"""The size limits and shapes that the platform holds blocks and views to.

Every complaint carries a pointer to the place, as in the platform's own `response_metadata.messages`. The
figures come from the Block Kit reference: https://docs.slack.dev/reference/block-kit
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.playground.slack.world import Json, SlackRefusal, World

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
METADATA = 3000
VIEW_WORDS = 24
ID = 255
MARKDOWN = 12_000
ACTIONS = 25
CONTEXT = 10
FIELDS = 10
TABLE_ROWS, TABLE_COLUMNS = 100, 20
OPTIONS = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}
SELECT_OPTIONS = 100
SELECTS = ("static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes")
INPUTS = frozenset(
    {"plain_text_input", "static_select", "multi_static_select", "radio_buttons", "checkboxes", "datepicker"}
    | {"users_select", "multi_users_select", "timepicker", "datetimepicker", "number_input"}
    | {"email_text_input", "url_text_input", "conversations_select", "channels_select", "rich_text_input"}
)
INTERACTIVE = INPUTS | {"button", "overflow"}
BLOCK_TYPES = frozenset(
    {"section", "header", "divider", "context", "actions", "input", "image", "rich_text", "markdown"}
    | {"table", "file", "video"}
)


@dataclass(slots=True)
class _Inspection:
    """What is wrong so far, and which ids have been seen."""

    wrong: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)

    def say(self, problem: str, pointer: str) -> None:
        self.wrong.append(f"[ERROR] {problem} [json-pointer:{pointer}]")

    def at_most(self, value: object, limit: int, pointer: str) -> None:
        if isinstance(value, str) and len(value) > limit:
            self.say(f"must be less than {limit + 1} characters", pointer)

    def count(self, items: object, limit: int, pointer: str) -> None:
        if not isinstance(items, list) or not items:
            self.say("must provide at least 1 item", pointer)
        elif len(items) > limit:
            self.say(f"no more than {limit} items allowed", pointer)

    def text(self, thing: object, limit: int, pointer: str, *, plain: bool = False) -> None:
        """Hold a text object to its shape: its kind, not empty, not too long."""
        if not isinstance(thing, dict) or not isinstance(thing.get("text"), str):
            self.say("missing required field: text", pointer)
            return
        if thing.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
            self.say("unsupported type of text", f"{pointer}/type")
        if not thing["text"]:
            self.say("must be more than 0 characters", f"{pointer}/text")
        self.at_most(thing["text"], limit, f"{pointer}/text")


def check_message_blocks(blocks: object) -> list[Json]:
    """Give the blocks back, or refuse a message that the platform would not take."""
    look = _Inspection()
    if not isinstance(blocks, list):
        raise SlackRefusal("invalid_blocks_format")
    if len(blocks) > MESSAGE_BLOCKS:
        look.say(f"no more than {MESSAGE_BLOCKS} items allowed", "/blocks")
    _blocks(look, blocks, "/blocks")
    tables = sum(1 for block in blocks if isinstance(block, dict) and block.get("type") == "table")
    if tables > 1:
        raise SlackRefusal("invalid_attachments", "[ERROR] only one table is allowed per message")
    if look.wrong:
        raise SlackRefusal("invalid_blocks", *look.wrong)
    return blocks


def check_view(view: object, *kinds: str) -> Json:
    """Give the view back, or refuse one that the platform would not show."""
    look = _Inspection()
    if not isinstance(view, dict) or view.get("type") not in kinds:
        raise SlackRefusal(
            "invalid_arguments", "[ERROR] missing required field: type [json-pointer:/view/type]"
        )
    if len(json.dumps(view)) > VIEW_BYTES:
        raise SlackRefusal("view_too_large")
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        look.say("missing required field: blocks", "/view/blocks")
        blocks = []
    if len(blocks) > VIEW_BLOCKS:
        look.say(f"no more than {VIEW_BLOCKS} items allowed", "/view/blocks")
    if view["type"] == "modal":
        _modal_words(look, view, blocks)
    look.at_most(view.get("private_metadata"), METADATA, "/view/private_metadata")
    look.at_most(view.get("callback_id"), ID, "/view/callback_id")
    look.at_most(view.get("external_id"), ID, "/view/external_id")
    _blocks(look, blocks, "/view/blocks")
    if look.wrong:
        raise SlackRefusal("invalid_arguments", *look.wrong)
    return view


def with_ids(world: World, blocks: list[Json]) -> list[Json]:
    """Give a copy in which the blocks and elements without an id have got one."""
    copied: list[Json] = json.loads(json.dumps(blocks))
    for block in copied:
        block.setdefault("block_id", world.fresh("b"))
        for element in elements_of(block):
            if element.get("type") in INTERACTIVE:
                element.setdefault("action_id", world.fresh("a"))
    return copied


def elements_of(block: Json) -> Iterator[Json]:
    """Give whatever can be pressed or filled in within a block."""
    kind = block.get("type")
    if kind in ("actions", "context"):
        yield from block.get("elements", [])
    elif kind == "section" and "accessory" in block:
        yield block["accessory"]
    elif kind == "input":
        yield block["element"]


def _modal_words(look: _Inspection, view: Json, blocks: list[Json]) -> None:
    look.text(view.get("title"), VIEW_WORDS, "/view/title", plain=True)
    for word in ("submit", "close"):
        if view.get(word) is not None:
            look.text(view[word], VIEW_WORDS, f"/view/{word}", plain=True)
    if view.get("submit") is None and any(block.get("type") == "input" for block in blocks):
        look.say("must define `submit` to use an `input` block in modals", "/view")


def _blocks(look: _Inspection, blocks: list[Json], pointer: str) -> None:
    written = 0
    for index, block in enumerate(blocks):
        here = f"{pointer}/{index}"
        kind = block.get("type")
        if kind not in BLOCK_TYPES:
            look.say("unsupported type of block", f"{here}/type")
            continue
        _block_id(look, block, here)
        check = _CHECKS.get(kind)
        if check is not None:
            check(look, block, here)
        written += len(block.get("text", "")) if kind == "markdown" else 0
    if written > MARKDOWN:
        look.say(f"must be less than {MARKDOWN + 1} characters", pointer)


def _block_id(look: _Inspection, block: Json, pointer: str) -> None:
    block_id = block.get("block_id")
    if block_id is None:
        return
    look.at_most(block_id, ID, f"{pointer}/block_id")
    if block_id in look.block_ids:
        look.say(f"`block_id` {block_id} already exists", f"{pointer}/block_id")
    look.block_ids.add(block_id)


def _section(look: _Inspection, block: Json, pointer: str) -> None:
    if "text" not in block and "fields" not in block:
        look.say("must contain either text or fields", pointer)
    if "text" in block:
        look.text(block["text"], 3000, f"{pointer}/text")
    if "fields" in block:
        look.count(block["fields"], FIELDS, f"{pointer}/fields")
        for index, item in enumerate(block["fields"]):
            look.text(item, 2000, f"{pointer}/fields/{index}")
    if "accessory" in block:
        _element(
            look, block["accessory"], f"{pointer}/accessory", {*INTERACTIVE, "image"} - {"plain_text_input"}
        )


def _header(look: _Inspection, block: Json, pointer: str) -> None:
    look.text(block.get("text"), 150, f"{pointer}/text", plain=True)


def _context(look: _Inspection, block: Json, pointer: str) -> None:
    look.count(block.get("elements"), CONTEXT, f"{pointer}/elements")
    for index, item in enumerate(block.get("elements") or []):
        if item.get("type") == "image":
            _image(look, item, f"{pointer}/elements/{index}")
        else:
            look.text(item, 3000, f"{pointer}/elements/{index}")


def _actions(look: _Inspection, block: Json, pointer: str) -> None:
    look.count(block.get("elements"), ACTIONS, f"{pointer}/elements")
    seen: set[str] = set()
    for index, element in enumerate(block.get("elements") or []):
        here = f"{pointer}/elements/{index}"
        _element(look, element, here, INTERACTIVE - {"plain_text_input"})
        action_id = element.get("action_id")
        if action_id is not None and action_id in seen:
            look.say(f"`action_id` {action_id} already exists", f"{here}/action_id")
        seen.add(action_id)


def _input(look: _Inspection, block: Json, pointer: str) -> None:
    look.text(block.get("label"), 2000, f"{pointer}/label", plain=True)
    if "hint" in block:
        look.text(block["hint"], 2000, f"{pointer}/hint", plain=True)
    _element(look, block.get("element"), f"{pointer}/element", INPUTS)


def _image(look: _Inspection, block: Json, pointer: str) -> None:
    if not block.get("alt_text"):
        look.say("missing required field: alt_text", pointer)
    look.at_most(block.get("alt_text"), 2000, f"{pointer}/alt_text")
    if not block.get("image_url") and not block.get("slack_file"):
        look.say("missing required field: image_url", pointer)
    look.at_most(block.get("image_url"), 3000, f"{pointer}/image_url")


def _table(look: _Inspection, block: Json, pointer: str) -> None:
    rows = block.get("rows")
    look.count(rows, TABLE_ROWS, f"{pointer}/rows")
    for index, row in enumerate(rows or []):
        look.count(row, TABLE_COLUMNS, f"{pointer}/rows/{index}")
        for column, cell in enumerate(row):
            if cell.get("type") == "raw_text" and not cell.get("text"):
                look.say("must be more than 0 characters", f"{pointer}/rows/{index}/{column}/text")


def _markdown(look: _Inspection, block: Json, pointer: str) -> None:
    if not block.get("text"):
        look.say("must be more than 0 characters", f"{pointer}/text")


def _rich_text(look: _Inspection, block: Json, pointer: str) -> None:
    if not isinstance(block.get("elements"), list):
        look.say("missing required field: elements", f"{pointer}/elements")


def _element(look: _Inspection, element: object, pointer: str, allowed: frozenset[str] | set[str]) -> None:
    if not isinstance(element, dict) or element.get("type") not in allowed:
        look.say("unsupported type of element", f"{pointer}/type")
        return
    look.at_most(element.get("action_id"), ID, f"{pointer}/action_id")
    if "placeholder" in element:
        look.text(element["placeholder"], 150, f"{pointer}/placeholder", plain=True)
    if "confirm" in element:
        _confirm(look, element["confirm"], f"{pointer}/confirm")
    if element["type"] == "button":
        _button(look, element, pointer)
    elif element["type"] in SELECTS:
        _options(look, element, pointer)
    elif element["type"] == "image":
        _image(look, element, pointer)


def _button(look: _Inspection, element: Json, pointer: str) -> None:
    look.text(element.get("text"), 75, f"{pointer}/text", plain=True)
    look.at_most(element.get("value"), 2000, f"{pointer}/value")
    look.at_most(element.get("url"), 3000, f"{pointer}/url")
    if element.get("style") not in (None, "primary", "danger"):
        look.say("invalid style", f"{pointer}/style")
    if "value" in element and not isinstance(element["value"], str):
        look.say("must be a string", f"{pointer}/value")


def _confirm(look: _Inspection, confirm: Json, pointer: str) -> None:
    look.text(confirm.get("title"), 100, f"{pointer}/title", plain=True)
    look.text(confirm.get("text"), 300, f"{pointer}/text")
    for word in ("confirm", "deny"):
        look.text(confirm.get(word), 30, f"{pointer}/{word}", plain=True)


def _options(look: _Inspection, element: Json, pointer: str) -> None:
    groups = element.get("option_groups")
    options = element.get("options") or [o for group in groups or [] for o in group.get("options", [])]
    limit = OPTIONS.get(element["type"], SELECT_OPTIONS) * (1 if groups is None else len(groups))
    look.count(options, limit, f"{pointer}/options")
    for index, option in enumerate(options):
        here = f"{pointer}/options/{index}"
        look.text(option.get("text"), 75, f"{here}/text")
        if not isinstance(option.get("value"), str):
            look.say("missing required field: value", here)
        look.at_most(option.get("value"), 150, f"{here}/value")
        if "description" in option:
            look.text(option["description"], 75, f"{here}/description")
    for name in ("initial_option", "initial_options"):
        chosen = element.get(name, [])
        for option in chosen if isinstance(chosen, list) else [chosen]:
            if option not in options:
                look.say("must be one of the options", f"{pointer}/{name}")


_CHECKS: dict[str, Callable[[_Inspection, Json, str], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "table": _table,
    "markdown": _markdown,
    "rich_text": _rich_text,
}
