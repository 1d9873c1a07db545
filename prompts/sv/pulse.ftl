# Pulsen: en kort anonym enkät om tillit och delaktighet, resultatet och rytmen.

word-pulse = puls, pulsen, enkät
menu-pulse = Pulsen
help-pulse = puls visar hur tilliten och delaktigheten har utvecklats, och när nästa enkät kommer. Samordnaren kan öppna en.

pulse-page = Pulsen i { $forum }
pulse-page-none = Ni har inte haft någon puls än. Det är några korta frågor om tillit och delaktighet. Alla svarar var för sig, och alla får resultatet samtidigt.
pulse-page-open = En omgång pågår till { $closes }. Resultatet kommer { $publishes }.
pulse-page-counted = Omgången är slut. Resultatet kommer { $publishes }.
pulse-page-rhythm = Rytm
pulse-page-next = Nästa omgång
pulse-page-round = { $day }: { $answered } av { $invited } svarade
pulse-open-round = Öppna en omgång
pulse-set-rhythm = Ändra rytmen
pulse-own-questions = Egna frågor
pulse-show-result = Senaste resultatet
pulse-about = Om frågorna
pulse-not-now = Inte nu

pulse-rhythm-none = Bara när någon öppnar en omgång
pulse-rhythm-monthly = Varje månad
pulse-rhythm-biweekly = Varannan vecka
pulse-rhythm-weekly = Varje vecka
pulse-rhythm-quarterly = Varje kvartal
pulse-rhythm-title = Pulsens rytm
pulse-rhythm-save = Spara rytmen
pulse-rhythm-field = Hur ofta?
pulse-rhythm-hint = En gång i månaden räcker för de flesta. Lägg den gärna strax före ett möte.
pulse-rhythm-first = Första omgången öppnar
pulse-rhythm-first-hint = Till exempel 1 december eller om två veckor.
pulse-rhythm-needs-day = Skriv vilken dag den första omgången ska öppna.
pulse-rhythm-past = Den dagen har redan varit. Välj en dag från i dag och framåt.
pulse-rhythm-set = Pulsen öppnar nu { $rhythm }. Första gången är { $day }.
pulse-rhythm-off = Pulsen öppnar bara när någon av er samordnare öppnar den.
pulse-rhythm-words-monthly = varje månad
pulse-rhythm-words-biweekly = varannan vecka
pulse-rhythm-words-weekly = varje vecka
pulse-rhythm-words-quarterly = varje kvartal

pulse-prepare = Så här blir omgången
pulse-prepare-who = Inbjudna
pulse-prepare-who-value = { $people } personer från { $organisations } organisationer
pulse-prepare-until = Svara senast
pulse-prepare-result = Resultatet kommer
pulse-prepare-question = { $number }. { $question }
pulse-open-now = Öppna nu
pulse-refused-few-people = Ni är { $people } i forumet. Med färre än sju kan ingen lova att svaren förblir anonyma, så vi öppnar ingen puls.
pulse-refused-few-organisations = Ni kommer från { $organisations ->
    [one] en organisation
   *[other] { $organisations } organisationer
}. Det behövs minst tre för att svaren ska förbli anonyma, så vi öppnar ingen puls.
pulse-refused-too-soon = Det ska gå minst { $days } dagar mellan två omgångar. Vänta några dagar till.
pulse-refused-resting = Alla frågor har ställts de senaste fyra veckorna. Vänta lite, så blir svaren mer värda.
pulse-refused-running = En omgång pågår redan. Nästa kan öppna när resultatet har visats.
pulse-check-in-offer = Ni kan i stället ta en öppen runda i chatten: en fråga som var och en svarar på med sitt namn.
pulse-check-in-start = Starta en öppen runda
pulse-check-in = Öppen runda
pulse-check-in-question = Vad fungerar bra i vårt samarbete just nu, och vad skulle göra det lättare för dig? Svara här i chatten, en i taget. Svaren är inte anonyma.
pulse-opened = Omgången är öppen. Alla { $people } har fått en inbjudan.

