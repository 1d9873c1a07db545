"""Actions (G5, W4): who does what by when, recorded in one line, out of a decision or in a form.

The one who writes owns it, unless they say otherwise; an organisation can own it without a person. The card appears
in every chat of the forum as Åtgärd 7 and follows every change. ``reminders`` asks how it goes, ``replies`` takes the
answers. When a person leaves, what they had goes back to their organisation, and somebody there can take it.
"""

from datetime import date

from handlers.action_cards import (
    action_card,
    in_list,
    list_card,
    numbers,
    own_card,
    take_button,
)
from handlers.action_changes import (
    changed,
    keep_time,
    load,
    load_to_correct,
    set_due,
    tell,
    tell_coordinators,
    tell_new_owner,
)
from handlers.action_forms import action_form, chosen_owner, mistakes, wrong_day
from handlers.action_rules import LONGEST, page_key, read_number, seal
from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.doors import decision_refresh
from handlers.kit.effects import Effects, OpenForm, Post, Refusal, Schedule, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.inbound import Request, Said, Source
from handlers.kit.people_shown import fitted, verbatim
from handlers.kit.sitting import filed
from handlers.kit.ui import Button, Card, Element, Form, Line, Row, text
from handlers.kit.when import split_day
from handlers.place_rules import is_shown_here
from storage import actions, decisions, forums
from storage.records import ActionItem, Member

feature = Feature("actions")

PAGE = 8
CARDS = 40
"""Cards brought up to date when somebody leaves: what comes first. More would hold up the chats for an hour."""
SOME = 10
"""So many actions of somebody who left are named one by one."""


# --- Recording -------------------------------------------------------------------------------------------------


@feature.command("action", Deed.RECORD, menu=True)
def record(req: Request, said: str) -> Effects:
    """Words become an action at once, with the day at their end; a number shows it; nothing opens the form."""
    source = req.inbound.source if isinstance(req.inbound, Said) else None
    number = read_number(said)
    if number is not None:
        yield from show(req, number)
        return
    words, due_on = split_day(said, req.today)
    link = source.link if source else ""
    what = words or _words_of(source)
    if not what:
        yield OpenForm(add_form.action(0), {"due": due_on.isoformat() if due_on else "", "link": link})
        return
    if len(what) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(what)))
    wrong = wrong_day(due_on, None, req.today)
    if wrong:
        yield Whisper(Card(wrong, (Line(text("action-your-words")), Line(verbatim(what), "quote"))))
        yield OpenForm(add_form.action(0), {"what": what, "link": link})
        return
    me = member_of(req)
    yield from _add(req, what, (me.actor, me.id), due_on, link=link)


def _words_of(source: Source | None) -> str:
    """The message answered to; when it is long its beginning will do, for the card links to it."""
    return fitted(source.text if source else "", LONGEST)


@feature.form(Deed.RECORD)
def add_form(req: Request, decision: int) -> Form:
    """What is to be done, by which organisation, by whom, and by when."""
    if decision:
        _check_stands(req, decision)
    return action_form(req, None)


@add_form.submitted
def added(req: Request, answers: Answers, decision: int) -> Effects:
    """The action is numbered and shown in every chat; whoever got it hears of it."""
    wrong = mistakes(req, answers, None)
    if wrong:
        yield wrong
        return
    yield from _add(
        req,
        answers.words("what"),
        chosen_owner(req, answers),
        answers.day("due"),
        decision=decision or None,
        link=answers.words("link"),
    )


def _add(
    req: Request,
    what: str,
    whose: tuple[int | None, int | None],
    due_on: date | None,
    *,
    decision: int | None = None,
    link: str = "",
) -> Effects:
    forum, member = forum_of(req), member_of(req)
    actor, person = whose
    number = actions.add(
        req.store, forum.id, what=what, actor=actor, owner=person, due_on=due_on, decision=decision,
        member=member.id, now=req.now, link=link,
    )  # fmt: skip
    yield from filed(req, "action", number)
    one = load(req, number)
    yield Post(action_card(req, one))
    if not is_shown_here(req):
        yield Whisper(Card(text("action-recorded", number=str(number))), replace=False)
    yield from keep_time(req, one)
    if decision:
        yield Schedule(f"refresh:{decision}:{req.inbound.key}", req.now, decision_refresh(decision))
    yield from tell_new_owner(req, one, aloud=False)


