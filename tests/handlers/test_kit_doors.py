"""Doors between features: behind each one stands somebody who takes the same arguments."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from handlers import FEATURES
from handlers.kit import doors
from handlers.kit.feature import Book, cast
from handlers.kit.ui import Action

DOORS = [
    each
    for _, each in inspect.getmembers(doors, inspect.isfunction)
    if each.__module__ == doors.__name__ and not each.__name__.startswith("_")
]
SAMPLES: dict[Any, Any] = {int: 7, str: "word"}


def _opened(door: Callable[..., Action]) -> Action:
    """The action of a door that is given something for each of its arguments."""
    return door(*(SAMPLES[each.annotation] for each in inspect.signature(door).parameters.values()))


@pytest.mark.parametrize("door", DOORS, ids=lambda each: str(each.__name__))
def test_somebody_stands_behind_the_door(door: Callable[..., Action]) -> None:
    """The handler or form that a door names exists, and its arguments are of the right number and kind."""
    action = _opened(door)
    book = Book.of(FEATURES)
    handler = book.handlers.get(action.name) or book.forms.get(action.name)

    assert handler is not None, f"nobody stands behind {action.name}"
    assert cast(handler.casts, tuple(map(str, action.args))) == action.args


def test_a_door_is_said_once() -> None:
    """No two doors lead to the same place: a feature would not know which one to take."""
    behind = [(each.name, len(each.args)) for each in map(_opened, DOORS)]

    assert sorted(behind) == sorted(set(behind))
    assert len(DOORS) == inspect.getsource(doors).count("\ndef ")
