"""The sample forum."""

from bot.playground.house import House
from bot.playground.slack import BOT_USER


async def seed(house: House) -> None:
    """x"""
    cast = house.cast
    room = house.slack.world.add_channel("tryggt-centrum", cast.in_slack, is_ext_shared=True)
    await house.slack.invite_bot(cast.ada, room)
    group = house.telegram.world.add_group("Tryggt centrum", cast.in_telegram)
    house.telegram.people.add_bot(cast.cilla, group)
    await house.slack.say(cast.ada, room, "Hej alla!")
    await house.slack.slash(cast.ada, room, "/samsyn", "meny")
    house.pacing.walk()
    house.ready = True
    house.bell.ring()
