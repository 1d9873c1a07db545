"""Socket Mode: up to ten WebSocket connections, each envelope to one of them, acknowledged by its id.

The WebSocket listener has a loopback port of its own and starts with the first `apps.connections.open`, because the
address it hands out may be anywhere and aiohttp, which the bot's client needs anyway, brings the server for it.
"""

import asyncio
import json
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.playground.slack.parcels import Attempt, Outcome, Parcel
from bot.playground.slack.stage import Stage
from bot.playground.slack.world import APP_ID, Json, SlackRefusal

CONNECTIONS = 10
HOST = "127.0.0.1"


@dataclass(slots=True, eq=False)
class _Connection:
    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)


class SocketGate:
    """The platform's end of Socket Mode."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._changed = asyncio.Event()

    @property
    def connected(self) -> int:
        """Say how many connections the app holds."""
        return len(self._connections)

    async def connected_at_least(self, number: int) -> None:
        """Wait until the app holds so many connections."""
        while len(self._connections) < number:
            self._changed.clear()
            await self._changed.wait()

    async def open(self) -> str:
        """Give the address of a new connection; it works once."""
        if self._runner is None:
            await self._listen()
        ticket = self._stage.world.fresh("ticket")
        self._tickets.add(ticket)
        return f"ws://{HOST}:{self._port}/link/?ticket={ticket}&app_id={APP_ID}"

    async def ask(self, parcel: Parcel, attempt: Attempt, patience: float) -> Outcome:
        """Send one envelope to one connection and wait for its acknowledgement."""
        if not self._connections:
            return Outcome(acknowledged=False, reason="connection_failed")
        connection = self._connections.pop(0)
        self._connections.append(connection)
        envelope_id = self._stage.world.fresh("envelope-")
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            async with asyncio.timeout(patience):
                await connection.socket.send_json(_envelope(envelope_id, parcel, attempt))
                return Outcome(acknowledged=True, answer=await future)
        except (TimeoutError, ConnectionError):
            return Outcome(acknowledged=False, reason="timeout")
        finally:
            connection.waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to come back through a new one, or that Socket Mode was switched off."""
        if reason == "link_disabled":
            self._stage.revoked.add(self._stage.app_token)
        for connection in tuple(self._connections):
            await connection.socket.send_json(_disconnect(reason))
            self._forget(connection)

    async def drop(self) -> None:
        """Close every connection without a word, as a broken network does."""
        for connection in tuple(self._connections):
            self._forget(connection)
            await connection.socket.close()

    async def close(self) -> None:
        await self.drop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _listen(self) -> None:
        app = web.Application()
        app.router.add_get("/link/", self._connect)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=1)
        await socket.prepare(request)
        if len(self._connections) >= CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = _Connection(socket)
        self._connections.append(connection)
        await socket.send_json(_hello(len(self._connections)))
        self._changed.set()
        self._stage.changes.touch()
        try:
            await self._listen_to(connection)
        finally:
            self._forget(connection)
        return socket

    async def _listen_to(self, connection: _Connection) -> None:
        async for frame in connection.socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            answer = json.loads(frame.data)
            future = connection.waiting.pop(answer.get("envelope_id", ""), None)
            if future is not None and not future.done():
                future.set_result(answer.get("payload") or {})

    def _forget(self, connection: _Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
            self._stage.changes.touch()
        for future in [waiting for waiting in connection.waiting.values() if not waiting.done()]:
            future.set_exception(ConnectionResetError("the connection closed"))
        connection.waiting.clear()


def check_socket_allowed(stage: Stage) -> None:
    """Refuse a new connection when the app does not use Socket Mode."""
    if stage.deliver_by != "socket":
        raise SlackRefusal("socket_mode_not_enabled")


def _hello(number: int) -> Json:
    return {
        "type": "hello",
        "num_connections": number,
        "connection_info": {"app_id": APP_ID},
        "debug_info": {"host": "stand-in", "approximate_connection_time": 18060},
    }


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}}


def _envelope(envelope_id: str, parcel: Parcel, attempt: Attempt) -> Json:
    return {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "payload": parcel.body,
        "accepts_response_payload": parcel.kind != "events_api",
        "retry_attempt": attempt.number,
        "retry_reason": attempt.reason,
    }
