"""Rules of rounds, pure: who has a voice, what the answers amount to, and when a round ends.

A voter is ``m:7``, a member, or ``a:2``, an organisation, whose members share one voice: the last word counts.
Whoever is no longer in the forum when a round closes has no voice in it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from handlers.kit.when import is_working_day, next_working_day, working_days_before, working_moment
from storage.records import Member
from storage.rounds import Answer
from storage.values import dataclass

DAYS: Final = 7
"""How long a round is open when nobody says otherwise."""
ENDS: Final = time(16, 0)
"""When on its last day a round ends: people are still at work, and no change of the clocks touches it."""
MORNING: Final = time(9, 0)
LONGEST: Final = 300
"""Characters of a question: it must be read on a phone."""
LONGEST_DETAIL: Final = 1500
LONGEST_OPTION: Final = 60
FEWEST, MOST = 2, 10
"""Options of a vote."""
QUORUMS: Final = (0, 50, 67, 100)
ABSTAIN: Final = 0
"""What stands for abstaining in a vote; options are counted from 1."""
FAR: Final = 366
"""Days ahead beyond which a day must be a slip of the pen."""

Per: TypeAlias = Literal["member", "actor"]
End: TypeAlias = Literal["decided", "stopped", "tied", "short"]


# --- When ------------------------------------------------------------------------------------------------------


def last_day(chosen: date | None, today: date) -> date:
    """The last day of a round: the one that was named, or a week from now; the next one on which people work."""
    return next_working_day(chosen or today + timedelta(days=DAYS))


def is_moved(chosen: date | None) -> bool:
    """Whether a day that somebody named is one on which people do not work."""
    return chosen is not None and not is_working_day(chosen)


def ends_at(day: date, zone: str, at: time = ENDS) -> datetime:
    """The instant at which a round ends; a time that summer time skips comes as much later."""
    return working_moment(day, at, zone)


def nudge_at(deadline: datetime, zone: str) -> datetime:
    """A day before the end, by the clock on the wall; on the last working day when that is none."""
    local = deadline.astimezone(ZoneInfo(zone))
    day = working_days_before(local.date() - timedelta(days=1), 0)
    return working_moment(day, local.time(), zone)


def remind_home_at(day: date, today: date, zone: str) -> datetime | None:
    """When to ask an organisation that anchors by a day: two working days before; on the day; then no more."""
    for each in (working_days_before(day, 2), next_working_day(day)):
        if each > today:
            return working_moment(each, MORNING, zone)
    return None


# --- Who -------------------------------------------------------------------------------------------------------


def voter_of(member: Member, per: str) -> str:
    """Whose voice a member has in a round; "" for somebody without an organisation where those vote."""
    if per == "member":
        return f"m:{member.id}"
    return f"a:{member.actor}" if member.actor else ""


def electorate(members: Sequence[Member], per: str) -> tuple[str, ...]:
    """Everybody who has a voice now."""
    return tuple(dict.fromkeys(filter(None, (voter_of(each, per) for each in members))))


def speaks_for(member: Member, voters: Collection[str]) -> str:
    """Which of these voters a member speaks for: themselves first, else their organisation; "" for none."""
    return next((each for each in (f"m:{member.id}", f"a:{member.actor}") if each in voters), "")


def present(answers: Sequence[Answer], version: int) -> dict[str, Answer]:
    """The answers to a version, by voter."""
    return {each.voter: each for each in answers if each.version == version}


def missing(voters: Sequence[str], answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Who has not answered."""
    return tuple(each for each in voters if each not in answers)


