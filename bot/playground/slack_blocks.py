"""From the blocks of a message, a modal or a home to the pieces that the page draws.

Both kinds of Slack's text are understood: rich text, where every run carries its own style, and mrkdwn, where the
notation is resolved to plain words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.playground.pieces import Json, buttons, document, is_picture, paragraph, picture, run
from bot.playground.slack import visible
from bot.playground.slack.plain import label_of, options_of
from bot.playground.slack.world import File

_NO_VALUES: Mapping[tuple[str, str], Json] = {}
_NO_ERRORS: Mapping[str, str] = {}
_LISTS = {"ordered": "1.", "bullet": "•"}
_KINDS = {
    "static_select": "one",
    "radio_buttons": "one",
    "users_select": "one",
    "multi_static_select": "many",
    "checkboxes": "many",
    "multi_users_select": "many",
    "datepicker": "date",
    "timepicker": "time",
    "number_input": "number",
    "email_text_input": "email",
    "url_text_input": "url",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing needs beside the blocks: names behind ids, what is filled in and what was objected to."""

    names: Mapping[str, str]
    values: Mapping[tuple[str, str], Json] = field(default_factory=lambda: _NO_VALUES)
    errors: Mapping[str, str] = field(default_factory=lambda: _NO_ERRORS)

    def file(self, file: File) -> Json:
        """An uploaded file."""
        src, name = f"/api/files/slack/{file.id}", file.title or file.name
        shown = file.content is not None and is_picture(file.content)
        return picture(src, file.alt_txt or name) if shown else document(src, name)


def read(blocks: Iterable[Json], drawing: Drawing) -> list[Json]:
    """The pieces of some blocks, in their order. Kinds that the page cannot draw are left out."""
    return [
        piece
        for block in blocks
        if block["type"] in _READERS
        for piece in _READERS[block["type"]](block, drawing)
    ]


def _section(block: Json, drawing: Drawing) -> list[Json]:
    texts = [block["text"]] if "text" in block else []
    pieces = [_text(each, drawing, "plain") for each in (*texts, *block.get("fields", []))]
    return pieces + _pressables([block["accessory"]] if "accessory" in block else [], drawing)


def _text(thing: Json, drawing: Drawing, style: str) -> Json:
    words = thing["text"] if thing["type"] == "plain_text" else visible(thing["text"], drawing.names)
    return paragraph([run(words)], style)


def _context(block: Json, drawing: Drawing) -> list[Json]:
    return [
        picture("", each["alt_text"]) if each["type"] == "image" else _text(each, drawing, "small")
        for each in block["elements"]
    ]


def _actions(block: Json, drawing: Drawing) -> list[Json]:
    return _pressables(block["elements"], drawing)


def _pressables(elements: list[Json], drawing: Drawing) -> list[Json]:
    row = [_button(each, drawing) for each in elements if each["type"] == "button"]
    return [buttons(row)] if row else []


def _button(element: Json, drawing: Drawing) -> Json:
    raw: Json = {
        "label": label_of(element),
        "style": element.get("style", "plain"),
        "press": {"action": element.get("action_id", ""), "value": element.get("value")},
    }
    if "url" in element:
        raw["href"] = element["url"]
    asked = element.get("confirm")
    if asked:
        raw["confirm"] = {
            "title": asked["title"]["text"],
            "words": visible(asked["text"]["text"], drawing.names),
            "yes": asked["confirm"]["text"],
            "no": asked["deny"]["text"],
        }
    return raw


def _image(block: Json, _drawing: Drawing) -> list[Json]:
    known = block.get("slack_file", {}).get("id")
    return [picture(f"/api/files/slack/{known}" if known else "", block["alt_text"])]


def _table(block: Json, drawing: Drawing) -> list[Json]:
    return [
        paragraph([run(" · ".join("".join(r["words"] for r in _runs(cell, drawing)) for cell in row))])
        for row in block["rows"]
    ]


# --- Rich text -------------------------------------------------------------------------------------------------


def _rich(block: Json, drawing: Drawing) -> list[Json]:
    pieces = []
    for part in block["elements"]:
        match part["type"]:
            case "rich_text_list":
                mark = _LISTS.get(part.get("style", "bullet"), "•")
                items = [[run(f"{mark} "), *_runs(each, drawing)] for each in part["elements"]]
                pieces += [paragraph(each, "item") for each in items]
            case "rich_text_quote":
                pieces.append(paragraph(_runs(part, drawing), "quote"))
            case "rich_text_preformatted":
                pieces.append(paragraph(_runs(part, drawing), "code"))
            case _:
                pieces.append(paragraph(_runs(part, drawing)))
    return pieces


def _runs(part: Json, drawing: Drawing) -> list[Json]:
    if part["type"] == "raw_text":
        return [run(part["text"])]
    return [_run(each, drawing) for each in part["elements"]]


def _run(element: Json, drawing: Drawing) -> Json:
    styles = [name for name, on in element.get("style", {}).items() if on]
    match element["type"]:
        case "user":
            return run("@" + drawing.names.get(element["user_id"], "någon"), who=True, styles=styles)
        case "link":
            return run(element.get("text") or element["url"], href=element["url"], styles=styles)
        case "channel":
            return run("#" + drawing.names.get(element["channel_id"], "kanal"), styles=styles)
        case "emoji":
            return run(f":{element['name']}:", styles=styles)
        case _:
            return run(element.get("text", ""), styles=styles)


# --- Fields ----------------------------------------------------------------------------------------------------


def _input(block: Json, drawing: Drawing) -> list[Json]:
    element = block["element"]
    key = (block["block_id"], element["action_id"])
    raw: Json = {
        "kind": "field",
        "key": "/".join(key),
        "label": block["label"]["text"],
        "hint": (block.get("hint") or {}).get("text", ""),
        "optional": bool(block.get("optional")),
        "type": _KINDS.get(element["type"], "lines" if element.get("multiline") else "line"),
        "value": _filled(drawing.values.get(key, {})),
        "error": drawing.errors.get(block["block_id"], ""),
        "longest": element.get("max_length", 3000),
    }
    if raw["type"] in ("one", "many"):
        raw["options"] = _options(element, drawing)
        raw["list"] = "select" in element["type"]
    return [raw]


def _options(element: Json, drawing: Drawing) -> list[Json]:
    if "users" in element["type"]:
        return [{"value": user, "label": name} for user, name in drawing.names.items()]
    return [{"value": each["value"], "label": each["text"]["text"]} for each in options_of(element)]


def _filled(state: Json) -> list[str]:
    """What is filled in, as the values of a browser's fields."""
    value = next((each for key, each in state.items() if key != "type"), None)
    many = value if isinstance(value, list) else [] if value is None else [value]
    return [str(each["value"]) if isinstance(each, dict) else str(each) for each in many]


_READERS: dict[str, Callable[[Json, Drawing], list[Json]]] = {
    "header": lambda block, drawing: [_text(block["text"], drawing, "title")],
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "table": _table,
    "rich_text": _rich,
    "markdown": lambda block, _drawing: [paragraph([run(block["text"])])],
    "divider": lambda _block, _drawing: [{"kind": "divider"}],
}
