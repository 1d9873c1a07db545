"""Ties (X1): a second chat for the forum, and a second account for a person, by a code that both ends agree to.

A coordinator gets a code of eight consonants. An administrator of the other chat, as its platform says, redeems it
there within ten minutes. Then a coordinator sees which chat that is and approves. For a day it can be undone with a
press, and later from the list of chats. A person ties two accounts in private with the same kind of code.
"""

from dataclasses import replace
from datetime import timedelta

from handlers.kit.access import Deed, check
from handlers.kit.answers import Answers
from handlers.kit.budget import back_at, tell_now
from handlers.kit.doors import own_digest_begins
from handlers.kit.effects import (
    Cancel,
    Direct,
    Effects,
    FieldErrors,
    OpenForm,
    Post,
    Refusal,
    Schedule,
    Update,
    Whisper,
)
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, person_of, rung
from handlers.kit.forum_shown import forum_card, place_name
from handlers.kit.inbound import Request, Said, Submit
from handlers.kit.people_shown import person as shown_person
from handlers.kit.ui import Button, Card, Form, HiddenField, Line, Row, Text, TextField, text
from handlers.kit.welcome import MORNING, back_on, is_away
from handlers.kit.when import working_moment
from handlers.place_rules import own_topic
from handlers.tie_cards import (
    account_code_card,
    chats_card,
    code_card,
    question_card,
    question_name,
    same_person_card,
    tied_card,
)
from handlers.tie_rules import CLAIM_STANDS, LIFETIME, burn, chat_scope, issue, person_scope, spend
from prompts.words import fold
from storage import codes, forums, intake, outbox, people, pulse
from storage.codes import Code
from storage.outbox import Address
from storage.records import Person, Place
from storage.wishes import wishes_of

feature = Feature("ties")

UNDO_FOR = timedelta(hours=24)


# --- A code for another chat -----------------------------------------------------------------------------------


@feature.command("tie", Deed.ASK, administrator=True)
def tie(req: Request, said: str) -> Effects:
    """In the forum's chat a code; in another chat the place to type it, or the code itself."""
    if isinstance(req.inbound, Said) and req.words.get(fold(req.inbound.text)) == "chats":
        check(req, Deed.RUN_FORUM)
        yield from chats(req, "")
    elif said and req.place is None:
        raise Refusal(text("tie-type-it-there"))
    elif said:
        yield from _redeem(req, said, administrator=req.administrator, in_form=False)
    elif req.forum is not None:
        check(req, Deed.RUN_FORUM)
        yield from give_code(req)
    else:
        yield from tie_here(req)


@feature.button(Deed.RUN_FORUM)
def give_code(req: Request) -> Effects:
    """A code for the one who asks, good once and for ten minutes."""
    yield Whisper(code_card(forum_of(req), issue(req, "chat", person_of(req).id)), replace=False)


@feature.button(Deed.START_FORUM, administrator=True)
def tie_here(req: Request) -> Effects:
    """The question for the code, for whoever runs this chat."""
    _run_by(req, administrator=req.administrator)
    yield OpenForm(tie_form.action(), {"administrator": "yes"})


@feature.form(Deed.START_FORUM, administrator=True)
def tie_form(req: Request) -> Form:
    """The code. That the person runs the chat travels along for a talk, which never leaves our own store."""
    if req.place is None:
        raise Refusal(text("tie-type-it-there"))
    code = TextField(
        key="code", names=True, label=text("tie-field-code"), hint=text("tie-field-code-hint"), longest=30
    )
    runs_it = HiddenField(key="administrator", label=text("tie-field-code"))
    return Form(text("tie-form-title"), text("tie-form-submit"), (code, runs_it))


@tie_form.submitted
def typed(req: Request, answers: Answers) -> Effects:
    """The same as typing it after the command. A modal is asked for anew, whatever it says about itself."""
    from_modal = isinstance(req.inbound, Submit)
    administrator = req.administrator if from_modal else answers.words("administrator") == "yes"
    yield from _redeem(req, answers.words("code"), administrator=administrator, in_form=True)


def _run_by(req: Request, *, administrator: bool | None) -> Place:
    """This chat, for somebody who runs it."""
    if req.place is None:
        raise Refusal(text("tie-type-it-there"))
    person_of(req)
    if administrator is None:
        raise Refusal(text("tie-cannot-tell"))
    if not administrator:
        raise Refusal(text("tie-not-administrator"))
    return req.place


