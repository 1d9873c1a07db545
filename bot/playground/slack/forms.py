"""What a person does with modals and the app's home."""

from dataclasses import dataclass, field

from bot.playground.slack.blocks import check_view, elements_of
from bot.playground.slack.hands import Hands, Who
from bot.playground.slack.payloads import interaction, view_json
from bot.playground.slack.plain import label_of, plain, read_text
from bot.playground.slack.state import Filling, field_label, fields_of, filled, find_field, objections
from bot.playground.slack.talking import NO_ANSWER, action
from bot.playground.slack.views import replace, show
from bot.playground.slack.world import HOME_TEAM, Json, NotThere, SlackRefusal, User, View

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a modal as it stands: its kind, what is in it and the objection under it."""

    label: str
    kind: str
    state: Json
    block: Json = field(repr=False)
    element: Json = field(repr=False)
    optional: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Modal:
    """The top view before a person."""

    id: str
    title: str
    fields: dict[str, Shown]
    errors: dict[str, str]
    text: str
    trouble: str
    view: View = field(repr=False)


class Forms(Hands):
    """Filling in, sending and closing; each returns when the app has acknowledged, or failed to."""

    def modal(self, user: Who) -> Modal | None:
        """Give the modal in front of this person."""
        stack = self.world.modals.get(self._user(user).id)
        return _shown(stack[-1]) if stack else None

    async def fill(self, user: Who, values: dict[str, Filling]) -> None:
        """Fill in fields by the words beside them; the app hears of those that it asked to hear of at once."""
        person, view = self._top(user)
        for label, filling in values.items():
            block, element = find_field(view, label)
            chosen = filled(self.world, element, filling)
            view.values[block["block_id"], element["action_id"]] = chosen
            self.world.changes.touch()
            if block["type"] != "input" or block.get("dispatch_action"):
                await self._act(person, view, block, element, chosen)

    async def submit(self, user: Who, values: dict[str, Filling] | None = None) -> dict[str, str]:
        """Fill in and send; give the objections by field, none if the modal was taken."""
        person, view = self._top(user)
        for label, filling in (values or {}).items():
            block, element = find_field(view, label)
            view.values[block["block_id"], element["action_id"]] = filled(self.world, element, filling)
        view.errors, view.trouble = objections(view), ""
        self.world.changes.touch()
        if view.errors:
            return _by_label(view)
        payload = interaction(self.world, "view_submission", person, person.team) | {
            "trigger_id": self.world.new_trigger(person.id),
            "view": view_json(self.world, view),
            "response_urls": [],
        }
        outcome = await self._interact(payload)
        if not outcome.acknowledged:
            return self._failed(view)
        return self._obey(view, outcome.answer)

    async def press_in_modal(self, user: Who, label: str, option: str = "") -> None:
        """Press a button in the modal, or choose from a list in it."""
        person, view = self._top(user)
        await self._press_in(person, view, label, option)

    async def close_modal(self, user: Who, *, everything: bool = False) -> None:
        """Cancel the top view, or with `everything` close them all."""
        person, _ = self._top(user)
        stack = self.world.modals[person.id]
        closed = stack[::-1] if everything else stack[-1:]
        del stack[-len(closed) :]
        self.world.changes.touch()
        for view in closed:
            if view.content.get("notify_on_close"):
                payload = interaction(self.world, "view_closed", person, person.team) | {
                    "view": view_json(self.world, view),
                    "is_cleared": everything,
                }
                await self._interact(payload)

    async def open_home(self, user: Who, tab: str = "home") -> None:
        """Open the app's own page, or with `tab="messages"` its direct messages."""
        person = self._user(user)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self.world.im_of(person.id).id,
            "tab": tab,
            "event_ts": self._stamp,
        }
        home = self.home(person)
        if home is not None and tab == "home":
            event["view"] = view_json(self.world, home)
        await self._tell([event], person)

    def home(self, user: Who) -> View | None:
        """Give what the app shows this person on its own page."""
        return self.world.homes.get(self._user(user).id)

    async def press_home(self, user: Who, label: str, option: str = "") -> None:
        """Press a button on the app's own page, or choose from a list there."""
        person, home = self._user(user), self.home(user)
        if home is None:
            raise NotThere("the app's page is empty")
        await self._press_in(person, home, label, option)

    async def press_view_id(self, user: Who, view: View, action_id: str, value: str | None = None) -> None:
        """Press a button of a modal or a home by its ids, where several have the same words."""
        person = self._user(user)
        for block in view.blocks:
            for element in elements_of(block):
                if element.get("action_id") == action_id and value in (None, element.get("value")):
                    await self._act(person, view, block, element)
                    return
        raise NotThere("the button is gone")

    def _top(self, user: Who) -> tuple[User, View]:
        person = self._user(user)
        stack = self.world.modals.get(person.id)
        if not stack:
            raise NotThere(f"no modal before {person.name}")
        return person, stack[-1]

    async def _press_in(self, person: User, view: View, label: str, option: str) -> None:
        if option:
            block, element = find_field(view, label)
            chosen = filled(self.world, element, option)
            view.values[block["block_id"], element["action_id"]] = chosen
            await self._act(person, view, block, element, chosen)
            return
        for block in view.blocks:
            for element in elements_of(block):
                if element["type"] == "button" and label_of(element) == label:
                    await self._act(person, view, block, element)
                    return
        raise NotThere(f"no button {label!r} in the view")

    async def _act(
        self, person: User, view: View, block: Json, element: Json, chosen: Json | None = None
    ) -> None:
        payload = interaction(self.world, "block_actions", person, HOME_TEAM) | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self.world.new_trigger(person.id),
            "view": view_json(self.world, view),
            "actions": [action(block, element, chosen, self._stamp)],
        }
        outcome = await self._interact(payload)
        if not outcome.acknowledged:
            self.world.trouble(person.id, NO_ANSWER)

    def _failed(self, view: View) -> dict[str, str]:
        view.trouble = TROUBLE
        self.world.trouble(view.user, TROUBLE)
        return {"": TROUBLE}

    def _obey(self, view: View, answer: Json) -> dict[str, str]:
        """Do with the modal what the app's answer to a submission says."""
        stack = self.world.modals.get(view.user, [])
        try:
            match answer.get("response_action"):
                case "errors":
                    return self._object(view, answer.get("errors") or {})
                case "clear":
                    stack.clear()
                case "update":
                    replace(self.world, view, check_view(answer.get("view"), "modal"))
                case "push":
                    show(self.world, view.user, check_view(answer.get("view"), "modal"), push=True)
                case _:  # taken: it closes, unless something else has taken its place meanwhile
                    stack[:] = [standing for standing in stack if standing is not view]
        except SlackRefusal:
            return self._failed(view)
        self.world.changes.touch()
        return {}

    def _object(self, view: View, errors: dict[str, str]) -> dict[str, str]:
        allowed = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not errors or not set(errors) <= allowed:
            return self._failed(view)
        view.errors = dict(errors)
        self.world.changes.touch()
        return _by_label(view)


def _by_label(view: View) -> dict[str, str]:
    labels = {block["block_id"]: field_label(block, element) for block, element in fields_of(view.blocks)}
    return {labels[block_id]: text for block_id, text in view.errors.items()}


def _shown(view: View) -> Modal:
    fields = {}
    for block, element in fields_of(view.blocks):
        label = field_label(block, element)
        state = view.values[block["block_id"], element["action_id"]]
        optional = block["type"] != "input" or bool(block.get("optional"))
        error = view.errors.get(block["block_id"], "")
        fields[label] = Shown(label, element["type"], state, block, element, optional, error)
    title = read_text(view.content.get("title"))
    return Modal(view.id, title, fields, _by_label(view), plain(view), view.trouble, view)
