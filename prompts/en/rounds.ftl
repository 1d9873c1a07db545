# Decision rounds: consent, vote, advice, mandates.

word-round = round, rounds, consent
word-vote = vote, voting
menu-round = Decide together
help-round = round followed by a proposal asks whether everybody consents. Write just round to see what is going on.
help-vote = vote followed by a question lets you choose among alternatives.

round-choose = How do you want to decide?
round-kind-consent = Consent: the proposal stands if nobody has a reasoned objection.
round-kind-vote = Vote: choose among options, one vote per person or organisation.
round-kind-advice = Advice: some give advice, then you decide and say how it was used.
round-kind-mandate = Mandates: each organisation says whether it can decide now or must ask at home.
round-begin-consent = Consent
round-begin-vote = Vote
round-begin-advice = Advice
round-begin-mandate = Mandates
round-list = Decision rounds going on
round-in-list = { $title }: { $what } (until { $until })
round-none = No round is going on. Write round followed by a proposal, or press New round.
round-new = New round
round-number = Round { $number }
round-title-consent = Proposal in round { $number }
round-title-vote = Vote in round { $number }
round-title-advice = Advice in round { $number }
round-title-mandate = Mandates in round { $number }

round-form-consent = Ask for consent
round-form-vote = New vote
round-form-advice = Ask for advice
round-form-mandate = Ask for mandates
round-form-open = Open the round
round-form-send = Send
round-form-save = Save
round-form-ask = Ask a question
round-form-reply = Answer the question
round-form-react = What do you think?
round-form-object = Objection
round-form-amend = Change the proposal
round-form-advise = Give your advice
round-form-decide = Decide
round-form-home = Ask at home
round-form-no = Got a no at home
round-field-proposal = What do you propose?
round-field-proposal-hint = Write what the decision is to say. At most 300 characters.
round-field-question = What are you to choose?
round-field-question-hint = A question that the options answer. At most 300 characters.
round-field-decide = What is to be decided?
round-field-decide-hint = What you want advice on. At most 300 characters.
round-field-detail = Background
round-field-options = Options
round-field-options-hint = One on each line, two to ten of them. Abstain is always there.
round-field-per = Who has a vote?
round-per-member = Each member
round-per-actor = Each organisation
round-field-quorum = How many must answer?
round-quorum-choice-0 = No limit
round-quorum-choice-50 = At least half
round-quorum-choice-67 = At least two thirds
round-quorum-choice-100 = Everybody
round-field-advisers = Whose advice do you want?
round-field-until = Answer by
round-field-until-hint = Leave empty for a week. The round ends at 16:00 on a working day.
round-field-review = When do you look at it again?
round-field-review-hint = On that day I ask what came of it. Anybody can bring it up earlier.
round-field-reply = Your answer
round-field-reaction = What do you think?
round-field-reaction-hint = A thought on the way. It does not stop the proposal.
round-field-objection = Why does it not work?
round-field-objection-hint = Say what would go wrong, so that others can solve it.
round-field-ask = What do you wonder?
round-field-ask-hint = Question and answer stand on the card.
round-field-advice = Your advice
round-field-advice-hint = Everybody in the forum sees it.
round-field-decision = What do you decide?
round-field-how = How was the advice used?
round-field-how-hint = Say too which advice you did not follow, and why.
round-field-home = Answer from home by
round-field-home-hint = I remind your organisation before the day and on it.
round-field-no = What was the reason?
round-field-no-hint = Everybody in the forum sees it.
round-object-intro =
    The proposal: { $words }
    An objection stops the proposal. Everybody sees the reason, and the next meeting takes it up.
round-question-was = The question was: { $words }

