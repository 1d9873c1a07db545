# When more people can read in a chat than before: the forum's coordinators say whether that is all right.

audience-title = More people can read in { $chat } now
audience-shared = The channel has been shared with another organisation.
audience-public = The group is public now. Anybody can read in it, and press Count me in once I post there again.
audience-waits = I post nothing there until somebody who coordinates { $name } says that it is all right.
audience-let-post = Go on posting
audience-let-post-in = Go on posting in { $chat }
audience-otherwise = Should the chat not belong to the forum any more? Write chats to me, and you can untie it.
audience-otherwise-last = Should I not post there any more? Remove me from the chat.
audience-agreed = I post in { $chat } again
audience-left-out = The cards above show what applied before I fell silent. The menu shows what applies now.
