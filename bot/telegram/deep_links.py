"""Links into the private chat: ``https://t.me/<bot>?start=<payload>`` carries what a button would have carried.

A bot cannot write first in private, so a button of a group that goes on in private is such a link. Its payload is
the encoded action in URL-safe base64 without padding, and anybody may make one up.
"""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

PAYLOAD_CHARACTERS = 64
"""https://core.telegram.org/bots/features#deep-linking"""
LINK_BYTES = PAYLOAD_CHARACTERS * 3 // 4
"""So much of an encoded action fits into a link."""
_ACTION = re.compile(r"[A-Za-z0-9_.-]+:[0-9]{1,15}(?::[^\x00-\x1f\x7f]*)?")


def payload_of(data: str) -> str:
    """The payload of a start link for an encoded action; raises ``ValueError`` when it does not fit."""
    raw = data.encode()
    if len(raw) > LINK_BYTES:
        name = data.partition(":")[0]
        raise ValueError(f"{name}: {len(raw)} bytes for a start link, which takes {LINK_BYTES}")
    return urlsafe_b64encode(raw).decode().rstrip("=")


def data_of(payload: str) -> str | None:
    """The encoded action in a payload; ``None`` when it is not one of ours."""
    try:
        data = urlsafe_b64decode(payload.encode("ascii") + b"=" * (-len(payload) % 4)).decode()
    except (binascii.Error, UnicodeError):
        return None
    # Decoding forgives stray characters, so only what we would have written ourselves counts.
    if not _ACTION.fullmatch(data) or len(data.encode()) > LINK_BYTES or payload_of(data) != payload:
        return None
    return data


def start_link(bot: str, data: str) -> str:
    """The address that opens the private chat with the bot of this username and does the action there."""
    return f"https://t.me/{bot}?start={payload_of(data)}"
