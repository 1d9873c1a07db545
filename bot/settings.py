"""Settings from the environment or ``.env``: what each one is, and a plain sentence when one is wrong.

All names begin with ``SAMSYN_``; an unknown one is refused, for a misspelt token would otherwise start the playground.
Without any token the playground starts.
"""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.opened import is_address

PREFIX: Final = "SAMSYN_"
FILE: Final = ".env"
_NOTHING: Final = SecretStr("")
_TELEGRAM_TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS: Final = range(65536)


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which, and what to write."""


class Settings(BaseSettings):
    """Everything that can be set from outside. Secrets are never printed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database: Path = Field(
        default=Path("data/samsyn.db"), description="The SQLite file with everything remembered"
    )
    database_url: SecretStr = Field(
        default=_NOTHING,
        validation_alias="DATABASE_URL",
        description="postgresql://… instead of the file, where one machine is not enough",
    )
    language: Literal["sv", "en"] = Field(
        default="sv", description="The language until a forum or person has chosen one"
    )
    listen: str = Field(
        default="127.0.0.1:8080", description="Address and port of the web server; port 0 takes any"
    )
    public_url: str = Field(default="", description="Where the platforms reach the web server, https://…")

    slack_bot_token: SecretStr = Field(
        default=_NOTHING, description="Begins with xoxb-; with it Slack is connected"
    )
    slack_app_token: SecretStr = Field(
        default=_NOTHING, description="Begins with xapp-; Slack over Socket Mode"
    )
    slack_signing_secret: SecretStr = Field(default=_NOTHING, description="Slack over HTTP, at /slack/events")
    slack_api: str = Field(default="https://slack.com/api/", description="Base address of Slack's Web API")

    telegram_token: SecretStr = Field(
        default=_NOTHING, description="From BotFather; with it Telegram is connected"
    )
    telegram_webhook_secret: SecretStr = Field(
        default=_NOTHING, description="Telegram by webhook, at /telegram/updates; without it by polling"
    )
    telegram_api: str = Field(
        default="https://api.telegram.org/bot", description="Base address of Telegram's Bot API"
    )

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", "telegram_token",
                     "telegram_webhook_secret", mode="before")  # fmt: skip
    @classmethod
    def _bare(cls, value: object) -> object:
        """Copied secrets bring blanks along."""
        return value.strip() if isinstance(value, str) else value

    @field_validator("listen")
    @classmethod
    def _address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not (port.isascii() and port.isdigit()) or int(port) not in _PORTS:
            raise ValueError("write it as address:port, for example 127.0.0.1:8080")
        return value

    @field_validator("slack_api", "telegram_api")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not _is_web(value, "http", "https"):
            raise ValueError("write an address that begins with https:// (or http://)")
        return value

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, value: SecretStr) -> SecretStr:
        if _said(value) and not is_address(_said(value)):
            raise ValueError(
                "write an address that begins with postgresql://, or leave it out for a SQLite file"
            )
        return value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        if value and not _is_web(value, "https"):
            raise ValueError("write an address that begins with https://")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        wrong = [*self._wrong_with_slack(), *self._wrong_with_telegram()]
        if wrong:
            raise ValueError("\n".join(wrong))
        return self

    def _wrong_with_slack(self) -> list[str]:
        bot, app = _said(self.slack_bot_token), _said(self.slack_app_token)
        signing = _said(self.slack_signing_secret)
        wrong = []
        if bot and not bot.startswith("xoxb-"):
            wrong.append("SAMSYN_SLACK_BOT_TOKEN begins with xoxb-; this looks like another kind of token")
        if app and not app.startswith("xapp-"):
            wrong.append("SAMSYN_SLACK_APP_TOKEN begins with xapp-; this looks like another kind of token")
        if bot and not (app or signing):
            wrong.append(
                "Slack needs SAMSYN_SLACK_APP_TOKEN (Socket Mode) or SAMSYN_SLACK_SIGNING_SECRET (HTTP) as well"
            )
        if (app or signing) and not bot:
            wrong.append("Slack needs SAMSYN_SLACK_BOT_TOKEN as well")
        return wrong

    def _wrong_with_telegram(self) -> list[str]:
        token, secret = _said(self.telegram_token), _said(self.telegram_webhook_secret)
        wrong = []
        if token and not _TELEGRAM_TOKEN.fullmatch(token):
            wrong.append(
                "SAMSYN_TELEGRAM_TOKEN is a number, a colon and letters, as BotFather wrote it; this is not"
            )
        if secret and not _WEBHOOK_SECRET.fullmatch(secret):
            wrong.append("SAMSYN_TELEGRAM_WEBHOOK_SECRET may have 1-256 letters, digits, _ and - only")
        if secret and not self.public_url:
            wrong.append("a Telegram webhook needs SAMSYN_PUBLIC_URL, an address that begins with https://")
        if secret and not token:
            wrong.append("a Telegram webhook needs SAMSYN_TELEGRAM_TOKEN as well")
        return wrong

    @property
    def slack(self) -> bool:
        """Whether Slack is to be connected."""
        return bool(_said(self.slack_bot_token))

    @property
    def telegram(self) -> bool:
        """Whether Telegram is to be connected."""
        return bool(_said(self.telegram_token))

    @property
    def telegram_webhook(self) -> str:
        """The address that Telegram brings updates to; "" when they are fetched."""
        return f"{self.public_url}/telegram/updates" if _said(self.telegram_webhook_secret) else ""

    @property
    def where(self) -> Path | str:
        """Where the data is kept: a PostgreSQL address, or a SQLite file."""
        return _said(self.database_url) or self.database

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on the same data."""
        return bool(_said(self.database_url))

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that must never be printed."""
        every = (
            self.slack_bot_token,
            self.slack_app_token,
            self.slack_signing_secret,
            self.telegram_token,
            self.telegram_webhook_secret,
        )
        return tuple(filter(None, (*map(_said, every), _password(_said(self.database_url)))))

    @property
    def host(self) -> str:
        """The address to listen on."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port to listen on; 0 takes a free one."""
        return int(self.listen.rpartition(":")[2])


def read_settings(**overrides: object) -> Settings:
    """Read the settings. Raises :class:`SettingsError` that names every wrong one, and no value."""
    try:
        unknown = _unknown({*os.environ, *dotenv_values(FILE)})
        if unknown:
            raise SettingsError("\n".join(unknown))
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as wrong:
        lines = []
        for each in wrong.errors(include_input=False, include_url=False):
            where = f"{_name(str(each['loc'][0]))}: " if each["loc"] else ""
            lines.append(where + each["msg"].removeprefix("Value error, "))
        raise SettingsError("\n".join(lines)) from None
    except (OSError, UnicodeDecodeError) as trouble:
        raise SettingsError(f"{FILE} cannot be read: {type(trouble).__name__}") from None


def _name(field: str) -> str:
    """A setting as people write it."""
    return field if field.isupper() else f"{PREFIX}{field}".upper()


def _unknown(names: set[str]) -> list[str]:
    known = [_name(each) for each in Settings.model_fields if each != "database_url"]
    strange = sorted(each for each in names if each.upper().startswith(PREFIX) and each.upper() not in known)
    return [f"{each} is no setting{_perhaps(each.upper(), known)}" for each in strange]


def _perhaps(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def _is_web(address: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in schemes and bool(parts.hostname)
    except ValueError:
        return False


def _password(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:
        return ""


def _said(secret: SecretStr) -> str:
    return secret.get_secret_value()
