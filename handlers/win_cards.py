"""How wins look: one by itself, several at once, the question about a name, a month in one picture and one text."""

import json
from collections.abc import Sequence
from datetime import date

from handlers.kit.doors import show_action, show_decision
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import actor_names, verbatim
from handlers.kit.ui import Action, Button, Card, Element, Fact, Items, Line, Picture, Row, Text, Value, text
from handlers.kit.wins_shown import COUNTED, is_hidden, told
from handlers.win_rules import wording
from storage import decisions, forums, wins
from storage.db import to_ms
from storage.records import Actor, Member
from storage.wins import Win

LISTED = 5
"""Wins told one by one in a message about several."""
DRAWN = 10
"""Wins that fit on a picture."""


def name_of(one: Win) -> str:
    """What its card is called, so that it can change."""
    return f"win:{one.forum}:{one.id}"


# --- To everybody ----------------------------------------------------------------------------------------------


def win_card(req: Request, one: Win) -> Card:
    """One win, with the organisations that had a part and the people who said yes to being named."""
    if one.state == "dropped":
        return Card(text("win-taken-away"), (), name_of(one))
    body: list[Element] = [Line(_words(req, one), "quote"), *_shares(req, one)]
    if one.kind == "told" and (teller := _teller(req, one)):
        body.append(Line(text("win-told-by", who=teller.name), "small"))
    if row := _to_see(req, one):
        body.append(row)
    return Card(_title(req, one), tuple(body), name_of(one))


def _words(req: Request, one: Win) -> Text:
    """Somebody's own words as they stand; in a confidential forum none, unless they tell nothing."""
    if one.kind in COUNTED or is_hidden(req, one):
        return told(req, one, [])
    return verbatim(one.what)


def _teller(req: Request, one: Win) -> Member | None:
    return forums.member(req.store, one.forum, one.by_member) if one.by_member else None


def _names(req: Request, one: Win) -> tuple[str, ...]:
    """The people who may be named."""
    found = [forums.member(req.store, one.forum, each) for each in one.members]
    return tuple(each.name for each in found if each)


def _title(req: Request, one: Win) -> Text:
    if one.kind != "thanks":
        return text(f"win-title-{one.kind}")
    to = actor_names(forums.actors(req.store, one.forum), one.actors)
    return text("win-title-thanks", who=_from(req, one), to=to)


def _from(req: Request, one: Win) -> str | Text:
    """Who thanks: the organisation, or the person where they speak for none."""
    teller = _teller(req, one)
    actor = forums.actor(req.store, one.forum, teller.actor) if teller and teller.actor else None
    return actor.name if actor else teller.name if teller else text("nobody")


def _shares(req: Request, one: Win) -> list[Element]:
    body: list[Element] = []
    if one.actors and one.kind != "thanks":
        label = "win-fact-together" if len(one.actors) > 1 else "win-fact-actor"
        body.append(Fact(text(label), actor_names(forums.actors(req.store, one.forum), one.actors)))
    if names := _names(req, one):
        body.append(Fact(text("win-fact-thanks"), Items(names)))
    return body


def _to_see(req: Request, one: Win) -> Row | None:
    if one.action:
        return Row((Button(text("win-show-action", number=str(one.action)), show_action(one.action)),))
    decision = decisions.get(req.store, one.forum, one.decision) if one.decision else None
    if decision:
        return Row((Button(text("decision-number", number=decision.label), show_decision(decision.id)),))
    return None


def gathered_card(req: Request, found: Sequence[Win]) -> Card:
    """Several wins in one message, without those that were taken away since."""
    left = [each for each in found if each.state != "dropped"]
    at = found[0].told_at
    name = f"wins:{found[0].forum}:{to_ms(at) if at else 0}"
    if not left:
        return Card(text("win-taken-away"), (), name)
    body = listed(req, left[:LISTED])
    if len(left) > LISTED:
        body.append(Line(text("win-and-more", count=len(left) - LISTED), "small"))
    return Card(text("win-title-several", count=len(left)), tuple(body), name)


def card_in_chats(req: Request, one: Win) -> Card:
    """The message that a win was told in, as it reads now: its own, or the one that it shares with others."""
    together = wins.told_with(req.store, one)
    return gathered_card(req, together) if len(together) > 1 else win_card(req, one)


def listed(req: Request, found: Sequence[Win]) -> list[Element]:
    """Each win in one line, with its organisations and the people who may be named."""
    actors = forums.actors(req.store, forum_of(req).id)
    return [Line(_line(req, each, actors), "item") for each in found]


