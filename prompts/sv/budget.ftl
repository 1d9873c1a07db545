# Meddelandebudgeten: vad som når mig, var och när. Dagens enda meddelande, vila och ledighet.

word-notices = notiser, aviseringar
menu-notices = Mina notiser
help-notices = notiser visar vad som når dig, var och när. Där kan du ändra tider, säga att du är ledig eller stänga av påminnelser.

## Dagens meddelande

budget-today = { $count } saker till dig i dag
budget-item = { $number }. { $what }
budget-answer = Svara på { $number }
budget-show = Visa { $number }
budget-more = { $count } till finns under Det som väntar på mig.
budget-no-more = { $who } har fått fem påminnelser om det här. Nu påminner jag inte mer. Hör gärna om något behövs.

## Vila

budget-sleep = Sov till …
budget-sleep-title = Sov till
budget-sleep-save = Spara
budget-sleep-field = När vill du bli påmind igen?
budget-sleep-tomorrow = I morgon
budget-sleep-monday = På måndag
budget-sleep-week = Om en vecka
budget-sleep-day = En annan dag
budget-sleep-day-hint = Fyll i om du valde En annan dag. Till exempel 15 mars.
budget-sleep-needs-day = Välj en dag som kommer.
budget-asleep = Jag påminner igen { $day }.

## Mina notiser

budget-title = Mina notiser
budget-fact-hours = Du kan nås
budget-hours = { $days }, { $opens }–{ $closes }
budget-days-working = arbetsdagar
budget-days-all = alla dagar
budget-fact-nudges = Påminnelser
budget-nudges-on = på, högst ett meddelande om dagen
budget-nudges-off = av
budget-fact-mentions = Omnämnanden i kanaler
budget-mentions-on = på
budget-mentions-off = av, ditt namn skrivs utan notis
budget-fact-where = Privata meddelanden
budget-where-last = där du skrev senast
budget-where-slack = i Slack
budget-where-telegram = i Telegram
budget-fact-digest = Min sammanfattning
budget-digest-off = aldrig
budget-digest-daily = varje arbetsdag
budget-digest-0 = på måndagar
budget-digest-1 = på tisdagar
budget-digest-2 = på onsdagar
budget-digest-3 = på torsdagar
budget-digest-4 = på fredagar
budget-fact-praise = Beröm
budget-praise-ask = fråga mig innan mitt namn nämns
budget-praise-private = helst inte offentligt
budget-away-until = Du är ledig. Det första som når dig kommer { $day }.

budget-change-hours = Ändra tider
budget-away = Jag är ledig
budget-back-now = Jag är tillbaka
budget-turn-nudges-off = Stäng av påminnelser
budget-turn-nudges-on = Slå på påminnelser
budget-turn-mentions-off = Stäng av omnämnanden
budget-turn-mentions-on = Slå på omnämnanden
budget-change-where = Välj chatt
budget-change-digest = Min sammanfattning
budget-turn-praise-private = Inget offentligt beröm, tack
budget-turn-praise-ask = Fråga innan jag nämns

budget-save = Spara
budget-hours-title = När du kan nås
budget-hours-days = Vilka dagar?
budget-hours-field = Mellan vilka tider?
budget-hours-hint = Till exempel 8–17 eller 7.30–16.
budget-hours-unreadable = Jag förstår inte { $said }. Skriv två klockslag med minst en halvtimme emellan, till exempel 8–17.
budget-away-title = Jag är ledig
budget-away-field = När är du tillbaka?
budget-away-hint = Den första dagen du arbetar igen. Då får du en sammanfattning.
budget-where-title = Välj chatt
budget-where-field = Var vill du få privata meddelanden?
budget-digest-title = Min sammanfattning
budget-digest-field = Hur ofta vill du ha en egen sammanfattning?
