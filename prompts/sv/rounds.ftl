# Beslutsrundor: samtycke, omröstning, råd, förankring.

word-round = runda, rundor, beslutsrunda, samtycke
word-vote = omröstning, rösta, röstning
menu-round = Besluta tillsammans
help-round = runda följt av ett förslag frågar om alla samtycker. Skriv bara runda, så ser du vad som pågår.
help-vote = omröstning följt av en fråga låter er välja bland alternativ.

round-choose = Hur vill ni besluta?
round-kind-consent = Samtycke: förslaget gäller om ingen har en motiverad invändning.
round-kind-vote = Omröstning: välj bland alternativ, en röst per person eller organisation.
round-kind-advice = Råd: några ger råd, sedan beslutar du och berättar hur råden användes.
round-kind-mandate = Förankring: varje organisation säger om den kan besluta nu eller måste förankra hemma.
round-begin-consent = Samtycke
round-begin-vote = Omröstning
round-begin-advice = Råd
round-begin-mandate = Förankring
round-list = Beslutsrundor som pågår
round-in-list = { $title }: { $what } (till { $until })
round-none = Ingen runda pågår. Skriv runda följt av ett förslag, eller tryck på Ny runda.
round-new = Ny runda
round-number = Runda { $number }
round-title-consent = Förslag i runda { $number }
round-title-vote = Omröstning i runda { $number }
round-title-advice = Råd i runda { $number }
round-title-mandate = Förankring i runda { $number }

round-form-consent = Fråga om samtycke
round-form-vote = Ny omröstning
round-form-advice = Be om råd
round-form-mandate = Ny förankring
round-form-open = Öppna rundan
round-form-send = Skicka
round-form-save = Spara
round-form-ask = Ställ en fråga
round-form-reply = Svara på frågan
round-form-react = Vad tycker du?
round-form-object = Invändning
round-form-amend = Ändra förslaget
round-form-advise = Ge ditt råd
round-form-decide = Besluta
round-form-home = Förankra hemma
round-form-no = Fick nej hemma
round-field-proposal = Vad föreslår du?
round-field-proposal-hint = Skriv det som beslutet ska säga. Högst 300 tecken.
round-field-question = Vad ska ni välja?
round-field-question-hint = En fråga som alternativen svarar på. Högst 300 tecken.
round-field-decide = Vad ska beslutas?
round-field-decide-hint = Det du vill ha råd om. Högst 300 tecken.
round-field-detail = Bakgrund
round-field-options = Alternativ
round-field-options-hint = Ett på varje rad, två till tio stycken. Avstår finns alltid med.
round-field-per = Vem har en röst?
round-per-member = Varje medlem
round-per-actor = Varje organisation
round-field-quorum = Hur många måste svara?
round-quorum-choice-0 = Ingen gräns
round-quorum-choice-50 = Minst hälften
round-quorum-choice-67 = Minst två tredjedelar
round-quorum-choice-100 = Alla
round-field-advisers = Vems råd vill du ha?
round-field-until = Svara senast
round-field-until-hint = Lämna tomt för en vecka. Rundan slutar klockan 16 på en arbetsdag.
round-field-review = När ser ni över beslutet?
round-field-review-hint = Den dagen frågar jag vad det ledde till. Vem som helst kan ta upp det tidigare.
round-field-reply = Ditt svar
round-field-reaction = Vad tycker du?
round-field-reaction-hint = En tanke på vägen. Den stoppar inte förslaget.
round-field-objection = Varför går det inte?
round-field-objection-hint = Säg vad som skulle gå fel, så att andra kan lösa det.
round-field-ask = Vad undrar du?
round-field-ask-hint = Frågan och svaret syns på kortet.
round-field-advice = Ditt råd
round-field-advice-hint = Alla i forumet ser det.
round-field-decision = Vad beslutar du?
round-field-how = Hur användes råden?
round-field-how-hint = Säg också vilka råd du inte följde, och varför.
round-field-home = Förankrat senast
round-field-home-hint = Jag påminner er organisation före dagen och på dagen.
round-field-no = Vad var skälet?
round-field-no-hint = Alla i forumet ser det.
round-object-intro =
    Förslaget: { $words }
    Invändningen stoppar förslaget. Skälet syns för alla och tas upp på nästa möte.
round-question-was = Frågan var: { $words }

