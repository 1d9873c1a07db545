"""A month's wins: one picture, and one text that members can pass on to their home organisations.

Anybody can ask for it. When a month is over the coordinators get it, and one press shows it in the forum's chats.
"""

from datetime import date, timedelta
from typing import Final

from handlers.kit.access import Deed, may
from handlers.kit.answers import Answers
from handlers.kit.budget import inform
from handlers.kit.doors import report_win
from handlers.kit.effects import Effects, Refusal, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, meant_for
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Button, Card, ChoiceField, Form, Option, text
from handlers.kit.wins_shown import told
from handlers.win_cards import month_card
from handlers.win_rules import ENOUGH_FOR_A_MONTH, OPTION, is_stale, month_before
from handlers.win_steps import MOST, calm_now, of_month, show_month, shown_before, taken_away, there
from storage import forums, wins
from storage.db import to_ms
from storage.wins import Win

feature = Feature("win_month")

YEARS: Final = range(2000, 2200)


@feature.command("wins", Deed.READ)
def latest(req: Request, _said: str) -> Effects:
    """This month's wins, or last month's as long as this one has none."""
    month = req.today.replace(day=1)
    yield from _page(req, month if of_month(req, month)[1] else month_before(month))


@feature.button(Deed.READ)
def page(req: Request, year: int, month: int) -> Effects:
    """The wins of a month."""
    yield from _page(req, _month(year, month))


def _page(req: Request, month: date) -> Effects:
    (found, count), before = of_month(req, month), month_before(month)
    buttons = [Button(text("menu-win"), report_win())]
    if of_month(req, before)[1]:
        buttons.append(Button(text("win-month-before"), page.action(before.year, before.month)))
    if may(req, Deed.RUN_FORUM):
        if found:
            buttons.append(_share_button(month))
            buttons.append(Button(text("win-take-one-away"), take_form.action()))
        way = ("win-calm-end", "wins.calm_over") if calm_now(req) else ("win-calm", "wins.calm_form")
        buttons.append(Button(text(way[0]), Action(way[1])))
    yield Whisper(month_card(req, month, found, count, buttons))


def _share_button(month: date) -> Button:
    return Button(text("win-month-share"), share.action(month.year, month.month), "primary")


@feature.button(Deed.RUN_FORUM)
def share(req: Request, year: int, month: int) -> Effects:
    """A month's wins for everybody; again only when there is one more."""
    first = _month(year, month)
    found, _ = of_month(req, first)
    if not found:
        raise Refusal(text("refused-stale"))
    last = max(to_ms(each.told_at) for each in found if each.told_at)
    if last <= shown_before(req, first)[0]:
        raise Refusal(text("win-month-shared-already"))
    yield from show_month(req, first, last)
    yield Toast(text("win-month-shared"))


@feature.form(Deed.RUN_FORUM)
def take_form(req: Request) -> Form:
    """Which of the latest wins is to go, the newest first; whoever told one has a button of their own for it."""
    found = _latest(req)
    if not found:
        raise Refusal(text("refused-stale"))
    actors = forums.actors(req.store, forum_of(req).id)
    options = tuple(Option(str(each.id), told(req, each, actors, OPTION)) for each in reversed(found))
    field = ChoiceField(key="win", label=text("win-take-field"), options=options)
    return Form(text("win-take-title"), text("win-take-away"), (field,))


@take_form.submitted
def taken(req: Request, answers: Answers) -> Effects:
    """It is gone from the list, and its message says so."""
    yield from taken_away(req, there(req, answers.number("win")))
    yield Whisper(Card(text("win-taken-away")))


@feature.button(Deed.READ)
def month_over(req: Request, year: int, month: int) -> Effects:
    """The coordinators get the list of the month that is over, where there is enough for one."""
    since, first = meant_for(req), _month(year, month)
    found, count = of_month(req, first)
    if count < ENOUGH_FOR_A_MONTH or is_stale(since, req.now):
        return
    card = month_card(req, first, found, count, (_share_button(first),))
    for each in forums.coordinators(req.store, forum_of(req).id):
        yield from inform(req, each, card)


def _latest(req: Request) -> list[Win]:
    span = timedelta(days=62)
    return wins.told_between(req.store, forum_of(req).id, req.now - span, req.now + span, most=MOST)


def _month(year: int, month: int) -> date:
    if year not in YEARS or not 1 <= month <= 12:  # noqa: PLR2004 - a year has so many months
        raise Refusal(text("refused-stale"))
    return date(year, month, 1)