round-until = Answer by
round-of = { $count } of { $all }
round-no-hindrance = No objection
round-voted = Have voted
round-answered = Have answered
round-advisers = Advice from
round-advised = Have advised
round-changed = The proposal has changed. This is version { $version }.
round-version = Version { $version }
round-about-old = An earlier version had a yes from { $who }. They are asked again.
round-consent-rule = The proposal stands if nobody has a reasoned objection when the time is over.
round-vote-rule-member = One vote per member. The most votes win.
round-vote-rule-actor = One vote per organisation. If several vote for the same one, the last vote counts.
round-vote-open = Votes are not secret. Who voted for what is shown when the vote is over, not before.
round-quorum-50 = At least half must answer.
round-quorum-67 = At least two thirds must answer.
round-quorum-100 = Everybody must answer.
round-advice-rule = { $who } decides when the advice is in.
round-advice-deciding = The advice is in. { $who } decides.
round-mandate-rule = Those who do not answer count as abstaining.
round-preliminary = Preliminary decision: { $count } of { $all } stand behind it. It is in force when all have backing at home.
round-home-waits = { $who } asks at home by { $day }.
round-option-line = { $number }. { $option }
round-option-name = { $number }. { $option }
round-option = { $option }
round-said-question = { $who } wonders: { $words }
round-said-reaction = { $who } thinks: { $words }
round-said-advice = Advice from { $who }: { $words }
round-replied = { $who } answers: { $words }
round-and-more = And { $count } more. Press More.

round-ask = Ask
round-react = Thoughts
round-agree = No objection
round-object = Objection
round-abstain = Abstain
round-advise = Give advice
round-decide = Decide
round-now = Can decide now
round-home = Must ask at home
round-anchored = Backed at home
round-not-anchored = Got a no at home
round-carry = Text to take home
round-more = More
round-show = Show the round
round-close-now = All have answered: end
round-withdraw = Withdraw
round-withdraw-sure = Then the round ends without a decision.
round-amend = Change the proposal
round-amend-again = Change and ask again
round-reply = Answer
round-reply-to = Answer question { $number }
round-to-decision = Show the decision
round-review-now = Look at it now
round-to-agenda = Bring up at next meeting

round-opened = Round { $number } is open and shows in the forum’s chats.
round-moved = Round { $number } is open. That day is a day off, so the round ends on { $day } instead.
round-agreed = Thank you. Your answer is noted in round { $number }: no objection.
round-agreed-already = That is noted already in round { $number }.
round-asked = Your question stands in round { $number }.
round-question-for-you = { $who } has a question. { $title }
round-reply-noted = The answer stands under the question.
round-reply-for-you = Your question has an answer. { $title }
round-reacted = Your thought stands on the card of round { $number }.
round-objected = Your objection is noted. Round { $number } has now stopped.
round-unchanged = The proposal is unchanged.
round-amended = The proposal in round { $number } has changed. Those who had said yes are asked again.
round-asked-again = The proposal has changed since you answered. { $title }
round-changed-since = The proposal has changed since you saw it. Read it again, then answer. { $title }
round-open-again = The proposal has changed and is open again. { $title }
round-vote-noted = Your vote: { $option }. You can change it until { $until }.
round-vote-noted-actor = { $actor } votes: { $option }. It can be changed until { $until }.
round-vote-replaced = { $actor } now votes: { $option }. Before: { $before }, from { $who }.
round-advice-wanted = { $who } wants your advice. { $title }
round-advice-noted = Thank you. Your advice stands on the card of round { $number }.
round-time-to-decide = Now it is your turn to decide. { $title }
round-mandate-now = { $actor } can decide now.
round-mandate-abstain = { $actor } abstains.
round-mandate-already = That is noted already for { $actor }.
round-mandate-anchored = { $actor } has backing at home.
round-carry-title = To take home
round-carry-text =
    { $forum } works together on: { $challenge }
    We are about to decide: { $what }
    Background: { $detail }
    Can our organisation stand behind it? The forum gathers answers until { $until }.
