"""`samsyn run` without any token: the playground, until somebody stops it."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.playground.house import House
from bot.playground.sample import seed, turn_back
from bot.playground.server import website
from bot.settings import Settings
from bot.web import address, listener, served

_PRINT = partial(print, flush=True)


async def play(settings: Settings, say: Callable[[str], None] = _PRINT) -> None:
    """Serve the playground until cancelled. Raises ``AddressTaken``. Nothing of it is kept.

    ``say`` gets the one line for whoever started it, as soon as there is a page to open.
    """
    taken = listener(settings.host, settings.port)
    house = House(settings)
    turn_back(house)
    with TemporaryDirectory(prefix="samsyn-") as folder:
        async with served(website(house), taken):
            say(f"The playground is open at {address(taken)}")
            try:
                await house.open(address(taken), Path(folder))
                await seed(house)
                await asyncio.Event().wait()
            finally:
                await house.close()
