"""From what a file tells to the sheet that is written: each kind of document has a layout of its own."""

import json

from bot.documents.brief import brief_sheet
from bot.documents.minutes import minutes_sheet
from bot.documents.sheet import Sheet
from bot.speech import Speech
from handlers.brief_rules import brief_from_json
from storage.minutes import minutes_from_json


def laid_out(kind: str, data: str, speech: Speech, language: str, zone: str) -> Sheet:
    """The sheet in this language. Raises ``ValueError``, ``LookupError``, ``TypeError`` or ``TextError``."""
    match kind:
        case "minutes":
            return minutes_sheet(minutes_from_json(json.loads(data)), speech, language, zone)
        case "brief":
            return brief_sheet(brief_from_json(data), speech, language)
        case _:
            raise ValueError("no such document")
