"""Somebody acts in a chat: who it is, which place and forum that is, and whether they belong to it, in one look."""

from storage.db import Store
from storage.people import Known
from storage.records import Forum, Member, Person, Place
from storage.values import dataclass

_LOOK = (
    "select l.id, l.forum, l.platform, l.workspace, l.chat, l.topic, l.title, l.language, l.state, l.public,"
    " f.id, f.name, f.challenge, f.language, f.zone, f.amend, f.invite, f.confidential,"
    " p.id, p.name, p.language, a.name, a.reachable, m.forum, m.id, m.person, m.actor, m.role, m.state, p.name"
    " from place l left join forum f on f.id = l.forum"
    " left join account a on a.platform = :platform and a.workspace = :home and a.user_id = :user"
    " left join person p on p.id = a.person left join member m on m.forum = l.forum and m.person = a.person"
    " where l.platform = :platform and l.workspace = :workspace and l.chat = :chat and l.topic in (:topic, '')"
    " order by l.topic desc limit 1"
)


@dataclass(frozen=True, slots=True)
class Encounter:
    """A known chat and whoever acts in it. ``known`` is missing for somebody never seen before."""

    place: Place
    forum: Forum | None
    known: Known | None
    member: Member | None


def look(
    store: Store, *, platform: str, workspace: str, chat: str, topic: str, home: str, user: str
) -> Encounter | None:
    """What is known about an account (of the workspace ``home``) in a chat; ``None`` for a chat never seen before."""
    row = store.one(
        _LOOK, platform=platform, workspace=workspace, chat=chat, topic=topic, home=home, user=user
    )
    if row is None:
        return None
    return Encounter(
        Place(*row[:10]),
        Forum(*row[10:18]) if row[10] is not None else None,
        (Person(*row[18:21]), row[21], bool(row[22])) if row[18] is not None else None,
        Member(*row[23:]) if row[23] is not None else None,
    )
