# Will you come? One press on the meeting's card.

attending-yes = Coming
attending-no = Not coming
attending-substitute = Substitute
attending-noted-yes = Noted: you are coming.
attending-noted-no = Noted: you are not coming.
attending-substitute-title = Substitute
attending-field-name = Who comes instead of you?
attending-save = Save
attending-too-late = The meeting has begun already. That is why you can no longer answer.
