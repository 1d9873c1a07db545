"""May your name be mentioned? Whoever had a part in something good is asked before they are praised.

One press answers; silence is a no, and nobody hears of either. Who would rather never be named is not asked again.
"""

from dataclasses import replace

from handlers.kit.access import Deed
from handlers.kit.effects import Effects, Refusal, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, person_of, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import text
from handlers.win_cards import answered_card, ask_card
from handlers.win_rules import wording
from handlers.win_steps import (
    as_kept,
    ask_name,
    is_to_tell,
    load,
    matter,
    ready,
    redrawn,
    unnamed,
    unnamed_everywhere,
)
from storage import forums, nudges, wins, wishes
from storage.wins import Win

feature = Feature("naming")


@feature.button(Deed.READ)
def ask_one(req: Request, number: int, member: int) -> Effects:
    """The question to one person who could not be asked before; where the forum has heard of it, once."""
    rung(req)
    one, who = load(req, number), forums.member(req.store, forum_of(req).id, member)
    if one is None or who is None or who.state != "active" or not is_to_tell(req, one):
        return
    known = nudges.get(req.store, who.person, one.forum, matter(one))
    helps = one.state == "asked" or known is None or known.sent == 0
    if helps and member in wins.unanswered(req.store, one.forum, number):
        yield from ask_name(req, one, who)


@feature.button(Deed.READ)
def answer(req: Request, number: int, said: str, words: int) -> Effects:
    """My name may stand there, or not this time. A yes is to the words I have read: others are shown and asked about."""
    one = _mine(req, number)
    if said not in ("yes", "no") or (said == "yes" and one.state == "dropped"):
        raise Refusal(text("refused-stale"))
    if said == "yes" and words != wording(one.what):
        yield Whisper(ask_card(req, one, again=True))
        return
    yield from _answered(req, one, said)


@feature.button(Deed.READ)
def never(req: Request, number: int) -> Effects:
    """Rather never in public: from now on thanks come in private, in all my forums."""
    one, person = _mine(req, number), person_of(req).id
    wishes.keep(req.store, person, replace(wishes.wishes_of(req.store, person), praise="private"))
    yield from unnamed_everywhere(req)
    yield from _answered(req, one, "private")


@feature.button(Deed.READ)
def unname(req: Request, member: int) -> Effects:
    """Whoever said in another forum that they would rather not be named in public is named no more in this one."""
    rung(req)
    if who := forums.member(req.store, forum_of(req).id, member):
        yield from unnamed(req, who)


def _mine(req: Request, number: int) -> Win:
    """A win that the acting member has been named in."""
    one = load(req, number)
    if one is None or member_of(req).id not in wins.named(req.store, one.forum, number):
        raise Refusal(text("refused-stale"))
    return one


def _answered(req: Request, one: Win, said: str) -> Effects:
    wins.answer(req.store, one.forum, one.id, member_of(req).id, said)
    yield from _follows(req, one)
    yield Whisper(answered_card(as_kept(req, one.id), said))


def _follows(req: Request, one: Win) -> Effects:
    """What stands in the chats already changes; what waited for this answer alone is told."""
    if one.state == "told":
        yield from redrawn(req, [one])
    elif one.state == "asked" and not wins.unanswered(req.store, one.forum, one.id):
        yield from ready(req, one)


@feature.button(Deed.READ)
def time_over(req: Request, number: int) -> Effects:
    """Who has not answered by now is not named, and the forum hears of it."""
    rung(req)
    one = load(req, number)
    if one and one.state == "asked":
        yield from ready(req, one)
