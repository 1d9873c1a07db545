"""A store on each engine that the bot runs on. What is asserted here holds on all of them."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from storage.db import Store
from storage.opened import opened
from storage.records import Forum, Member
from tests.stage.postgres import Databases
from tests.stage.samples import ADA, BO, CILLA, add_forum, join, open_database


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def _opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of each engine, empty and with today's schema."""
    if request.param == "sqlite":
        with closing(open_database(tmp_path_factory.mktemp("contract") / "contract.db")) as database:
            yield database.store
    else:
        databases: Databases = request.getfixturevalue("databases")
        with databases.own() as dsn, closing(opened(dsn)) as there:
            yield there.store


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
