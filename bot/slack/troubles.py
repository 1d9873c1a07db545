"""What Slack's refusals mean for us: one table from error codes to kinds of trouble.

https://docs.slack.dev/reference/methods/chat.postMessage and its neighbours list the codes.
"""

import re
from collections.abc import Callable, Mapping

from bot.adapter import (
    Broken,
    Gone,
    MessageGone,
    NotNow,
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)

TOO_MANY = 429
UNAVAILABLE = 503
BROKEN = 500
PAUSE = 30.0
"""When Slack says "not now" without saying until when."""
SOON = 5.0
LONGEST_PAUSE = 3600.0

_KINDS: dict[Callable[[str], SendTrouble], str] = {
    Revoked: """invalid_auth not_authed account_inactive token_revoked token_expired no_permission missing_scope
        org_login_required ekm_access_denied not_allowed_token_type team_access_not_granted access_denied
        invalid_app_token app_disabled""",
    Gone: """channel_not_found not_in_channel is_archived channel_is_archived is_inactive team_not_found
        restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel as_user_not_supported""",
    Unreachable: """user_not_found user_disabled user_not_visible cannot_dm_bot user_is_bot user_is_restricted
        messages_tab_disabled user_not_in_channel users_not_found not_enabled cannot_message_user""",
    MessageGone: """message_not_found cant_update_message cant_edit_message edit_window_closed message_deleted
        block_mismatch""",
    Broken: "internal_error fatal_error",
}
_CODE = re.compile("[a-z][a-z0-9_]{0,79}")
_BY_CODE = {code: kind for kind, codes in _KINDS.items() for code in codes.split()}
_LATER = {
    "ratelimited": PAUSE,
    "rate_limited": PAUSE,
    "message_limit_exceeded": 60.0,
    "service_unavailable": SOON,
    "request_timeout": SOON,
    "team_added_to_org": 600.0,
    "accesslimited": PAUSE,
}
THREAD_CLOSED = frozenset(
    {"invalid_thread_ts", "cannot_reply_to_message", "thread_locked", "restricted_action_thread_locked"}
)
"""The message could be sent, only not as a reply."""


class ThreadClosed(Refused):
    """No replies are taken there; the chat itself is open."""


class TriggerGone(Refused):
    """The moment in which a modal could be opened has passed."""


_OWN: dict[str, Callable[[str], SendTrouble]] = {
    **dict.fromkeys(THREAD_CLOSED, ThreadClosed),
    **dict.fromkeys(("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"), TriggerGone),
}


def of_reply(status: int, headers: Mapping[str, str], body: object) -> SendTrouble:
    """The trouble that a reply tells of. What makes no sense leaves open whether anything was done."""
    code = body.get("error") if isinstance(body, dict) else None
    if status == TOO_MANY or code in ("ratelimited", "rate_limited"):
        return NotNow(retry_after(headers))
    if isinstance(code, str):
        return of_code(code, status)
    if status == UNAVAILABLE:
        return NotNow(retry_after(headers, SOON), everywhere=True)
    return Broken(f"status {status}") if status >= BROKEN else Uncertain(f"status {status}")


def of_code(code: str, status: int = 200) -> SendTrouble:
    """The trouble that an error code names; an unknown one is a refusal, or with a broken server uncertain."""
    if code in _LATER:
        return NotNow(_LATER[code], everywhere=code in ("service_unavailable", "team_added_to_org"))
    kind = _OWN.get(code) or _BY_CODE.get(code)
    if kind is None:
        kind = Broken if status >= BROKEN else Refused
    # The reason is written to the log, where nothing but a word of Slack's own vocabulary belongs.
    return kind(code if _CODE.fullmatch(code) else "no code")


def retry_after(headers: Mapping[str, str], otherwise: float = PAUSE) -> float:
    """How long Slack asks us to wait, in seconds."""
    raw = headers.get("Retry-After", "")
    if not (raw.isascii() and raw.isdigit()):
        return otherwise
    return min(max(float(raw[:6]), 1.0), LONGEST_PAUSE)
