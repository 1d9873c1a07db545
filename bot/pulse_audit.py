"""What is kept of the rounds of the pulse, for whoever runs the database and has to answer for it.

It looks with other eyes than the bot: at the rounds of the database, at every column of what keeps the ballots, at the raw
bytes of the file, or at what the server does with the tables. It needs no secret, shows nothing that a vote could be read
from, and changes nothing.
"""

# ruff: noqa: PLC0415 - psycopg is there only where it is needed

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.condition import condition, looking, looking_at
from bot.finding import READABLE_BY_OTHERS, Finding
from storage import pulse
from storage.ballot_rows import Audit, Kept
from storage.ballots import Ballots, ballots_beside
from storage.db import Store
from storage.opened import is_address
from storage.pulse import Round
from storage.sqlite import SqliteStore

EXPECTED: Final = (
    "ballot_box.salt", "ballot_box.sealed", "ballot_box.token",
    "ballot_seat.seat", "ballot_seat.token", "ballot_seat.used",
)  # fmt: skip
"""Every column that ballots may have: nothing of a person, a platform, a time or an order."""


def look(where: Path | str) -> Iterator[Finding]:
    """What is kept for open and closed rounds, and whether the closed ones hold seats, box or salt."""
    if is_address(where):
        yield from _in_tables(str(where))
    else:
        yield from _in_file(Path(where))


def _in_file(database: Path) -> Iterator[Finding]:
    rounds = _rounds(database)
    path = ballots_beside(database)
    ballots = Ballots(path, b"")
    try:
        kept = ballots.audit()
    finally:
        ballots.close_file()
    raw = path.read_bytes() if path.is_file() else b""
    boxes = {each.token for each in kept.rounds}
    left = [each for each in rounds if each.token in boxes or each.token.encode() in raw]
    yield from _file(path, kept)
    yield from _open(rounds, kept.rounds)
    yield from _closed(rounds, left)
    yield from _unknown(rounds, kept.rounds)


def _in_tables(address: str) -> Iterator[Finding]:
    from storage import ballot_tables

    with looking(address) as store:
        rounds = pulse.every_round(store) if store.columns("pulse_round") else []
        kept = ballot_tables.BallotTables(store, address).audit()
        yield from _tables(store, kept)
        if kept.there and not ballot_tables.is_swept(store):
            yield Finding(
                "note",
                "Rows as they were before a change may lie in the tables' files.",
                "A running bot sweeps them away a moment after each change.",
            )
        if kept.there and not kept.rounds and ballot_tables.takes_room(store):
            yield Finding(
                "wrong",
                "There are no ballots, and yet the tables hold something.",
                "Start the bot: it sweeps it away.",
            )
    boxes = {each.token for each in kept.rounds}
    yield from _open(rounds, kept.rounds)
    yield from _closed(rounds, [each for each in rounds if each.token in boxes])
    yield from _unknown(rounds, kept.rounds)


def _rounds(database: Path) -> list[Round]:
    if not database.is_file():
        return []
    with looking_at(database) as connection:
        if pulse.STEP in condition(connection).lacking:
            return []
        return pulse.every_round(SqliteStore(connection))


def _tables(store: Store, kept: Audit) -> Iterator[Finding]:
    from storage import ballot_tables

    if not kept.there:
        yield Finding("fine", "There are no tables for ballots yet: no vote is kept.")
        return
    yield Finding(
        "fine",
        f"Ballots lie in two tables of the database. Their columns, all of them: {', '.join(kept.columns)}.",
    )
    yield from _strange(kept)
    if not kept.whole:
        yield Finding(
            "wrong",
            "The tables are logged: votes are written into the server's log, its standbys and its backups.",
            "alter table ballot_box set unlogged; alter table ballot_seat set unlogged",
        )
    if ballot_tables.is_readable_by_all(store):
        yield Finding(
            "wrong",
            "Every user of the database can read them.",
            "revoke all on ballot_box, ballot_seat from public",
        )
    if loud := ballot_tables.is_written_down(store):
        yield Finding(
            "wrong",
            f"The server may write votes into its log, sealed but in their order: {', '.join(loud)}.",
            "Set log_parameter_max_length = 0, or this as it is by default.",
        )
    yield Finding(
        "note",
        "No log, standby or backup of Samsyn holds them.",
        "Leave them out of yours too: pg_dump --no-unlogged-table-data, and no snapshots of the server's disk.",
    )


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
    yield from _strange(kept)
    if path.stat().st_mode & READABLE_BY_OTHERS:
        yield Finding("wrong", "Other users of this machine can read it.", f"chmod 600 {path}")
    yield Finding(
        "note", "No backup of Samsyn holds it.", "Leave it out of your own backups and snapshots too."
    )


def _strange(kept: Audit) -> Iterator[Finding]:
    if strange := sorted(set(kept.columns) - set(EXPECTED)):
        yield Finding(
            "wrong", f"Columns that do not belong there: {', '.join(strange)}.", "Find out who made them."
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


def _closed(rounds: Sequence[Round], holding: Sequence[Round]) -> Iterator[Finding]:
    """``holding`` are rounds, open or closed, of which something is left."""
    closed = [each for each in rounds if each.state != "open"]
    left = [each for each in closed if each in holding]
    for each in left:
        yield Finding(
            "wrong",
            f"{_name(each)} is closed, and something of its ballots is left.",
            "Start the bot: it destroys it.",
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
