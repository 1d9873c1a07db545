# What waits for me: in private and on one's own page in Slack.

word-mine = mine, my
menu-mine = What waits for me
help-mine = mine shows what waits for you, to you alone.

mine-title = This waits for you
mine-nothing = Nothing waits for you right now.
mine-no-forum = You are not in any forum yet. Once you are, your actions show here.
mine-in-private = I show what waits for you to you alone.
mine-forum = In { $forum }:
mine-done = { $number } done
mine-underway = { $number } on its way
mine-untaken = Nobody has taken these yet:
mine-more-untaken = There are more that nobody has taken. You find them among the open actions.
mine-follow-ups = Decisions that you follow up:
mine-follow-up = § { $number }: { $what } Follow-up { $due }.
mine-elsewhere = { $count ->
    [0] In { $forum } nothing waits for you.
    [one] In { $forum } one action waits for you.
   *[other] In { $forum } { $count } actions wait for you.
 }
mine-elsewhere-private = Write mine to me in private to answer them.
mine-switch = Switch to { $forum }
