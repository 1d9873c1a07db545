"""Set-up (O1, X2): the bot greets, somebody starts a forum and coordinates it, its settings, each one's language.

A forum can be started in any chat that belongs to none. Everything else about a chat, such as being tied to a forum
that exists, is in ``ties``; everything about people in ``members``.
"""

from datetime import timedelta

from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.codes import new_invite
from handlers.kit.doors import rhythm_begins
from handlers.kit.effects import Effects, OpenForm, Post, Refusal, Schedule, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, person_of, rung
from handlers.kit.forum_shown import forum_card, place_name
from handlers.kit.inbound import Request
from handlers.kit.organisation import one_line, organisation_fields
from handlers.kit.ui import Button, Card, Form, Line, text
from handlers.place_rules import come_back, is_shown_here, own_topic
from handlers.setup_cards import (
    amend_field,
    forum_fields,
    greeting,
    here_already,
    in_private,
    language_card,
)
from prompts.texts import LANGUAGES
from storage import forums, intake, people
from storage.records import Place

feature = Feature("setup")


# --- Greeting --------------------------------------------------------------------------------------------------


@feature.event("bot-added")
def added(req: Request) -> Effects:
    """Somebody invited the bot to a chat: it says who it is, or that it is back."""
    if req.place is None:
        return
    topics = come_back(req, req.place)
    if req.forum or not topics:
        yield Post(
            here_already(req.forum, back=True) if req.forum else greeting(start_form.action()), here=True
        )
        return
    for each in topics:
        forum = forums.get(req.store, each.forum or 0)
        if forum:
            yield Post(here_already(forum, back=True), place=each.id)


@feature.command("start", Deed.ASK)
def start(req: Request, _said: str) -> Effects:
    """The way in: a forum to start, the forum that is here, or in private what one can do."""
    if req.place is not None and req.forum is None:
        card = greeting(start_form.action())
        yield Post(card, here=True) if is_shown_here(req) else Whisper(card)
    elif req.place is not None and req.forum is not None:
        yield Whisper(here_already(req.forum, back=False))
    elif req.forum is not None:
        mine = forums.memberships(req.store, person_of(req).id)
        others = tuple((each, choose.action(each.id)) for each, _ in mine if each.id != req.forum.id)
        yield Whisper(in_private(req.forum, others))
    else:
        yield Whisper(Card(text("setup-hello"), (Line(text("setup-private-stranger")),)))


@feature.button(Deed.ASK)
def choose(req: Request, forum: int) -> Effects:
    """From now on, what one writes in private is meant for this one of one's forums."""
    person = person_of(req)
    mine = {each.id: each for each, _ in forums.memberships(req.store, person.id)}
    if forum not in mine:
        raise Refusal(text("refused-stale"))
    intake.set_fact(req.store, f"forum-of:{person.id}", str(forum))
    yield Whisper(Card(text("setup-chosen", name=mine[forum].name)))


# --- Starting a forum ------------------------------------------------------------------------------------------


@feature.command("found", Deed.START_FORUM, menu=True)
def found(_req: Request, _said: str) -> Effects:
    """Start a forum here."""
    yield OpenForm(start_form.action())


@feature.form(Deed.START_FORUM)
def start_form(req: Request) -> Form:
    """What the forum is, and which organisation its first member speaks for."""
    _untied_place(req)
    person_of(req)
    return Form(
        text("setup-form-title"),
        text("setup-form-submit"),
        (*forum_fields(None, req.language), *organisation_fields(optional=False)),
    )


@start_form.submitted
def started(req: Request, answers: Answers) -> Effects:
    """The forum lives in this chat, and the one who started it coordinates it."""
    place, person = own_topic(req, _untied_place(req)), person_of(req)
    forum = forums.create(
        req.store, name=one_line(answers.words("name")), challenge=answers.words("challenge"),
        language=answers.words("language"), zone=answers.words("zone"), invite=new_invite(req.rng), now=req.now,
    )  # fmt: skip
    forums.tie(req.store, place.id, forum.id)
    actor = forums.add_actor(
        req.store, forum.id, name=one_line(answers.words("organisation")), sector=answers.words("sector"),
        level=answers.words("level"),
    )  # fmt: skip
    forums.join(req.store, forum.id, person.id, actor_id=actor, role="coordinator", now=req.now)
    intake.set_fact(req.store, f"forum-of:{person.id}", str(forum.id))
    yield Post(forum_card(forum), place=place.id)
    yield Schedule("rhythm", req.now, rhythm_begins(), forum=forum.id)


