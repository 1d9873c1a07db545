# Åtgärder: formulär, kort, påminnelser och svaren på dem.
# Påminn utan att skuldbelägga: säg vad som gäller och vad man kan göra, aldrig att någon har försummat något.

word-action = åtgärd, uppgift
word-actions = åtgärder, åtgärdslista, uppgifter
menu-action = Ny åtgärd
menu-actions = Öppna åtgärder
help-action = åtgärd följt av vad som ska göras och när, till exempel åtgärd Kalla till möte, på fredag. åtgärd 7 visar åtgärd 7.
help-actions = åtgärder visar det som är kvar att göra i forumet, med ansvarig och datum.

## Kortet

action-title-open = Åtgärd { $number }
action-title-underway = Åtgärd { $number } (på väg)
action-title-stuck = Åtgärd { $number } (behöver hjälp)
action-title-done = Åtgärd { $number } (klar)
action-title-dropped = Åtgärd { $number } (behövs inte längre)
action-fact-owner = Ansvarig
action-fact-due = Klart senast
action-fact-decision = Från beslut
action-no-day = inget datum
action-done = Klar { $day }.
action-done-on-time = Klar { $day }, i tid.
action-recorded-by = Antecknat av { $who }, { $day }

action-answer-done = Klar
action-answer-underway = På väg
action-answer-new-date = Nytt datum
action-answer-help = Behöver hjälp
action-answer-hand-over = Lämna över
action-answer-take = Jag tar den
action-take-number = Jag tar { $number }
action-show = Visa
action-show-number = Visa { $number }
action-change = Ändra
action-reopen = Inte klar än
action-drop = Behövs inte längre
action-drop-sure = Då tas åtgärd { $number } bort från listan över det som ska göras. Kortet finns kvar att läsa.
action-to-decision = Visa beslutet
action-to-message = Till meddelandet

## Formuläret

action-form-title = Ny åtgärd
action-change-title = Ändra åtgärd { $number }
action-form-save = Spara åtgärden
action-field-what = Vad ska göras?
action-field-what-hint = Skriv det så att man vet när det är klart.
action-field-actor = Vilken organisation?
action-field-owner = Vem där?
action-field-owner-hint = Lämna tomt om organisationen själv ska bestämma vem.
action-field-due = När ska det vara klart?
action-field-due-hint = Till exempel på fredag, 15 mars eller om två veckor.
action-not-of-actor = { $who } företräder inte { $actor }. Välj någon därifrån, eller byt organisation.
action-date-far = { $day } ligger mer än tio år bort. Välj en närmare dag.
action-decision-over = § { $number } gäller inte längre, så det kan inte få nya åtgärder.

action-recorded = Åtgärd { $number } är sparad och syns i forumets chattar.
action-changed = Åtgärd { $number } är ändrad.
action-changed-meanwhile = Någon annan hann ändra åtgärd { $number } medan du skrev. Inget av ditt är sparat än.
action-your-words = Det här skrev du:
action-no-such = Jag hittar ingen åtgärd med nummer { $number }.
action-not-yours = Åtgärd { $number } ligger hos { $who }. Prata med dem, eller med samordnaren.
action-not-open = Åtgärd { $number } är avslutad. Tryck på Inte klar än om den ska öppnas igen.

## Listan

action-list-title = Öppna åtgärder ({ $count })
action-none = Det finns inga öppna åtgärder här just nu.
action-in-list = { $number }. { $what }
action-in-list-owner = { $who }, { $due }
action-more = Visa fler
action-and-more = Och { $count } till.
action-due-past = { $day }, { $days ->
    [one] för en dag sedan
   *[other] för { $days } dagar sedan
 }
action-due-today = idag
action-due-tomorrow = imorgon
action-due-soon = { $day }, om { $days } dagar
action-due-ahead = { $day }

## Svaren

action-now-open = Åtgärd { $number } är öppen igen.
action-now-underway = Åtgärd { $number } är på väg. Bra.
action-now-stuck = Åtgärd { $number } behöver hjälp.
action-now-done = Åtgärd { $number } är klar, tack.
action-now-dropped = Åtgärd { $number } behövs inte längre.
action-done-already = Redan klar.
action-new-date-title = Nytt datum
action-new-date-save = Spara datumet
action-new-date = Åtgärd { $number } ska vara klar { $day }. Jag påminner i god tid.
action-help-title = Behöver hjälp
action-help-field = Vad behöver du?
action-help-hint = Samordnaren får läsa det här. Du kan också lämna det tomt.
action-help-send = Be om hjälp
action-help-wanted = { $who } ber om hjälp med åtgärd { $number }.
action-help-words = Så här beskriver de vad som behövs:
action-help-asked = { $who } vet nu att du behöver hjälp.
action-help-nobody = Det är antecknat att du behöver hjälp, men forumet har ingen annan samordnare. Ta gärna upp det i chatten.
action-hand-over-title = Lämna över
action-hand-over-send = Lämna över
action-hand-over-nobody = Välj en organisation eller en person.
action-handed-over = Åtgärd { $number } ligger nu hos { $who }.
action-taken = { $who } har tagit åtgärd { $number }.
action-taken-already = { $who } har redan tagit åtgärd { $number }.

## När någon får en åtgärd

action-assigned = Du har fått åtgärd { $number } av { $who }.
action-assigned-to-actor = { $who } har lämnat åtgärd { $number } till er.
action-rests-with = Det här ligger hos { $actor }. Ingen där har tagit det än.
action-nobodys = Det här har ingen ansvarig än.
action-aloud = { $who }, det här gäller dig.
action-discreet = { $who }, jag har något att visa om forumets åtgärder.
action-left-to-you = { $who } har lämnat forumet. Det här ligger nu hos er på { $actor }. Vem tar det?
action-left-to-nobody = { $who } har lämnat forumet. Det här behöver någon annan ta.

## Påminnelser

reminder-ahead = Åtgärd { $number } ska vara klar { $due }. Hur går det?
reminder-today = Åtgärd { $number } ska vara klar idag. Hur går det?
reminder-past = Hur går det med åtgärd { $number }? Den skulle ha varit klar { $due }.
reminder-late = Påminnelsen kommer senare än den skulle.
reminder-last = Det här är sista gången jag frågar. Samordnaren får veta, så att ni kan hjälpas åt.
reminder-stops = Jag har nu påmint färdigt om åtgärd { $number }. Hör gärna efter vad som behövs.
reminder-catch-up = Jag har varit borta ett tag. Det här väntar på dig:
reminder-overdue = Det här är inte klart än i { $forum }:
reminder-asked-before = Det här är en äldre fråga.
