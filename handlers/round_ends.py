"""What happens when the time of a round is over, kind by kind. Every way to end one leads through here."""

from datetime import timedelta

from handlers.kit.doors import close_round
from handlers.kit.effects import Cancel, Effects, Schedule, Update
from handlers.kit.inbound import Request
from handlers.kit.ui import text
from handlers.kit.when import next_working_day, working_moment
from handlers.round_cards import round_card, title, voters_of
from handlers.round_rules import MORNING, consent_end, mandate_end, present, result_to_json, standing, tally
from handlers.round_steps import ended, load, owner_or_coordinators, tell_those, wording_of
from storage import forums, rounds
from storage.rounds import Round

WAITS = timedelta(days=3)
"""So long after the advice is in whoever decides is reminded, together with those who run the forum."""


def finish(req: Request, one: Round) -> Effects:
    """The time for answers is over: what came of it."""
    match one.kind:
        case "consent":
            yield from _consent(req, one)
        case "vote":
            yield from _vote(req, one)
        case "advice":
            yield from time_to_decide(req, one)
        case _:
            yield from finish_mandate(req, one)


def _consent(req: Request, one: Round) -> Effects:
    answers, voters = rounds.answers(req.store, one), voters_of(req, one)
    now = present(answers, one.version)
    agreed = sum(voter in voters and each.answer == "consent" for voter, each in now.items())
    questions = sum(each.kind == "question" and not each.reply for each in rounds.said(req.store, one))
    kept = {"count": agreed, "all": len(voters), "open_questions": questions}
    wording = wording_of(req, one, one.question, why=one.detail, answers=tuple(now.values()))
    yield from ended(req, one, consent_end(now), kept, wording)


def _vote(req: Request, one: Round) -> Effects:
    now, voters = present(rounds.answers(req.store, one), one.version), voters_of(req, one)
    result = tally(len(one.options), one.quorum, voters, now)
    wording = None
    if result.end == "decided":
        chosen = one.options[result.leading[0] - 1]
        counted = tuple(each for voter, each in now.items() if voter in voters)
        wording = wording_of(req, one, f"{one.question}\n{chosen}", answers=counted)
    yield from ended(req, one, result.end, result_to_json(result), wording)


def time_to_decide(req: Request, one: Round) -> Effects:
    """The advice is in: whoever asked for it decides; a second time, those who run the forum hear of it too."""
    first = rounds.move_on(req.store, one, "deciding")
    one = load(req, one.id)
    those = owner_or_coordinators(req, one)
    if not first:
        known = {each.id for each in those}
        those += [each for each in forums.coordinators(req.store, one.forum) if each.id not in known]
    yield Update(round_card(req, one))
    yield from tell_those(req, those, one, text("round-time-to-decide", title=title(one)))
    yield Cancel(f"round-nudge:{one.id}")
    if first:
        at = working_moment(next_working_day(req.today + WAITS), MORNING, req.zone)
        yield Schedule(f"round-close:{one.id}", at, close_round(one.id), grace=timedelta(days=30))


def finish_mandate(req: Request, one: Round) -> Effects:
    """In force when nobody is waited for; until then it is preliminary. Before the time is over only the card changes."""
    now, voters = present(rounds.answers(req.store, one), one.version), voters_of(req, one)
    stands = standing(voters, now)
    end = mandate_end(stands)
    early = one.phase == "asking" and req.now < one.deadline
    if early and any(each not in now for each in voters):
        yield Update(round_card(req, one))
        return
    if end is None:
        rounds.move_on(req.store, one, "anchoring")
        yield Update(round_card(req, load(req, one.id)))
        return
    behind = tuple(
        each for voter, each in now.items() if voter in voters and each.answer in ("now", "anchored")
    )
    kept = {
        "count": stands.behind, "all": stands.all, "silent": sum(each not in now for each in voters),
        "who": stands.against[0] if stands.against else "",
    }  # fmt: skip
    wording = wording_of(req, one, one.question, why=one.detail, process="consent", answers=behind)
    yield from ended(req, one, end, kept, wording)
