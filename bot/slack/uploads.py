"""Pictures out: uploaded for nobody to see, and then shown by the message that names them.

To share a file into a channel would make a message of its own, some time later and without an id. A file that a
message names in an image block is part of that message: https://docs.slack.dev/reference/block-kit/blocks/image-block
"""

import hashlib
from typing import Final, TypeVar

import structlog

from bot.adapter import NotNow, SendTrouble, Uncertain
from bot.slack.troubles import SOON
from bot.slack.web_api import WebApi

log = structlog.get_logger()
TRIES: Final = 3
"""How often a message waits for the upload of its picture before it goes in words alone."""
REMEMBERED: Final = 32
"""So many of the latest pictures are not uploaded again for the next channel."""


T = TypeVar("T")


class Uploads:
    """What has been uploaded, and what has been tried in vain."""

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._files: dict[bytes, str] = {}
        self._tries: dict[bytes, int] = {}

    async def upload(self, png: bytes, name: str, title: str) -> str:
        """The id of the file, or "" where the message has to do without it. Raises ``NotNow``: nothing is sent yet."""
        picture = hashlib.sha256(png).digest()
        if picture not in self._files:
            try:
                _keep(self._files, picture, await self._uploaded(png, name, title))
            except SendTrouble as trouble:
                self._again(picture, trouble)
                log.warning("slack picture not uploaded", kind=type(trouble).__name__)
                return ""
        return self._files[picture]

    def forget(self, file: str) -> None:
        """Slack does not take this file: the next message uploads its picture anew."""
        self._files = {picture: known for picture, known in self._files.items() if known != file}

    def _again(self, picture: bytes, trouble: SendTrouble) -> None:
        """Raise ``NotNow`` for what may be better soon: an upload may be made any number of times."""
        if isinstance(trouble, NotNow) and trouble.everywhere:
            raise trouble
        tries = self._tries.pop(picture, 0) + 1
        if isinstance(trouble, NotNow | Uncertain) and tries < TRIES:
            _keep(self._tries, picture, tries)
            raise NotNow(trouble.seconds if isinstance(trouble, NotNow) else SOON) from trouble

    async def _uploaded(self, png: bytes, name: str, title: str) -> str:
        begun = await self._api.ask("files.getUploadURLExternal", filename=name, length=str(len(png)))
        file, url = begun.get("file_id"), begun.get("upload_url")
        if not isinstance(file, str) or not isinstance(url, str):
            raise Uncertain("files.getUploadURLExternal")
        await self._api.upload(url, png)
        await self._api.tell("files.completeUploadExternal", files=[{"id": file, "title": title}])
        return file


def _keep(known: dict[bytes, T], picture: bytes, value: T) -> None:
    known[picture] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]
