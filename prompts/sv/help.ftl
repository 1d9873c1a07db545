# Meny och hjälp.

word-menu = meny
word-help = hjälp
help-menu = meny visar knappar för det mesta du kan göra här.
help-help = hjälp visar den här texten.
menu-title = Vad vill du göra?
menu-forum = Forumet heter { $name }.
menu-join = Jag är med
help-title = Det här kan du skriva till mig
help-forum = Du är i forumet { $name }. Menyn har knappar för det mesta.
help-how-slack = I en kanal börjar du med /samsyn, till exempel /samsyn beslut. I vår privata chatt räcker orden.
help-how-telegram = I en grupp börjar du med ett snedstreck, till exempel /beslut. I vår privata chatt räcker orden.
help-no-forum = Den här chatten hör inte till något forum än.
help-to-menu = Visa menyn
help-not-understood = Jag förstår inte ”{ $said }”.
help-did-you-mean = Menade du något av de här?
help-write-instead = Skriv så här, så blir det rätt:
help-more = Mer

help-group-note = Anteckna något
help-group-look = Se vad som gäller
help-group-meet = Mötas
help-group-sitting = På mötet
help-group-rhythm = Följa upp och fira
help-group-people = Vara med
help-group-forum = Sköta forumet
help-group-you = Hitta rätt
