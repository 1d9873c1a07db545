# Sekretessforum: vad som sparas, vad som nekas, och vad chatten redan har.

word-confidential = sekretess
help-confidential = sekretess visar om forumet har sekretess och vad det betyder. Samordnaren kan slå på den.

confidential-title = Sekretess i forumet
confidential-is = Forumet har sekretess.
confidential-is-not = Forumet har inte sekretess. Så här blir det om samordnaren slår på den:
confidential-keeps = Jag sparar datum, närvaro och hur det går med åtgärder.
confidential-refuses = Jag sparar inte vad ni beslutar, antecknar, tar upp eller föreslår. En beteckning går bra, till exempel Ärende 12.
confidential-before = Det som redan är sparat ligger kvar.
confidential-received = Det ni skriver i chatten finns också hos Slack eller Telegram. Det kan jag inte ändra.
confidential-begin = Slå på sekretess
confidential-begin-sure = Då nekar jag fri text i hela forumet. Alla får veta det.
confidential-cease = Slå av sekretessen
confidential-cease-sure = Då sparar jag det ni skriver igen. Alla får veta det.
confidential-begun = { $who } har slagit på sekretess
confidential-ceased = { $who } har slagit av sekretessen. Jag sparar ord igen.
confidential-already = Forumet har redan sekretess.
confidential-not = Forumet har inte sekretess.
confidential-line = Sekretess: jag sparar datum, närvaro och hur åtgärder går, men inte vad ni säger.
confidential-about = Om sekretessen
confidential-refused = Forumet har sekretess, så jag har inte sparat det du skrev. Chatten har redan tagit emot det. Ta bort det där om det inte ska stå kvar. En beteckning går bra, till exempel Ärende 12.
confidential-refused-field = Forumet har sekretess. Skriv bara en beteckning, till exempel Ärende 12.
confidential-form = Forumet har sekretess. Skriv bara en beteckning, till exempel Ärende 12.
