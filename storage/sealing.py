"""How a ballot box is sealed, and a talk on its way there. Nothing here reads or writes a file.

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
    return _key(secret, salt, b"pulse seats")


def seat(key: bytes, member: int) -> bytes:
    """The seat of a member: nobody without the key can tell whose it is."""
    return hmac.digest(key, str(member).encode(), "sha256")


def sealed(secret: bytes, salt: bytes, token: str, counters: Sequence[int]) -> bytes:
    """The counters as a box. The same counters never look the same twice, and any counters are equally long."""
    plain = struct.pack(f">{len(counters)}I", *counters)
    return _closed(_key(secret, salt, b"pulse box"), token.encode(), plain)


def unsealed(secret: bytes, salt: bytes, token: str, box: bytes) -> list[int] | None:
    """The counters; ``None`` when the box is not this round's, or not whole, or sealed with another secret."""
    plain = _opened(_key(secret, salt, b"pulse box"), token.encode(), box)
    return None if plain is None else list(struct.unpack(f">{len(plain) // 4}I", plain))


def fingerprint(secret: bytes, *words: str) -> bytes:
    """A name for these words: nobody without the secret can tell which they are."""
    return hmac.digest(_key(secret, b"", b"talk name"), "\0".join(words).encode(errors="replace"), "sha256")


def letter(secret: bytes, more: str, name: bytes, plain: bytes) -> bytes:
    """Something to be read again by whoever has the secret and knows ``more``; ``name`` says where it belongs."""
    return _closed(_key(secret, more.encode(errors="replace"), b"talk"), name, plain)


def read_letter(secret: bytes, more: str, name: bytes, sealed: bytes) -> bytes | None:
    """What a letter says; ``None`` when it belongs elsewhere, is not whole, or something else is known."""
    return _opened(_key(secret, more.encode(errors="replace"), b"talk"), name, sealed)


def _closed(key: bytes, context: bytes, plain: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def _opened(key: bytes, context: bytes, sealed: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
    except (InvalidTag, ValueError):
        return None


def _key(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF, RFC 5869."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), _KEY, salt, b"samsyn " + purpose).derive(secret)
