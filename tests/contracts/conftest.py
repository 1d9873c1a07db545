"""A store on each engine that the bot runs on. What is asserted here holds on all of them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bench.cluster import Cluster
from storage.db import Store
from storage.postgres import PostgresDatabase
from storage.records import Forum, Member
from tests.stage.samples import ADA, BO, CILLA, add_forum, join, open_database


@contextmanager
def _sqlite(folder: Path) -> Iterator[Store]:
    database = open_database(folder / "contract.db")
    yield database.store
    database.close()


@contextmanager
def _postgres(_folder: Path) -> Iterator[Store]:
    with Cluster() as cluster:
        database = PostgresDatabase(cluster.create("contract"))
        database.migrate()
        yield database.store
        database.close()


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Store]]] = {"sqlite": _sqlite, "postgres": _postgres}
"""How a store of each engine is opened, empty and with today's schema."""


@pytest.fixture(scope="session", params=sorted(ENGINES))
def _opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with ENGINES[request.param](tmp_path_factory.mktemp("contract")) as store:
        yield store


@pytest.fixture(name="store")
def _store(_opened: Store) -> Iterator[Store]:
    """An empty store inside a transaction that is undone afterwards."""
    _opened.run("begin")
    yield _opened
    _opened.run("rollback")


@pytest.fixture(name="forum")
def _forum(store: Store) -> Forum:
    return add_forum(store)


@pytest.fixture(name="other")
def _other(store: Store, forum: Forum) -> Forum:
    """A second forum, whose things must never turn up in the first."""
    assert forum.id
    return add_forum(store, "Annat", invite="annan")


@pytest.fixture(name="ada")
def _ada(store: Store, forum: Forum) -> Member:
    return join(store, forum, ADA, "coordinator")


@pytest.fixture(name="bo")
def _bo(store: Store, forum: Forum, ada: Member) -> Member:
    assert ada.id
    return join(store, forum, BO)


@pytest.fixture(name="cilla")
def _cilla(store: Store, forum: Forum, bo: Member) -> Member:
    assert bo.id
    return join(store, forum, CILLA)
