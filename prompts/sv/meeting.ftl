# Mötet medan det pågår: öppna, närvaro, punkter, anteckningar, stänga.

word-open = öppna, möteöppna
word-note = anteckna, anteckning
menu-open = Öppna mötet
help-open = öppna mötet startar mötet, eller visar det som pågår.
help-note = anteckna följt av det som sades. Det hamnar under punkten ni pratar om.

## Kortet

meeting-title-open = Möte pågår: { $title }
meeting-title-closed = Mötet är slut: { $title }
meeting-title-planned = Inget möte just nu: { $title }
meeting-title-undone = Inget möte just nu: { $title }
meeting-title-cancelled = Mötet är inställt: { $title }
meeting-over-planned = Mötet öppnades av misstag, och det är ångrat. Det är fortfarande planerat.
meeting-over-undone = Mötet öppnades av misstag, och det är ångrat.
meeting-over-cancelled = Mötet ställdes in. Punkterna väntar till nästa gång.
meeting-over-closed = Mötet har nummer { $number }.
meeting-fact-chair = Leder mötet
meeting-fact-present = Här är
meeting-fact-came = Med på mötet
meeting-fact-points = Punkter
meeting-people = { $count ->
    [0] ingen
    [one] en person
   *[other] { $count } personer
 }
meeting-points-done = { $done } av { $of } avklarade
meeting-more-people = { $count } till
meeting-substitute = { $who } (ersättare: { $by })
meeting-no-points = Dagordningen är tom. Lägg till en punkt, eller prata fritt.
meeting-points-waiting = Vi väntar in alla. { $count ->
    [one] En punkt
   *[other] { $count } punkter
 } står på dagordningen.
meeting-points-over = Alla punkter är avklarade.
meeting-point = Punkt { $number } av { $of }
meeting-point-until = { $minutes } min, till { $at }
meeting-point-next = Sedan: { $what }
meeting-point-kept = Anteckningar: { $notes }. Beslut: { $decisions }. Åtgärder: { $actions }.
meeting-check-in = Incheckning: { $question }
meeting-turn = Ordet har { $who }.
meeting-turn-then = Ordet har { $who }. Sedan: { $then }.

## Knappar

meeting-open = Öppna mötet
meeting-here = Jag är här
meeting-forward = Nästa punkt
meeting-back = Föregående
meeting-note = Anteckna
meeting-round = Beslutsrunda
meeting-agenda = Dagordning
meeting-panel = Leda mötet
meeting-close = Stäng mötet
meeting-take-up = Ta upp nu
meeting-turn-had = Klar
meeting-turn-pass = Hoppa över

## Svar

meeting-opened = Mötet är öppet i forumets chattar.
meeting-open-already = Mötet är redan öppet. Det leds av { $who }.
meeting-not-planned = Det mötet går inte att öppna längre. Skriv öppna, så börjar ett nytt.
meeting-gone = Det mötet finns inte här.
meeting-not-open = Det mötet pågår inte längre.
meeting-none-open = Inget möte är öppet just nu. Öppna mötet först, så hamnar anteckningen rätt.
meeting-led-by = Bara den som leder mötet ({ $who }) eller en samordnare kan göra det.
meeting-moved-on = Mötet har redan gått vidare.
meeting-point-taken = Nu är ni på punkt { $number }.
meeting-here-noted = Du är antecknad som närvarande.
meeting-here-already = Du är redan antecknad som närvarande.
meeting-noted = Antecknat under punkt { $number }.
meeting-noted-between = Antecknat.
meeting-chair-taken = Du leder mötet nu.
meeting-time-over = Tiden är slut för punkten: { $what }

## Formulär

