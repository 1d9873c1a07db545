"""What a person does with words and messages: writing, commands, buttons, shortcuts."""

from bot.playground.slack.blocks import elements_of
from bot.playground.slack.hands import Hands, Where, Who
from bot.playground.slack.parcels import Parcel
from bot.playground.slack.payloads import command_form, interaction, message_json, said_event
from bot.playground.slack.plain import label_of, options_of
from bot.playground.slack.state import filled, state_of
from bot.playground.slack.wording import mentions, rich_text, typed, typed_after_slash
from bot.playground.slack.world import BOT_USER, Channel, Json, Message, NotThere, User

NO_ANSWER = "This app did not respond."


class Talking(Hands):
    """Writing, and acting on what is written; each returns when the app has acknowledged, or failed to."""

    async def say(self, user: Who, channel: Where, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; `@name` mentions whoever has that name."""
        person, place = self._inside(user, channel)
        wording = typed(self.world, text)
        block = rich_text(wording) | {"block_id": self.world.fresh("b")}
        message = self.world.put(
            Message(self.world.next_ts(), place.id, person.id, wording, [block], thread_ts)
        )
        await self._tell(self._said(place, message), person)
        return message

    async def edit(self, user: Who, message: Message, text: str) -> None:
        """Change what one has written."""
        person, place = self._inside(user, message.channel)
        before = message_json(self.world, message)
        message.text = typed(self.world, text)
        message.blocks = [rich_text(message.text) | {"block_id": self.world.fresh("b")}]
        message.edited = True
        self.world.changes.touch()
        event = {"message": message_json(self.world, message), "previous_message": before}
        await self._tell([self._changed(place, "message_changed", event)], person)

    async def erase(self, user: Who, message: Message) -> None:
        """Delete what one has written."""
        person, place = self._inside(user, message.channel)
        before = message_json(self.world, message)
        message.deleted = True
        self.world.changes.touch()
        event = {"previous_message": before, "deleted_ts": message.ts}
        await self._tell([self._changed(place, "message_deleted", event)], person)

    async def slash(
        self, user: Who, channel: Where, command: str, text: str = "", thread_ts: str | None = None
    ) -> None:
        """Give a slash command; answers that only this person sees land in the world."""
        person, place = self._inside(user, channel)
        if thread_ts is not None:
            self._whisper(person, place.id, f"{command} is not supported in threads. Sorry!", thread_ts)
            return
        known = self.world.commands is None or command in self.world.commands
        if person.is_stranger or not known or not self.world.installed:
            self._whisper(person, place.id, f"{command} is not a valid command.")
            return
        form = command_form(self.world, person, place, command, typed_after_slash(self.world, text))
        form |= {"trigger_id": self.world.new_trigger(person.id), "response_url": self._hook(person, place)}
        outcome = await self.delivery.deliver(Parcel("slash_commands", dict(form)))
        if not outcome.acknowledged:
            timed_out = outcome.reason in ("timeout", "http_timeout")
            word = "operation_timeout" if timed_out else "dispatch_failed"
            self._whisper(person, place.id, f'{command} failed with the error "{word}"')
        elif outcome.answer:
            self._show_answer(person, place.id, outcome.answer)

    async def press(self, user: Who, message: Message, label: str, *, accept: bool = True) -> None:
        """Press a button, found by its words; a question whether one is sure is answered with `accept`."""
        person, _ = self._inside(user, message.channel)
        block, element = _pressable(self._now_standing(person, message), label)
        if "confirm" not in element or accept:
            await self._press(person, message, block, element)

    async def pick(self, user: Who, message: Message, label: str, option: str) -> None:
        """Choose from a list in a message: the list by its placeholder or action id, the option by its words."""
        person, _ = self._inside(user, message.channel)
        for block in self._now_standing(person, message).blocks:
            for element in elements_of(block):
                if element["type"] != "button" and label in (label_of(element), element.get("action_id")):
                    chosen = filled(self.world, element, option)
                    await self._press(person, message, block, element, chosen)
                    return
        raise NotThere(f"no list {label!r} in the message")

    async def press_id(self, user: Who, message: Message, action_id: str, value: str | None = None) -> None:
        """Press a button that may be gone by now: old buttons stay on screens, and presses cross with changes."""
        person, _ = self._inside(user, message.channel)
        current = self.world.messages[message.channel, message.ts]
        for block in current.blocks:
            for element in elements_of(block):
                if element.get("action_id") == action_id and value in (None, element.get("value")):
                    await self._press(person, message, block, element)
                    return
        text = {"type": "plain_text", "text": "?", "emoji": True}
        gone = {"type": "button", "action_id": action_id, "value": value or "", "text": text}
        await self._press(person, message, {"block_id": self.world.fresh("b")}, gone)

    async def message_shortcut(self, user: Who, message: Message, callback_id: str) -> None:
        """Choose an app's entry in the menu of a message; strangers do not have it."""
        person, place = self._inside(user, message.channel)
        current = self._now_standing(person, message)
        if person.is_stranger or current.ephemeral_to is not None:
            raise NotThere("the menu has no such entry")
        payload = interaction(self.world, "message_action", person) | {
            "callback_id": callback_id,
            "trigger_id": self.world.new_trigger(person.id),
            "response_url": self._hook(person, place, current.ts),
            "action_ts": self._stamp,
            "message_ts": current.ts,
            "channel": {"id": place.id, "name": place.name},
            "message": message_json(self.world, current),
        }
        await self._send(person, payload)

    async def global_shortcut(self, user: Who, callback_id: str) -> None:
        """Choose an app's entry in the menu of the composer; it carries no channel."""
        person = self._user(user)
        if person.is_stranger:
            raise NotThere("the menu has no such entry")
        payload = interaction(self.world, "shortcut", person) | {
            "callback_id": callback_id,
            "trigger_id": self.world.new_trigger(person.id),
            "action_ts": self._stamp,
        }
        await self._send(person, payload)

    def _said(self, place: Channel, message: Message) -> list[Json]:
        if BOT_USER not in place.members:
            return []
        events = [said_event(self.world, "message", message)]
        if not place.is_im and mentions(message.text, BOT_USER):
            events.append(said_event(self.world, "app_mention", message))
        return events

    def _changed(self, place: Channel, subtype: str, more: Json) -> Json:
        stamp = self._stamp
        return {
            "type": "message",
            "subtype": subtype,
            "hidden": True,
            "channel": place.id,
            "channel_type": place.kind,
            "ts": stamp,
            "event_ts": stamp,
            **more,
        }

    async def _press(
        self, person: User, message: Message, block: Json, element: Json, chosen: Json | None = None
    ) -> None:
        current = self.world.messages[message.channel, message.ts]
        place = self._channel(message.channel)
        container = {
            "type": "message",
            "message_ts": current.ts,
            "channel_id": place.id,
            "is_ephemeral": current.ephemeral_to is not None,
        }
        if current.thread_ts:
            container["thread_ts"] = current.thread_ts
        payload = interaction(self.world, "block_actions", person) | {
            "container": container,
            "trigger_id": self.world.new_trigger(person.id),
            "channel": {"id": place.id, "name": place.name},
            "state": state_of(current.blocks, {}),
            "response_url": self._hook(person, place, current.ts),
            "actions": [action(block, element, chosen, self._stamp)],
        }
        if current.ephemeral_to is None:  # a message that is not kept is not sent along either
            payload["message"] = message_json(self.world, current)
        await self._send(person, payload)

    async def _send(self, person: User, payload: Json) -> None:
        outcome = await self._interact(payload)
        if not outcome.acknowledged:
            self.world.trouble(person.id, NO_ANSWER)

    def _hook(self, person: User, place: Channel, message_ts: str | None = None) -> str:
        hook = self.world.new_hook(person.id, place.id, message_ts)
        return f"{self._stage.base_url}/slack/response/{hook}"


def action(block: Json, element: Json, chosen: Json | None, stamp: str) -> Json:
    """Give the entry of `actions` for something that was pressed or chosen."""
    kept = ("type", "action_id", "text", "value", "style", "url", "placeholder")
    shown = {name: element[name] for name in kept if name in element}
    return {"block_id": block["block_id"], **shown, **(chosen or {}), "action_ts": stamp}


def _pressable(message: Message, label: str) -> tuple[Json, Json]:
    there = []
    for block in message.blocks:
        for element in elements_of(block):
            if element["type"] == "button":
                there.append(label_of(element))
                if there[-1] == label:
                    return block, element
            elif element["type"] == "overflow":
                there += [option["text"]["text"] for option in options_of(element)]
    raise NotThere(f"no button {label!r} among {there}")
