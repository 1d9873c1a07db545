# What every part of the conversation shares: refusals, form fields, forms as talks.
# Plain language: short, kind, to one person. Say what helps, not only what is wrong.

## Refusals

refused-no-forum = This chat does not belong to a forum yet. Start a forum here, or tie the chat to an existing one.
refused-not-member = You are not in this forum yet. Press Count me in, and you are.
refused-left = You are no longer in this forum. Press Count me in if you want to come back.
refused-already-member = You are already in this forum.
refused-forum-here = There is already a forum here.
refused-coordinator-only = Only the forum's coordinator can do this. Ask the coordinator for help.
refused-held = More people than before can read in { $chat }. I write nothing about the forum there until somebody who coordinates it says that it is all right. Meanwhile you can write to me in private.
refused-stale = That button no longer applies. Write help to see what you can do.
apology = Something went wrong on my side, and nothing was saved. The fault has been noted. Please try again in a while.

## Fields

field-required = An answer is needed here.
field-too-long = The text is too long: { $now } characters. At most { $most } fit.
field-date-unreadable = I cannot tell which day you mean by “{ $said }”. Write for example on Friday, 15 March or in two weeks.
field-date-past = { $day } has already been. Choose a day ahead.
field-date-within = Choose a day between tomorrow and { $last }.
field-choice-gone = That choice is no longer there. Choose one of the options.

## Forms as talks

form-open = Open the form
form-question = { $label } ({ $step } of { $steps })
form-present = Now: { $present }
form-reply-here = Reply to this message.
form-chosen = ✓ { $label }
form-more = Show more ({ $page } of { $pages })
form-keep = Keep
form-next = Next
form-skip = Skip
form-clear = Leave empty
form-back = Back
form-cancel = Cancel
form-over = That form is closed. Start again whenever you like.
form-not-yours = That question is for somebody else.
form-answered = That question is already answered.
form-cancelled = Cancelled. Nothing is saved.
form-filled-in = { $title }: filled in.

## Secret forms as talks

secret-step = Question { $step } of { $steps }
secret-all-answered = All questions are answered. Your answers are sent only when you press { $submit }.
secret-begin-again = What you had chosen is no longer with me. We begin again from the first question.
secret-now = Here is the question you are at now.
secret-in-private = You answer these questions in a private chat with me. Open the chat, press Start and try again.
secret-sent = Your answers are sent in.
secret-sent-already = You have already sent in your answers.

## Shared words

word-cancel = cancel
verbatim = { $words }
nobody = nobody yet
person-of-actor = { $person } ({ $actor })
refused-no-person = I cannot see who you are, because you write anonymously in this group. Turn that off and try again.