def _redeem(req: Request, said: str, *, administrator: bool | None, in_form: bool) -> Effects:
    if req.forum is not None:
        raise Refusal(text("tie-has-forum", name=req.forum.name))
    place = own_topic(req, _run_by(req, administrator=administrator))
    code = spend(replace(req, place=place), said, "chat", chat_scope(place), person_of(req).id)
    if isinstance(code, Text):
        yield FieldErrors({"code": code}) if in_form else Whisper(Card(code))
        return
    yield Schedule(
        f"claim:{code.hash[:12]}", req.now, ask_coordinator.action(place.id), forum=code.forum or 0
    )
    yield Whisper(Card(text("tie-waiting")))


# --- A chat that asks ------------------------------------------------------------------------------------------


@feature.button(Deed.RUN_FORUM)
def ask_coordinator(req: Request, place: int) -> Effects:
    """The one who gave the code sees which chat it is; every coordinator does if that one no longer is one."""
    rung(req)
    claim, one = _claim(req, place)
    forum = forum_of(req)
    all_of_them = forums.coordinators(req.store, forum.id)
    redeemer = people.get(req.store, claim.claim_person or 0)
    for each in [each for each in all_of_them if each.person == claim.person] or all_of_them:
        card = question_card(
            forum, one, redeemer.name if redeemer else "", whom=shown_person(each),
            approve=approve.action(place), reject=reject.action(place),
        )  # fmt: skip
        yield Direct(each.person, card, fallback=card)


@feature.button(Deed.RUN_FORUM)
def approve(req: Request, place: int) -> Effects:
    """The chat belongs to the forum from now on, and all chats hear of it."""
    claim, one = _claim(req, place)
    forum = forum_of(req)
    if one.forum is not None:
        raise Refusal(text("tie-taken", chat=place_name(one)))
    if one.state == "gone":
        raise Refusal(text("tie-chat-gone", chat=place_name(one)))
    codes.settle(req.store, claim.hash)
    yield Update(Card(text("tie-approved", chat=place_name(one)), (), question_name(forum, one)))
    yield Post(tied_card(forum, one, undo=untie.action(place)))
    forums.tie(req.store, place, forum.id)
    yield Post(forum_card(forum), place=place)
    yield Schedule(f"undo-tie:{place}", req.now + UNDO_FOR, undo_over.action(place), grace=timedelta(days=7))


@feature.button(Deed.RUN_FORUM)
def reject(req: Request, place: int) -> Effects:
    """The chat stays outside, and is told so."""
    claim, one = _claim(req, place)
    codes.settle(req.store, claim.hash)
    yield Update(Card(text("tie-rejected", chat=place_name(one)), (), question_name(forum_of(req), one)))
    if one.state != "gone" and one.forum is None:
        yield Post(Card(text("tie-rejected-there")), place=place)


@feature.button(Deed.RUN_FORUM)
def undo_over(req: Request, place: int) -> Effects:
    """After a day the button to undo goes away; the list of chats still has one."""
    rung(req)
    yield Update(tied_card(forum_of(req), _tied(req, place), undo=None))


def _claim(req: Request, place: int) -> tuple[Code, Place]:
    claim = codes.claimed(req.store, "chat", req.now - CLAIM_STANDS, forum=forum_of(req).id, place=place)
    one = forums.place(req.store, place)
    if claim is None or one is None:
        raise Refusal(text("tie-answered"))
    return claim, one


# --- The forum's chats -----------------------------------------------------------------------------------------


@feature.command("chats", Deed.RUN_FORUM, menu=True)
def chats(req: Request, _said: str) -> Effects:
    """The forum's chats, to let one go or to tie another."""
    forum = forum_of(req)
    here = tuple((each, untie.action(each.id)) for each in forums.chats(req.store, forum.id))
    yield Whisper(chats_card(forum, here))


@feature.button(Deed.RUN_FORUM)
def untie(req: Request, place: int) -> Effects:
    """The chat leaves the forum; everything that was recorded stays. Both sides hear of it."""
    forum, one = forum_of(req), _tied(req, place)
    if all(each.id == place for each in forums.places(req.store, forum.id)):
        raise Refusal(text("tie-last-chat"))
    yield Post(
        Card(text("tie-untied", chat=place_name(one), name=forum.name), (Line(text("tie-untied-what")),))
    )
    yield Update(tied_card(forum, one, undo=None))
    yield Cancel(f"undo-tie:{place}")
    outbox.take_down_in(req.store, forum.id, Address(one.platform, one.workspace, one.chat, one.topic))
    forums.tie(req.store, place, None)