round-until = Svara senast
round-of = { $count } av { $all }
round-no-hindrance = Inga hinder
round-voted = Har röstat
round-answered = Har svarat
round-advisers = Råd av
round-advised = Har gett råd
round-changed = Förslaget är ändrat. Det här är version { $version }.
round-version = Version { $version }
round-about-old = { $who } sa ja till en tidigare version och får frågan igen.
round-consent-rule = Förslaget gäller om ingen har en motiverad invändning när tiden är slut.
round-vote-rule-member = En röst per medlem. Flest röster avgör.
round-vote-rule-actor = En röst per organisation. Röstar flera från samma räknas den sista rösten.
round-vote-open = Rösterna är inte hemliga. Vem som röstade på vad visas när omröstningen är slut, inte förr.
round-quorum-50 = Minst hälften måste svara.
round-quorum-67 = Minst två tredjedelar måste svara.
round-quorum-100 = Alla måste svara.
round-advice-rule = { $who } beslutar när råden är inne.
round-advice-deciding = Råden är inne. { $who } beslutar.
round-mandate-rule = Den som inte svarar räknas som avstående.
round-preliminary = Preliminärt beslut: { $count } av { $all } står bakom det. Det gäller när alla har förankrat.
round-home-waits = { $who } förankrar hemma senast { $day }.
round-option-line = { $number }. { $option }
round-option-name = { $number }. { $option }
round-option = { $option }
round-said-question = { $who } undrar: { $words }
round-said-reaction = { $who } tycker: { $words }
round-said-advice = Råd av { $who }: { $words }
round-replied = { $who } svarar: { $words }
round-and-more = Och { $count } inlägg till. Tryck på Mer.

round-ask = Fråga
round-react = Tyck till
round-agree = Inga hinder
round-object = Invändning
round-abstain = Avstår
round-advise = Ge råd
round-decide = Besluta
round-now = Kan besluta nu
round-home = Måste förankra hemma
round-anchored = Förankrat
round-not-anchored = Fick nej hemma
round-carry = Text att ta med hem
round-more = Mer
round-show = Visa rundan
round-close-now = Alla har svarat: avsluta
round-withdraw = Dra tillbaka
round-withdraw-sure = Då slutar rundan utan beslut.
round-amend = Ändra förslaget
round-amend-again = Ändra och fråga igen
round-reply = Svara
round-reply-to = Svara på fråga { $number }
round-to-decision = Visa beslutet
round-review-now = Se över redan nu
round-to-agenda = Ta upp på nästa möte

round-opened = Runda { $number } är öppen och syns i forumets chattar.
round-moved = Runda { $number } är öppen. Den dagen är ledig, så rundan slutar { $day } i stället.
round-agreed = Tack. Ditt svar är antecknat i runda { $number }: inga hinder.
round-agreed-already = Det är redan antecknat i runda { $number }.
round-asked = Frågan är ställd i runda { $number }.
round-question-for-you = { $who } har en fråga. { $title }
round-reply-noted = Svaret står under frågan.
round-reply-for-you = Du har fått svar på din fråga. { $title }
round-reacted = Din tanke står på kortet i runda { $number }.
round-objected = Din invändning är antecknad. Nu är runda { $number } stoppad.
round-unchanged = Förslaget är oförändrat.
round-amended = Förslaget i runda { $number } är ändrat. De som hade sagt ja får frågan igen.
round-asked-again = Förslaget är ändrat sedan du svarade. { $title }
round-changed-since = Förslaget är ändrat sedan du såg det. Läs det igen och svara sedan. { $title }
round-open-again = Förslaget är ändrat och öppet igen. { $title }
round-vote-noted = Din röst: { $option }. Du kan ändra den till { $until }.
round-vote-noted-actor = { $actor } röstar: { $option }. Det går att ändra till { $until }.
round-vote-replaced = { $actor } röstar nu: { $option }. Förut: { $before }, från { $who }.
round-advice-wanted = { $who } vill ha ditt råd. { $title }
round-advice-noted = Tack. Ditt råd står på kortet i runda { $number }.
round-time-to-decide = Nu är det din tur att besluta. { $title }
round-mandate-now = { $actor } kan besluta nu.
round-mandate-abstain = { $actor } avstår.
round-mandate-already = Det är redan antecknat för { $actor }.
round-mandate-anchored = { $actor } har förankrat beslutet.
round-carry-title = Att ta med hem
round-carry-text =
    { $forum } samarbetar om: { $challenge }
    Vi är på väg att besluta: { $what }
    Bakgrund: { $detail }
    Kan vår organisation stå bakom det? Forumet samlar svar till { $until }.
