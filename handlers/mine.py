"""My things: what waits for me, over all my forums, for my eyes alone (``mina``, and the App Home in Slack).

My open actions with their answers, what rests with my organisation until somebody takes it, and the decisions that I
follow up. The forum one is in stands first and can be answered on the spot; the others are one press away.
"""

from datetime import timedelta
from typing import Final

from handlers.action_cards import due_words, in_list, take_button
from handlers.action_changes import claim, finish, load, load_open, load_own, start, taken
from handlers.action_rules import is_open, page_key
from handlers.kit.access import Deed
from handlers.kit.doors import menu, open_actions, show_action, show_decision
from handlers.kit.effects import Effects, Publish, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, person_of
from handlers.kit.inbound import Request, Said
from handlers.kit.people_shown import shortened
from handlers.kit.ui import Action, Button, Card, Element, Line, Row, Text, text
from storage import actions, decisions, forums, intake, people
from storage.records import ActionItem, Forum, Member

feature = Feature("mine")

PAGE: Final = 5
SOME: Final = 3
FORUMS: Final = 10
"""Other forums shown at once."""
FOLLOWED_UP: Final = timedelta(days=14)
"""So long after its day a follow-up still stands among what waits."""
_Key = tuple[str, int]


# --- Showing ---------------------------------------------------------------------------------------------------


@feature.command("mine", Deed.OWN_DATA, menu=True, link=True)
def mine(req: Request, _said: str) -> Effects:
    """What waits for the one who asks; in a group only a button that opens it in private."""
    if _is_overheard(req):
        button = Button(text("menu-mine"), mine.action(""), "primary", private=True)
        yield Whisper(Card(text("mine-in-private"), (Row((button,)),)))
    else:
        yield from _show(req)


@feature.button(Deed.READ)
def more(req: Request, day: str, number: int) -> Effects:
    """The next of my actions after a day and a number."""
    yield from _show(req, after=(day, number))


@feature.button(Deed.READ)
def switch(req: Request) -> Effects:
    """Another of my forums comes first, here and for everything said in private from now on."""
    intake.set_fact(req.store, f"forum-of:{person_of(req).id}", str(forum_of(req).id))
    yield from _show(req)


@feature.event("home-opened")
def home(req: Request) -> Effects:
    """The person's own page in Slack."""
    yield Publish(person_of(req).id, _card(req))


def _show(req: Request, *, outcome: Text | None = None, after: _Key | None = None) -> Effects:
    """Where the person looks: on their own page, or as an answer to them alone."""
    card = _card(req, outcome, after)
    yield Publish(person_of(req).id, card) if req.inbound.chat is None else Whisper(card)


def _is_overheard(req: Request) -> bool:
    """Whether an answer would be seen by a whole group.

    In Telegram, of somebody the bot cannot write to, or where there is no forum and commands are answered aloud.
    """
    who, chat = req.inbound.who, req.inbound.chat
    if who is None or chat is None or chat.private or chat.platform == "slack":
        return False
    if req.forum is None and isinstance(req.inbound, Said):
        return True
    known = people.known(req.store, who.platform, who.workspace, who.user)
    return known is None or not known[2]


# --- Answering -------------------------------------------------------------------------------------------------


@feature.button(Deed.ANSWER)
def done(req: Request, action: int) -> Effects:
    """It is done, and leaves the list."""
    one = load_own(req, action)
    outcome = text("action-done-already")
    if is_open(one):
        yield from finish(req, one)
        outcome = text("action-now-done", number=str(action))
    yield from _show(req, outcome=outcome)


@feature.button(Deed.ANSWER)
def underway(req: Request, action: int) -> Effects:
    """It is on its way."""
    one = load_open(req, action)
    if one.state != "underway":
        yield from start(req, one)
    yield from _show(req, outcome=text("action-now-underway", number=str(action)))


