"""``pulse-linkage``: how many people somebody finds who has all the files, beyond what a blind guess finds.

Each round has a database and a ballot file of its own, used by the verbs that the handlers use, one commit a vote.
After closing, the attacker gets database, write-ahead log, ballot file, a backup made while the round was open, the
log, the installation's secret, the exact count, and every earlier box and salt of which a byte is left anywhere.
During the round they get the files after each of the last two votes, without the secret. The files lie in memory
where the system allows it: what is measured is what stands in them, not how long the disk takes.
"""

import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, Protocol

from bench import attack, machine
from bench.attack import CHOICES, Gain, Sight
from bench.chance import seed
from bench.rows import Row
from bot.app import installation_secret
from storage import forums, intake, outbox, people, pulse, sealing
from storage.ballots import Ballots, ballots_beside
from storage.db import Store
from storage.migrations import migrate
from storage.outbox import Address
from storage.pulse import Times
from storage.sqlite import SqliteDatabase

ROUNDS: Final = 2000
PARTS, WORKERS = 8, 2
BAR: Final = 0.01
NOW: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MEMBERS: Final = 12
AGREES: Final = 4
SECRET_TABLES: Final = ("fact",)
"""Where the installation keeps its secret."""


class Box(Protocol):
    """What a ballot box must do to be attacked."""

    def open_round(self, token: str, members: Sequence[int], questions: int, /) -> None: ...

    def cast(self, token: str, member: int, choices: Sequence[int], /) -> object: ...

    def destroy(self, token: str, /) -> None: ...


MakeBox = Callable[[Path, bytes], Box]


@dataclass(frozen=True, slots=True)
class Seen:
    """The same round after it was closed, and while it was open."""

    closed: Sight
    open: Sight


def measure() -> Iterator[Row]:
    """Both attackers against the real box."""
    first = seed()
    with ProcessPoolExecutor(WORKERS) as pool:
        parts = pool.map(_part, range(first, first + PARTS))
        seen = [each for part in parts for each in part]
        gains = pool.map(attack.best, ([each.closed for each in seen], [each.open for each in seen]))
        for what, gain in zip(("after closing", "while open"), gains, strict=True):
            yield Row(
                "pulse-linkage", f"people found with all files, {what}", round(gain.advantage, 4), "share",
                f"<= {BAR}", _said(gain), gain.advantage <= BAR,
            )  # fmt: skip


