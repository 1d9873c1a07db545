"""Messages out: where they land, what is replaced, and what each kind of trouble is called."""

import pytest
from aiohttp import web

from bot.adapter import (
    Broken,
    Gone,
    MessageGone,
    NotNow,
    Outgoing,
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)
from bot.playground.faults import (
    CutReply,
    Fault,
    Html,
    LostRequest,
    PlatformError,
    RateLimited,
    ServerError,
)
from bot.playground.slack import BOT_USER
from bot.slack.adapter import SlackAdapter
from bot.slack.troubles import of_code, of_reply
from handlers.kit.ui import Action, Button, Line, Mention, Row, text
from tests.bot.slack.bench import BOT_TOKEN, Bench, card, words

pytestmark = pytest.mark.anyio
PRESS = Row((Button(words("Tryck"), Action("some.deed")),))


@pytest.fixture(name="adapter")
async def _adapter(bench: Bench) -> SlackAdapter:
    """An adapter that takes presses over Socket Mode."""
    adapter = bench.adapter()
    await adapter.start()
    return adapter


async def test_a_post_lands_in_its_channel_and_thread(bench: Bench, adapter: SlackAdapter) -> None:
    """It gives its id, which an update needs, and shows no previews."""
    asked = await bench.slack.say(bench.ada, bench.room, "Hur gick det?")
    ts = await adapter.send(bench.outgoing(card("Bra"), thread=asked.ts))
    message = bench.slack.world.message(bench.room.id, ts)
    assert (bench.read(message), message.thread_ts) == ("Bra", asked.ts)
    (call,) = bench.ledger.of("chat.postMessage")
    assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)


async def test_people_are_mentioned_where_they_are_known(bench: Bench, adapter: SlackAdapter) -> None:
    """Others are shown by name."""
    about = text("about", who=Mention(1, "Ada Ek"), whom=Mention(2, "Eva"), what="<!channel>")
    await adapter.send(bench.outgoing(card("x", Line(about)), mentions={1: bench.ada.id}))
    assert bench.seen(bench.bo) == ["x\n@ada bad Eva om <!channel>"]
    assert bench.slack.world.broadcasts == []


