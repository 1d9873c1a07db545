"""Steps that every kind of round takes: opening, who may, asking, ending, becoming a decision with its number.

Shared by the features that ask for consent, votes, advice and mandates.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from handlers.decision_cards import decision_card
from handlers.decision_steps import recorded
from handlers.kit.access import Deed, check
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.doors import (
    close_round,
    nudge_round,
    review_round,
)
from handlers.kit.effects import (
    Cancel,
    Effects,
    FieldErrors,
    Post,
    Refusal,
    Schedule,
    Update,
    Whisper,
)
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Due, Request
from handlers.kit.people_shown import fitted, verbatim
from handlers.kit.sitting import filed
from handlers.kit.ui import AnyField, Card, DateField, HiddenField, Line, Row, Text, TextField, text
from handlers.kit.ui_json import value_from_json, value_to_json
from handlers.kit.when import next_working_day, working_moment
from handlers.place_rules import is_shown_here
from handlers.round_cards import asking_card, names, review_card, round_card, title, voters_of
from handlers.round_results import headline
from handlers.round_rules import (
    FAR,
    LONGEST,
    LONGEST_DETAIL,
    MORNING,
    ends_at,
    is_moved,
    last_day,
    nudge_at,
    present,
    speaks_for,
    voter_of,
)
from storage import agenda, decisions, forums, meetings, rounds
from storage.decisions import Wording
from storage.records import Member
from storage.rounds import Answer, Round

LATE = timedelta(hours=20)
"""A nudge later than this would come when the round is over."""


# --- Asking ----------------------------------------------------------------------------------------------------


def question_fields(req: Request, point: int, label: str) -> tuple[AnyField, ...]:
    """What it is about, in words that can be read on a phone; out of an agenda point with its words."""
    return (
        TextField(key="question", label=text(f"round-field-{label}"), hint=text(f"round-field-{label}-hint"),
                  longest=LONGEST, multiline=True, initial=_words_of_point(req, point)),
        TextField(key="detail", label=text("round-field-detail"), longest=LONGEST_DETAIL, multiline=True,
                  optional=True),
    )  # fmt: skip


def time_fields() -> tuple[AnyField, ...]:
    """Until when one may answer, and when to look at what came of it."""
    return (
        DateField(key="until", label=text("round-field-until"), hint=text("round-field-until-hint"), optional=True),
        DateField(key="review", label=text("round-field-review"), hint=text("round-field-review-hint"), optional=True),
    )  # fmt: skip


def version_field(one: Round) -> HiddenField:
    """Which words somebody saw when they began to answer."""
    return HiddenField(key="version", label=text("round-field-detail"), initial=str(one.version))


def check_seen(one: Round, answers: Answers) -> None:
    """Refuse an answer to words that have been changed meanwhile."""
    if answers.words("version") != str(one.version):
        raise Refusal(text("round-changed-meanwhile", number=str(one.id)))


def wrong_days(req: Request, answers: Answers) -> FieldErrors | None:
    """What is wrong with the days of a round: passed by now, too far away, or looked at before it is over."""
    until, review = answers.day("until"), answers.day("review") if "review" in answers.values else None
    end = last_day(until, req.today)
    if ends_at(end, req.zone) <= req.now:
        return FieldErrors({"until": text("round-time-passed")})
    for key, day in (("until", until), ("review", review)):
        if day and (day - req.today).days > FAR:
            return FieldErrors({key: text("round-day-far", day=day)})
    if review and review <= end:
        return FieldErrors({"review": text("round-review-too-soon", day=end)})
    return None


def _words_of_point(req: Request, point: int) -> str:
    raw = rounds.point_words(req.store, forum_of(req).id, point) if point else ""
    said = value_from_json(json.loads(raw)) if raw else ""
    words = said.vars.get("words", "") if isinstance(said, Text) and said.key == "verbatim" else said
    return fitted(words, LONGEST) if isinstance(words, str) else ""


# --- Opening ---------------------------------------------------------------------------------------------------


def begin(
    req: Request, answers: Answers, point: int, kind: str, *, per: str = "member", options: tuple[str, ...] = (),
    quorum: int = 0, advisers: tuple[str, ...] = (),
) -> Round:  # fmt: skip
    """The round of a filled-in form, numbered and kept; it falls under the point that is being discussed."""
    forum, member = forum_of(req), member_of(req)
    meeting = meetings.open_now(req.store, forum.id)
    detail = answers.words("detail") if "detail" in answers.values else ""
    number = rounds.open_round(
        req.store, forum.id, kind=kind, question=answers.words("question"), detail=detail, options=options,
        quorum=quorum, per=per, advisers=advisers, member=member.id, meeting=meeting.id if meeting else None,
        point=point or (meeting.point if meeting else None), review_on=answers.day("review"), now=req.now,
        deadline=ends_at(last_day(answers.day("until"), req.today), req.zone),
    )  # fmt: skip
    meetings.belongs(req.store, forum.id, "round", number)
    return load(req, number)


def opened(req: Request, one: Round, chosen: date | None) -> Effects:
    """Everybody sees the round, and the clock runs; whoever named a day off hears that it was moved."""
    yield Post(round_card(req, one))
    if is_moved(chosen):
        until = ends_at(last_day(chosen, req.today), req.zone)
        yield Whisper(Card(text("round-moved", number=str(one.id), day=until.date())), replace=False)
    elif not is_shown_here(req):
        yield Whisper(Card(text("round-opened", number=str(one.id))), replace=False)
    yield from clock(req, one)


def clock(req: Request, one: Round) -> Effects:
    """Set the nudge and the end."""
    yield Schedule(f"round-close:{one.id}", one.deadline, close_round(one.id), grace=timedelta(days=30))
    at = nudge_at(one.deadline, req.zone)
    if at > req.now:
        yield Schedule(f"round-nudge:{one.id}", at, nudge_round(one.id), grace=LATE, late="skip")
    else:
        yield Cancel(f"round-nudge:{one.id}")


# --- Who may ---------------------------------------------------------------------------------------------------


def load(req: Request, number: int) -> Round:
    """A round of the forum; a refusal when there is none of that number."""
    one = rounds.get(req.store, forum_of(req).id, number)
    if one is None:
        raise Refusal(text("round-gone"))
    return one


def load_kind(req: Request, number: int, kind: str) -> Round:
    """The same, of the kind that a button was made for."""
    one = load(req, number)
    if one.kind != kind:
        raise Refusal(text("refused-stale"))
    return one


def load_asking(req: Request, number: int, kind: str) -> Round:
    """A round that takes answers. One whose time has passed takes none, also when nobody has counted them yet."""
    one = load_kind(req, number, kind)
    if one.state != "open" or one.phase != "asking" or req.now >= one.deadline:
        raise Refusal(text("round-closed", number=str(one.id)))
    return one


def voice(req: Request, one: Round) -> str:
    """The acting member's voice in a round; a refusal for one who speaks for no organisation where those answer."""
    member = member_of(req)
    found = speaks_for(member, voters_of(req, one)) if one.kind == "advice" else voter_of(member, one.per)
    if found:
        return found
    raise Refusal(text("round-advice-not-asked" if one.kind == "advice" else "round-no-organisation"))


