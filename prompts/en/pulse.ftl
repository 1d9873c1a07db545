# The pulse: a short anonymous survey on trust and participation, its result and its rhythm.

word-pulse = pulse, survey
menu-pulse = The pulse
help-pulse = pulse shows how trust and participation have developed, and when the next survey comes. The coordinator can open one.

pulse-page = The pulse of { $forum }
pulse-page-none = You have not had a pulse yet. It is a few short questions about trust and participation. Everyone answers on their own, and everyone gets the result at the same time.
pulse-page-open = A round is open until { $closes }. The result comes { $publishes }.
pulse-page-counted = The round is over. The result comes { $publishes }.
pulse-page-rhythm = Rhythm
pulse-page-next = Next round
pulse-page-round = { $day }: { $answered } of { $invited } answered
pulse-open-round = Open a round
pulse-set-rhythm = Change the rhythm
pulse-own-questions = Own questions
pulse-show-result = Latest result
pulse-about = About the questions
pulse-not-now = Not now

pulse-rhythm-none = Only when someone opens a round
pulse-rhythm-monthly = Every month
pulse-rhythm-biweekly = Every two weeks
pulse-rhythm-weekly = Every week
pulse-rhythm-quarterly = Every quarter
pulse-rhythm-title = Rhythm of the pulse
pulse-rhythm-save = Save the rhythm
pulse-rhythm-field = How often?
pulse-rhythm-hint = Once a month is enough for most. Shortly before a meeting is a good time.
pulse-rhythm-first = The first round opens
pulse-rhythm-first-hint = For example 1 December or in two weeks.
pulse-rhythm-needs-day = Write the day when the first round shall open.
pulse-rhythm-past = That day has passed. Choose today or a later day.
pulse-rhythm-set = The pulse now opens { $rhythm }. The first time is { $day }.
pulse-rhythm-off = The pulse opens only when one of your coordinators opens it.
pulse-rhythm-words-monthly = every month
pulse-rhythm-words-biweekly = every two weeks
pulse-rhythm-words-weekly = every week
pulse-rhythm-words-quarterly = every quarter

pulse-prepare = This is what the round will be
pulse-prepare-who = Invited
pulse-prepare-who-value = { $people } people from { $organisations } organisations
pulse-prepare-until = Answer by
pulse-prepare-result = The result comes
pulse-prepare-question = { $number }. { $question }
pulse-open-now = Open now
pulse-refused-few-people = There are { $people } of you in the forum. With fewer than seven nobody can promise that the answers stay anonymous, so we open no pulse.
pulse-refused-few-organisations = You come from { $organisations ->
    [one] one organisation
   *[other] { $organisations } organisations
}. At least three are needed for the answers to stay anonymous, so we open no pulse.
pulse-refused-too-soon = At least { $days } days shall pass between two rounds. Wait a few more days.
pulse-refused-resting = Every question has been asked within the last four weeks. Wait a little, and the answers will be worth more.
pulse-refused-running = A round is under way already. The next one can open when its result has been shown.
pulse-check-in-offer = You can have an open round in the chat instead: one question that each answers by name.
pulse-check-in-start = Start an open round
pulse-check-in = Open round
pulse-check-in-question = What works well in our collaboration right now, and what would make it easier for you? Answer here in the chat, one at a time. The answers are not anonymous.
pulse-opened = The round is open. All { $people } have been invited.

pulse-invitation = How are things in { $forum }?
pulse-invitation-why = { $count ->
    [4] Four
    [5] Five
    [6] Six
   *[other] { $count }
} short questions about trust and participation. It takes less than a minute. You answer anonymously, and everyone gets the result at the same time.
pulse-invitation-led-to = Last time led to: { $what }
pulse-invitation-opened-by = Opened by { $who }. { $people } are invited.
pulse-invitation-opened = Opened by the forum's rhythm. { $people } are invited.
pulse-closes = Open until
pulse-answer = Answer
pulse-protected = How your answer is protected
pulse-reminder = The pulse is open until { $closes }
pulse-reminder-why = If you have answered already, you need do nothing. Otherwise it takes less than a minute.
pulse-over = This round is over.
pulse-over-result = The result comes { $publishes }.

pulse-form = The pulse
pulse-form-intro = Think of the last four weeks. How well is this true for you?
pulse-form-send = Send
pulse-choice-1 = Not true at all
pulse-choice-2 = Hardly true
pulse-choice-3 = Partly true
pulse-choice-4 = Mostly true
pulse-choice-5 = Entirely true
pulse-choice-0 = Do not know or would rather not say
pulse-thanks = Thank you. Your answer is in, and nobody in the forum can see what you answered.
pulse-already = Your answer is in already. Each person counts once.
pulse-no-seat = You joined the forum after the round opened. You are invited next time.
pulse-closed = This round is closed. The result is shown to everyone at the same time.
pulse-missing = The round cannot take more answers, for the answers given so far are lost. Everyone will hear of it when the round closes.

