# Årshjulet: hur ofta forumet ses, och när.

word-cycle = årshjul, mötesplan
menu-cycle = Årshjul
help-cycle = årshjul följt av hur ofta ni ses, till exempel: årshjul första tisdagen varje månad 13–15. Skriv bara årshjul, så ser du kommande möten.

## En regel i ord

clock = { $hour }.{ $minute }
clock-span = { $begins }–{ $ends }
cycle-rule-weekly = varje { $days } { $when }
cycle-rule-fortnightly = varannan { $days } { $when }
cycle-rule-weeks = { $days } var { $weeks }:e vecka { $when }
cycle-rule-monthly = { $day } varje månad { $when }
cycle-rule-bimonthly = { $day } varannan månad { $when }
cycle-rule-every-months = { $day } var { $count }:e månad { $when }
cycle-rule-months = { $day } i { $months } { $when }
cycle-weekday = { $nth } { $day }
cycle-day = { $day ->
    [1] den 1:a
    [2] den 2:a
    [21] den 21:a
    [22] den 22:a
    [31] den 31:a
   *[other] den { $day }:e
}
cycle-day-last = sista dagen
nth-1 = första
nth-2 = andra
nth-3 = tredje
nth-4 = fjärde
nth-5 = femte
nth--1 = sista
nth--2 = näst sista
weekday-MO = måndag
weekday-TU = tisdag
weekday-WE = onsdag
weekday-TH = torsdag
weekday-FR = fredag
weekday-SA = lördag
weekday-SU = söndag
weekday-the-MO = måndagen
weekday-the-TU = tisdagen
weekday-the-WE = onsdagen
weekday-the-TH = torsdagen
weekday-the-FR = fredagen
weekday-the-SA = lördagen
weekday-the-SU = söndagen
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

## Det som inte gick att förstå

cycle-not-understood = Jag förstår inte riktigt hur ofta ni ses
cycle-heard = Jag förstod: ”{ $words }”.
cycle-stray = Jag förstod inte: ”{ $words }”.
cycle-too-little = Jag vet inte hur ofta du menar.
cycle-wrong-ends-first = Sluttiden ligger före starttiden.
cycle-wrong-no-time = Det klockslaget finns inte. Skriv till exempel 13–15.
cycle-wrong-no-days = Den dagen finns inte i de månader du skrev.
cycle-nearest = Menar du { $rule }?
cycle-take-nearest = Ja, visa datumen
cycle-say-otherwise = Nej, skriv om
cycle-field-wrong = { $why } Menar du { $rule }? Skriv i så fall så.

## Utkastet

cycle-draft = Förslag till årshjul: { $title }
cycle-assumed-time = Du skrev ingen tid, så jag föreslår den här.
cycle-assumed-day = Du skrev inte vilken dag, så jag föreslår den här.
cycle-assumed-months = Du skrev inte vilka månader, så jag föreslår de här.
cycle-one-more = Ni har redan ett årshjul. Det här blir ett till, bredvid det.
cycle-dates = { $days }
cycle-more-dates = Och { $count } till. Den sista är { $last }.
cycle-no-dates = Inga möten är planerade än.
cycle-save = Spara
cycle-change = Ändra
cycle-saved = Sparat. Alla har fått veta.
cycle-saved-already = Det är redan sparat.

## Dagar som borde flyttas

cycle-questions-title = Dagar att ta ställning till: { $title }
cycle-questions = { $count ->
    [one] En dag är helgdag eller ligger i juli. Inget möte läggs där utan ditt svar.
   *[other] { $count } dagar är helgdagar eller ligger i juli. Inget möte läggs där utan ditt svar.
}
cycle-settle-all = Gör som du föreslår
cycle-clash-move = { $day }: { $why }. Jag föreslår { $instead }.
cycle-clash-skip = { $day }: { $why }. Jag föreslår att ni hoppar över den.
cycle-move-to = Flytta { $day } till { $instead }
cycle-skip = Hoppa över { $day }
cycle-keep = Behåll { $day }
cycle-more-questions = Och { $count } till, när du har svarat på de här.
cycle-all-settled = Alla dagar har fått svar.
cycle-settled-already = Den dagen har redan fått svar.
cycle-look-again = Något har ändrats. Titta en gång till.
cycle-answer = { $count ->
    [one] En dag att svara på
   *[other] { $count } dagar att svara på
}

day-off-new-year = nyårsdagen
day-off-epiphany = trettondedag jul
day-off-good-friday = långfredagen
day-off-easter = påskdagen
day-off-easter-monday = annandag påsk
day-off-may-day = första maj
day-off-ascension = Kristi himmelsfärdsdag
day-off-whitsun = pingstdagen
day-off-national-day = nationaldagen
day-off-midsummer-eve = midsommarafton
day-off-midsummer = midsommardagen
day-off-all-saints = alla helgons dag
day-off-christmas-eve = julafton
day-off-christmas = juldagen
day-off-boxing-day = annandag jul
day-off-new-years-eve = nyårsafton
day-off-other = helgdag
day-off-july = mitt i semestern

## Kortet och sidan

cycle-posted = Så här ses vi: { $title }
cycle-changed = Nya mötestider: { $title }
cycle-over = Årshjulet är avslutat: { $title }
cycle-next-meeting = Nästa möte
cycle-title = Årshjul för { $forum }
cycle-line = { $title }: { $rule }
cycle-coming = { $when } · { $title }
cycle-none = Inga möten är planerade än. En samordnare kan skriva årshjul följt av hur ofta ni ses.
cycle-none-coordinator = Inga möten är planerade än. Skriv till exempel: årshjul första tisdagen varje månad 13–15
cycle-new = Nytt årshjul
cycle-end = Avsluta
cycle-end-sure = Avsluta årshjulet för { $title }? Då ställs alla dess kommande möten in.
cycle-ended = Årshjulet är avslutat: { $title }. Mötena som var planerade är inställda.
cycle-is-over = Det årshjulet är avslutat.
cycle-changed-meanwhile = Någon annan hann ändra först. Nu gäller: { $rule }. Tryck på Ändra igen om du vill ändra det.

## Formuläret

cycle-form = Nytt årshjul
cycle-change-title = Ändra årshjulet
cycle-form-show = Visa datumen
cycle-form-save = Spara
cycle-field-words = Hur ofta, och vilken tid?
cycle-field-words-hint = Till exempel: första tisdagen varje månad 13–15, varannan torsdag 9–10.30, fyra gånger per år.
cycle-field-words-stay = Lämna tomt, så ses ni lika ofta som nu. Annars till exempel: varannan torsdag 9–10.30.
cycle-field-title = Vad kallar ni mötena?
cycle-field-since = Från och med
cycle-field-since-hint = Lämna tomt för att börja så snart det går.
