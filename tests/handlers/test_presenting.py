"""The presentation round: whose turn it is, on the next agenda by itself, skipped, swapped, and remembered."""

from functools import partial

from storage import agenda, forums, presentations
from storage.presentations import Turn
from tests.handlers.sitting import both_see, closes, opens, points_of, waiting
from tests.stage.ready import POLICE, TOWN, Ready


def line(ready: Ready) -> list[Turn]:
    """Every organisation in its turn."""
    return ready.store(lambda store: presentations.line_up(store, ready.forum.id))


def starts(ready: Ready) -> None:
    """Ada starts the round."""
    ready.ada.commands("presentationsrunda", private=True)
    ready.ada.sees("presenting-rests")
    ready.ada.clicks("presenting-start")
    ready.ada.sees("presenting-turn", actor=TOWN)


def agenda_says(ready: Ready) -> list[str]:
    """Who presents itself next, as the agenda has it."""
    ready.ada.commands("dagordning", private=True)
    ready.ada.reads_all()
    return [each.origin.split(":")[1] for each in waiting(ready) if each.origin.startswith("present")]


def test_one_organisation_at_each_meeting(ready: Ready) -> None:
    """It is on the agenda by itself; those who presented write what is to be remembered; then the next one's turn."""
    starts(ready)
    ready.bo.commands("presentationsrunda", private=True)
    shown = ready.bo.sees("presenting-turn", actor=TOWN)
    assert ready.chat.t("presenting-pause") not in shown
    opens(ready)
    ready.ada.clicks("meeting-forward")
    both_see(ready, "presenting-point", actor=TOWN)
    assert points_of(ready)[0].minutes == 15
    ready.ada.clicks("meeting-close")
    ready.ada.sees("presenting-thanks")
    ready.chat.reads_everything()
    ready.ada.clicks("presenting-write")
    assert ready.ada.fills({"presenting-field-summary": "Vi sköter lamporna."}) == {}
    ready.ada.sees("presenting-saved", actor=TOWN)
    assert agenda_says(ready) == ["2"]
    ready.cilla.commands("presentationsrunda", private=True)
    ready.cilla.sees("presenting-turn", actor=POLICE)
    ready.cilla.clicks("presenting-read", actor=TOWN)
    assert "Vi sköter lamporna." in ready.cilla.sees("presenting-of", actor=TOWN)


def test_an_organisation_that_was_not_reached_keeps_its_turn(ready: Ready) -> None:
    """It is on the next agenda again, and once."""
    starts(ready)
    opens(ready)
    ready.ada.commands("anteckna Vi hann inte")
    closes(ready)
    assert agenda_says(ready) == ["1"]
    assert agenda_says(ready) == ["1"]
    assert [each.presented_on for each in line(ready)] == [None, None]


def test_skipped_and_swapped(ready: Ready) -> None:
    """By the coordinator or by their own, and the agenda follows."""
    starts(ready)
    assert agenda_says(ready) == ["1"]
    ready.ada.commands("presentationsrunda", private=True)
    ready.ada.clicks("presenting-skip")
    ready.ada.sees("presenting-turn", actor=POLICE)
    assert agenda_says(ready) == ["2"]
    ready.cilla.commands("presentationsrunda", private=True)
    ready.cilla.clicks("presenting-skip")
    ready.cilla.sees("presenting-turn", actor=TOWN)
    ready.cilla.commands("presentationsrunda", private=True)
    assert ready.chat.t("presenting-skip") not in ready.cilla.reads_all()[-1]
    ready.ada.commands("presentationsrunda", private=True)
    ready.ada.clicks("presenting-swap")
    assert ready.ada.fills({"presenting-field-one": TOWN, "presenting-field-other": TOWN}) != {}
    assert ready.ada.fills({"presenting-field-one": TOWN, "presenting-field-other": POLICE}) == {}
    ready.ada.sees("presenting-turn", actor=POLICE)
    assert agenda_says(ready) == ["2"]
    ready.chat.reads_everything()


def test_a_late_press_skips_nobody(ready: Ready) -> None:
    """The round has moved on meanwhile; somebody else's turn is not theirs to give away."""
    starts(ready)
    ready.ada.commands("presentationsrunda", private=True)
    ready.store(lambda store: presentations.skip(store, ready.forum.id, 1))
    ready.ada.clicks("presenting-skip")
    ready.ada.sees("presenting-moved-on")
    assert [each.actor for each in line(ready)] == [2, 1]
    ready.store(lambda store: forums.set_actor(store, ready.forum.id, 3, 1))
    ready.chat.reads_everything()


def test_all_have_presented_themselves(ready: Ready) -> None:
    """Nothing more is put on the agenda until a new round begins; what was written stays."""
    starts(ready)
    for each in (1, 2):
        ready.store(
            partial(
                presentations.presented,
                forum=ready.forum.id,
                actor=each,
                meeting=1,
                day=ready.chat.now.date(),
            )
        )
    ready.ada.commands("presentationsrunda", private=True)
    ready.ada.sees("presenting-all-done")
    assert agenda_says(ready) == []
    ready.ada.commands("presentationsrunda", private=True)
    ready.ada.clicks("presenting-again")
    ready.ada.sees("presenting-turn", actor=TOWN)
    assert agenda_says(ready) == ["1"]
    ready.ada.commands("presentationsrunda", private=True)
    ready.ada.clicks("presenting-pause")
    ready.ada.sees("presenting-rests")
    assert agenda_says(ready) == []
    ready.chat.reads_everything()


def test_somebody_elses_summary_is_not_mine_to_write(ready: Ready) -> None:
    """One's own organisation, whoever writes; the coordinator may help; an unknown one is said to be gone."""
    starts(ready)
    ready.bo.commands("presentationsrunda", private=True)
    ready.bo.clicks("presenting-write")
    ready.store(lambda store: forums.set_actor(store, ready.forum.id, 2, 1))
    ready.bo.fills({"presenting-field-summary": "Hej"})
    assert [each.summary for each in line(ready)] == ["", ""]
    ready.store(lambda store: agenda.drop(store, ready.forum.id, 1))
    ready.chat.reads_everything()