def needed(quorum: int, voters: int) -> int:
    """How many must answer: a share in percent of those who have a voice, rounded up; two thirds are meant by 67."""
    if quorum == 67:  # noqa: PLR2004 - two thirds, as QUORUMS calls it
        return -(-2 * voters // 3)
    return -(-quorum * voters // 100)


# --- Votes -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """What a vote came to. ``choices`` has who chose what, abstaining first; it says all that is ever shown."""

    choices: tuple[tuple[str, ...], ...]
    voters: int
    needed: int
    left: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """Votes for each option, in their order."""
        return tuple(map(len, self.choices[1:]))

    @property
    def answered(self) -> int:
        """How many took part, those who abstained too."""
        return sum(map(len, self.choices))

    @property
    def leading(self) -> tuple[int, ...]:
        """The options with most votes, counted from 1; none when nobody chose any."""
        most = max(self.counts, default=0)
        return tuple(number for number, each in enumerate(self.counts, 1) if each == most) if most else ()

    @property
    def end(self) -> End:
        """How the vote ended. Too few answers decide nothing, and neither do as many for one as for another."""
        if self.answered < self.needed or not self.leading:
            return "short"
        return "decided" if len(self.leading) == 1 else "tied"


def tally(options: int, quorum: int, voters: Collection[str], answers: Mapping[str, Answer]) -> Result:
    """Count the votes of those who have a voice; ``left`` is how many are not counted."""
    chosen: list[list[str]] = [[] for _ in range(options + 1)]
    counted = {voter: each for voter, each in answers.items() if voter in voters}
    for voter, each in counted.items():
        chosen[int(each.answer)].append(voter)
    left = len(answers) - len(counted)
    return Result(tuple(map(tuple, chosen)), len(voters), needed(quorum, len(voters)), left)


def result_to_json(result: Result) -> str:
    """A result as it is kept."""
    return json.dumps({
        "choices": result.choices, "voters": result.voters, "needed": result.needed, "left": result.left,
    })  # fmt: skip


def result_from_json(raw: str) -> Result:
    """The reverse of :func:`result_to_json`."""
    kept = json.loads(raw)
    return Result(tuple(map(tuple, kept["choices"])), kept["voters"], kept["needed"], kept["left"])


def read_options(said: str) -> tuple[str, ...]:
    """Options as people write them, one a line, without numbers or dashes before them."""
    lines = (" ".join(each.lstrip("-–—•* \t").split()) for each in said.splitlines())
    return tuple(filter(None, lines))


def wrong_with(options: Sequence[str]) -> str:
    """What is wrong with the options of a vote, as the end of a text's name; "" when nothing is."""
    if not FEWEST <= len(options) <= MOST:
        return "count"
    if len({each.casefold() for each in options}) < len(options):
        return "twice"
    return "long" if any(len(each) > LONGEST_OPTION for each in options) else ""


# --- Consent ---------------------------------------------------------------------------------------------------


def consent_end(answers: Mapping[str, Answer]) -> End:
    """No reasoned objection to the present words means decided, however many answered."""
    objected = any(each.answer == "objection" and each.reason.strip() for each in answers.values())
    return "stopped" if objected else "decided"


def to_ask_again(answers: Sequence[Answer], version: int) -> tuple[str, ...]:
    """Who consented to earlier words and has not answered to the present ones."""
    now = present(answers, version)
    before = (each.voter for each in answers if each.version < version and each.answer == "consent")
    return tuple(each for each in dict.fromkeys(before) if each not in now)


# --- Mandates --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a decision that organisations carry home has come."""

    behind: int
    """Those who may decide now, or have anchored it at home."""
    waiting: tuple[str, ...]
    """Those who still have to anchor it."""
    against: tuple[str, ...]
    abstaining: int

    @property
    def all(self) -> int:
        """Those who take part in the decision at all: nobody else is counted in "n of m"."""
        return self.behind + len(self.waiting) + len(self.against)


def standing(voters: Collection[str], answers: Mapping[str, Answer]) -> Standing:
    """Count the organisations that are in the forum now; silence is the same as abstaining once the time is over."""
    counted = {voter: each.answer for voter, each in answers.items() if voter in voters}
    return Standing(
        sum(each in ("now", "anchored") for each in counted.values()),
        tuple(voter for voter, each in counted.items() if each == "home"),
        tuple(voter for voter, each in counted.items() if each == "no"),
        sum(each == "abstain" for each in counted.values()),
    )


def mandate_end(one: Standing) -> End | None:
    """How it ends once the time for answers is over; ``None`` as long as somebody has to carry it home."""
    if one.against:
        return "stopped"
    if one.waiting:
        return None
    return "decided" if one.behind else "short"
