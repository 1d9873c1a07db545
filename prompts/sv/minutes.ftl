# Protokollet i chatten: kortet, sidorna, filerna.

word-minutes = protokoll, protokollet
menu-minutes = Protokoll
help-minutes = protokoll visar det senaste. Lägg till numret för ett äldre, till exempel protokoll 3/2026.

minutes-title-writing = Protokoll { $number } (skrivs nu)
minutes-title-asking = Protokoll { $number } (väntar på justering)
minutes-title-approved = Protokoll { $number } (justerat)

minutes-present = Närvarande
minutes-people = { $people ->
    [0] ingen
    [one] en person
   *[other] { $people } personer
 }{ $organisations ->
    [0] { "" }
    [one] { " " }från en organisation
   *[other] { " " }från { $organisations } organisationer
 }
minutes-decided = Beslut
minutes-decisions = { $count ->
    [0] inga
   *[other] { $count }
 }
minutes-to-do = Åtgärder
minutes-actions = { $count ->
    [0] inga
   *[other] { $count }
 }
minutes-ruling = § { $number } { $what }
minutes-more-decisions = { $count ->
    [one] Och ett beslut till.
   *[other] Och { $count } beslut till.
 }
minutes-confirmed = Organisationer som har bekräftat: { $count } av { $all }
minutes-answer-confirmed = Stämmer
minutes-answer-differs = Avvikande mening
minutes-answer-none = Inget svar
minutes-due = Svara senast { $at }.
minutes-late = { $count ->
    [one] En avvikande mening kom efter justeringen och ligger som bilaga.
   *[other] { $count } avvikande meningar kom efter justeringen och ligger som bilagor.
 }
minutes-fingerprint = Fingeravtryck: { $fingerprint }

minutes-read = Läs protokollet
minutes-as-word = Word
minutes-as-pdf = Pdf
minutes-as-html = Webbsida
minutes-as-markdown = Markdown
minutes-canonical = Kontrolltext
minutes-older = Protokoll { $number }
minutes-next-points = Fler punkter

minutes-point = { $number }. { $what }
minutes-besides = Utanför dagordningen
minutes-no-points = Mötet har inga punkter än.
minutes-not-reached = Vi hann inte hit.
minutes-decided-here = Beslut § { $number }: { $what }
minutes-task = Åtgärd: { $what } ({ $who }, { $day })
minutes-by-day = senast { $day }
minutes-no-day = inget datum

minutes-round-consent = Förslag i runda { $number }: { $what }
minutes-round-vote = Omröstning i runda { $number }: { $what }
minutes-round-advice = Råd i runda { $number }: { $what }
minutes-round-mandate = Förankring i runda { $number }: { $what }
minutes-round-open = Inte avgjort än. Rundan är öppen till { $until }.
minutes-round-deciding = Inte avgjort än. Råden är inne.
minutes-round-anchoring = Preliminärt beslut. Alla har inte förankrat det hemma än.
minutes-round-undone = Beslutet togs tillbaka.
minutes-round-advised = { $who } har beslutat. Råd kom från { $count ->
    [0] ingen
   *[other] { $count }
 } av { $all }.
minutes-round-option = { $option } ({ $count })
minutes-round-votes = Röster: { $votes }.
minutes-round-reason = Skäl: { $words }
minutes-round-led-to = Det blev § { $number }.

minutes-file = Här är protokoll { $number }.
minutes-no-file = Filen gick inte att göra eller skicka. Försök igen om en stund.
minutes-canonical-how = Med filen går det att kontrollera att protokollet är oförändrat. Filens kontrollsumma (SHA-256) ska vara likadan som fingeravtrycket. Be gärna er it-avdelning om hjälp.

minutes-none = Det finns inget protokoll än. Det första kommer när ni öppnar ett möte.
minutes-no-such = Jag hittar inget protokoll med nummer { $number }.
minutes-which = Skriv protokoll följt av numret, till exempel protokoll 3/2026.
minutes-gone = Det protokollet finns inte här.
minutes-mend-note = Ändra en anteckning
