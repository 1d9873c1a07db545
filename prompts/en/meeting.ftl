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
meeting-over-planned = The meeting was opened by mistake and taken back. It is still planned.
meeting-over-undone = The meeting was opened by mistake and taken back.
meeting-over-cancelled = The meeting was cancelled. Its points wait for the next one.
meeting-over-closed = The meeting has number { $number }.
meeting-fact-chair = Led by
meeting-fact-present = Here
meeting-fact-came = At the meeting
meeting-fact-points = Points
meeting-people = { $count ->
    [one] one person
   *[other] { $count } people
 }
meeting-points-done = { $done } of { $of } dealt with
meeting-more-people = { $count } more
meeting-substitute = { $who } (replaced by { $by })
meeting-no-points = The agenda is empty. Add a point, or talk freely.
meeting-points-waiting = We wait for everybody. { $count ->
    [one] One point
   *[other] { $count } points
 } on the agenda.
meeting-points-over = All points have been gone through.
meeting-point = Point { $number } of { $of }
meeting-point-until = { $minutes } min, until { $at }
meeting-point-next = Then: { $what }
meeting-point-kept = Notes: { $notes }. Decisions: { $decisions }. Actions: { $actions }.
meeting-check-in = Check-in: { $question }
meeting-turn = { $who } has the word.
meeting-turn-then = { $who } has the word. Then: { $then }.

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
meeting-turn-pass = Pass

## Answers

meeting-opened = The meeting is open in the forum’s chats.
meeting-open-already = The meeting is open already. { $who } leads it.
meeting-not-planned = That meeting cannot be opened any more. Write open, and a new one begins.
meeting-gone = There is no such meeting here.
meeting-not-open = That meeting is not going on any more.
meeting-none-open = No meeting is open right now. Open it first, so that the note finds its place.
meeting-led-by = { $who } leads the meeting. Ask { $who }, or a coordinator.
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
meeting-field-mended-hint = Leave it empty to take the note out.
meeting-note-mended = The note is changed.
meeting-note-gone = The note is taken out.
meeting-no-notes = You have no notes from the meeting to change.
meeting-field-note = What was said?
meeting-field-note-hint = Write so that those who were not there understand.
meeting-tick-title = Who is here?
meeting-tick-save = Save
meeting-field-who = Who is here?
meeting-ticked = It is saved who is here.
meeting-heard-title = Have been heard
meeting-heard-save = Save
meeting-field-heard = Which organisations have said something?
meeting-all-heard = Every organisation that is here has been heard.
meeting-check-in-title = Check-in
meeting-check-in-start = Begin the round
meeting-check-in-begun = The round has begun. The card shows who has the word.
meeting-check-in-over = The check-in is over.
meeting-field-question = Which question shall everybody answer?
meeting-field-question-hint = For example: What do you bring into the meeting? Answers are not kept.
meeting-turn-of = { $who } has the word. You are next in a moment.

## For the one who leads

meeting-panel-title = For you who lead the meeting
meeting-left = { $count ->
    [one] One minute left of the point.
   *[other] { $count } minutes left of the point.
 }
meeting-over-time = { $count ->
    [one] The point is one minute over its time.
   *[other] The point is { $count } minutes over its time.
 }
meeting-heard = { $heard } of { $of } organisations have been heard.
meeting-silent = You may want to ask { $who }.
meeting-tick = Tick who is here
meeting-hear = Who has spoken?
meeting-check-in-begin = Check-in
meeting-check-in-end = End the check-in
meeting-show-again = Show the card again
meeting-take-chair = I lead now
meeting-undo = Take the meeting back
meeting-undo-sure = Then it is as if the meeting had never been opened. Its points wait as before.

## Closing

meeting-before-closing = Before the meeting closes
meeting-nothing-happened = Nothing has been noted yet. Taken back, the meeting leaves no trace.
meeting-loose-actions = { $count ->
    [one] One action has no owner or no day:
   *[other] { $count } actions have no owner or no day:
 }
meeting-loose-decisions = { $count ->
    [one] One decision has no day when it is followed up:
   *[other] { $count } decisions have no day when they are followed up:
 }
meeting-left-points = { $count ->
    [one] One point is left. It comes along next time:
   *[other] { $count } points are left. They come along next time:
 }
meeting-left-point = { $what }
meeting-mend-action = Action { $number }
meeting-take-first = Take up the first now
meeting-close-anyway = Close anyway
meeting-closed = The meeting is closed: { $title }
meeting-closed-already = The meeting is closed already.
meeting-undone = The meeting is taken back.
meeting-not-empty = Something has been noted at the meeting, so it cannot be taken back. Close it instead.
meeting-is-it-over = The meeting is still open: { $title }. Is it over?
meeting-is-it-over-aloud = { $who }, the meeting is still open: { $title }. Is it over?
meeting-closes-itself = Otherwise it closes by itself after a day without activity.
meeting-goes-on = We go on
meeting-goes-on-noted = Good. I will ask again in some hours.
meeting-closed-itself = The meeting closed by itself after a day without activity: { $title }
