"""Who may do what: one table, one question.

Rights come from the forum's roster, never from being an administrator in a chat, and are asked again at every
press, for buttons live for years. Deny by default: a deed that the table does not grant is refused.
"""

from enum import Enum

from handlers.kit.doors import join, let_post
from handlers.kit.effects import Refusal
from handlers.kit.forum_shown import place_name
from handlers.kit.inbound import Request, Said
from handlers.kit.ui import Button, Card, Row, Text, text
from storage.records import Forum


class Standing(Enum):
    """What a person is to a forum, or to none yet."""

    COORDINATOR = "coordinator"
    MEMBER = "member"
    EX_MEMBER = "ex-member"
    GUEST = "guest"  # in a place of the forum, not in its roster
    STRANGER = "stranger"  # no forum in sight


class Deed(Enum):
    """What can be done. OWN deeds are for what the person made or owns."""

    ASK = "ask"  # help, menu, own settings: everybody
    START_FORUM = "start-forum"
    JOIN = "join"
    READ = "read"
    RECORD = "record"  # a decision, an action
    CORRECT_OWN = "correct-own"  # undo or correct one's own words within 15 minutes
    AMEND = "amend"  # later: a new version, announced
    AMEND_STRICT = "amend-strict"  # the same where the forum keeps it to its coordinators
    ANSWER = "answer"  # an action's reminder, by its owner or somebody of the owning actor
    ANSWER_ANY = "answer-any"  # an action of somebody else
    RUN_FORUM = "run-forum"  # settings, roles, tie a chat
    LET_POST = "let-post"  # in a chat where more people can read by now; a member where nobody coordinates
    OWN_DATA = "own-data"


_ALL = frozenset(Standing)
_IN = frozenset({Standing.COORDINATOR, Standing.MEMBER})
_LEADS = frozenset({Standing.COORDINATOR})

TABLE: dict[Deed, frozenset[Standing]] = {
    Deed.ASK: _ALL,
    Deed.START_FORUM: frozenset({Standing.STRANGER}),
    Deed.JOIN: _ALL - _IN,
    Deed.READ: _IN,
    Deed.RECORD: _IN,
    Deed.CORRECT_OWN: _IN,
    Deed.AMEND: _IN,
    Deed.AMEND_STRICT: _LEADS,
    Deed.ANSWER: _IN,
    Deed.ANSWER_ANY: _LEADS,
    Deed.RUN_FORUM: _LEADS,
    Deed.LET_POST: _IN,
    Deed.OWN_DATA: _ALL,
}
"""The whole of it; ``tests/handlers/test_access.py`` asserts every cell."""


def standing(req: Request) -> Standing:
    """What the acting person is to the request's forum."""
    if req.forum is None:
        return Standing.STRANGER
    if req.member is None:
        return Standing.GUEST
    if req.member.state != "active":
        return Standing.EX_MEMBER
    return Standing.COORDINATOR if req.member.role == "coordinator" else Standing.MEMBER


def may(req: Request, deed: Deed) -> bool:
    """Whether the acting person may do it; used for what to show as well as for what to allow."""
    return standing(req) in TABLE[deed]


def check(req: Request, deed: Deed) -> None:
    """Refuse with a sentence that says what would help, unless the person may, and may here."""
    check_chat(req, deed)
    if may(req, deed):
        return
    if req.forum is None:
        raise Refusal(text("refused-no-forum"))
    match standing(req):
        case Standing.GUEST | Standing.EX_MEMBER if req.person is None:
            # An anonymous administrator may well be a member: to be told to join would help nobody.
            raise Refusal(text("refused-no-person"))
        case Standing.GUEST | Standing.EX_MEMBER as outside:
            why = text("refused-not-member" if outside is Standing.GUEST else "refused-left")
            # A press is answered on the spot; words are answered with a card, so it can carry the button.
            raise Refusal(why, _way_in(why, req.forum) if isinstance(req.inbound, Said) else None)
        case Standing.COORDINATOR | Standing.MEMBER if deed is Deed.JOIN:
            raise Refusal(text("refused-already-member"))
        case Standing.COORDINATOR | Standing.MEMBER if deed is Deed.START_FORUM:
            raise Refusal(text("refused-forum-here"))
        case _:
            raise Refusal(text("refused-coordinator-only"))


def check_chat(req: Request, deed: Deed | None) -> None:
    """Refuse whatever is said or done in a chat that is held, but that it shall not be any more."""
    place = req.place
    if deed is Deed.LET_POST or place is None or place.state != "held" or req.forum is None:
        return
    why = text("refused-held", chat=place_name(place))
    leads = isinstance(req.inbound, Said) and may(req, Deed.RUN_FORUM)
    button = Button(text("audience-let-post"), let_post(place.id), "primary")
    raise Refusal(why, Card(why, (Row((button,)),)) if leads else None)


def _way_in(why: Text, forum: Forum) -> Card:
    """The refusal with the button that would change it."""
    return Card(why, (Row((Button(text("menu-join"), join(forum.invite), "primary", private=True),)),))
