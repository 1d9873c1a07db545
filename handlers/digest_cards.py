"""How a digest looks: one card from what was read, the same in both chats.

It begins with what waits for whom, then what was decided, finished and won, then what comes. Every line says for
itself who, what and when. In a confidential forum it names numbers and days, and nobody's words.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from handlers.digest_rules import Digest
from handlers.kit.doors import add_point, answer_pulse, my_things, open_actions, what_came_of
from handlers.kit.drawings import Counts, progress_picture
from handlers.kit.people_shown import shortened
from handlers.kit.ui import (
    Action,
    Button,
    Card,
    Element,
    Fact,
    Items,
    Line,
    Picture,
    Row,
    Text,
    Value,
    text,
)
from handlers.kit.when import clock
from handlers.kit.wins_shown import in_short, spoken
from storage.digests import Asked, Done, Month, Ruling, Some, Waiting
from storage.records import Forum
from storage.wins import Win

T = TypeVar("T")
SHORT: Final = 70
"""Characters of what somebody wrote: a line and a half on a phone."""
SHORT_NAME: Final = 30
NAMED: Final = 2
"""Organisations named beside one thing."""
FOLLOWED: Final = 2
"""Decisions that one can look back on from the digest itself."""


def digest_card(
    one: Digest,
    forum: Forum,
    *,
    late: bool = False,
    more: Action | None = None,
    settings: Action | None = None,
) -> Card:
    """The digest of a forum; ``more`` is where the rest can be read, where not everything fits."""
    body: list[Element] = [Line(_span(one, forum), "small")]
    if late:
        body.append(Line(text("digest-late"), "small"))
    if one.months:
        body.append(_picture(one.months))
    sections = [_waits(one, forum), *_happened(one, forum), _due(one, forum), _pulse(one), _ahead(one, forum)]
    found = [each for section in sections for each in section]
    body += found or [Line(text("digest-quiet"))]
    return Card(text("digest-title", forum=forum.name), (*body, *_buttons(one, more, settings)))


def page_card(one: Digest, forum: Forum, page: str, further: Action) -> Card:
    """One half of all there is: what waits and comes, or what has happened."""
    if page == "waits":
        sections = [_waits(one, forum), _due(one, forum), _ahead(one, forum)]
        onward = Button(text("digest-next-page"), further)
    else:
        sections = [*_happened(one, forum), _pulse(one)]
        onward = Button(text("digest-first-page"), further)
    found = [each for section in sections for each in section] or [Line(text(f"digest-quiet-{page}"))]
    rows = (Row((onward, Button(text("menu-actions"), open_actions()))),)
    return Card(
        text(f"digest-page-{page}", forum=forum.name), (Line(_span(one, forum), "small"), *found, *rows)
    )


def _span(one: Digest, forum: Forum) -> Text:
    zone = ZoneInfo(forum.zone)
    since, until = (each.astimezone(zone).date() for each in (one.since, one.until))
    return text("digest-span", since=since, until=until)


def _picture(months: Sequence[Month]) -> Picture:
    """The latest months as columns; in words beside them, the same numbers."""
    done, decided = [each.done for each in months], [each.decided for each in months]
    rows = [
        Counts(text("digest-picture-done"), tuple(done)),
        Counts(text("digest-picture-decided"), tuple(decided)),
    ]
    alt = text(
        "digest-picture-alt", done=_by_month(months, done), decided=_by_month(months, decided),
        done_all=sum(done), decided_all=sum(decided),
    )  # fmt: skip
    return progress_picture(text("digest-picture-title"), [each.first for each in months], rows, alt=alt)


def _by_month(months: Sequence[Month], numbers: Sequence[int]) -> Items:
    named = zip(months, numbers, strict=True)
    return Items(tuple(
        text("digest-picture-month", month=text("picture-month", month=each.first.month), n=n) for each, n in named
    ))  # fmt: skip


# --- What waits ------------------------------------------------------------------------------------------------


def _waits(one: Digest, forum: Forum) -> list[Element]:
    found: list[Element] = [_waiting(each, forum, late=True) for each in one.late.items]
    found += _rest(one.late)
    if one.long_late:
        found.append(Line(text("digest-long-late", count=one.long_late)))
    found += [_asked(each, forum) for each in one.answers.items]
    found += _rest(one.answers)
    for decision in one.follow_ups.items:
        label = text("decision-number", number=decision.label)
        whole = text("digest-follow-up", what=shortened(decision.what, SHORT))
        found.append(Fact(label, spoken(forum, whole, text("digest-follow-up-bare"))))
    return _under("digest-waits", [*found, *_rest(one.follow_ups)])


def _asked(one: Asked, forum: Forum) -> Fact:
    day = one.at.astimezone(ZoneInfo(forum.zone)).date()
    match one.kind:
        case "minutes":
            return Fact(_names(one.actors), text("digest-approve", number=one.words, day=day))
        case "round" | "advice":
            who = text("digest-advisers" if one.kind == "advice" else "digest-everybody")
            whole = text("digest-answer", what=shortened(one.words, SHORT), day=day)
            return Fact(who, spoken(forum, whole, text("digest-answer-bare", day=day)))
        case _:
            return Fact(text("digest-everybody"), text("digest-pulse-open", day=day))


def _waiting(one: Waiting, forum: Forum, *, late: bool) -> Fact:
    what, number, day = shortened(one.what, SHORT), str(one.id), one.due_on
    if late:
        whole = text("digest-late-action", what=what, number=number, day=day)
        bare = text("digest-late-action-bare", number=number, day=day)
    else:
        whole = text("digest-action", what=what, number=number, day=day)
        bare = text("digest-action-bare", number=number, day=day)
    return Fact(_holder(one), spoken(forum, whole, bare))


def _holder(one: Waiting) -> Text:
    if one.actor:
        return _names((one.actor,))
    return text("digest-one-of-you" if one.has_owner else "digest-nobody")


def _due(one: Digest, forum: Forum) -> list[Element]:
    found: list[Element] = [_waiting(each, forum, late=False) for each in one.due.items]
    return _under("digest-due", [*found, *_rest(one.due)])


# --- What happened ---------------------------------------------------------------------------------------------


def _happened(one: Digest, forum: Forum) -> Iterable[list[Element]]:
    decided: list[Element] = [_ruling(each, forum) for each in one.decided.items]
    yield _under("digest-decided", [*decided, *_rest(one.decided)])
    done: list[Element] = [_done(each, forum) for each in one.done.items]
    yield _under("digest-done", [*done, *_rest(one.done)])
    names = dict(one.names)
    yield _under("digest-wins", [*(_win(each, names, forum) for each in one.wins.items), *_rest(one.wins)])


def _ruling(one: Ruling, forum: Forum) -> Fact:
    label = text("decision-number", number=one.label)
    words = text("verbatim", words=shortened(one.what, SHORT))
    return Fact(label, spoken(forum, words, text("digest-decided-bare")))


def _done(one: Done, forum: Forum) -> Fact:
    label = _names(one.actors) if one.actors else text("digest-done-by-nobody")
    whole = text("digest-done-one", what=shortened(one.what, SHORT), number=str(one.id))
    return Fact(label, spoken(forum, whole, text("digest-done-bare", number=str(one.id))))


def _win(one: Win, names: Mapping[int, str], forum: Forum) -> Element:
    actors = [names[each] for each in one.actors if each in names]
    if one.kind == "thanks":
        whole = in_short(one, SHORT, to=_names(actors) if actors else None)
        return Line(spoken(forum, whole, text("digest-thanks-bare")), "item")
    if forum.confidential and not actors:
        return Line(text("digest-untold"), "item")
    label = _names(actors) if actors else text("digest-win")
    return Fact(label, spoken(forum, in_short(one, SHORT), text("digest-untold")))


# --- What comes ------------------------------------------------------------------------------------------------


def _pulse(one: Digest) -> list[Element]:
    return [
        Fact(text("digest-pulse"), text("digest-pulse-shown", answered=each.answered, invited=each.invited))
        for each in one.of("result")
    ]


def _ahead(one: Digest, forum: Forum) -> list[Element]:
    found: list[Element] = []
    for each in one.of("meeting"):
        found.append(Fact(text("digest-meeting"), _when(each, forum)))
        if not forum.confidential:
            found += [
                Line(text("digest-point", number=str(place), what=point), "item")
                for place, point in enumerate(one.points, 1)
            ]
        hidden = one.points_count - (0 if forum.confidential else len(one.points))
        if hidden:
            found.append(Line(text("digest-more-points", count=hidden), "small"))
    return found


def _when(one: Asked, forum: Forum) -> Text:
    begins = one.at.astimezone(ZoneInfo(one.zone))
    ends = (one.ends_at or one.at).astimezone(ZoneInfo(one.zone))
    when = text("planned-when", day=begins.date(), begins=clock(begins), ends=clock(ends))
    if not one.venue or forum.confidential:
        return when
    return text("digest-when-where", when=when, venue=shortened(one.venue, SHORT))


def _buttons(one: Digest, more: Action | None, settings: Action | None) -> tuple[Row, ...]:
    first = [Button(text("digest-more"), more)] if more else []
    first.append(Button(text("menu-mine"), my_things(), private=True))
    first += [Button(text("pulse-answer"), answer_pulse(each.id), private=True) for each in one.of("pulse")]
    second = [
        Button(text("digest-look-back", number=each.label), what_came_of(each.id))
        for each in one.follow_ups.items[:FOLLOWED]
    ]
    second += [Button(text("menu-actions"), open_actions())] if one.long_late else []
    second += [Button(text("agenda-add"), add_point())] if one.of("meeting") else []
    second += [Button(text("digest-settings"), settings)] if settings else []
    return tuple(Row(tuple(each)) for each in (first, second) if each)


# --- Words -----------------------------------------------------------------------------------------------------


def _under(heading: str, found: Sequence[Element]) -> list[Element]:
    return [Line(text(heading), "heading"), *found] if found else []


def _names(actors: Sequence[str]) -> Text:
    named: list[Value] = [shortened(each, SHORT_NAME) for each in actors[:NAMED]]
    if len(actors) > NAMED:
        named.append(text("digest-others", count=len(actors) - NAMED))
    return text("digest-names", names=Items(tuple(named)))


def _rest(some: Some[T]) -> list[Element]:
    left = some.count - len(some.items)
    return [Line(text("action-and-more", count=left), "small")] if left else []
