"""What strangers, and a platform gone mad, may bring to the doors: requests that are not right, byte by byte.

Three kinds: without any right to come in, signed as the platform would but wrong inside, and with a signature that is
nearly one. Bodies are recorded payloads with something wrong in them; heads are what only HTTP's worst friends write.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from bench import scene, wire
from bench.fuzzing.dice import Dice
from bench.fuzzing.forging import Forging
from bench.fuzzing.mutate import Mutator, garbled
from bench.fuzzing.words import Words

Heads = list[tuple[bytes, bytes]]
RECORDED: Final = Path("tests/payloads")
JSON, FORM = b"application/json", b"application/x-www-form-urlencoded"
KINDS: Final = (JSON, JSON, FORM, b"", b"text/plain", b"application/json; charset=utf-7", b"multipart/form-data; boundary=x",
                b"application/xml", b"\xff\xfe", b"application/json\x00", b"APPLICATION/JSON")  # fmt: skip
METHODS: Final = (
    b"GET",
    b"PUT",
    b"DELETE",
    b"HEAD",
    b"PATCH",
    b"OPTIONS",
    b"TRACE",
    b"post",
    b"CONNECT",
    b"PROPFIND",
    b"\x00",
    b"",
)
PATHS: Final = (
    b"/", b"/slack/events/", b"/slack/events?" + b"a=1&" * 500, b"//slack/events", b"/slack/%2e%2e/live", b"/%00", b"/%ff%fe",
    b"/telegram/updates;x", b"/slack/events#x", b"*", b"http://[::1/slack/events", b"/" + b"a" * 9000, b"/../../etc/passwd",
    "/släck".encode(), b"slack/events", b"/live/", b"/ready?x=%zz", b"/metrics/..", b"/telegram/updates%20", b"",
)  # fmt: skip
VERSIONS: Final = (
    b"HTTP/1.1",
    b"HTTP/1.0",
    b"HTTP/0.9",
    b"HTTP/2.0",
    b"HTTP/9.9",
    b"http/1.1",
    b"",
    b"HTTP/1.1 x",
)
_STRANGE: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"Transfer-Encoding", b"chunked"), (b"Transfer-Encoding", b"gzip, chunked"), (b"Transfer-Encoding", b"identity"),
    (b"Content-Length", b"-1"), (b"Content-Length", b"1e3"), (b"Content-Length", b"99999999999999999999"), (b"Content-Length", b"0"),
    (b"Content-Length", b"\xb2"), (b"Expect", b"100-continue"), (b"Expect", b"x"), (b"Upgrade", b"websocket"), (b"Host", b"["),
    (b"Connection", b"upgrade"), (b"Host", b"a b"), (b"Content-Encoding", b"gzip"), (b"X-Forwarded-For", b"\xff" * 40),
    (b"X-A", b"x" * 70_000), (b"Na\x00me", b"x"), (b"Bad name", b"x"), (b"", b"x"), (b"X-B", b"a\r\n b"), (b"Range", b"bytes=-1"),
    (b"Cookie", b"a=b; " * 900), (b"X-Slack-Retry-Num", b"NaN"), (b"Accept", b"*/*;q=x"),
)  # fmt: skip
_BROKEN: Final = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\r\n\r\n\r\n", b"GET\r\n\r\n",
    b"\x00" * 300, b"{}\r\n\r\n", b"POST /slack/events\r\n\r\n", b"GET / HTTP/1.1\nHost: x\n\n", b"A" * 70_000 + b"\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\n" + b"a: b\r\n" * 5000 + b"\r\n", b"GET /live HTTP/1.1\r\n: x\r\n\r\n",
)  # fmt: skip
"""Requests that are none."""


@dataclass(frozen=True, slots=True)
class Knock:
    """Bytes to send. ``whole``: the server has all that was announced; otherwise the sender hangs up afterwards."""

    raw: bytes
    whole: bool = True


class Knocks:
    """Everything that may be brought. ``now`` is the time of day in seconds."""

    def __init__(self, dice: Dice, now: Callable[[], float]) -> None:
        self._dice = dice
        self._now = now
        words = Words(dice, ("beslut", "decision", "puls", "help"), 0.4)
        self._mutator = Mutator(dice, words, Forging(dice, words))
        self._payloads = {"slack": list(_of_slack()), "telegram": list(_of_telegram())}
        self._number = 0

    # --- Not allowed in ----------------------------------------------------------------------------------------

    def unsigned(self) -> Knock:
        """Something malformed by somebody who has no secret."""
        dice = self._dice
        if dice.hits(0.1):
            return Knock(dice.choice(_BROKEN), whole=False)
        platform = dice.choice(("slack", "telegram"))
        heads = self._wrong_signature(platform, b"") if dice.hits(0.3) else []
        return self._sent(platform, self._body(platform), heads, strange=dice.hits(0.5))

    # --- Let in, and wrong -------------------------------------------------------------------------------------

    def signed(self) -> Knock:
        """Something malformed with the right signature, or the right secret."""
        dice = self._dice
        platform = dice.choice(("slack", "telegram"))
        body = self._body(platform)
        return self._sent(platform, body, self._right(platform, body), strange=dice.hits(0.1))

    def _right(self, platform: str, body: bytes) -> Heads:
        if platform == "telegram":
            return [(b"X-Telegram-Bot-Api-Secret-Token", wire.WEBHOOK_SECRET.encode())]
        return self._slack_heads(body, b"%d" % self._now(), wire.SIGNING_SECRET)

    # --- Nearly right ------------------------------------------------------------------------------------------

    def forged(self) -> bytes:
        """A command that would leave traces, whole and in order but for its signature."""
        platform = self._dice.choice(("slack", "telegram"))
        self._number += 1
        body = _command(platform, self._number)
        heads = self._wrong_signature(platform, body)
        kind = FORM if platform == "slack" else JSON
        return _written(b"POST", _door(platform), [(b"Content-Type", kind), *heads], body)

    def _wrong_signature(self, platform: str, body: bytes) -> Heads:
        if platform == "telegram":
            name, right = b"X-Telegram-Bot-Api-Secret-Token", wire.WEBHOOK_SECRET.encode()
            wrong = self._dice.choice(_SECRETS)(self._dice, right)
            heads = [] if wrong is None else [(name, wrong)]
            return [*heads, (name, right)] if heads and self._dice.hits(0.05) else heads
        return self._dice.choice(_SIGNATURES)(self._dice, self, body)

    def _slack_heads(self, body: bytes, stamp: bytes, secret: str, version: bytes = b"v0") -> Heads:
        signed = hmac.digest(secret.encode(), b"%b:%b:%b" % (version, stamp, body), "sha256").hex().encode()
        return [(b"X-Slack-Request-Timestamp", stamp), (b"X-Slack-Signature", version + b"=" + signed)]

    def slack_right(self, body: bytes, *, off: float = 0) -> Heads:
        """As Slack signs, that many seconds later."""
        return self._slack_heads(body, b"%d" % (self._now() + off), wire.SIGNING_SECRET)

    def slack_with(
        self, body: bytes, stamp: bytes, secret: str = wire.SIGNING_SECRET, version: bytes = b"v0"
    ) -> Heads:
        """As Slack signs, with this time, secret and version; an empty time is now."""
        return self._slack_heads(body, stamp or b"%d" % self._now(), secret, version)

    # --- What all of it is made of -----------------------------------------------------------------------------

    def _body(self, platform: str) -> bytes:
        dice = self._dice
        payload: dict[str, Any] = json.loads(dice.choice(self._payloads[platform]))
        self._number += 1
        payload = self._mutator.spliced(payload) if dice.hits(0.1) else self._mutator.changed(payload)
        said = json.dumps(payload)
        if platform == "slack" and dice.hits(0.5):
            pairs = [("payload", said)] if dice.hits(0.7) else list(payload.items())
            body = urlencode(pairs, errors="surrogatepass").encode()
        else:
            body = said.encode()
        return garbled(dice, body) if dice.hits(0.25) else body

    def _sent(self, platform: str, body: bytes, heads: Heads, *, strange: bool) -> Knock:
        dice = self._dice
        heads = [(b"Content-Type", dice.choice(KINDS)), *heads]
        if not strange:
            return Knock(_written(b"POST", _door(platform), heads, body))
        if dice.hits(0.3):
            return Knock(_chunked(dice, _door(platform), heads, body), whole=False)
        method, path, version = b"POST", _door(platform), b"HTTP/1.1"
        match dice.randrange(4):
            case 0:
                method = dice.choice(METHODS)
            case 1:
                path = dice.choice(PATHS)
            case 2:
                version = dice.choice(VERSIONS)
            case _:
                heads += dice.choices(_STRANGE, k=dice.randint(1, 3))
        return Knock(_written(method, path, heads, body, version), whole=False)


Forgery = Callable[[Dice, Knocks, bytes], Heads]


def _flipped(dice: Dice, words: bytes) -> bytes:
    """One bit of it the other way round, so that it still may stand in a line."""
    at = dice.randrange(len(words))
    other = dice.choice([each for bit in range(7) if b"!" <= bytes([each := words[at] ^ (1 << bit)]) <= b"~"])
    return words[:at] + bytes([other]) + words[at + 1 :]


def _changed(found: Heads, change: Callable[[bytes], bytes], name: bytes = b"X-Slack-Signature") -> Heads:
    return [(each, change(value) if each == name else value) for each, value in found]


_WIDE: Final = bytes.maketrans(b"0123456789", b"ABCDEFABCD")
_STAMPS: Final = (
    b"0", b"-1", b"+1", b"1e10", b"NaN", b"0x5f5e100", b"1_000", b" ", b"now", b"9" * 12, b"9" * 13, b"9" * 400, b"1.5", b"\xb2\xb3",
    "١٧٨٠".encode(), b"\xff\xfe", b"null",
)  # fmt: skip
_NO_SIGNATURES: Final = (
    b"",
    b"v0=",
    b"v0",
    b"=",
    b"v0=" + b"0" * 64,
    b"v0=" + b"f" * 64,
    b"\xff" * 67,
    "v0=å".encode(),
    b"null",
    b"true",
    b"*",
)
_STAMP: Final = b"X-Slack-Request-Timestamp"
_SIGNATURES: Final[tuple[Forgery, ...]] = (
    lambda dice, all_, body: _changed(all_.slack_right(body), lambda was: _flipped(dice, was)),
    lambda dice, all_, body: all_.slack_right(_flipped(dice, body or b"x")),
    lambda dice, all_, body: _changed(all_.slack_right(body), lambda was: _flipped(dice, was), _STAMP),
    lambda dice, all_, body: all_.slack_right(body, off=-dice.choice((306, 360, 3600, 10**6, 10**9))),
    lambda dice, all_, body: all_.slack_right(body, off=dice.choice((900, 3600, 10**6, 10**10))),
    lambda dice, all_, body: all_.slack_with(body, dice.choice(_STAMPS)),
    lambda dice, all_, body: all_.slack_with(body, b"", dice.choice(("", "other", wire.WEBHOOK_SECRET, wire.SIGNING_SECRET[:-1]))),
    lambda dice, all_, body: all_.slack_with(body, b"", version=dice.choice((b"v1", b"V0", b"v", b"", b"v00", b"v0=v0"))),
    lambda dice, all_, body: _changed(all_.slack_right(body), lambda was: was[: dice.randrange(len(was))]),
    lambda dice, all_, body: _changed(all_.slack_right(body), lambda _: dice.choice(_NO_SIGNATURES)),
    lambda dice, all_, body: _changed(all_.slack_right(body), lambda was: was + dice.choice((b"0", b",v0=", b";", b"\xe2\x80\x8b"))),
    lambda _, all_, body: _changed(all_.slack_right(body), lambda was: b"v0=" + was[3:].upper().translate(_WIDE)),
    lambda _, all_, body: [*all_.slack_right(body), *all_.slack_right(body)[1:]],
    lambda _, all_, body: [(b"X-Slack-Signature", b"v0=00"), *all_.slack_right(body)],
    lambda _, all_, body: [*all_.slack_right(body), (_STAMP, b"1")],
    lambda dice, all_, body: [all_.slack_right(body)[dice.randrange(2)]],
    lambda *_: [],
    lambda _, all_, body: _changed(all_.slack_right(body), lambda was: b"v0=" + hashlib.sha256(body + was).hexdigest().encode()),
)  # fmt: skip
Secret = Callable[[Dice, bytes], bytes | None]
_SECRETS: Final[tuple[Secret, ...]] = (
    _flipped,
    lambda dice, right: right[: dice.randrange(len(right))],
    lambda dice, right: right + dice.choice((b"0", b",", b"%00", b"\xc2\xa0x")),
    lambda _, right: right.swapcase(),
    lambda _, right: right[::-1],
    lambda dice, _: dice.choice((b"", wire.SIGNING_SECRET.encode(), wire.TELEGRAM_TOKEN.encode(), b"*", "hemlig-å".encode(), b"\xff" * 30)),
    lambda _, right: b"Bearer " + right,
    lambda _, right: hashlib.sha256(right).hexdigest().encode(),
    lambda *_: None,
)  # fmt: skip


def _door(platform: str) -> bytes:
    return (wire.SLACK_PATH if platform == "slack" else wire.TELEGRAM_PATH).encode()


def _written(
    method: bytes,
    path: bytes,
    heads: Sequence[tuple[bytes, bytes]],
    body: bytes,
    version: bytes = b"HTTP/1.1",
) -> bytes:
    every = [(b"Host", b"127.0.0.1"), (b"Content-Length", b"%d" % len(body)), *heads]
    return b"%b %b %b\r\n%b\r\n%b" % (
        method,
        path,
        version,
        b"".join(b"%b: %b\r\n" % each for each in every),
        body,
    )


def _chunked(dice: Dice, path: bytes, heads: Sequence[tuple[bytes, bytes]], body: bytes) -> bytes:
    """In pieces, as HTTP allows, or nearly."""
    size = max(1, len(body) // dice.randint(1, 5))
    pieces = [
        b"%x\r\n%b\r\n" % (len(each), each)
        for each in (body[at : at + size] for at in range(0, len(body), size))
    ]
    said = b"".join(pieces) + dice.choice(
        (
            b"0\r\n\r\n",
            b"0\r\n\r\n",
            b"",
            b"zz\r\n",
            b"-1\r\n\r\n",
            b"ffffffffffffffffff\r\nx",
            b"0\r\nA: b\r\n\r\n",
        )
    )
    every = [(b"Host", b"127.0.0.1"), (b"Transfer-Encoding", b"chunked"), *heads]
    return b"POST %b HTTP/1.1\r\n%b\r\n%b" % (path, b"".join(b"%b: %b\r\n" % each for each in every), said)


def _command(platform: str, number: int) -> bytes:
    words = f"beslut smuggled {number}"
    made = wire.slack_command if platform == "slack" else wire.telegram_command
    request = made(number, words if platform == "slack" else f"/{words}")
    return request.partition(b"\r\n\r\n")[2]


def _of_slack() -> Iterator[str]:
    ours = {
        "T0FORUM": scene.TEAM,
        "T0ELSE": scene.TEAM,
        "U0ADA": scene.slack_user(1),
        "C0TRYGG": scene.CHANNEL,
    }
    for path in sorted(RECORDED.glob("slack_*.json")):
        raw = path.read_text()
        for old, new in ours.items():
            raw = raw.replace(old, new)
        payload = json.loads(raw)
        payload.pop("response_url", None)  # nothing here may ask for an address outside this machine
        payload.pop("api_app_id", None)
        yield json.dumps(payload)


def _of_telegram() -> Iterator[str]:
    raw = (RECORDED / "telegram_updates.json").read_text()
    for old, new in {
        "5000001": scene.telegram_user(1),
        "5000002": scene.telegram_user(2),
        "-4000001": scene.GROUP,
    }.items():
        raw = raw.replace(old, str(new))
    yield from (json.dumps(each) for each in json.loads(raw).values())
