"""The words that features are written in: inbound, effects, ui, feature, access, answers, when."""
