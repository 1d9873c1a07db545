"""Words that would do something if they were taken for more than words, wherever words can be written.

Each row is what is sent and what is kept of it. What is kept is what both chats show; nobody is called, nothing is set
in another type and nothing leads anywhere.
"""

from itertools import count
from typing import Any

import pytest

from storage import decisions
from storage.records import Decision
from tests.acceptance.siege import Siege
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import Ready

Besieged = tuple[Siege, Ready]
WORDS: dict[str, tuple[str, str]] = {
    "a call to the whole channel": ("<!channel> <!here|här> <!everyone>", "<!channel> <!here|här> <!everyone>"),
    "a call to one person": ("<@U000000002> <@U000000003|bo>", "<@U000000002> <@U000000003|bo>"),
    "a call to a team": ("<!subteam^S1|@alla> <#C1|hem>", "<!subteam^S1|@alla> <#C1|hem>"),
    "a call in plain words": ("@everyone @here @channel @all", "@everyone @here @channel @all"),
    "bold in Telegram's notation": ("<b>fet</b> <tg-spoiler>göm</tg-spoiler>", "<b>fet</b> <tg-spoiler>göm</tg-spoiler>"),
    "a tag left open": ("<b <i> </pre> <a href='tg://user?id=7'>", "<b <i> </pre> <a href='tg://user?id=7'>"),
    "escapes": ("&lt;!channel&gt; &amp;amp; &#60;b&#62;", "&lt;!channel&gt; &amp;amp; &#60;b&#62;"),
    "stars and ticks": ("*fet* _lutad_ ~struken~ `kod` ||göm||", "*fet* _lutad_ ~struken~ `kod` ||göm||"),
    "a link under other words": ("[din bank](tg://resolve?domain=x)", "[din bank](tg://resolve?domain=x)"),
    "a formula of a spreadsheet": ('=HYPERLINK("x";"y") +1 -1 @SUM(A1)', '=HYPERLINK("x";"y") +1 -1 @SUM(A1)'),
    "a placeable of our own texts": ('{ $what } { -brand } {"{"} { word-cancel }', '{ $what } { -brand } {"{"} { word-cancel }'),
    "a statement for the store": ("'; drop table decision; -- \" % _ \\", "'; drop table decision; -- \" % _ \\"),
    "a question for the index": ('"a" OR b* NEAR(c) -d ^e f:g (', '"a" OR b* NEAR(c) -d ^e f:g ('),
    "a format of a program": ("%s %n {0} {x.y} ${z} \\u202e", "%s %n {0} {x.y} ${z} \\u202e"),
    "signs that turn the line round": ("före \u202eomvänt\u202c \u2066x\u2069 efter", "före omvänt x efter"),
    "zero bytes and control signs": ("noll\x00 klocka\x07 färg\x1b[31m slut", "noll klocka färg[31m slut"),
    "signs without width": ("å\u200bä\u2060ö\ufeff slut", "å\u200bä\u2060ö\ufeff slut"),
    "our own signs": ("\ue0000\ue001 a\ue002b\ue003", "0 ab"),
    "a heap of marks": ("e" + "\u0301" * 60 + " slut", "é" + "\u0301" * 29 + " slut"),
}  # fmt: skip
NUMBERS = count(900_000)
RINGS = ("mention", "text_mention", "text_link", "code", "pre", "spoiler")
NOTHING_MORE = ("broadcast", "usergroup", "link", "channel", "mrkdwn", "markdown")


def shown(words: str) -> str:
    """Words as they are compared: without the signs that only keep them from ringing or turning."""
    for sign in "\u2060\u2068\u2069\u200e\u200f":
        words = words.replace(sign, "")
    return " ".join(words.split())


def assert_inert(siege: Siege) -> None:
    """Nothing that the bot ever said does anything beyond being read, but for mentions of people who are there."""
    assert siege.slack.world.broadcasts == []
    bot, people = siege.telegram.world.bot.id, siege.telegram.world.users
    for chat in siege.telegram.world.chats.values():
        for message in chat.messages.values():
            active = [each for each in message.entities if each.type in RINGS and each.user not in people]
            assert message.author != bot or not active
    for said in siege.slack.world.messages.values():
        assert not said.by_bot or not set(_kinds(said.blocks)) & set(NOTHING_MORE)


