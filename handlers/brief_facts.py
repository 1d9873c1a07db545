"""What a leaders' brief tells: results, what is at risk and why, decisions that wait, the pulse, the next meeting.

It is about the forum's work: no person stands in it, and no organisation but those that finished something together.
"""

import json
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.brief_rules import Brief, Section, begins_on, listed
from handlers.kit.forum import forum_of, local_day
from handlers.kit.inbound import Request
from handlers.kit.people_shown import actor_names, shortened, verbatim
from handlers.kit.ui import Instant, Text, text
from handlers.kit.wins_shown import in_short
from handlers.pulse_plan import part_of, question_text
from handlers.pulse_rules import HIDDEN, from_json, talking_point
from handlers.pulse_trend import Measurement, part_questions, trend
from storage import actions, briefs, forums, guards, meetings, outcomes, pulse, rounds, wins
from storage.records import ActionItem, Actor, Decision
from storage.rounds import Round
from storage.wins import Win

SOME: Final = 4
"""Things named in a section."""
SHORT: Final = 90
"""Characters of what somebody wrote: two lines on a phone, and the longest brief is one message."""
MANY: Final = 40
"""So many wins, actions and decisions are gone through: as good as all, in a month."""
FRESH: Final = timedelta(days=7)
"""An action without an owner is no risk in its first week."""


def brief_now(req: Request) -> Brief:
    """The brief as of this moment, since the one that was sent last."""
    forum = forum_of(req)
    last = briefs.plan_of(req.store, forum.id).briefed_at or forums.founded_at(req.store, forum.id)
    since = begins_on(req.today, local_day(req, last))
    begins = max(last, datetime.combine(since, time(), ZoneInfo(req.zone)))
    results, risks, waiting = _results(req, since, begins), _risks(req), _waiting(req)
    told = [results, risks, waiting, *_pulse(req), *_meeting(req)]
    home = (_first("result", results), _first("risk", risks), _first("waiting", waiting))
    return Brief(forum.name, since, req.today, forum.zone, home, tuple(told))


def has_news(brief: Brief) -> bool:
    """Whether there is anything to tell: a result, a decision, a risk or something that waits."""
    return any(each.items for each in brief.sections[:3])


def _first(kind: str, section: Section) -> Text:
    """One line to take home: the first thing of a section, or what it comes to."""
    return text(f"brief-home-{kind}", what=section.items[0]) if section.items else section.summary


def short(words: str) -> Text:
    """What somebody wrote, on one line and not too long."""
    return verbatim(shortened(words, SHORT))


def _action(req: Request, one: ActionItem) -> Text:
    """An action in a few words; in a confidential forum by its number."""
    return text("brief-action", number=str(one.id)) if forum_of(req).confidential else short(one.what)


# --- Results ---------------------------------------------------------------------------------------------------


def _results(req: Request, since: date, begins: datetime) -> Section:
    forum = forum_of(req).id
    done, count = briefs.finished(req.store, forum, begins, most=MANY)
    finished = {each.id for each in done}
    actors = forums.actors(req.store, forum)
    won = wins.told_between(req.store, forum, begins, req.now, most=MANY)
    celebrated = {each.action for each in won if each.action}
    told = [_won(req, each, actors) for each in reversed(won)]
    helped = [(each, wins.hands(req.store, forum, each.id)) for each in done if each.id not in celebrated]
    helped.sort(key=lambda each: -len(each[1]))
    told += [_with(_action(req, each), actors, hands if len(hands) > 1 else ()) for each, hands in helped]
    items = listed(told, len(won) + count - len(celebrated & finished), SOME)
    decided, decisions = briefs.decided(req.store, forum, begins, most=SOME)
    new = [_decided(req, each) for each in decided]
    items = (*items, *listed(new, decisions, SOME), *_promises(req, since))
    return Section(
        text("brief-results"), text("brief-results-count", count=count, decisions=decisions), items
    )


def _won(req: Request, one: Win, actors: list[Actor]) -> Text:
    """Something that went well, with those who did it; a thank-you with those whom it went to."""
    if forum_of(req).confidential:
        return _with(text("brief-win"), actors, () if one.kind == "thanks" else one.actors)
    names = actor_names(actors, one.actors)
    short_one = in_short(one, SHORT, to=names if names.values else None)
    return short_one if one.kind == "thanks" else _with(short_one, actors, one.actors)


def _decided(req: Request, one: Decision) -> Text:
    if forum_of(req).confidential:
        return text("brief-decided-bare", number=one.label)
    return text("brief-decided", number=one.label, what=short(one.what))


def _promises(req: Request, since: date) -> tuple[Text, ...]:
    kept = outcomes.promises(req.store, forum_of(req).id, since, req.today)
    return (text("brief-promises", kept=kept.kept, all=kept.all),) if kept.share is not None else ()


