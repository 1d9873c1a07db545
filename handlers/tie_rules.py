"""The rules of one-time codes: how long they live, how often one may guess, and what using one up comes to.

A wrong, an old and a used code get one and the same answer, for the difference would help somebody who guesses.
Wrong guesses are counted, so nothing here raises: what is wrong comes back as a sentence.
"""

from datetime import timedelta
from typing import Final

from handlers.kit.codes import new_code, read_code
from handlers.kit.inbound import Request
from handlers.kit.ui import Text, text
from storage import codes
from storage.codes import Code
from storage.records import Person, Place

LIFETIME: Final = timedelta(minutes=10)
CLAIM_STANDS: Final = timedelta(hours=24)
"""How long a coordinator may think about a chat that asks to be tied."""
MOST_WRONG_HERE: Final = 5
MOST_WRONG_IN_ALL: Final = 50


def issue(req: Request, purpose: str, person: int) -> str:
    """A new code; only its fingerprint is kept."""
    code = new_code(req.rng)
    forum = req.forum.id if req.forum and purpose == "chat" else None
    place = req.place.id if req.place else None
    codes.issue(
        req.store,
        req.seal(code),
        purpose,
        expires_at=req.now + LIFETIME,
        person=person,
        forum=forum,
        place=place,
    )
    return code


def spend(req: Request, said: str, purpose: str, scope: str, person: int) -> Code | Text:
    """Use a typed code up, or the sentence that says why not. Exactly one who types it gets it."""
    if codes.guesses(req.store, scope, req.now, LIFETIME) >= MOST_WRONG_HERE:
        return text("code-too-many")
    if codes.guesses(req.store, "", req.now, LIFETIME) >= MOST_WRONG_IN_ALL:
        return text("code-too-many")
    code = read_code(said)
    found = codes.find(req.store, req.seal(code)) if code else None
    if found and is_good(req, found, purpose):
        if purpose == "account" and found.person == person:
            return text("account-same-account")
        place = req.place.id if req.place else None
        if codes.redeem(req.store, found.hash, req.now, place=place, person=person):
            return found
    codes.note_guess(req.store, scope, req.now)
    return text("code-wrong")


def is_good(req: Request, code: Code, purpose: str) -> bool:
    """Whether a code is for this, and in time; whether it was used is for :func:`storage.codes.redeem` to say."""
    return code.purpose == purpose and code.expires_at > req.now


def burn(req: Request, said: str, person: int) -> None:
    """A code that others can read is a code no more."""
    code = read_code(said)
    if code:
        place = req.place.id if req.place else None
        codes.redeem(req.store, req.seal(code), req.now, place=place, person=person)


def chat_scope(place: Place) -> str:
    """Whose wrong guesses are counted together: those of a chat with all its topics."""
    return f"chat:{place.platform}:{place.workspace}:{place.chat}"


def person_scope(person: Person) -> str:
    """The same for a person in private."""
    return f"person:{person.id}"
