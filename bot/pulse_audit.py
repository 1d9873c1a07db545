"""What is kept of the rounds of the pulse, for whoever runs the database and has to answer for it.

It looks with other eyes than the bot: at the rounds of the database, at every column of the ballot file, and at its
raw bytes. It needs no secret, shows nothing that a vote could be read from, and changes nothing.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.checks import READABLE_BY_OTHERS, Finding
from bot.condition import condition, looking_at
from storage import pulse
from storage.ballot_rows import Audit, Kept
from storage.ballots import Ballots, ballots_beside
from storage.pulse import Round
from storage.sqlite import SqliteStore

EXPECTED: Final = (
    "ballot_box.salt", "ballot_box.sealed", "ballot_box.token",
    "ballot_seat.seat", "ballot_seat.token", "ballot_seat.used",
)  # fmt: skip
"""Every column that a ballot file may have: nothing of a person, a platform, a time or an order."""


def look(database: Path) -> Iterator[Finding]:
    """What is kept for open and closed rounds, and whether the closed ones hold seats, box or salt."""
    rounds = _rounds(database)
    path = ballots_beside(database)
    ballots = Ballots(path, b"")
    try:
        kept = ballots.audit()
    finally:
        ballots.close_file()
    yield from _file(path, kept)
    yield from _open(rounds, kept.rounds)
    yield from _closed(rounds, kept.rounds, path)
    yield from _unknown(rounds, kept.rounds)


def _rounds(database: Path) -> list[Round]:
    if not database.is_file():
        return []
    with looking_at(database) as connection:
        if pulse.STEP in condition(connection).lacking:
            return []
        return pulse.every_round(SqliteStore(connection))


def _file(path: Path, kept: Audit) -> Iterator[Finding]:
    if not kept.there:
        yield Finding("fine", f"There is no ballot file {path}: no vote is kept.")
        return
    if not kept.whole:
        yield Finding(
            "wrong",
            f"The ballot file {path} is damaged. Open rounds end without a result.",
            "Leave it: the bot overwrites it when the next round opens or closes.",
        )
        return
    yield Finding(
        "fine", f"The ballot file {path} is undamaged. Its columns, all of them: {', '.join(kept.columns)}."
    )
    if strange := sorted(set(kept.columns) - set(EXPECTED)):
        yield Finding(
            "wrong", f"Columns that do not belong there: {', '.join(strange)}.", "Find out who made them."
        )
    if path.stat().st_mode & READABLE_BY_OTHERS:
        yield Finding("wrong", "Other users of this machine can read it.", f"chmod 600 {path}")
    yield Finding(
        "note", "No backup of Samsyn holds it.", "Leave it out of your own backups and snapshots too."
    )


def _open(rounds: Sequence[Round], kept: Sequence[Kept]) -> Iterator[Finding]:
    boxes = {each.token: each for each in kept}
    for each in rounds:
        if each.state != "open":
            continue
        until = f"{each.closes_at:%Y-%m-%d %H:%M} UTC"
        if each.token not in boxes:
            yield Finding(
                "note", f"{_name(each)}, open until {until}, has no ballots. It ends without a result."
            )
            continue
        box = boxes[each.token]
        yield Finding(
            "fine",
            f"{_name(each)}, open until {until}: {box.seats} seats without names, {box.used} of them used,"
            f" a sealed box of {box.box_bytes} bytes, a salt of {box.salt_bytes} bytes.",
        )


def _closed(rounds: Sequence[Round], kept: Sequence[Kept], path: Path) -> Iterator[Finding]:
    closed = [each for each in rounds if each.state != "open"]
    boxes = {each.token for each in kept}
    raw = path.read_bytes() if path.is_file() else b""
    left = [each for each in closed if each.token in boxes or each.token.encode() in raw]
    for each in left:
        yield Finding(
            "wrong",
            f"{_name(each)} is closed, and the ballot file still holds something of it.",
            "Start the bot: it destroys what is left.",
        )
    if closed and not left:
        yield Finding("fine", f"Closed rounds: {len(closed)}. None of them has seats, box or salt.")


def _unknown(rounds: Sequence[Round], kept: Sequence[Kept]) -> Iterator[Finding]:
    known = {each.token for each in rounds}
    if strange := [each for each in kept if each.token not in known]:
        yield Finding(
            "wrong",
            f"Ballots of rounds that the database does not know: {len(strange)}.",
            "Start the bot: it destroys them.",
        )


def _name(one: Round) -> str:
    return f"Forum {one.forum}, round {one.id}"
