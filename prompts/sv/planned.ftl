# Planerade möten: ett i taget.

word-meet = möte, mötet, möten
menu-meet = Nästa möte
help-meet = möte följt av dag, tid och plats, till exempel: möte 12 maj 13–15 Rådhuset. Skriv bara möte, så ser du nästa möte.

planned-title = { $title }
planned-title-open = { $title }: mötet pågår
planned-title-closed = { $title }: mötet är slut
planned-title-cancelled = { $title }: inställt
planned-new-title = Nytt möte: { $title }
planned-when = { $day }, { $begins }–{ $ends }
planned-fact-when = När
planned-fact-venue = Var
planned-venue = Plats: { $venue }
planned-none = Inget möte är planerat. En samordnare kan skriva till exempel: möte 12 maj 13–15 Rådhuset
planned-more = Mer om mötet
planned-show = Visa mötet
planned-open = Öppna mötet

## Vilka som kommer

planned-nobody-answered = Ingen har svarat än. Kommer du?
planned-coming-count = { $people ->
    [0] Ingen av dem som har svarat kommer.
    [one] En person kommer, från { $actors } av { $of } organisationer.
   *[other] { $people } personer kommer, från { $actors } av { $of } organisationer.
}
planned-yes = Kommer ({ $count })
planned-substitute = Skickar ersättare ({ $count })
planned-no = Kommer inte ({ $count })
planned-of-actor = { $actor }: { $people }
planned-instead = { $substitute } i stället för { $name }
planned-and-more = { $count } till

## Planera, flytta, ställa in

planned-new = Enstaka möte
planned-form = Nytt möte
planned-form-save = Planera
planned-field-day = Vilken dag?
planned-field-times = Vilken tid?
planned-field-times-hint = Till exempel 13–15 eller kl 9.
planned-field-title = Vad heter mötet?
planned-field-venue = Var?
planned-field-venue-hint = En lokal, en adress eller en möteslänk.
planned-fill-in = Fyll i
planned-missing-day = Jag förstår inte vilken dag mötet är
planned-missing-time = Jag förstår inte vilken tid mötet är
planned-example = Skriv till exempel: möte 12 maj 13–15 Rådhuset. Du kan också fylla i ett formulär.
planned-time-past = Den tiden har redan varit. Välj en tid framåt.
planned-saved = Planerat: { $when }.
planned-sure-title = Ska mötet vara { $when }?
planned-sure = Det är { $why }.
planned-sure-yes = Ja, det är meningen
planned-sure-no = Nej
planned-not-saved = Inget möte är planerat.
planned-move = Flytta
planned-move-title = Flytta mötet
planned-move-save = Flytta
planned-moved = Flyttat: { $title }. Förut: { $when }.
planned-unchanged = Mötet är som förut.
planned-changed-meanwhile = Någon annan hann ändra först. Nu är mötet { $when }. Tryck på Flytta igen om du vill ändra det.
planned-cancel = Ställ in
planned-cancel-sure = Ställa in mötet { $when }? Alla får veta.
planned-cancelled = Inställt: { $title }, { $when }.
planned-cancelled-already = { $title } är inställt.
planned-opened-already = { $title } har redan öppnats. Därför går det inte att flytta eller ställa in.

## Kalendern

planned-calendar-file = Till min kalender
planned-calendar-strike = Ta bort ur min kalender
planned-file = { $title } till din kalender
planned-no-file = Filen gick inte att skicka. Försök igen om en stund.
planned-subscribe = Prenumerera
planned-address = Forumets kalender
planned-address-how = Lägg till adressen som en prenumeration i din kalender. Då följer alla ändringar med. Den som har adressen ser mötena. Dela den därför bara inom forumet.
planned-open-address = Öppna kalendern
planned-new-address = Byt adress
planned-new-address-sure = Byta adress? Den gamla slutar gälla. Alla behöver lägga till den nya.
planned-no-address = Jag har ingen webbadress, så kalendern går inte att prenumerera på. Hämta mötet som fil i stället.