def _untied_place(req: Request) -> Place:
    if req.place is None:
        raise Refusal(text("setup-private-stranger"))
    return req.place


# --- Settings --------------------------------------------------------------------------------------------------


@feature.command("settings", Deed.RUN_FORUM, menu=True)
def settings(_req: Request, _said: str) -> Effects:
    """What the coordinators decide about the forum."""
    yield OpenForm(settings_form.action())


@feature.form(Deed.RUN_FORUM)
def settings_form(req: Request) -> Form:
    """The forum's name, challenge, language, time zone, and who may change decisions."""
    forum = forum_of(req)
    return Form(
        text("settings-title"),
        text("settings-save"),
        (*forum_fields(forum, forum.language), amend_field(forum)),
    )


@settings_form.submitted
def settled(req: Request, answers: Answers) -> Effects:
    """The forum's card in every chat follows."""
    forum = forum_of(req)
    forums.change(
        req.store, forum.id, name=one_line(answers.words("name")), challenge=answers.words("challenge"),
        language=answers.words("language"), zone=answers.words("zone"), amend=answers.words("amend"),
    )  # fmt: skip
    changed = forums.get(req.store, forum.id) or forum
    yield Update(forum_card(changed))
    yield Whisper(Card(text("settings-saved")))


# --- Languages -------------------------------------------------------------------------------------------------


@feature.command("language", Deed.ASK, menu=True)
def language(req: Request, _said: str) -> Effects:
    """One's own language; for coordinators, the chat's too."""
    own = tuple(Button(text(f"language-{each}"), speak.action(each)) for each in LANGUAGES)
    chats: tuple[Button, ...] = ()
    if req.place is not None and may(req, Deed.RUN_FORUM):
        place = req.place.id
        chats = tuple(
            Button(text(f"language-chat-{each}"), speak_here.action(place, each))
            for each in (*LANGUAGES, "forum")
        )
    yield Whisper(language_card(own, chats))


@feature.button(Deed.ASK)
def speak(req: Request, language: str) -> Effects:
    """One's own language, wherever the bot speaks to one alone."""
    if language not in LANGUAGES:
        raise Refusal(text("refused-stale"))
    people.speak(req.store, person_of(req).id, language)
    yield Whisper(Card(text(f"language-now-{language}")))


@feature.button(Deed.RUN_FORUM)
def speak_here(req: Request, place: int, language: str) -> Effects:
    """The language of what is posted in a chat; ``forum`` for that of the forum."""
    one = forums.place(req.store, place)
    if one is None or one.forum != forum_of(req).id or language not in (*LANGUAGES, "forum"):
        raise Refusal(text("refused-stale"))
    forums.speak(req.store, place, "" if language == "forum" else language)
    chosen = forum_of(req).language if language == "forum" else language
    yield Whisper(Card(text(f"language-chat-now-{chosen}")))


# --- Leaving a chat --------------------------------------------------------------------------------------------


@feature.event("bot-removed")
def removed(req: Request) -> Effects:
    """The bot is out of a chat, or a topic is: the coordinators of the forums that lived there hear of it once."""
    chat = req.inbound.chat
    if chat is None:
        return
    for place in forums.forum_places_in_chat(req.store, chat.platform, chat.workspace, chat.chat):
        if chat.topic not in ("", place.topic):
            continue
        yield Schedule(f"chat-gone:{place.id}", req.now, chat_gone.action(place.id), forum=place.forum or 0)


@feature.event("chat-archived")
def archived(req: Request) -> Effects:
    """An archived chat takes no messages: the same as being removed."""
    yield from removed(req)


@feature.button(Deed.RUN_FORUM)
def chat_gone(req: Request, place: int) -> Effects:
    """Tell the coordinators, at most once a day for each chat."""
    rung(req)
    forum, one = forum_of(req), forums.place(req.store, place)
    told = f"gone:{place}"
    if one is None or one.forum != forum.id or intake.fact(req.store, told) > _day_before(req):
        return
    intake.set_fact(req.store, told, req.now.isoformat())
    others = [each for each in forums.chats(req.store, forum.id) if each.id != place]
    line = text("chat-gone-lives-on", name=forum.name) if others else text("chat-gone-last", name=forum.name)
    for each in forums.coordinators(req.store, forum.id):
        yield from inform(req, each, Card(text("chat-gone", chat=place_name(one)), (Line(line),)))


def _day_before(req: Request) -> str:
    return (req.now - timedelta(days=1)).isoformat()
