"""Points as a member reads them, and those that arrive by themselves.

What was not reached, what is taken up each time and what has an open action comes back; an action that needs help, a
pulse's talking point and the organisation whose turn it is to present itself arrive as proposed points. All of it is
looked up when somebody asks for the agenda, when it is posted and when the meeting opens, so nothing is forgotten
that happened in between.
"""

import json
from typing import Final

from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import shortened, verbatim
from handlers.kit.ui import Text, text
from handlers.kit.ui_json import value_from_json, value_to_json
from handlers.pulse_cards import talk_about
from handlers.pulse_rules import from_json, talking_point
from storage import agenda, intake, meetings, presentations, pulse
from storage.agenda import Point
from storage.pulse import Round

NOBODY: Final = 0
"""Who proposed what arrived by itself."""
PRESENTING_MINUTES: Final = 15


def said(point: Point) -> Text:
    """What it is about, each reading it in their own language."""
    words = value_from_json(json.loads(point.what))
    return words if isinstance(words, Text) else verbatim(str(words))


def in_short(point: Point) -> Text:
    """The same in two lines of a list: somebody's own words are cut, ours are short."""
    whole = said(point)
    words = whole.vars.get("words")
    return verbatim(shortened(words)) if whole.key == "verbatim" and isinstance(words, str) else whole


def as_kept(what: Text) -> str:
    """A text as a point keeps it."""
    return json.dumps(value_to_json(what), ensure_ascii=False)


def own_words(point: Point) -> str:
    """What somebody wrote, to be changed; "" for a point that came by itself."""
    whole = said(point)
    words = whole.vars.get("words")
    return words if whole.key == "verbatim" and isinstance(words, str) else ""


def lined_up(req: Request) -> list[Point]:
    """The agenda as it stands: that of the meeting going on, or what waits for the next one."""
    forum = forum_of(req).id
    going = meetings.open_now(req.store, forum)
    if going:
        return agenda.of_meeting(req.store, forum, going.id)
    gather(req)
    return agenda.proposed(req.store, forum)


def gather(req: Request) -> None:
    """Put on the list what comes by itself; asked any number of times, each comes once."""
    forum = forum_of(req).id
    agenda.bring_back(req.store, forum, req.now)
    for each in agenda.stuck(req.store, forum):
        what = text("agenda-needs-help", number=str(each.action), what=shortened(each.what))
        _arrive(req, what, f"action:{each.action}:{each.asked}", each.member)
    published = (each for each in pulse.rounds(req.store, forum) if each.state == "published")
    last = next(published, None)
    point = told_by(req, last) if last else None
    if last and point:
        _arrive(req, point, f"pulse:{last.id}", NOBODY)
    _next_to_present(req)


def told_by(req: Request, round_: Round) -> Text | None:
    """What a result of the pulse says to talk about."""
    kept = pulse.results_of(req.store, round_.forum, round_.id)
    point = talking_point({key: from_json(json.loads(each)) for key, each in kept.items()})
    return talk_about(point, pulse.own_texts(req.store, round_.forum)) if point else None


def presents(point: Point) -> int:
    """The organisation that presents itself under a point; 0 for any other point."""
    kind, _, rest = point.origin.partition(":")
    return int(rest.partition(":")[0]) if kind == "present" else 0


def presenting_goes_on(req: Request) -> bool:
    """Whether the organisations present themselves in turn, meeting by meeting."""
    return intake.fact(req.store, f"presenting:{forum_of(req).id}") == "on"


def _next_to_present(req: Request) -> None:
    forum = forum_of(req).id
    if not presenting_goes_on(req) or agenda.waiting_of(req.store, forum, "present"):
        return
    line = [each for each in presentations.line_up(req.store, forum) if each.presented_on is None]
    if line:
        what = text("presenting-point", actor=line[0].name)
        turn = agenda.count_of(req.store, forum, "present") + 1
        origin = f"present:{line[0].actor}:{turn}"
        _arrive(req, what, origin, NOBODY, minutes=PRESENTING_MINUTES)


def _arrive(req: Request, what: Text, origin: str, member: int, minutes: int = 0) -> None:
    agenda.propose(
        req.store, forum_of(req).id, what=as_kept(what), origin=origin, member=member, now=req.now, minutes=minutes
    )  # fmt: skip
