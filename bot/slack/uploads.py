"""Pictures out: uploaded for nobody to see, and then shown by the message that names them. Other files are shared.

To share a file into a channel makes a message of its own, some time later and without an id. A picture that a message
names in an image block is part of that message: https://docs.slack.dev/reference/block-kit/blocks/image-block
There is no such block for other files, so they come in the thread of the message that they belong to.
"""

import hashlib
from typing import Final, TypeVar

import structlog

from bot.adapter import NotNow, SendTrouble, Uncertain
from bot.clock import Clock
from bot.slack.troubles import SOON
from bot.slack.web_api import WebApi

log = structlog.get_logger()
TRIES: Final = 3
"""How often a message waits for the upload of its picture before it goes in words alone."""
REMEMBERED: Final = 32
"""So many of the latest pictures are not uploaded again for the next channel."""
SHARING: Final = (1.0, 3.0, 6.0)
"""Seconds between tries to share a file whose message stands there already."""


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

    async def bring(self, content: bytes, name: str) -> str:
        """The id of a file that is still to be shared, or "" where the message has to do without it.

        Raises ``NotNow``: nothing is sent yet.
        """
        file = hashlib.sha256(content).digest()
        try:
            brought = await self._brought(content, name)
        except SendTrouble as trouble:
            self._again(file, trouble)
            log.warning("slack file not uploaded", kind=type(trouble).__name__)
            return ""
        self._tries.pop(file, None)
        return brought

    async def share(self, file: str, title: str, channel: str, thread: str, clock: Clock) -> bool:
        """Show the file in a channel, in a thread if one is named; whether it can be seen there, as far as we know."""
        where = {"channel_id": channel, **({"thread_ts": thread} if thread else {})}
        for pause in SHARING:
            try:
                await self._api.tell(
                    "files.completeUploadExternal", files=[{"id": file, "title": title}], **where
                )
            except Uncertain:
                return True  # it may be there; twice would be worse than to be asked for it again
            except NotNow:
                await clock.sleep(pause)
            except SendTrouble as trouble:
                log.warning("slack file not shared", kind=type(trouble).__name__)
                return False
            else:
                return True
        log.warning("slack file not shared", kind="NotNow")
        return False

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
        file = await self._brought(png, name)
        await self._api.tell("files.completeUploadExternal", files=[{"id": file, "title": title}])
        return file

    async def _brought(self, content: bytes, name: str) -> str:
        begun = await self._api.ask("files.getUploadURLExternal", filename=name, length=str(len(content)))
        file, url = begun.get("file_id"), begun.get("upload_url")
        if not isinstance(file, str) or not isinstance(url, str):
            raise Uncertain("files.getUploadURLExternal")
        await self._api.upload(url, content)
        return file


def _keep(known: dict[bytes, T], picture: bytes, value: T) -> None:
    known[picture] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]