def _line(req: Request, one: Win, actors: list[Actor]) -> Text:
    words = told(req, one, actors)
    who = (*_organisations(req, one, actors), *_names(req, one))
    return text("win-line-by", what=words, who=Items(who)) if who else words


def _organisations(req: Request, one: Win, actors: list[Actor]) -> tuple[Value, ...]:
    """Those that had a part in it; whom a thank-you goes to stands in its words."""
    if one.kind == "thanks" and not is_hidden(req, one):
        return ()
    return actor_names(actors, one.actors).values


# --- To one person ---------------------------------------------------------------------------------------------


def kept_card(one: Win, said: Text, *body: Element, buttons: tuple[Button, ...] = ()) -> Card:
    """What becomes of a win, to whoever told it: they can take it away again."""
    away = Button(text("win-take-away"), Action("wins.take_away", (one.id,)))
    return Card(said, (*body, Row((*buttons, away))))


def ask_card(req: Request, one: Win, *, again: bool = False) -> Card:
    """May your name be mentioned? Nobody hears of a no. ``again`` where the words are others than those answered to."""
    teller = _teller(req, one)
    key = "win-ask-told" if teller else "win-ask-noticed"
    body = (
        *((Line(text("win-reworded"), "small"),) if again else ()),
        Line(_words(req, one), "quote"),
        Line(text(key, who=teller.name if teller else text("nobody"), forum=forum_of(req).name)),
        Row((
            Button(text("win-name-yes"), _answer(one, "yes"), "primary"),
            Button(text("win-name-no"), _answer(one, "no")),
            Button(text("win-name-never"), Action("naming.never", (one.id,))),
        )),
    )  # fmt: skip
    return Card(text("win-ask-title"), body)


def _answer(one: Win, said: str) -> Action:
    return Action("naming.answer", (one.id, said, wording(one.what)))


def private_card(req: Request, one: Win) -> Card:
    """Thanks that stay between the bot and somebody who rather has them in private."""
    return Card(
        text("win-private"), (Line(_words(req, one), "quote"), Line(text("win-private-why"), "small"))
    )


def answered_card(one: Win, said: str) -> Card:
    """What comes of an answer; a yes can be taken back, unless what it was about holds no more."""
    if said == "yes" and one.state == "dropped":
        return Card(text("win-taken-away"))
    row = (Row((Button(text("win-name-remove"), _answer(one, "no")),)),) if said == "yes" else ()
    return Card(text(f"win-named-{said}"), row)


# --- A month ---------------------------------------------------------------------------------------------------


def month_card(
    req: Request,
    month: date,
    found: Sequence[Win],
    count: int,
    buttons: Sequence[Button] = (),
    name: str = "",
) -> Card:
    """A month's wins as a picture and as words that can be passed on as they stand; the latest of ``count``."""
    forum = forum_of(req).name
    title = text("win-month-title", forum=forum, month=month.month, year=str(month.year))
    body: list[Element] = []
    if found:
        body += [_picture(req, title, found, count), Line(text("win-month-words", forum=forum))]
        if len(found) < count:
            body.append(Line(text("win-month-latest", count=len(found), all=count), "small"))
        body += listed(req, found)
    else:
        body.append(Line(text("win-month-none")))
    if buttons:
        body.append(Row(tuple(buttons)))
    return Card(title, tuple(body), name)


def _picture(req: Request, title: Text, found: Sequence[Win], count: int) -> Picture:
    """Organisations stand on it and no people: a name has to go away again, and a picture in Telegram stays."""
    actors = forums.actors(req.store, forum_of(req).id)
    labels: dict[str, Text] = {"title": title}
    rows = []
    for number, each in enumerate(found[:DRAWN]):
        labels[f"what{number}"] = told(req, each, actors)
        row = {"what": f"what{number}"}
        if who := _organisations(req, each, actors):
            labels[f"who{number}"] = text("win-picture-who", who=Items(who))
            row["who"] = f"who{number}"
        rows.append(row)
    if len(found) > DRAWN:
        labels["foot"] = text("win-and-more", count=len(found) - DRAWN)
    data = json.dumps({"wins": rows}, separators=(",", ":"))
    some = text("win-month-alt", count=len(rows), all=count)
    return Picture("wins", data, text("win-month-alt-all") if len(rows) == count else some, labels)