def _with(what: Text, actors: list[Actor], chosen: tuple[int, ...]) -> Text:
    names = actor_names(actors, chosen)
    return text("brief-together", what=what, actors=names) if names.values else what


# --- Risks -----------------------------------------------------------------------------------------------------


def _risks(req: Request) -> Section:
    """What stands still, and why; nobody is named."""
    forum = forum_of(req).id
    stuck = briefs.stuck(req.store, forum, most=SOME)
    nobodys = guards.ownerless(req.store, forum, req.now - FRESH, most=SOME)
    late, _ = actions.fell_due(req.store, forum, since="", today=req.today, most=SOME * 2)
    known = {each.id for each in (*stuck, *nobodys)}
    items = [_stuck(req, each) for each in stuck]
    items += [text("brief-risk-nobody", what=_action(req, each)) for each in nobodys if each not in stuck]
    items += [_late(req, each) for each in late if each.id not in known]
    count = guards.count_at_risk(req.store, forum, req.now - FRESH, req.today)
    if not meetings.coming(req.store, forum, req.now, most=1):
        items.insert(1, text("brief-risk-no-meeting"))
        count += 1
    return Section(text("brief-risks"), text("brief-risks-count", count=count), listed(items, count, SOME))


def _stuck(req: Request, one: ActionItem) -> Text:
    if one.note and not forum_of(req).confidential:
        return text("brief-risk-stuck-because", what=short(one.what), why=short(one.note))
    return text("brief-risk-stuck", what=_action(req, one))


def _late(req: Request, one: ActionItem) -> Text:
    assert one.due_on is not None  # noqa: S101 - it fell due
    return text("brief-risk-late", what=_action(req, one), day=one.due_on)


# --- Decisions -------------------------------------------------------------------------------------------------


def _waiting(req: Request) -> Section:
    forum = forum_of(req).id
    going = rounds.open_now(req.store, forum)
    due = outcomes.due(req.store, forum, req.today, most=MANY)
    items = [_round(req, each) for each in going] + [_due(req, each) for each in due]
    count = len(items)
    return Section(
        text("brief-waiting"), text("brief-waiting-count", count=count), listed(items, count, SOME)
    )


def _round(req: Request, one: Round) -> Text:
    what = text("brief-round", number=str(one.id)) if forum_of(req).confidential else short(one.question)
    return text("brief-waiting-round", what=what, until=Instant(one.deadline, req.zone))


def _due(req: Request, one: Decision) -> Text:
    if forum_of(req).confidential:
        return text("brief-waiting-outcome-bare", number=one.label)
    return text("brief-waiting-outcome", number=one.label, what=short(one.what))


# --- The pulse, and the next meeting ---------------------------------------------------------------------------


def _pulse(req: Request) -> list[Section]:
    """What everybody has seen of the last round, and nothing else."""
    forum = forum_of(req).id
    done = [each for each in pulse.rounds(req.store, forum) if each.state == "published"]
    if not done:
        return []
    last = done[0]
    shown = {
        key: from_json(json.loads(each)) for key, each in pulse.results_of(req.store, forum, last.id).items()
    }
    items = _trends(req, tuple(dict.fromkeys(key for each in done for key in each.questions)))
    point = talking_point(shown)
    if all(each == HIDDEN for each in shown.values()):
        items.append(text("pulse-result-all-hidden"))
    elif point and part_of(point):
        items.append(text("brief-pulse-talk", question=question_text(point)))
    if last.led_to and not forum_of(req).confidential:
        items.append(text("brief-pulse-led-to", what=short(last.led_to)))
    summary = text(
        "brief-pulse-answered",
        day=local_day(req, last.publishes_at),
        answered=last.answered,
        invited=last.invited,
    )
    return [Section(text("brief-pulse"), summary, tuple(items))]


def _trends(req: Request, questions: tuple[str, ...]) -> list[Text]:
    """The direction of each part that has one yet."""
    forum = forum_of(req).id
    series = {
        key: [
            Measurement(key, from_json(json.loads(each.shown)), each.answered, each.invited)
            for each in pulse.history_of(req.store, forum, key)
        ]
        for key in questions
        if part_of(key)
    }
    chosen = part_questions(series, {key: part for key in series if (part := part_of(key))})
    moved = {part: trend(series[key]) for part, key in chosen.items()}
    return [
        text("pulse-trend-part", part=text(f"pulse-part-{part}"), words=text(f"pulse-trend-{words}"))
        for part, words in moved.items()
        if words != "soon"
    ]


def _meeting(req: Request) -> list[Section]:
    coming = meetings.coming(req.store, forum_of(req).id, req.now, most=1)
    return [
        Section(
            text("brief-meeting"),
            text("brief-meeting-when", title=_title(req, each.title), at=Instant(each.begins_at, req.zone)),
        )
        for each in coming
    ]


def _title(req: Request, title: str) -> Text:
    return text("brief-meeting") if forum_of(req).confidential else short(title)
