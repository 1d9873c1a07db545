# Menu and help.

word-menu = menu
word-help = help
help-menu = menu shows buttons for most of what you can do here.
help-help = help shows this text.
menu-title = What would you like to do?
menu-forum = The forum is called { $name }.
menu-join = Count me in
help-title = This is what you can write to me
help-forum = You are in the forum { $name }. The menu has buttons for most things.
help-how-slack = In a channel begin with /samsyn, for example /samsyn decision. In our private chat the words are enough.
help-how-telegram = In a group begin with a slash, for example /decision. In our private chat the words are enough.
help-no-forum = This chat does not belong to a forum yet.
help-to-menu = Show the menu
help-not-understood = I do not understand “{ $said }”.
help-did-you-mean = Did you mean one of these?
help-write-instead = Write it like this, and it will be right:
help-more = More

help-group-note = Write something down
help-group-look = See what is going on
help-group-meet = Meet
help-group-sitting = At the meeting
help-group-rhythm = Follow up and celebrate
help-group-people = Take part
help-group-forum = Run the forum
help-group-you = Find your way
