"""May your name be mentioned? Whoever had a part in something good is asked before they are praised.

One press answers; silence is a no, and nobody hears of either. Who would rather never be named is not asked again.
"""

from dataclasses import replace

from handlers.kit.access import Deed
from handlers.kit.effects import Effects, Refusal, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, person_of, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import text
from handlers.win_cards import answered_card, card_in_chats
from handlers.win_steps import as_kept, ask_name, load, ready
from storage import forums, nudges, wins, wishes
from storage.wins import Win

feature = Feature("naming")


@feature.button(Deed.READ)
def ask_one(req: Request, number: int, member: int) -> Effects:
    """The question to one person who could not be asked before, as long as an answer still helps."""
    rung(req)
    one, who = load(req, number), forums.member(req.store, forum_of(req).id, member)
    if one is None or who is None or one.state != "asked" or who.state != "active":
        return
    if wins.holds(req.store, one) and member in wins.unanswered(req.store, one.forum, number):
        yield from ask_name(req, one, who)


@feature.button(Deed.READ)
def yes(req: Request, number: int) -> Effects:
    """My name may stand there."""
    yield from _answered(req, number, "yes")


@feature.button(Deed.READ)
def no(req: Request, number: int) -> Effects:
    """Not this time; the win is told without my name."""
    yield from _answered(req, number, "no")


@feature.button(Deed.READ)
def never(req: Request, number: int) -> Effects:
    """Rather never in public: from now on thanks come in private, in all my forums."""
    person = person_of(req).id
    wishes.keep(req.store, person, replace(wishes.wishes_of(req.store, person), praise="private"))
    for forum, member in forums.memberships(req.store, person):
        wins.unname(req.store, forum.id, member.id)
    yield from _answered(req, number, "private")


def _answered(req: Request, number: int, said: str) -> Effects:
    one = load(req, number)
    if (
        one is None
        or (one.state == "dropped" and said == "yes")
        or not wins.answer(req.store, one.forum, number, member_of(req).id, said)
    ):
        raise Refusal(text("refused-stale"))
    nudges.renew(req.store, one.forum, f"win-{number}")
    yield from _follows(req, one)
    yield Whisper(answered_card(one, said))


def _follows(req: Request, one: Win) -> Effects:
    """What stands in the chats already changes; what waited for this answer alone is told."""
    if one.state == "told":
        yield Update(card_in_chats(req, as_kept(req, one.id)))
    elif one.state == "asked" and not wins.unanswered(req.store, one.forum, one.id):
        yield from ready(req, one)


@feature.button(Deed.READ)
def time_over(req: Request, number: int) -> Effects:
    """Who has not answered by now is not named, and the forum hears of it."""
    rung(req)
    one = load(req, number)
    if one and one.state == "asked":
        yield from ready(req, one)
