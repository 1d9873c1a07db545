"""The whole way from an invited bot to a forum at work in two chats."""

from storage import forums
from tests.stage.chat import Chat
from tests.stage.openings import NAME, POLICE, TOWN, tied_forum


def test_from_an_invitation_to_a_forum_in_two_chats(chat: Chat) -> None:
    """Nobody reads a manual: a greeting, a form, a code, two presses; then a decision shows in both chats."""
    ada, bo, cilla = tied_forum(chat)

    bo.commands("beslut Vi köper kaffe.")

    for who in (ada, cilla):
        assert "Vi köper kaffe." in who.sees("decision-title-standing", number="1/2026")
    members = chat.runner.run(chat.app.writer.run(lambda store: forums.members(store, 1)))
    actors = chat.runner.run(chat.app.writer.run(lambda store: forums.actors(store, 1)))
    assert [(each.name, each.role, each.actor) for each in members] == [
        ("Ada Ek", "coordinator", 1), ("Bo Alm", "member", 2), ("Cilla Ö", "member", 2),
    ]  # fmt: skip
    assert [each.name for each in actors] == [POLICE, TOWN]
    forum = chat.runner.run(chat.app.writer.run(lambda store: forums.get(store, 1)))
    assert forum is not None
    assert forum.name == NAME
