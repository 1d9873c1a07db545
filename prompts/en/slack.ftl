# What only Slack needs: forms in windows, questions before one presses, what did not fit.

slack-value = { $value }

confirm-title = Are you sure?
confirm-yes = Yes
confirm-no = No

form-choose = Choose
form-close = Close
form-too-late = The form did not open in time. Press once more.
form-too-long = The form did not fit. Start again with a shorter text.

card-too-long = The rest did not fit here.

# Under an answer in a channel, when the file that belongs to it came in private.
slack-file-in-private = The file is in our private chat.
