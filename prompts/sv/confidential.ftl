# Sekretessforum: vad som sparas, vad som nekas, och vad chatten redan har.

word-confidential = sekretess
help-confidential = sekretess visar om forumet har sekretess och vad det betyder.

confidential-title = Sekretess i forumet
confidential-is = Forumet har sekretess.
confidential-is-not = Forumet har inte sekretess. Så här blir det om samordnaren slår på den:
confidential-keeps = Jag sparar dagar, närvaro och hur det går med uppgifter.
confidential-refuses = Jag sparar inga ord om innehållet: inga beslutstexter, anteckningar, punkter eller förslag. En beteckning går bra, till exempel Ärende 12.
confidential-before = Det som redan är sparat ligger kvar.
confidential-received = Det ni skriver i Slack eller Telegram har redan nått dem och ligger kvar där. Det kan jag inte ändra.
confidential-begin = Slå på sekretess
confidential-begin-sure = Då nekar jag fri text i hela forumet. Alla får veta det.
confidential-cease = Slå av sekretessen
confidential-cease-sure = Då sparar jag det ni skriver igen. Alla får veta det.
confidential-begun = { $who } har slagit på sekretess
confidential-ceased = { $who } har slagit av sekretessen. Jag sparar ord igen.
confidential-already = Forumet har redan sekretess.
confidential-not = Forumet har inte sekretess.
confidential-line = Sekretess: jag sparar dagar, närvaro och status, men inga ord om innehållet.
confidential-about = Om sekretessen
confidential-refused = Forumet har sekretess, så inget av det du skrev är sparat hos mig. Chatten har redan tagit emot det: ta bort det där om det inte ska stå kvar. En beteckning går bra, till exempel Ärende 12.
confidential-refused-field = Forumet har sekretess. Skriv bara en beteckning, till exempel Ärende 12.
confidential-form = Forumet har sekretess. Skriv bara en beteckning, till exempel Ärende 12.