round-carry-hint = Copy the text and send it to where the question is settled.
round-home-reminder = { $actor } is to ask at home by { $day }. { $title }
round-home-late = There is no answer from { $actor } after asking at home. { $title }
round-nudge = A round that waits for your answer ends soon. { $title }
round-nudge-owner = Your round ends soon, and a question has no answer. { $title }

round-over = The round is over. { $title }
round-withdrawn = The round was withdrawn. Nothing is decided.
round-consent-decided = Decided. Nobody had a reasoned objection. { $count } of { $all } answered No objection.
round-consent-stopped = { $who } had an objection. Nothing is decided.
round-advice-decided = { $count ->
    [0] { $who } has decided. Advice came from none of { $all }. This is what is said about the advice:
   *[other] { $who } has decided. Advice came from { $count } of { $all }. This is how it was used:
}
round-mandate-decided = The decision is in force. { $count } of { $all } organisations stand behind it.
round-mandate-stopped = { $who } could not stand behind the decision. Nothing is decided.
round-mandate-short = No organisation said yes to the proposal. Nothing is decided.
round-vote-decided = { $option } got the most votes, { $count } of { $all }.
round-vote-tied = { $options } got equally many votes, { $count } each. Nothing is decided.
round-vote-short = { $count } of { $all } answered, but { $needed } were needed. Nothing is decided.
round-vote-nobody = Nobody chose an option. Nothing is decided.
round-votes = { $count } ({ $who })
round-votes-none = none
round-others = { $count } more
round-abstained = Abstained
round-turnout = { $count } of { $all } answered.
round-left = { $count ->
    [one] One vote does not count, for whoever cast it has left the forum.
   *[other] { $count } votes do not count, for those who cast them have left the forum.
}
round-silent = { $count ->
    [one] One organisation did not answer and counts as abstaining.
   *[other] { $count } organisations did not answer and count as abstaining.
}
round-unanswered-left = { $count ->
    [one] One question was left without an answer.
   *[other] { $count } questions were left without an answer.
}
round-is-on-agenda = It is proposed for the next meeting.
round-point-stopped = Objection in round { $number }: { $what }
round-point-round = Round { $number } decided nothing: { $what }
round-point-review = Look again at the decision of round { $number }: { $what }
round-on-agenda = { $who } wants to bring it up at the next meeting. { $title }
round-on-agenda-already = It is proposed for the next meeting already.
round-review = Time to look at § { $number } again
round-review-why = Did the decision give what you wanted?
round-review-keep = Yes, it stands
round-review-keep-said = { $who } has looked at § { $number } again. The decision stands.
round-review-agenda-said = { $who } wants to talk about § { $number } at the next meeting.
round-reviewed-already = Somebody has looked at that decision already.

round-gone = There is no such round here.
round-closed = Round { $number } is over. Press More on the card to see how it went.
round-changed-meanwhile = The proposal in round { $number } changed while you wrote. Read it again, then answer.
round-no-organisation = Organisations answer here, and you do not belong to one yet. Press Count me in and choose yours.
round-advice-not-asked = This time others are asked for advice. You are welcome to write to one of them.
round-advice-first = You can decide when the advice is in or the time is over.
round-not-yours = { $who } decides here.
round-not-waiting = Those who ask at home answer here: { $who }. Nothing is left to ask for { $actor }.
round-nobody-waits = Nobody has anything left to ask at home in that round.
round-not-all = Not everybody has answered yet. The round ends by itself when the time is over.
round-not-home = Somebody still has to ask at home. The round ends when the last one has answered.
round-time-passed = That time has passed. Choose a later day.
round-day-far = { $day } is more than a year away. Choose a day that is nearer.
round-review-too-soon = The round ends on { $day }. Choose a later day to look at the decision.
round-options-count = Write at least { $fewest } and at most { $most } options, one on each line.
round-options-twice = Two options are the same. Write each option once.
round-options-long = An option is too long. At most { $longest } characters fit.
