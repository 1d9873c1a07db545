# In Telegram only: how a card is drawn, and the question before a button does what it says.

## Cards

# A line with a label and a value. The label is in bold.
telegram-label = { $label }:
telegram-value = { $value }

## Questions

# Shown for a moment when a button that asks first is pressed. The answers appear under the button.
telegram-confirm = Are you sure? Answer with the buttons below.
