# Forumets sammanfattning varje vecka, och ens egen. Varje rad säger själv vem, vad och när.

word-digest = veckan, sammanfattning
menu-digest = Veckan
help-digest = veckan visar vad som väntar, vad som har hänt och vad som kommer.

digest-title = Veckan i { $forum }
digest-span = { $since } till { $until }
digest-late = Den här sammanfattningen kommer senare än den skulle.
digest-quiet = Här är det lugnt. Inget väntar, och inget nytt har hänt.
digest-quiet-waits = Inget väntar just nu.
digest-quiet-happened = Inget nytt har hänt.

## Det som väntar

digest-waits = Det här väntar
digest-everybody = Alla
digest-advisers = De som är tillfrågade
digest-nobody = Någon behövs
digest-one-of-you = En av er
digest-late-action = { $what } (åtgärd { $number }, skulle ha varit klar { $day })
digest-late-action-bare = åtgärd { $number }, skulle ha varit klar { $day }
digest-long-late = { $count ->
    [one] En åtgärd har väntat i mer än fyra veckor. Gäller den fortfarande?
   *[other] { $count } åtgärder har väntat i mer än fyra veckor. Gäller de fortfarande?
}
digest-action = { $what } (åtgärd { $number }, senast { $day })
digest-action-bare = åtgärd { $number }, senast { $day }
digest-approve = justera protokoll { $number }, senast { $day }
digest-answer = svara i rundan ”{ $what }”, senast { $day }
digest-answer-bare = svara i rundan, senast { $day }
digest-pulse-open = svara på pulsen, senast { $day }
digest-follow-up = dags att se vad beslutet gav: { $what }
digest-follow-up-bare = dags att se vad beslutet gav

## Det som har hänt

digest-decided = Det här bestämde ni
digest-decided-bare = nytt beslut
digest-done = Det här blev klart
digest-done-one = { $what } (åtgärd { $number })
digest-done-bare = åtgärd { $number }
digest-done-by-nobody = Klart
digest-wins = Det här gick bra
digest-win = Framsteg
digest-untold = ett framsteg
digest-thanks-bare = ett tack
digest-names = { $names }
digest-others = { $count ->
    [one] en till
   *[other] { $count } till
}

## Det som kommer

digest-due = På gång den närmaste veckan
digest-pulse = Pulsen
digest-pulse-shown = resultatet är klart, { $answered } av { $invited } svarade
digest-meeting = Nästa möte
digest-when-where = { $when }, { $venue }
digest-point = { $number }. { $what }
digest-more-points = { $count ->
    [one] En punkt till på dagordningen.
   *[other] { $count } punkter till på dagordningen.
}
digest-more = Visa mer
digest-look-back = Se tillbaka på § { $number }
digest-page-waits = Allt som väntar i { $forum }
digest-page-happened = Allt som har hänt i { $forum }
digest-next-page = Visa vad som har hänt
digest-first-page = Visa vad som väntar

## När den kommer

digest-settings = När den kommer
digest-form-title = Veckans sammanfattning
digest-form-save = Spara
digest-form-day = Vilken dag ska den komma?
digest-form-day-hint = På en helgdag kommer den nästa arbetsdag. Har inget hänt kommer ingen sammanfattning.
digest-form-hour = Vilken tid?
digest-day-off = Aldrig
digest-now-off = Veckans sammanfattning kommer inte längre.
digest-now-on = Sammanfattningen kommer nästa gång { $at }.

## Bilden, en gång i månaden

digest-picture-title = Månad för månad
digest-picture-done = Klara åtgärder
digest-picture-decided = Beslut
digest-picture-month = { $month } { $n }
digest-picture-alt = { $done_all ->
    [one] Månad för månad blev en åtgärd klar: { $done }.
   *[other] Månad för månad blev { $done_all } åtgärder klara: { $done }.
} { $decided_all ->
    [one] Ni fattade ett beslut: { $decided }.
   *[other] Ni fattade { $decided_all } beslut: { $decided }.
} Den sista månaden är inte slut.
