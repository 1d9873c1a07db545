"""The doctor: what it finds here and at the platforms, each in a sentence with what to do, and never a token."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.checks import look
from bot.clock import SystemClock
from bot.finding import Finding
from bot.settings import Settings
from bot.slack.manifest import SCOPES
from bot.web import address, listener, served
from storage.migrations import migrate, migrations
from storage.sqlite import SqliteDatabase
from tests.bot.served_platforms import both_platforms
from tests.bot.test_backups import of_a_newer_version, spoil

pytestmark = pytest.mark.anyio

SLACK: dict[str, Any] = {"slack_bot_token": "xoxb-secret", "slack_app_token": "xapp-secret"}
TELEGRAM: dict[str, Any] = {"telegram_token": "4200:secret"}


@dataclass(slots=True)
class Platform:
    """A server that answers as it is told: a reply and headers for each method."""

    base: str = ""
    replies: dict[str, tuple[Any, dict[str, str]]] = field(default_factory=dict)

    async def answer(self, request: Request) -> Response:
        """One answer; nonsense where none was told."""
        reply, headers = self.replies.get(request.path_params["method"], ("what?", {}))
        return PlainTextResponse(reply) if isinstance(reply, str) else JSONResponse(reply, headers=headers)

    def will(self, method: str, reply: dict[str, Any], **headers: str) -> None:
        """Answer this method so from now on."""
        self.replies[method] = (reply, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(name="platform")
async def _platform() -> AsyncIterator[Platform]:
    """Slack and Telegram at their best; tests spoil one answer."""
    platform = Platform()
    platform.will(
        "auth.test", {"ok": True, "user": "samsyn", "team": "Forum"}, x_oauth_scopes=", ".join(SCOPES)
    )
    platform.will("apps.connections.open", {"ok": True, "url": "wss://x"})
    platform.will("getMe", {"ok": True, "result": {"username": "SamsynBot", "can_join_groups": True}})
    platform.will("getWebhookInfo", {"ok": True, "result": {"url": ""}})
    taken = listener("127.0.0.1", 0)
    routes = [Route("/{token}/{method}", platform.answer, methods=["POST"])]
    async with served(Starlette(routes=routes), taken):
        platform.base = address(taken)
        yield platform


@pytest.fixture(name="path")
def _path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the database would be, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "samsyn.db"


async def found(path: Path, platform: Platform | None = None, **more: Any) -> list[Finding]:
    """Everything found, without the note on the version of SQLite that not every machine has."""
    where: dict[str, Any] = (
        {"slack_api": f"{platform.base}/slack/", "telegram_api": f"{platform.base}/bot"} if platform else {}
    )
    settings = Settings(database=path, **where, **more)
    findings = [each async for each in look(settings) if not each.what.startswith("SQLite is ")]
    assert not any(secret in f"{each}" for each in findings for secret in settings.secrets)
    return findings


def only(findings: list[Finding], level: str) -> list[str]:
    """The sentences of one kind."""
    return [each.what for each in findings if each.level == level]


# --- Here --------------------------------------------------------------------------------------------------------


async def test_without_tokens_one_hears_of_the_playground(path: Path) -> None:
    """A fresh checkout has nothing wrong with it."""
    findings = await found(path)
    assert [each.level for each in findings] == ["fine", "note"]
    assert findings[0].what == f"The database {path} will be made at the first start."
    assert findings[1].what == "No token is set, so run starts the playground."


async def test_a_file_of_secrets_that_others_can_read_is_noted(path: Path) -> None:
    """One is told the command that closes it."""
    file = path.with_name(".env")
    file.touch(0o600)
    assert len(await found(path)) == 2
    file.chmod(0o644)
    assert (await found(path))[0].todo == "Run: chmod 600 .env"


async def test_a_database_that_is_whole_is_fine(path: Path) -> None:
    """One hears also whether a bot is running on it."""
    with closing(SqliteDatabase(path)) as database:
        migrate(database.tools)
        in_use = await found(path)
    assert only(in_use, "fine") == [f"The database {path} is whole, and a bot is running on it."]
    assert only(await found(path), "fine") == [f"The database {path} is whole."]


async def test_a_database_with_an_older_schema_is_noted(path: Path) -> None:
    """It will be brought up to date by itself."""
    with closing(SqliteDatabase(path)) as database:
        migrations.apply(database.tools, stop_before="search")
    assert f"The database {path} gets a newer schema at the next start." in only(await found(path), "note")


async def test_a_database_of_a_newer_version_is_wrong(path: Path) -> None:
    """This version would not understand it."""
    with closing(SqliteDatabase(path)) as database:
        migrate(database.tools)
    of_a_newer_version(path)
    assert only(await found(path), "wrong") == [f"The database {path} was made by a newer Samsyn."]


async def test_a_damaged_database_is_wrong(path: Path) -> None:
    """A backup helps."""
    with closing(SqliteDatabase(path)) as database:
        migrate(database.tools)
        database.writer.execute("pragma wal_checkpoint(truncate)")
        database.writer.execute("pragma foreign_keys = off")
        database.writer.execute("insert into account values ('slack', 'T', 'U', 99, 'x', 1, 0)")
    assert only(await found(path), "wrong") == [f"The database {path} is damaged."]
    spoil(path)
    assert len(only(await found(path), "wrong")) == 1


async def test_what_is_no_database_is_wrong(path: Path) -> None:
    """A sentence, not a trace."""
    shutil.copyfile(__file__, path)
    findings = await found(path)
    assert only(findings, "wrong") == [f"The database {path} cannot be read: file is not a database."]


async def test_a_folder_that_takes_nothing_is_wrong(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is told which."""

    def refused(**_where: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bot.checks.tempfile.TemporaryFile", refused)
    findings = await found(path / "deep" / "down.db")
    assert only(findings, "wrong") == [f"Nothing can be written in {path.parent}: Permission denied."]


async def test_a_full_disk_is_noted_before_it_is_too_late(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less than a tenth left is worth a word."""
    usage = SimpleNamespace(total=100, free=5)
    monkeypatch.setattr("bot.health.shutil.disk_usage", lambda _folder: usage)
    notes = only(await found(path), "note")
    assert "The disk of the database is more than nine tenths full." in notes


@pytest.mark.parametrize(("version", "notes"), [((3, 51, 2), 2), ((3, 51, 3), 1), ((3, 60, 0), 1)])
async def test_an_old_sqlite_is_noted(
    path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], notes: int
) -> None:
    """What is rare and does not concern us is said, not held against anybody."""
    monkeypatch.setattr("bot.checks.sqlite3.sqlite_version_info", version)
    findings = [each async for each in look(Settings(database=path))]
    assert len(only(findings, "note")) == notes


# --- The clock ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "told"), [(1, "3600 seconds ahead of"), (-1, "3600 seconds behind"), (0, "")]
)
async def test_a_clock_that_is_off_is_wrong(path: Path, platform: Platform, hours: int, told: str) -> None:
    """Compared with what both platforms' servers say."""
    where: dict[str, Any] = {
        "slack_api": f"{platform.base}/slack/", "telegram_api": f"{platform.base}/bot", **SLACK, **TELEGRAM
    }  # fmt: skip
    clock = SystemClock()
    clock.forward(timedelta(hours=hours))
    found = [each async for each in look(Settings(database=path, **where), clock)]
    clocks = [each for each in found if "This machine's clock" in each.what]
    assert len(clocks) == (2 if told else 0)
    for each, name in zip(clocks, ("Slack", "Telegram"), strict=False):
        rounded = re.sub(r"\d+", lambda seconds: str(round(int(seconds[0]), -2)), each.what)
        assert (each.level, rounded) == ("wrong", f"This machine's clock is {told} {name}'s.")
        assert "timedatectl" in each.todo


# --- At the platforms --------------------------------------------------------------------------------------------


async def test_all_is_well_at_both_stand_ins(path: Path) -> None:
    """The platforms of the playground pass, as real ones would."""
    async with both_platforms() as platforms:
        given = platforms.environment(path.parent)
        names: dict[str, Any] = {name.removeprefix("SAMSYN_").lower(): value for name, value in given.items()}
        del names["database"]
        findings = await found(path, **names)
    assert only(findings, "wrong") == []
    assert "Slack: Socket Mode answers." in only(findings, "fine")
    assert "Telegram: we are @SamsynBot." in only(findings, "fine")


async def test_a_slack_that_is_well_set_up(path: Path, platform: Platform) -> None:
    """One sees who the bot is, that its scopes are enough and that Socket Mode answers."""
    assert only(await found(path, platform, **SLACK), "fine")[1:] == [
        "Slack: we are samsyn in the workspace Forum.",
        "Slack: the token has every scope that is needed.",
        "Slack: Socket Mode answers.",
    ]


async def test_scopes_that_are_missing_are_named(path: Path, platform: Platform) -> None:
    """With the way to add them."""
    platform.will("auth.test", {"ok": True}, x_oauth_scopes=",".join(SCOPES - {"im:write", "commands"}))
    wrong = [each for each in await found(path, platform, **SLACK) if each.level == "wrong"]
    assert [each.what for each in wrong] == ["Slack: the token lacks commands, im:write."]
    assert "install it again" in wrong[0].todo


async def test_scopes_that_slack_does_not_tell(path: Path, platform: Platform) -> None:
    """What is not known is not called wrong."""
    platform.will("auth.test", {"ok": True})
    assert only(await found(path, platform, **SLACK), "note") == [
        "Slack did not say which scopes the token has."
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("invalid_auth", "SAMSYN_SLACK_BOT_TOKEN: Slack does not know this token."),
        ("token_revoked", "SAMSYN_SLACK_BOT_TOKEN: The token was taken back."),
        ("account_inactive", "SAMSYN_SLACK_BOT_TOKEN: The app is no longer installed in the workspace."),
        ("something_new", "SAMSYN_SLACK_BOT_TOKEN: Slack refuses it: something_new."),
    ],
)
async def test_a_bot_token_that_slack_refuses(path: Path, platform: Platform, code: str, told: str) -> None:
    """One hears why, and where the right one is to be found."""
    platform.will("auth.test", {"ok": False, "error": code})
    wrong = [each for each in await found(path, platform, **SLACK) if each.level == "wrong"]
    assert [each.what for each in wrong] == [told]
    assert "OAuth & Permissions" in wrong[0].todo


async def test_an_app_token_that_slack_refuses(path: Path, platform: Platform) -> None:
    """It is told apart from the bot's token."""
    platform.will("apps.connections.open", {"ok": False, "error": "not_allowed_token_type"})
    wrong = [each for each in await found(path, platform, **SLACK) if each.level == "wrong"]
    assert wrong[0].what.startswith("SAMSYN_SLACK_APP_TOKEN: This is another kind of token")
    assert "connections:write" in wrong[0].todo


@pytest.mark.parametrize(
    ("public", "told"),
    [
        ("https://b.org", "https://b.org/slack/events"),
        ("", "https://<where this machine is reached>/slack/events"),
    ],
)
async def test_slack_over_http_tells_which_address_to_enter(
    path: Path, platform: Platform, public: str, told: str
) -> None:
    """The signing secret itself cannot be tried out."""
    more = {"slack_bot_token": "xoxb-secret", "slack_signing_secret": "s3cret", "public_url": public}
    findings = await found(path, platform, **more)
    assert findings[-1] == Finding("note", "Slack delivers over HTTP.", f"Request URL in the app: {told}")


async def test_platforms_that_cannot_be_reached(path: Path) -> None:
    """Nobody listens, or what answers makes no sense: one is told to look at the network."""
    taken = listener("127.0.0.1", 0)
    nowhere = Platform(address(taken))
    taken.close()
    findings = await found(path, nowhere, **SLACK, **TELEGRAM)
    assert only(findings, "wrong") == [
        "SAMSYN_SLACK_BOT_TOKEN: Slack cannot be reached.",
        "Telegram cannot be reached.",
    ]


@pytest.mark.parametrize("nonsense", ["<html>", "[]"])
async def test_answers_that_make_no_sense(path: Path, platform: Platform, nonsense: str) -> None:
    """A page in between, or another server altogether."""
    platform.replies = {each: (nonsense, {}) for each in ("auth.test", "getMe")}
    assert len(only(await found(path, platform, **SLACK, **TELEGRAM), "wrong")) == 2


async def test_a_telegram_that_is_well_set_up(path: Path, platform: Platform) -> None:
    """One sees who the bot is and how updates come."""
    assert only(await found(path, platform, **TELEGRAM), "fine")[1:] == [
        "Telegram: we are @SamsynBot.",
        "Telegram: updates come by polling.",
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (401, "SAMSYN_TELEGRAM_TOKEN: Telegram does not know this token."),
        (404, "SAMSYN_TELEGRAM_TOKEN: Telegram does not know this token."),
        (502, "Telegram refuses us: 502."),
    ],
)
async def test_a_token_that_telegram_refuses(path: Path, platform: Platform, code: int, told: str) -> None:
    """One hears whether it is the token."""
    platform.will("getMe", {"ok": False, "error_code": code})
    assert only(await found(path, platform, **TELEGRAM), "wrong") == [told]


