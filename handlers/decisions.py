"""Decisions (W1): captured in seconds, numbered per year, changed in versions, found again.

A member writes "beslut …" with the words of the decision, answers a message with it, or fills in the form. The card
appears in every chat of the forum as § 12/2026. Its author can undo for a quarter of an hour. Later a change makes
a new version with a reason; replaced and withdrawn are states. Nothing is ever deleted.
"""

from handlers.decision_cards import (
    decision_card,
    found_card,
    history_card,
    updated,
)
from handlers.decision_forms import decision_fields, kept_words, mistakes, wording_from
from handlers.decision_rules import LONGEST, may_undo, read_number, search_key, words_of_key
from handlers.decision_steps import UNDO_FOR, followed_up, recorded
from handlers.kit.access import Deed, Standing, check, standing
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.doors import decision_follow_up
from handlers.kit.effects import (
    Cancel,
    Effects,
    OpenForm,
    Post,
    Refusal,
    Schedule,
    Toast,
    Update,
    Whisper,
)
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.inbound import Request, Said, Shortcut, Source
from handlers.kit.people_shown import fitted, person
from handlers.kit.sitting import filed
from handlers.kit.ui import (
    Button,
    Card,
    Form,
    HiddenField,
    Row,
    TextField,
    text,
)
from handlers.place_rules import is_shown_here
from storage import decisions, forums, meetings
from storage.decisions import Wording
from storage.records import Decision

feature = Feature("decisions")

PAGE = 5


# --- Recording -------------------------------------------------------------------------------------------------


@feature.command("decision", Deed.RECORD, menu=True)
def record(req: Request, said: str) -> Effects:
    """Words become a decision at once; a number shows that decision; nothing at all opens the form."""
    source = req.inbound.source if isinstance(req.inbound, Said) else None
    number = read_number(said, req.today.year)
    if number and not (source and source.text):
        yield from _show(req, *number)
    elif what := said or (source.text if source else ""):
        if len(what) > LONGEST:
            raise Refusal(text("field-too-long", most=LONGEST, now=len(what)))
        yield from _record(req, Wording(what, process=""), source.link if source else "")
    else:
        yield OpenForm(record_form.action())


@feature.shortcut("record_decision", Deed.RECORD)
def record_message(req: Request) -> Effects:
    """A message becomes a decision: the form opens with its words, and the decision links back to it."""
    source = req.inbound.source if isinstance(req.inbound, Shortcut) else Source("")
    yield OpenForm(record_form.action(), {"what": fitted(source.text, LONGEST), "link": source.link})


@feature.form(Deed.RECORD)
def record_form(req: Request) -> Form:
    """What was decided, and as much around it as one cares to say."""
    return Form(text("decision-form-title"), text("decision-form-save"), decision_fields(req, None))


@record_form.submitted
def record_filled(req: Request, answers: Answers) -> Effects:
    """The decision is numbered and shown in every chat."""
    wording = wording_from(answers)
    if wrong := mistakes(wording, None, req.today):
        yield wrong
    else:
        yield from _record(req, wording, answers.words("link"))


def _record(req: Request, wording: Wording, link: str) -> Effects:
    forum, member = forum_of(req), member_of(req)
    one = decisions.record(
        req.store, forum.id, wording, year=req.today.year, by=member, now=req.now, link=link
    )
    yield from filed(req, "decision", one.id)
    yield Post(decision_card(req, one, new=True))
    if not is_shown_here(req):
        yield Whisper(Card(text("decision-recorded", number=one.label)), replace=False)
    yield from recorded(req, one.id, one.follow_up_on)


@feature.button(Deed.READ)
def undo_over(req: Request, decision: int) -> Effects:
    """When the quarter of an hour has passed, the button to undo goes away."""
    yield Update(decision_card(req, _load(req, decision)))


@feature.button(Deed.CORRECT_OWN)
def undo(req: Request, decision: int) -> Effects:
    """The author takes it back; the number stays, marked as undone."""
    one = _load(req, decision)
    if one.state != "standing":
        raise Refusal(text("decision-not-standing", number=one.label))
    member = member_of(req).id
    if not may_undo(one, member, req.now, UNDO_FOR):
        raise Refusal(text("decision-undo-over"))
    if meetings.is_in_minutes(req.store, one.forum, "decision", decision):
        raise Refusal(text("decision-in-minutes"))
    decisions.amend(
        req.store, one, decisions.wording_of(one), reason="", member=member, now=req.now, state="undone"
    )
    yield Cancel(f"undo:{decision}")
    yield Cancel(f"follow-up:{decision}")
    yield updated(req, _load(req, decision))
    yield Toast(text("decision-undone", number=one.label))


