"""What outlives a world: the clock, the secrets, and the world of the moment.

A test begins with an empty world on the same server, so everything that serves the stand-in holds a `Stage`
and asks it for the world each time.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack.world import Changes, Json, User, World

Delivery = Literal["socket"] | tuple[Literal["http"], str]


@dataclass(slots=True)
class Stage:
    """Shared by the parts of one stand-in; `world` is replaced at a reset."""

    now: Callable[[], float]
    ledger: Ledger
    faults: Faults
    signing_secret: str
    bot_token: str
    app_token: str
    base_url: str = ""
    deliver_by: Delivery = "socket"
    changes: Changes = field(default_factory=Changes)
    revoked: set[str] = field(default_factory=set)
    emit: Callable[[Json, User | None], None] = lambda _event, _actor: None
    in_background: Callable[[Coroutine[Any, Any, None]], object] = lambda work: work.close()
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Begin again with an empty world; the tokens work again."""
        self.revoked.clear()
        self.world = World(self.now, self._emit, self.changes)
        self.changes.touch()

    def _emit(self, event: Json, actor: User | None) -> None:
        self.emit(event, actor)
