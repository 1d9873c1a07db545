# The agenda: points that somebody proposes, and those that come back by themselves.

word-agenda = agenda
menu-agenda = Agenda
help-agenda = agenda followed by what you want to bring up. Write just agenda to see what is waiting.

agenda-title = For the next meeting
agenda-title-now = Agenda of the meeting going on
agenda-none = Nothing is waiting yet. Write agenda followed by what you want to bring up.
agenda-line = { $number }. { $what }
agenda-line-timed = { $number }. { $what } ({ $minutes } min)
agenda-prepare-line = Prepare: { $what }
agenda-back-unreached = We did not get to it last time.
agenda-back-recurring = Taken up at every meeting.
agenda-back-open-action = Has an action that is not done.
agenda-and-more = And { $count } more.
agenda-more = Show more
agenda-show = Point { $number }
agenda-add = New point
agenda-whole = The whole agenda
agenda-proposed = { $who } wants to bring up at the next meeting:
agenda-already = That point is on the list already.
agenda-added = The point is on the next agenda and shows in the forum’s chats.
agenda-added-now = The point is on this meeting’s agenda, at the end.
agenda-needs-help = Action { $number } needs help: { $what }

## A point

agenda-point = Point { $number }
agenda-fact-minutes = Time
agenda-fact-prepare = Prepare
agenda-minutes = { $count } min
agenda-by = Proposed by { $who }
agenda-change = Change
agenda-up = Move up
agenda-down = Move down
agenda-done = Dealt with
agenda-drop = Remove
agenda-drop-sure = Then the point is removed from the agenda.
agenda-settled = Dealt with: { $what }
agenda-dropped = Removed: { $what }
agenda-gone = That point is not on the agenda any more.
agenda-over = The point is over already: { $what }
agenda-changed-meanwhile = Somebody else changed the point while you were writing. Nothing of yours is saved yet.
agenda-your-words = This is what you wrote:

## The form

agenda-form-title = New point
agenda-edit-title = Change the point
agenda-form-save = Save the point
agenda-field-what = What should we talk about?
agenda-field-what-hint = Best as a question, so that everybody knows when it is answered.
agenda-field-prepare = What should we prepare?
agenda-field-prepare-hint = This shows when the agenda is sent out, two working days before the meeting.
agenda-field-minutes = For how long?
agenda-field-recurring = How often?
agenda-once = This time only
agenda-each-time = At every meeting

## Before the meeting

agenda-posted = Agenda: { $title }
agenda-posted-at = The meeting begins { $at }.
agenda-cancelled = The points wait for the next meeting.
agenda-empty = There are no points yet. What do you need to talk about?
agenda-total = Time for the points: { $minutes } minutes.
