"""The message budget (L4): one card decides what reaches me, where and when, in all my forums.

Somebody who never opens it is written to on working days from eight to six, and reminded at most once a day with
everything in one message. Reminders can be put to sleep, switched off, or left alone while one is away.
"""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from handlers.budget_cards import (
    LISTED,
    SWITCHES,
    WEEKDAYS,
    aimed,
    hours_field,
    in_one_message,
    list_card,
    may_sleep,
    notices_card,
    parse_hours,
    with_sleep,
)
from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.budget import (
    MOST,
    back_at,
    inform,
    inform_person,
    may_be_asked_at,
    put_off,
    tell_at,
    tell_now,
)
from handlers.kit.doors import own_digest_begins
from handlers.kit.effects import Direct, Effects, FieldErrors, Refusal, Schedule, Whisper
from handlers.kit.feature import Feature, decode
from handlers.kit.forum import forum_of, local_day, may_have_rung, person_of, rung
from handlers.kit.inbound import Happened, Request
from handlers.kit.ui import Action, Card, ChoiceField, DateField, Form, Line, Option, text
from handlers.kit.ui_json import card_from_json
from handlers.kit.welcome import MORNING, is_away, next_welcome
from handlers.kit.when import next_working_day, working_moment
from handlers.win_steps import unnamed_everywhere
from storage import forums, intake, nudges, outbox, people, wishes
from storage.db import to_ms
from storage.nudges import Nudge
from storage.outbox import Letter
from storage.wishes import Wishes, wishes_of

feature = Feature("budget")

WORKING_DAYS: Final = ("0", "1", "2", "3", "4")
LONGEST_AWAY: Final = 366
QUIET: Final = ("action-", "overdue", "pulse-", "win-", "hint-")
"""Matters that nobody is told of when somebody does not answer; actions tell of it themselves."""
SECRET: Final = ("pulse-", "news-")
"""Where it is nobody's business who went on from the list."""


# --- The day's one message -----------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def tell(req: Request, person: int) -> Effects:
    """What waits for a person goes out in one message, if they may be written to now.

    They may have had it today, before a backup was put back: then it comes on their next day, as things stand then.
    """
    again = may_have_rung(req)
    people.hold(req.store, person)
    if again and (tomorrow := may_be_asked_at(req, person, after=req.today)):
        yield from _another_day(req, person, nudges.waiting(req.store, person), tomorrow)
    else:
        yield from _tell(req, person)


def _tell(req: Request, person: int) -> Effects:
    found, mine = nudges.waiting(req.store, person), wishes_of(req.store, person)
    here = forum_of(req).id
    if found and all(each.forum != here for each in found):
        yield tell_now(req, person, forum=found[0].forum)
        return
    at = None if is_away(mine, req.today) else next_welcome(mine, req.now, req.zone)
    if found and at and at > req.now:
        yield tell_at(person, at)
        return
    shown, left = in_one_message([each for each in found if at and (mine.nudges or not each.again)])
    for each in found:
        if each not in left:
            nudges.tell(req.store, each, req.today)
    if shown:
        yield _message(req, person, shown)
    if tomorrow := may_be_asked_at(req, person, after=req.today):
        yield from _another_day(req, person, left, tomorrow)
    for each in shown[:LISTED]:
        yield from _fifth(req, each)


def _another_day(req: Request, person: int, left: list[Nudge], at: datetime) -> Effects:
    """What has not been told is told then: news as they are, questions if there is still something to ask."""
    for each in left:
        if each.again:
            yield from put_off(req, person, each.matter, _again(each), at, forum=each.forum)
    if any(not each.again for each in left):
        yield tell_at(person, at)


def _again(one: Nudge) -> Action:
    name, _, args = decode(one.again)
    return Action(name, args)


def _message(req: Request, person: int, wanted: list[Nudge]) -> Direct:
    """One thing as it is, several as a list; said aloud, if need be, in the chat of the forum that it belongs to."""
    here = [each for each in wanted if each.forum == forum_of(req).id and each.fallback]
    aloud = _read(here[0].fallback, here[0].forum) if here else None
    matters = tuple((each.forum, each.matter) for each in wanted)
    if len(wanted) > 1:
        return Direct(person, list_card(wanted, answer.name), fallback=aloud, matters=matters)
    one = wanted[0]
    card = _card(one)
    card = with_sleep(card, sleep_form.name, one) if may_sleep(one) else card
    return Direct(person, card, fallback=aloud, matters=matters)


def _card(one: Nudge) -> Card:
    return _read(one.card, one.forum)


def _read(written: str, forum: int) -> Card:
    return aimed(card_from_json(json.loads(written)), forum)


def _fifth(req: Request, one: Nudge) -> Effects:
    """No more reminders about it: whoever runs that forum should know. Actions tell of it themselves."""
    if one.sent + 1 >= MOST and one.again and not one.matter.startswith(QUIET):
        at = working_moment(next_working_day(req.today + timedelta(days=1)), MORNING, req.zone)
        name = f"fifth:{one.person}:{one.matter}"
        yield Schedule(name, at, no_more.action(one.person, one.matter), forum=one.forum)


