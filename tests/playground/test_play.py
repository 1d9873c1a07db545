"""The playground as a whole: it opens, says where, and leaves nothing behind."""

import asyncio
import tempfile
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from bot.playground.run import play
from bot.settings import Settings
from bot.web import AddressTaken


def test_it_opens_prepares_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is there before the sample is; a watcher sees it come, and is let go when the playground ends."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    async def story() -> list[bool]:
        told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        playing = asyncio.create_task(play(Settings.model_construct(listen="127.0.0.1:0"), told.set_result))
        url = (await told).split()[-1]
        seen: list[bool] = []
        async with (
            httpx.AsyncClient(trust_env=False, timeout=60) as client,
            client.stream("GET", f"{url}/api/screen") as stream,
        ):
            async for line in stream.aiter_lines():
                seen.append('"ready": true' in line)
                if seen[-1]:
                    playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing
        return seen

    seen = asyncio.run(story())

    assert seen[0] is False
    assert True in seen
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().out == ""


def test_a_taken_address_is_said_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Two playgrounds cannot have one address: the second one says so and nothing else."""

    async def story() -> None:
        there = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
        port = there.sockets[0].getsockname()[1]
        async with there:
            await play(Settings.model_construct(listen=f"127.0.0.1:{port}"))

    with pytest.raises(AddressTaken):
        asyncio.run(story())

    assert capsys.readouterr().out == ""
