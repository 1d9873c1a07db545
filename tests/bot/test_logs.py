"""The log: listed fields only, no tokens, and of the libraries only where they spoke."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from typing_extensions import override

from bot import logs

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


class Terminal(io.StringIO):
    """A stream that a person is watching."""

    @override
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave logging as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


@pytest.fixture(name="stream")
def _stream() -> io.StringIO:
    """A log that has begun, with one secret of ours."""
    stream = io.StringIO()
    logs.begin(stream, ["hush-hush"])
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """What was written, line by line."""
    return [json.loads(each) for each in stream.getvalue().splitlines()]


def test_a_record_is_a_line_of_json_with_time_and_level(stream: io.StringIO) -> None:
    """Machines can read it."""
    structlog.get_logger().warning("fault", kind="ValueError", attempts=3, port=80)
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "fault", "level": "warning", "kind": "ValueError", "port": 80}


def test_fields_that_are_not_listed_are_dropped(stream: io.StringIO) -> None:
    """A text or a name that somebody logs by mistake is not written."""
    structlog.get_logger().info("said", text="our secret plan", name="Ada", user="U1", chat="C1")
    assert lines(stream)[0].keys() == {"event", "level", "timestamp"}


@pytest.mark.parametrize(
    "secret",
    ["hush-hush", "xoxb-1234-abcd", "xoxe.xoxb-1-Abc", "xapp-1-A-b", TOKEN, "ticket=0b7c-11"],
)
def test_tokens_are_taken_out_of_what_is_written(stream: io.StringIO, secret: str) -> None:
    """Ours by their value, others by their looks, wherever they stand."""
    structlog.get_logger().error(
        "x", reason=f"POST /bot{secret}/sendMessage", frames=[secret], kind=Exception(secret)
    )
    (line,) = lines(stream)
    assert secret.removeprefix("ticket=") not in stream.getvalue()
    assert logs.GONE in line["reason"]
    assert logs.GONE in line["frames"][0]
    assert logs.GONE in line["kind"]


def test_keys_of_what_came_in_are_no_tokens(stream: io.StringIO) -> None:
    """What helps to find the cause is still there."""
    key = "1770000000000:timer:remind-12-before-the-day-it-is-due"
    structlog.get_logger().error("fault", key=key, trouble=None, waiting=2.5)
    assert lines(stream)[0]["key"] == key


def test_long_values_are_cut(stream: io.StringIO) -> None:
    """Nobody fills the disk with one line."""
    structlog.get_logger().error("fault", reason="x" * 5000)
    assert len(lines(stream)[0]["reason"]) == logs.LONGEST


def test_of_a_library_only_the_place_is_told(stream: io.StringIO) -> None:
    """Its sentence may quote a message; where it was said leads to the same knowledge."""
    try:
        raise ValueError("our secret plan")  # noqa: TRY301 - to be logged
    except ValueError:
        logging.getLogger("slack_sdk.web").exception("could not send %s", "our secret plan")
    (line,) = lines(stream)
    assert "secret plan" not in stream.getvalue()
    assert (line["library"], line["level"], line["kind"]) == ("slack_sdk.web", "error", "ValueError")
    assert line["place"].startswith("bot/test_logs.py:")
    assert line["place"].endswith("test_of_a_library_only_the_place_is_told")
    assert line["frames"][0].startswith("bot/test_logs.py:")


def test_the_web_server_may_say_what_it_has_to_say(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never sees what people write."""
    # Servers of other tests set up logging of their own, which keeps their words to themselves.
    monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
    logging.getLogger("uvicorn.other").warning("Invalid HTTP request received.")
    assert lines(stream)[0]["said"] == "Invalid HTTP request received."


@pytest.mark.parametrize("name", [*logs.CHATTY, "some.other"])
def test_libraries_are_heard_from_warnings_on(stream: io.StringIO, name: str) -> None:
    """Requests, addresses and payloads that they tell of at lower levels are not written."""
    logging.getLogger(name).info("GET https://api.telegram.org/bot%s/getMe", TOKEN)
    assert stream.getvalue() == ""


def test_beginning_again_does_not_write_twice(stream: io.StringIO) -> None:
    """There is one log."""
    again = io.StringIO()
    logs.begin(again)
    logging.getLogger("asyncio").warning("x")
    assert (len(lines(again)), stream.getvalue()) == (1, "")


def test_a_person_who_watches_gets_lines_that_are_easy_to_read() -> None:
    """Not JSON, but the same fields."""
    terminal = Terminal()
    logs.begin(terminal)
    structlog.get_logger().warning("platform away", platform="slack", text="our secret plan")
    assert "platform away" in terminal.getvalue()
    assert "slack" in terminal.getvalue()
    assert "secret plan" not in terminal.getvalue()