# --- Changing --------------------------------------------------------------------------------------------------


@feature.form(Deed.AMEND)
def amend_form(req: Request, decision: int) -> Form:
    """The same questions with the present answers, and why it changes."""
    one = _standing(req, decision)
    _check_may_amend(req, one)
    reason = TextField(
        key="reason",
        label=text("decision-field-reason"),
        hint=text("decision-field-reason-hint"),
        optional=may_undo(one, member_of(req).id, req.now, UNDO_FOR),
    )
    version = HiddenField(key="version", label=text("decision-field-what"), initial=str(one.version))
    return Form(
        text("decision-amend-title", number=one.label),
        text("decision-form-save"),
        (*decision_fields(req, one), reason, version),
    )


@amend_form.submitted
def amended(req: Request, answers: Answers, decision: int) -> Effects:
    """A new version; the card changes in every chat, and the coordinators hear of it."""
    one = _standing(req, decision)
    _check_may_amend(req, one)
    wording = wording_from(answers)
    if answers.words("version") != str(one.version):
        raise Refusal(
            text("decision-changed-meanwhile", number=one.label, who=one.by_name),
            kept_words(one, wording, answers.words("reason"), amend_form.action(decision)),
        )
    if wrong := mistakes(wording, one.follow_up_on, req.today):
        yield wrong
        return
    if wording == decisions.wording_of(one):
        yield Whisper(Card(text("decision-unchanged", number=one.label)))
        return
    decisions.amend(
        req.store, one, wording, reason=answers.words("reason"), member=member_of(req).id, now=req.now
    )
    before, one = one, _load(req, decision)
    yield updated(req, one)
    # On the same day as before somebody may have chosen to be asked again later: that stays.
    if one.follow_up_on != before.follow_up_on:
        yield _remember_follow_up(req, one)
    yield from _tell_coordinators(req, one)


@feature.form(Deed.AMEND)
def withdraw_form(req: Request, decision: int) -> Form:
    """Why the decision no longer holds."""
    one = _standing(req, decision)
    _check_may_amend(req, one)
    field = TextField(key="reason", label=text("decision-field-reason"), hint=text("decision-withdraw-hint"))
    return Form(text("decision-withdraw-title", number=one.label), text("decision-withdraw"), (field,))


@withdraw_form.submitted
def withdrawn(req: Request, answers: Answers, decision: int) -> Effects:
    """It stays to be read, marked as withdrawn with the reason."""
    one = _standing(req, decision)
    _check_may_amend(req, one)
    decisions.withdraw(req.store, one, reason=answers.words("reason"), member=member_of(req).id, now=req.now)
    one = _load(req, decision)
    yield Cancel(f"follow-up:{decision}")
    yield updated(req, one)
    yield from _tell_coordinators(req, one)


@feature.form(Deed.AMEND)
def replace_form(req: Request, decision: int) -> Form:
    """A new decision that takes this one's place, and why."""
    one = _standing(req, decision)
    _check_may_amend(req, one)
    reason = TextField(
        key="reason", label=text("decision-field-reason"), hint=text("decision-field-reason-hint")
    )
    return Form(
        text("decision-replace-title", number=one.label),
        text("decision-replace"),
        (*decision_fields(req, None), reason),
    )


@replace_form.submitted
def replaced(req: Request, answers: Answers, decision: int) -> Effects:
    """Both stay: the old one points at the new one."""
    one = _standing(req, decision)
    _check_may_amend(req, one)
    wording = wording_from(answers)
    if wrong := mistakes(wording, None, req.today):
        yield wrong
        return
    yield from _record(req, wording, answers.words("link"))
    new = decisions.latest(req.store, one.forum, most=1)[0]
    decisions.replace_with(
        req.store, one, new.id, reason=answers.words("reason"), member=member_of(req).id, now=req.now
    )
    one = _load(req, decision)
    yield Cancel(f"follow-up:{decision}")
    yield updated(req, one)
    yield from _tell_coordinators(req, one)


