"""Features as tables: what is registered, what a button's data becomes, and that nothing is claimed twice."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, Toast
from handlers.kit.feature import Arg, Book, Feature, UnknownAction, cast, decode
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Form, text
from tests.stage.samples import Sample

TITLE = text("menu-title")


def _vote(_req: Request, decision: int, choice: str = "yes") -> Effects:
    yield Toast(text("verbatim", words=f"{decision}{choice}"))


def _say(_req: Request, said: str) -> Effects:
    yield Toast(text("verbatim", words=said))


def _ring(_req: Request) -> Effects:
    yield Toast(TITLE)


def _ask(_req: Request, decision: int) -> Form:
    return Form(text("verbatim", words=str(decision)), TITLE, ())


def _take(_req: Request, _answers: Answers, decision: int) -> Effects:
    yield Toast(text("verbatim", words=str(decision)))


def test_a_button_points_at_its_handler() -> None:
    """A registered function knows its own name, its deed and what its arguments are."""
    feature = Feature("votes")

    vote = feature.button(Deed.ANSWER)(_vote)

    assert vote.name == "votes._vote"
    assert vote.deed is Deed.ANSWER
    assert vote.casts == (int, str)
    assert vote.action(7, "no") == Action("votes._vote", (7, "no"))
    assert feature.handlers == {"votes._vote": vote}


def test_a_handler_is_still_a_function(sample: Sample) -> None:
    """One handler may call another one of its feature as it would any function."""
    vote = Feature("votes").button(Deed.ANSWER)(_vote)

    assert list(vote(sample.request(None), 7, choice="no")) == [Toast(text("verbatim", words="7no"))]


def test_a_form_knows_who_takes_its_answers(sample: Sample) -> None:
    """A form is built by one function and taken by another one, and by no third."""
    feature = Feature("votes")
    ask = feature.form(Deed.RECORD)(_ask)

    ask.submitted(_take)

    req = sample.request(None)
    assert ask.action(3) == Action("votes._ask", (3,))
    assert ask.build(req, 3).title == text("verbatim", words="3")
    assert list(ask.taken[0](req, Answers({}), 3)) == [Toast(text("verbatim", words="3"))]
    with pytest.raises(ValueError, match="already"):
        ask.submitted(_take)


def test_a_command_is_a_button_too() -> None:
    """What a word runs can also stand under a card, with the rest of the line as its argument."""
    feature = Feature("votes")

    say = feature.command("vote", Deed.RECORD, menu=True)(_say)

    word = feature.words["vote"]
    assert (word.word, word.handler, word.menu) == ("vote", say, True)
    assert feature.handlers[say.name] is say
    assert say.action("yes").encode(4) == "votes._say:4:yes"


def test_shortcuts_and_events_are_no_buttons() -> None:
    """What a shortcut or an event runs cannot be reached by button data."""
    feature = Feature("votes")

    shortcut = feature.shortcut("vote_on", Deed.RECORD)(_ring)
    event = feature.event("bot-added")(_ring)

    assert feature.handlers == {}
    assert feature.shortcuts == {"vote_on": shortcut}
    assert feature.events == {"bot-added": event}
    assert event.deed is Deed.ASK


def test_whom_the_platform_is_asked_about() -> None:
    """A handler registered as needing an administrator is remembered as such, of whatever kind it is."""
    feature = Feature("votes")
    feature.button(Deed.ANSWER, administrator=True)(_vote)
    feature.command("vote", Deed.RECORD, administrator=True)(_say)
    feature.form(Deed.RECORD, administrator=True)(_ask)

    assert Book.of((feature,)).administrator == {"votes._vote", "votes._say", "votes._ask"}


def test_nothing_is_registered_twice() -> None:
    """A name, a word, a shortcut or an event claimed again within a feature fails at import."""
    feature = Feature("votes")
    feature.command("vote", Deed.RECORD)(_say)
    feature.shortcut("vote_on", Deed.RECORD)(_ring)
    feature.event("bot-added")(_ring)

    with pytest.raises(ValueError, match=re.escape("votes._say is registered twice")):
        feature.button(Deed.RECORD)(_say)
    with pytest.raises(ValueError, match=re.escape("votes._say is registered twice")):
        feature.form(Deed.RECORD)(_say)  # type: ignore[arg-type]  # only its name matters here
    with pytest.raises(ValueError, match="vote is registered twice"):
        feature.command("vote", Deed.RECORD)(_vote)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="vote_on is registered twice"):
        feature.shortcut("vote_on", Deed.RECORD)(_ring)
    with pytest.raises(ValueError, match="bot-added is registered twice"):
        feature.event("bot-added")(_ring)


@pytest.mark.parametrize("what", ["word", "shortcut", "handler", "form"])
def test_two_features_cannot_claim_the_same(what: str) -> None:
    """A clash between features is found when they are bound together."""
    first, second = Feature("votes"), Feature("votes" if what in ("handler", "form") else "polls")
    for each in (first, second):
        match what:
            case "word":
                each.command("vote", Deed.RECORD)(_say)
            case "shortcut":
                each.shortcut("vote_on", Deed.RECORD)(_ring)
            case "handler":
                each.button(Deed.RECORD)(_vote)
            case _:
                each.form(Deed.RECORD)(_ask)

    with pytest.raises(ValueError, match="claimed by two features"):
        Book.of((first, second))


def test_several_features_may_answer_one_event() -> None:
    """What happened is told to every feature that listens, in reading order."""
    first, second = Feature("votes"), Feature("polls")
    one, two = first.event("bot-added")(_ring), second.event("bot-added")(_ring)

    assert Book.of((first, second)).events == {"bot-added": (one, two)}


@pytest.mark.parametrize(
    ("data", "name", "forum", "args"),
    [
        ("votes.vote:3:7:yes", "votes.vote", 3, ("7", "yes")),
        ("votes.vote:0", "votes.vote", 0, ()),
        ("help.menu:12:", "help.menu", 12, ("",)),
        ("a:999999999999999", "a", 999999999999999, ()),
    ],
)
def test_button_data_is_read(data: str, name: str, forum: int, args: tuple[str, ...]) -> None:
    """Name, forum and raw arguments come out as they were put in."""
    assert decode(data) == (name, forum, args)


@pytest.mark.parametrize(
    "data",
    ["", ":", "votes.vote", "votes.vote:", "votes.vote::7", "votes.vote:x:7", ":1:7", "a:-1", "a:²", "a:٣", "a: 1", "a:" + "9" * 16],
)  # fmt: skip
def test_forged_button_data_is_refused(data: str) -> None:
    """Data that no button of ours ever carried names no forum by accident."""
    with pytest.raises(UnknownAction):
        decode(data)


@pytest.mark.parametrize(
    "raw",
    [
        (), ("7",), ("7", "yes", "x"), ("x", "yes"), ("", "yes"), ("1.5", "yes"),
        ("1_0", "yes"), (" 1", "yes"), ("٣", "yes"), ("9" * 19, "yes"), ("--1", "yes"),
    ],
)  # fmt: skip
def test_arguments_that_do_not_fit_are_refused(raw: tuple[str, ...]) -> None:
    """A button of an older version, or a forged one, runs nothing."""
    with pytest.raises(UnknownAction):
        cast((int, str), raw)


ARGS = st.lists(
    st.one_of(st.integers(-(10**9), 10**9), st.text(st.characters(exclude_characters=":"), max_size=8))
)


@given(ARGS.map(tuple), st.integers(0, 10**9))
def test_a_button_leads_back_to_its_arguments(args: tuple[Arg, ...], forum: int) -> None:
    """What a card puts into a button is what the handler gets when it is pressed."""
    name, found, raw = decode(Action("votes.vote", args).encode(forum))

    kinds = tuple(int if isinstance(each, int) else str for each in args)
    assert (name, found) == ("votes.vote", forum)
    assert cast(kinds, raw) == args
