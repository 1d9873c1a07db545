# Planned meetings: one at a time.

word-meet = meeting, meetings, meet
menu-meet = Next meeting
help-meet = meeting followed by day, time and place, for example: meeting 12 May 13:00–15:00 Town hall. Write just meeting to see the next one.

planned-title = { $title }
planned-title-open = { $title }: the meeting is going on
planned-title-closed = { $title }: the meeting is over
planned-title-cancelled = { $title }: cancelled
planned-new-title = New meeting: { $title }
planned-when = { $day }, { $begins }–{ $ends }
planned-fact-when = When
planned-fact-venue = Where
planned-venue = Place: { $venue }
planned-none = No meeting is planned. A coordinator can write for example: meeting 12 May 13:00–15:00 Town hall
planned-more = More about the meeting
planned-show = Show the meeting
planned-open = Open the meeting

## Who comes

planned-nobody-answered = Nobody has answered yet. Will you come?
planned-coming-count = { $people ->
    [0] Nobody who has answered will come.
    [one] One person comes, from { $actors } of { $of } organisations.
   *[other] { $people } people come, from { $actors } of { $of } organisations.
}
planned-yes = Coming ({ $count })
planned-substitute = Sending a substitute ({ $count })
planned-no = Not coming ({ $count })
planned-of-actor = { $actor }: { $people }
planned-instead = { $substitute } instead of { $name }
planned-and-more = { $count } more

## Planning, moving, cancelling

planned-new = Single meeting
planned-form = New meeting
planned-form-save = Plan
planned-field-day = Which day?
planned-field-times = What time?
planned-field-times-hint = For example 13:00–15:00 or at 9.
planned-field-title = What is the meeting called?
planned-field-venue = Where?
planned-field-venue-hint = A room, an address or a meeting link.
planned-fill-in = Fill in
planned-missing-day = I do not understand which day the meeting is
planned-missing-time = I do not understand what time the meeting is
planned-example = Write for example: meeting 12 May 13:00–15:00 Town hall. You can also fill in a form.
planned-time-past = That time has passed. Choose one that lies ahead.
planned-saved = Planned: { $when }.
planned-sure-title = Should the meeting be { $when }?
planned-sure = That is { $why }.
planned-sure-yes = Yes, I mean it
planned-sure-no = No
planned-not-saved = No meeting is planned.
planned-move = Move
planned-move-title = Move the meeting
planned-move-save = Move
planned-moved = Moved: { $title }. Before: { $when }.
planned-unchanged = The meeting is as before.
planned-changed-meanwhile = Somebody else changed it first. Now the meeting is { $when }. Press Move again if you want to change that.
planned-cancel = Cancel
planned-cancel-sure = Cancel the meeting { $when }? Everybody will be told.
planned-cancelled = Cancelled: { $title }, { $when }.
planned-cancelled-already = { $title } is cancelled.
planned-opened-already = { $title } has been opened already. That is why it can be neither moved nor cancelled.

## The calendar

planned-calendar-file = To my calendar
planned-calendar-strike = Remove from my calendar
planned-file = { $title } for your calendar
planned-no-file = The file could not be sent. Please try again in a while.
planned-subscribe = Subscribe
planned-address = The forum’s calendar
planned-address-how = Add the address to your calendar as a subscription. Then all changes come along. Whoever has the address sees the meetings. So share it within the forum only.
planned-open-address = Open the calendar
planned-new-address = Change the address
planned-new-address-sure = Change the address? The old one stops working. Everybody has to add the new one.
planned-no-address = I have no web address, so you cannot subscribe to the calendar. Get the meeting as a file instead.
