"""The arguments of a Bot API call, whichever way they came: query, JSON, form or multipart.

Forms carry numbers, truths and objects as text; here they are what they mean, so that a method and the ledger see the
same values whatever client was used.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.playground.telegram.errors import bad_request

# These are texts even when they look like a number or an object.
_TEXTS = frozenset(
    {
        "text",
        "caption",
        "parse_mode",
        "callback_query_id",
        "url",
        "secret_token",
        "file_id",
        "photo",
        "document",
        "name",
        "description",
        "short_description",
        "language_code",
        "action",
    }
)
_PARAMETER = re.compile(rb'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    filename: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call asks for."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str) -> int | None:
        value = self.fields.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        return int(value) if re.fullmatch(r"-?\d{1,18}", str(value)) else None

    def flag(self, name: str) -> bool:
        return str(self.fields.get(name, "")).lower() in {"true", "1"}

    def items(self, name: str) -> list[Any] | None:
        """Give a list, or nothing if the argument is not there."""
        value = self.fields.get(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"can't parse {name}: expected an Array")
        return value

    def object(self, name: str) -> dict[str, Any]:
        """Give an object, empty if the argument is not there."""
        value = self.fields.get(name) or {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: expected an Object")
        return value

    def file(self, name: str) -> Upload | str:
        """Give an uploaded file, or the id of a file that the server already has."""
        value = self.text(name)
        return self.files.get(value.removeprefix("attach://") or name) or self.files.get(name) or value

    def shown(self) -> dict[str, Any]:
        """Give all arguments for the ledger, files by their names."""
        return {**self.fields, **{name: upload.filename for name, upload in self.files.items()}}


async def read_arguments(request: Request) -> Arguments:
    """Read the arguments of a request."""
    query = parse_qsl(request.url.query, keep_blank_values=True)
    body = await request.body()
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    if kind == "application/json":
        return Arguments(_decoded(query) | _json_object(body))
    if kind == "multipart/form-data":
        boundary = rest.partition("boundary=")[2].strip().strip('"').encode()
        return _multipart(body, boundary, _decoded(query))
    return Arguments(_decoded([*query, *parse_qsl(body.decode(), keep_blank_values=True)]))


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise bad_request("can't parse the request body as a JSON object")
    return {name: _meaning(name, item) for name, item in value.items()}


def _decoded(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {name: _meaning(name, value) for name, value in pairs}


def _meaning(name: str, value: object) -> object:
    if name in _TEXTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _multipart(body: bytes, boundary: bytes, query: dict[str, Any]) -> Arguments:
    fields, files = dict(query), {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        named = {key.decode(): value.decode() for key, value in _PARAMETER.findall(head)}
        if "filename" in named:
            mime = re.search(rb"content-type: *(\S+)", head, re.IGNORECASE)
            files[named["name"]] = Upload(named["filename"], mime[1].decode() if mime else "", content)
        else:
            fields[named["name"]] = _meaning(named["name"], content.decode())
    return Arguments(fields, files)