# --- Looking ---------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def history(req: Request, decision: int) -> Effects:
    """Every version with who, when and why, for the one who asks."""
    versions = decisions.versions(req.store, forum_of(req).id, decision)
    if not versions:
        raise Refusal(text("decision-gone"))
    one = versions[-1]
    may_change = one.state == "standing" and _may_amend(req, one)
    change = (replace_form.action(decision), withdraw_form.action(decision)) if may_change else None
    yield Whisper(history_card(req, versions, change=change), replace=False)


@feature.button(Deed.READ)
def show(req: Request, decision: int) -> Effects:
    """One decision as it stands now, for the one who asks."""
    one = _load(req, decision)
    yield Whisper(decision_card(req, one, named=False), replace=False)


@feature.command("decisions", Deed.READ, menu=True)
def latest(req: Request, _said: str) -> Effects:
    """The newest decisions."""
    yield from _page(req, "", 0)


@feature.command("search", Deed.READ, menu=True)
def find(req: Request, said: str) -> Effects:
    """Decisions by number or by words, in any inflection; nothing said opens a question."""
    number = read_number(said, req.today.year)
    if number:
        yield from _show(req, *number)
    elif said:
        yield from _page(req, search_key(said), 0)
    else:
        yield OpenForm(find_form.action())


@feature.form(Deed.READ)
def find_form(_req: Request) -> Form:
    """What to look for."""
    field = TextField(key="words", names=True, label=text("decision-search-field"), hint=text("decision-search-hint"),
                      longest=100)  # fmt: skip
    return Form(text("decision-search-title"), text("decision-search"), (field,))


@find_form.submitted
def found(req: Request, answers: Answers) -> Effects:
    """What was found."""
    yield from find(req, answers.words("words"))


@feature.button(Deed.READ)
def more(req: Request, key: str, before: int) -> Effects:
    """The next page."""
    yield from _page(req, key, before)


def _page(req: Request, key: str, before: int) -> Effects:
    words = words_of_key(key)
    forum = forum_of(req).id
    before_or_none = before or None
    if words:
        hits = decisions.find(req.store, forum, words, before=before_or_none, most=PAGE + 1)
    else:
        hits = decisions.latest(req.store, forum, before=before_or_none, most=PAGE + 1)
    further = more.action(key, hits[PAGE - 1].id) if len(hits) > PAGE else None
    buttons = tuple((each, show.action(each.id)) for each in hits[:PAGE])
    yield Whisper(found_card(words, buttons, further))


def _show(req: Request, number: int, year: int) -> Effects:
    one = decisions.by_number(req.store, forum_of(req).id, number, year)
    if one is None:
        raise Refusal(text("decision-no-such", number=f"{number}/{year}"))
    yield Whisper(decision_card(req, one, named=False))


# --- Following up ----------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def follow_up(req: Request, decision: int) -> Effects:
    """The follow-up day of a decision from an earlier version: it is asked about as all others are."""
    rung(req)
    yield Schedule(f"came-of:{decision}", req.now, decision_follow_up(decision))


def _remember_follow_up(req: Request, one: Decision) -> Schedule | Cancel:
    return followed_up(req, one.id, one.follow_up_on) if one.follow_up_on else Cancel(f"follow-up:{one.id}")


# --- Shared steps ----------------------------------------------------------------------------------------------


def _load(req: Request, decision: int) -> Decision:
    one = decisions.get(req.store, forum_of(req).id, decision)
    if one is None:
        raise Refusal(text("decision-gone"))
    return one


def _standing(req: Request, decision: int) -> Decision:
    one = _load(req, decision)
    if one.state != "standing":
        raise Refusal(text("decision-not-standing", number=one.label))
    return one


def _may_amend(req: Request, one: Decision) -> bool:
    if standing(req) is Standing.COORDINATOR or forum_of(req).amend == "members":
        return True
    return may_undo(one, member_of(req).id, req.now, UNDO_FOR)


def _check_may_amend(req: Request, one: Decision) -> None:
    """Where the forum keeps changes to its coordinators, others may correct their own words for a while."""
    if not _may_amend(req, one):
        check(req, Deed.AMEND_STRICT)


def _tell_coordinators(req: Request, one: Decision) -> Effects:
    """A change by somebody else reaches those who run the forum."""
    for each in forums.coordinators(req.store, one.forum):
        if req.person is None or each.person != req.person.id:
            who = person(req.member)
            yield from inform(req, each, Card(
                text("decision-changed-by", number=one.label, who=who),
                (Row((Button(text("decision-history"), history.action(one.id)),)),),
            ))  # fmt: skip
