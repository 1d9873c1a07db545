"""What is wrong with tokens, scopes and answers of the platforms, in the order in which a person would mend it.

Changes nothing and prints no token. Also compares this machine's clock with theirs.
"""

# ruff: noqa: PLC0415 - a platform that is not set up is not imported

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.clock import Clock
from bot.finding import Finding
from bot.settings import FILE, Settings
from bot.skew import TOLERATED, skew

PATIENCE: Final = aiohttp.ClientTimeout(total=10)
NOT_THERE: Final = "unreachable"

_SLACK_REFUSALS: Final = {
    "invalid_auth": "Slack does not know this token.",
    "not_authed": "Slack does not know this token.",
    "account_inactive": "The app is no longer installed in the workspace.",
    "token_revoked": "The token was taken back.",
    "token_expired": "The token has expired.",
    "not_allowed_token_type": "This is another kind of token than the one that is needed here.",
    "missing_scope": "The token lacks a scope.",
    NOT_THERE: "Slack cannot be reached.",
}


async def at_platforms(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Everything about the platforms that the settings name."""
    if not (settings.slack or settings.telegram):
        yield Finding("note", "No token is set, so run starts the playground.", f"Put tokens into {FILE}.")
        return
    if settings.slack:
        async with _session(settings.slack_api) as session:
            async for each in _Slack(settings, session).look():
                yield each
        async for each in _clock(clock, settings.slack_api, "Slack"):
            yield each
    if settings.telegram:
        async with _session(settings.telegram_api) as session:
            async for each in _Telegram(settings, session).look():
                yield each
        async for each in _clock(clock, settings.telegram_api, "Telegram"):
            yield each


async def _clock(clock: Clock, address: str, platform: str) -> AsyncIterator[Finding]:
    ahead = await skew(address, clock)
    if ahead is not None and abs(ahead) > TOLERATED:
        side = "ahead of" if ahead.total_seconds() > 0 else "behind"
        seconds = round(abs(ahead).total_seconds())
        yield Finding(
            "wrong",
            f"This machine's clock is {seconds} seconds {side} {platform}'s.",
            "Let it follow a time server: timedatectl set-ntp true",
        )


def _session(base: str) -> aiohttp.ClientSession:
    """Through the machine's proxy as the bot itself, but never to a stand-in on this machine."""
    return aiohttp.ClientSession(timeout=PATIENCE, trust_env=base.startswith("https:"))


# --- Slack -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Slack:
    settings: Settings
    session: aiohttp.ClientSession

    async def look(self) -> AsyncIterator[Finding]:
        reply, scopes = await self._ask("auth.test", self.settings.slack_bot_token.get_secret_value())
        if not reply.get("ok"):
            yield _slack_refused(
                "SAMSYN_SLACK_BOT_TOKEN", reply, "the Bot User OAuth Token under OAuth & Permissions"
            )
            return
        yield Finding("fine", f"Slack: we are {reply.get('user')} in the workspace {reply.get('team')}.")
        yield self._scopes(scopes)
        if token := self.settings.slack_app_token.get_secret_value():
            yield await self._socket_mode(token)
        if self.settings.slack_signing_secret.get_secret_value():
            base = self.settings.public_url or "https://<where this machine is reached>"
            yield Finding("note", "Slack delivers over HTTP.", f"Request URL in the app: {base}/slack/events")

    def _scopes(self, granted: frozenset[str] | None) -> Finding:
        from bot.slack.manifest import SCOPES

        if granted is None:
            return Finding("note", "Slack did not say which scopes the token has.")
        lacking = ", ".join(sorted(SCOPES - granted))
        if lacking:
            todo = "Paste the manifest into the app once more (python -m bot manifest) and install it again."
            return Finding("wrong", f"Slack: the token lacks {lacking}.", todo)
        return Finding("fine", "Slack: the token has every scope that is needed.")

    async def _socket_mode(self, token: str) -> Finding:
        reply, _ = await self._ask("apps.connections.open", token)
        if reply.get("ok"):
            return Finding("fine", "Slack: Socket Mode answers.")
        return _slack_refused(
            "SAMSYN_SLACK_APP_TOKEN",
            reply,
            "an app-level token with connections:write under Basic Information, with Socket Mode on",
        )

    async def _ask(self, method: str, token: str) -> tuple[Mapping[str, Any], frozenset[str] | None]:
        url = f"{self.settings.slack_api.rstrip('/')}/{method}"
        reply, headers = await _asked(self.session, url, {"Authorization": f"Bearer {token}"})
        scopes = headers.get("x-oauth-scopes")
        return reply, None if scopes is None else frozenset(each.strip() for each in scopes.split(","))


def _slack_refused(setting: str, reply: Mapping[str, Any], right: str) -> Finding:
    code = str(reply.get("error", "no reason"))
    why = _SLACK_REFUSALS.get(code, f"Slack refuses it: {code}.")
    todo = "Check the network of this machine." if code == NOT_THERE else f"It should be {right}."
    return Finding("wrong", f"{setting}: {why}", todo)


# --- Telegram --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Telegram:
    settings: Settings
    session: aiohttp.ClientSession

    async def look(self) -> AsyncIterator[Finding]:
        reply = await self._ask("getMe")
        me = reply.get("result")
        if not isinstance(me, dict):
            yield _telegram_refused(reply)
            return
        yield Finding("fine", f"Telegram: we are @{me.get('username')}.")
        if me.get("can_join_groups") is False:
            yield Finding(
                "wrong", "Telegram: the bot may not be added to groups.", "BotFather: /setjoingroups"
            )
        if me.get("can_read_all_group_messages"):
            todo = "BotFather: /setprivacy, Enable; then take the bot out of each group and add it again."
            yield Finding("note", "Telegram: the bot is sent everything that is said in its groups.", todo)
        webhook = (await self._ask("getWebhookInfo")).get("result")
        if isinstance(webhook, dict):
            for each in self._webhook(webhook):
                yield each

    def _webhook(self, info: Mapping[str, Any]) -> Iterator[Finding]:
        wanted, found = self.settings.telegram_webhook, str(info.get("url", ""))
        if found and found != wanted:
            todo = "Is another installation using this token? The next start here takes over."
            host = urlsplit(found).hostname
            yield Finding("note", f"Telegram brings updates to another address, at {host}.", todo)
        elif wanted and not found:
            yield Finding("note", f"Telegram will bring updates to {wanted} from the next start on.")
        else:
            yield Finding("fine", f"Telegram: updates come by {'webhook' if wanted else 'polling'}.")
        if found and info.get("last_error_message"):
            said = str(info["last_error_message"])[:200]
            todo = f"{info.get('pending_update_count', 0)} updates wait. Is the address reachable over HTTPS?"
            yield Finding("note", f"Telegram's last delivery failed: {said}.", todo)

    async def _ask(self, method: str) -> Mapping[str, Any]:
        token = self.settings.telegram_token.get_secret_value()
        return (await _asked(self.session, f"{self.settings.telegram_api}{token}/{method}", {}))[0]


def _telegram_refused(reply: Mapping[str, Any]) -> Finding:
    if reply.get("error") == NOT_THERE:
        return Finding("wrong", "Telegram cannot be reached.", "Check the network of this machine.")
    if reply.get("error_code") in (401, 404):
        todo = "BotFather shows it: /mybots, API Token."
        return Finding("wrong", "SAMSYN_TELEGRAM_TOKEN: Telegram does not know this token.", todo)
    return Finding(
        "wrong", f"Telegram refuses us: {reply.get('error_code', 'no reason')}.", "Try again later."
    )


async def _asked(
    session: aiohttp.ClientSession, url: str, headers: Mapping[str, str]
) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """A platform's answer. The address may hold a token, so of an error not a word gets out."""
    with suppress(aiohttp.ClientError, TimeoutError, ValueError):
        async with session.post(url, headers=headers) as answer:
            reply = await answer.json(content_type=None)
            if isinstance(reply, dict):
                return reply, answer.headers
    return {"ok": False, "error": NOT_THERE}, {}
