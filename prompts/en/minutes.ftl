# The minutes in the chat: the card, the pages, the files.

word-minutes = minutes, protocol
menu-minutes = Minutes
help-minutes = minutes shows the latest. Add the number for older ones, for example minutes 3/2026.

minutes-title-writing = Minutes { $number } (being written)
minutes-title-asking = Minutes { $number } (waiting for approval)
minutes-title-approved = Minutes { $number } (approved)

minutes-present = Present
minutes-people = { $people ->
    [0] nobody
    [one] one person
   *[other] { $people } people
 }{ $organisations ->
    [0] { "" }
    [one] { " " }from one organisation
   *[other] { " " }from { $organisations } organisations
 }
minutes-decided = Decisions
minutes-decisions = { $count ->
    [0] none
   *[other] { $count }
 }
minutes-to-do = Actions
minutes-actions = { $count ->
    [0] none
   *[other] { $count }
 }
minutes-ruling = § { $number } { $what }
minutes-more-decisions = { $count ->
    [one] And one more decision.
   *[other] And { $count } more decisions.
 }
minutes-confirmed = Organisations that have confirmed: { $count } of { $all }
minutes-answer-confirmed = Correct
minutes-answer-differs = Dissenting opinion
minutes-answer-none = No answer
minutes-due = Answer by { $at }.
minutes-late = { $count ->
    [one] One dissenting opinion came after the approval and is an appendix.
   *[other] { $count } dissenting opinions came after the approval and are appendices.
 }
minutes-fingerprint = Fingerprint: { $fingerprint }

minutes-read = Read the minutes
minutes-as-word = Word
minutes-as-pdf = PDF
minutes-as-html = Web page
minutes-as-markdown = Markdown
minutes-canonical = Text for checking
minutes-older = Minutes { $number }
minutes-next-points = More points

minutes-point = { $number }. { $what }
minutes-besides = Outside the agenda
minutes-no-points = The meeting has no points yet.
minutes-not-reached = We did not get here.
minutes-decided-here = Decision § { $number }: { $what }
minutes-task = Action: { $what } ({ $who }, { $day })
minutes-by-day = by { $day }
minutes-no-day = no date

minutes-round-consent = Proposal in round { $number }: { $what }
minutes-round-vote = Vote in round { $number }: { $what }
minutes-round-advice = Advice in round { $number }: { $what }
minutes-round-mandate = Mandate in round { $number }: { $what }
minutes-round-open = Not settled yet. The round is open until { $until }.
minutes-round-deciding = Not settled yet. The advice is in.
minutes-round-anchoring = Preliminary decision. Not everybody has backing at home yet.
minutes-round-undone = The decision was taken back.
minutes-round-advised = { $who } has decided. Advice came from { $count ->
    [0] none
   *[other] { $count }
 } of { $all }.
minutes-round-option = { $option } ({ $count })
minutes-round-votes = Votes: { $votes }.
minutes-round-reason = Reason: { $words }
minutes-round-led-to = It became § { $number }.

minutes-file = Here are minutes { $number }.
minutes-no-file = The file could not be made or sent. Try again in a while.
minutes-canonical-how = With this file it can be checked that the minutes are unchanged. Its checksum (SHA-256) should be the same as the fingerprint. Your IT department can help.

minutes-none = There are no minutes yet. The first come when you open a meeting.
minutes-no-such = I find no minutes with number { $number }.
minutes-which = Write minutes followed by the number, for example minutes 3/2026.
minutes-gone = Those minutes are not here.
minutes-mend-note = Change a note
