# The words of the minutes as a file: Word, PDF, web page and Markdown.

document-title = { $forum }: minutes { $number }
document-foot = { $forum } · minutes { $number }
document-page = Page
document-value = { $value }

document-state-writing = Draft. The meeting is going on and the minutes grow.
document-state-asking = Waiting for approval, { $day } at the latest.
document-state-approved = Approved { $day }. The text no longer changes.

document-meeting = Meeting
document-began = Began
document-ended = Ended
document-venue = Place
document-chair = Chair

document-present = Present
document-present-count = { $people ->
    [one] One person
   *[other] { $people } people
 }{ $organisations ->
    [0] { "" }
    [one] { " " }from one organisation
   *[other] { " " }from { $organisations } organisations
 }
document-nobody = Nobody has been noted as present.
document-organisation = Organisation
document-no-organisation = Without organisation
document-people = Participants
document-substitute = { $name } (for { $other })

document-at-a-glance = Decisions and actions at a glance
document-decisions = { $count ->
    [one] One decision
   *[other] { $count } decisions
 }
document-actions = { $count ->
    [one] One action
   *[other] { $count } actions
 }
document-number = Number
document-paragraph = § { $number }
document-decision = Decision
document-follow-up = Follow-up
document-action = Action
document-owner = Owner
document-due = Due
document-no-day = No date

document-points = The points
document-point = { $number }. { $what }
document-besides = Outside the agenda
document-no-points = The meeting had no points.
document-not-reached = We did not get here. The point comes back at the next meeting.
document-ruling = § { $number } { $what }
document-why = Why
document-with = Part of the decision
document-process = How we decided
document-process-meeting = At the meeting
document-process-consent = By consent
document-process-vote = By vote
document-process-advice = After advice
document-objections = Objections
document-actions-here = Actions:
document-task = { $what } – { $owner }, { $day }

document-approval = Approval
document-confirmed-count = Organisations that have confirmed: { $count } of { $all }
document-answer = Answer
document-by = Who and when
document-by-day = { $who }, { $day }
document-answer-confirmed = Correct
document-answer-differs = Dissenting opinion
document-answer-none = No answer
document-nobody-answered = –
document-additions = Appendix: sent in before the approval
document-late = Appendix: sent in after the approval
document-objection = Dissenting opinion from { $actor } on { $about }
document-change = Proposed change from { $actor } on { $about }, not settled
document-about = § { $number }
document-about-all = the minutes

document-fingerprint = Fingerprint
document-fingerprint-how =
    Anyone can check that the minutes are unchanged. Get the text for checking with the button under the minutes in the chat.
    The checksum (SHA-256) of that file should be the same as the line below. An IT department can help.
