"""Doors between features. A feature never imports another; where a card of one leads into another, it is said here.

A test opens every door and checks that somebody stands behind it with the same arguments.
"""

from handlers.kit.ui import Action


def new_action(decision: int = 0) -> Action:
    """The form for a new action, out of a decision (0 = on its own)."""
    return Action("actions.add_form", (decision,))


def show_action(action: int) -> Action:
    """One action with everything one can do about it."""
    return Action("actions.show", (action,))


def open_actions() -> Action:
    """The forum's open actions."""
    return Action("actions.page", ("", 0))


def my_things() -> Action:
    """What waits for the one who asks."""
    return Action("mine.mine", ("",))


def member_left(member: int) -> Action:
    """What a member who left had in hand finds its way to the others; run it as a timer, at once."""
    return Action("actions.orphaned", (member,))


def show_decision(decision: int) -> Action:
    """One decision as it stands."""
    return Action("decisions.show", (decision,))


def decision_refresh(decision: int) -> Action:
    """A decision's card is drawn anew, for something on it has changed; run it as a timer, at once."""
    return Action("decisions.undo_over", (decision,))


def new_decision() -> Action:
    """The form for a new decision."""
    return Action("decisions.record_form")


def join(invite: str) -> Action:
    """Become a member; the forum's invitation lets outsiders of the roster in."""
    return Action("members.join_form", (invite,))


def menu() -> Action:
    """What one can do."""
    return Action("help.menu", ("",))


def give_code() -> Action:
    """A code that ties another chat to the forum."""
    return Action("ties.give_code")


def tie_here() -> Action:
    """Tie this chat to a forum that exists, with a code."""
    return Action("ties.tie_here")


def let_post(place: int) -> Action:
    """Post again in a chat where more people can read by now."""
    return Action("audience.let_post", (place,))


def answer_pulse(round_: int) -> Action:
    """The questions of a round, to be answered in secret."""
    return Action("pulse.answer", (round_,))


def protect_pulse(round_: int) -> Action:
    """How an answer in a round is protected."""
    return Action("pulse.protected", (round_,))


def pulse_to_agenda(round_: int) -> Action:
    """What a result says to talk about goes to the next meeting."""
    return Action("agenda.from_pulse", (round_,))


def pulse_rhythm() -> Action:
    """How often the pulse opens by itself."""
    return Action("rhythm.rhythm_form")


def pulse_own_questions() -> Action:
    """The forum's own questions."""
    return Action("rhythm.own")


def pulse_led_to(round_: int) -> Action:
    """One line on what a round led to."""
    return Action("rhythm.led_to_form", (round_,))


def pulse_close(round_: int) -> Action:
    """A round closes; a timer's."""
    return Action("pulse.close", (round_,))


def pulse_remind(round_: int) -> Action:
    """A round is half way; a timer's."""
    return Action("pulse.remind", (round_,))


def add_point() -> Action:
    """The form for a point on the next meeting's agenda, or on that of the meeting going on."""
    return Action("agenda.add_form")


def show_agenda() -> Action:
    """What waits for the next meeting."""
    return Action("agenda.page", (0,))


def agenda_due(meeting: int) -> Action:
    """A planned meeting's agenda is posted; a timer's."""
    return Action("agenda.due", (meeting,))


def open_meeting(meeting: int) -> Action:
    """A planned meeting begins (0 = the one planned for about now, or one out of the blue)."""
    return Action("meeting.begin", (meeting,))


def edit_action(action: int) -> Action:
    """The form that puts an action otherwise: its owner, its day."""
    return Action("actions.edit_form", (action,))


def amend_decision(decision: int) -> Action:
    """The form that changes a decision: its follow-up day, whoever follows it up."""
    return Action("decisions.amend_form", (decision,))


def meeting_closed(meeting: int) -> Action:
    """A meeting is over: its minutes are made; run it as a timer, at once."""
    return Action("minutes.closed", (meeting,))


def meeting_refresh() -> Action:
    """The card of the meeting that is open, as it stands now; rung by a timer that is due at once."""
    return Action("meeting.refresh")