round-carry-hint = Kopiera texten och skicka den dit frågan ska avgöras.
round-home-reminder = { $actor } ska förankra hemma senast { $day }. { $title }
round-home-late = Svar efter förankringen hemma saknas från { $actor }. { $title }
round-nudge = En runda som väntar på ditt svar slutar snart. { $title }
round-nudge-owner = Din runda slutar snart, och en fråga saknar svar. { $title }

round-over = Rundan är slut. { $title }
round-withdrawn = Rundan är tillbakadragen. Inget är beslutat.
round-consent-decided = Beslutat. Ingen hade en motiverad invändning. { $count } av { $all } svarade Inga hinder.
round-consent-stopped = { $who } hade en invändning. Inget är beslutat.
round-advice-decided = { $count ->
    [0] { $who } har beslutat. Råd kom från ingen av { $all }. Så här står det om råden:
   *[other] { $who } har beslutat. Råd kom från { $count } av { $all }. Så användes de:
}
round-mandate-decided = Beslutet gäller. { $count } av { $all } organisationer står bakom det.
round-mandate-stopped = { $who } kunde inte stå bakom beslutet. Inget är beslutat.
round-mandate-short = Ingen organisation sa ja till förslaget. Inget är beslutat.
round-vote-decided = { $option } fick flest röster, { $count } av { $all }.
round-vote-tied = { $options } fick lika många röster, { $count } var. Inget är beslutat.
round-vote-short = { $count } av { $all } svarade, men { $needed } behövdes. Inget är beslutat.
round-vote-nobody = Ingen valde något alternativ. Inget är beslutat.
round-votes = { $count } ({ $who })
round-votes-none = inga
round-others = { $count } till
round-abstained = Avstod
round-turnout = { $count } av { $all } svarade.
round-left = { $count ->
    [one] En röst räknas inte, för den som röstade har lämnat forumet.
   *[other] { $count } röster räknas inte, för de som röstade har lämnat forumet.
}
round-silent = { $count ->
    [one] En organisation svarade inte och räknas som avstående.
   *[other] { $count } organisationer svarade inte och räknas som avstående.
}
round-unanswered-left = { $count ->
    [one] En fråga hann inte få svar.
   *[other] { $count } frågor hann inte få svar.
}
round-is-on-agenda = Det är föreslaget till nästa möte.
round-point-stopped = Invändning i runda { $number }: { $what }
round-point-round = Runda { $number } gav inget beslut: { $what }
round-point-review = Se över beslutet från runda { $number }: { $what }
round-on-agenda = { $who } vill ta upp det på nästa möte. { $title }
round-on-agenda-already = Det är redan föreslaget till nästa möte.
round-review = Dags att se över § { $number }
round-review-why = Gav beslutet det ni ville?
round-review-keep = Ja, det står kvar
round-review-keep-said = { $who } har sett över § { $number }. Beslutet står kvar.
round-review-agenda-said = { $who } vill prata om § { $number } på nästa möte.
round-reviewed-already = Någon har redan sett över det beslutet.

round-gone = Den rundan finns inte här.
round-closed = Runda { $number } är avslutad. Tryck på Mer på kortet för att se hur det gick.
round-changed-meanwhile = Förslaget i runda { $number } ändrades medan du skrev. Läs det igen och svara sedan.
round-no-organisation = Här svarar organisationer, och du hör inte till någon än. Tryck på Jag är med och välj din.
round-advice-not-asked = Den här gången är det andra som får ge råd. Skriv gärna till någon av dem.
round-advice-first = Du kan besluta när råden är inne eller tiden är slut.
round-not-yours = Det är { $who } som beslutar här.
round-not-waiting = Här svarar den som ska förankra hemma: { $who }. { $actor } har inget att förankra.
round-nobody-waits = Ingen har kvar att förankra hemma i den rundan.
round-not-all = Alla har inte svarat än. Rundan slutar av sig själv när tiden är slut.
round-not-home = Någon ska fortfarande förankra hemma. Rundan slutar när den sista har svarat.
round-time-passed = Den tiden har redan varit. Välj en senare dag.
round-day-far = { $day } är mer än ett år bort. Välj en dag som är närmare.
round-review-too-soon = Rundan slutar { $day }. Välj en senare dag att se över beslutet.
round-options-count = Skriv minst { $fewest } och högst { $most } alternativ, ett på varje rad.
round-options-twice = Två alternativ är lika. Skriv varje alternativ en gång.
round-options-long = Ett alternativ är för långt. Högst { $longest } tecken får plats.
