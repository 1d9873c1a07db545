"""What the bot notices by itself: done together, done on time after help, a decision carried out, a milestone, a year.

It names the organisations that had a hand in it, and people only after they were asked; it asks those first who have
not been asked lately. It says little: at most one message in two days, with everything in it.
"""

from typing import Final

from handlers.kit.access import Deed
from handlers.kit.effects import Effects, Schedule
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, local_day, meant_for, rung
from handlers.kit.inbound import Request
from handlers.win_rules import (
    REST,
    STALE,
    decision_milestone,
    is_stale,
    next_anniversary,
    whom_to_ask,
    years_together,
)
from handlers.win_steps import ask_names, load
from storage import actions, decisions, forums, outcomes, wins
from storage.records import ActionItem

feature = Feature("noticing")

TOGETHER: Final = 2
"""So many organisations, or actions, make it worth telling."""


@feature.button(Deed.READ)
def noticed(req: Request, occasion: str, number: int) -> Effects:
    """Something was done, or decided: is it worth celebrating? Looked at a while after, for presses are taken back.

    After a long silence of ours it is no news any more.
    """
    at = meant_for(req)
    yield from _wait_for_the_year(req)
    match "" if is_stale(at, req.now) else occasion:
        case "action":
            one = actions.get(req.store, forum_of(req).id, number)
            if one and one.state == "done":
                yield from _done(req, one)
        case "decision":
            yield from _decided(req)
        case _:
            return


def _done(req: Request, one: ActionItem) -> Effects:
    """The greatest thing about it is told, and that alone; nothing when somebody has told it already."""
    if wins.told_of(req.store, one.forum, one.id):
        return
    hands = wins.hands(req.store, one.forum, one.id)
    if one.decision and (kind := _carried_out(req, one.decision, hands)):
        found = decisions.get(req.store, one.forum, one.decision)
        children = actions.of_decision(req.store, one.forum, one.decision)
        every = {each for child in children for each in wins.hands(req.store, one.forum, child.id)}
        what = found.what if found else one.what
        yield from _celebrate(
            req, kind, what, f"carried-out-{one.decision}", actors=tuple(sorted(every)), action=one,
            decision=one.decision,
        )  # fmt: skip
    elif len(hands) >= TOGETHER:
        yield from _celebrate(req, "together", one.what, f"action-{one.id}", actors=hands, action=one)
    elif wins.was_helped(req.store, one.forum, one.id) and _in_time(req, one):
        yield from _celebrate(req, "helped", one.what, f"action-{one.id}", actors=hands, action=one)


def _carried_out(req: Request, decision: int, hands: tuple[int, ...]) -> str:
    """What carrying out a decision is worth: its kind, or nothing."""
    forum = forum_of(req).id
    found, progress = decisions.get(req.store, forum, decision), outcomes.progress(req.store, forum, decision)
    if found is None or found.state != "standing" or progress.done < progress.all:
        return ""
    if not outcomes.carried_out_before(req.store, forum, decision) and not wins.first_is_known(
        req.store, forum
    ):
        return "first-carried-out"
    return "carried-out" if progress.all >= TOGETHER or len(hands) >= TOGETHER else ""


def _in_time(req: Request, one: ActionItem) -> bool:
    return bool(one.due_on and one.done_at and local_day(req, one.done_at) <= one.due_on)


def _decided(req: Request) -> Effects:
    """Whatever decision rang: counted are those that were not undone."""
    reached = decision_milestone(decisions.count(req.store, forum_of(req).id))
    if reached:
        yield from _celebrate(req, "decisions", str(reached), f"decisions-{reached}", actors=())


def _celebrate(
    req: Request, kind: str, what: str, occasion: str, *, actors: tuple[int, ...], action: ActionItem | None = None,
    decision: int | None = None,
) -> Effects:  # fmt: skip
    forum = forum_of(req).id
    number = wins.add(
        req.store, forum, kind=kind, what=what, actors=actors, now=req.now, occasion=occasion, decision=decision,
        action=action.id if action else None,
    )  # fmt: skip
    one = load(req, number) if number else None
    if one:
        candidates = wins.workers(req.store, forum, action.id) if action else ()
        lately = wins.lately_asked(req.store, forum, req.now - REST)
        yield from ask_names(req, one, whom_to_ask(candidates, lately))


# --- A year together -------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def begin(req: Request) -> Effects:
    """A forum begins to wait for its first year together; a timer's."""
    rung(req)
    yield from _wait_for_the_year(req)


@feature.button(Deed.READ)
def year_came(req: Request) -> Effects:
    """Another year together; a week later it is no news any more."""
    at, since = meant_for(req), forums.founded_at(req.store, forum_of(req).id)
    count = years_together(local_day(req, since), req.today)
    if count and not is_stale(at, req.now):
        yield from _celebrate(req, "years", str(count), f"years-{count}", actors=())
    yield from _wait_for_the_year(req)


def _wait_for_the_year(req: Request) -> Effects:
    """The day that is next; one that is just over is rung for still, as long as nobody has heard of it."""
    forum = forum_of(req).id
    since = local_day(req, forums.founded_at(req.store, forum))
    at = next_anniversary(since, max(since, req.today - STALE), req.zone)
    heard = wins.knows(req.store, forum, f"years-{years_together(since, at.date())}")
    if at <= req.now and (heard or is_stale(at, req.now)):
        at = next_anniversary(since, req.today, req.zone)
    yield Schedule("anniversary", at, year_came.action())
