"""Who is this, where are we, which forum is meant: an inbound into a request, inside its transaction.

The forum comes from the chat. In private it comes from the button pressed, and counts only for its own members; for
plain words it is the person's only forum, or the one they chose last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.letters import OF_A_LETTER
from bot.talks import is_talk_button
from handlers.kit.feature import Book, UnknownAction, decode
from handlers.kit.inbound import AnyInbound, Chat, Click, Due, Entry, Happened, Request, Said, Submit
from storage import audience, encounters, forums, intake, outbox, people
from storage.ballots import Ballots
from storage.db import Store
from storage.encounters import Encounter
from storage.outbox import Address
from storage.records import Forum, Member, Person, Place


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every request gets alike: the table of contents and the words, made once at start."""

    book: Book
    contents: tuple[Entry, ...]
    words: Mapping[str, str]
    language: str
    secret: bytes
    ballots: Ballots

    @staticmethod
    def of(
        book: Book, words: Mapping[str, str], language: str, secret: bytes, ballots: Ballots
    ) -> "Surroundings":
        """Read the table of contents off the features; ``language`` is used until somebody chooses one."""
        contents = tuple(
            Entry(each.word, each.handler.name, each.handler.deed.value, each.menu, feature.name)
            for feature in book.features
            for each in feature.words.values()
        )
        return Surroundings(book, contents, words, language, secret, ballots)


def resolve(store: Store, inbound: AnyInbound, around: Surroundings, now: datetime) -> Request:
    """The request of an inbound. Meets people and chats seen for the first time.

    Raises ``UnknownAction`` for button data that belongs to another forum than the chat does, or to one in which
    the person has no part.
    """
    met = _met(store, inbound)
    person = _person(store, inbound, met, now)
    place = _place(store, inbound.chat, met) if inbound.chat and not inbound.chat.private else None
    claim = _claim(store, inbound)
    forum = _forum_of_lost(store, inbound) or _forum(store, claim, place, person, met)
    member = _member(store, forum, person, met)
    if forum and not member and place is None and not isinstance(inbound, Due | Happened):
        # The forum's own secret among the arguments is an invitation: the one thing an outsider may bring.
        forum = forum if claim and forum.invite in decode(claim)[2] else None
    return Request(
        inbound, store, now, _language(inbound, person, forum, place, around.language),
        forum, member, person, place, around.contents, around.words, around.secret,
        ballots=around.ballots.on(store),
    )  # fmt: skip


def _met(store: Store, inbound: AnyInbound) -> Encounter | None:
    """The usual case in one look: somebody acts in a group chat that is known and alive."""
    who, chat = inbound.who, inbound.chat
    if who is None or chat is None or chat.private or who.platform != chat.platform:
        return None
    met = encounters.look(
        store, platform=chat.platform, workspace=chat.workspace, chat=chat.chat, topic=chat.topic,
        home=who.workspace, user=who.user,
    )  # fmt: skip
    if met is None or met.place.state == "gone":
        return None
    # A topic without a forum may still belong to the forum of another topic.
    return met if met.place.forum is not None or chat.platform == "slack" else None


def _person(store: Store, inbound: AnyInbound, met: Encounter | None, now: datetime) -> Person | None:
    who = inbound.who
    if who is None:
        return None
    found = met.known if met else people.known(store, who.platform, who.workspace, who.user)
    if found is None:
        person = people.meet(store, who.platform, who.workspace, who.user, name=who.name or who.user, now=now)
        reachable = False
    else:
        person, name, reachable = found
        if who.name and name != who.name:
            people.rename(store, person.id, who.platform, who.workspace, who.user, who.name)
            person = Person(person.id, who.name, person.language)
    if inbound.chat and inbound.chat.private and isinstance(inbound, Said | Click):
        people.touch(store, who.platform, who.workspace, who.user)
        if not reachable:
            people.set_reachable(store, who.platform, who.workspace, who.user, reachable=True)
    return person


