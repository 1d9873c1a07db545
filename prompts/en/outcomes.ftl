# What came of decisions? The question on the follow-up day, the answers, the objection and the promises.

word-followup = followup, outcomes
help-followup = followup shows which decisions wait to be followed up.

outcome-ask = What came of § { $number }?
outcome-question = Did the decision give what we wanted?
outcome-keep = Keep
outcome-change = Change
outcome-end = End
outcome-later = Not carried out yet
outcome-said-keep = { $day }: keep
outcome-said-change = { $day }: to be changed
outcome-said-end = { $day }: may end
outcome-said-later = not carried out yet, asked again { $day }

outcome-title = Follow-up of § { $number }
outcome-told-keep = { $who } says: the decision gave what we wanted. It stands as before.
outcome-told-change = { $who } says: the decision has to be changed.
outcome-told-end = { $who } says: the decision has done its work and may end.
outcome-object = I see it otherwise
outcome-object-why = Do you see it otherwise? One voice is enough, and you talk about it at the next meeting.
outcome-objected = { $who } sees it otherwise. It is a point for the next meeting.
outcome-on-agenda = It is a point for the next meeting.
outcome-point-change = Shall § { $number } be changed?
outcome-point-end = Shall § { $number } end?
outcome-point-objection = Did § { $number } give what we wanted?
outcome-said-already = { $who } has answered about § { $number } already.

outcome-thanks-keep = Thank you. The forum sees your answer about § { $number }.
outcome-thanks-change = Thank you. You will talk about § { $number } at the next meeting. You can change the words now, too.
outcome-thanks-end = Thank you. You will talk about § { $number } at the next meeting. You can withdraw it now, too.
outcome-change-now = Change now
outcome-end-now = Withdraw now

outcome-later-title = Follow up § { $number }
outcome-later-save = Save the day
outcome-later-field = When shall I ask again?
outcome-later-hint = For example 15 March or in three weeks.
outcome-later-noted = § { $number } is not carried out yet. The question comes again { $day }.

outcome-list-title = Decisions to follow up
outcome-in-list = § { $number }, { $day }: { $what }
outcome-in-list-bare = § { $number }, { $day }
outcome-none-due = No decision waits to be followed up just now.
outcome-promises = The forum has kept { $share } per cent of its promises in the last three months. { $kept } of { $all } actions were done in time or got a new day in time.
