"""Who may stand at the web server's door, and for how long: a stranger who sends nothing must not keep others out.

Uvicorn waits for the end of a request as long as it takes, and turns nobody away before a request is complete. Here a
request is said to its end within some seconds, counted from its beginning, or the connection is closed; and beyond
what the server may hold a connection is closed at once, so that there is always room to open files and to call out.
"""

import asyncio
from typing import Any, Final

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_AT_ONCE: Final = 800
"""Connections at the same time: a process has 1,024 files by default, and needs some for itself."""
PATIENCE: Final = 10.0
"""Seconds in which a whole request must have come; Slack itself waits three for the answer."""


class Doorkeeper(HttpToolsProtocol):
    """Uvicorn's connection, with an end to waiting."""

    _deadline: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > MOST_AT_ONCE:
            transport.abort()
        else:
            self._wait()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    @override
    def on_message_complete(self) -> None:
        self._rest()
        super().on_message_complete()

    def _wait(self) -> None:
        self._rest()
        self._deadline = self.loop.call_later(PATIENCE, self.transport.close)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
