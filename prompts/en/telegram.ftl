# In Telegram only: how a card is drawn, and the question before a button does what it says.

## Cards

# A line with a label and a value. The label is in bold.
telegram-label = { $label }:
telegram-value = { $value }

## Questions

# Shown for a moment when a button that asks first is pressed. The answers appear under the button.
telegram-confirm = Are you sure? Answer with the buttons below.

## Answers

# Shown for a moment when somebody presses in a group and the answer comes in private.
telegram-in-private = The answer is in our private chat.
