# The leaders' brief: how things stand, in short, for whoever leads an organisation, and a question back.

word-brief = brief, leaders
menu-brief = Leaders' brief
help-brief = brief shows how things stand, in short. There the coordinator chooses who gets it and when.

brief-title = Leaders' brief for { $forum }
brief-span = { $since } to { $until }
brief-day = How things stand { $day }
brief-late = This brief comes later than planned.

brief-home = Three lines to take home:
brief-home-result = What happened: { $what }
brief-home-risk = What needs help: { $what }
brief-home-waiting = What waits: { $what }

brief-results = Results
brief-results-count = { $count ->
    [0] No action was finished
    [one] One action was finished
   *[other] { $count } actions were finished
 }{ $decisions ->
    [0] , no new decisions.
    [one] , one new decision.
   *[other] , { $decisions } new decisions.
 }
brief-together = { $what } ({ $actors })
brief-action = Action { $number }
brief-round = Round { $number }
brief-win = A win
brief-decided-bare = Decision § { $number }
brief-decided = Decision § { $number }: { $what }
brief-promises = Of { $all } promises { $kept } were kept.

brief-risks = Risks
brief-risks-count = { $count ->
    [0] Nothing stands still right now.
    [one] One thing needs help.
   *[other] { $count } things need help.
 }
brief-risk-stuck = { $what } (is stuck)
brief-risk-stuck-because = { $what } (is stuck: { $why })
brief-risk-nobody = { $what } (nobody has it)
brief-risk-late = { $what } (was to be done { $day })
brief-risk-no-meeting = No next meeting is planned.

brief-waiting = Decisions
brief-waiting-count = { $count ->
    [0] Nothing waits for an answer or a follow-up.
    [one] One decision waits for an answer or a follow-up.
   *[other] { $count } decisions wait for an answer or a follow-up.
 }
brief-waiting-round = { $what } (answer by { $until })
brief-waiting-outcome-bare = § { $number } (did the decision give what you wanted?)
brief-waiting-outcome = § { $number } { $what } (did the decision give what you wanted?)

brief-pulse = The pulse
brief-pulse-answered = { $answered } of { $invited } answered. The result came { $day }.
brief-pulse-talk = To talk about: “{ $question }”
brief-pulse-led-to = It led to: { $what }

brief-meeting = Next meeting
brief-meeting-when = { $title }, { $at }
brief-item = – { $what }
brief-and-more = And { $count } more.

## The file

brief-as-word = Word
brief-as-pdf = PDF
brief-file = Here is the leaders' brief of { $day }.
brief-no-file = The file could not be made or sent. Try again in a while.
brief-foot = { $forum } · leaders' brief { $day }
brief-document-home = To take home

## The question back

brief-ask = What do you want the forum to put first?
brief-answer = Answer the coordinator
brief-answer-title = Your priority
brief-answer-save = Send the answer
brief-answer-hint = A couple of lines are enough. The answer goes to the coordinator.
brief-answered = Thank you. The coordinator has your answer.
brief-not-reader = The question is for those who get the leaders' brief. Ask the coordinator to add you.
brief-wish = { $who } has read the leaders' brief and wants to put first:
brief-to-agenda = Bring up at the next meeting

## When and to whom

brief-fact-rhythm = Comes
brief-fact-readers = Read by
brief-unreached = I cannot write to { $who } in private yet. Ask them to write to me once first.
brief-rhythm-off = Not by itself
brief-rhythm-monthly = On the first working day of each month
brief-rhythm-meeting = Two working days before each meeting
brief-settings = Choose readers and day
brief-settings-title = The leaders' brief
brief-settings-save = Save
brief-field-rhythm = When should the brief come?
brief-field-readers = Who should get it?
brief-field-readers-hint = The brief comes in private to those you choose.
brief-needs-readers = Choose at least one who gets the brief.
brief-said = { $who } answered the latest brief:
brief-send = Send now
brief-send-sure = { $count ->
    [one] The brief goes to one person.
   *[other] The brief goes to { $count } people.
 }
brief-sent = { $count ->
    [0] Nobody has got the brief yet.
    [one] The brief has gone to one person.
   *[other] The brief has gone to { $count } people.
 }
brief-sent-later = { $count ->
    [one] One person is on leave and gets it afterwards.
   *[other] { $count } people are on leave and get it afterwards.
 }
brief-nobody-reached = I cannot write to any of the readers in private yet. Ask them to write to me once first.
brief-sent-just-now = The brief was sent just now. Wait a while if you want to send it again.
brief-no-readers = Nobody gets the brief yet. Choose readers first.
brief-no-news = There is nothing to tell since the last brief.
