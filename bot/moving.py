"""``move``: the whole installation to another database, of either engine, while no bot runs on either.

The new place is first marked as not to be used. Then everything goes over and is compared there, in one transaction of
the new place. The old place is marked, the new one commits, the old one is closed. Killed anywhere, no bot starts on
a half of it, or on both; the same command again finishes, or begins anew.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from bot.backups import back_up
from handlers.kit.doors import pulse_close
from handlers.kit.effects import Schedule
from storage import copying, gauges, intake, pulse, timers, whereabouts
from storage.ballot_file import BallotFile
from storage.ballots import ballots_beside
from storage.copying import Told
from storage.db import Database, InUse, NewerSchema, Store, StoreUnavailable
from storage.opened import is_address, opened
from storage.pulse import Round

# ruff: noqa: PLC0415 - psycopg is there only where it is needed

SECRET: Final = "secret"  # noqa: S105 - the name of the fact
Where = Path | str


class MoveError(Exception):
    """It cannot be moved, or not now, and stays where it is. The message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved. ``before``: an earlier try had done all of it.

    In ``mended`` rows a letter was replaced that PostgreSQL cannot keep. ``ended`` rounds of the pulse have no ballots
    at the new place. ``kept`` is where its old content lies now.
    """

    tables: int = 0
    rows: int = 0
    mended: int = 0
    ended: int = 0
    kept: str = ""
    before: bool = False


def named(where: Where) -> str:
    """A database as people read it: without user and password."""
    if not is_address(where):
        return str(where)
    parts = urlsplit(str(where))
    asked = dict(parse_qsl(parts.query))
    host = parts.netloc.rpartition("@")[2] or ":".join(filter(None, (asked.get("host"), asked.get("port"))))
    return f"postgresql://{host}{parts.path}"


def move(
    source: Where, to: Where, *, now: datetime, told: Told = copying.silent, end_rounds: bool = False
) -> Moved:
    """Move everything, and close the old place. Raises :class:`MoveError`.

    ``end_rounds``: rounds of the pulse that are open end without a result when the bot starts there.
    """
    if _known(source) == _known(to):
        raise MoveError(f"{named(to)} is where the data is.")
    with _alone(source) as here:
        _check_source(here.store, source, to)
        if whereabouts.left_to(here.store):
            return Moved(before=True)
        with _alone(to, make=True) as there:
            moved = _finished_before(here.store, there.store) or _carried(
                _Way(source, to, here, there), now, told, end_rounds=end_rounds
            )
            whereabouts.leave_for_good(here.store)
        _destroy_ballots(source, here.store)
    return moved


def stay(where: Where) -> bool:
    """Let a bot start on this database again, whatever was moved; false when nothing kept it from that."""
    with _alone(where) as here:
        return whereabouts.stay(here.store)


@dataclass(frozen=True, slots=True)
class _Way:
    source: Where
    to: Where
    here: Database
    there: Database


# --- Before ------------------------------------------------------------------------------------------------------


@contextmanager
def _alone(where: Where, *, make: bool = False) -> Iterator[Database]:
    """A database that no bot is at work on, for as long as this lasts; what goes wrong with it is told in a sentence."""
    if isinstance(where, Path) and not (make or where.is_file()):
        raise MoveError(f"There is no database {where}.")
    try:
        with closing(opened(where)) as database, copying.plainly(database.store):
            if database.store.engine == "postgres":
                from storage.postgres_whole import check_alone, patient

                patient(database.store)
                check_alone(database.store)
            yield database
    except InUse:
        raise _at_work(where) from None
    except NewerSchema:
        raise MoveError(f"{named(where)} was made by a newer Samsyn. Update this one.") from None
    except StoreUnavailable as trouble:
        raise MoveError(f"{named(where)} cannot be used: {trouble}.") from None


def _at_work(where: Where) -> MoveError:
    return MoveError(
        f"A Samsyn is at work on {named(where)}. Stop it first; after a crash, wait for a minute."
    )


def _check_source(store: Store, source: Where, to: Where) -> None:
    if not store.columns("fact"):
        raise MoveError(f"{named(source)} is no database of Samsyn.")
    if not gauges.schema_fits(store):
        raise MoveError(f"{named(source)} is of an older version. First: python -m bot migrate")
    if whereabouts.going_to(store) != _known(to):
        try:
            whereabouts.check(store)
        except whereabouts.Elsewhere as why:
            raise MoveError(f"{named(source)} cannot be moved there: {why}.") from None


def _finished_before(here: Store, there: Store) -> Moved | None:
    """An earlier move that committed there and did not live to close the old place."""
    begun = whereabouts.leaving(here)
    if begun and there.columns("fact") and whereabouts.arrived(there) == begun[0]:
        return Moved(before=True)
    return None


def _open_rounds(store: Store, source: Where, *, end: bool) -> Sequence[Round]:
    rounds = [each for each in pulse.every_round(store) if each.state == "open"]
    if rounds and not end:
        last = max(each.closes_at for each in rounds)
        raise MoveError(
            f"A round of the pulse is open, and its answers never leave {named(source)}. The last one closes at"
            f" {last:%Y-%m-%d %H:%M} UTC: move after that. Or end it without a result: add --end-rounds"
        )
    return rounds


def _holds_our_old(here: Store, there: Store, to: Where) -> bool:
    """Whether the new place is one that the content once left; false when nothing is there. Refuses anything else."""
    if not there.columns("fact") or not copying.total(there):
        return False
    if intake.fact(there, SECRET) != intake.fact(here, SECRET):
        raise MoveError(f"{named(to)} holds the data of another installation. Choose an empty database.")
    if not whereabouts.left_to(there):
        raise MoveError(
            f"{named(to)} holds data of this installation, and no move has left it there. If it is an old copy,"
            " choose an empty database; if a bot has run on it since, it is the newer one."
        )
    return True


# --- The move ----------------------------------------------------------------------------------------------------


def _carried(way: _Way, now: datetime, told: Told, *, end_rounds: bool) -> Moved:
    here, there, kept = way.here.store, way.there.store, ""
    rounds = _open_rounds(here, way.source, end=end_rounds)
    left_once = _holds_our_old(here, there, way.to)
    if isinstance(way.to, Path) and left_once:
        kept = _copied_aside(way.to)
    way.there.migrate()
    if not left_once:
        whereabouts.expect(there, named(way.source))
    with _undone_together(here, there):
        _begin_reading(way)
        there.run("begin")
        if there.engine == "postgres" and left_once:
            kept = _set_aside(there)
        copying.empty(there)
        sent = copying.copy(here, there, told)
        _close_now(there, rounds, now)
        move = token_hex(16)
        whereabouts.arrive(there, move)
        whereabouts.leave(here, move, _known(way.to))
        here.run("commit")
    with _in_doubt(there):
        there.run("commit")
    rows, mended = (sum(each) for each in zip(*((a.rows, a.mended) for a in sent.values()), strict=True))
    return Moved(len(sent), rows, mended, len(rounds), kept)


@contextmanager
def _undone_together(*stores: Store) -> Iterator[None]:
    try:
        yield
    except copying.Torn as why:
        _roll_back(stores)
        raise MoveError(f"What arrived is not what was sent, in {why}. Nothing was moved.") from None
    except BaseException:
        _roll_back(stores)
        raise


@contextmanager
def _in_doubt(store: Store) -> Iterator[None]:
    try:
        yield
    except copying.troubles(store):
        raise MoveError(
            "Everything was sent, and no answer came whether it is kept there. Repeat the command: it finds out."
        ) from None


def _roll_back(stores: Sequence[Store]) -> None:
    for each in stores:
        with suppress(*copying.troubles(each)):
            each.run("rollback")


def _begin_reading(way: _Way) -> None:
    """Nobody else writes, or starts, before it is over."""
    store = way.here.store
    if store.engine == "sqlite":  # the lock beside the file sees to that
        store.run("begin")
        return
    from storage.postgres_whole import begin_alone

    try:
        begin_alone(store, copying.TABLES)
    except InUse:
        raise _at_work(way.source) from None


def _set_aside(store: Store) -> str:
    from storage.postgres_whole import set_aside

    return set_aside(store)


def _copied_aside(path: Path) -> str:
    names = (path.with_name(f"{path.stem}.replaced-{each}{path.suffix}") for each in count(1))
    aside = next(each for each in names if not each.exists())
    back_up(path, aside)
    return str(aside)


def _close_now(store: Store, rounds: Sequence[Round], now: datetime) -> None:
    """At the first start there they are found without ballots, and everybody is told."""
    for each in rounds:
        ring = Schedule(f"{each.forum}:pulse-close:{each.id}", now, pulse_close(each.id))
        timers.schedule(
            store, ring.name, ring.at, ring.action.encode(each.forum), forum=each.forum, grace=ring.grace, late=ring.late
        )  # fmt: skip


def _destroy_ballots(source: Where, store: Store) -> None:
    """Nobody will count what is left of them."""
    if isinstance(source, Path):
        BallotFile(ballots_beside(source)).wipe()
    else:
        from storage.postgres_whole import forget_secrets

        forget_secrets(store)


def _known(where: Where) -> str:
    """A database as one place knows another: always in the same words."""
    return str(where.absolute()) if isinstance(where, Path) else named(where)
