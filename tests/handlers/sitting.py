"""A meeting on the stage: how stories plan, open, lead and close one."""

from datetime import datetime, timedelta

from bot.playground.telegram import Message as TelegramMessage
from handlers.kit.ui import Value
from storage import agenda, meetings
from storage.agenda import Point
from storage.meetings import Meeting
from tests.stage.people import Somebody, TelegramPerson
from tests.stage.ready import Ready


def proposes(ready: Ready, *points: str) -> None:
    """Bo proposes points, which everybody reads."""
    for each in points:
        ready.bo.commands(f"dagordning {each}", private=True)
    ready.chat.reads_everything()


def plans(ready: Ready, begins_at: datetime, title: str = "Forumet") -> int:
    """A meeting of two hours straight in the store; its number."""
    return ready.store(
        lambda store: meetings.plan(
            store, ready.forum.id, title=title, begins_at=begins_at, ends_at=begins_at + timedelta(hours=2),
            zone="Europe/Stockholm", venue="Rådhuset", member=1,
        )
    )  # fmt: skip


def opens(ready: Ready, who: Somebody | None = None) -> None:
    """Somebody, Ada unless said otherwise, opens the meeting; everybody has read its card."""
    chair = who or ready.ada
    chair.commands("oppna" if isinstance(chair, TelegramPerson) else "öppna mötet")
    both_see(ready, "meeting-fact-chair")
    ready.chat.reads_everything()


def closes(ready: Ready) -> None:
    """Ada closes it, whatever is unfinished."""
    ready.ada.clicks("meeting-close")
    if meeting(ready).state == "open":
        ready.ada.clicks("meeting-close-anyway")
    ready.chat.reads_everything()


def meeting(ready: Ready, number: int = 1) -> Meeting:
    """A meeting as it lies in the store."""
    found = ready.store(lambda store: meetings.get(store, ready.forum.id, number))
    assert found is not None
    return found


def points_of(ready: Ready, number: int = 1) -> list[Point]:
    """The points that a meeting took in."""
    return ready.store(lambda store: agenda.of_meeting(store, ready.forum.id, number))


def waiting(ready: Ready) -> list[Point]:
    """What waits for the next meeting."""
    return ready.store(lambda store: agenda.proposed(store, ready.forum.id))


def times(ready: Ready, point: Point, minutes: int, *, recurring: bool = False) -> None:
    """A point is given so many minutes."""
    ready.store(
        lambda store: agenda.change(
            store, point, what=point.what, minutes=minutes, prepare="", recurring=recurring
        )
    )


def both_see(ready: Ready, key: str, **values: Value) -> tuple[str, str]:
    """The same sentence in Slack and in Telegram."""
    slack = ready.ada.sees(key, language="", **values)
    return slack, ready.cilla.sees(key, language="", **values)


def card_of(ready: Ready, who: TelegramPerson) -> TelegramMessage:
    """The last message in the group as it stands now, to be pressed on later."""
    return ready.chat.telegram.seen(who.user, ready.chat.group)[-1]


def data_of(ready: Ready, shown: TelegramMessage, key: str) -> str:
    """What a button carries, as long as it is shown."""
    label = ready.chat.t(key)
    return next(b.callback_data or "" for row in shown.keyboard for b in row if b.label == label)


def presses_late(ready: Ready, who: TelegramPerson, shown: TelegramMessage, key: str, data: str) -> str:
    """A press on a button that only this person's screen still shows; what it says for a moment."""

    async def press() -> None:
        done = await ready.chat.telegram.press(who.user, shown, ready.chat.t(key), data)
        assert done is not None
        await ready.chat.telegram.answered(done)

    ready.chat.does(press())
    return who.toasts()[-1]
