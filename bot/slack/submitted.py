"""A modal sent in: what it carried along unseen, and the answers in it.

``private_metadata`` holds what the submission itself does not tell: the form's action, where it was opened, and the
hidden fields. The answers lie under block id and action id, each kind of field in a shape of its own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.shapes import Json, Unreadable, id_or_none, inner, inner_or_empty, known_id, said, stamp
from bot.speech import clean
from handlers.kit.inbound import Account, Chat, Submit

FORM = "form"
"""The callback id of every modal of ours."""
LONGEST_ANSWER = 3000
"""https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element: at most 3000 characters."""


@dataclass(frozen=True, slots=True)
class Luggage:
    """What a modal carries along unseen."""

    data: str
    chat: str = ""
    thread: str = ""
    hidden: Mapping[str, str] | None = None

    def pack(self) -> str:
        """As ``private_metadata``."""
        packed = {"d": self.data, "c": self.chat, "t": self.thread, "h": dict(self.hidden or {})}
        return json.dumps(
            {name: each for name, each in packed.items() if each}, ensure_ascii=False, separators=(",", ":")
        )

    @staticmethod
    def unpack(packed: str) -> "Luggage":
        """The reverse of :meth:`pack`; raises ``Unreadable``."""
        try:
            found = json.loads(packed)
        except (ValueError, RecursionError):
            raise Unreadable("private_metadata is no JSON") from None
        if not isinstance(found, dict):
            raise Unreadable("private_metadata is no object")
        hidden = {name: clean(said(inner(found, "h"), name)) for name in inner_or_empty(found, "h")}
        data = clean(said(found, "d"))
        if not data:
            raise Unreadable("private_metadata names no form")
        return Luggage(data, id_or_none(found, "c"), id_or_none(found, "t"), hidden)


def submitted(view: Json, who: Account, team: str) -> Submit | None:
    """The submission of a form of ours.

    The key names the view as it stood: a doubled press is one submission. Slack changes neither the id nor the hash of
    a view that it objects to, so a corrected one has the same key; the engine has let it go.
    """
    if view.get("callback_id") != FORM:
        return None
    luggage = Luggage.unpack(said(view, "private_metadata"))
    given = inner_or_empty(inner_or_empty(view, "state"), "values")
    answers = {key: _answer(each) for key, each in given.items()}
    view_id, made = known_id(view, "id"), id_or_none(view, "hash") or "0"
    private = luggage.chat[:1] in ("U", "W")
    return Submit(
        key=f"{stamp(made)}:slack:{view_id}:{made}",
        who=who,
        chat=Chat("slack", team, luggage.chat, private=private) if luggage.chat else None,
        thread=luggage.thread,
        data=luggage.data,
        answers={**(luggage.hidden or {}), **answers},
    )


def _answer(block: Any) -> str:  # noqa: ANN401 - whatever the JSON holds
    """The raw answer in a block; each block of ours holds one field."""
    field = next(iter(block.values()), None) if isinstance(block, dict) else None
    if not isinstance(field, dict):
        raise Unreadable("state.values has another shape")
    match field:
        case {"selected_options": list(chosen)}:
            return ",".join(_value(each) for each in chosen)
        case {"selected_option": chosen}:
            return "" if chosen is None else _value(chosen)
        case {"selected_date": _}:
            return id_or_none(field, "selected_date")
        case _:
            return clean(said(field, "value"), longest=LONGEST_ANSWER)


def _value(option: object) -> str:
    if not isinstance(option, dict):
        raise Unreadable("an option is no object")
    return clean(said(option, "value"))