pulse-invitation = Hur står det till i { $forum }?
pulse-invitation-why = { $count ->
    [4] Fyra
    [5] Fem
    [6] Sex
   *[other] { $count }
} korta frågor om tillit och delaktighet. Det tar mindre än en minut. Du svarar anonymt, och alla får resultatet samtidigt.
pulse-invitation-led-to = Förra gången ledde till: { $what }
pulse-invitation-opened-by = Öppnad av { $who }. { $people } är inbjudna.
pulse-invitation-opened = Öppnad enligt forumets rytm. { $people } är inbjudna.
pulse-closes = Öppen till
pulse-answer = Svara
pulse-protected = Så skyddas ditt svar
pulse-reminder = Pulsen är öppen till { $closes }
pulse-reminder-why = Har du redan svarat kan du bortse från det här. Annars tar det mindre än en minut.
pulse-over = Den här omgången är slut.
pulse-over-result = Resultatet kommer { $publishes }.

pulse-form = Pulsen
pulse-form-intro = Tänk på de senaste fyra veckorna. Hur väl stämmer det här för dig?
pulse-form-send = Skicka in
pulse-choice-1 = Stämmer inte alls
pulse-choice-2 = Stämmer dåligt
pulse-choice-3 = Stämmer delvis
pulse-choice-4 = Stämmer bra
pulse-choice-5 = Stämmer helt
pulse-choice-0 = Vet inte eller vill inte svara
pulse-thanks = Tack. Ditt svar är med, och ingen i forumet kan se vad du svarade.
pulse-already = Ditt svar är redan med. Var och en räknas en gång.
pulse-no-seat = Du kom med i forumet efter att omgången öppnade. Nästa gång är du inbjuden.
pulse-closed = Den här omgången är stängd. Resultatet visas för alla samtidigt.
pulse-missing = Omgången kan inte ta emot fler svar, för de insamlade svaren har gått förlorade. Alla får veta det när omgången stänger.

pulse-protection = Så skyddas ditt svar
pulse-protection-free = Det är frivilligt att svara. Jag ser vad du trycker på när du svarar, men sparar aldrig vem som svarade vad.
pulse-protection-round = { $people } personer från { $organisations } organisationer är inbjudna. Resultatet visas bara om minst fem har svarat, från minst tre organisationer och högst hälften från en av dem, och aldrig uppdelat på organisation eller person.
pulse-protection-small = Om färre än tolv svarar visas bara ungefär hur många som håller med.
pulse-protection-kept = Hur många som har valt varje svar sparas förseglat, och bredvid det att din inbjudan är använd. Där finns inga namn och inga tider. Du kan ändra dig tills du har skickat in. Sedan är dina val glömda, och svaret går varken att ändra eller att hitta.
pulse-protection-gone = När svaren är räknade raderas de. Kvar blir bara det resultat som alla får se.
pulse-protection-not = Det här skyddar inte mot den som driver Samsyn eller chatten och vill se vad du trycker på, eller mot någon som ser din skärm. I en liten grupp kan ett enigt resultat säga något om dig.

pulse-result = Resultat av pulsen
pulse-result-answered = { $answered } av { $invited } svarade. Resultatet gäller dem som svarade.
pulse-result-all-hidden = Svaren var för få, eller kom från för få organisationer, för att visas utan att röja någon. De är raderade.
pulse-result-hidden = ”{ $question }” Kan inte visas utan att röja någon.
pulse-result-half-more = ”{ $question }” Fler än hälften tycker att det stämmer.
pulse-result-half-not = ”{ $question }” Hälften eller färre tycker att det stämmer.
pulse-result-most = ”{ $question }” De flesta tycker att det stämmer.
pulse-result-mixed = ”{ $question }” Ni har delade meningar.
pulse-result-few = ”{ $question }” Få tycker att det stämmer.
pulse-result-counted = ”{ $question }” { $agree } av { $answers } tycker att det stämmer, { $disagree } tycker inte det.
pulse-result-at-least = minst { $count }
pulse-result-at-most = högst { $count }
pulse-result-change-up = Fler än förra gången.
pulse-result-change-down = Färre än förra gången.
pulse-result-change-same = Ingen säker skillnad mot förra gången.
pulse-result-change-band = Förra gången: { $before }.
pulse-result-with-change = { $line } { $change }
pulse-result-before-few = få
pulse-result-before-mixed = delade meningar
pulse-result-before-most = de flesta
pulse-lines =
    { $first }
    { $rest }
