# Framsteg: berätta, fråga innan någon nämns, tacka, och en månad i en bild.
# Gläds utan att överdriva. Räkna aldrig per person eller organisation, och jämför ingen med någon.

word-win = framsteg, seger
word-wins = framstegen, segrar
word-thanks = tack, tacka
menu-win = Berätta om ett framsteg
help-win = framsteg följt av det som gick bra. Den som nämns får frågan först.
help-wins = framstegen visar månadens framsteg i bild och text.
help-thanks = tack följt av en organisation och varför, till exempel tack Polisen för lamporna.

## Kortet

win-title-told = Ett framsteg
win-title-together = Klart tillsammans
win-title-helped = Klart i tid, med hjälp på vägen
win-title-carried-out = Ett beslut är genomfört
win-title-first-carried-out = Forumets första beslut är genomfört
win-title-decisions = En milstolpe för forumet
win-title-years = Forumet fyller år
win-title-thanks = { $who } tackar { $to }
win-title-several = { $count ->
    [one] En sak att glädjas åt
   *[other] { $count } saker att glädjas åt
 }
win-short-decisions = Forumet har fattat { $count } beslut tillsammans.
win-short-years = { $count ->
    [one] Ett år tillsammans. Tack alla som har varit med.
   *[other] { $count } år tillsammans. Tack alla som har varit med.
 }
win-short-first = { $what } (forumets första genomförda beslut)
win-short-thanks = Tack: { $what }
win-short-thanks-for = Tack för { $what }
win-line-thanks = Tack till { $to }: { $what }
win-line-thanks-for = Tack till { $to } för { $what }
win-untold = Ett framsteg
win-line-by = { $what } – { $who }
win-and-more = { $count } till finns i månadens lista.
win-fact-together = Tillsammans
win-fact-actor = Medverkade
win-fact-thanks = Tack till
win-told-by = Berättat av { $who }
win-show-action = Visa åtgärd { $number }

## Berätta

win-form-title = Ett framsteg
win-form-save = Berätta
win-field-what = Vad gick bra?
win-field-what-hint = Skriv så att den som inte var med förstår. Nämn personer längre ner, så frågar jag dem först.
win-field-actors = Vilka organisationer var med?
win-field-people = Vilka personer vill du nämna?
win-field-people-hint = De får frågan först. Den som inte svarar nämns inte.
win-field-about = Hör det till något?
win-about-action = Åtgärd { $number }: { $what }
win-about-decision = § { $number }: { $what }
win-saved = Nu ser forumet framsteget.
win-who-too = Vill du nämna vilka som var med?
win-add-shares = Lägg till vilka som var med
win-take-away = Ta bort
win-taken-away = Framsteget är borttaget
win-take-one-away = Ta bort ett framsteg
win-take-title = Ta bort ett framsteg
win-take-field = Vilket framsteg ska bort?
win-no-names = { $count ->
    [one] Skriv det utan namnet { $who }. Välj namnet under personer, så frågar jag först.
   *[other] Skriv det utan namnen { $who }. Välj namnen under personer, så frågar jag först.
 }
win-completed = Tack, nu är framsteget ändrat.
win-asks-first = Jag frågar { $who } först. Forumet får veta det senast { $at }, med namnen på dem som har sagt ja.
win-waits = Framsteget är sparat. Forumet har en lugn tid, så jag berättar om det { $day }.

## Frågan om namnet

win-ask-title = Får jag nämna dig?
win-ask-told = { $who } vill berätta om det här i { $forum } och nämna dig. Får ditt namn stå med? Om du inte svarar nämns du inte.
win-ask-noticed = Det här blev klart i { $forum }, och du var med. Får ditt namn stå med? Om du inte svarar nämns du inte.
win-reworded = Texten har ändrats sedan jag frågade. Nu står det så här.
win-name-yes = Ja, gärna
win-name-no = Nej, inte nu
win-name-remove = Ta bort mitt namn
win-name-never = Nej, aldrig offentligt
win-named-yes = Tack. Då nämner jag dig.
win-named-no = Då nämns du inte. Tack för det du gjorde.
win-named-private = Då nämns du inte, och jag frågar inte igen. Du kan ändra det under Mina notiser.
win-private = Tack för det här
win-private-why = Du vill helst inte nämnas offentligt, så ditt namn står inte med.

## Lugn tid

win-calm = Lugn tid
win-calm-title = Lugn tid
win-calm-save = Spara
win-calm-field = Vilken dag ska jag börja fira igen?
win-calm-hint = Till dess sparar jag allt och berättar det samlat.
win-calm-noted = Jag firar inget förrän { $day }. Det som händer till dess sparar jag.
win-calm-end = Avsluta lugn tid
win-calm-over = Den lugna tiden är över.

## En månad

win-month-title =
    Framsteg i { $forum }, { $month ->
        [1] januari
        [2] februari
        [3] mars
        [4] april
        [5] maj
        [6] juni
        [7] juli
        [8] augusti
        [9] september
        [10] oktober
        [11] november
       *[12] december
    } { $year }
win-month-words = Det här gick bra i { $forum }. Skicka det gärna vidare till din organisation.
win-month-alt-all = Bilden visar månadens framsteg. De står också i listan.
win-month-alt = Bilden visar { $count } av månadens { $all } framsteg. De står också i listan.
win-month-latest = Här är de { $count } senaste av månadens { $all } framsteg.
win-month-none = Inga framsteg finns med den månaden. Små steg räknas också.
win-month-before = Förra månaden
win-month-share = Visa för alla
win-month-shared = Nu ser alla listan.
win-month-shared-already = Listan syns redan i forumets chattar.
win-picture-who = { $who }

## Tack

thanks-welcome = Varsågod. Vill du tacka en annan organisation i forumet?
thanks-pass-on = Tacka en organisation
thanks-title = Tacka
thanks-send = Tacka
thanks-field-to = Vilken organisation vill du tacka?
thanks-field-what = För vad?
thanks-field-what-hint = Till exempel för lamporna som kom upp i tid.
thanks-nobody = Det finns ingen annan organisation i forumet än.
thanks-no-names = { $count ->
    [one] Skriv det utan namnet { $who }.
   *[other] Skriv det utan namnen { $who }.
 } Berätta om ett framsteg om du vill nämna någon, så frågar jag först.
thanks-said = Nu ser forumet ditt tack.
