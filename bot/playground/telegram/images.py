"""How large a picture is, read from its first bytes.

The Bot API refuses photos that are no pictures, too large or too narrow, so the stand-in must be able to tell.
"""

import struct

from bot.playground.telegram.errors import bad_request

PHOTO_BYTES = 10 * 1024 * 1024
SIDES = 10_000
RATIO = 20

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = 24
_MARKER = 0xFF
_JPEG = b"\xff\xd8"
_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def size_of(content: bytes) -> tuple[int, int] | None:
    """Give width and height of a PNG or JPEG, or nothing for anything else."""
    if content.startswith(_PNG) and len(content) >= _PNG_HEAD:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _jpeg_size(content) if content.startswith(_JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKER:
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def photo_size(content: bytes) -> tuple[int, int]:
    """Give a photo's size, or refuse it as the server does."""
    if len(content) > PHOTO_BYTES:
        raise bad_request("file is too big for a photo")
    size = size_of(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > SIDES or max(size) > RATIO * max(min(size), 1):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size
