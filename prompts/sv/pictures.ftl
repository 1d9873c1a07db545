# Orden på bilderna. De ska få plats på en telefon: så korta som det går.

picture-answered = { $answered } av { $invited } svarade
picture-agree = { $n } av { $answers } håller med
picture-agree-least = minst { $n } av { $answers } håller med
picture-agree-most = högst { $n } av { $answers } håller med
picture-disagree = { $n } håller inte med
picture-disagree-least = minst { $n } håller inte med
picture-disagree-most = högst { $n } håller inte med

# Platser på en skala, när svaren är för få för siffror.
picture-few = Få håller med
picture-mixed = Delade meningar
picture-most = De flesta håller med
picture-half-less = Hälften eller färre håller med
picture-half-more = Fler än hälften håller med
picture-hidden = Kan inte visas utan att röja någon

# Tidsaxeln, och skalan vid den.
picture-day =
    { $day } { $month ->
        [1] jan
        [2] feb
        [3] mars
        [4] apr
        [5] maj
        [6] juni
        [7] juli
        [8] aug
        [9] sep
        [10] okt
        [11] nov
       *[12] dec
    }
picture-percent = { $n } %
picture-share = Så många håller med
picture-scale-all = alla
picture-scale-none = ingen
picture-note-pieces = Randigt: någonstans inom rutan, för svaren är för få för siffror.
picture-note-hidden = ?: för få svar för att visa utan att röja någon.

# Framstegen månad för månad.
picture-month =
    { $month ->
        [1] jan
        [2] feb
        [3] mars
        [4] apr
        [5] maj
        [6] juni
        [7] juli
        [8] aug
        [9] sep
        [10] okt
        [11] nov
       *[12] dec
    }
picture-number = { $n }
picture-month-goes-on = Randigt: månaden är inte slut.