def is_in_charge(req: Request, one: Round) -> bool:
    """Whether the acting member opened the round, or coordinates the forum."""
    member = member_of(req)
    return member.id == one.owner or member.role == "coordinator"


def check_in_charge(req: Request, one: Round) -> None:
    """Refuse anybody else."""
    if member_of(req).id != one.owner:
        check(req, Deed.RUN_FORUM)


def owner_or_coordinators(req: Request, one: Round) -> list[Member]:
    """Whoever opened it; those who run the forum once that member has left."""
    owner = forums.member(req.store, one.forum, one.owner)
    return [owner] if owner and owner.state == "active" else forums.coordinators(req.store, one.forum)


def members_behind(req: Request, one: Round, voters: tuple[str, ...]) -> list[Member]:
    """The people behind these voters."""
    return [each for each in forums.members(req.store, one.forum) if speaks_for(each, voters)]


# --- Ending ----------------------------------------------------------------------------------------------------


def note(
    req: Request, one: Round, voter: str, answer: str, *, reason: str = "", day: date | None = None
) -> Answer | None:
    """Keep an answer; the one that it takes the place of."""
    before = present(rounds.answers(req.store, one), one.version).get(voter)
    member = member_of(req)
    rounds.answer(
        req.store, one, voter=voter, member=member.id, actor=member.actor, answer=answer, reason=reason, day=day,
        now=req.now,
    )  # fmt: skip
    return before


