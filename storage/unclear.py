"""Messages to a forum's chats of which nobody knows whether they came."""

from storage.db import Store
from storage.outbox import Address
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Unclear:
    """One such message: its number in the outbox, where it went, and the card as JSON."""

    id: int
    to: Address
    card: str


def posts(store: Store, forum: int, *, most: int) -> list[Unclear]:
    """The latest ones, oldest first; not those whose card is known to hang there by now."""
    rows = store.all(
        "select o.id, o.platform, o.workspace, o.chat, o.topic, o.card from outbox o left join card_post c"
        " on c.card_name = o.card_name and c.platform = o.platform and c.workspace = o.workspace"
        " and c.chat = o.chat and c.topic = o.topic where o.forum = :forum and o.kind = 'post'"
        " and o.state = 'unknown' and coalesce(c.message, '') = '' order by o.id desc limit :most",
        forum=forum,
        most=most,
    )
    return [Unclear(row[0], Address(*row[1:5]), row[5]) for row in reversed(rows)]