@feature.button(Deed.READ)
def no_more(req: Request, person: int, matter: str) -> Effects:
    """The coordinators hear, the next day, that somebody will not be reminded of a matter any more.

    Unless that last reminder never reached them, and is to come once more.
    """
    rung(req)
    forum = forum_of(req).id
    one, who = nudges.get(req.store, person, forum, matter), forums.member_of(req.store, forum, person)
    if one is None or who is None or not one.card or one.sent < MOST:
        return
    card = Card(text("budget-no-more", who=who.name), (Line(_card(one).title, "quote"),))
    for each in forums.coordinators(req.store, forum):
        if each.person != person:
            yield from inform(req, each, card)


@feature.event("held-up")
def held_up(req: Request) -> Effects:
    """What a platform did not take before somebody's day was over: questions are asked anew, news come as they are."""
    if not isinstance(req.inbound, Happened):
        raise Refusal(text("refused-stale"))
    letter = outbox.letter(req.store, int(req.inbound.detail))
    if letter is None or letter.person is None or letter.state not in ("new", "sending"):
        return
    people.hold(req.store, letter.person)
    outbox.mark(req.store, letter.id, "dropped", "outside their hours")
    if letter.matters:
        yield from _tell_anew(req, letter, letter.person)
        return
    here = forum_of(req).id
    aloud = _read(letter.fallback, here) if letter.fallback else None
    newest = outbox.newest_card(req.store, letter)
    yield from inform_person(req, letter.person, _read(newest, here), fallback=aloud)


def _tell_anew(req: Request, letter: Letter, person: int) -> Effects:
    """The day's one message never came. What has moved on since, or been told on another day, is left out."""
    day, away = local_day(req, letter.due_at), is_away(wishes_of(req.store, person), req.today)
    at = may_be_asked_at(req, person, after=day)
    if at is None:
        return
    told = [nudges.get(req.store, person, *each) for each in letter.matters]
    wanted = [each for each in told if each and (each.again or not away)]
    yield from _another_day(
        req, person, [each for each in wanted if nudges.take_back(req.store, each, day)], at
    )


@feature.button(Deed.READ)
def answer(req: Request, matter: str) -> Effects:
    """One of several things, with its own buttons."""
    one = nudges.get(req.store, person_of(req).id, forum_of(req).id, matter)
    if one is None or not one.card:
        raise Refusal(text("refused-stale"))
    card = _card(one)
    if one.matter.startswith(SECRET):
        # Who went to answer from here is nobody's business, so no row and no name of a card is left behind.
        yield Whisper(replace(card, name=""), replace=False, care="forget")
        return
    yield Whisper(with_sleep(card, sleep_form.name, one) if may_sleep(one) else card, replace=False)


# --- Sleep until ---------------------------------------------------------------------------------------------------


@feature.form(Deed.READ)
def sleep_form(req: Request, matter: str) -> Form:
    """Until when it may rest."""
    _mine(req, matter)
    options = tuple(
        Option(each, text(f"budget-sleep-{each}")) for each in ("tomorrow", "monday", "week", "day")
    )
    return Form(text("budget-sleep-title"), text("budget-sleep-save"), (
        ChoiceField(key="until", label=text("budget-sleep-field"), options=options),
        DateField(key="day", label=text("budget-sleep-day"), hint=text("budget-sleep-day-hint"), optional=True,
                  within=LONGEST_AWAY),
    ))  # fmt: skip


@sleep_form.submitted
def slept(req: Request, answers: Answers, matter: str) -> Effects:
    """Nobody asks before that day; then it comes back, if it is still there."""
    one, until = _mine(req, matter), _until(req.today, answers.words("until"), answers.day("day"))
    if until is None or until <= req.today:
        yield FieldErrors({"day": text("budget-sleep-needs-day")})
        return
    until = next_working_day(until)
    nudges.sleep(req.store, one, until)
    yield Schedule(f"again:{one.person}:{matter}", working_moment(until, MORNING, req.zone), _again(one))
    yield Whisper(Card(text("budget-asleep", day=until), (Line(_card(one).title, "quote"),)))


def _until(today: date, chosen: str, day: date | None) -> date | None:
    match chosen:
        case "tomorrow":
            return today + timedelta(days=1)
        case "monday":
            return today + timedelta(days=7 - today.weekday())
        case "week":
            return today + timedelta(days=7)
        case _:
            return day


def _mine(req: Request, matter: str) -> Nudge:
    one = nudges.get(req.store, person_of(req).id, forum_of(req).id, matter)
    if one is None or not may_sleep(one):
        raise Refusal(text("refused-stale"))
    return one


# --- What I wish ---------------------------------------------------------------------------------------------------


@feature.command("notices", Deed.READ, menu=True, link=True)
def notices(req: Request, _said: str) -> Effects:
    """What reaches me, where and when, with a button for each thing one may change."""
    yield Whisper(_shown(req))


