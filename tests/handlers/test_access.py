"""Who may do what: every cell of the table, and the words of every refusal."""

from dataclasses import replace

import pytest

from handlers.kit.access import TABLE, Deed, Standing, check, may, standing
from handlers.kit.effects import Refusal
from handlers.kit.inbound import Request
from tests.stage.samples import Sample

STANDINGS = ("coordinator", "member", "ex-member", "guest", "stranger")
CELLS = {
    "ask": "yes yes yes yes yes",
    "start-forum": "no no no no yes",
    "join": "no no yes yes yes",
    "read": "yes yes no no no",
    "record": "yes yes no no no",
    "correct-own": "yes yes no no no",
    "amend": "yes yes no no no",
    "amend-strict": "yes no no no no",
    "answer": "yes yes no no no",
    "answer-any": "yes no no no no",
    "run-forum": "yes no no no no",
    "let-post": "yes yes no no no",
    "own-data": "yes yes yes yes yes",
}
"""The whole table as people agreed on it, in the order of ``STANDINGS``."""
EVERY = [
    (deed, who, cell == "yes")
    for deed, row in CELLS.items()
    for who, cell in zip(STANDINGS, row.split(), strict=True)
]
WHY = [
    ("run-forum", "member", "refused-coordinator-only"),
    ("amend-strict", "member", "refused-coordinator-only"),
    ("answer-any", "member", "refused-coordinator-only"),
    ("join", "member", "refused-already-member"),
    ("join", "coordinator", "refused-already-member"),
    ("start-forum", "member", "refused-forum-here"),
    ("start-forum", "coordinator", "refused-forum-here"),
    ("start-forum", "guest", "refused-not-member"),
    ("read", "guest", "refused-not-member"),
    ("record", "ex-member", "refused-left"),
    ("run-forum", "ex-member", "refused-left"),
    ("read", "stranger", "refused-no-forum"),
    ("record", "stranger", "refused-no-forum"),
]


def _as(sample: Sample, who: str) -> Request:
    """A request by somebody of that standing."""
    ada, bo = sample.request(sample.ada), sample.request(sample.bo)
    return {
        "coordinator": ada,
        "member": bo,
        "ex-member": replace(bo, member=replace(sample.bo, state="left")),
        "guest": sample.request(None),
        "stranger": sample.request(None, forum=None),
    }[who]


def test_the_table_here_names_every_deed_and_every_standing() -> None:
    """Nothing can be added to the table of rights without being agreed on here."""
    assert set(CELLS) == {each.value for each in Deed}
    assert set(STANDINGS) == {each.value for each in Standing}
    assert set(TABLE) == set(Deed)


@pytest.mark.parametrize(("deed", "who", "allowed"), EVERY, ids=str)
def test_every_cell(sample: Sample, deed: str, who: str, allowed: bool) -> None:
    """Each standing may do exactly what the table grants it, and is refused everything else."""
    req = _as(sample, who)

    assert standing(req) is Standing(who)
    assert may(req, Deed(deed)) is allowed
    if allowed:
        check(req, Deed(deed))
    else:
        with pytest.raises(Refusal):
            check(req, Deed(deed))


@pytest.mark.parametrize(("deed", "who", "key"), WHY)
def test_a_refusal_says_what_would_help(sample: Sample, deed: str, who: str, key: str) -> None:
    """Whoever may not is told what stands in the way, not merely no."""
    with pytest.raises(Refusal) as refused:
        check(_as(sample, who), Deed(deed))

    assert refused.value.text.key == key


def test_whoever_hides_is_told_to_show_themselves(sample: Sample) -> None:
    """An anonymous administrator is a guest, but to join would not help."""
    with pytest.raises(Refusal) as refused:
        check(sample.request(None, person=None), Deed.RECORD)

    assert refused.value.text.key == "refused-no-person"


def test_a_coordinator_who_left_is_one_no_more(sample: Sample) -> None:
    """The role does not outlive the membership."""
    gone = replace(sample.ada, state="left")

    assert standing(sample.request(gone)) is Standing.EX_MEMBER