pulse-result-low = Färre än hälften svarade, så vi jämför inte med tidigare omgångar.
pulse-result-talk = Att prata om på nästa möte
pulse-result-talk-words = ”{ $question }” Vad skulle göra att fler tycker att det stämmer?
pulse-result-to-agenda = Ta upp på nästa möte
pulse-void = Omgången kunde inte räknas
pulse-void-why = De insamlade svaren är borta eller skadade, så de kan inte räknas. Inga svar har visats för någon. Ni kan öppna en ny omgång.

pulse-led-to-ask = Vad ledde förra pulsen till?
pulse-led-to-why = Nästa omgång öppnar { $day }. Skriv en rad om vad som hände efter den förra. Den inleder nästa inbjudan.
pulse-led-to-button = Skriv en rad
pulse-led-to-title = Ni sa, vi gjorde
pulse-led-to-field = Vad ledde förra pulsen till?
pulse-led-to-hint = Till exempel: Vi lägger en runda först på varje möte.
pulse-led-to-save = Spara
pulse-led-to-saved = Raden inleder nästa inbjudan.

pulse-own-title = Egna frågor
pulse-own-none = Ni har inga egna frågor. En egen fråga kommer med sist i varje omgång och jämförs bara med sig själv.
pulse-own-line = { $number }. { $question }
pulse-own-add = Ny egen fråga
pulse-own-remove = Ta bort { $number }
pulse-own-removed = Frågan är borta. Det ni har svarat förut finns kvar.
pulse-own-field = Påstående
pulse-own-hint = Ett påstående i taget, till exempel: Mötena börjar i tid.
pulse-own-save = Spara frågan
pulse-own-saved = Frågan är med från nästa omgång.
pulse-own-full = Ni kan ha högst två egna frågor. Ta bort en först.

pulse-about-title = Om frågorna
pulse-about-words = Frågorna är Samsyns egna. De bygger på forskning om tillit och samverkan, men de är ingen vetenskapligt prövad skala. Jämför forumet bara med sig självt.
pulse-about-line = { $question } Bygger på { $grounded }.

pulse-trend = Utvecklingen
pulse-trend-part = { $part }: { $words }
pulse-trend-up = uppåt
pulse-trend-down = nedåt
pulse-trend-level = ingen tydlig riktning
pulse-trend-soon = för få mätningar än
pulse-trend-all-soon = Det behövs fler mätningar för att säga åt vilket håll det går.
pulse-part-trust = Tillit
pulse-part-openness = Öppenhet
pulse-part-participation = Delaktighet
pulse-part-direction = Riktning
pulse-part-progress = Framsteg

pulse-not-opened = Pulsen öppnade inte
pulse-not-opened-running = Den förra omgången pågår fortfarande. Nästa försök blir enligt rytmen.
pulse-not-opened-few-people = Ni är färre än sju i forumet, och då kan ingen lova att svaren förblir anonyma.
pulse-not-opened-few-organisations = Ni kommer från färre än tre organisationer, och då kan ingen lova att svaren förblir anonyma.
pulse-not-opened-too-soon = Det har gått mindre än sju dagar sedan den förra. Nästa försök blir enligt rytmen.
pulse-not-opened-resting = Alla frågor har ställts de senaste fyra veckorna. Nästa försök blir enligt rytmen.
pulse-led-to-too-often = I de tre senaste omgångarna har färre än hälften svarat. Kanske räcker det med en puls per kvartal.
