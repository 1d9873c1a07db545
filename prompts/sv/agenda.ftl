# Dagordningen: punkter som någon föreslår, och de som kommer tillbaka av sig själva.

word-agenda = dagordning, agenda, mötespunkt
menu-agenda = Dagordning
help-agenda = dagordning följt av det du vill ta upp. Skriv bara dagordning, så ser du vad som väntar.

agenda-title = Till nästa möte
agenda-title-now = Dagordning för mötet som pågår
agenda-none = Inget väntar än. Skriv dagordning följt av det du vill ta upp.
agenda-line = { $number }. { $what }
agenda-line-timed = { $number }. { $what } ({ $minutes } min)
agenda-prepare-line = Förbered: { $what }
agenda-back-unreached = Hanns inte med förra gången.
agenda-back-recurring = Tas upp på varje möte.
agenda-back-open-action = Har en åtgärd som inte är klar.
agenda-and-more = Och { $count } till.
agenda-more = Visa fler
agenda-show = Punkt { $number }
agenda-add = Ny punkt
agenda-whole = Hela dagordningen
agenda-proposed = { $who } vill ta upp på nästa möte:
agenda-already = Den punkten finns redan på listan.
agenda-added = Punkten är med på nästa dagordning och syns i forumets chattar.
agenda-added-now = Punkten är med på mötet, sist på dagordningen.
agenda-needs-help = Åtgärd { $number } behöver hjälp: { $what }

## En punkt

agenda-point = Punkt { $number }
agenda-fact-minutes = Tid
agenda-fact-prepare = Förbered
agenda-minutes = { $count } min
agenda-by = Föreslagen av { $who }
agenda-change = Ändra
agenda-up = Flytta upp
agenda-down = Flytta ner
agenda-done = Avklarad
agenda-drop = Ta bort
agenda-drop-sure = Då tas punkten bort från dagordningen.
agenda-settled = Avklarad: { $what }
agenda-dropped = Borttagen: { $what }
agenda-gone = Den punkten finns inte på dagordningen längre.
agenda-over = Punkten är redan avslutad: { $what }
agenda-changed-meanwhile = Någon annan ändrade punkten medan du skrev. Inget av ditt är sparat än.
agenda-your-words = Det här skrev du:

## Formuläret

agenda-form-title = Ny punkt
agenda-edit-title = Ändra punkten
agenda-form-save = Spara punkten
agenda-field-what = Vad ska vi ta upp?
agenda-field-what-hint = Gärna som en fråga, så vet alla när punkten är klar.
agenda-field-prepare = Vad ska vi förbereda?
agenda-field-prepare-hint = Det här syns när dagordningen skickas ut, två arbetsdagar före mötet.
agenda-field-minutes = Hur lång tid?
agenda-field-recurring = Hur ofta?
agenda-once = Bara den här gången
agenda-each-time = På varje möte

## Före mötet

agenda-posted = Dagordning: { $title }
agenda-posted-at = Mötet börjar { $at }.
agenda-cancelled = Punkterna väntar till nästa möte.
agenda-empty = Här finns inga punkter än. Vad behöver ni prata om?
agenda-total = Tid för punkterna: { $minutes } minuter.
