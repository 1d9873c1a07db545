"""Cards and the values in their texts as JSON and back, unchanged: that is how they wait in the outbox.

What cannot be read is refused with ``ValueError``; nothing is guessed.
"""

from datetime import date, datetime
from typing import TypeAlias

from handlers.kit.ui import (
    Action,
    Button,
    Card,
    Document,
    Element,
    Fact,
    Instant,
    Items,
    Line,
    Link,
    Mention,
    Picture,
    Row,
    Text,
    Value,
)

Json: TypeAlias = "str | int | list[Json] | dict[str, Json] | None"


def value_to_json(value: Value) -> Json:
    """Any value of a text as JSON; only a number and somebody's words stand bare. What is as usual is left out."""
    match value:
        case str() | int():
            return value
        case Text() if not value.vars:
            return {"t": value.key}
        case Text():
            return {"t": value.key, "v": {name: value_to_json(each) for name, each in value.vars.items()}}
        case Mention():
            return {"m": value.person, "n": value.name}
        case Instant():
            return {"i": value.at.isoformat(), "z": value.zone}
        case Items():
            return {"l": [value_to_json(each) for each in value.values]}
        case date():
            return {"d": value.isoformat()}


def value_from_json(raw: Json) -> Value:
    """The reverse of :func:`value_to_json`."""
    match raw:
        case str() | int():
            return raw
        case {"t": str(key), "v": dict(values)}:
            return Text(key, {name: value_from_json(each) for name, each in values.items()})
        case {"t": str(key), **more} if not more:
            return Text(key)
        case {"m": int(person), "n": str(name)}:
            return Mention(person, name)
        case {"i": str(at), "z": str(zone)}:
            return Instant(datetime.fromisoformat(at), zone)
        case {"l": list(values)}:
            return Items(tuple(map(value_from_json, values)))
        case {"d": str(day)}:
            return date.fromisoformat(day)
        case _:
            raise ValueError("not a value of a text")


def _text(raw: Json) -> Text:
    value = value_from_json(raw)
    if not isinstance(value, Text):
        raise ValueError("expected a text")  # noqa: TRY004 - one kind of trouble for a card that cannot be read
    return value


def _button_to_json(button: Button | Link) -> Json:
    if isinstance(button, Link):
        return {"label": value_to_json(button.label), "url": button.url}
    out: dict[str, Json] = {
        "label": value_to_json(button.label),
        "do": [button.action.name, *button.action.args],
    }
    if button.style != "plain":
        out["style"] = button.style
    if button.confirm:
        out["confirm"] = value_to_json(button.confirm)
    if button.private:
        out["private"] = 1
    if button.action.forum is not None:
        out["forum"] = button.action.forum
    return out


def _button_from_json(raw: Json) -> Button | Link:
    if not isinstance(raw, dict):
        raise ValueError("not a button")  # noqa: TRY004
    match {"style": "plain", **raw}:
        case {"label": label, "url": str(url)}:
            return Link(_text(label), url)
        case {"label": label, "do": [str(name), *args], "style": ("plain" | "primary" | "danger") as style}:
            forum = raw.get("forum")
            known = tuple(each for each in args if isinstance(each, str | int))
            action = Action(name, known, forum if isinstance(forum, int) else None)
            confirm = _text(raw["confirm"]) if "confirm" in raw else None
            return Button(_text(label), action, style, confirm, "private" in raw)
        case _:
            raise ValueError("not a button")


def _element_to_json(element: Element) -> Json:
    match element:
        case Line():
            return {"line": value_to_json(element.text), "style": element.style}
        case Fact():
            return {"label": value_to_json(element.label), "fact": value_to_json(element.value)}
        case Row():
            return {"row": [_button_to_json(each) for each in element.buttons]}
        case Picture():
            return {
                "picture": element.drawing,
                "data": element.data,
                "alt": value_to_json(element.alt),
                "labels": {name: value_to_json(each) for name, each in element.labels.items()},
            }
        case Document():
            return {
                "document": element.kind,
                "name": element.name,
                "data": element.data,
                "instead": value_to_json(element.instead),
            }


def _element_from_json(raw: Json) -> Element:
    match raw:
        case {"line": line, "style": ("plain" | "quote" | "small" | "item" | "heading") as style}:
            return Line(_text(line), style)
        case {"label": label, "fact": fact}:
            return Fact(_text(label), value_from_json(fact))
        case {"row": list(buttons)}:
            return Row(tuple(map(_button_from_json, buttons)))
        case {"picture": str(drawing), "data": str(data), "alt": alt, "labels": dict(labels)}:
            return Picture(drawing, data, _text(alt), {name: _text(each) for name, each in labels.items()})
        case {"document": str(kind), "name": str(name), "data": str(data), "instead": instead}:
            return Document(kind, name, data, _text(instead))
        case _:
            raise ValueError("not an element of a card")


def card_to_json(card: Card) -> Json:
    """A card as JSON, for the outbox."""
    return {
        "name": card.name,
        "title": value_to_json(card.title),
        "body": [_element_to_json(each) for each in card.body],
    }


def card_from_json(raw: Json) -> Card:
    """The reverse of :func:`card_to_json`; raises ``ValueError`` when the JSON is no card."""
    match raw:
        case {"name": str(name), "title": title, "body": list(body)}:
            return Card(_text(title), tuple(map(_element_from_json, body)), name)
        case _:
            raise ValueError("not a card")
