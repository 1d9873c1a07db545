"""A round of the pulse opens: by a coordinator's press or by the forum's rhythm, and for both in the same way."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.kit.budget import inform
from handlers.kit.doors import pulse_close, pulse_remind
from handlers.kit.effects import Effects, Post, Schedule
from handlers.kit.forum import forum_of, local_day
from handlers.kit.inbound import Request
from handlers.pulse_cards import OWN, invitation
from handlers.pulse_plan import Dates, Rhythm, keys, plan, turn_to_ask
from handlers.pulse_rules import Refused, refusal_to_open
from storage import forums, pulse
from storage.pulse import Round, Times
from storage.records import Member

LATE = timedelta(days=1)
"""A reminder later than this is not sent."""
BY_HAND: Rhythm = "monthly"
"""How a forum without a rhythm goes through the questions."""


def organisations(members: Sequence[Member]) -> int:
    """How many organisations these members come from."""
    return len({each.actor for each in members if each.actor is not None})


def refused(req: Request) -> Refused | None:
    """Why no round may open now."""
    forum = forum_of(req)
    members, last = forums.members(req.store, forum.id), pulse.latest(req.store, forum.id)
    days = (req.today - local_day(req, last.opens_at)).days if last else None
    return refusal_to_open(len(members), organisations(members), days)


def is_running(req: Request) -> bool:
    """Whether a round is open, or its result has not been shown yet."""
    last = pulse.latest(req.store, forum_of(req).id)
    return last is not None and last.state in ("open", "counted")


def rhythm_of(req: Request) -> tuple[Rhythm | None, int]:
    """The forum's rhythm and its turn; no rhythm while rounds are opened by hand."""
    found = pulse.rhythm(req.store, forum_of(req).id)
    if found is None:
        return None, 0
    match found.rhythm:
        case "monthly" | "biweekly" | "weekly" | "quarterly" as rhythm:
            return rhythm, found.turn
        case _:
            return None, found.turn


def questions_now(req: Request) -> tuple[int, tuple[str, ...]] | None:
    """The turn whose questions have rested, and what it asks; ``None`` when everything still rests."""
    rhythm, turn = rhythm_of(req)
    rested = turn_to_ask(rhythm or BY_HAND, turn, _asked_on(req), req.today)
    if rested is None:
        return None
    own = tuple(each.key for each in pulse.own_questions(req.store, forum_of(req).id))
    return rested, (*keys(plan(rhythm or BY_HAND, rested)), *own)


def _asked_on(req: Request) -> dict[str, date]:
    """The day on which each question of the bank was last asked."""
    asked: dict[str, date] = {}
    for each in reversed(pulse.rounds(req.store, forum_of(req).id)):
        asked |= {
            key.partition(".")[0]: local_day(req, each.opens_at)
            for key in each.questions
            if not key.startswith(OWN)
        }
    return asked


def opened(req: Request, turn: int, questions: Sequence[str], when: Dates, *, by: Member | None) -> Effects:
    """Everybody gets a seat and an invitation, and the clock runs. The turn after this one is next."""
    forum = forum_of(req)
    members, last = forums.members(req.store, forum.id), last_published(req)
    token = req.seal(f"pulse:{forum.id}:{req.inbound.key}")[:32]
    number = pulse.open_round(
        req.store, forum.id, token=token, questions=questions, member=by.id if by else 0,
        times=Times(when.opens_at, when.reminds_at, when.closes_at, when.publishes_at),
        invited=len(members), organisations=organisations(members),
    )  # fmt: skip
    _turned(req, turn + 1)
    req.ballots.open_round(token, [each.id for each in members], len(questions))
    one = pulse.get(req.store, forum.id, number)
    assert one is not None  # noqa: S101 - it was written three lines above
    card = invitation(req, forum, one, led_to=last.led_to if last else "")
    yield Post(card)
    for each in members:
        yield from inform(req, each, card)
    yield Schedule(f"pulse-remind:{number}", one.reminds_at, pulse_remind(number), grace=LATE, late="skip")
    yield Schedule(f"pulse-close:{number}", one.closes_at, pulse_close(number))


def last_published(req: Request) -> Round | None:
    """The newest round whose result everybody has seen."""
    rounds = pulse.rounds(req.store, forum_of(req).id)
    return next((each for each in rounds if each.state == "published"), None)


def _turned(req: Request, turn: int) -> None:
    """Remember where in the questions the forum is."""
    forum = forum_of(req).id
    found = pulse.rhythm(req.store, forum)
    rhythm, next_at = (found.rhythm, found.next_at) if found else ("none", None)
    pulse.set_rhythm(req.store, forum, rhythm=rhythm, turn=turn, next_at=next_at)
