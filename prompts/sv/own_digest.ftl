# Ens egen sammanfattning: ett meddelande för alla ens forum.

own-digest-title = Det här väntar på dig, { $day }
own-digest-back = Välkommen tillbaka. Det här väntar, och det här bestämdes medan du var borta.
own-digest-forum = { $forum }
own-digest-action = Åtgärd { $number }
own-digest-what = { $what } ({ $day })
own-digest-what-bare = klar senast { $day }
own-digest-answer = Svara
own-digest-round = { $what }, senast { $day }
own-digest-round-bare = en runda, senast { $day }
own-digest-approve = Justera
own-digest-minutes = protokoll { $number }, senast { $day }
own-digest-thanks = Tack
own-digest-when = { $day }, { $clock }
own-digest-others = Något väntar också i { $forums }.
own-digest-quiet = Lugnt i { $forums }.
own-digest-open = Visa { $forum }
own-digest-settings = Ändra hur ofta
