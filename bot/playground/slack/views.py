"""The `views.*` methods: modals in stacks of three, and homes."""

import json

from bot.playground.slack.blocks import check_view, with_ids
from bot.playground.slack.chat import Method
from bot.playground.slack.payloads import view_json
from bot.playground.slack.stage import Stage
from bot.playground.slack.state import carry_over
from bot.playground.slack.world import Json, SlackRefusal, View, World

STACK = 3


def show(world: World, user: str, content: Json, *, push: bool = False) -> View:
    """Put a modal before a person: alone, or on top of those already open."""
    _check_external_id(world, content)
    stack = world.modals.setdefault(user, [])
    if push and not stack:
        raise SlackRefusal("not_found")
    if push and len(stack) >= STACK:
        raise SlackRefusal("push_limit_reached")
    if not push:
        stack.clear()
    view_id = world.fresh("V0")
    root = stack[0].id if stack else view_id
    view = View(view_id, user, {}, "", root, stack[-1].id if stack else None)
    stack.append(view)
    replace(world, view, content)
    return view


def replace(world: World, view: View, content: Json) -> None:
    """Give a view new content; what is filled in stays where the ids are the same."""
    copied: Json = json.loads(json.dumps(content))
    copied["blocks"] = with_ids(world, copied["blocks"])
    view.content = copied
    view.hash = world.fresh(f"{int(world.now())}.")
    view.errors.clear()
    view.trouble = ""
    carry_over(view)
    world.changes.touch()


def _check_external_id(world: World, content: Json) -> None:
    wanted = content.get("external_id")
    open_ids = {v.content.get("external_id") for stack in world.modals.values() for v in stack}
    if wanted and wanted in open_ids:
        raise SlackRefusal("duplicate_external_id")


def _check_hash(view: View, args: Json) -> None:
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackRefusal("hash_conflict")


def _open(stage: Stage, args: Json) -> Json:
    content = check_view(args.get("view"), "modal")
    user = stage.world.use_trigger(str(args.get("trigger_id")))
    return {"view": view_json(stage.world, show(stage.world, user, content))}


def _push(stage: Stage, args: Json) -> Json:
    content = check_view(args.get("view"), "modal")
    user = stage.world.use_trigger(str(args.get("trigger_id")))
    return {"view": view_json(stage.world, show(stage.world, user, content, push=True))}


def _update(stage: Stage, args: Json) -> Json:
    content = check_view(args.get("view"), "modal")
    view = stage.world.view(str(args.get("view_id") or ""), str(args.get("external_id") or ""))
    _check_hash(view, args)
    replace(stage.world, view, content)
    return {"view": view_json(stage.world, view)}


def _publish(stage: Stage, args: Json) -> Json:
    world = stage.world
    content = check_view(args.get("view"), "home")
    user = str(args.get("user_id"))
    if user not in world.users:
        raise SlackRefusal("invalid_arguments", "[ERROR] invalid `user_id` [json-pointer:/user_id]")
    home = world.homes.get(user)
    if home is None:
        view_id = world.fresh("V0")
        home = View(view_id, user, {}, "", view_id)
    else:
        _check_hash(home, args)
    world.homes[user] = home
    replace(world, home, content)
    return {"view": view_json(world, home)}


VIEW_METHODS: dict[str, Method] = {
    "views.open": _open,
    "views.push": _push,
    "views.update": _update,
    "views.publish": _publish,
}
