# The presentation round: in turn the organisations tell of their mission and their legal frame.

word-presenting = presentations, presentation
help-presenting = presentations shows whose turn it is to present their organisation.

presenting-title = Presentation round
presenting-about = At each meeting one organisation tells about its mission and the laws that govern it.
presenting-rests = The round is not going on right now.
presenting-all-done = All organisations have presented themselves.
presenting-turn = Next: { $actor }
presenting-then = Then: { $actors }
presenting-was = { $actor } presented itself { $day }.
presenting-point = { $actor } tells about its mission and the laws that govern it
presenting-of = What { $actor } wants you to remember
presenting-nothing = The organisation has not written anything yet.
presenting-read = Read about { $actor }
presenting-more = Show more
presenting-write = Write about your organisation
presenting-skip = Skip
presenting-swap = Swap turns
presenting-start = Start the round
presenting-pause = Pause the round
presenting-again = Begin a new round
presenting-moved-on = The round has moved on already.
presenting-gone = That organisation is not in the round.
presenting-nobody-to-swap = Turns can be swapped when at least two organisations are waiting.
presenting-same = Choose another organisation here.
presenting-swap-title = Swap turns
presenting-field-one = Which organisation swaps?
presenting-field-other = With which one?
presenting-form-title = Mission and laws
presenting-form-save = Save
presenting-field-summary = What should the others remember?
presenting-field-hint = Your mission, which laws you follow, and what you may not do.
presenting-saved = Saved. Everybody in the forum can read about { $actor }.
presenting-thanks = Thank you for presenting
presenting-ask = Please write a few lines, so that the others remember what you said.