def _kinds(node: Any) -> list[str]:
    if isinstance(node, list):
        return [kind for each in node for kind in _kinds(each)]
    if isinstance(node, dict):
        return [str(node.get("type", "")), *(kind for each in node.values() for kind in _kinds(each))]
    return []


def assert_both_show(siege: Siege, ready: Ready, kept: str) -> None:
    """One new message in each chat of the forum, with the words."""
    sent = siege.platforms.ledger.sent()
    for where in (siege.channel, str(siege.group)):
        assert (
            len([each for each in sent if str(each.args.get("channel", each.args.get("chat_id"))) == where])
            == 1
        )
    for who in (ready.ada, ready.dan):
        assert [words for words in who.reads_all() if shown(kept) in shown(words)]
    siege.platforms.ledger.clear()


def newest(ready: Ready, back: int = 0) -> Decision:
    """The newest decision of the forum, or one before it."""
    return ready.store(lambda store: decisions.latest(store, ready.forum.id, most=back + 1))[back]


@pytest.mark.parametrize("platform", ["slack", "telegram"])
@pytest.mark.parametrize("attack", WORDS)
def test_words_stay_words(wall: Besieged, attack: str, platform: str) -> None:
    """As a decision, as an action, in a form, as the reason of a change and as what is looked for."""
    siege, ready = wall
    siege.reads_everything()
    sent, kept = WORDS[attack]
    who: SlackPerson | TelegramPerson = ready.bo if platform == "slack" else ready.cilla
    siege.platforms.ledger.clear()

    who.commands(f"beslut {sent}", private=True)
    assert newest(ready).what == kept
    assert_both_show(siege, ready, kept)

    who.commands(f"beslut {newest(ready).number}", private=True)
    who.clicks("decision-change")
    why = {"decision-field-why": sent, "decision-field-objections": sent, "decision-field-reason": sent}
    assert who.fills(why) == {}
    one = newest(ready)
    assert (one.what, one.why, one.objections, one.reason) == (kept, kept, kept, kept)
    siege.reads_everything()
    who.commands(f"beslut {one.number}", private=True)
    who.clicks("decision-history")
    assert shown(who.reads_all()[-1]).count(shown(kept)) >= 3

    siege.platforms.ledger.clear()
    who.commands(f"åtgärd {sent}" if platform == "slack" else f"atgard {sent}", private=True)
    item = ready.action(siege.count("action"))
    assert item.what == kept
    assert_both_show(siege, ready, kept)

    who.commands(f"sök {sent}" if platform == "slack" else f"sok {sent}", private=True)
    assert who.reads_all()
    assert_inert(siege)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
@pytest.mark.parametrize("attack", WORDS)
def test_names_stay_names(wall: Besieged, attack: str, platform: str) -> None:
    """Of a person, of an organisation and of the forum: told to both chats as they are."""
    siege, ready = wall
    siege.reads_everything()
    sent, kept = WORDS[attack]
    kept = " ".join(kept.split())
    eva = siege.slack_person(sent) if platform == "slack" else siege.telegram_person(sent)
    eva.commands("med")
    eva.clicks("forum-join")
    assert eva.fills({"organisation-new": sent}) == {}

    names = siege.looks("select name from actor", "select name from person")
    assert [kept in {row[0] for row in rows} for rows in names.values()] == [True, True]
    for each in (ready.ada, ready.dan):
        # Slack itself puts the name where somebody is mentioned, and shows it as it pleases.
        times = 1 if platform == "slack" and each is ready.ada else 2
        assert any(shown(words).count(shown(kept)) >= times for words in each.reads_all())

    ready.ada.commands("inställningar")
    assert ready.ada.fills({"setup-field-name": sent}) == {}
    assert siege.looks("select name from forum where id = 1").popitem()[1][0][0] == kept
    for who in (ready.ada, ready.cilla):
        who.commands("start", private=True)
        assert shown(kept) in shown(who.reads_all()[-1])
    siege.reads_everything()
    assert_inert(siege)


BROKEN = {"a lone half": "halv \ud83d hel", "halves in the wrong order": "a\udc00\ud800b", "alone": "\ud800"}


