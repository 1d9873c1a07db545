# Tying: another chat, and another account.

word-tie = tie, connect
word-chats = chats, untie
word-account = account, accounts
menu-chats = The forum's chats
menu-account = Tie my accounts
help-tie = tie gives a code for the next chat. In that chat somebody writes tie and the code.
help-chats = chats shows the forum's chats. One can be untied there, too.
help-account = account ties your accounts in Slack and Telegram, so that you are one and the same member.

platform-slack = Slack
platform-telegram = Telegram
place-name = { $title } ({ $platform })
place-nameless = a chat in { $platform }

tie-code = The code is { $code }
tie-code-how = Invite me to the chat that is to belong to { $name } as well. Whoever administers that chat writes tie { $code } there.
tie-code-rules = The code is good for ten minutes and for one use. Before the chat is tied you see which one it is and say yes or no.

tie-form-title = Tie the chat
tie-form-submit = Tie
tie-field-code = Which code did you get?
tie-field-code-hint = Eight letters, for example BCDF-GHJK.
tie-type-it-there = That is done in the chat that is to be tied. Invite me there, and write tie and the code.
tie-not-administrator = Only somebody who administers this chat can tie it.
tie-cannot-tell = I cannot find out just now whether you administer this chat. Try again in a while.
tie-has-forum = This chat already belongs to the forum { $name }.
tie-waiting = Thank you, the code is right. Now we wait for the forum's coordinator to say yes.
code-wrong = The code is wrong or has expired. Ask for a new one.
code-too-many = There have been too many tries. Wait ten minutes and then ask for a new code.

tie-question = A chat wants to belong to { $name }
tie-question-to = { $who }, do you recognise it?
tie-fact-chat = The chat
tie-fact-redeemer = The code was typed by
tie-question-advice = Everybody in that chat gets to see the forum's decisions and actions. The question stands for a day.
tie-approve = Approve
tie-reject = Reject
tie-answered = That question is already answered or has expired. Write tie to get a new code.
tie-taken = { $chat } already belongs to a forum.
tie-chat-gone = I am no longer in { $chat }. Ask them to invite me again.
tie-approved = { $chat } is approved
tie-rejected = { $chat } is rejected
tie-rejected-there = The coordinator said no to tying this chat. Talk to each other and try again with a new code.

tie-tied = { $chat } now belongs to { $name }
tie-tied-what = What you decide shows in all the forum's chats from now on.
tie-undo = Undo the tie
tie-undo-sure = The chat will no longer see what the forum does.

tie-chats = Chats in { $name }
tie-chat-held = { $chat } waits for your yes, for more people can read there now
tie-untie = Untie { $chat }
tie-untied = { $chat } no longer belongs to { $name }
tie-untied-what = Everything decided and promised stays in the forum.
tie-not-tied = That chat does not belong to the forum.
tie-last-chat = It is the forum's only chat. Tie another one first.

account-code = Your code is { $code }
account-code-how = Open the private chat with me in your other account and write account { $code } there.
account-code-rules = The code is good for ten minutes and for one use. Show it to nobody.
account-have-code = I already have a code
account-form-title = Tie my accounts
account-form-submit = Continue
account-field-code = Which code did you get?
account-in-private = We do this in private
account-in-private-button = Open in private
account-what = With a code you tie your accounts in Slack and Telegram, so that you are one and the same member.
account-burnt = Everybody here could see the code, so it is no longer good. You get a new one in private.
account-wrote-to-you = I have written to you in private.
account-same-account = This is the account that you got the code in. Write it in your other account.
account-same-title = Are you { $name }, too?
account-same-what = Then the two accounts become one person, and that cannot be taken back. Say no if somebody else gave you the code.
account-yes = Yes, that is me
account-no = No
account-merged = Done, your accounts are one and the same person now.
account-apart = Good that you said so. Nothing is tied.
