# Approval: every organisation confirms its decisions.

approval-ask = Minutes { $number }: are they right for { $actor }?
approval-ask-again = The words of § { $number } have changed. That is why I am asking again.
approval-nudge = Your answer is still missing. The time is nearly over.
approval-your-decisions = You are part of these decisions:
approval-no-decisions = The meeting made no decisions that you are part of. Do read the minutes anyway.
approval-until = Answer by { $at }. Then the minutes count as approved.
approval-aloud = { $who }, this is for you and your organisation.
approval-confirm = Correct
approval-change = Propose a change
approval-object = Dissenting opinion
approval-send = Send

approval-you-said-confirmed = You have answered that they are correct.
approval-you-said-differs = Your dissenting opinion is an appendix to the minutes.
approval-is-over = The minutes are approved and no longer change. A dissenting opinion can still be added as an appendix.

approval-thanks = Thank you. It is confirmed.
approval-already = Your organisation has already answered.
approval-not-yours = That question is for another organisation.

approval-field-decision = Which decision?
approval-field-decision-hint = Leave it empty if it is about all of the minutes.
approval-field-words = This is how it should read
approval-field-words-hint = Write the whole decision. The proposal goes to whoever led the meeting.
approval-field-opinion = Your dissenting opinion
approval-field-opinion-hint = It is added to the minutes as an appendix, exactly as you write it.
approval-same-words = The words are the same as before.

approval-proposed = { $who } proposes other words in § { $number }
approval-words-now = It reads now:
approval-words-then = It would read:
approval-accept = Change the words
approval-refuse = Keep the words
approval-proposal-sent = Your proposal about § { $number } is sent. I will tell you when it is settled.
approval-accepted = The words are changed. Those who are part of the decision are asked again.
approval-refused = The words stay.
approval-words-stay = The words of § { $number } stay. Are they right all the same?
approval-overtaken = The words of § { $number } have been changed in another way. Are they right now?
approval-not-own = You cannot settle your own proposal. A coordinator does.
approval-chair-only = That is for whoever led the meeting, or a coordinator.
approval-settled = That proposal is settled already.

approval-attached-yours = Your dissenting opinion is now an appendix to the minutes.
approval-attached-late = The minutes are approved already. Your dissenting opinion now lies beside them, as an appendix.
approval-attached = { $count ->
    [one] One appendix comes with them.
   *[other] { $count } appendices come with them.
 }
approval-done = Minutes { $number } are approved
