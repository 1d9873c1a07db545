# Ledningsbrevet: läget i korthet för den som leder en organisation, och en fråga tillbaka.

word-brief = ledningsbrev, lägesbild
menu-brief = Ledningsbrev
help-brief = ledningsbrev visar läget i korthet. Där väljer samordnaren vem som får det och när.

brief-title = Ledningsbrev för { $forum }
brief-span = { $since } till { $until }
brief-day = Läget { $day }
brief-late = Det här brevet kommer senare än planerat.

brief-home = Tre rader att ta med hem:
brief-home-result = Det har hänt: { $what }
brief-home-risk = Här behövs hjälp: { $what }
brief-home-waiting = Det här väntar: { $what }

brief-results = Resultat
brief-results-count = { $count ->
    [0] Ingen åtgärd blev klar
    [one] En åtgärd blev klar
   *[other] { $count } åtgärder blev klara
 }{ $decisions ->
    [0] , inga nya beslut.
    [one] , ett nytt beslut.
   *[other] , { $decisions } nya beslut.
 }
brief-together = { $what } ({ $actors })
brief-action = Åtgärd { $number }
brief-round = Runda { $number }
brief-win = Ett framsteg
brief-decided-bare = Beslut § { $number }
brief-decided = Beslut § { $number }: { $what }
brief-promises = Av { $all } löften hölls { $kept }.

brief-risks = Risker
brief-risks-count = { $count ->
    [0] Inget står still just nu.
    [one] En sak behöver hjälp.
   *[other] { $count } saker behöver hjälp.
 }
brief-risk-stuck = { $what } (har kört fast)
brief-risk-stuck-because = { $what } (har kört fast: { $why })
brief-risk-nobody = { $what } (ingen har den)
brief-risk-late = { $what } (skulle ha varit klar { $day })
brief-risk-no-meeting = Inget nästa möte är planerat.

brief-waiting = Beslut
brief-waiting-count = { $count ->
    [0] Inget väntar på svar eller uppföljning.
    [one] Ett beslut väntar på svar eller uppföljning.
   *[other] { $count } beslut väntar på svar eller uppföljning.
 }
brief-waiting-round = { $what } (svara senast { $until })
brief-waiting-outcome-bare = § { $number } (gav beslutet det ni ville?)
brief-waiting-outcome = § { $number } { $what } (gav beslutet det ni ville?)

brief-pulse = Pulsen
brief-pulse-answered = { $answered } av { $invited } svarade. Resultatet kom { $day }.
brief-pulse-talk = Att prata om: ”{ $question }”
brief-pulse-led-to = Det ledde till: { $what }

brief-meeting = Nästa möte
brief-meeting-when = { $title }, { $at }
brief-item = – { $what }
brief-and-more = Och { $count } till.

## Filen

brief-as-word = Word
brief-as-pdf = Pdf
brief-file = Här är ledningsbrevet från { $day }.
brief-no-file = Filen gick inte att göra eller skicka. Försök igen om en stund.
brief-foot = { $forum } · ledningsbrev { $day }
brief-document-home = Att ta med hem

## Frågan tillbaka

brief-ask = Vad vill du att forumet prioriterar?
brief-answer = Svara samordnaren
brief-answer-title = Din prioritering
brief-answer-save = Skicka svaret
brief-answer-hint = Ett par rader räcker. Svaret går till samordnaren.
brief-answered = Tack. Samordnaren har fått ditt svar.
brief-not-reader = Frågan gäller den som får ledningsbrevet. Be samordnaren lägga till dig.
brief-wish = { $who } har läst ledningsbrevet och vill prioritera:
brief-to-agenda = Ta upp på nästa möte

## När och till vem

brief-fact-rhythm = Kommer
brief-fact-readers = Läses av
brief-unreached = Jag kan inte skriva privat till { $who } än. Be dem skriva till mig en gång först.
brief-rhythm-off = Inte av sig själv
brief-rhythm-monthly = Första arbetsdagen i varje månad
brief-rhythm-meeting = Två arbetsdagar före varje möte
brief-settings = Välj läsare och dag
brief-settings-title = Ledningsbrevet
brief-settings-save = Spara
brief-field-rhythm = När ska brevet komma?
brief-field-readers = Vilka ska få det?
brief-field-readers-hint = Brevet kommer privat till dem du väljer.
brief-needs-readers = Välj minst en som ska få brevet.
brief-said = { $who } svarade på det senaste brevet:
brief-send = Skicka nu
brief-send-sure = { $count ->
    [one] Brevet går till en person.
   *[other] Brevet går till { $count } personer.
 }
brief-sent = { $count ->
    [0] Ingen har fått brevet än.
    [one] Brevet har gått till en person.
   *[other] Brevet har gått till { $count } personer.
 }
brief-sent-later = { $count ->
    [one] En är ledig och får det efter ledigheten.
   *[other] { $count } är lediga och får det efter ledigheten.
 }
brief-nobody-reached = Jag kan inte skriva privat till någon av läsarna än. Be dem skriva till mig en gång först.
brief-sent-just-now = Brevet skickades nyss. Vänta en stund om du vill skicka det igen.
brief-no-readers = Ingen får brevet än. Välj läsare först.
brief-no-news = Det finns inget att berätta sedan förra brevet.