def _part(course: int) -> list[Seen]:
    return rounds(Ballots, ROUNDS // PARTS, course)


def _said(gain: Gain) -> str:
    return (
        f"{gain.right} right with the best pattern ({' / '.join(gain.pattern)}), {gain.blind} by a blind guess that knows"
        f" the exact count, of {gain.guesses} people in half of {ROUNDS} rounds"
    )


def rounds(make: MakeBox, number: int, course: int) -> list[Seen]:
    """Rounds of 7 to 12 people, as the attacker sees them; the same ``course`` is the same rounds."""
    rng = Random(course)  # noqa: S311 - people who come as they please
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    machine.WORKSHOP.mkdir(parents=True, exist_ok=True)
    where = memory if memory.is_dir() else machine.WORKSHOP
    with tempfile.TemporaryDirectory(dir=where) as folder:
        template = Path(folder) / "template.db"
        _furnish(template)
        return [_round(make, template, rng) for _ in range(number)]


def _furnish(path: Path) -> None:
    with closing(SqliteDatabase(path)) as database:
        migrate(database.tools)
        store = database.store
        installation_secret(store)
        forum = forums.create(
            store, name="Trygghet", challenge="", language="sv", zone="Europe/Stockholm", invite="x", now=NOW
        )
        for each in range(1, MEMBERS + 1):
            person = people.meet(store, "slack", "T1", _user(each), name=f"Person {each}", now=NOW)
            forums.join(store, forum.id, person.id, actor_id=None, role="member", now=NOW)
        database.writer.execute("pragma wal_checkpoint(truncate)")


def _user(member: int) -> str:
    return f"UPULSE{member:02d}"


def _round(make: MakeBox, template: Path, rng: Random) -> Seen:
    """One round from opening to publication, and what is left of it."""
    with tempfile.TemporaryDirectory(dir=template.parent) as folder:
        path = Path(folder) / "samsyn.db"
        shutil.copy(template, path)
        with closing(SqliteDatabase(path)) as database:
            played = _Played(make, database, rng)
            played.votes()
            during = played.sight_during()
            played.closes()
            return Seen(played.sight_after(), during)


class _Played:
    """A round that is being played, and what the attacker gathers meanwhile."""

    def __init__(self, make: MakeBox, database: SqliteDatabase, rng: Random) -> None:
        self.database, self.path, self.rng = database, database.path, rng
        self.file = ballots_beside(self.path)
        self.secret = installation_secret(database.store)
        self.box = make(self.file, self.secret)
        self.token = f"{rng.getrandbits(128):032x}"
        self.salt, self.boxes = b"", list[bytes]()
        everybody = list(range(1, MEMBERS + 1))
        self.voters = rng.sample(everybody, rng.randint(7, MEMBERS))
        weights = [rng.random() + 0.05 for _ in range(CHOICES)]
        self.truth = {each: rng.choices(range(CHOICES), weights)[0] for each in self.voters}
        self.box.open_round(self.token, everybody, 1)
        pulse.open_round(
            database.store, 1, token=self.token, questions=("D3.1",), member=1, invited=MEMBERS, organisations=4,
            times=Times(NOW, NOW, NOW, NOW),
        )  # fmt: skip
        self._watch()

    def votes(self) -> None:
        """Everybody answers, in a random order, some seconds apart; the backup is made somewhere in between."""
        backed_up = self.rng.randrange(len(self.voters))
        for turn, voter in enumerate(self.voters):
            self._vote(voter, NOW + timedelta(seconds=60 * turn + self.rng.randrange(60)))
            self._watch()
            if turn == backed_up:
                with closing(sqlite3.connect(self.path.with_name("backup.db"))) as copy:
                    self.database.writer.backup(copy)

    def _vote(self, voter: int, at: datetime) -> None:
        """What the engine and the handler write when somebody sends in their answers."""
        store = self.database.store
        self.database.writer.execute("begin immediate")
        for step in ("open", "send"):
            intake.first_time(store, f"{at.timestamp():.0f}:slack:{_user(voter)}:{step}", at)
        self.box.cast(self.token, voter, (self.truth[voter],))
        _thank(store, voter, at)
        self.database.writer.execute("commit")

    def _watch(self) -> None:
        """What lies in the ballot file now, for the attacker to look for later."""
        with suppress(sqlite3.Error), closing(sqlite3.connect(self.file)) as db:
            self.salt, sealed = db.execute(
                "select salt, sealed from ballot_box where token = ?", (self.token,)
            ).fetchone()
            self.boxes.append(sealed)

    def closes(self) -> None:
        """The result is kept and published, the ballots are destroyed."""
        agree = sum(each >= AGREES for each in self.truth.values())
        shown = {"D3.1": json.dumps({"kind": "counted", "agree": agree})}
        pulse.count_round(self.database.store, 1, 1, answered=len(self.truth), organisations=4, shown=shown)
        self.box.destroy(self.token)
        pulse.publish(self.database.store, 1, 1)

    def sight_during(self) -> Sight:
        """The files before closing, without the secret, and how the last two boxes differ."""
        found = self._tables(SECRET_TABLES)
        streams = attack.streams(found)
        last = [each % CHOICES for each in (self.boxes[-1] if self.boxes else b"")]
        mixed = (
            [(a ^ b) % CHOICES for a, b in zip(self.boxes[-1], self.boxes[-2], strict=True)]
            if self.boxes
            else []
        )
        streams |= {"last box": tuple(last), "last two boxes": tuple(mixed)}
        return self._sight(found, streams)

    def sight_after(self) -> Sight:
        """The files after closing, and the choices, if the salt and the boxes are still there to be unsealed."""
        found = self._tables(())
        raw = b"".join(each.read_bytes() for each in self.path.parent.iterdir() if each.is_file())
        streams = attack.streams(found)
        if self.salt and self.salt in raw:
            left = [
                sealing.unsealed(self.secret, self.salt, self.token, each)
                for each in self.boxes
                if each in raw
            ]
            streams["old boxes"] = attack.differences([each for each in left if each])
        return self._sight(found, streams)

    def _tables(self, without: Sequence[str]) -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]] = {}
        for each in (self.path, self.file, self.path.with_name("backup.db")):
            copies = attack.tables(each, without=without)
            found |= {f"{each.stem} {name}": rows for name, rows in copies.items()}
        log = self.path.with_name("log")
        return found | (attack.log_lines(log.read_text("utf-8")) if log.exists() else {})

    def _sight(self, found: dict[str, list[dict[str, object]]], streams: dict[str, tuple[int, ...]]) -> Sight:
        names = {_user(each): each for each in self.truth}
        counted = Counter(self.truth.values())
        return Sight(
            attack.orders(found, names), streams, tuple(counted[each] for each in range(CHOICES)), self.truth
        )


def _thank(store: Store, voter: int, at: datetime) -> None:
    to = Address("slack", "T1", _user(voter), "")
    one = outbox.put(
        store, "whisper", to, '{"text":"thanks"}', now=at, language="sv", zone="UTC", forum=1, person=voter
    )
    outbox.mark_sending(store, one.id)
    outbox.mark_sent(store, one, "")
