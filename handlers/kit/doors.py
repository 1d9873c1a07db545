"""Doors between features. A feature never imports another; where a card of one leads into another, it is said here.

A test opens every door and checks that somebody stands behind it with the same arguments.
"""

from handlers.kit.ui import Action


def new_action(decision: int = 0) -> Action:
    """The form for a new action, out of a decision (0 = on its own)."""
    return Action("actions.add_form", (decision,))


def new_decision() -> Action:
    """The form for a new decision."""
    return Action("decisions.record_form")


def join(invite: str) -> Action:
    """Become a member; the forum's invitation lets outsiders of the roster in."""
    return Action("members.join_form", (invite,))


def menu() -> Action:
    """What one can do."""
    return Action("help.menu", ("",))
