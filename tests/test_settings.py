"""Settings: what a person may write, and what is said when it is wrong."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import PREFIX, Settings, SettingsError, read_settings
from tests.bot.clean_slate import without_settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
README = EXAMPLE.with_name("README.md")
SLACK = {"SAMSYN_SLACK_BOT_TOKEN": "xoxb-1", "SAMSYN_SLACK_APP_TOKEN": "xapp-1"}
TELEGRAM = {"SAMSYN_TELEGRAM_TOKEN": "42:abc_-D"}


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and no settings."""
    without_settings(tmp_path, monkeypatch)


def given(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    """Put these into the environment."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def refusal() -> str:
    """What a person is told about the settings."""
    with pytest.raises(SettingsError) as refused:
        read_settings()
    return str(refused.value)


def written() -> dict[str, str]:
    """What .env.example names, also behind a #."""
    lines = [each.removeprefix("# ") for each in EXAMPLE.read_text("utf-8").splitlines()]
    return dict(each.split("=", 1) for each in lines if re.match("[A-Z_]+=", each))


# --- What is there -----------------------------------------------------------------------------------------------


def test_without_any_setting_nothing_is_connected_and_all_has_a_place() -> None:
    """A fresh checkout has no platform, and listens on this machine only."""
    settings = read_settings()
    assert (settings.slack, settings.telegram, settings.language) == (False, False, "sv")
    assert (settings.host, settings.port, settings.database) == ("127.0.0.1", 8080, Path("data/samsyn.db"))
    assert settings.secrets == ()
    assert settings.telegram_webhook == ""


def test_a_file_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in .env holds unless the environment says something else."""
    Path(".env").write_text("SAMSYN_LANGUAGE=en\nSAMSYN_LISTEN=127.0.0.1:1\n# a comment\nOTHER=x\n", "utf-8")
    given(monkeypatch, {"SAMSYN_LISTEN": "127.0.0.1:2"})

    settings = read_settings()

    assert (settings.language, settings.port) == ("en", 2)


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of .env.example left empty changes nothing."""
    given(monkeypatch, {"SAMSYN_LANGUAGE": "", "SAMSYN_TELEGRAM_TOKEN": "", "SAMSYN_DATABASE": ""})
    assert read_settings() == Settings()


def test_the_example_itself_is_what_one_has_without_a_file() -> None:
    """Copying .env.example unchanged changes nothing."""
    nothing = read_settings()
    Path(".env").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert read_settings() == nothing


def test_both_platforms_are_connected_when_their_tokens_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks around a copied token do not matter, and every secret is known as one."""
    given(monkeypatch, {**SLACK, "SAMSYN_TELEGRAM_TOKEN": " 42:abc_-D\n"})

    settings = read_settings()

    assert settings.slack
    assert settings.telegram
    assert settings.secrets == ("xoxb-1", "xapp-1", "42:abc_-D")


def test_a_webhook_has_its_address_under_the_public_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slash at the end of the public address is not doubled."""
    given(
        monkeypatch,
        {**TELEGRAM, "SAMSYN_TELEGRAM_WEBHOOK_SECRET": "s", "SAMSYN_PUBLIC_URL": "https://b.org/x/"},
    )
    assert read_settings().telegram_webhook == "https://b.org/x/telegram/updates"


def test_an_address_may_be_of_the_newer_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """IPv6 is written in brackets."""
    given(monkeypatch, {"SAMSYN_LISTEN": "[::1]:80"})
    assert (read_settings().host, read_settings().port) == ("::1", 80)


# --- What is wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["8080", "localhost", "127.0.0.1:", "127.0.0.1:65536", ":80", "a:²", "a:-1"]
)
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """One is told how to write it."""
    given(monkeypatch, {"SAMSYN_LISTEN": value})
    assert refusal().startswith("SAMSYN_LISTEN: write it as address:port")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"SAMSYN_LANGUAGE": "fi"}, "SAMSYN_LANGUAGE: Input should be 'sv' or 'en'"),
        ({**SLACK, "SAMSYN_SLACK_BOT_TOKEN": "xoxp-1"}, "SAMSYN_SLACK_BOT_TOKEN begins with xoxb-"),
        ({**SLACK, "SAMSYN_SLACK_APP_TOKEN": "xoxb-1"}, "SAMSYN_SLACK_APP_TOKEN begins with xapp-"),
        ({"SAMSYN_SLACK_BOT_TOKEN": "xoxb-1"}, "or SAMSYN_SLACK_SIGNING_SECRET (HTTP) as well"),
        ({"SAMSYN_SLACK_APP_TOKEN": "xapp-1"}, "Slack needs SAMSYN_SLACK_BOT_TOKEN as well"),
        ({"SAMSYN_SLACK_SIGNING_SECRET": "s"}, "Slack needs SAMSYN_SLACK_BOT_TOKEN as well"),
        ({"SAMSYN_SLACK_API": "slack.com"}, "SAMSYN_SLACK_API: write an address that begins with https://"),
        ({"SAMSYN_TELEGRAM_API": "ftp://x"}, "SAMSYN_TELEGRAM_API: write an address"),
        ({"SAMSYN_PUBLIC_URL": "http://x.org"}, "SAMSYN_PUBLIC_URL: write an address that begins with https://"),
        ({"SAMSYN_PUBLIC_URL": "https://[x"}, "SAMSYN_PUBLIC_URL: write an address that begins with https://"),
        ({"SAMSYN_TELEGRAM_TOKEN": "abc"}, "SAMSYN_TELEGRAM_TOKEN is a number, a colon and letters"),
        ({**TELEGRAM, "SAMSYN_TELEGRAM_WEBHOOK_SECRET": "å"}, "may have 1-256 letters, digits, _ and - only"),
        ({**TELEGRAM, "SAMSYN_TELEGRAM_WEBHOOK_SECRET": "s"}, "a Telegram webhook needs SAMSYN_PUBLIC_URL"),
        ({"SAMSYN_TELEGRAM_WEBHOOK_SECRET": "s"}, "a Telegram webhook needs SAMSYN_TELEGRAM_TOKEN as well"),
        ({"SAMSYN_TELEGRAM_TOKN": "1:a"}, "SAMSYN_TELEGRAM_TOKN is no setting; did you mean SAMSYN_TELEGRAM_TOKEN?"),
        ({"SAMSYN_QQQQ": "1"}, "SAMSYN_QQQQ is no setting"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], told: str
) -> None:
    """Each mistake names the setting and what to write."""
    given(monkeypatch, values)
    assert told in refusal()


