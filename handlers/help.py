"""Menu and help (X3): built from the features themselves, so that they never tell of something that is not there.

Nobody has to read a manual: the menu has a button for everything a person may do here. Words that nobody knows are
answered with the nearest ones and a button to the menu, never with silence.
"""

from handlers.kit.access import TABLE, Deed, Standing, standing
from handlers.kit.doors import join
from handlers.kit.doors import menu as menu_door
from handlers.kit.effects import Effects, Whisper
from handlers.kit.feature import Feature
from handlers.kit.inbound import Entry, Request, Said
from handlers.kit.ui import Action, Button, Card, Element, Line, Row, text
from prompts.words import command_of, fold, nearest

feature = Feature("help")

IN_A_ROW = 2
"""Menu buttons side by side: more than two are cut on a phone."""


@feature.command("menu", Deed.ASK)
def menu(req: Request, _said: str) -> Effects:
    """A button for everything one may do here."""
    yield Whisper(_menu_card(req))


@feature.command("help", Deed.ASK)
def show(req: Request, _said: str) -> Effects:
    """Every command in one line each, and the way to the menu."""
    lines: list[Element] = [Line(text(f"help-{each.word}")) for each in _allowed(req)]
    forum = (
        Line(text("help-forum", name=req.forum.name), "small") if req.forum else Line(text("help-no-forum"))
    )
    yield Whisper(Card(text("help-title"), (forum, *lines, _to_menu())))


@feature.event("not-understood")
def suggest(req: Request) -> Effects:
    """Words that are no command: the nearest ones that are, and the menu."""
    if not isinstance(req.inbound, Said):
        return
    first, _ = command_of(req.inbound.text)
    if not first:
        yield from menu(req, "")
        return
    allowed = {each.word: each.handler for each in _allowed(req)}
    near = [req.words[each] for each in nearest(fold(first), req.words) if req.words[each] in allowed]
    buttons = tuple(
        Button(text(f"menu-{word}"), Action(allowed[word], ("",)))
        for word in dict.fromkeys(near)
        if any(each.word == word and each.menu for each in req.contents)
    )
    body: list[Element] = [Line(text("help-did-you-mean"))] if buttons else []
    body += [Row(buttons)] if buttons else []
    yield Whisper(
        Card(text("help-not-understood", said=" ".join(req.inbound.text.split())[:60]), (*body, _to_menu()))
    )


def _menu_card(req: Request) -> Card:
    entries = [each for each in _allowed(req) if each.menu]
    buttons = [Button(text(f"menu-{each.word}"), Action(each.handler, ("",))) for each in entries]
    if req.forum and standing(req) in (Standing.GUEST, Standing.EX_MEMBER):
        buttons.insert(0, Button(text("menu-join"), join(req.forum.invite), "primary", private=True))
    rows = tuple(Row(tuple(buttons[i : i + IN_A_ROW])) for i in range(0, len(buttons), IN_A_ROW))
    intro = text("menu-forum", name=req.forum.name) if req.forum else text("help-no-forum")
    return Card(text("menu-title"), (Line(intro), *rows))


def _allowed(req: Request) -> list[Entry]:
    who = standing(req)
    return [each for each in req.contents if who in TABLE[Deed(each.deed)]]


def _to_menu() -> Row:
    return Row((Button(text("help-to-menu"), menu_door()),))
