# Decisions: form, card, history, search.

word-decision = decision, decide, decided
word-decisions = decisions, latest
word-search = search, find
menu-decision = New decision
menu-decisions = Latest decisions
menu-search = Search decisions
help-decision = decision followed by what you agreed on. It gets a number and shows in all chats. Answer a message with decision to save its words.
help-decisions = decisions shows the latest ones.
help-search = search followed by a word or a number, for example search budget.

decision-title-standing = Decision § { $number }
decision-title-replaced = Decision § { $number } (replaced)
decision-title-withdrawn = Decision § { $number } (withdrawn)
decision-title-undone = Decision § { $number } (undone)
decision-number = § { $number }

decision-form-title = New decision
decision-form-save = Save the decision
decision-amend-title = Change § { $number }
decision-withdraw-title = Withdraw § { $number }
decision-replace-title = Replace § { $number }
decision-field-what = What is decided?
decision-field-what-hint = Write so that somebody who was not there understands.
decision-field-why = Why?
decision-field-process = How did you decide?
decision-field-actors = Which organisations took part?
decision-field-objections = Objections
decision-field-objections-hint = Who saw it differently, and why?
decision-field-owner = Responsible
decision-field-follow-up = Follow-up
decision-field-follow-up-hint = For example 15 March or in three weeks.
decision-field-reason = Why does it change?
decision-field-reason-hint = The reason shows in the history.
decision-withdraw-hint = The decision stays to be read, with the reason beside it.
decision-process-meeting = At the meeting
decision-process-consent = By consent
decision-process-vote = By vote
decision-process-advice = After advice

decision-fact-why = Because
decision-fact-process = How we decided
decision-fact-actors = Took part
decision-fact-objections = Objections
decision-fact-owner = Responsible
decision-fact-follow-up = Follow-up
decision-fact-actions = Actions
decision-actions-done = { $all ->
    [one] one, begun
   *[other] { $done } of { $all } done
 }
decision-not-begun = { $all ->
    [one] one, not begun
   *[other] { $all }, none begun
 }
decision-carried-out = { $all ->
    [one] one, done
   *[other] all { $all } done
 }
decision-fact-outcome = Followed up
decision-recorded-by = Recorded by { $who }, { $day }
decision-version-by = Version { $version }, changed by { $who }, { $day }
decision-withdrawn-because = Withdrawn: { $reason }
decision-replaced-by = Replaced by § { $number }

decision-change = Change
decision-new-action = New action
decision-history = History
decision-undo = Undo
decision-to-message = To the message
decision-replace = Replace
decision-withdraw = Withdraw
decision-show = Show the decision
decision-more = Show more

decision-recorded = § { $number } is recorded and shows in the forum's chats.
decision-undone = § { $number } is undone.
decision-undo-over = One can undo for a quarter of an hour, and only what one recorded oneself. Press Change instead.
decision-in-minutes = The decision stands in the minutes of the meeting. Change it or withdraw it instead.
decision-not-standing = § { $number } no longer stands and cannot be changed.
decision-gone = That decision is not here.
decision-no-such = I find no decision with number { $number }.
decision-unchanged = § { $number } is unchanged.
decision-changed-meanwhile = { $who } changed § { $number } while you were writing. Nothing of yours is in the decision yet.
decision-your-words = This is what you wrote. Open the form again if it should still change.
decision-changed-by = { $who } has changed § { $number }.
decision-follow-up-due = It is time to follow up § { $number }. What became of the decision?
decision-follow-up-aloud = { $who }, today we follow up § { $number }. What became of the decision?

decision-history-title = History of § { $number }
decision-version = Version { $version }, { $who }, { $at }
decision-version-reason = Reason: { $reason }

decision-search-title = Search decisions
decision-search-field = What are you looking for?
decision-search-hint = One or more words, or a number such as 12/2026.
decision-search = Search
decision-latest = Latest decisions
decision-found = Decisions about “{ $words }”
decision-in-list = { $title }: { $what }
decision-none = There are no decisions yet. Write decision and what you agreed on, and the first one is there.
decision-none-found = No decision holds those words. Try fewer words or the beginning of a word.
