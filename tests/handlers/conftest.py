"""A forum in a store, for rules that need one to be asked about; what a test does to it is undone."""

from collections.abc import Iterator

import pytest

from storage.db import Store
from tests.stage.chat import Chat
from tests.stage.ready import Ready, ready_forum
from tests.stage.samples import Sample, open_database, sample_forum


@pytest.fixture(scope="session")
def _empty_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    database = open_database(tmp_path_factory.mktemp("sample") / "sample.db")
    yield database.store
    database.close()


@pytest.fixture(name="sample")
def _sample(_empty_store: Store) -> Iterator[Sample]:
    _empty_store.run("begin")
    yield sample_forum(_empty_store)
    _empty_store.run("rollback")


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    """A forum at work in both chats."""
    return ready_forum(chat)