def _place(store: Store, chat: Chat, met: Encounter | None) -> Place:
    if met:
        return met.place
    known = forums.place_at(store, chat.platform, chat.workspace, chat.chat, chat.topic)
    if known and known.state != "gone" and known.forum is not None:
        return known
    here = forums.moved_to(store, chat.platform, chat.workspace, chat.chat)
    known = forums.place_at(store, chat.platform, chat.workspace, here, chat.topic)
    if known and known.state != "gone" and known.forum is not None:
        return known
    if shared := _forums_topic(store, chat, here):
        return shared
    if known and known.state != "gone":
        return known
    title = chat.title or (known.title if known else "")
    return forums.add_place(
        store, chat.platform, chat.workspace, here, known.topic if known else chat.topic, title
    )


def _forums_topic(store: Store, chat: Chat, here: str) -> Place | None:
    """The topic of a group in which its only forum lives: the other topics belong to it too."""
    tied = forums.forum_places_in_chat(store, chat.platform, chat.workspace, here)
    alive = [each for each in tied if each.state != "gone"]
    return alive[0] if len({each.forum for each in alive}) == 1 else None


def _forum(
    store: Store, claim: str, place: Place | None, person: Person | None, met: Encounter | None
) -> Forum | None:
    claimed = decode(claim)[1] if claim else 0
    if place is not None:
        if claimed and claimed != place.forum:
            raise UnknownAction
        if met:
            return met.forum
        return forums.get(store, place.forum) if place.forum is not None else None
    if claimed:
        return forums.get(store, claimed)
    return _own_forum(store, person) if person else None


def _member(store: Store, forum: Forum | None, person: Person | None, met: Encounter | None) -> Member | None:
    if forum is None or person is None:
        return None
    if met and met.forum == forum and met.member and met.member.name == person.name:
        return met.member
    return forums.member_of(store, forum.id, person.id)


def _forum_of_lost(store: Store, inbound: AnyInbound) -> Forum | None:
    """A message that did not arrive still speaks for its forum."""
    if not isinstance(inbound, Happened) or inbound.what not in OF_A_LETTER:
        return None
    lost = outbox.letter(store, int(inbound.detail))
    return forums.get(store, lost.forum) if lost and lost.forum else None


def _claim(store: Store, inbound: AnyInbound) -> str:
    """The encoded action that says which forum is meant: a button's, or that of the form being filled in."""
    if isinstance(inbound, Submit | Due) or (isinstance(inbound, Click) and not is_talk_button(inbound.data)):
        return inbound.data
    chat, who = inbound.chat, inbound.who
    if isinstance(inbound, Said | Click) and chat and chat.private and who and who.platform == "telegram":
        draft = intake.draft(store, Address(chat.platform, chat.workspace, chat.chat, chat.topic), who.user)
        if draft and not (isinstance(inbound, Said) and inbound.command):
            return draft.form
    return ""


def _own_forum(store: Store, person: Person) -> Forum | None:
    mine = [forum for forum, _ in forums.memberships(store, person.id)]
    if len(mine) <= 1:
        return mine[0] if mine else None
    chosen = intake.fact(store, f"forum-of:{person.id}")
    return next((each for each in mine if str(each.id) == chosen), mine[0])


def _language(
    inbound: AnyInbound, person: Person | None, forum: Forum | None, place: Place | None, default: str
) -> str:
    if person and person.language:
        return person.language
    if place and place.language:
        return place.language
    if forum:
        return forum.language
    hint = inbound.who.language[:2].lower() if inbound.who else ""
    return hint if hint in ("sv", "en") else default


def notice_opening(req: Request) -> bool:
    """Remember whether outsiders can read in this chat; true when they can since a moment ago, and then it is held."""
    chat, place = req.inbound.chat, req.place
    if chat is None or place is None or chat.public is None or chat.public == place.public:
        return False
    opened = audience.note(req.store, place.platform, place.workspace, place.chat, public=chat.public)
    if opened:
        audience.hold(req.store, place.platform, place.workspace, place.chat)
    return opened
