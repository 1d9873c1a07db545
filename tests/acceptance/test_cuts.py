"""Connections are cut at COMMIT and a server falls: what was acknowledged is there, and there once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from bench import chance, cuts
from bench.cluster import LOOPBACK, Cluster
from bench.proxy import Proxy, Where
from tests.stage.postgres import Databases

CUTS, FAILOVERS = 3, 1
MANY = 8
"""Commits after which psycopg says them by the name of a prepared statement."""


def test_what_was_acknowledged_survives_cuts_at_commit_and_the_fall_of_a_server(tmp_path: Path) -> None:
    """Two processes at work lose connections at COMMIT and then the server, whose standby takes over."""
    seed = chance.seed()
    with Cluster() as server:
        done, count = asyncio.run(cuts.course(server, tmp_path, CUTS, FAILOVERS, seed))
    told = f"BENCH_SEED={seed} repeats it"
    assert (sum(done.cuts.values()), done.failovers) == (CUTS, FAILOVERS), told
    assert (count.lost, count.doubled, count.misnumbered, count.damaged) == (0, 0, 0, 0), told
    assert (count.missing, count.unknown, count.doubled_outside) == (0, 0, 0), told
    assert max(done.back + done.back_after_failover) <= cuts.BACK, told


@pytest.mark.parametrize("others_first", [0, MANY])
@pytest.mark.parametrize(("where", "kept"), [("before", False), ("amid", True), ("after", True)])
def test_the_proxy_cuts_on_the_side_of_the_commit_that_was_asked_for(
    postgres: Cluster, databases: Databases, where: Where, kept: bool, others_first: int
) -> None:
    """Before it the server keeps nothing; from then on it keeps all, and nobody hears of it."""
    with databases.own(bare=True) as dsn:
        with psycopg.connect(dsn) as connection:
            connection.execute("create table kept (number int)")
        asyncio.run(_cut(postgres, psycopg.conninfo.conninfo_to_dict(dsn)["dbname"], where, others_first))
        with psycopg.connect(dsn) as connection:
            connection.execute("lock table kept")  # until whoever was cut off is done
            found = connection.execute("select number from kept order by number").fetchall()
    assert found == [(each,) for each in range(others_first + kept)]


@asynccontextmanager
async def _proxied(server: Cluster) -> AsyncIterator[Proxy]:
    proxy = Proxy(server)
    await proxy.open()
    try:
        yield proxy
    finally:
        await proxy.close()


async def _cut(server: Cluster, database: object, where: Where, others_first: int) -> None:
    async with _proxied(server) as proxy:
        address = f"postgresql://samsyn@{LOOPBACK}:{proxy.port}/{database}?sslmode=disable&gssencmode=disable"
        cut = asyncio.create_task(proxy.cut(where, others_first))
        with pytest.raises(psycopg.OperationalError):
            await asyncio.to_thread(_commits, address, others_first + 1)
        await cut


def _commits(address: str, times: int) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for number in range(times):
            connection.execute("begin")
            connection.execute("insert into kept values (%s)", (number,))
            connection.execute("commit")