def ended(
    req: Request, one: Round, state: str, kept: Mapping[str, object] | str, wording: Wording | None
) -> Effects:
    """The round is over, once: its card says how, everybody hears it in one line, and a decision gets its number."""
    outcome = kept if isinstance(kept, str) else json.dumps(dict(kept), ensure_ascii=False)
    if not rounds.close(req.store, one, state, outcome=outcome, now=req.now):
        raise Refusal(text("round-closed", number=str(one.id)))
    yield Cancel(f"round-close:{one.id}")
    yield Cancel(f"round-nudge:{one.id}")
    objection = text("round-point-stopped", number=str(one.id), what=one.question)
    on_agenda = state == "stopped" and propose_point(req, one, "round", objection)
    if state == "decided" and wording:
        yield from _decision(req, one, wording)
    if state != "withdrawn" and not isinstance(req.inbound, Due):
        # Somebody at the meeting ended it: its minutes tell how, also of a round that was opened before.
        meetings.belongs(req.store, one.forum, "round", one.id)
    now = load(req, one.id)
    yield Update(round_card(req, now))
    yield Update(asking_card(req, now))
    if state != "withdrawn":
        yield Post(announcement(req, now, on_agenda=on_agenda))


def announcement(req: Request, one: Round, *, on_agenda: bool) -> Card:
    """How a round ended, as it is said in the chats; ``on_agenda`` when the next meeting takes it up."""
    card = round_card(req, one, named=False)
    row = [each for each in card.body if isinstance(each, Row)]
    line = Line(headline(one, names(req)))
    extra = [Line(text("round-is-on-agenda"))] if on_agenda else []
    return Card(
        text("round-over", title=title(one)), (Line(verbatim(one.question), "quote"), line, *extra, *row)
    )


def _decision(req: Request, one: Round, wording: Wording) -> Effects:
    owner = forums.member(req.store, one.forum, one.owner)
    assert owner is not None  # noqa: S101 - members are never deleted while they own something
    made = decisions.record(req.store, one.forum, wording, year=req.today.year, by=owner, now=req.now)
    rounds.led_to(req.store, one, made.id)
    meeting = meetings.open_now(req.store, one.forum)
    if meeting and (meeting.id == one.meeting or not isinstance(req.inbound, Due)):
        yield from filed(req, "decision", made.id)
    yield Post(decision_card(req, made, new=True))
    yield from recorded(req, made.id, one.review_on)
    if one.review_on:
        at = review_at(req, one.review_on)
        yield Schedule(f"round-review:{one.id}", at, review_round(one.id), grace=timedelta(days=30))


def wording_of(
    req: Request, one: Round, what: str, *, why: str = "", process: str = "", answers: tuple[Answer, ...] = ()
) -> Wording:
    """The decision that a round becomes: its words, how it was made, and the organisations that answered."""
    actors = tuple(sorted({each.actor for each in answers if each.actor}))
    owner = forums.member(req.store, one.forum, one.owner)
    still = owner.id if owner and owner.state == "active" else None
    return Wording(what, why, process or one.kind, actors, "", still, one.review_on)


def review_at(req: Request, day: date) -> datetime:
    """When the forum is asked to look at a decision again."""
    return working_moment(next_working_day(day), MORNING, req.zone)


def propose_point(req: Request, one: Round, origin: str, what: Text) -> bool:
    """Propose a point about these words of the round for the next meeting; false when it is there already."""
    said = json.dumps(value_to_json(what), ensure_ascii=False)
    member = req.member.id if req.member else one.owner
    number = agenda.propose(
        req.store, one.forum, what=said, origin=f"{origin}:{one.id}:{one.version}", member=member, now=req.now
    )
    return number is not None


def decision_label(req: Request, one: Round) -> str:
    """What people call the decision that a round became."""
    found = decisions.get(req.store, one.forum, one.decision) if one.decision else None
    return found.label if found else ""


def decision_stands(req: Request, one: Round) -> bool:
    """Whether there is a decision, and it was neither taken back nor replaced."""
    found = decisions.get(req.store, one.forum, one.decision) if one.decision else None
    return found is not None and found.state == "standing"


def review_asked(req: Request, one: Round) -> Effects:
    """The forum is asked what came of the decision; nobody asks again by itself."""
    yield Cancel(f"round-review:{one.id}")
    yield Post(review_card(one, decision_label(req, one)))


def tell_those(req: Request, members: list[Member], one: Round, heading: Text) -> Effects:
    """The round in private, with its buttons, to these members alone; who was asked before sees it as it stands."""
    yield Update(asking_card(req, one))
    card = asking_card(req, one, heading)
    for each in members:
        yield from inform(req, each, card)