@pytest.mark.parametrize("attack", BROKEN)
def test_broken_characters_are_left_out(wall: Besieged, attack: str) -> None:
    """Only JSON can bring them: an event of Slack's and an update of Telegram's; the rest of the words is kept."""
    siege, ready = wall
    broken, number = BROKEN[attack], next(NUMBERS)
    stamp = f"{int(siege.now.timestamp())}.{number}"
    event = {"type": "message", "channel_type": "im", "user": ready.bo.user.id, "ts": stamp, "text": f"beslut x{broken}",
             "channel": siege.slack.world.im_of(ready.bo.user.id).id}  # fmt: skip
    cilla = {"id": ready.cilla.user.id, "is_bot": False, "first_name": "Cilla"}
    update = {"update_id": number, "message": {"message_id": number, "date": 1, "from": cilla, "text": f"beslut x{broken}",
              "chat": {"id": ready.cilla.user.id, "type": "private"}}}  # fmt: skip

    statuses = siege.all_at_once(
        siege.brings("slack", {"type": "event_callback", "team_id": "T0HOME", "event_id": f"Ev{number}", "event": event,
                               "event_time": int(siege.now.timestamp())}),
        siege.brings("telegram", update),
    )  # fmt: skip

    kept = "x" + "".join(each for each in broken if not "\ud800" <= each <= "\udfff")
    assert statuses == [200, 200]
    assert [newest(ready, back).what for back in (0, 1)] == [kept, kept]


@pytest.mark.parametrize("words", ["", "  \t ", "\u200b\u200d\ufeff", "\u202e\u202c", "\x00\x07", "\u3164"])
@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_nothing_at_all_is_asked_for(wall: Besieged, platform: str, words: str) -> None:
    """Blanks, seen or unseen, are neither a decision nor an answer."""
    siege, ready = wall
    who: SlackPerson | TelegramPerson = ready.bo if platform == "slack" else ready.cilla

    before = siege.count("decision")

    who.commands(f"beslut {words}", private=True)

    assert who.has_form()
    if isinstance(who, SlackPerson):
        asked = siege.t("field-required")
        assert who.fills({"decision-field-what": words or " "}) == {siege.t("decision-field-what"): asked}
    who.clicks("form-cancel") if isinstance(who, TelegramPerson) else None
    siege.reads_everything()
    assert siege.count("decision") == before


@pytest.mark.parametrize(("platform", "counted"), [("slack", 11_993), ("telegram", 4_089)])
def test_a_hundred_thousand_letters_are_refused(wall: Besieged, platform: str, counted: int) -> None:
    """With the number that would be fine; nothing is cut in silence, and nothing is told to others."""
    siege, ready = wall
    who: SlackPerson | TelegramPerson = ready.bo if platform == "slack" else ready.cilla
    siege.platforms.ledger.clear()
    before = siege.count("decision")

    who.commands("beslut " + "x" * 100_000, private=True)

    who.sees("field-too-long", most=2000, now=counted)
    assert (siege.count("decision"), len(siege.platforms.ledger.sent())) == (before, 1)


@pytest.mark.parametrize("attack", WORDS)
def test_titles_stay_titles(wall: Besieged, attack: str) -> None:
    """A channel and a group are renamed by whoever runs them: the list of chats shows both as they are called."""
    siege, ready = wall
    siege.reads_everything()
    sent, kept = WORDS[attack]
    number, now = next(NUMBERS), int(siege.now.timestamp())
    renamed = {"type": "channel_rename", "channel": {"id": siege.channel, "name": sent}}
    cilla = {"id": ready.cilla.user.id, "is_bot": False, "first_name": "Cilla Ö"}
    group = {"id": siege.group, "type": "supergroup", "title": sent}
    update = {"message_id": number, "date": now, "from": cilla, "chat": group, "new_chat_title": sent}

    statuses = siege.all_at_once(
        siege.brings("slack", {"type": "event_callback", "team_id": "T0HOME", "event_id": f"Ev{number}",
                               "event_time": now, "event": renamed}),
        siege.brings("telegram", {"update_id": number, "message": update}),
    )  # fmt: skip
    ready.ada.commands("chattar", private=True)

    assert statuses == [200, 200]
    assert [row[0] for row in siege.looks("select title from place order by id").popitem()[1]] == [kept, kept]
    assert shown(ready.ada.reads_all()[-1]).count(shown(kept)) >= 2
    assert_inert(siege)
