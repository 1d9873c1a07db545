"""What people do in Slack, one thing at a time, with the real screens before them and the wrong words in mind."""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final

from bench.fuzzing.dice import Dice
from bench.fuzzing.forging import BOOK, Forging
from bench.fuzzing.line import Line
from bench.fuzzing.scene import FORUMS, Scene
from bench.fuzzing.stage import Stage
from bench.fuzzing.words import Words
from bot.playground.slack import BOT_USER, Message, User, View
from bot.playground.slack.blocks import elements_of
from bot.playground.slack.parcels import Parcel
from bot.playground.slack.state import fields_of

Json = dict[str, Any]
RECORDED: Final = Path("tests/payloads")
CODE: Final = re.compile("[B-Z]{4}-[B-Z]{4}")
_NEAR: Final = 60
"""So many of the latest messages are still on people's screens."""
_OURS: Final = {"T0FORUM": "T0HOME", "T0ELSE": "T0HOME", "A0SAMSYN": "A0APP"}


def recorded() -> list[str]:
    """The payloads of Slack's that were recorded, as JSON."""
    return [each.read_text() for each in sorted(RECORDED.glob("slack_*.json"))]


class SlackPeople:
    """Everybody in Slack, whoever it is this time."""

    def __init__(
        self, stage: Stage, scene: Scene, line: Line, rng: Dice, words: Words, forging: Forging
    ) -> None:
        self._stage = stage
        self._scene = scene
        self._line = line
        self._rng = rng
        self._words = words
        self._forging = forging
        self._recorded = recorded()
        deeds: Sequence[tuple[int, Callable[[], Awaitable[object]]]] = (
            (22, self.commands), (12, self.says), (26, self.presses), (26, self.submits), (2, self.closes),
            (4, self.points_at), (3, self.opens_home), (4, self.edits), (6, self.moves), (7, self.repeats_record),
            (9, self.forges), (3, line.again),
        )  # fmt: skip
        self._weights = [weight for weight, _ in deeds]
        self._deeds = [deed for _, deed in deeds]

    async def act(self) -> None:
        """Somebody does something."""
        await self._rng.choices(self._deeds, self._weights)[0]()

    def _somebody(self) -> User:
        return self._rng.choice(self._scene.in_slack)

    def _somewhere(self, user: User) -> str:
        world = self._stage.slack.world
        if self._rng.hits(0.3):  # in private
            return world.im_of(user.id).id
        return self._rng.choice([each for each in self._scene.channels if each in world.channels])

    async def commands(self) -> None:
        user = self._somebody()
        words = self._code() if self._rng.hits(0.1) else self._words.command()
        await self._stage.slack.slash(user, self._somewhere(user), "/samsyn", words)

    async def says(self) -> None:
        rng, user = self._rng, self._somebody()
        where = self._somewhere(user)
        words = rng.choice((self._words.command, self._words.any))()
        before = rng.choice(("@Samsyn ", "<@U0BOT> ", "", "hej @samsyn ", "<@U0BOT|samsyn>"))
        thread = rng.choice(self._messages()).ts if rng.hits(0.2) and self._messages() else None
        await self._stage.slack.say(user, where, before + words, thread)

    async def presses(self) -> None:
        rng, user = self._rng, self._somebody()
        there = [
            (message, element)
            for message in self._messages()
            for block in message.blocks
            for element in elements_of(block)
            if element["type"] == "button" and "value" in element
        ]
        if not there:
            return
        message, element = rng.choice(there)
        if message.ephemeral_to or self._stage.slack.world.channels[message.channel].is_im:
            theirs = self._stage.slack.world.channels[message.channel].members
            user = self._stage.slack.world.users.get(message.ephemeral_to or theirs[0], user)
        value = self._forging.action() if rng.hits(0.1) else element["value"]
        await self._stage.slack.press_id(user, message, element["action_id"], value)

    async def submits(self) -> None:
        """Fill in and send the modal that is open, whatever the app would say to what is written there."""
        view = self._modal()
        if view is None:
            await self.presses()
            return
        rng, slack = self._rng, self._stage.slack
        for block, element in fields_of(view.blocks):
            if rng.hits(0.8):
                view.values[block["block_id"], element["action_id"]] = self._filled(element)
        await slack.submit(view.user)

    def _filled(self, element: Json) -> Json:
        rng = self._rng
        options = list(element.get("options", ())) + [
            each for group in element.get("option_groups", ()) for each in group["options"]
        ]
        match element["type"]:
            case "static_select" | "radio_buttons":
                return {"type": element["type"], "selected_option": rng.choice([*options, *options, None])}
            case "multi_static_select" | "checkboxes":
                chosen = rng.sample(options, rng.randint(0, len(options)))
                return {"type": element["type"], "selected_options": chosen}
            case "datepicker":
                day = rng.choice(
                    (None, "2026-03-20", "2031-01-01", "1999-12-31", f"2026-04-0{rng.randint(1, 9)}")
                )
                return {"type": "datepicker", "selected_date": day}
            case _:
                return {"type": element["type"], "value": self._words.answer() or None}

    async def closes(self) -> None:
        view = self._modal()
        if view is not None:
            await self._stage.slack.close_modal(view.user)

    async def points_at(self) -> None:
        rng, messages = self._rng, self._messages()
        name = rng.choice((*BOOK.shortcuts, *BOOK.shortcuts, "gone", self._words.nasty()))
        if rng.hits(0.2) or not messages:
            await self._stage.slack.global_shortcut(self._somebody(), name)
        else:
            await self._stage.slack.message_shortcut(self._somebody(), rng.choice(messages), name)

    async def opens_home(self) -> None:
        rng, user = self._rng, self._somebody()
        home = self._stage.slack.home(user)
        buttons = [e for block in home.blocks for e in elements_of(block) if "value" in e] if home else []
        if home and buttons and rng.hits(0.7):
            button = rng.choice(buttons)
            await self._stage.slack.press_view_id(user, home, button["action_id"], button["value"])
        else:
            await self._stage.slack.open_home(user, rng.choice(("home", "home", "messages")))

    async def edits(self) -> None:
        rng, slack = self._rng, self._stage.slack
        theirs = [
            each
            for each in self._messages(everybodys=True)
            if not each.by_bot and each.author in slack.world.users
        ]
        if not theirs:
            return
        message = rng.choice(theirs)
        author = slack.world.users[message.author]
        if rng.hits(0.7):
            await slack.edit(author, message, self._words.any())
        else:
            await slack.erase(author, message)

    async def moves(self) -> None:
        """People and the bot come and go, channels change; more often for the better."""
        rng, slack, scene = self._rng, self._stage.slack, self._scene
        user, channel = self._somebody(), rng.choice(scene.channels)
        there = slack.world.channels.get(channel)
        if there is None:
            return
        if there.is_archived and rng.hits(0.8):
            await slack.unarchive(channel, user)
        elif BOT_USER not in there.members and rng.hits(0.8):
            await slack.invite_bot(user, channel)
        elif rng.hits(0.12):
            await self._opens(channel)
        elif BOT_USER in there.members and rng.hits(0.15):
            await slack.remove_bot(channel, user)
        elif rng.hits(0.6):
            await (slack.leave if user.id in there.members else slack.join)(user, channel)
        elif rng.hits(0.3):
            await slack.archive(channel, user)
        else:
            await slack.rename(channel, self._words.any()[:200], user)

    async def _opens(self, channel: str) -> None:
        """Another organisation comes in, or the channel gets the new id that goes with it."""
        slack, channels = self._stage.slack, self._scene.channels
        if self._rng.hits(0.3):
            await slack.share(channel, "T0NEIGHBOURS")
        else:
            channels[channels.index(channel)] = await slack.change_channel_id(channel)

    async def repeats_record(self) -> None:
        """A payload of the real Slack, made out to people and places here."""
        rng, raw = self._rng, self._rng.choice(self._recorded)
        ours = {
            **_OURS,
            "U0ADA": self._somebody().id,
            "U0MIA": self._somebody().id,
            "C0TRYGG": rng.choice(self._scene.channels),
        }
        for old, new in ours.items():
            raw = raw.replace(old, new)
        payload: Json = json.loads(raw)
        for holder in (payload, payload.get("event"), payload.get("view"), *payload.get("actions", ())):
            for name in ("event_id", "ts", "action_ts", "trigger_id", "hash"):
                if isinstance(holder, dict) and isinstance(holder.get(name), str):
                    holder[name] = f"{holder[name]}{self._line.number}"
        kind = payload.get("type")
        await self._tell(
            "slash_commands" if kind is None else "events_api" if kind == "event_callback" else "interactive",
            payload,
        )

    async def forges(self) -> None:
        """A press or a submission that nobody's screen ever had: forged data, anybody, anywhere."""
        rng, world = self._rng, self._stage.slack.world
        forum = rng.randint(1, FORUMS)
        leads = self._scene.in_slack[(forum - 1) * 2]
        user = rng.choice((leads, leads, self._somebody()))
        who = {
            "team": {"id": "T0HOME"},
            "user": {"id": user.id, "team_id": user.team},
            "trigger_id": world.new_trigger(user.id),
        }
        home = self._scene.channels[forum - 1]
        where, stamp = (
            rng.choice((home, home, *self._scene.channels, user.id, "C0NOWHERE", "")),
            world.next_ts(),
        )
        if rng.hits(0.5):
            press = {
                "type": "button",
                "action_id": "1",
                "action_ts": stamp,
                "value": rng.choice((self._forging.action, lambda: self._forging.sound(forum)))(),
            }
            container = {
                "type": "message",
                "channel_id": where,
                "message_ts": stamp,
                "is_ephemeral": rng.hits(0.3),
            }
            payload = {
                "type": "block_actions",
                **who,
                "container": container,
                "actions": [press],
                "channel": {"id": where},
            }
        else:
            keys = rng.sample(_FIELDS, rng.randint(0, 12))
            given = {key: {"answer": self._filled(self._element())} for key in keys}
            luggage = {
                "d": self._forging.form(),
                "c": where,
                "h": {"version": str(rng.randint(0, 3)), "link": self._words.any()},
            }
            payload = {"type": "view_submission", **who, "view": {
                "id": world.fresh("V"), "hash": stamp, "app_installed_team_id": "T0HOME", "callback_id": "form",
                "private_metadata": json.dumps(luggage), "state": {"values": given}, "blocks": [],
            }}  # fmt: skip
        await self._tell("interactive", payload)

    def _element(self) -> Json:
        rng = self._rng
        kind = rng.choice(("plain_text_input", "static_select", "multi_static_select", "datepicker"))
        return {
            "type": kind,
            "options": [{"value": rng.choice(("0", "1", "2", "sv", "en", "consent", "public"))}] * 2,
        }

    def _code(self) -> str:
        """A code that was just shown to somebody, typed by anybody."""
        shown = [found for each in self._messages()[-8:] for found in CODE.findall(each.text)]
        return f"{self._rng.choice(('koppla', 'konto', 'tie'))} {self._rng.choice(shown or ['BCDF-GHJK'])}"

    async def _tell(self, kind: Any, payload: Json) -> None:  # noqa: ANN401 - one of three words
        await self._stage.slack.delivery.deliver(Parcel(kind, payload))

    def _messages(self, *, everybodys: bool = False) -> list[Message]:
        """What stands on screens, latest last."""
        world = self._stage.slack.world
        latest = list(world.messages.values())[-_NEAR:]
        return [
            each
            for each in latest
            if not each.deleted and (each.by_bot or everybodys) and each.channel in world.channels
        ]

    def _modal(self) -> View | None:
        open_now = [stack[-1] for stack in self._stage.slack.world.modals.values() if stack]
        return self._rng.choice(open_now) if open_now else None


_FIELDS: Final = (
    "what", "why", "process", "actors", "actor", "owner", "member", "becomes", "organisation", "sector", "level", "due",
    "follow_up", "objections", "reason", "version", "seal", "link", "need", "name", "challenge", "language", "zone", "amend",
    "words", "code", "administrator", "q0", "q1", "q2", "q3", "", "\x00",
)  # fmt: skip
"""What the fields of real forms are called."""