async def test_a_bot_that_may_not_join_groups_and_hears_too_much(path: Path, platform: Platform) -> None:
    """The first makes it useless, the second is more than it needs."""
    me = {"username": "SamsynBot", "can_join_groups": False, "can_read_all_group_messages": True}
    platform.will("getMe", {"ok": True, "result": me})
    findings = await found(path, platform, **TELEGRAM)
    assert only(findings, "wrong") == ["Telegram: the bot may not be added to groups."]
    assert only(findings, "note") == ["Telegram: the bot is sent everything that is said in its groups."]


@pytest.mark.parametrize(
    ("found_url", "secret", "level", "told"),
    [
        ("", "s3cret", "note", "Telegram will bring updates to https://b.org/telegram/updates from the next start on."),
        ("https://b.org/telegram/updates", "s3cret", "fine", "Telegram: updates come by webhook."),
        ("https://other.org/x", "s3cret", "note", "Telegram brings updates to another address, at other.org."),
        ("https://other.org/x", "", "note", "Telegram brings updates to another address, at other.org."),
    ],
)  # fmt: skip
async def test_where_telegram_brings_updates(
    path: Path, platform: Platform, found_url: str, secret: str, level: str, told: str
) -> None:
    """An address that is not ours is noted: perhaps another installation uses the token."""
    platform.will("getWebhookInfo", {"ok": True, "result": {"url": found_url}})
    more = {**TELEGRAM, "telegram_webhook_secret": secret, "public_url": "https://b.org"}
    assert told in only(await found(path, platform, **more), level)


async def test_deliveries_that_failed_are_noted(path: Path, platform: Platform) -> None:
    """What Telegram says of the last try, and how much waits."""
    info = {
        "url": "https://b.org/telegram/updates",
        "last_error_message": "timed out",
        "pending_update_count": 3,
    }
    platform.will("getWebhookInfo", {"ok": True, "result": info})
    more = {**TELEGRAM, "telegram_webhook_secret": "s3cret", "public_url": "https://b.org"}
    last = (await found(path, platform, **more))[-1]
    assert last.what == "Telegram's last delivery failed: timed out."
    assert last.todo.startswith("3 updates wait.")


async def test_a_telegram_that_tells_nothing_of_its_deliveries(path: Path, platform: Platform) -> None:
    """What is not known is left out."""
    platform.will("getWebhookInfo", {"ok": False, "error_code": 502})
    assert only(await found(path, platform, **TELEGRAM), "fine")[1:] == ["Telegram: we are @SamsynBot."]
