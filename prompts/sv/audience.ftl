# När fler kan läsa i en chatt än förut: forumets samordnare får säga om det går bra.

audience-title = Fler kan läsa i { $chat } nu
audience-shared = Kanalen har delats med en annan organisation.
audience-public = Gruppen är offentlig nu. Vem som helst kan läsa i den, och trycka på Jag är med när jag skriver där igen.
audience-waits = Jag skriver inget där förrän någon som samordnar { $name } säger att det går bra.
audience-let-post = Fortsätt skriva
audience-let-post-in = Fortsätt skriva i { $chat }
audience-otherwise = Ska chatten inte höra till forumet längre? Skriv chattar till mig, så kan du koppla loss den.
audience-otherwise-last = Ska jag inte skriva där mer? Ta bort mig ur chatten.
audience-agreed = Jag skriver i { $chat } igen
audience-left-out = Korten här ovanför visar det som gällde innan jag tystnade. I menyn ser du vad som gäller nu.
