"""Who and what there is before anything happens: three forums on both platforms, and everybody who may disturb them.

The first forum has a channel, a group and a life; the second has topics and people from outside; the third chats have
none yet. Beside members there are guests, strangers, other bots, an administrator who hides, and names as nasty as
platforms let them be.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bench.fuzzing.dice import Dice
from bench.fuzzing.stage import Stage
from bench.fuzzing.words import Words
from bot.playground.slack import BOT_USER
from bot.playground.slack import User as SlackUser
from bot.playground.slack.world import HOME_TEAM
from bot.playground.telegram import User as TelegramUser
from bot.playground.telegram.values import Member
from bot.speech import clean
from storage import actions, decisions, forums, people
from storage.db import Store
from storage.decisions import Wording

FORUMS: Final = 2
_NAMES: Final = (
    "Ada Ek",
    "Bo <b>Alm</b>",
    "Cilla \u202eÖ",
    "Dan & Lu",
    "",
    "Eva @SamsynBot",
    "مريم",
    "👩‍👩‍👧‍👦 Gun",
    "x" * 64,
)


@dataclass(slots=True)
class Scene:
    """The people and places of an episode. Members come first among people, tied chats first among places."""

    in_slack: list[SlackUser]
    in_telegram: list[TelegramUser]
    channels: list[str]
    groups: list[int]
    topics: list[tuple[int, int]]


async def furnish(stage: Stage, rng: Dice, words: Words) -> Scene:
    """Make it all, on the platforms and in the store."""
    scene = _platforms(stage, rng, words)
    await stage.app.writer.run(lambda store: _records(store, stage, scene))
    await stage.settled()
    return scene


def _platforms(stage: Stage, rng: Dice, words: Words) -> Scene:
    slack, telegram = stage.slack.world, stage.telegram.world

    def name(each: int) -> str:
        return (
            _NAMES[each % len(_NAMES)] if rng.hits(0.7) else words.any()[:64].encode(errors="ignore").decode()
        )

    in_slack = [
        slack.add_user(
            f"person{each}", name(each), locale=rng.choice(("sv-SE", "en-GB", "", "xx")), is_admin=each == 0
        )
        for each in range(6)
    ]
    in_slack += [slack.add_user("hale", "Hale Fox", is_stranger=True), slack.add_user("robot", "Robot")]
    in_telegram = [
        telegram.add_user(
            name(each), f"person_{each}" if each % 2 else None, rng.choice(("sv", "en", "", "ar", None))
        )
        for each in range(7)
    ]
    robot = telegram.add_user("Robot", "OtherBot", is_bot=True)
    channels = [
        slack.add_channel("trygghet", [*in_slack, BOT_USER], is_ext_shared=True, creator=in_slack[0].id).id,
        slack.add_channel("annat", [*in_slack[2:], BOT_USER], is_private=True).id,
        slack.add_channel("fritt", [*in_slack[:7], BOT_USER]).id,
        slack.add_channel("utan", in_slack[:7]).id,
    ]
    groups = [
        telegram.add_group("Trygghet", in_telegram, kind="supergroup", with_bot=True),
        telegram.add_group("Ämnen", in_telegram[2:], kind="supergroup", is_forum=True, with_bot=True),
        telegram.add_group("Fritt", in_telegram, with_bot=True),
        telegram.add_group("Utan", in_telegram),
    ]
    telegram.chats[groups[0]].members[robot.id] = Member("member")
    telegram.chats[groups[0]].members[in_telegram[5].id] = Member("administrator", anonymous=True)
    telegram.chats[groups[2]].members[telegram.bot.id] = Member("administrator")
    stage.telegram.people.start(in_telegram[0])
    stage.telegram.people.start(in_telegram[2])
    topics = [
        (groups[1], stage.telegram.people.open_topic(in_telegram[2], groups[1], each))
        for each in ("Ett", "Två")
    ]
    for each in stage.telegram.updates.pending():
        stage.telegram.updates.settle(each.id)
    return Scene(in_slack, [*in_telegram, robot], channels, groups, topics)


def _records(store: Store, stage: Stage, scene: Scene) -> None:
    now = stage.clock.now()
    slack = [("slack", HOME_TEAM, each.id, each.real_name) for each in scene.in_slack]
    telegram = [("telegram", "", str(each.id), each.first_name) for each in scene.in_telegram]
    known = {
        each[2]: people.meet(store, *each[:3], name=clean(each[3]) or each[2], now=now).id
        for each in (*slack[:6], *telegram[:6])
    }
    for number in range(FORUMS):
        forum = forums.create(
            store, name=("Trygghet i centrum", "Grannarna")[number], challenge="Fler vågar gå hem", language="sv",
            zone="Europe/Stockholm", invite=f"hemlig{number}", now=now,
        ).id  # fmt: skip
        topic = str(scene.topics[0][1]) if number else ""
        for platform, workspace, chat, thread in (
            ("slack", HOME_TEAM, scene.channels[number], ""), ("telegram", "", str(scene.groups[number]), topic),
        ):  # fmt: skip
            forums.tie(
                store, forums.add_place(store, platform, workspace, chat, thread, "Trygghet").id, forum
            )
        actors = [
            forums.add_actor(store, forum, name=name, sector=sector, level="local")
            for name, sector in (("Kommunen", "public"), ("Polisen", "public"), ("Butiken <AB>", "private"))
        ]
        first = number * 2
        joining = [*slack[first : first + 4], *telegram[first : first + 4]]
        members = []
        for at, (*_, user, _) in enumerate(joining):
            role = "member" if at % 4 else "coordinator"
            members.append(
                forums.join(store, forum, known[user], actor_id=actors[at % 3], role=role, now=now)
            )
        day = (now + timedelta(days=3)).date()
        for what in ("Lyktorna tänds", "Vi möts varje månad"):
            wording = Wording(what, "Det är mörkt", "consent", (actors[0],), "", members[0].id, day)
            decisions.record(store, forum, wording, year=now.year, by=members[0], now=now)
            actions.add(
                store, forum, what=f"{what}, sedan", actor=actors[1], owner=members[1].id, due_on=day, decision=1,
                member=members[0].id, now=now,
            )  # fmt: skip