meeting-note-title = Anteckna
meeting-note-save = Spara anteckningen
meeting-mend-title = Ändra anteckning
meeting-field-which-note = Vilken anteckning?
meeting-field-mended = Så här ska det stå
meeting-field-then = Vad ska hända med den?
meeting-note-change = Ändra den
meeting-note-remove = Ta bort den
meeting-mended-how = Skriv hur anteckningen ska lyda. Inget är ändrat.
meeting-note-mended = Anteckningen är ändrad.
meeting-note-gone = Anteckningen är borttagen.
meeting-no-notes = Du har inga anteckningar från mötet att ändra.
meeting-field-note = Vad sades?
meeting-field-note-hint = Skriv så att den som inte var med förstår.
meeting-tick-title = Vilka är här?
meeting-tick-save = Spara närvaron
meeting-field-who = Vilka är här?
meeting-ticked = Närvaron är sparad.
meeting-heard-title = Vilka har talat?
meeting-heard-save = Spara
meeting-field-heard = Vilka organisationer har talat?
meeting-all-heard = Alla organisationer som är här har talat.
meeting-check-in-title = Incheckning
meeting-check-in-start = Börja rundan
meeting-check-in-begun = Rundan har börjat. Kortet visar vem som har ordet.
meeting-check-in-over = Incheckningen är slut.
meeting-field-question = Vilken fråga ska alla svara på?
meeting-field-question-hint = Till exempel: Vad tar du med dig in i mötet? Svaren sparas inte.
meeting-turn-of = Ordet har { $who }. Du får det strax.

## För den som leder

meeting-panel-title = För dig som leder mötet
meeting-left = { $count ->
    [0] Nu är tiden för punkten slut.
    [one] En minut kvar på punkten.
   *[other] { $count } minuter kvar på punkten.
 }
meeting-over-time = { $count ->
    [one] Punkten har dragit över med en minut.
   *[other] Punkten har dragit över med { $count } minuter.
 }
meeting-heard = Organisationer som har talat: { $heard } av { $of }.
meeting-silent = Fråga gärna { $who }.
meeting-tick = Bocka av närvaro
meeting-hear = Vilka har talat?
meeting-check-in-begin = Incheckning
meeting-check-in-end = Avsluta incheckningen
meeting-show-again = Visa kortet igen
meeting-take-chair = Jag leder nu
meeting-undo = Ångra öppnandet
meeting-undo-sure = Då är det som om mötet aldrig öppnades. Punkterna väntar som förut.

## Stänga

meeting-before-closing = Innan mötet stängs
meeting-nothing-happened = Inget är antecknat än. Ångrar du öppnandet lämnar mötet inga spår.
meeting-loose-actions = { $count ->
    [one] En åtgärd saknar ansvarig eller datum:
   *[other] { $count } åtgärder saknar ansvarig eller datum:
 }
meeting-loose-decisions = { $count ->
    [one] Ett beslut saknar dag för uppföljning:
   *[other] { $count } beslut saknar dag för uppföljning:
 }
meeting-left-points = { $count ->
    [one] En punkt är kvar. Den tas upp nästa gång:
   *[other] { $count } punkter är kvar. De tas upp nästa gång:
 }
meeting-left-point = { $what }
meeting-mend-action = Åtgärd { $number }
meeting-take-first = Ta upp den första nu
meeting-close-anyway = Stäng ändå
meeting-closed = Mötet är stängt: { $title }
meeting-closed-already = Mötet är redan stängt.
meeting-undone = Öppnandet är ångrat.
meeting-not-empty = Något är redan antecknat, så öppnandet går inte att ångra. Stäng mötet i stället.
meeting-is-it-over = Mötet är fortfarande öppet: { $title }. Är det slut?
meeting-is-it-over-aloud = { $who }, mötet är fortfarande öppet: { $title }. Är det slut?
meeting-closes-itself = Annars stänger jag det när inget har hänt på ett dygn.
meeting-goes-on = Mötet pågår
meeting-goes-on-noted = Bra. Jag frågar igen om några timmar.
meeting-closed-itself = Jag stängde mötet, för inget hade hänt på ett dygn: { $title }
