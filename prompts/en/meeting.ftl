# A meeting while it goes on: opening, presence, points, notes, closing.

word-open = open, openmeeting
word-note = note, minute
menu-open = Open the meeting
help-open = open meeting begins the meeting, or shows the one going on.
help-note = note followed by what was said. It falls under the point you are discussing.

## The card

meeting-title-open = Meeting going on: { $title }
meeting-title-closed = The meeting is over: { $title }
meeting-title-planned = No meeting right now: { $title }
meeting-title-undone = No meeting right now: { $title }
meeting-title-cancelled = The meeting is cancelled: { $title }
meeting-over-planned = The meeting was opened by mistake, and that is undone. It is still planned.
meeting-over-undone = The meeting was opened by mistake, and that is undone.
meeting-over-cancelled = The meeting was cancelled. Its points wait for the next one.
meeting-over-closed = The meeting has number { $number }.
meeting-fact-chair = Led by
meeting-fact-present = Here
meeting-fact-came = At the meeting
meeting-fact-points = Points
meeting-people = { $count ->
    [0] nobody
    [one] one person
   *[other] { $count } people
 }
meeting-points-done = { $done } of { $of } dealt with
meeting-more-people = { $count } more
meeting-substitute = { $who } (substitute: { $by })
meeting-no-points = The agenda is empty. Add a point, or talk freely.
meeting-points-waiting = We wait for everybody. { $count ->
    [one] One point is
   *[other] { $count } points are
 } on the agenda.
meeting-points-over = All points are dealt with.
meeting-point = Point { $number } of { $of }
meeting-point-until = { $minutes } min, until { $at }
meeting-point-next = Then: { $what }
meeting-point-kept = Notes: { $notes }. Decisions: { $decisions }. Actions: { $actions }.
meeting-check-in = Check-in: { $question }
meeting-turn = { $who } has the floor.
meeting-turn-then = { $who } has the floor. Then: { $then }.

## Buttons

meeting-open = Open the meeting
meeting-here = I am here
meeting-forward = Next point
meeting-back = Previous
meeting-note = Note
meeting-round = Decision round
meeting-agenda = Agenda
meeting-panel = Lead the meeting
meeting-close = Close the meeting
meeting-take-up = Take it up now
meeting-turn-had = Done
meeting-turn-pass = Skip

## Answers

meeting-opened = The meeting is open in the forum’s chats.
meeting-open-already = The meeting is open already. It is led by { $who }.
meeting-not-planned = That meeting cannot be opened any more. Write open, and a new one begins.
meeting-gone = There is no such meeting here.
meeting-not-open = That meeting is not going on any more.
meeting-none-open = No meeting is open right now. Open it first, so that the note finds its place.
meeting-led-by = Only whoever leads the meeting ({ $who }) or a coordinator can do that.
meeting-moved-on = The meeting has moved on already.
meeting-point-taken = You are at point { $number } now.
meeting-here-noted = You are noted as present.
meeting-here-already = You are noted as present already.
meeting-noted = Noted under point { $number }.
meeting-noted-between = Noted.
meeting-chair-taken = You lead the meeting now.
meeting-time-over = The time is over for the point: { $what }

## Forms

meeting-note-title = Note
meeting-note-save = Save the note
meeting-mend-title = Change a note
meeting-field-which-note = Which note?
meeting-field-mended = How it should read
meeting-field-then = What should happen to it?
meeting-note-change = Change it
meeting-note-remove = Take it out
meeting-mended-how = Write how the note should read. Nothing has changed.
meeting-note-mended = The note is changed.
meeting-note-gone = The note is removed.
meeting-no-notes = You have no notes from the meeting to change.
meeting-field-note = What was said?
meeting-field-note-hint = Write so that those who were not there understand.
meeting-tick-title = Who is here?
meeting-tick-save = Save the attendance
meeting-field-who = Who is here?
meeting-ticked = The attendance is saved.
meeting-heard-title = Who has spoken?
meeting-heard-save = Save
meeting-field-heard = Which organisations have spoken?
meeting-all-heard = Every organisation that is here has spoken.
meeting-check-in-title = Check-in
meeting-check-in-start = Begin the round
meeting-check-in-begun = The round has begun. The card shows who has the floor.
meeting-check-in-over = The check-in is over.
meeting-field-question = Which question should everybody answer?
meeting-field-question-hint = For example: What do you bring into the meeting? Answers are not kept.
meeting-turn-of = { $who } has the floor. You will have it in a moment.

## For the one who leads

meeting-panel-title = For you who lead the meeting
meeting-left = { $count ->
    [0] The time for the point is over now.
    [one] One minute left of the point.
   *[other] { $count } minutes left of the point.
 }
meeting-over-time = { $count ->
    [one] The point is one minute over its time.
   *[other] The point is { $count } minutes over its time.
 }
meeting-heard = Organisations that have spoken: { $heard } of { $of }.
meeting-silent = You may want to ask { $who }.
meeting-tick = Tick who is here
meeting-hear = Who has spoken?
meeting-check-in-begin = Check-in
meeting-check-in-end = End the check-in
meeting-show-again = Show the card again
meeting-take-chair = I lead now
meeting-undo = Undo the opening
meeting-undo-sure = Then it is as if the meeting was never opened. Its points wait as before.

## Closing

meeting-before-closing = Before the meeting closes
meeting-nothing-happened = Nothing has been noted yet. If you undo the opening, the meeting leaves no trace.
meeting-loose-actions = { $count ->
    [one] One action has no owner or no date:
   *[other] { $count } actions have no owner or no date:
 }
meeting-loose-decisions = { $count ->
    [one] One decision has no day for follow-up:
   *[other] { $count } decisions have no day for follow-up:
 }
meeting-left-points = { $count ->
    [one] One point is left. It is taken up next time:
   *[other] { $count } points are left. They are taken up next time:
 }
meeting-left-point = { $what }
meeting-mend-action = Action { $number }
meeting-take-first = Take up the first now
meeting-close-anyway = Close anyway
meeting-closed = The meeting is closed: { $title }
meeting-closed-already = The meeting is closed already.
meeting-undone = The opening is undone.
meeting-not-empty = Something has been noted already, so the opening cannot be undone. Close the meeting instead.
meeting-is-it-over = The meeting is still open: { $title }. Is it over?
meeting-is-it-over-aloud = { $who }, the meeting is still open: { $title }. Is it over?
meeting-closes-itself = Otherwise I close it when nothing has happened for a day.
meeting-goes-on = Still going on
meeting-goes-on-noted = Good. I will ask again in a few hours.
meeting-closed-itself = I closed the meeting, for nothing had happened for a day: { $title }
