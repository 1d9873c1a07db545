"""Where the content of a database is: here, moved away, or on its way between two.

A move is settled at one instant, the commit at the new place. Before it the old place says that the content is leaving,
so that no bot starts at both, or at none: whoever repeats the move asks the new place whether that commit came.
"""

from collections.abc import Mapping
from typing import Final

from storage import intake
from storage.db import Store, StoreUnavailable

_LEAVING, _LEFT, _ARRIVING, _ARRIVED = "moving-to", "moved-to", "moving-from", "moved-by"
MARKS: Final = (_LEAVING, _LEFT, _ARRIVING, _ARRIVED)
"""Facts about a place, which are copied to no other."""
_WHY: Final[Mapping[str, str]] = {
    _LEFT: "its content was moved to {}. Use that one, or move it back from there",
    _LEAVING: "a move to {} was begun and not finished. Repeat it, or stay here: python -m bot move --stay",
    _ARRIVING: "a move from {} to it was begun and not finished. Repeat it",
}


class Elsewhere(StoreUnavailable):
    """No bot may start here; the message says where the content is and what to do."""


def check(store: Store) -> None:
    """Raises :class:`Elsewhere` when the content is somewhere else, or not all here."""
    for mark, why in _WHY.items():
        if said := intake.fact(store, mark):
            raise Elsewhere(why.format(said.partition(" ")[2]))


def leave(store: Store, move: str, to: str) -> None:
    """From here on the content may be at the other place: only that one knows."""
    intake.set_fact(store, _LEAVING, f"{move} {to}")


def leaving(store: Store) -> tuple[str, str] | None:
    """A move that was not finished, and where to."""
    move, _, to = intake.fact(store, _LEAVING).partition(" ")
    return (move, to) if move else None


def leave_for_good(store: Store) -> None:
    """The content has arrived at the other place."""
    store.do("update fact set name = :left where name = :leaving", left=_LEFT, leaving=_LEAVING)


def left_to(store: Store) -> str:
    """Where the content went; "" while it is here."""
    return intake.fact(store, _LEFT).partition(" ")[2]


def going_to(store: Store) -> str:
    """Where the content went, or was on its way to; "" while it is here."""
    return left_to(store) or (leaving(store) or ("", ""))[1]


def expect(store: Store, origin: str) -> None:
    """What is here is not to be used before the content has arrived."""
    intake.set_fact(store, _ARRIVING, f"- {origin}")


def arrive(store: Store, move: str) -> None:
    """All of it is here, as soon as this is committed."""
    stay(store)
    intake.set_fact(store, _ARRIVED, move)


def arrived(store: Store) -> str:
    """The move that brought the content here; "" when none did."""
    return intake.fact(store, _ARRIVED)


def stay(store: Store) -> bool:
    """A bot may start here again, whatever was moved; false when nothing kept it from that."""
    return sum(store.run("delete from fact where name = :name", name=each) for each in _WHY) > 0
