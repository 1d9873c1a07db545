# Det som alla delar av samtalet har gemensamt: nekanden, formulärfält, formulär som samtal.
# Skriv klarspråk: kort, vänligt, du-tilltal. Säg vad som hjälper, inte bara vad som är fel.

## Nekanden

refused-no-forum = Den här chatten hör inte till något forum än. Starta ett forum här, eller koppla chatten till ett som finns.
refused-not-member = Du är inte med i forumet än. Tryck på Jag är med, så är du det.
refused-left = Du är inte längre med i forumet. Tryck på Jag är med om du vill komma tillbaka.
refused-already-member = Du är redan med i forumet.
refused-forum-here = Här finns redan ett forum.
refused-coordinator-only = Det här kan bara forumets samordnare göra. Be samordnaren om hjälp.
refused-held = Fler än förut kan läsa i { $chat }. Jag skriver inget om forumet där förrän någon som samordnar det säger att det går bra. Så länge kan du skriva till mig privat.
refused-stale = Den knappen gäller inte längre. Skriv hjälp, så ser du vad du kan göra.
apology = Något gick fel hos mig, och ingenting sparades. Felet är antecknat. Försök gärna igen om en stund.

## Fält

field-required = Här behövs ett svar.
field-too-long = Texten är för lång: { $now } tecken. Högst { $most } får plats.
field-date-unreadable = Jag förstår inte vilken dag du menar med ”{ $said }”. Skriv till exempel på fredag, 15 mars eller om två veckor.
field-date-past = { $day } har redan varit. Välj en dag framåt i tiden.
field-date-within = Välj en dag mellan i morgon och { $last }.
field-choice-gone = Det valet finns inte längre. Välj ett av alternativen.

## Formulär som samtal

form-open = Öppna formuläret
form-question = { $label } ({ $step } av { $steps })
form-present = Nu: { $present }
form-reply-here = Svara på det här meddelandet.
form-chosen = ✓ { $label }
form-more = Visa fler ({ $page } av { $pages })
form-keep = Behåll
form-next = Vidare
form-skip = Hoppa över
form-clear = Lämna tomt
form-back = Tillbaka
form-cancel = Avbryt
form-over = Det formuläret är avslutat. Börja om när du vill.
form-not-yours = Den frågan är till någon annan.
form-answered = Den frågan är redan besvarad.
form-cancelled = Avbrutet. Inget är sparat.
form-filled-in = { $title }: ifyllt.

## Hemliga formulär som samtal

secret-step = Fråga { $step } av { $steps }
secret-all-answered = Alla frågor är besvarade. Svaren skickas först när du trycker { $submit }.
secret-begin-again = Det du hade valt finns inte kvar hos mig. Vi börjar om från första frågan.
secret-now = Här är frågan du är på nu.
secret-in-private = De här frågorna svarar du på i en privat chatt med mig. Öppna chatten, tryck Starta och försök igen.
secret-sent = Svaren är inskickade.
secret-sent-already = Du har redan skickat in dina svar.

## Gemensamma ord

word-cancel = avbryt
verbatim = { $words }
nobody = ingen än
person-of-actor = { $person } ({ $actor })
refused-no-person = Jag ser inte vem du är, för du skriver anonymt i gruppen. Stäng av anonymiteten och försök igen.
