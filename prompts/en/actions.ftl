# Actions: form, card, reminders and the answers to them.
# Remind without blame: say what stands and what one can do, never that somebody has neglected something.

word-action = action, task
word-actions = actions, tasks
menu-action = New action
menu-actions = Open actions
help-action = action followed by what is to be done and when, for example action Call a meeting, on Friday. action 7 shows action 7.
help-actions = actions shows what is left to do in the forum, with owner and date.

## The card

action-title-open = Action { $number }
action-title-underway = Action { $number } (on its way)
action-title-stuck = Action { $number } (needs help)
action-title-done = Action { $number } (done)
action-title-dropped = Action { $number } (no longer needed)
action-fact-owner = Owner
action-fact-due = Due
action-fact-decision = From decision
action-no-day = no date
action-done = Done { $day }.
action-done-on-time = Done { $day }, on time.
action-recorded-by = Recorded by { $who }, { $day }

action-answer-done = Done
action-answer-underway = On its way
action-answer-new-date = New date
action-answer-help = Need help
action-answer-hand-over = Hand over
action-answer-take = I take it
action-take-number = I take { $number }
action-show = Show
action-show-number = Show { $number }
action-change = Change
action-reopen = Not done yet
action-drop = No longer needed
action-drop-sure = Action { $number } then leaves the list of what is to be done. The card stays to be read.
action-to-decision = Show the decision
action-to-message = To the message

## The form

action-form-title = New action
action-change-title = Change action { $number }
action-form-save = Save the action
action-field-what = What is to be done?
action-field-what-hint = Put it so that one can tell when it is done.
action-field-actor = Which organisation?
action-field-owner = Who there?
action-field-owner-hint = Leave empty if the organisation is to decide who.
action-field-due = When is it to be done?
action-field-due-hint = For example on Friday, 15 March or in two weeks.
action-not-of-actor = { $who } does not speak for { $actor }. Choose somebody from there, or another organisation.
action-date-far = { $day } is more than ten years away. Choose a nearer day.
action-decision-over = § { $number } no longer stands, so it cannot get new actions.

action-recorded = Action { $number } is saved and shows in the forum's chats.
action-changed = Action { $number } is changed.
action-changed-meanwhile = Somebody else changed action { $number } while you were writing. Nothing of yours is saved yet.
action-your-words = This is what you wrote:
action-no-such = I find no action with number { $number }.
action-not-yours = Action { $number } is with { $who }. Talk to them, or to the coordinator.
action-not-open = Action { $number } is closed. Press Not done yet if it should be opened again.

## The list

action-list-title = Open actions ({ $count })
action-none = There are no open actions here right now.
action-in-list = { $number }. { $what }
action-in-list-owner = { $who }, { $due }
action-more = Show more
action-and-more = And { $count } more.
action-due-past = { $day }, { $days ->
    [one] a day ago
   *[other] { $days } days ago
 }
action-due-today = today
action-due-tomorrow = tomorrow
action-due-soon = { $day }, in { $days } days
action-due-ahead = { $day }

## The answers

action-now-open = Action { $number } is open again.
action-now-underway = Action { $number } is on its way. Good.
action-now-stuck = Action { $number } needs help.
action-now-done = Action { $number } is done, thank you.
action-now-dropped = Action { $number } is no longer needed.
action-done-already = Already done.
action-new-date-title = New date
action-new-date-save = Save the date
action-new-date = Action { $number } is to be done { $day }. I will remind you in good time.
action-help-title = Need help
action-help-field = What do you need?
action-help-hint = The coordinator gets to read this. You may also leave it empty.
action-help-send = Ask for help
action-help-wanted = { $who } asks for help with action { $number }.
action-help-words = This is how they put what is needed:
action-help-asked = { $who } now knows that you need help.
action-help-nobody = It is noted that you need help, but the forum has no other coordinator. Do bring it up in the chat.
action-hand-over-title = Hand over
action-hand-over-send = Hand over
action-hand-over-nobody = Choose an organisation or a person.
action-handed-over = Action { $number } is now with { $who }.
action-taken = { $who } has taken action { $number }.
action-taken-already = { $who } has already taken action { $number }.

## When somebody gets an action

action-assigned = You have got action { $number } from { $who }.
action-assigned-to-actor = { $who } has handed action { $number } to you.
action-rests-with = This is with { $actor }. Nobody there has taken it yet.
action-nobodys = Nobody owns this yet.
action-aloud = { $who }, this is for you.
action-discreet = { $who }, I have something to show you about the forum's actions.
action-left-to-you = { $who } has left the forum. This is now with you at { $actor }. Who takes it?
action-left-to-nobody = { $who } has left the forum. Somebody else needs to take this.

## Reminders

reminder-ahead = Action { $number } is to be done { $due }. How is it going?
reminder-today = Action { $number } is to be done today. How is it going?
reminder-past = How is action { $number } going? It was to be done { $due }.
reminder-late = This reminder comes later than it should.
reminder-last = This is the last time I ask. The coordinator gets to know, so that you can help each other.
reminder-stops = I have now reminded enough about action { $number }. Do ask what is needed.
reminder-catch-up = I have been away for a while. This waits for you:
reminder-overdue = This is not done yet in { $forum }:
reminder-asked-before = This is an earlier question.
