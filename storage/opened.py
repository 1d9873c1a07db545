"""Which engine keeps the data: a file on this machine, or a PostgreSQL server."""

# ruff: noqa: PLC0415 - psycopg is there only where it is needed

from pathlib import Path
from urllib.parse import urlsplit

from storage.db import Database, StoreUnavailable
from storage.sqlite import SqliteDatabase

ADDRESSES = ("postgresql://", "postgres://")


def is_address(where: Path | str) -> bool:
    """Whether this is the address of a PostgreSQL database, and not a file."""
    return isinstance(where, str) and where.startswith(ADDRESSES)


def shown(where: Path | str) -> str:
    """Where that is, for people to read: without user and password."""
    if isinstance(where, Path) or not is_address(where):
        return str(where)
    parts = urlsplit(where)
    return f"{parts.hostname or 'localhost'}{parts.path}"


def opened(where: Path | str) -> Database:
    """The database in this file or at this address. Raises ``StoreUnavailable`` when it cannot be opened."""
    if isinstance(where, Path) or not is_address(where):
        return SqliteDatabase(Path(where))
    try:
        from storage.postgres import PostgresDatabase
    except ImportError as missing:
        raise StoreUnavailable(
            "PostgreSQL needs psycopg: pip install --require-hashes -r requirements-postgres.txt"
        ) from missing
    return PostgresDatabase(where)