async def test_a_thread_that_is_closed_is_answered_in_the_channel(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """Better there than nowhere; nothing was said the first time."""
    await adapter.send(bench.outgoing(card("Ett"), thread="1.000001"))
    whisper = bench.outgoing(card("Två"), kind="whisper", person_user=bench.ada.id, thread="1.000001")
    await adapter.send(whisper)
    assert bench.seen(bench.ada) == ["Ett", "Två"]
    for kind in ("chat.postMessage", "chat.postEphemeral"):
        bench.faults.plant(kind, PlatformError("thread_locked"))
    with pytest.raises(Refused):
        await adapter.send(bench.outgoing(card("Tre")))
    with pytest.raises(Refused):
        await adapter.send(bench.outgoing(card("Fyra"), kind="whisper", person_user=bench.ada.id))


async def test_a_private_message_opens_the_private_chat_once(bench: Bench, adapter: SlackAdapter) -> None:
    """Later ones go straight there."""
    for said in ("Ett", "Två"):
        await adapter.send(bench.outgoing(card(said), bench.ada, kind="direct"))
    assert bench.seen(bench.ada, bench.slack.dm(bench.ada)) == ["Ett", "Två"]
    assert len(bench.ledger.of("conversations.open")) == 1


async def test_an_update_changes_the_message(bench: Bench, adapter: SlackAdapter) -> None:
    """In a channel and in private."""
    for to in (bench.room, bench.ada):
        ts = await adapter.send(bench.outgoing(card("Förr"), to))
        assert await adapter.send(bench.outgoing(card("Nu"), to, kind="update", message=ts)) == ts
    assert bench.seen(bench.ada) == ["Nu"]
    assert bench.seen(bench.ada, bench.slack.dm(bench.ada)) == ["Nu"]


async def test_a_whisper_is_seen_by_one(bench: Bench, adapter: SlackAdapter) -> None:
    """Nobody else in the channel sees it."""
    assert await adapter.send(bench.outgoing(card("Psst"), kind="whisper", person_user=bench.ada.id)) == ""
    assert bench.seen(bench.ada) == ["Psst"]
    assert bench.seen(bench.bo) == []


async def pressed(bench: Bench, adapter: SlackAdapter) -> str:
    """Whisper a card with a button to Ada and let her press it; the message's id."""
    whisper = bench.outgoing(card("Sida 1", PRESS), kind="whisper", person_user=bench.ada.id)
    await adapter.send(whisper)
    message = bench.slack.seen(bench.ada, bench.room)[-1]
    await bench.slack.press(bench.ada, message, "Tryck")
    return message.ts


def next_page(bench: Bench, replaces: str, said: str = "Sida 2") -> Outgoing:
    """A whisper in another's place."""
    return bench.outgoing(card(said, PRESS), kind="whisper", person_user=bench.ada.id, replaces=replaces)


async def test_a_whisper_takes_the_place_of_the_one_pressed(bench: Bench, adapter: SlackAdapter) -> None:
    """As long as its address works: five times, or half an hour."""
    ts = await pressed(bench, adapter)
    for page in range(2, 7):
        await adapter.send(next_page(bench, ts, f"Sida {page}"))
    assert [each.split("\n")[0] for each in bench.seen(bench.ada)] == ["Sida 6"]
    await adapter.send(next_page(bench, ts, "Sida 7"))
    assert [each.split("\n")[0] for each in bench.seen(bench.ada)] == ["Sida 6", "Sida 7"]


async def test_an_old_whisper_is_followed_by_a_new_one(bench: Bench, adapter: SlackAdapter) -> None:
    """Its address has expired, or was never known to this process."""
    ts = await pressed(bench, adapter)
    bench.clock.ahead = 1790.0
    await adapter.send(next_page(bench, ts))
    await adapter.send(next_page(bench, "1.000001"))
    assert len(bench.seen(bench.ada)) == 3


@pytest.mark.parametrize(
    "fault", [RateLimited(3), ServerError(500), ServerError(503), LostRequest(), CutReply()]
)
async def test_a_replacement_that_fails_is_made_once_more(
    bench: Bench, adapter: SlackAdapter, fault: Fault
) -> None:
    """Nothing is lost by putting the same in its place again."""
    ts = await pressed(bench, adapter)
    bench.faults.plant("response_url", fault)
    with pytest.raises(NotNow):
        await adapter.send(next_page(bench, ts))
    await adapter.send(next_page(bench, ts))
    assert bench.seen(bench.ada) == ["Sida 2\n[Tryck]"]


async def test_an_answer_in_private_takes_the_place_of_the_one_pressed(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """There it is a message like any other; one that is gone is followed by a new one."""
    private = bench.slack.dm(bench.ada)
    ts = await adapter.send(bench.outgoing(card("Sida 1"), bench.ada, kind="direct"))
    page = bench.outgoing(card("Sida 2"), bench.ada, kind="whisper", person_user=bench.ada.id, replaces=ts)
    assert await adapter.send(page) == ts
    assert bench.seen(bench.ada, private) == ["Sida 2"]
    gone = bench.outgoing(card("Sida 3"), bench.ada, kind="whisper", person_user=bench.ada.id, replaces="1.0")
    assert await adapter.send(gone) not in ("", ts)
    assert bench.seen(bench.ada, private) == ["Sida 2", "Sida 3"]


async def test_whom_no_message_can_reach(bench: Bench, adapter: SlackAdapter) -> None:
    """Somebody who left the workspace or the channel; a chat we are not in; a message that is gone."""
    stray = bench.slack.world.add_channel("utan", [bench.ada])
    left = bench.slack.world.add_channel("kvar", [BOT_USER])
    await adapter.send(bench.outgoing(card("x"), bench.bo))
    await bench.slack.deactivate(bench.bo)
    rows: list[tuple[Outgoing, type[SendTrouble]]] = [
        (bench.outgoing(card("x"), bench.bo), Unreachable),
        (bench.outgoing(card("x"), "U0NOBODY"), Unreachable),
        (bench.outgoing(card("x"), stray), Gone),
        (bench.outgoing(card("x"), "C0NOWHERE"), Gone),
        (bench.outgoing(card("x"), left, kind="whisper", person_user=bench.ada.id), Unreachable),
        (bench.outgoing(card("x"), kind="update", message="1.000001"), MessageGone),
        (bench.outgoing(card("x"), "U0NOBODY", kind="publish"), Refused),
    ]
    for message, kind in rows:
        with pytest.raises(SendTrouble) as trouble:
            await adapter.send(message)
        assert type(trouble.value) is kind


async def test_a_private_channel_that_is_gone_means_that_the_person_is(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """It is asked for anew the next time."""
    ts = await adapter.send(bench.outgoing(card("x"), bench.ada))
    for method in ("chat.postMessage", "chat.update", "conversations.open"):
        bench.faults.plant(method, PlatformError("channel_not_found"))
    for message in (
        bench.outgoing(card("x"), bench.ada),
        bench.outgoing(card("x"), bench.ada),
        bench.outgoing(card("y"), bench.ada, kind="update", message=ts),
    ):
        with pytest.raises(Unreachable):
            await adapter.send(message)
    bench.faults.plant("chat.update", PlatformError("channel_not_found"))
    with pytest.raises(Gone):
        await adapter.send(bench.outgoing(card("y"), kind="update", message=ts))


MET: list[tuple[Fault, type[SendTrouble], type[SendTrouble]]] = [
    (RateLimited(7), NotNow, NotNow),
    (ServerError(500), Broken, NotNow),
    (ServerError(503), NotNow, NotNow),
    (ServerError(200), Uncertain, NotNow),
    (Html(502), Broken, NotNow),
    (Html(200), Uncertain, NotNow),
    (Html(403), Uncertain, NotNow),
    (CutReply(), Uncertain, NotNow),
    (LostRequest(), Uncertain, NotNow),
    (PlatformError("fatal_error"), Broken, NotNow),
    (PlatformError("ratelimited"), NotNow, NotNow),
    (PlatformError("token_revoked"), Revoked, Revoked),
    (PlatformError("something_new"), Refused, Refused),
    (PlatformError("something_new", 500), Broken, NotNow),
]


@pytest.mark.parametrize(("fault", "new", "again"), MET)
async def test_what_slack_does_on_a_bad_day(
    bench: Bench, adapter: SlackAdapter, fault: Fault, new: type[SendTrouble], again: type[SendTrouble]
) -> None:
    """A new message may be uncertain; what changes nothing when said twice is simply tried again later."""
    ts = await adapter.send(bench.outgoing(card("x")))
    rows = [
        ("chat.postMessage", new, bench.outgoing(card("y"))),
        ("chat.postEphemeral", new, bench.outgoing(card("y"), kind="whisper", person_user=bench.ada.id)),
        ("chat.update", again, bench.outgoing(card("y"), kind="update", message=ts)),
        ("views.publish", again, bench.outgoing(card("y"), bench.ada, kind="publish")),
        ("conversations.open", again, bench.outgoing(card("y"), bench.ada)),
    ]
    for method, kind, message in rows:
        bench.faults.plant(method, fault)
        calls = len(bench.ledger.of(method))
        with pytest.raises(SendTrouble) as trouble:
            await adapter.send(message)
        assert type(trouble.value) is kind
        assert len(bench.ledger.of(method)) == calls + 1
        assert not isinstance(fault, RateLimited) or str(trouble.value) == "again in 7 s"


async def test_nobody_at_the_address_means_that_nothing_was_sent(bench: Bench) -> None:
    """A connection that is refused is no uncertainty; before the start nothing is sent either."""
    nowhere = bench.adapter(base_url="http://127.0.0.1:9/api/", app_token=None)
    with pytest.raises(NotNow) as trouble:
        await nowhere.start()
    assert trouble.value.everywhere
    with pytest.raises(NotNow):
        await nowhere.send(bench.outgoing(card("x")))


NONSENSE = [
    (200, "application/json", b'{"ok": tru'),
    (200, "application/json", b"[1]"),
    (200, "application/json", b"5"),
    (200, "application/json", b"null"),
    (200, "application/json", b""),
    (200, "application/json", b'{"ok": true}'),
    (200, "application/json; charset=klingon", b'{"ok": true}'),
    (200, "application/json; charset=utf-8", b"\xff\xfe\xfd"),
    (200, "application/gzip", b"\x1f\x8b"),
    (200, "text/plain", b"ok"),
    (200, "text/plain", b""),
    (302, "text/html", b""),
    (404, "text/html", b"<html>"),
    (500, "application/json", b'{"ok": false, "error": 5}'),
    (502, "application/json", b"<html>"),
]


@pytest.mark.parametrize(("status", "kind", "body"), NONSENSE)
async def test_a_reply_that_makes_no_sense_leaves_it_open(
    bench: Bench, status: int, kind: str, body: bytes
) -> None:
    """Whatever stands between us and Slack may answer anything at all."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers={"content-type": kind})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    adapter = bench.adapter(base_url=f"http://127.0.0.1:{runner.addresses[0][1]}/", app_token=None)
    with pytest.raises(Uncertain):
        await adapter.start()
    await runner.cleanup()


CODES: dict[type[SendTrouble], str] = {
    Revoked: """invalid_auth not_authed account_inactive token_revoked token_expired no_permission missing_scope
        org_login_required ekm_access_denied not_allowed_token_type team_access_not_granted access_denied""",
    Gone: """channel_not_found not_in_channel is_archived team_not_found restricted_action
        restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel""",
    Unreachable: """user_not_found user_disabled user_not_visible cannot_dm_bot messages_tab_disabled
        user_not_in_channel""",
    MessageGone: "message_not_found cant_update_message edit_window_closed block_mismatch",
    Broken: "fatal_error internal_error",
    NotNow: """ratelimited rate_limited service_unavailable request_timeout team_added_to_org
        message_limit_exceeded""",
    Refused: """invalid_blocks msg_too_long msg_blocks_too_long no_text invalid_arguments invalid_thread_ts
        cannot_reply_to_message thread_locked expired_trigger_id exchanged_trigger_id invalid_trigger_id
        view_too_large hash_conflict duplicate_external_id too_many_attachments time_in_past already_reacted
        unknown_method""",
}
ROWS = [(code, kind) for kind, codes in CODES.items() for code in codes.split()]


def test_the_table_of_codes_is_long_enough() -> None:
    """Every code that the methods we use document."""
    assert len(ROWS) >= 54


@pytest.mark.parametrize(("code", "kind"), ROWS)
def test_each_code_has_its_kind_of_trouble(code: str, kind: type[SendTrouble]) -> None:
    """The reply says what the table says."""
    assert isinstance(of_code(code), kind)
    assert isinstance(of_reply(200, {}, {"ok": False, "error": code}), kind)


def test_a_reply_that_quotes_somebody_is_not_quoted() -> None:
    """The reason of a trouble goes to the log: only what can be a code of Slack's does."""
    assert str(of_code("invalid_blocks")) == "invalid_blocks"
    assert str(of_code("Ada wrote: invalid_blocks")) == "no code"


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [("7", 7), ("0", 1), ("99999999", 3600), ("", 30), ("soon", 30), ("-5", 30), ("٣", 30), ("1.5", 30)],
)
def test_how_long_to_wait_is_read_with_care(raw: str, seconds: float) -> None:
    """A header may hold anything."""
    trouble = of_reply(429, {"Retry-After": raw}, None)
    assert isinstance(trouble, NotNow)
    assert (trouble.seconds, trouble.everywhere) == (seconds, False)


async def test_a_token_that_is_no_good_is_refused_at_the_start(bench: Bench) -> None:
    """Both the bot's and the app's."""
    bench.slack.revoke(BOT_TOKEN)
    with pytest.raises(Revoked):
        await bench.adapter().start()
    await bench.slack.reset()
    with pytest.raises(Revoked):
        await bench.adapter(app_token="xapp-wrong").start()


@pytest.mark.parametrize(
    "address", ["{base}/slack/response/gone", "{base}/nowhere", "no address", "ftp://x/y"]
)
async def test_an_address_that_works_no_longer_reaches_nobody(bench: Bench, address: str) -> None:
    """A command in a channel without the bot; its answer finds neither a way in nor an address. No fault of ours."""
    adapter = bench.adapter()
    await adapter.start()
    elsewhere = bench.slack.world.add_channel("annat", [bench.ada])
    await bench.slack.slash(bench.ada, elsewhere, "/samsyn", "hjälp")
    assert adapter._running is not None
    late = adapter._running.sender._late
    late.remember(address.format(base=bench.slack.base_url), elsewhere.id, bench.ada.id)
    whisper = bench.outgoing(card("x"), elsewhere, kind="whisper", person_user=bench.ada.id)
    with pytest.raises(Gone):
        await adapter.send(whisper)
