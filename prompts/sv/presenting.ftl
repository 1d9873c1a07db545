# Presentationsrundan: organisationerna berättar i tur och ordning om uppdrag och lagar.

word-presenting = presentationsrunda, presentation, presentationer
help-presenting = presentationsrunda visar vems tur det är att presentera sin organisation.

presenting-title = Presentationsrunda
presenting-about = På varje möte berättar en organisation om sitt uppdrag och de lagar som styr det.
presenting-rests = Rundan pågår inte just nu.
presenting-all-done = Alla organisationer har presenterat sig.
presenting-turn = Närmast på tur: { $actor }
presenting-then = Sedan: { $actors }
presenting-was = { $actor } presenterade sig { $day }.
presenting-point = { $actor } berättar om sitt uppdrag och de lagar som styr det
presenting-of = Det här vill { $actor } att ni minns
presenting-nothing = Organisationen har inte skrivit något än.
presenting-read = Läs om { $actor }
presenting-more = Visa fler
presenting-write = Skriv om er organisation
presenting-skip = Hoppa över
presenting-swap = Byt tur
presenting-start = Starta rundan
presenting-pause = Pausa rundan
presenting-again = Börja en ny runda
presenting-moved-on = Rundan har redan gått vidare.
presenting-gone = Den organisationen finns inte i rundan.
presenting-nobody-to-swap = Det går att byta tur när minst två organisationer väntar.
presenting-same = Välj en annan organisation här.
presenting-swap-title = Byt tur
presenting-field-one = Vilken organisation ska byta?
presenting-field-other = Vilken byter den med?
presenting-form-title = Uppdrag och lagar
presenting-form-save = Spara
presenting-field-summary = Vad ska de andra minnas?
presenting-field-hint = Ert uppdrag, vilka lagar ni följer, och vad ni inte får göra.
presenting-saved = Sparat. Alla i forumet kan läsa om { $actor }.
presenting-thanks = Tack för presentationen
presenting-ask = Skriv gärna några rader, så minns de andra vad ni berättade.
