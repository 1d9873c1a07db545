"""Looking into a database that somebody else writes to: what is there, on both engines, and nothing is changed."""

from pathlib import Path

import pytest

from bot.condition import looking
from bot.writer import Writer
from storage import intake
from storage.db import StoreUnavailable

pytestmark = pytest.mark.anyio


async def test_one_sees_what_is_there_and_changes_nothing(where: Path | str, writer: Writer) -> None:
    """While a bot writes."""
    await writer.run(lambda store: intake.set_fact(store, "word", "first"))
    with looking(where) as store:
        assert intake.fact(store, "word") == "first"
    with pytest.raises(StoreUnavailable), looking(where) as store:
        intake.set_fact(store, "word", "second")
    assert await writer.run(lambda store: intake.fact(store, "word")) == "first"


async def test_what_goes_wrong_on_the_way_is_the_stores_trouble(where: Path | str, writer: Writer) -> None:
    """Not the engine's, which whoever looks knows nothing of."""
    await writer.run(lambda _: None)
    with pytest.raises(StoreUnavailable), looking(where) as store:
        store.all("select nonsense from nowhere")


def test_where_nothing_is_nothing_is_seen(tmp_path: Path) -> None:
    """Neither a file nor a server."""
    for nowhere in (tmp_path / "none.db", "postgresql://127.0.0.1:9/samsyn"):
        with pytest.raises(StoreUnavailable), looking(nowhere):
            raise AssertionError("there is nothing to look at")
