"""How tying looks: a code to pass on, a chat that asks to be let in, the forum's chats, one's own accounts."""

from handlers.kit.codes import shown
from handlers.kit.doors import give_code, let_post
from handlers.kit.forum_shown import place_name
from handlers.kit.ui import Action, Button, Card, Fact, Line, Row, Value, text
from storage.records import Forum, Place


def code_card(forum: Forum, code: str) -> Card:
    """A code for another chat, and what to do with it."""
    return Card(
        text("tie-code", code=shown(code)),
        (
            Line(text("tie-code-how", code=shown(code), name=forum.name)),
            Line(text("tie-code-rules"), "small"),
        ),
    )


def question_card(
    forum: Forum, place: Place, redeemer: str, *, whom: Value, approve: Action, reject: Action
) -> Card:
    """A chat asks to be tied; only a coordinator can say whether it belongs here."""
    return Card(
        text("tie-question", name=forum.name),
        (
            Line(text("tie-question-to", who=whom)),
            Fact(text("tie-fact-chat"), place_name(place)),
            Fact(text("tie-fact-redeemer"), redeemer),
            Line(text("tie-question-advice"), "small"),
            Row(
                (
                    Button(text("tie-approve"), approve, "primary"),
                    Button(text("tie-reject"), reject, "danger"),
                )
            ),
        ),
        question_name(forum, place),
    )


def question_name(forum: Forum, place: Place) -> str:
    """What the question is called, so that it can be marked as answered wherever it was asked."""
    return f"claim:{forum.id}:{place.id}"


def tied_card(forum: Forum, place: Place, *, undo: Action | None) -> Card:
    """A chat was tied to the forum; for a day with a button that takes it back."""
    body = (Row((Button(text("tie-undo"), undo, confirm=text("tie-undo-sure")),)),) if undo else ()
    return Card(
        text("tie-tied", chat=place_name(place), name=forum.name),
        (Line(text("tie-tied-what")), *body),
        f"tie:{forum.id}:{place.id}",
    )


def chats_card(forum: Forum, chats: tuple[tuple[Place, Action], ...]) -> Card:
    """Every chat of the forum, each with a button that lets it go."""
    body: list[Line | Row] = []
    for place, untie in chats:
        held = place.state == "held"
        body.append(Line(text("tie-chat-held", chat=place_name(place)) if held else place_name(place)))
        again = text("audience-let-post-in", chat=place_name(place))
        buttons = [Button(again, let_post(place.id), "primary")] if held else []
        if len(chats) > 1:
            untied = text("tie-untie", chat=place_name(place))
            buttons.append(Button(untied, untie, "danger", confirm=text("tie-undo-sure")))
        if buttons:
            body.append(Row(tuple(buttons)))
    body.append(Row((Button(text("forum-tie"), give_code(), "primary"),)))
    return Card(text("tie-chats", name=forum.name), tuple(body))


def account_code_card(code: str, enter: Action) -> Card:
    """A code for one's other account."""
    return Card(
        text("account-code", code=shown(code)),
        (
            Line(text("account-code-how", code=shown(code))),
            Line(text("account-code-rules"), "small"),
            Row((Button(text("account-have-code"), enter),)),
        ),
    )


def same_person_card(name: str, yes: Action, no: Action) -> Card:
    """Whether the one who made the code and the one who typed it are the same human being."""
    return Card(
        text("account-same-title", name=name),
        (
            Line(text("account-same-what")),
            Row((Button(text("account-yes"), yes, "primary"), Button(text("account-no"), no))),
        ),
    )
