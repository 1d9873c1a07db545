# The forum's digest every week, and one's own. Every line says for itself who, what and when.

word-digest = week, digest
menu-digest = The week
help-digest = week shows what waits, what has happened and what is coming.

digest-title = The week in { $forum }
digest-span = { $since } to { $until }
digest-late = This digest comes later than it should have.
digest-quiet = All is calm here. Nothing waits, and nothing new has happened.
digest-quiet-waits = Nothing waits right now.
digest-quiet-happened = Nothing new has happened.

## What waits

digest-waits = This is waiting
digest-everybody = Everybody
digest-advisers = Those who were asked
digest-nobody = Somebody is needed
digest-one-of-you = One of you
digest-late-action = { $what } (action { $number }, was due on { $day })
digest-late-action-bare = action { $number }, was due on { $day }
digest-long-late = { $count ->
    [one] One action has waited for more than four weeks. Does it still hold?
   *[other] { $count } actions have waited for more than four weeks. Do they still hold?
}
digest-action = { $what } (action { $number }, by { $day })
digest-action-bare = action { $number }, by { $day }
digest-approve = approve minutes { $number }, by { $day }
digest-answer = answer the round “{ $what }”, by { $day }
digest-answer-bare = answer the round, by { $day }
digest-pulse-open = answer the pulse, by { $day }
digest-follow-up = time to see what the decision gave: { $what }
digest-follow-up-bare = time to see what the decision gave

## What happened

digest-decided = You decided
digest-decided-bare = a new decision
digest-done = This was finished
digest-done-one = { $what } (action { $number })
digest-done-bare = action { $number }
digest-done-by-nobody = Done
digest-wins = This went well
digest-win = Win
digest-untold = a win
digest-thanks-bare = a thank-you
digest-names = { $names }
digest-others = { $count ->
    [one] one more
   *[other] { $count } more
}

## What is coming

digest-due = Coming up this week
digest-pulse = The pulse
digest-pulse-shown = the result is here, { $answered } of { $invited } answered
digest-meeting = Next meeting
digest-when-where = { $when }, { $venue }
digest-point = { $number }. { $what }
digest-more-points = { $count ->
    [one] One more point on the agenda.
   *[other] { $count } more points on the agenda.
}
digest-more = Show more
digest-look-back = Look back on § { $number }
digest-page-waits = All that waits in { $forum }
digest-page-happened = All that has happened in { $forum }
digest-next-page = Show what has happened
digest-first-page = Show what waits

## When it comes

digest-settings = When it comes
digest-form-title = The weekly digest
digest-form-save = Save
digest-form-day = On which day should it come?
digest-form-day-hint = On a public holiday it comes the next working day. If nothing has happened, no digest comes.
digest-form-hour = At what time?
digest-day-off = Never
digest-now-off = The weekly digest no longer comes.
digest-now-on = The digest comes next on { $at }.

## The picture, once a month

digest-picture-title = Month by month
digest-picture-done = Actions done
digest-picture-decided = Decisions
digest-picture-month = { $month } { $n }
digest-picture-alt = { $done_all ->
    [one] Month by month, one action was done: { $done }.
   *[other] Month by month, { $done_all } actions were done: { $done }.
} { $decided_all ->
    [one] You made one decision: { $decided }.
   *[other] You made { $decided_all } decisions: { $decided }.
} The last month is not over.
