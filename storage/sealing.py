"""How a ballot box is sealed: keys, seats and counters. Nothing here reads or writes a file.

``cryptography`` is imported when the first box is sealed, so that no start waits for it.
"""

# ruff: noqa: PLC0415

import hmac
import secrets
import struct
from collections.abc import Sequence

_SALT, _NONCE, _KEY = 32, 12, 32


def fresh_salt() -> bytes:
    """What makes the keys of a round its own. Gone with the round, and its keys with it."""
    return secrets.token_bytes(_SALT)


def seat_key(secret: bytes, salt: bytes) -> bytes:
    """The key that the seats of a round are made with."""
    return _key(secret, salt, b"seats")


def seat(key: bytes, member: int) -> bytes:
    """The seat of a member: nobody without the key can tell whose it is."""
    return hmac.digest(key, str(member).encode(), "sha256")


def sealed(secret: bytes, salt: bytes, token: str, counters: Sequence[int]) -> bytes:
    """The counters as a box. The same counters never look the same twice, and any counters are equally long."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    plain = struct.pack(f">{len(counters)}I", *counters)
    return nonce + AESGCM(_key(secret, salt, b"box")).encrypt(nonce, plain, token.encode())


def unsealed(secret: bytes, salt: bytes, token: str, box: bytes) -> list[int] | None:
    """The counters; ``None`` when the box is not this round's, or not whole, or sealed with another secret."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        plain = AESGCM(_key(secret, salt, b"box")).decrypt(box[:_NONCE], box[_NONCE:], token.encode())
    except (InvalidTag, ValueError):
        return None
    return list(struct.unpack(f">{len(plain) // 4}I", plain))


def _key(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF, RFC 5869."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), _KEY, salt, b"samsyn pulse " + purpose).derive(secret)
