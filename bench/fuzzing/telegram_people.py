"""What people do in Telegram, one thing at a time, with the real messages before them and the wrong words in mind."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from bench.fuzzing.dice import Dice
from bench.fuzzing.forging import Forging
from bench.fuzzing.line import Line
from bench.fuzzing.scene import FORUMS, Scene
from bench.fuzzing.slack_people import CODE
from bench.fuzzing.stage import Stage
from bench.fuzzing.words import Words
from bot.playground.telegram.errors import Impossible
from bot.playground.telegram.values import Message, User

Json = dict[str, Any]
RECORDED: Final = Path("tests/payloads/telegram_updates.json")
_NEAR: Final = 25
LONGEST: Final = 4096


class TelegramPeople:
    """Everybody in Telegram, whoever it is this time."""

    def __init__(
        self, stage: Stage, scene: Scene, line: Line, rng: Dice, words: Words, forging: Forging
    ) -> None:
        self._stage = stage
        self._scene = scene
        self._line = line
        self._rng = rng
        self._words = words
        self._forging = forging
        self._recorded = [json.dumps(each) for each in json.loads(RECORDED.read_text()).values()]
        deeds: Sequence[tuple[int, Callable[[], object]]] = (
            (24, self.commands), (12, self.says), (34, self.presses), (16, self.answers), (4, self.follows), (3, self.forwards),
            (3, self.edits), (3, self.uploads), (7, self.moves), (2, self.blocks),
        )  # fmt: skip
        self._weights = [weight for weight, _ in deeds]
        self._deeds = [deed for _, deed in deeds]

    async def act(self) -> None:
        """Somebody does something, and the bot is told."""
        rng, updates = self._rng, self._stage.telegram.updates
        roll = rng.random()
        if roll < 0.03:  # noqa: PLR2004
            await self._line.again()
            return
        if roll < 0.16:  # noqa: PLR2004
            await self._tell(self._record() if roll < 0.08 else self._forged())  # noqa: PLR2004
            return
        first = len(updates.made)
        with suppress(Impossible, KeyError, StopIteration):
            rng.choices(self._deeds, self._weights)[0]()
        for each in updates.made[first:]:
            await self._tell(each.json())
            updates.settle(each.id)

    async def _tell(self, update: Json) -> None:
        answer, replied = await self._line.telegram(update), self._stage.telegram.webhook.replied
        if answer and replied:
            await replied(answer)

    # --- What somebody does ------------------------------------------------------------------------------------

    def _somebody(self) -> User:
        return self._rng.choice(self._scene.in_telegram)

    def _somewhere(self, user: User) -> int:
        return user.id if self._rng.hits(0.4) else self._rng.choice(self._scene.groups)

    def commands(self) -> None:
        rng, user = self._rng, self._somebody()
        code = rng.hits(0.1)
        word, _, rest = (self._code() if code else self._words.command()).partition(" ")
        at = rng.choice(("", "", "", "@SamsynBot", "@samsynbot", "@OtherBot"))
        self._write(user, f"/{word}{at} {rest}")

    def says(self) -> None:
        rng = self._rng
        before = rng.choice(("@SamsynBot ", "", "hej @samsynbot ", "\n@SamsynBot"))
        self._write(self._somebody(), before + rng.choice((self._words.command, self._words.any))())

    def answers(self) -> None:
        """Answer the question that a talk asks, or what the bot said last."""
        rng = self._rng
        chat = rng.choice(
            (*self._scene.groups, *(each.id for each in self._scene.in_telegram if not each.is_bot))
        )
        asked = self._near(chat)
        if not asked:
            return
        question = asked[-1] if rng.hits(0.8) else rng.choice(asked)
        user = self._stage.telegram.world.users.get(chat) or self._somebody()
        self._say(
            user,
            chat,
            self._words.answer() or "…",
            question if chat < 0 or rng.hits(0.2) else None,
            question.topic,
        )

    def presses(self) -> None:
        rng, world = self._rng, self._stage.telegram.world
        chats = [each for each in world.chats.values() if any(m.keyboard for m in self._near(each.id))]
        if not chats:
            return
        chat = rng.choice(chats)
        message = rng.choice([each for each in self._near(chat.id) if each.keyboard][-4:])
        button = rng.choice([each for row in message.keyboard for each in row])
        user = world.users.get(chat.id) or self._somebody()
        self._stage.telegram.people.press(user, message, button.label, button.callback_data)

    def follows(self) -> None:
        """Open a link into the private chat, as drawn or made up."""
        rng, user = self._rng, self._somebody()
        raw = rng.choice((self._forging.action, self._words.nasty))().encode(errors="replace")[:48]
        payload = urlsafe_b64encode(raw).decode().rstrip("=")[:64]
        self._stage.telegram.people.start(user, rng.choice(("", payload, payload, payload[:-1], "A" * 64)))

    def forwards(self) -> None:
        user = self._somebody()
        seen = self._near(self._somewhere(user), anybodys=True)
        if seen:
            self._stage.telegram.people.forward(user, self._rng.choice(seen), self._somewhere(user))

    def edits(self) -> None:
        user = self._somebody()
        mine = [each for each in self._near(self._somewhere(user), anybodys=True) if each.author == user.id]
        if mine:
            people, message = self._stage.telegram.people, self._rng.choice(mine)
            if self._rng.hits(0.2):
                people.delete(user, message)
            else:
                people.edit(user, message, _whole(self._words.any()) or "…")

    def uploads(self) -> None:
        rng, user = self._rng, self._somebody()
        caption = rng.choice(
            ("", self._words.any(), f"/{self._words.command()}", f"@SamsynBot {self._words.command()}")
        )
        mime = rng.choice(("image/png", "application/pdf"))
        self._stage.telegram.people.upload(
            user, self._somewhere(user), _whole(self._words.any())[:40], b"x", _whole(caption), mime=mime
        )

    def moves(self) -> None:
        """People and the bot come and go, groups change; more often for the better."""
        rng, world, chat = self._rng, self._stage.telegram.world, self._rng.choice(self._scene.groups)
        there = world.chats.get(chat)
        if there is not None and not there.member(world.bot.id).present and rng.hits(0.8):
            payload = rng.choice(("", "x", self._words.plain().replace(" ", "_")))
            self._stage.telegram.people.add_bot(self._somebody(), chat, payload)
        else:
            rng.choice((self._comes_and_goes, self._comes_and_goes, self._rises, self._changes))(
                self._somebody(), chat
            )

    def _comes_and_goes(self, user: User, chat: int) -> None:
        rng, people = self._rng, self._stage.telegram.people
        if rng.hits(0.2):
            people.remove(user, chat, self._somebody())
        elif rng.hits(0.1):
            people.remove_bot(user, chat)
        else:
            rng.choice((people.join, people.join, people.leave))(user, chat)

    def _rises(self, user: User, chat: int) -> None:
        rng, people = self._rng, self._stage.telegram.people
        if rng.hits(0.3):
            people.demote(user, chat)
        else:
            whom = rng.choice((user, self._stage.telegram.world.bot))
            people.promote(user, chat, whom, anonymous=rng.hits(0.3))

    def _changes(self, user: User, chat: int) -> None:
        rng, people = self._rng, self._stage.telegram.people
        group, topic = rng.choice(self._scene.topics)
        if rng.hits(0.3):
            rng.choice((people.close_topic, people.delete_topic))(user, group, topic)
        elif rng.hits(0.6):
            self._scene.topics.append(
                (group, people.open_topic(user, group, _whole(self._words.any())[:100]))
            )
        elif rng.hits(0.2) and self._stage.telegram.world.chat(chat).type == "supergroup":
            people.publish(chat, rng.choice((None, "tryggstad")))
        else:
            self._scene.groups[self._scene.groups.index(chat)] = people.upgrade(chat)

    def blocks(self) -> None:
        people = self._stage.telegram.people
        self._rng.choice((people.block, people.unblock, people.unblock))(self._somebody())

    # --- What nobody does --------------------------------------------------------------------------------------

    def _record(self) -> Json:
        """An update of the real Telegram, made out to people and groups here."""
        rng = self._rng
        raw = rng.choice(self._recorded)
        for old, new in {
            "5000001": self._somebody().id,
            "5000002": self._somebody().id,
            "-4000001": rng.choice(self._scene.groups),
        }.items():
            raw = raw.replace(old, str(new))
        update: Json = json.loads(raw)
        update["update_id"] = 900_000_000 + self._line.number
        return update

    def _forged(self) -> Json:
        """A press on a message that never was, with data that nobody drew."""
        rng, world, forum = self._rng, self._stage.telegram.world, self._rng.randint(1, FORUMS)
        leads = self._scene.in_telegram[(forum - 1) * 2]
        user = rng.choice((leads, leads, self._somebody()))
        chat = rng.choice((self._scene.groups[forum - 1], user.id, self._somewhere(user)))
        data = rng.choice((self._forging.action, lambda: self._forging.sound(forum)))()
        message: Json = {
            "message_id": rng.choice((0, 1, 3, 7, 10**9)),
            "date": 0,
            "chat": {"id": chat, "type": world.chats[chat].type if chat in world.chats else "private"},
        }
        who = {
            "id": user.id,
            "is_bot": user.is_bot,
            "first_name": user.first_name,
            "language_code": rng.choice(("sv", "en", "", "xx-YY")),
        }
        query = {
            "id": str(10**18 + self._line.number),
            "from": who,
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
        return {"update_id": 800_000_000 + self._line.number, "callback_query": query}

    # --- What all of it shares ---------------------------------------------------------------------------------

    def _write(self, user: User, words: str) -> None:
        rng, chat = self._rng, self._somewhere(user)
        near = self._near(chat, anybodys=True)
        answered = rng.choice(near) if near and rng.hits(0.2) else None
        topics = [topic for group, topic in self._scene.topics if group == chat]
        self._say(user, chat, words, answered, rng.choice(topics) if topics and rng.hits(0.7) else None)

    def _say(self, user: User, chat: int, words: str, answered: Message | None, topic: int | None) -> None:
        people = self._stage.telegram.people
        if chat == user.id and not self._stage.telegram.world.acquaintances[chat].started:
            people.start(user)
        people.say(user, chat, _whole(words), answered, topic)

    def _code(self) -> str:
        """A code that was just shown to somebody, typed by anybody."""
        chats = [each.id for each in self._scene.in_telegram if not each.is_bot]
        shown = [
            found for chat in chats for each in self._near(chat)[-3:] for found in CODE.findall(each.text)
        ]
        return f"{self._rng.choice(('koppla', 'konto', 'tie'))} {self._rng.choice(shown or ['BCDF-GHJK'])}"

    def _near(self, chat: int, *, anybodys: bool = False) -> list[Message]:
        """The latest messages in a chat, those of the bot or anybody's."""
        world = self._stage.telegram.world
        there = world.chats.get(chat)
        latest = list(there.messages.values())[-_NEAR:] if there else []
        return [each for each in latest if not each.deleted and (anybodys or each.author == world.bot.id)]


def _whole(words: str) -> str:
    """Words as an app can write them: of broken halves of characters only a changed payload can have any."""
    return words[:LONGEST].encode(errors="ignore").decode()
