"""Everything that the platforms told the bot is told again, in disorder: nothing further comes of it."""

import asyncio
from pathlib import Path

from bench import chance, replay


def test_what_is_told_three_times_has_the_effect_of_once(tmp_path: Path) -> None:
    """The sample forum's commands, presses, forms, talks and joins on both platforms, twice more and shuffled."""
    seed = chance.seed()
    done = asyncio.run(replay.replayed(tmp_path, seed))
    assert set(done.kinds) >= {
        "slash_command", "app_mention", "member_joined_channel", "block_actions", "view_submission",
        "message", "callback_query", "my_chat_member",
    }  # fmt: skip
    assert dict(done.further) == {}, f"BENCH_SEED={seed} repeats it"
