"""Who lives in the playground: some people in Slack, some in Telegram, and the chats they share."""

from dataclasses import dataclass

from bot.playground.slack import StandInSlack
from bot.playground.slack import User as SlackUser
from bot.playground.telegram import StandInTelegram
from bot.playground.telegram import User as TelegramUser


@dataclass(frozen=True, slots=True)
class Cast:
    """The people by name, and ``about`` each: what the page says beside the name.

    All are members of the sample forum but Eva, who is new in the group.
    """

    ada: SlackUser
    bo: SlackUser
    mika: SlackUser
    farid: SlackUser
    greta: SlackUser
    cilla: TelegramUser
    dag: TelegramUser
    hanna: TelegramUser
    idris: TelegramUser
    eva: TelegramUser
    about: dict[str | int, str]

    @property
    def in_slack(self) -> tuple[SlackUser, ...]:
        return (self.ada, self.bo, self.mika, self.farid, self.greta)

    @property
    def in_telegram(self) -> tuple[TelegramUser, ...]:
        return (*self.members_in_telegram, self.eva)

    @property
    def members_in_telegram(self) -> tuple[TelegramUser, ...]:
        return (self.cilla, self.dag, self.hanna, self.idris)


def gather(slack: StandInSlack, telegram: StandInTelegram) -> Cast:
    """Let everybody have an account. Ada runs the workspace; Mika is a guest from another organisation."""
    slack.world.team_name, slack.world.commands = "Region Väst", frozenset({"/samsyn"})
    ada = slack.world.add_user("ada", "Ada Ek", is_admin=True)
    bo = slack.world.add_user("bo", "Bo Lind")
    mika = slack.world.add_user("mika", "Mika Salo", is_stranger=True)
    farid = slack.world.add_user("farid", "Farid Amini")
    greta = slack.world.add_user("greta", "Greta Nyström")
    cilla = telegram.world.add_user("Cilla Mård", "cilla_mard", "sv")
    dag = telegram.world.add_user("Dag Ström", "dag_strom", "sv")
    hanna = telegram.world.add_user("Hanna Wik", "hanna_wik", "sv")
    idris = telegram.world.add_user("Idris Noor", "idris_noor", "sv")
    eva = telegram.world.add_user("Eva Holm", None, "sv")
    about: dict[str | int, str] = {
        ada.id: "Region Väst, samordnare",
        bo.id: "Alingsås kommun",
        mika.id: "gäst från Trygga Bostäder",
        farid.id: "Alingsås kommun",
        greta.id: "Region Väst",
        cilla.id: "Polisen",
        dag.id: "Föreningen Trygg i centrum",
        hanna.id: "Svenska kyrkan",
        idris.id: "Centrumhandlarna",
        eva.id: "ny i gruppen",
    }
    return Cast(ada, bo, mika, farid, greta, cilla, dag, hanna, idris, eva, about)
