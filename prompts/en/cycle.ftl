# The annual cycle: how often the forum meets, and when.

word-cycle = cycle, recurring
menu-cycle = Annual cycle
help-cycle = cycle followed by how often you meet, for example: cycle first Tuesday of every month 13:00–15:00. Write just cycle to see the coming meetings.

## A rule in words

clock = { $hour }:{ $minute }
clock-span = { $begins }–{ $ends }
cycle-rule-weekly = every { $days } { $when }
cycle-rule-fortnightly = every other { $days } { $when }
cycle-rule-weeks = { $days } every { $weeks } weeks { $when }
cycle-rule-monthly = { $day } of every month { $when }
cycle-rule-bimonthly = { $day } of every other month { $when }
cycle-rule-every-months = { $day } every { $count } months { $when }
cycle-rule-months = { $day } of { $months } { $when }
cycle-weekday = the { $nth } { $day }
cycle-day = { $day ->
    [1] the 1st
    [2] the 2nd
    [3] the 3rd
    [21] the 21st
    [22] the 22nd
    [23] the 23rd
    [31] the 31st
   *[other] the { $day }th
}
cycle-day-last = the last day
nth-1 = first
nth-2 = second
nth-3 = third
nth-4 = fourth
nth-5 = fifth
nth--1 = last
nth--2 = second to last
weekday-MO = Monday
weekday-TU = Tuesday
weekday-WE = Wednesday
weekday-TH = Thursday
weekday-FR = Friday
weekday-SA = Saturday
weekday-SU = Sunday
weekday-the-MO = Monday
weekday-the-TU = Tuesday
weekday-the-WE = Wednesday
weekday-the-TH = Thursday
weekday-the-FR = Friday
weekday-the-SA = Saturday
weekday-the-SU = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## What could not be understood

cycle-not-understood = I do not quite understand how often you meet
cycle-heard = I understood: “{ $words }”.
cycle-stray = I did not understand: “{ $words }”.
cycle-too-little = I do not know how often you mean.
cycle-wrong-ends-first = It ends before it begins.
cycle-wrong-no-time = There is no such time of day. Write for example 13:00–15:00.
cycle-wrong-no-days = The months you wrote have no such day.
cycle-nearest = Do you mean { $rule }?
cycle-take-nearest = Yes, show the dates
cycle-say-otherwise = No, let me rewrite it
cycle-field-wrong = { $why } Do you mean { $rule }? If so, write that.

## The draft

cycle-draft = Suggested annual cycle: { $title }
cycle-assumed-time = You wrote no time, so I suggest this one.
cycle-assumed-day = You did not write which day, so I suggest this one.
cycle-assumed-months = You did not write which months, so I suggest these.
cycle-one-more = You already have an annual cycle. This is one more, beside it.
cycle-dates = { $days }
cycle-more-dates = And { $count } more. The last one is { $last }.
cycle-no-dates = No meetings are planned yet.
cycle-save = Save
cycle-change = Change
cycle-saved = Saved. Everybody has been told.
cycle-saved-already = It is saved already.

## Days that had better be moved

cycle-questions-title = Days to decide on: { $title }
cycle-questions = { $count ->
    [one] One day is a public holiday or lies in July. No meeting is put there without your answer.
   *[other] { $count } days are public holidays or lie in July. No meeting is put there without your answer.
}
cycle-settle-all = Do as you suggest
cycle-clash-move = { $day }: { $why }. I suggest { $instead }.
cycle-clash-skip = { $day }: { $why }. I suggest that you skip it.
cycle-move-to = Move { $day } to { $instead }
cycle-skip = Skip { $day }
cycle-keep = Keep { $day }
cycle-more-questions = And { $count } more, once you have answered these.
cycle-all-settled = All days are settled.
cycle-settled-already = That day is settled already.
cycle-look-again = Something has changed. Please look again.
cycle-answer = { $count ->
    [one] One day to settle
   *[other] { $count } days to settle
}

day-off-new-year = New Year’s Day
day-off-epiphany = Epiphany
day-off-good-friday = Good Friday
day-off-easter = Easter Sunday
day-off-easter-monday = Easter Monday
day-off-may-day = May Day
day-off-ascension = Ascension Day
day-off-whitsun = Whit Sunday
day-off-national-day = Sweden’s National Day
day-off-midsummer-eve = Midsummer Eve
day-off-midsummer = Midsummer Day
day-off-all-saints = All Saints’ Day
day-off-christmas-eve = Christmas Eve
day-off-christmas = Christmas Day
day-off-boxing-day = Boxing Day
day-off-new-years-eve = New Year’s Eve
day-off-other = a public holiday
day-off-july = in the middle of the holidays

## The card and the page

cycle-posted = This is how we meet: { $title }
cycle-changed = New meeting times: { $title }
cycle-over = The annual cycle has ended: { $title }
cycle-next-meeting = Next meeting
cycle-title = Annual cycle of { $forum }
cycle-line = { $title }: { $rule }
cycle-coming = { $when } · { $title }
cycle-none = No meetings are planned yet. A coordinator can write cycle followed by how often you meet.
cycle-none-coordinator = No meetings are planned yet. Write for example: cycle first Tuesday of every month 13:00–15:00
cycle-new = New annual cycle
cycle-end = End
cycle-end-sure = End the annual cycle of { $title }? Then all its coming meetings are cancelled.
cycle-ended = The annual cycle has ended: { $title }. The meetings that were planned are cancelled.
cycle-is-over = That annual cycle has ended.
cycle-changed-meanwhile = Somebody else changed it first. Now it is: { $rule }. Press Change again if you want to change that.

## The form

cycle-form = New annual cycle
cycle-change-title = Change the cycle
cycle-form-show = Show the dates
cycle-form-save = Save
cycle-field-words = How often, and at what time?
cycle-field-words-hint = For example: first Tuesday of every month 13:00–15:00, every other Thursday 9–10:30, four times a year.
cycle-field-words-stay = Leave it empty to meet as often as now. Otherwise for example: every other Thursday 9:00–10:30.
cycle-field-title = What do you call the meetings?
cycle-field-since = From
cycle-field-since-hint = Leave it empty to begin as soon as possible.
