# Points for the next meeting.

word-agenda = agenda
menu-agenda = For the next meeting
help-agenda = agenda followed by what you want to bring up. Without words it shows what is waiting.

agenda-title = For the next meeting
agenda-none = Nothing is waiting yet. Write agenda followed by what you want to bring up.
agenda-line = { $number }. { $what }
agenda-proposed = { $who } wants to bring up at the next meeting:
agenda-already = That point is on the list already.
agenda-done = Done: { $number }
agenda-settled = Point { $number } is dealt with.
agenda-and-more = And { $count } more.
