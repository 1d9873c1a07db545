# The words on pictures. They have to fit on a phone: as short as can be.

picture-answered = { $answered } of { $invited } answered
picture-agree = { $n } of { $answers } agree
picture-agree-least = at least { $n } of { $answers } agree
picture-agree-most = at most { $n } of { $answers } agree
picture-disagree = { $n } disagree
picture-disagree-least = at least { $n } disagree
picture-disagree-most = at most { $n } disagree

# Places on a scale, when the answers are too few for numbers.
picture-few = Few agree
picture-mixed = Opinions differ
picture-most = Most agree
picture-half-less = Half or fewer agree
picture-half-more = More than half agree
picture-hidden = Cannot be shown without giving somebody away

# The days along the bottom, and the scale beside them.
picture-day =
    { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
picture-percent = { $n }%
picture-share = How many agree
picture-scale-all = all
picture-scale-none = none
picture-note-pieces = Hatched: somewhere within the box, for the answers are too few for numbers.
picture-note-hidden = ?: too few answers to show without giving somebody away.

# Progress month by month.
picture-month =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] June
        [7] July
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
picture-number = { $n }
picture-month-goes-on = Striped: the month is not over.
