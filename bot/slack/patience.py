"""The client of Slack's Web API, which does not ask for what Slack told us to leave alone.

Slack counts by method, and for messages by channel: https://docs.slack.dev/apis/web-api/rate-limits
"""

import math
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from typing_extensions import override

from bot.holds import Holds
from bot.slack.troubles import TOO_MANY, retry_after

LIMITED: Final = "ratelimited"


class PatientClient(AsyncWebClient):
    """Answers by itself what Slack would only answer with "too many", in Slack's own words.

    So whoever asks sees no difference: our own calls, and those of the library when it makes a new connection.
    """

    def __init__(self, holds: Holds, **more: Any) -> None:  # noqa: ANN401 - the library's
        super().__init__(**more)
        self._holds = holds

    @override
    async def api_call(self, api_method: str, **how: Any) -> AsyncSlackResponse:
        what = _limited(api_method, how.get("json") or how.get("params") or {})
        if left := self._holds.left(what):
            raise SlackApiError(LIMITED, self._refusal(api_method, left))  # type: ignore[no-untyped-call]
        try:
            return await super().api_call(api_method, **how)
        except SlackApiError as refusal:
            # A reply that is no JSON comes as the connection's own object, all others as the library's.
            raw = refusal.response
            if TOO_MANY in (getattr(raw, "status_code", 0), getattr(raw, "status", 0)):
                await self._holds.hold(what, retry_after(raw.headers))
            raise

    def _refusal(self, method: str, left: float) -> AsyncSlackResponse:
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url=method, req_args={}, data={"ok": False, "error": LIMITED},
            headers={"Retry-After": str(math.ceil(left))}, status_code=TOO_MANY,
        )  # fmt: skip


def _limited(method: str, args: dict[str, Any]) -> str:
    return f"{method} {args.get('channel', '')}" if method.startswith("chat.") else method
