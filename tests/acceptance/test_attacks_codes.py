"""Codes guessed, used twice, too old or meant for something else, and buttons and forms that are somebody else's."""

import json
import re
from typing import Any

import pytest

from tests.acceptance.siege import Siege
from tests.stage.people import Somebody
from tests.stage.ready import Ready

Besieged = tuple[Siege, Ready]


def code_of(who: Somebody) -> str:
    """A new code for one's other account, in private."""
    who.commands("konto", private=True)
    found = re.search(r"[B-Z]{4}-[B-Z]{4}", who.reads_all()[-1])
    assert found
    return found[0]


def people(siege: Siege) -> Any:
    """Who everybody is."""
    return siege.looks("select * from account order by 1, 2, 3", "select * from member order by 1, 2")


@pytest.mark.parametrize(
    "attack", ["guessed", "of another shape", "too old", "burnt among others", "for a chat"]
)
def test_a_code_that_is_not_good_makes_nobody_somebody_else(besieged: Besieged, attack: str) -> None:
    """All of them get one and the same answer, and everybody stays who they are."""
    siege, ready = besieged
    code = code_of(ready.ada)
    match attack:
        case "guessed":
            code = "BCDF-GHJK"
        case "of another shape":
            code = "'; drop table code; --"
        case "too old":
            siege.waits(minutes=10.1)
        case "burnt among others":
            ready.dan.commands(f"konto {code}")
        case _:  # for a chat
            ready.ada.commands("koppla", private=True)
            code = re.findall(r"[B-Z]{4}-[B-Z]{4}", ready.ada.reads_all()[-1])[0]
    siege.reads_everything()
    before = people(siege)

    ready.cilla.commands(f"konto {code}", private=True)

    ready.cilla.sees("code-wrong")
    assert _as_they_were(people(siege)) == _as_they_were(before)


def _as_they_were(found: Any) -> Any:
    """Without when somebody was last seen."""
    return {query: [row[:5] for row in rows] for query, rows in found.items()}


def test_a_code_works_once(besieged: Besieged) -> None:
    """Two people type the same code at once: one is asked, the other one is told that it is wrong."""
    siege, ready = besieged
    eva = siege.telegram_person("Eva Li")
    eva.starts()
    siege.reads_everything()
    code = code_of(ready.ada)

    async def both() -> None:
        for each in (ready.cilla, eva):
            siege.telegram.people.say(each.user, siege.telegram.private(each.user), f"/konto {code}")
        await siege.telegram.quiet()

    siege.does(both())

    said = [*ready.cilla.reads_all(), *eva.reads_all()]
    asked, wrong = siege.t("account-same-title", name="Ada Ek"), siege.t("code-wrong")
    assert sorted((asked in each, wrong in each) for each in said) == [(False, True), (True, False)]


def test_somebody_elses_button_and_form_over_the_wire(besieged: Besieged) -> None:
    """A stranger's signed press and submission with a coordinator's data: 200, a refusal, and nothing changes."""
    siege, ready = besieged
    eva = siege.slack_person("Eva Li")
    ready.bo.commands("beslut Vi håller ihop.")
    siege.reads_everything()
    before = {name: rows for name, rows in siege.stock().items() if " person " not in name}
    stamp = f"{int(siege.now.timestamp())}.000700"
    who: dict[str, Any] = {"team": {"id": "T0HOME"}, "user": {"id": eva.user.id, "team_id": "T0HOME"}}
    card = siege.slack.world.in_channel(siege.channel)[-1].ts
    press = {"type": "block_actions", **who, "trigger_id": "1.2.x", "channel": {"id": siege.channel},
             "container": {"channel_id": siege.channel, "message_ts": card},
             "actions": [{"type": "button", "action_id": "1", "action_ts": stamp, "value": "decisions.undo:1:1"}]}  # fmt: skip
    packed = json.dumps({"d": "setup.settings_form:1", "c": siege.channel})
    submission = {"type": "view_submission", **who, "view": {
        "id": "V1", "hash": stamp, "app_installed_team_id": "T0HOME", "callback_id": "form", "private_metadata": packed,
        "state": {"values": {"name": {"a": {"type": "plain_text_input", "value": "Kapat"}}}}}}  # fmt: skip

    statuses = siege.all_at_once(siege.brings("slack", press), siege.brings("slack", submission))

    assert statuses == [200, 200]
    assert {name: rows for name, rows in siege.stock().items() if " person " not in name} == before
    eva.sees("refused-not-member")
    eva.sees_nothing_new()
