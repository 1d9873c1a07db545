"""The whole stand-in: HTTP routes for the bot, and hands for the people.

Whoever serves it mounts `routes` under `/slack` and sets `base_url`; the bot then uses `<base_url>/slack/api/` as the
address of the Web API. `deliver_by` says how the app is told things: Socket Mode, or signed requests to an address.
"""

from collections.abc import Callable
from typing import Any, Protocol

from starlette.routing import BaseRoute

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.errands import Errands
from bot.playground.slack.forms import Forms
from bot.playground.slack.parcels import Parcel
from bot.playground.slack.rooms import Rooms
from bot.playground.slack.socket_mode import SocketGate, check_socket_allowed
from bot.playground.slack.stage import Delivery as DeliverBy
from bot.playground.slack.stage import Stage
from bot.playground.slack.talking import Talking
from bot.playground.slack.web_api import WebApi
from bot.playground.slack.world import Changes


class Shuffler(Protocol):
    """Anything that can put a list in another order, such as a seeded random generator."""

    def shuffle(self, x: list[Any], /) -> None: ...


class StandInSlack(Talking, Forms, Rooms):
    """One workspace with one app, faithful in what breaks naive bots."""

    def __init__(
        self,
        *,
        now: Callable[[], float],
        ledger: Ledger,
        faults: Faults,
        signing_secret: str,
        bot_token: str,
        app_token: str,
    ) -> None:
        self._errands = Errands()
        stage = Stage(now, ledger, faults, signing_secret, bot_token, app_token)
        self.sockets = SocketGate(stage)
        super().__init__(stage, Delivery(stage, self.sockets, self._errands))
        stage.emit = self.delivery.emit
        stage.in_background = self._errands.start
        self.ledger, self.faults = ledger, faults
        self.routes: list[BaseRoute] = WebApi(stage, self._open_socket).routes

    @property
    def base_url(self) -> str:
        """Where the stand-in is served, without a slash at the end."""
        return self._stage.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self._stage.base_url = url.rstrip("/")

    @property
    def deliver_by(self) -> DeliverBy:
        """How the app is told things."""
        return self._stage.deliver_by

    @deliver_by.setter
    def deliver_by(self, way: DeliverBy) -> None:
        self._stage.deliver_by = way

    @property
    def changes(self) -> Changes:
        """Tells a page when there is something new to show."""
        return self._stage.changes

    def is_quiet(self) -> bool:
        """Say whether nothing is undelivered or unacknowledged."""
        return self._errands.is_quiet

    async def quiet(self) -> None:
        """Wait until everything is delivered and acknowledged, or given up."""
        await self._errands.quiet()

    async def redeliver(self, last: int | None = None, rng: Shuffler | None = None) -> None:
        """Deliver the last parcels (or all) once more, unchanged, in another order if a generator is given."""
        parcels: list[Parcel] = self.delivery.history[-last:] if last else list(self.delivery.history)
        if rng is not None:
            rng.shuffle(parcels)
        await self.delivery.again(parcels)

    async def reset(self) -> None:
        """Begin again with an empty world; connections are closed, faults and ledger emptied."""
        await self._errands.stop()
        await self.sockets.drop()
        self.delivery.forget()
        self.ledger.clear()
        self.faults.clear()
        self._stage.renew()

    async def close(self) -> None:
        """Close whatever is open; to be called by whoever serves the stand-in."""
        await self._errands.stop()
        await self.sockets.close()
        await self.delivery.close()

    async def _open_socket(self) -> str:
        check_socket_allowed(self._stage)
        return await self.sockets.open()