def _shown(req: Request) -> Card:
    return notices_card(wishes_of(req.store, person_of(req).id), req.today, {
        "hours": hours_form.action(), "away": away_form.action(), "where": where_form.action(),
        "digest": digest_form.action(), "back": back_now.action(),
        **{each: switch.action(each) for each in SWITCHES},
    })  # fmt: skip


@feature.form(Deed.READ)
def hours_form(req: Request) -> Form:
    """The days and hours in which one may be written to."""
    mine = wishes_of(req.store, person_of(req).id)
    days = tuple(Option(str(number), text(f"weekday-{each}")) for number, each in enumerate(WEEKDAYS))
    return Form(text("budget-hours-title"), text("budget-save"), (
        ChoiceField(key="days", label=text("budget-hours-days"), options=days, many=True,
                    initial=",".join(map(str, mine.days))),
        hours_field(mine),
    ))  # fmt: skip


@hours_form.submitted
def hours_set(req: Request, answers: Answers) -> Effects:
    """From now on nothing comes outside of them; what would have come waits for the next morning."""
    hours = parse_hours(answers.words("hours"))
    if hours is None:
        yield FieldErrors({"hours": text("budget-hours-unreadable", said=answers.words("hours")[:40])})
        return
    days = tuple(sorted(int(each) for each in answers.many("days")))
    yield from _keep(req, replace(_wishes(req), days=days, opens=hours[0], closes=hours[1]))


@feature.form(Deed.READ)
def away_form(_req: Request) -> Form:
    """The first day one is back."""
    field = DateField(
        key="back", label=text("budget-away-field"), hint=text("budget-away-hint"), within=LONGEST_AWAY
    )
    return Form(text("budget-away-title"), text("budget-save"), (field,))


@away_form.submitted
def away(req: Request, answers: Answers) -> Effects:
    """Nothing comes until then; on that day, one message with what waits and what happened."""
    back = answers.asked_day("back")
    person = person_of(req).id
    at = working_moment(next_working_day(back), MORNING, req.zone)
    mine = _wishes(req)
    if not is_away(mine, req.today):
        intake.set_fact(req.store, f"away-since:{person}", str(to_ms(req.now)))
    yield from back_at(req, person, at)
    yield from _keep(req, replace(mine, away_until=back))


@feature.button(Deed.READ)
def back_now(req: Request) -> Effects:
    """One is back earlier than one thought."""
    mine = _wishes(req)
    if is_away(mine, req.today):
        yield from back_at(req, person_of(req).id, req.now)
    yield from _keep(req, replace(mine, away_until=None))


@feature.button(Deed.READ)
def switch(req: Request, what: str) -> Effects:
    """Reminders, mentions in channels, or praise in public: as the button says, pressed once or twice."""
    mine = _wishes(req)
    match what.rpartition("-"):
        case "nudges", _, ("on" | "off") as now:
            mine = replace(mine, nudges=now == "on")
        case "mentions", _, ("on" | "off") as now:
            mine = replace(mine, mentions=now == "on")
        case "praise", _, ("ask" | "private") as now:
            mine = replace(mine, praise=now)
            if now == "private":
                yield from unnamed_everywhere(req)
        case _:
            raise Refusal(text("refused-stale"))
    yield from _keep(req, mine)


@feature.form(Deed.READ)
def where_form(req: Request) -> Form:
    """Slack, Telegram, or wherever one wrote last."""
    options = tuple(Option(each, text(f"budget-where-{each}")) for each in ("last", "slack", "telegram"))
    field = ChoiceField(
        key="where",
        label=text("budget-where-field"),
        options=options,
        initial=_wishes(req).platform or "last",
    )
    return Form(text("budget-where-title"), text("budget-save"), (field,))


@where_form.submitted
def where_set(req: Request, answers: Answers) -> Effects:
    """Private messages go there, as long as one can be reached there."""
    chosen = answers.words("where")
    yield from _keep(req, replace(_wishes(req), platform="" if chosen == "last" else chosen))


@feature.form(Deed.READ)
def digest_form(req: Request) -> Form:
    """One's own summary over all one's forums: never, every working day, or on one day of the week."""
    options = tuple(Option(each, text(f"budget-digest-{each}")) for each in ("off", "daily", *WORKING_DAYS))
    field = ChoiceField(
        key="digest", label=text("budget-digest-field"), options=options, initial=_wishes(req).digest
    )
    return Form(text("budget-digest-title"), text("budget-save"), (field,))


@digest_form.submitted
def digest_set(req: Request, answers: Answers) -> Effects:
    """The next one comes on the next such day."""
    person, chosen = person_of(req).id, answers.words("digest")
    yield from _keep(req, replace(_wishes(req), digest=chosen))
    yield Schedule(f"own-digest:{person}", req.now, own_digest_begins(person))


def _wishes(req: Request) -> Wishes:
    return wishes_of(req.store, person_of(req).id)


def _keep(req: Request, mine: Wishes) -> Effects:
    wishes.keep(req.store, person_of(req).id, mine)
    yield Whisper(_shown(req))