@feature.button(Deed.ANSWER)
def take(req: Request, action: int) -> Effects:
    """What rested with the organisation is mine."""
    yield from claim(req, load(req, action))
    yield from _show(req, outcome=taken(req, action))


# --- The card --------------------------------------------------------------------------------------------------


def _card(req: Request, outcome: Text | None = None, after: _Key | None = None) -> Card:
    all_mine = forums.memberships(req.store, person_of(req).id)
    here = req.forum.id if req.forum else 0
    body: list[Element] = [Line(outcome)] if outcome else []
    for forum, member in all_mine:
        if forum.id == here:
            body += _section(req, forum, member, after, several=len(all_mine) > 1)
    others = [each for each in all_mine if each[0].id != here]
    body += [each for other in others[:FORUMS] for each in _elsewhere(req, *other)]
    if not all_mine:
        body.append(Line(text("mine-no-forum")))
    body.append(Row((Button(text("help-to-menu"), menu()),)))
    return Card(text("mine-title"), tuple(body))


def _section(req: Request, forum: Forum, me: Member, after: _Key | None, *, several: bool) -> list[Element]:
    body = [*_own(req, me, after)]
    if after is None:
        body += [*_untaken(req, me), *_follow_ups(req, me)]
    if not body:
        body.append(Line(text("mine-nothing")))
    body.append(Row((Button(text("menu-actions"), open_actions()),)))
    return [Line(text("mine-forum", forum=forum.name)), *body] if several else body


def _own(req: Request, me: Member, after: _Key | None) -> list[Element]:
    found = actions.of_member(req.store, me.forum, me.id, after=after, most=PAGE + 1)
    body: list[Element] = []
    for each in found[:PAGE]:
        body += [*in_list(req, each, owned=False), Row(_answers(each))]
    if len(found) > PAGE:
        body.append(Row((Button(text("action-more"), more.action(*page_key(found[PAGE - 1]))),)))
    return body


def _answers(one: ActionItem) -> tuple[Button, ...]:
    number = str(one.id)
    finished = Button(text("mine-done", number=number), done.action(one.id))
    on_its_way = Button(text("mine-underway", number=number), underway.action(one.id))
    show = Button(text("action-show-number", number=number), show_action(one.id))
    return (finished, show) if one.state == "underway" else (finished, on_its_way, show)


def _untaken(req: Request, me: Member) -> list[Element]:
    found = actions.untaken(req.store, me, most=SOME + 1)
    body: list[Element] = [Line(text("mine-untaken"))] if found else []
    for each in found[:SOME]:
        show = Button(text("action-show-number", number=str(each.id)), show_action(each.id))
        body += [*in_list(req, each), Row((take_button(each, take.action(each.id)), show))]
    if len(found) > SOME:
        body.append(Line(text("mine-more-untaken"), "small"))
    return body


def _follow_ups(req: Request, me: Member) -> list[Element]:
    since = req.today - FOLLOWED_UP
    found = decisions.owned_by(req.store, me.forum, me.id, since=since, most=SOME)
    body: list[Element] = [Line(text("mine-follow-ups"))] if found else []
    for each in found:
        due = due_words(each.follow_up_on, req.today)
        body.append(Line(text("mine-follow-up", number=each.label, what=shortened(each.what), due=due)))
    if found:
        shown = (Button(text("decision-number", number=each.label), show_decision(each.id)) for each in found)
        body.append(Row(tuple(shown)))
    return body


def _elsewhere(req: Request, forum: Forum, me: Member) -> list[Element]:
    """Another forum: how much waits there, and the way over. In a channel no button may lead out of its forum."""
    count = actions.count_waiting(req.store, me)
    line = Line(text("mine-elsewhere", forum=forum.name, count=count))
    chat = req.inbound.chat
    if chat and not chat.private and chat.platform == "slack":
        return [line, Line(text("mine-elsewhere-private"), "small")]
    go = Action(switch.name, (), forum.id)
    return [line, Row((Button(text("mine-switch", forum=forum.name), go),))]
