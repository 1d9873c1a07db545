"""Whether this machine's clock is right, by the time that the platforms' web servers put on every answer.

A clock that is off makes us refuse Slack's deliveries and remind at the wrong hour. No token is sent, and what the
answer says does not matter.
"""

import asyncio
import urllib.error
import urllib.request
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit

import structlog

from bot.clock import Clock

log = structlog.get_logger()

TOLERATED: Final = timedelta(seconds=60)
PATIENCE: Final = 10.0
HOUR: Final = 3600.0
SOON: Final = 60.0
"""Seconds until the next try when nobody answered."""


async def skew(address: str, clock: Clock) -> timedelta | None:
    """How far this machine is ahead of a platform, to the second; ``None`` when it does not tell."""
    asked_at = clock.now()
    theirs = await asyncio.to_thread(_date, address)
    return asked_at + (clock.now() - asked_at) / 2 - theirs if theirs else None


def _date(address: str) -> datetime | None:
    parts = urlsplit(address)
    # Through the machine's proxy like everything else, but never to a stand-in on this machine.
    proxies = urllib.request.ProxyHandler(None if parts.scheme == "https" else {})
    request = urllib.request.Request(  # noqa: S310 - the settings take web addresses only
        f"{parts.scheme}://{parts.netloc}/", method="HEAD"
    )
    try:
        with urllib.request.build_opener(proxies).open(request, timeout=PATIENCE) as answer:
            told = answer.headers.get("Date", "")
    except urllib.error.HTTPError as refusal:
        told = refusal.headers.get("Date", "")
        refusal.close()
    except (OSError, HTTPException):
        return None
    try:
        return parsedate_to_datetime(told).astimezone(UTC)
    except ValueError:
        return None


class ClockWatch:
    """Looks once an hour. ``is_right`` is ``None`` until somebody told the time."""

    def __init__(self, clock: Clock, addresses: Iterable[str]) -> None:
        self._clock = clock
        self._addresses = tuple(addresses)
        self.is_right: bool | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            found = [await skew(each, self._clock) for each in self._addresses]
            known = [abs(each) for each in found if each is not None]
            if known:
                # One of them may be off itself; both at once are not.
                self.is_right = min(known) <= TOLERATED
                if not self.is_right:
                    log.error("this machine's clock is off", seconds=round(min(known).total_seconds()))
            await self._clock.sleep(HOUR if known else SOON)
