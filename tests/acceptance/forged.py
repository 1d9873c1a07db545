"""What a forged form brings with it: an answer to every question that a form of any feature asks.

Without one for each, a form would come back for its answers before anybody asked who sent it in.
"""

from collections.abc import Mapping
from typing import Final

from tests.acceptance.fort import SECRET_WORDS

ANSWERS: Final[Mapping[str, str]] = {
    "what": "Kapat", "why": "", "process": "vote", "actors": "1", "actor": "1", "owner": "1", "member": "1",
    "becomes": "removed", "organisation": "Kaparna", "sector": "civil", "level": "local", "due": "2026-03-20",
    "follow_up": "", "objections": "", "reason": "Kapat", "version": "1", "seal": "0", "link": "", "need": "Kapat",
    "name": "Kapat", "challenge": "Kapat", "language": "en", "zone": "UTC", "amend": "coordinators",
    "words": SECRET_WORDS, "code": "BCDF-GHJK", "administrator": "yes", "advisers": "a:2", "back": "2026-03-20",
    "before": "1,2", "day": "2026-03-20", "days": "6", "decision": "1", "detail": "Kapat", "digest": "daily",
    "first": "2026-03-20", "hour": "16:00", "hours": "1-2", "how": "Kapat", "line": "Kapat", "note": "1",
    "one": "1", "options": "Kapat\nEj kapat", "other": "2", "people": "1", "per": "actor", "prepare": "Kapat",
    "q0": "1", "q1": "1", "minutes": "90", "question": "Kapat", "quorum": "100", "readers": "1", "recurring": "each",
    "review": "2026-05-20", "rhythm": "monthly", "since": "2026-03-20", "summary": "Kapat", "then": "remove",
    "times": "10-11", "title": "Kapat", "to": "1", "until": "2026-03-20", "venue": "Kapat", "where": "slack",
    "who": "1", "win": "1",
}  # fmt: skip
"""By the key of the field."""
_OTHERWISE: Final[Mapping[str, Mapping[str, str]]] = {
    "approval.differ": {"decision": ""},
    "budget.sleep_form": {"until": "day"},
    "digests.settings_form": {"day": "off"},
    "presence.heard_form": {"who": "2"},
}
"""The same key asks for something else here."""


def answers_to(name: str) -> dict[str, str]:
    """What is sent in with the form of this name."""
    return {**ANSWERS, **_OTHERWISE.get(name, {})}
