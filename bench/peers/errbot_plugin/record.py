"""The plugin that errbot is measured with: one command, stored in the plugin's own shelf."""

import itertools

from errbot import BotPlugin, botcmd  # type: ignore[import-not-found]  # lives in the peer's environment


class Record(BotPlugin):  # type: ignore[misc]
    """Keeps what is decided."""

    numbers = itertools.count(1)

    @botcmd  # type: ignore[untyped-decorator]
    def decide(self, msg: object, args: str) -> str:
        """Store the words under a number of their own."""
        number = next(self.numbers)
        self[f"decision-{number}"] = {"what": args, "by": str(msg.frm), "forum": "1"}  # type: ignore[attr-defined]
        return f"§ {number}"
