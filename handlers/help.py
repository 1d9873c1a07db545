"""Menu and help (X3): built from the features themselves, so that they never tell of something that is not there.

Nobody has to read a manual: the menu has a button for most of what a person may do here, the help a line for
all of it. Words that nobody knows are answered with the nearest ones, which take along what was said behind them, and
a button to the menu.
"""

from handlers.kit.access import TABLE, Deed, Standing, standing
from handlers.kit.doors import join, new_action, new_decision
from handlers.kit.doors import menu as menu_door
from handlers.kit.effects import Effects, OpenForm, Whisper
from handlers.kit.feature import Feature
from handlers.kit.inbound import Entry, Request, Said
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Action, Button, Card, Element, Line, Row, text
from handlers.kit.when import split_day
from prompts.words import ascii_fold, command_of, fold, nearest

feature = Feature("help")

IN_A_ROW = 2
"""Menu buttons side by side: more than two are cut on a phone."""
LINES = 8
"""Lines of help on one page, headings among them: each takes two on a phone, whose screen has about twenty."""
WORDS_BYTES = 39
"""What a button can carry of somebody's words, in the largest forum there will ever be."""
GROUPS = (
    ("help-group-note", ("decision", "action", "round", "vote")),
    ("help-group-look", ("mine", "actions", "decisions", "search", "pulse")),
    ("help-group-meet", ("agenda", "meet", "cycle", "open")),
    ("help-group-sitting", ("note", "minutes", "presenting")),
    ("help-group-rhythm", ("digest", "followup", "win", "wins", "thanks", "brief")),
    ("help-group-people", ("join", "members", "leave")),
    ("help-group-forum", ("found", "settings", "tie", "chats", "confidential")),
    ("help-group-you", ("start", "menu", "language", "notices", "account", "help")),
)
"""What one wants to do, and the commands for it."""
HOW = {"slack": "help-how-slack", "telegram": "help-how-telegram"}
"""How one begins where others talk too, so that the bot hears of it."""


@feature.command("menu", Deed.ASK)
def menu(req: Request, _said: str) -> Effects:
    """A button for everything one may do here."""
    yield Whisper(_menu_card(req))


@feature.command("help", Deed.ASK)
def show(req: Request, _said: str) -> Effects:
    """What one can write, by what one wants to do: the daily things first, the rest one press away."""
    pages = _pages(req)
    forum = (
        Line(text("help-forum", name=req.forum.name), "small") if req.forum else Line(text("help-no-forum"))
    )
    row = _to_menu()
    if len(pages) > 1:
        row = Row((Button(text("help-more"), more.action(1)), *row.buttons))
    how = [Line(text(HOW[req.inbound.chat.platform]), "small")] if req.inbound.chat else []
    yield Whisper(Card(text("help-title"), (forum, *how, *pages[0], row)))


@feature.button(Deed.ASK)
def more(req: Request, page: int) -> Effects:
    """The next page of the help, beside the first."""
    pages = _pages(req)
    here = min(max(page, 0), len(pages) - 1)
    row = _to_menu()
    if here + 1 < len(pages):
        row = Row((Button(text("help-more"), more.action(here + 1)), *row.buttons))
    yield Whisper(Card(text("help-title"), (*pages[here], row)), replace=False)


def _pages(req: Request) -> list[list[Element]]:
    """Every command in one line each, under what it is good for; no page longer than a phone's screen."""
    allowed = [each.word for each in _allowed(req)]
    pages: list[list[Element]] = [[]]
    for group, words in _groups(allowed):
        lines: list[Element] = [
            Line(text(group), "small"),
            *(Line(text(f"help-{each}")) for each in words),
        ]
        if pages[-1] and len(pages[-1]) + len(lines) > LINES:
            pages.append([])
        pages[-1] += lines
    return pages


def _groups(allowed: list[str]) -> list[tuple[str, list[str]]]:
    """The commands by what they are good for; one that no group names is among the last."""
    named = {each for _, words in GROUPS for each in words}
    others = [each for each in allowed if each not in named]
    found = [(group, [each for each in words if each in allowed]) for group, words in GROUPS]
    found[-1][1].extend(others)
    return [(group, words) for group, words in found if words]


# --- Words that are no command ---------------------------------------------------------------------------------


@feature.event("not-understood")
def suggest(req: Request) -> Effects:
    """Words that are no command: the nearest ones that are, with what was said behind them, and the menu.

    Whoever goes on without reading gets no more of it until the answers have come.
    """
    if not isinstance(req.inbound, Said):
        return
    first, rest = command_of(req.inbound.text)
    if not first:
        yield from menu(req, "")
        return
    near = _near(req, fold(first))
    meant = [(word, spelled, _begin(req, word, rest)) for word, spelled in near]
    buttons = tuple(Button(text(f"menu-{word}"), action) for word, _, action in meant if action)
    lines = [_line(req, spelled, rest) for _, spelled, action in meant if not action]
    body: list[Element] = []
    if buttons:
        body += [Line(text("help-did-you-mean")), Row(buttons)]
    if lines:
        body += [Line(text("help-write-instead")), Line(verbatim(lines[0]), "quote")]
    yield Whisper(
        Card(text("help-not-understood", said=" ".join(req.inbound.text.split())[:60]), (*body, _to_menu())),
        spare=True,
    )


@feature.button(Deed.RECORD)
def decide(_req: Request, said: str) -> Effects:
    """A decision whose command was misspelt: the form has the words already."""
    yield OpenForm(new_decision(), {"what": said})


@feature.button(Deed.RECORD)
def take_on(req: Request, said: str) -> Effects:
    """An action whose command was misspelt: the form has its words and its day already."""
    what, due_on = split_day(said, req.today)
    yield OpenForm(new_action(0), {"what": what, "due": due_on.isoformat() if due_on else ""})


def _near(req: Request, said: str) -> list[tuple[str, str]]:
    """The commands that may have been meant, each once, with the spelling that is nearest."""
    allowed = {each.word for each in _allowed(req)}
    near: dict[str, str] = {}
    for each in nearest(said, req.words):
        if req.words[each] in allowed:
            near.setdefault(req.words[each], each)
    return list(near.items())


def _begin(req: Request, word: str, rest: str) -> Action | None:
    """What a button for the command does; none when it could not take the words along."""
    entry = next(each for each in req.contents if each.word == word)
    if not entry.menu:
        return None
    taking = {
        "decision": decide.action(rest),
        "action": take_on.action(rest),
        "search": Action(entry.handler, (rest,)),
    }
    if not rest or word not in taking:
        return Action(entry.handler, ("",))
    return taking[word] if len(rest.encode()) <= WORDS_BYTES and ":" not in rest else None


def _line(req: Request, spelled: str, rest: str) -> str:
    """The whole line as it should have been written, to be copied."""
    said, chat = req.inbound, req.inbound.chat
    if isinstance(said, Said) and said.command and chat and chat.platform == "telegram":
        return f"/{ascii_fold(spelled)} {rest}".strip()
    alike = [each for each in req.words if ascii_fold(each) == ascii_fold(spelled)]
    first = "/samsyn " if chat and chat.platform == "slack" and not chat.private else ""
    return f"{first}{min(alike, key=str.isascii)} {rest}".strip()


# --- Shared ----------------------------------------------------------------------------------------------------


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
