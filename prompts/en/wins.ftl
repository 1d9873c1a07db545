# Wins: telling, asking before somebody is named, thanking, and a month in one picture.

word-win = win, progress
word-wins = wins, celebrations
word-thanks = thanks, thank
menu-win = Tell of a win
help-win = win followed by what went well. Whoever is named is asked first.
help-wins = wins shows the month's wins in a picture and in words.
help-thanks = thanks followed by an organisation and why, for example thanks Police for the lamps.

## The card

win-title-told = A win
win-title-together = Done together
win-title-helped = Done on time, with help on the way
win-title-carried-out = A decision has been carried out
win-title-first-carried-out = The forum's first decision has been carried out
win-title-decisions = A milestone for the forum
win-title-years = The forum's birthday
win-title-thanks = { $who } thanks { $to }
win-title-several = { $count ->
    [one] One thing to be glad of
   *[other] { $count } things to be glad of
 }
win-short-decisions = The forum has made { $count } decisions together.
win-short-years = { $count ->
    [one] One year together. Thanks to all who took part.
   *[other] { $count } years together. Thanks to all who took part.
 }
win-short-first = { $what } (the first decision that the forum carried out)
win-short-thanks = Thanks: { $what }
win-short-thanks-for = Thanks for { $what }
win-line-thanks = Thanks to { $to }: { $what }
win-line-thanks-for = Thanks to { $to } for { $what }
win-untold = A win
win-line-by = { $what } – { $who }
win-and-more = { $count } more in the month's list.
win-fact-together = Together
win-fact-actor = Took part
win-fact-thanks = Thanks to
win-told-by = Told by { $who }
win-show-action = Show action { $number }

## Telling

win-form-title = A win
win-form-save = Tell
win-field-what = What went well?
win-field-what-hint = Write so that those who were not there understand. Name people further down, so that I ask them first.
win-field-actors = Which organisations took part?
win-field-people = Which people do you want to name?
win-field-people-hint = They are asked first. Whoever does not answer is not named.
win-field-about = Does it belong to something?
win-about-action = Action { $number }: { $what }
win-about-decision = § { $number }: { $what }
win-saved = Now the forum sees the win.
win-who-too = Do you want to name who took part?
win-add-shares = Add who took part
win-take-away = Take away
win-taken-away = The win was taken away
win-take-one-away = Take a win away
win-take-title = Take a win away
win-take-field = Which win is to go?
win-no-names = { $count ->
    [one] Write it without the name { $who }. Choose the name among the people, and I ask first.
   *[other] Write it without the names { $who }. Choose the names among the people, and I ask first.
 }
win-completed = Thank you. The win is up to date.
win-asks-first = I ask { $who } first. The forum hears of it { $at } at the latest, with the names of those who said yes.
win-waits = The win is saved. The forum has a quiet time, so I tell of it { $day }.

## The question about the name

win-ask-title = May I name you?
win-ask-told = { $who } wants to tell this in { $forum } and name you. May your name stand there? If you do not answer, you are not named.
win-ask-noticed = This was done in { $forum }, and you took part. May your name stand there? If you do not answer, you are not named.
win-reworded = The words have changed since I asked. This is how they read now.
win-name-yes = Yes, gladly
win-name-no = No, not now
win-name-remove = Take my name away
win-name-never = No, never in public
win-named-yes = Thank you. Then I name you.
win-named-no = Then you are not named. Thank you for what you did.
win-named-private = Then you are not named, and I do not ask again. You can change that under My notifications.
win-private = Thank you for this
win-private-why = You would rather not be named in public, so your name does not stand there.

## Quiet time

win-calm = Quiet time
win-calm-title = Quiet time
win-calm-save = Save
win-calm-field = On which day shall I celebrate again?
win-calm-hint = Until then I keep everything and tell it together.
win-calm-noted = I celebrate nothing before { $day }. What happens until then I keep.
win-calm-end = End the quiet time
win-calm-over = The quiet time is over.

## A month

win-month-title =
    Wins in { $forum }, { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
win-month-words = This went well in { $forum }. Do pass it on to your organisation.
win-month-alt-all = The picture shows the wins of the month. They stand in the list too.
win-month-alt = The picture shows { $count } of the month's { $all } wins. They stand in the list too.
win-month-latest = These are the latest { $count } of the month's { $all } wins.
win-month-none = No wins stand there for that month. Small steps count too.
win-month-before = The month before
win-month-share = Show to all
win-month-shared = Now everybody sees the list.
win-month-shared-already = The list stands in the forum's chats already.
win-picture-who = { $who }

## Thanks

thanks-welcome = You are welcome. Do you want to thank another organisation in the forum?
thanks-pass-on = Thank an organisation
thanks-title = Thank
thanks-send = Thank
thanks-field-to = Which organisation do you want to thank?
thanks-field-what = What for?
thanks-field-what-hint = For example for the lamps that were up in time.
thanks-nobody = There is no other organisation in the forum yet.
thanks-no-names = { $count ->
    [one] Write it without the name { $who }.
   *[other] Write it without the names { $who }.
 } Tell of a win if you want to name somebody, and I ask first.
thanks-said = Now the forum sees your thanks.