def mend_note(meeting: int) -> Action:
    """The form that changes a note of an open meeting."""
    return Action("meeting.mend_form", (meeting,))


def new_round(point: int) -> Action:
    """The kinds of decision round to choose among, out of an agenda point (0 = on its own)."""
    return Action("rounds.choose", (point,))


def show_round(round_: int) -> Action:
    """One decision round with everything one can do about it."""
    return Action("rounds.show", (round_,))


def close_round(round_: int) -> Action:
    """The time for answers in a decision round is over; a timer's."""
    return Action("rounds.time_over", (round_,))


def nudge_round(round_: int) -> Action:
    """A decision round ends in a day; a timer's."""
    return Action("rounds.nudge", (round_,))


def review_round(round_: int) -> Action:
    """What came of a decision round's decision? A timer's."""
    return Action("rounds.review_due", (round_,))


def decision_follow_up(decision: int) -> Action:
    """On the follow-up day of a decision; a timer's."""
    return Action("outcomes.day_came", (decision,))


def meeting_planned(meeting: int) -> Action:
    """One meeting that is planned, with its buttons: who comes, move, cancel, the calendar."""
    return Action("planned.show", (meeting,))


def calendar_file(meeting: int) -> Action:
    """One meeting as a file for a calendar."""
    return Action("planned.calendar_file", (meeting,))


def attend(meeting: int, answer: str) -> Action:
    """Whether one comes: ``yes`` or ``no``."""
    return Action("attending.answer", (meeting, answer))


def send_substitute(meeting: int) -> Action:
    """Somebody else comes; who, is asked."""
    return Action("attending.substitute_form", (meeting,))


def plan_meeting(day: str) -> Action:
    """The form for a single meeting; a day in ISO, or "" to be asked."""
    return Action("planned.plan_form", (day,))


def minutes(meeting: int) -> Action:
    """The minutes of one meeting."""
    return Action("minutes.show", (meeting,))


def approve(meeting: int) -> Action:
    """A meeting's minutes go out to its organisations; run it as a timer, at once."""
    return Action("approval.ask", (meeting,))


def confidential() -> Action:
    """What a confidential forum means."""
    return Action("confidential.about")


def tell_nudges(person: int) -> Action:
    """What waits for somebody's day's one message is told; a timer's."""
    return Action("budget.tell", (person,))


def notices() -> Action:
    """What reaches me, where and when."""
    return Action("budget.notices", ("",))


def own_digest(person: int) -> Action:
    """Somebody's own summary over all their forums; a timer's."""
    return Action("own_digest.send", (person,))


def own_digest_begins(person: int) -> Action:
    """Somebody's own summary gets its time, as they wish it now; run it as a timer, at once."""
    return Action("own_digest.begin", (person,))


def back_again(person: int) -> Action:
    """Somebody is back from leave: what waits, and what happened meanwhile; a timer's."""
    return Action("own_digest.back", (person,))


def rhythm_begins() -> Action:
    """A forum's weekly digest, guards and brief get their days; run it as a timer, at once."""
    return Action("digests.begin")


def report_win() -> Action:
    """The form for something to celebrate."""
    return Action("wins.report_form", (0,))


def celebrate(occasion: str, number: int) -> Action:
    """Something happened that may be worth celebrating; run it as a timer, when it can hardly be taken back any more.

    ``occasion``: ``action`` (done), ``decision`` (recorded).
    """
    return Action("noticing.noticed", (occasion, number))


def wins_begin() -> Action:
    """A forum begins to wait for its first year together; run it as a timer, at once."""
    return Action("noticing.begin")


def what_came_of(decision: int) -> Action:
    """The question whether a decision was carried out and gave what was wanted."""
    return Action("outcomes.ask", (decision,))


def brief_now() -> Action:
    """The leaders' brief as it stands now, for a coordinator."""
    return Action("briefs.show", ("",))


def briefs_begin() -> Action:
    """The forum's leaders' brief gets its next day; run it as a timer, at once."""
    return Action("briefs.begin")


def guards_begin() -> Action:
    """The coordinators' weekly hint gets its next day; run it as a timer, at once."""
    return Action("guards.begin")
