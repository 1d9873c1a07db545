"""What people do with the workspace itself: joining and leaving, renaming, closing, removing the app."""

from collections.abc import Callable

from bot.playground.slack.hands import Hands, Where, Who
from bot.playground.slack.payloads import user_json
from bot.playground.slack.world import BOT_USER, Channel, Json, Message, NotThere, User


class Rooms(Hands):
    """Administration; each returns when the app has acknowledged what it was told of, or failed to."""

    def dm(self, user: Who) -> str:
        """Give the id of the direct message between this person and the app."""
        return self.world.im_of(self._user(user).id).id

    def seen(self, user: Who, channel: Where) -> list[Message]:
        """Give what stands in a channel before this person, with what only they see, oldest first."""
        person = self.world.users[user.id if isinstance(user, User) else user]
        place = self._channel(channel)
        if person.id not in place.members:
            raise NotThere(f"{person.name} is not in {place.name}")
        return [m for m in self.world.in_channel(place.id) if m.ephemeral_to in (None, person.id)]

    async def invite_bot(self, user: Who, channel: Where) -> None:
        """Bring the app into a channel."""
        person, place = self._inside(user, channel)
        await self._enter(place, BOT_USER, {"inviter": person.id}, person)

    async def join(self, user: Who, channel: Where) -> None:
        """Go into a channel."""
        person = self._user(user)
        await self._enter(self._channel(channel), person.id, {}, person)

    async def leave(self, user: Who, channel: Where) -> None:
        """Leave a channel."""
        person, place = self._inside(user, channel)
        place.members.remove(person.id)
        self.world.changes.touch()
        await self._tell_members(place, [self._left(place, person.id, person.team)], person)

    async def remove_bot(self, channel: Where, by: Who | None = None) -> None:
        """Put the app out of a channel."""
        place = self._channel(channel)
        person = self._user(by) if by is not None else None
        place.members.remove(BOT_USER)
        self.world.changes.touch()
        kind = "group_left" if place.is_private else "channel_left"
        gone = {"type": kind, "channel": place.id, "event_ts": self._stamp}
        if person is not None:
            gone["actor_id"] = person.id
        left = self._left(place, BOT_USER, self.world.users[BOT_USER].team)
        await self._tell([left, gone], person)

    async def rename(self, channel: Where, name: str, by: Who | None = None) -> None:
        """Give a channel another name."""
        place = self._channel(channel)
        place.name = name
        await self._told(
            place, "rename", by, {"channel": {"id": place.id, "name": name, "created": place.created}}
        )

    async def archive(self, channel: Where, by: Who | None = None) -> None:
        """Close a channel for writing."""
        place = self._channel(channel)
        place.is_archived = True
        await self._told(place, "archive", by, {"channel": place.id, "is_moved": 0})

    async def unarchive(self, channel: Where, by: Who | None = None) -> None:
        """Open a channel for writing again."""
        place = self._channel(channel)
        place.is_archived = False
        await self._told(place, "unarchive", by, {"channel": place.id})

    async def share(self, channel: Where, team: str) -> None:
        """Let another organisation into a channel; its people may come and read from now on."""
        place = self._channel(channel)
        place.is_ext_shared = True
        self.world.changes.touch()
        event = {"type": "channel_shared", "connected_team_id": team, "channel": place.id}
        await self._tell([event | {"event_ts": self._stamp}], None)

    async def change_channel_id(self, channel: Where) -> str:
        """Give a channel another id, as happens when a private channel is shared; the old one is gone."""
        old, new = self.give_new_id(channel)
        await self.tell_new_id(old, new)
        return new

    def give_new_id(self, channel: Where) -> tuple[str, str]:
        """The same, before anybody is told: the old id and the new one."""
        place = self._channel(channel)
        old, new = place.id, self.world.fresh("C0")
        del self.world.channels[old]
        place.id = new
        self.world.channels[new] = place
        moved = [message for message in self.world.messages.values() if message.channel == old]
        for message in moved:
            del self.world.messages[old, message.ts]
            message.channel = new
            self.world.put(message)
        return old, new

    async def tell_new_id(self, old: str, new: str) -> None:
        """Tell the app of a channel's new id, which may come after other news about it."""
        event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
        await self._tell([event | {"event_ts": self._stamp}], None)

    async def change_user(self, user: Who, change: Callable[[User], None]) -> None:
        """Change something about a person."""
        person = self._user(user)
        change(person)
        self.world.changes.touch()
        event = {"type": "user_change", "user": user_json(person), "event_ts": self._stamp}
        await self._tell([event], person)

    async def deactivate(self, user: Who) -> None:
        """Close a person's account; they leave every channel."""
        person = self._user(user)
        for channel in self.world.channels.values():
            if person.id in channel.members and not channel.is_im:
                channel.members.remove(person.id)

        def close(account: User) -> None:
            account.deleted = True

        await self.change_user(person, close)

    async def uninstall(self) -> None:
        """Remove the app from the workspace: its token dies first, then it is told twice."""
        self.world.installed = False
        self._stage.revoked.add(self._stage.bot_token)
        self.world.changes.touch()
        tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}
        stamp = {"event_ts": self._stamp}
        await self._tell([tokens | stamp, {"type": "app_uninstalled"} | stamp], None)

    def reinstall(self) -> None:
        """Install the app again; whoever wants it in a channel invites it."""
        self.world.installed = True
        self._stage.revoked.discard(self._stage.bot_token)
        self.world.changes.touch()

    def revoke(self, token: str) -> None:
        """Let a token stop working, without a word to the app."""
        self._stage.revoked.add(token)

    async def _enter(self, place: Channel, who: str, more: Json, actor: User) -> None:
        if who in place.members:
            raise NotThere("already in the channel")
        place.members.append(who)
        text = f"<@{who}> has joined the channel"
        self.world.put(Message(self.world.next_ts(), place.id, who, text, subtype="channel_join"))
        event = {
            "type": "member_joined_channel",
            "user": who,
            "channel": place.id,
            "channel_type": "G" if place.is_private else "C",
            "team": self.world.users[who].team,
            "event_ts": self._stamp,
            **more,
        }
        await self._tell_members(place, [event], actor)

    def _left(self, place: Channel, who: str, team: str) -> Json:
        return {
            "type": "member_left_channel",
            "user": who,
            "channel": place.id,
            "channel_type": "G" if place.is_private else "C",
            "team": team,
            "event_ts": self._stamp,
        }

    async def _told(self, place: Channel, what: str, by: Who | None, event: Json) -> None:
        self.world.changes.touch()
        person = self._user(by) if by is not None else None
        kind = "group" if place.is_private else "channel"
        more = {"user": person.id} if person is not None and what != "rename" else {}
        full = {"type": f"{kind}_{what}", **event, **more, "event_ts": self._stamp}
        await self._tell_members(place, [full], person)

    async def _tell_members(self, place: Channel, events: list[Json], actor: User | None) -> None:
        """Tell the app what happens in a channel, if it is in there."""
        if BOT_USER in place.members:
            await self._tell(events, actor)