def _tied(req: Request, place: int) -> Place:
    one = forums.place(req.store, place)
    if one is None or one.forum != forum_of(req).id:
        raise Refusal(text("tie-not-tied"))
    return one


# --- One person, two accounts ----------------------------------------------------------------------------------


@feature.command("account", Deed.OWN_DATA, menu=True, link=True)
def account(req: Request, said: str) -> Effects:
    """In private a code for one's other account, or the code from there; among others a way into private."""
    person = person_of(req)
    said = (
        said if isinstance(req.inbound, Said) else ""
    )  # a code is typed: a link with one in it would be a trap
    if req.place is not None:
        yield from _not_here(req, said)
    elif said:
        yield from _same_person(req, said, in_form=False)
    else:
        yield Whisper(account_code_card(issue(req, "account", person.id), account_form.action()))


@feature.form(Deed.OWN_DATA)
def account_form(req: Request) -> Form:
    """The code from the other account."""
    if req.place is not None:
        raise Refusal(text("account-in-private"))
    code = TextField(
        key="code", names=True, label=text("account-field-code"), hint=text("tie-field-code-hint"), longest=30
    )
    return Form(text("account-form-title"), text("account-form-submit"), (code,))


@account_form.submitted
def account_typed(req: Request, answers: Answers) -> Effects:
    """The same as typing it after the command."""
    yield from _same_person(req, answers.words("code"), in_form=True)


def _not_here(req: Request, said: str) -> Effects:
    """Nobody else is to see a code: what was typed among others is used up."""
    person = person_of(req)
    if said:
        burn(req, said, person.id)
    line = Line(text("account-burnt") if said else text("account-what"))
    if people.private_account(req.store, person.id) is None:
        button = Button(text("account-in-private-button"), account.action(""), "primary", private=True)
        yield Whisper(Card(text("account-in-private"), (line, Row((button,)))))
        return
    yield Whisper(Card(text("account-wrote-to-you"), (line,)))
    yield Direct(person.id, account_code_card(issue(req, "account", person.id), account_form.action()))


def _same_person(req: Request, said: str, *, in_form: bool) -> Effects:
    """A right code leads to one more question, so that nobody is talked into becoming somebody else."""
    person = person_of(req)
    code = spend(req, said, "account", person_scope(person), person.id)
    other = people.get(req.store, code.person or 0) if isinstance(code, Code) else None
    if other is None:
        wrong = code if isinstance(code, Text) else text("code-wrong")
        yield FieldErrors({"code": wrong}) if in_form else Whisper(Card(wrong))
        return
    yield Whisper(same_person_card(other.name, merge.action(), keep_apart.action()))


@feature.button(Deed.OWN_DATA)
def merge(req: Request) -> Effects:
    """Both accounts are one person and one member from now on: the one who was known first."""
    code, other = _both(req)
    codes.settle(req.store, code.hash)
    # Said before the merge: the person that this request began with may be the one who goes.
    yield Whisper(Card(text("account-merged")))
    keep, goes = sorted((person_of(req).id, other.id))
    for token, stays, leaves in pulse.shared_seats(req.store, keep, goes):
        req.ballots.join_seats(token, stays, leaves)
    away = [each for each in (keep, goes) if is_away(wishes_of(req.store, each), req.today)]
    people.merge(req.store, keep, goes)
    yield from _leave_goes_on(req, keep, away)
    yield Schedule(f"own-digest:{keep}", req.now, own_digest_begins(keep))
    yield tell_now(req, keep)


def _leave_goes_on(req: Request, person: int, away: list[int]) -> Effects:
    """Whoever was away as one of the two is away, and hears what happened meanwhile when they are back."""
    if back := back_on(wishes_of(req.store, person), req.today):
        since = [told for each in away if (told := intake.fact(req.store, f"away-since:{each}"))]
        intake.set_fact(req.store, f"away-since:{person}", min(since, key=int, default=""))
        yield from back_at(req, person, working_moment(back, MORNING, req.zone))


@feature.button(Deed.OWN_DATA)
def keep_apart(req: Request) -> Effects:
    """They are two people, and the code is gone."""
    code, _ = _both(req)
    codes.settle(req.store, code.hash)
    yield Whisper(Card(text("account-apart")))


def _both(req: Request) -> tuple[Code, Person]:
    """The code that the acting person typed just now, and who made it."""
    code = codes.claimed(req.store, "account", req.now - LIFETIME, person=person_of(req).id)
    other = people.get(req.store, code.person or 0) if code else None
    if code is None or other is None:
        raise Refusal(text("refused-stale"))
    return code, other
