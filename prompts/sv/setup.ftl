# Att börja: hälsningen, ett nytt forum, forumets kort, inställningar, språk.

word-start = start, starta
word-found = nyttforum, grunda
word-settings = inställningar
word-language = språk
menu-found = Starta ett forum
menu-settings = Inställningar
menu-language = Språk
help-start = start berättar vem jag är och hur man kommer igång.
help-found = nyttforum startar ett samverkansforum i den här chatten.
help-settings = inställningar ändrar forumets namn, utmaning, språk, tidszon och vem som får ändra beslut.
help-language = språk väljer vilket språk jag talar med dig. Samordnaren kan välja chattens språk.

setup-hello = Hej, jag heter Samsyn
setup-what-i-do = Jag hjälper er som samverkar att minnas vad ni har beslutat och att följa upp det ni lovat varandra, här och i era andra chattar.
setup-start = Starta ett samverkansforum
setup-tie = Koppla till ett forum som finns
setup-here = Här finns forumet { $name }
setup-back = Jag är tillbaka. Här finns forumet { $name }
setup-private-member = Du är med i { $name }. Här kan du göra det mesta som går att göra i chatten. Beslut, åtgärder och annat du sparar syns för alla i forumet.
setup-private-stranger = Bjud in mig i en kanal i Slack eller en grupp i Telegram, så kan ni starta ett forum där. Är du redan inbjuden till ett forum, tryck på Jag är med i dess chatt.
setup-other-forums = Du är med i fler forum. Välj det du vill prata om.
setup-chosen = Nu handlar det om { $name }.

setup-form-title = Starta ett forum
setup-form-submit = Starta forumet
setup-field-name = Vad heter forumet?
setup-field-name-hint = Till exempel Trygg stad eller Unga i arbete.
setup-field-challenge = Vad förde er samman?
setup-field-challenge-hint = Utmaningen som ingen av er löser ensam, i en eller två meningar.
setup-field-language = Vilket språk har forumet?
setup-field-zone = Vilken tidszon?
setup-field-amend = Vem får ändra ett beslut i efterhand?
setup-amend-members = Alla medlemmar
setup-amend-coordinators = Bara samordnare

zone-stockholm = Stockholm
zone-helsinki = Helsingfors
zone-copenhagen = Köpenhamn
zone-oslo = Oslo
zone-reykjavik = Reykjavik
zone-tallinn = Tallinn, Riga, Vilnius
zone-london = London
zone-brussels = Bryssel, Berlin, Paris
zone-utc = UTC

forum-title = Samverkansforumet { $name }
forum-invitation = Här samlas beslut och åtgärder, lika i alla forumets chattar. Arbetar du med det här? Tryck på Jag är med.
forum-join = Jag är med
forum-menu = Meny
forum-tie = Koppla en chatt till

settings-title = Inställningar
settings-save = Spara
settings-saved = Inställningarna är sparade.

language-title = Språk
language-own = Vilket språk ska jag tala med dig?
language-of-chat = Vilket språk ska jag skriva på i den här chatten?
language-sv = Svenska
language-en = English
language-chat-sv = Chatten på svenska
language-chat-en = Chatten på engelska
language-chat-forum = Chatten som forumet
language-now-sv = Nu talar jag svenska med dig.
language-now-en = From now on I speak English with you.
language-chat-now-sv = Nu skriver jag på svenska i den här chatten.
language-chat-now-en = From now on I write in English in this chat.

chat-gone = Jag är inte längre med i { $chat }
chat-gone-lives-on = Forumet { $name } lever vidare i sina andra chattar. Bjud in mig igen om det var ett misstag.
chat-gone-last = Det var den enda chatten som forumet { $name } hade. Bjud in mig igen, eller skriv koppla till mig här, så får du en kod till en annan chatt.
