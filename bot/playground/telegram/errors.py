"""Refusals of the Bot API, in the real server's own words.

An `ApiError` raised anywhere inside a method becomes the JSON answer `{"ok": false, …}` with its status.
`Impossible` is for a person's hands: something that no Telegram app would let a person do.
"""

MESSAGE_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
WEBHOOK_TOOK_OVER = "Conflict: terminated by setWebhook request"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class ApiError(Exception):
    """A refused call: status, description and the `parameters` that some refusals carry."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Impossible(Exception):  # noqa: N818 - a fact of the world rather than an error
    """No Telegram app lets a person do this: the button is not there, the chat is not theirs."""


def bad_request(reason: str, **parameters: int) -> ApiError:
    """Make a 400."""
    return ApiError(400, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> ApiError:
    """Make a 403."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(description: str) -> ApiError:
    """Make a 409."""
    return ApiError(409, description)


def too_many_requests(retry_after: int) -> ApiError:
    """Make a 429 with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
