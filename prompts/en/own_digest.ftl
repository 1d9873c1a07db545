# One's own summary: one message for all one's forums.

own-digest-title = This waits for you, { $day }
own-digest-back = Welcome back. This waits, and this was decided while you were away.
own-digest-forum = { $forum }
own-digest-action = Action { $number }
own-digest-what = { $what } ({ $day })
own-digest-what-bare = due { $day }
own-digest-answer = Answer
own-digest-round = { $what }, by { $day }
own-digest-round-bare = a round, by { $day }
own-digest-approve = Approve
own-digest-minutes = minutes { $number }, by { $day }
own-digest-thanks = Thanks
own-digest-when = { $day }, { $clock }
own-digest-others = Something also waits in { $forums }.
own-digest-quiet = All is calm in { $forums }.
own-digest-open = Show { $forum }
own-digest-settings = Change how often
