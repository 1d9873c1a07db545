"""Settings from the environment or ``.env``: what each one is, and a plain sentence when one is wrong.

All names begin with ``SAMSYN_`` except the address of the database. Without any token the playground starts.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which, and what to write."""


class Settings(BaseSettings):
    """Everything that can be set from outside. Secrets are never printed."""

    model_config = SettingsConfigDict(
        env_prefix="SAMSYN_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    database: Path = Field(Path("data/samsyn.db"), description="The SQLite file")
    language: Literal["sv", "en"] = Field(
        "sv", description="The language until a forum or person has chosen one"
    )
    listen: str = Field("127.0.0.1:8080", description="Address and port of the web server")
    public_url: str = Field(
        "", description="Where the platforms reach the web server, for webhooks: https://…"
    )

    slack_bot_token: SecretStr = Field(SecretStr(""), description="xoxb-…")
    slack_app_token: SecretStr = Field(SecretStr(""), description="xapp-…, for Socket Mode")
    slack_signing_secret: SecretStr = Field(SecretStr(""), description="For deliveries over HTTP")
    slack_api: str = Field("https://slack.com/api/", description="Base address of the Web API")

    telegram_token: SecretStr = Field(SecretStr(""), description="From BotFather")
    telegram_webhook_secret: SecretStr = Field(SecretStr(""), description="Set it to take updates by webhook")
    telegram_api: str = Field("https://api.telegram.org/bot", description="Base address of the Bot API")

    @field_validator("listen")
    @classmethod
    def _address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 <= int(port) < 65536:  # noqa: PLR2004
            raise ValueError("write it as address:port, for example 127.0.0.1:8080")
        return value

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        if self.slack_bot_token.get_secret_value():
            if not self.slack_bot_token.get_secret_value().startswith("xoxb-"):
                raise ValueError(
                    "SAMSYN_SLACK_BOT_TOKEN begins with xoxb-; this looks like another kind of token"
                )
            if not (self.slack_app_token.get_secret_value() or self.slack_signing_secret.get_secret_value()):
                raise ValueError(
                    "Slack needs SAMSYN_SLACK_APP_TOKEN (Socket Mode) or SAMSYN_SLACK_SIGNING_SECRET (HTTP) as well"
                )
        if self.telegram_webhook_secret.get_secret_value() and not self.public_url.startswith("https://"):
            raise ValueError(
                "a Telegram webhook needs SAMSYN_PUBLIC_URL, an address that begins with https://"
            )
        return self

    @property
    def slack(self) -> bool:
        """Whether Slack is to be connected."""
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def telegram(self) -> bool:
        """Whether Telegram is to be connected."""
        return bool(self.telegram_token.get_secret_value())

    @property
    def host(self) -> str:
        """The address to listen on."""
        return self.listen.rpartition(":")[0]

    @property
    def port(self) -> int:
        """The port to listen on; 0 takes a free one."""
        return int(self.listen.rpartition(":")[2])


def read_settings(**overrides: object) -> Settings:
    """Read the settings. Raises :class:`SettingsError` that names every wrong one."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as wrong:
        lines = []
        for each in wrong.errors():
            where = "".join(f"SAMSYN_{part}".upper() for part in each["loc"])
            said = each["msg"].removeprefix("Value error, ")
            lines.append(f"{where}: {said}" if where else said)
        raise SettingsError("\n".join(lines)) from None
