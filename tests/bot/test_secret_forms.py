"""What a secret form may ask, what is remembered of it in memory, and that nothing of it shows anywhere else."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.secret_memory import Held, Secrets
from bot.slack.shapes import without_answers
from bot.slack.web_api import quiet_logger
from bot.stepform import LIFETIME
from bot.telegram.intake import without_choices
from handlers.kit.ui import ChoiceField, Form, Option, TextField
from tests.bot.bench import pressed, words
from tests.bot.cilla import FORM
from tests.stage.samples import NOW

OPTIONS = (Option("0", words("No")), Option("1", words("Yes")))
CHOICE = ChoiceField(key="q", label=words("?"), options=OPTIONS)


@pytest.mark.parametrize(
    "fields",
    [
        (),
        (CHOICE, TextField(key="t", label=words("?"))),
        (replace(CHOICE, many=True),),
        (replace(CHOICE, optional=True),),
        (replace(CHOICE, initial="1"),),
        (replace(CHOICE, options=OPTIONS[:1]),),
        (replace(CHOICE, options=OPTIONS * 6),),
        (CHOICE,) * 11,
    ],
)
def test_a_secret_form_asks_for_choices_only(fields: tuple[ChoiceField, ...]) -> None:
    """Anything that would have to be written, prefilled or left out is refused when the form is built."""
    with pytest.raises(ValueError, match="secret form"):
        Form(words("Title"), words("Send"), fields, secret=True)


def test_a_secret_form_cannot_be_prefilled() -> None:
    """It stays secret when values are offered, and takes none."""
    form = Form(words("Title"), words("Send"), (CHOICE,), secret=True)

    assert form.prefilled({}) == form
    with pytest.raises(ValueError, match="secret form"):
        form.prefilled({"q": "1"})


def test_memory_is_bounded_and_lets_the_oldest_go() -> None:
    """Who touched a talk last stays; what is older than a day makes room by itself."""
    secrets = Secrets(most=2)
    for user in ("1", "2", "1", "3"):
        secrets.keep((user, FORM), Held(1, NOW))
    assert [bool(secrets.find((user, FORM), NOW)) for user in "123"] == [True, False, True]

    later = NOW + LIFETIME + timedelta(seconds=1)
    secrets.keep(("4", FORM), Held(1, later))
    assert len(secrets) == 1


def test_what_is_remembered_does_not_show_itself() -> None:
    """Written out in a log or an error, a talk and a submission tell nothing of the choices."""
    assert "'q'" not in repr(Held(1, NOW, {"q": "5"}))
    assert "pick" not in repr(pressed("secret.pick:1:0:5:moods.ask:x"))


def test_what_cannot_be_read_is_set_aside_without_what_was_chosen() -> None:
    """Of a payload in whatever shape, nothing that somebody pressed or filled in is left, nor is it ever too deep."""
    state = {"state": {"values": {"q1": {"answer": {"selected_option": {"value": "5"}}}}}}
    deep: dict[str, object] = {"selected_options": ["5"]}
    for _ in range(100):
        deep = {"view": [deep]}
    assert without_answers(
        {"type": "view_submission", "view": state, "actions": [{"selected_date": "5"}]}
    ) == {
        "type": "view_submission",
        "view": {},
        "actions": [{}],
    }
    assert "5" not in repr(without_answers(deep))

    press = {"id": 7, "data": "secret.pick:1:0:5:moods.ask:x", "chat_instance": "-3"}
    update = {"update_id": 1, "callback_query": press}
    assert without_choices(update) == {"update_id": 1, "callback_query": {"id": 7, "data": "secret.pick"}}
    assert without_choices([{"data": ["secret.pick:1:0:5:moods.ask:x"]}, 7]) == [{"data": "['secret.pick"}, 7]


def test_the_libraries_say_nothing_whatever_they_are_asked() -> None:
    """Their loggers would write down payloads: they are deaf to levels."""
    logger = quiet_logger("socket")
    logger.setLevel(logging.DEBUG)

    assert not logger.isEnabledFor(logging.CRITICAL)
