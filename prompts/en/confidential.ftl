# Confidential forums: what is kept, what is refused, and what the chat tool has already.

word-confidential = confidential, secrecy
help-confidential = confidential shows whether the forum is confidential and what that means. The coordinator can turn it on.

confidential-title = Confidential forum
confidential-is = This forum is confidential.
confidential-is-not = This forum is not confidential. This is how it works if a coordinator makes it so:
confidential-keeps = I keep dates, attendance and how actions are going.
confidential-refuses = I do not keep what you decide, note, bring up or propose. A label is fine, such as Case 12.
confidential-before = What I have kept already stays.
confidential-received = What you write in the chat is also with Slack or Telegram. I cannot change that.
confidential-begin = Make it confidential
confidential-begin-sure = Then I refuse free text in the whole forum. Everybody is told.
confidential-cease = No longer confidential
confidential-cease-sure = Then I keep what you write again. Everybody is told.
confidential-begun = { $who } has made the forum confidential
confidential-ceased = { $who } has ended the confidentiality. I keep words again.
confidential-already = The forum is confidential already.
confidential-not = The forum is not confidential.
confidential-line = Confidential: I keep dates, attendance and how actions are going, but not what you say.
confidential-about = About confidentiality
confidential-refused = The forum is confidential, so I have not kept what you wrote. The chat has received it already. Delete it there if it must not stay. A label is fine, such as Case 12.
confidential-refused-field = The forum is confidential. Write a label only, such as Case 12.
confidential-form = The forum is confidential. Write a label only, such as Case 12.
