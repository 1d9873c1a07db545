"""One-time codes: ten minutes, one use, five wrong guesses, and one answer for all that is wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit.codes import read_code
from handlers.kit.inbound import Request
from handlers.kit.ui import Text
from handlers.tie_rules import LIFETIME, burn, issue, spend
from storage import codes
from storage.codes import Code
from tests.stage.samples import NOW, Sample

HERE = "chat:telegram::-1009"


def _code(sample: Sample, purpose: str = "chat") -> tuple[Request, str]:
    req = sample.request(sample.ada)
    return req, issue(req, purpose, sample.ada.person)


def _wrong(result: Code | Text) -> str:
    assert isinstance(result, Text)
    return result.key


def test_a_code_works_once(sample: Sample) -> None:
    """Exactly one who types it gets it, and it says which forum it was for; only its fingerprint is kept."""
    req, code = _code(sample)

    got = spend(req, code.lower(), "chat", HERE, sample.cilla.person)
    again = spend(req, code, "chat", HERE, sample.bo.person)

    assert isinstance(got, Code)
    assert (got.forum, got.person, got.place) == (sample.forum.id, sample.ada.person, sample.channel.id)
    assert got.hash == req.seal(read_code(code))
    assert code not in got.hash
    assert _wrong(again) == "code-wrong"


@pytest.mark.parametrize(("minutes", "good"), [(9.9, True), (10, False), (600, False)])
def test_a_code_lives_ten_minutes(sample: Sample, minutes: float, good: bool) -> None:
    """After that it is as wrong as any other."""
    req, code = _code(sample)
    later = replace(req, now=NOW + timedelta(minutes=minutes))

    assert isinstance(spend(later, code, "chat", HERE, 1), Code) is good


def test_a_code_is_for_one_purpose(sample: Sample) -> None:
    """A code for a chat ties no account, nor the other way round."""
    req, code = _code(sample, "chat")

    assert _wrong(spend(req, code, "account", HERE, sample.cilla.person)) == "code-wrong"
    assert isinstance(spend(req, code, "chat", HERE, sample.cilla.person), Code)


def test_the_sixth_guess_is_not_even_looked_at(sample: Sample) -> None:
    """Five wrong codes in a chat close it for ten minutes, the right one included; other chats go on."""
    req, code = _code(sample)
    for _ in range(5):
        assert _wrong(spend(req, "ZZZZ-ZZZZ", "chat", HERE, 1)) == "code-wrong"

    assert _wrong(spend(req, code, "chat", HERE, 1)) == "code-too-many"
    assert isinstance(spend(req, code, "chat", "chat:telegram::-2", 1), Code)

    later = replace(req, now=NOW + LIFETIME + timedelta(seconds=1))
    assert _wrong(spend(later, "ZZZZ-ZZZZ", "chat", HERE, 1)) == "code-wrong"


def test_fifty_wrong_guesses_anywhere_close_everything(sample: Sample) -> None:
    """Somebody with many chats gets no further than fifty guesses in ten minutes."""
    req, code = _code(sample)
    for number in range(50):
        codes.note_guess(sample.store, f"chat:{number}", NOW)

    assert _wrong(spend(req, code, "chat", HERE, 1)) == "code-too-many"


def test_what_is_no_code_at_all_counts_as_a_guess(sample: Sample) -> None:
    """No shape of an answer tells a guesser anything."""
    req, _ = _code(sample)
    assert _wrong(spend(req, "hej", "chat", HERE, 1)) == "code-wrong"
    assert codes.guesses(sample.store, HERE, NOW, LIFETIME) == 1


def test_the_same_account_cannot_redeem_its_own_code(sample: Sample) -> None:
    """Typing it where one got it is a mistake, not a guess, and the code stays good."""
    req, code = _code(sample, "account")

    assert _wrong(spend(req, code, "account", HERE, sample.ada.person)) == "account-same-account"
    assert codes.guesses(sample.store, HERE, NOW, LIFETIME) == 0
    assert isinstance(spend(req, code, "account", HERE, sample.cilla.person), Code)


def test_a_burnt_code_is_used_up(sample: Sample) -> None:
    """What others could read works for nobody; what is no code burns nothing."""
    req, code = _code(sample, "account")

    burn(req, "hej", sample.ada.person)
    burn(req, code, sample.ada.person)

    assert _wrong(spend(req, code, "account", HERE, sample.cilla.person)) == "code-wrong"
