"""What stands before the bot's doors, as a load balancer does: it carries each request on to one of them in turn.

Some it carries to two of them at the same time, as happens when a platform lost patience and brings something again.
"""

import asyncio
from collections import Counter
from random import Random
from typing import Final

import aiohttp
from starlette.requests import Request
from starlette.responses import Response

PATIENCE: Final = 30.0
_OURS: Final = frozenset({"host", "content-length", "connection", "transfer-encoding"})
_BAD_GATEWAY: Final = Response(status_code=502)


class Front:
    """``doors`` are the ports of those who are up; ``twice`` is the share that two of them get.

    ``taken`` tells when, by the loop's clock, each door last took something, and ``answers`` what all of them said.
    """

    def __init__(self) -> None:
        self.doors: list[int] = []
        self.taken: dict[int, float] = {}
        self.news = asyncio.Event()
        self.answers: Counter[int] = Counter()
        self.twice = 0.0
        self.carried = 0
        self.carried_twice = 0
        self.rng = Random(1)  # noqa: S311 - to be repeated
        self._session: aiohttp.ClientSession | None = None

    async def take(self, request: Request) -> Response:
        """Carry a request on; the answer is the first door's that took it."""
        body = await request.body()
        heads = {name: value for name, value in request.headers.items() if name not in _OURS}
        doors = self._doors()
        answers = await asyncio.gather(
            *(self._carried(port, request.path_params["path"], heads, body) for port in doors)
        )
        self.answers.update(answer.status_code for answer in answers)
        return min(answers, key=lambda answer: answer.status_code, default=_BAD_GATEWAY)

    async def taken_by(self, port: int, after: float) -> float:
        """Wait until a door takes something after this moment; when that was."""
        while self.taken.get(port, 0.0) <= after:
            self.news.clear()
            await self.news.wait()
        return self.taken[port]

    async def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _doors(self) -> list[int]:
        if not self.doors:
            return []
        twice = self.rng.random() < self.twice
        self.carried += 1
        self.carried_twice += twice
        first = self.carried % len(self.doors)
        return [*self.doors[first:], *self.doors[:first]][: 1 + twice]

    async def _carried(self, port: int, path: str, heads: dict[str, str], body: bytes) -> Response:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE))
        try:
            async with self._session.post(
                f"http://127.0.0.1:{port}/{path}", data=body, headers=heads
            ) as reply:
                kind = reply.headers.get("content-type")
                if reply.ok:
                    self.taken[port] = asyncio.get_running_loop().time()
                    self.news.set()
                return Response(await reply.read(), reply.status, media_type=kind)
        except (aiohttp.ClientError, TimeoutError):
            return _BAD_GATEWAY
