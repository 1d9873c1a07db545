"""What the log tells: that something happened and where, never what anybody wrote, who they are, or a token.

Our own records keep only the fields named here. Of the libraries' records only the place in their code is kept, for
their sentences may quote payloads. Lines are JSON, or easy to read when a person is watching.
"""

import logging
import re
import traceback
from collections.abc import Iterable, MutableMapping
from typing import Any, Final, TextIO

import structlog
from typing_extensions import override

FIELDS: Final = frozenset({
    "event", "level", "timestamp", "kind", "inbound", "key", "frames", "platform", "letter", "reason", "trouble",
    "waiting", "status", "seconds", "library", "place", "said", "port", "count",
})  # fmt: skip
"""The only fields that are written."""
CHATTY: Final = ("httpx", "httpcore", "slack_bolt", "slack_sdk", "telegram", "apscheduler", "uvicorn.access")
PLAIN_SPOKEN: Final = ("uvicorn",)
"""Libraries that never see a payload: their sentences are kept."""
LONGEST: Final = 300
GONE: Final = "[secret]"
_TOKEN: Final = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|(?<!\d)\d{6,12}:[\w-]{30,}|(?<=ticket=)[\w-]+"
)

Record = MutableMapping[str, Any]


def begin(stream: TextIO, secrets: Iterable[str] = ()) -> None:
    """Write everybody's records to this stream from now on."""
    drawn: Any = structlog.dev.ConsoleRenderer() if stream.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            Allowed(secrets),
            drawn,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    root = logging.getLogger()
    for each in root.handlers[:]:
        root.removeHandler(each)
    root.addHandler(Library())
    root.setLevel(logging.WARNING)
    for name in CHATTY:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


class Allowed:
    """Drops fields that are not named above, and takes tokens and long values out of the others."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = "|".join(re.escape(each) for each in sorted(secrets, key=len, reverse=True))
        self._known = re.compile(known) if known else None

    def __call__(self, _logger: object, _method: str, record: Record) -> Record:
        return {name: self._clean(value) for name, value in record.items() if name in FIELDS}

    def _clean(self, value: object) -> object:
        match value:
            case None | bool() | int() | float():
                return value
            case list():
                return [self._clean(each) for each in value]
            case _:
                words = str(value)
                if self._known:
                    words = self._known.sub(GONE, words)
                return _TOKEN.sub(GONE, words)[:LONGEST]


class Library(logging.Handler):
    """Passes a library's record on: which library, the place in its code, the kind of error."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        told: dict[str, Any] = {"library": record.name, "place": _place(record)}
        if record.name.partition(".")[0] in PLAIN_SPOKEN:
            told["said"] = record.getMessage()
        if fault is not None:
            told |= {"kind": type(fault).__name__, "frames": frames_of(fault)}
        structlog.get_logger().log(record.levelno, "library", **told)


def frames_of(fault: BaseException) -> list[str]:
    """Where an error came from, without a word of what it says."""
    return [
        f"{_short(each.filename)}:{each.lineno} {each.name}"
        for each in traceback.extract_tb(fault.__traceback__)[-8:]
    ]


def _place(record: logging.LogRecord) -> str:
    return f"{_short(record.pathname)}:{record.lineno} {record.funcName}"


def _short(path: str) -> str:
    return "/".join(path.rsplit("/", 2)[-2:])