def test_everything_wrong_is_said_at_once_and_no_secret_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One does not have to mend one mistake to hear of the next, and a wrong token stays secret."""
    given(monkeypatch, {"SAMSYN_SLACK_BOT_TOKEN": "topsecret", "SAMSYN_TELEGRAM_TOKEN": "topsecret"})

    told = refusal()

    assert len(told.splitlines()) == 3
    assert "topsecret" not in told


def test_a_misspelt_name_in_the_file_is_found_too() -> None:
    """The file is read as strictly as the environment."""
    Path(".env").write_text("SAMSYN_LANGAUGE=en\n", "utf-8")
    assert refusal() == "SAMSYN_LANGAUGE is no setting; did you mean SAMSYN_LANGUAGE?"


def test_a_file_that_is_no_text_is_said_to_be_so() -> None:
    """Garbage in .env gives a sentence, not a trace."""
    Path(".env").write_bytes(b"SAMSYN_LANGUAGE=\xff\xfe\n")
    assert refusal() == ".env cannot be read: UnicodeDecodeError"


# --- What is promised --------------------------------------------------------------------------------------------


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever logs the settings by mistake gives nothing away."""
    given(monkeypatch, {**SLACK, **TELEGRAM})
    settings = read_settings()
    assert not any(each in f"{settings} {settings!r} {settings.model_dump()}" for each in settings.secrets)


def test_the_example_lists_every_setting_with_its_default_and_a_comment() -> None:
    """.env.example is complete, in step with the settings, and explains each."""
    defaults = {
        str(each.validation_alias or f"{PREFIX}{name}".upper()): ""
        if each.annotation is SecretStr
        else str(each.default)
        for name, each in Settings.model_fields.items()
    }
    lines = EXAMPLE.read_text("utf-8").splitlines()
    set_without_a_word = [
        each for before, each in pairwise(lines) if "=" in each and not before.startswith("#")
    ]

    assert written() == defaults
    assert set_without_a_word == []


def test_the_readme_tells_of_every_setting() -> None:
    """The table in the README names each setting."""
    text = README.read_text("utf-8")
    assert [each for each in written() if f"`{each}`" not in text] == []


def test_every_setting_says_what_it_is() -> None:
    """Nothing can be set without a word of explanation."""
    assert all(each.description for each in Settings.model_fields.values())
