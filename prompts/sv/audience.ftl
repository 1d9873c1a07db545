# När fler kan läsa i en chatt än förut: forumets samordnare får säga om det går bra.

audience-title = Fler kan läsa i { $chat } nu
audience-shared = Kanalen har delats med en annan organisation.
audience-public = Gruppen är offentlig nu, så vem som helst kan läsa i den.
audience-waits = Jag skriver inget där förrän någon som samordnar { $name } säger att det går bra.
audience-let-post = Fortsätt skriva
audience-otherwise = Ska chatten inte höra till forumet längre? Skriv chattar till mig, så kan du koppla loss den.
audience-agreed = Jag skriver i { $chat } igen
audience-left-out = Korten här ovanför visar det som gällde innan jag tystnade. Skriv beslutslista eller åtgärder, så ser du vad som gäller nu.