pulse-protection = How your answer is protected
pulse-protection-free = You choose whether to answer. I see what you press when you answer, but never keep who answered what.
pulse-protection-round = { $people } people from { $organisations } organisations are invited. The result is shown only if at least five have answered, from at least three organisations and no more than half of them from one, and never by organisation or person.
pulse-protection-small = If fewer than twelve answer, only roughly how many agree is shown.
pulse-protection-kept = How many chose each answer is kept sealed, and beside it that your invitation has been used. There are no names and no times. You can change your mind until you have sent it in. After that your choices are forgotten, and the answer can neither be changed nor found.
pulse-protection-gone = When the answers have been counted, they are deleted. Only the result that everyone gets to see remains.
pulse-protection-not = This does not protect from those who run Samsyn or the chat and want to see what you press, or from someone who sees your screen. In a small group a result on which all agree can say something about you.

pulse-result = Result of the pulse
pulse-result-answered = { $answered } of { $invited } answered. The result holds for those who answered.
pulse-result-all-hidden = The answers were too few, or from too few organisations, to be shown without giving someone away. They are deleted.
pulse-result-hidden = “{ $question }” Cannot be shown without giving someone away.
pulse-result-half-more = “{ $question }” More than half think this is true.
pulse-result-half-not = “{ $question }” Half or fewer think this is true.
pulse-result-most = “{ $question }” Most think this is true.
pulse-result-mixed = “{ $question }” You are of different minds.
pulse-result-few = “{ $question }” Few think this is true.
pulse-result-counted = “{ $question }” { $agree } of { $answers } think this is true, { $disagree } do not.
pulse-result-at-least = at least { $count }
pulse-result-at-most = at most { $count }
pulse-result-change-up = More than last time.
pulse-result-change-down = Fewer than last time.
pulse-result-change-same = No certain difference from last time.
pulse-result-change-band = Last time: { $before }.
pulse-result-with-change = { $line } { $change }
pulse-result-before-few = few
pulse-result-before-mixed = different minds
pulse-result-before-most = most
pulse-lines =
    { $first }
    { $rest }
pulse-result-low = Fewer than half answered, so we do not compare with earlier rounds.
pulse-result-talk = To talk about at the next meeting
pulse-result-talk-words = “{ $question }” What would make more of you think this is true?
pulse-result-to-agenda = Bring up at the next meeting
pulse-void = The round could not be counted
pulse-void-why = The answers given so far are gone or damaged, so they cannot be counted. No answers have been shown to anyone. You can open a new round.

pulse-led-to-ask = What did the last pulse lead to?
pulse-led-to-why = The next round opens { $day }. Write one line about what happened after the last one. It opens the next invitation.
pulse-led-to-button = Write a line
pulse-led-to-title = You said, we did
pulse-led-to-field = What did the last pulse lead to?
pulse-led-to-hint = For example: We begin each meeting with a round.
pulse-led-to-save = Save
pulse-led-to-saved = The line opens the next invitation.

pulse-own-title = Own questions
pulse-own-none = You have no questions of your own. One comes last in every round and is compared with nothing but itself.
pulse-own-line = { $number }. { $question }
pulse-own-add = New own question
pulse-own-remove = Remove { $number }
pulse-own-removed = The question is removed. Earlier results remain.
pulse-own-field = Statement
pulse-own-hint = One statement at a time, for example: The meetings start on time.
pulse-own-save = Save the question
pulse-own-saved = The question is part of the next round.
pulse-own-full = You can have two questions of your own at the most. Remove one first.

pulse-about-title = About the questions
pulse-about-words = The questions are Samsyn's own. They build on research on trust and collaboration, but they are not a scientifically tested scale. Compare the forum with nothing but itself.
pulse-about-line = { $question } Builds on { $grounded }.

pulse-trend = The development
pulse-trend-part = { $part }: { $words }
pulse-trend-up = upwards
pulse-trend-down = downwards
pulse-trend-level = no clear direction
pulse-trend-soon = too few measurements yet
pulse-trend-all-soon = It takes more rounds to say which way things are going.
pulse-part-trust = Trust
pulse-part-openness = Openness
pulse-part-participation = Participation
pulse-part-direction = Direction
pulse-part-progress = Progress

pulse-not-opened = The pulse did not open
pulse-not-opened-running = The last round is still under way. The next attempt follows the rhythm.
pulse-not-opened-few-people = There are fewer than seven of you in the forum, and then nobody can promise that answers stay anonymous.
pulse-not-opened-few-organisations = You come from fewer than three organisations, and then nobody can promise that answers stay anonymous.
pulse-not-opened-too-soon = Fewer than seven days have passed since the last one. The next attempt follows the rhythm.
pulse-not-opened-resting = Every question has been asked within the last four weeks. The next attempt follows the rhythm.
pulse-led-to-too-often = In the last three rounds fewer than half have answered. Perhaps one pulse a quarter is enough.
