# Beslut: formulär, kort, historik, sökning.

word-decision = beslut, besluta, beslutat
word-decisions = beslutslista, besluten, senaste
word-search = sök, hitta
menu-decision = Nytt beslut
menu-decisions = Senaste besluten
menu-search = Sök beslut
help-decision = beslut följt av det ni kom fram till. Då får det ett nummer och syns i alla chattar. Svara på ett meddelande med beslut, så sparas dess ord.
help-decisions = beslutslista visar de senaste besluten.
help-search = sök följt av ett ord eller ett nummer, till exempel sök budget.

decision-title-standing = Beslut § { $number }
decision-title-replaced = Beslut § { $number } (ersatt)
decision-title-withdrawn = Beslut § { $number } (upphävt)
decision-title-undone = Beslut § { $number } (ångrat)
decision-number = § { $number }

decision-form-title = Nytt beslut
decision-form-save = Spara beslutet
decision-amend-title = Ändra § { $number }
decision-withdraw-title = Upphäv § { $number }
decision-replace-title = Ersätt § { $number }
decision-field-what = Vad är beslutat?
decision-field-what-hint = Skriv så att den som inte var med förstår.
decision-field-why = Varför?
decision-field-process = Hur beslutade ni?
decision-field-actors = Vilka organisationer var med?
decision-field-objections = Invändningar
decision-field-objections-hint = Vem tyckte annorlunda, och varför?
decision-field-owner = Ansvarig
decision-field-follow-up = Följs upp
decision-field-follow-up-hint = Till exempel 15 mars eller om tre veckor.
decision-field-reason = Varför ändras det?
decision-field-reason-hint = Skälet syns i historiken.
decision-withdraw-hint = Beslutet står kvar att läsa, med skälet bredvid.
decision-process-meeting = På mötet
decision-process-consent = Med samtycke
decision-process-vote = Genom omröstning
decision-process-advice = Efter råd

decision-fact-why = Därför
decision-fact-process = Så beslutade vi
decision-fact-actors = Med i beslutet
decision-fact-objections = Invändningar
decision-fact-owner = Ansvarig
decision-fact-follow-up = Följs upp
decision-fact-actions = Åtgärder
decision-actions-done = { $all ->
    [one] en, påbörjad
   *[other] { $done } av { $all } klara
 }
decision-not-begun = { $all ->
    [one] en, inte påbörjad
   *[other] { $all }, ingen påbörjad
 }
decision-carried-out = { $all ->
    [one] en, klar
   *[other] alla { $all } klara
 }
decision-fact-outcome = Uppföljt
decision-recorded-by = Antecknat av { $who }, { $day }
decision-version-by = Version { $version }, ändrad av { $who }, { $day }
decision-withdrawn-because = Upphävt: { $reason }
decision-replaced-by = Ersatt av § { $number }

decision-change = Ändra
decision-new-action = Ny åtgärd
decision-history = Historik
decision-undo = Ångra
decision-to-message = Till meddelandet
decision-replace = Ersätt
decision-withdraw = Upphäv
decision-show = Visa beslutet
decision-more = Visa fler

decision-recorded = § { $number } är antecknat och syns i forumets chattar.
decision-undone = § { $number } är ångrat.
decision-undo-over = Det går att ångra i en kvart, och bara för den som antecknade beslutet. Tryck på Ändra i stället.
decision-in-minutes = Beslutet står i mötets protokoll. Ändra det eller upphäv det i stället.
decision-not-standing = § { $number } gäller inte längre och kan inte ändras.
decision-gone = Det beslutet finns inte här.
decision-no-such = Jag hittar inget beslut med nummer { $number }.
decision-unchanged = § { $number } är oförändrat.
decision-changed-meanwhile = { $who } hann ändra § { $number } medan du skrev. Inget av ditt är sparat i beslutet än.
decision-your-words = Det här skrev du. Öppna formuläret igen om det fortfarande ska ändras.
decision-changed-by = { $who } har ändrat § { $number }.
decision-follow-up-due = Det är dags att följa upp § { $number }. Vad blev det av beslutet?
decision-follow-up-aloud = { $who }, det är dags att följa upp § { $number }. Vad blev det av beslutet?

decision-history-title = Historik för § { $number }
decision-version = Version { $version }, { $who }, { $at }
decision-version-reason = Skäl: { $reason }

decision-search-title = Sök beslut
decision-search-field = Vad söker du?
decision-search-hint = Ett eller flera ord, eller ett nummer som 12/2026.
decision-search = Sök
decision-latest = Senaste besluten
decision-found = Beslut om ”{ $words }”
decision-in-list = { $title }: { $what }
decision-none = Här finns inga beslut än. Skriv beslut och det ni kom fram till, så är det första på plats.
decision-none-found = Inget beslut innehåller de orden. Pröva med färre ord eller början av ett ord.
