# The message budget: what reaches me, where and when. The day's one message, sleep and leave.

word-notices = notifications, notices
menu-notices = My notifications
help-notices = notifications shows what reaches you, where and when. There you can change hours, say that you are away or turn reminders off.

## The day's message

budget-today = { $count } things for you today
budget-item = { $number }. { $what }
budget-answer = Answer { $number }
budget-show = Show { $number }
budget-more = { $count } more are under What waits for me.
budget-no-more = { $who } has had five reminders of this. There will be no more. Do ask whether anything is needed.

## Sleep

budget-sleep = Sleep until …
budget-sleep-title = Sleep until
budget-sleep-save = Save
budget-sleep-field = When do you want to be reminded again?
budget-sleep-tomorrow = Tomorrow
budget-sleep-monday = On Monday
budget-sleep-week = In a week
budget-sleep-day = Another day
budget-sleep-day-hint = Fill in if you chose Another day. For example 15 March.
budget-sleep-needs-day = Choose a day to come.
budget-asleep = I will remind you again on { $day }.

## My notifications

budget-title = My notifications
budget-fact-hours = You can be reached
budget-hours = { $days }, { $opens }–{ $closes }
budget-days-working = working days
budget-days-all = every day
budget-fact-nudges = Reminders
budget-nudges-on = on, at most one message a day
budget-nudges-off = off
budget-fact-mentions = Mentions in channels
budget-mentions-on = on
budget-mentions-off = off, your name is written without a notification
budget-fact-where = Private messages
budget-where-last = where you wrote last
budget-where-slack = in Slack
budget-where-telegram = in Telegram
budget-fact-digest = My summary
budget-digest-off = never
budget-digest-daily = every working day
budget-digest-0 = on Mondays
budget-digest-1 = on Tuesdays
budget-digest-2 = on Wednesdays
budget-digest-3 = on Thursdays
budget-digest-4 = on Fridays
budget-fact-praise = Praise
budget-praise-ask = ask me before my name is mentioned
budget-praise-private = preferably not in public
budget-away-until = You are away. The first thing to reach you comes on { $day }.

budget-change-hours = Change hours
budget-away = I am away
budget-back-now = I am back
budget-turn-nudges-off = Turn off reminders
budget-turn-nudges-on = Turn on reminders
budget-turn-mentions-off = Turn off mentions
budget-turn-mentions-on = Turn on mentions
budget-change-where = Choose chat
budget-change-digest = My summary
budget-turn-praise-private = No praise in public, please
budget-turn-praise-ask = Ask before I am named

budget-save = Save
budget-hours-title = When you can be reached
budget-hours-days = Which days?
budget-hours-field = Between what times?
budget-hours-hint = For example 8–17 or 7.30–16.
budget-hours-unreadable = I do not understand { $said }. Write two times at least half an hour apart, for example 8–17.
budget-away-title = I am away
budget-away-field = When are you back?
budget-away-hint = The first day you work again. You will get a summary then.
budget-where-title = Choose chat
budget-where-field = Where do you want your private messages?
budget-digest-title = My summary
budget-digest-field = How often do you want a summary of your own?