def _check_stands(req: Request, decision: int) -> None:
    """Nothing new comes out of a decision that no longer holds."""
    one = decisions.get(req.store, forum_of(req).id, decision)
    if one is None:
        raise Refusal(text("decision-gone"))
    if one.state != "standing":
        raise Refusal(text("action-decision-over", number=one.label))


# --- Changing --------------------------------------------------------------------------------------------------


@feature.form(Deed.ANSWER)
def edit_form(req: Request, action: int) -> Form:
    """The same questions with the present answers."""
    return action_form(req, load_to_correct(req, action))


@edit_form.submitted
def edited(req: Request, answers: Answers, action: int) -> Effects:
    """The card changes in every chat; a new owner hears of it, a new day sets the reminders anew."""
    one = load_to_correct(req, action)
    wrong = mistakes(req, answers, one)
    if wrong:
        yield wrong
        return
    if answers.words("seal") != seal(one):
        raise Refusal(text("action-changed-meanwhile", number=str(action)), _kept_words(one, answers))
    what, (actor, person), due_on = answers.words("what"), chosen_owner(req, answers), answers.day("due")
    me = member_of(req).id
    if what != one.what:
        actions.reword(req.store, one, what, member=me, now=req.now)
    if due_on != one.due_on:
        set_due(req, one, due_on)
    handed = (actor, person) != (one.actor, one.owner)
    if handed:
        actions.set_owner(req.store, one.forum, action, actor=actor, owner=person, member=me, now=req.now)
    yield from changed(req, action)
    yield Whisper(Card(text("action-changed", number=str(action))))
    if handed:
        yield from tell_new_owner(req, load(req, action))


def _kept_words(one: ActionItem, answers: Answers) -> Card:
    """What somebody wrote while somebody else changed it: nothing of it is lost."""
    again = Button(text("action-change"), edit_form.action(one.id), "primary")
    return Card(
        text("action-changed-meanwhile", number=str(one.id)),
        (Line(text("action-your-words")), Line(verbatim(answers.words("what")), "quote"), Row((again,))),
    )


# --- Looking ---------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def show(req: Request, action: int) -> Effects:
    """One action as it stands now, for the one who asks, with everything one can do about it."""
    yield Whisper(own_card(req, load(req, action)), replace=False)


@feature.command("actions", Deed.READ, menu=True)
def latest(req: Request, said: str) -> Effects:
    """The forum's open actions, soonest first; a number shows that one."""
    number = read_number(said)
    yield from show(req, number) if number is not None else page(req, "", 0)


@feature.button(Deed.READ, link=True)
def page(req: Request, day: str, number: int) -> Effects:
    """The next open actions after a day and a number."""
    forum = forum_of(req).id
    found = actions.open_in(req.store, forum, after=(day, number), most=PAGE + 1)
    if not found:
        yield Whisper(Card(text("action-none"), (Row((Button(text("menu-action"), add_form.action(0)),)),)))
        return
    heading = text("action-list-title", count=actions.count_open(req.store, forum))
    further = page.action(*page_key(found[PAGE - 1])) if len(found) > PAGE else None
    yield Whisper(list_card(req, heading, found[:PAGE], further))


# --- When somebody leaves --------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def orphaned(req: Request, member: int) -> Effects:
    """What a member who left had in hand goes back to their organisation, and somebody there is asked to take it."""
    rung(req)
    gone = forums.member(req.store, forum_of(req).id, member)
    if gone is None or gone.state == "active":
        return
    released = actions.release(req.store, gone, req.now)
    for each in released[:CARDS]:
        yield Update(action_card(req, each))
    for actor in dict.fromkeys(each.actor for each in released):
        yield from _ask_actor(req, gone, actor, [each for each in released if each.actor == actor])


def _ask_actor(req: Request, gone: Member, actor_id: int | None, left: list[ActionItem]) -> Effects:
    actor = forums.actor(req.store, gone.forum, actor_id) if actor_id else None
    others = forums.members(req.store, gone.forum, actor_id=actor_id) if actor else []
    body: list[Element] = [line for each in left[:SOME] for line in in_list(req, each, owned=False)]
    if len(left) > SOME:
        body.append(Line(text("action-and-more", count=len(left) - SOME)))
    if actor and others:
        body.append(Row(tuple(take_button(each) for each in left[:SOME])))
        title = text("action-left-to-you", who=gone.name, actor=actor.name)
        yield from tell(req, others, Card(title, tuple(body)))
    else:
        body.append(numbers(left[:SOME]))
        title = text("action-left-to-nobody", who=gone.name)
        yield from tell_coordinators(req, Card(title, tuple(body)))
