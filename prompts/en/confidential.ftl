# Confidential forums: what is kept, what is refused, and what the chat tool has already.

word-confidential = confidential, secrecy
help-confidential = confidential shows whether the forum is confidential and what that means.

confidential-title = Confidential forum
confidential-is = This forum is confidential.
confidential-is-not = This forum is not confidential. This is how it becomes when a coordinator switches it on:
confidential-keeps = I keep days, presence and how tasks are going.
confidential-refuses = I keep no words about the content: no decisions' words, notes, points or proposals. A label is fine, such as Case 12.
confidential-before = What is kept already stays.
confidential-received = What you write in Slack or Telegram has already reached them and stays there. I cannot change that.
confidential-begin = Make it confidential
confidential-begin-sure = Then I refuse free text in the whole forum. Everybody is told.
confidential-cease = No longer confidential
confidential-cease-sure = Then I keep what you write again. Everybody is told.
confidential-begun = { $who } has made the forum confidential
confidential-ceased = { $who } has ended the confidentiality. I keep words again.
confidential-already = The forum is confidential already.
confidential-not = The forum is not confidential.
confidential-line = Confidential: I keep days, presence and status, but no words about the content.
confidential-about = About confidentiality
confidential-refused = The forum is confidential, so I have kept nothing of what you wrote. The chat has received it already: delete it there if it must not stay. A label is fine, such as Case 12.
confidential-refused-field = The forum is confidential. Write a label only, such as Case 12.
confidential-form = The forum is confidential. Write a label only, such as Case 12.
