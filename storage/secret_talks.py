"""Secret talks where several processes share a database: rows that tell nothing to whoever has only the database.

The table is unlogged (``storage/ballot_tables.py`` sweeps it too) and exists with PostgreSQL alone. Who talks, and about
which form, are fingerprints; what was said is sealed. ``day`` is when it was last touched, as a number: only for tidying.
"""

from datetime import datetime

from storage.db import Row, Store


def find(store: Store, person: bytes, form: bytes) -> tuple[bytes, bytes] | None:
    """How far a talk has come, and what was chosen in it."""
    row = store.one(
        "select held, chosen from secret_talk where person = :person and form = :form",
        person=person,
        form=form,
    )
    return (row[0], row[1]) if row else None


def all_of(store: Store, person: bytes) -> list[Row]:
    """The form of each talk of a person, and how far it has come."""
    return store.all("select form, held from secret_talk where person = :person", person=person)


def keep(store: Store, person: bytes, form: bytes, held: bytes, chosen: bytes, now: datetime) -> None:
    """Remember a talk as it is now."""
    store.do(
        "insert into secret_talk (person, form, day, held, chosen) values (:person, :form, :day, :held, :chosen)"
        " on conflict (person, form) do update set day = excluded.day, held = excluded.held, chosen = excluded.chosen",
        person=person,
        form=form,
        day=now.toordinal(),
        held=held,
        chosen=chosen,
    )


def drop(store: Store, person: bytes, form: bytes) -> None:
    """Forget a talk."""
    store.do("delete from secret_talk where person = :person and form = :form", person=person, form=form)


def forget(store: Store, before: datetime) -> None:
    """Forget the talks that nobody has touched since the day before this one."""
    if store.engine == "postgres":
        store.do("delete from secret_talk where day < :day", day=before.toordinal())
