# Vad blev det av besluten? Frågan på uppföljningsdagen, svaren, invändningen och löftena.

word-followup = uppföljning, beslutsläge
help-followup = uppföljning visar vilka beslut som väntar på att ni följer upp dem.

outcome-ask = Vad blev det av § { $number }?
outcome-question = Gav beslutet det vi ville?
outcome-keep = Behåll
outcome-change = Ändra
outcome-end = Upphör
outcome-later = Inte genomfört än
outcome-said-keep = { $day }: behåll
outcome-said-change = { $day }: behöver ändras
outcome-said-end = { $day }: kan upphöra
outcome-said-later = inte genomfört än, frågan kommer igen { $day }

outcome-title = Uppföljning av § { $number }
outcome-told-keep = { $who } svarar: beslutet gav det vi ville. Det gäller som förut.
outcome-told-change = { $who } svarar: beslutet behöver ändras.
outcome-told-end = { $who } svarar: beslutet har gjort sitt och kan upphöra.
outcome-object = Jag ser det annorlunda
outcome-object-why = Ser du det annorlunda? Det räcker att en säger till, så talar ni om det på nästa möte.
outcome-objected = { $who } ser det annorlunda. Det är en punkt på nästa möte.
outcome-on-agenda = Det är en punkt på nästa möte.
outcome-point-change = Ska § { $number } ändras?
outcome-point-end = Ska § { $number } upphöra?
outcome-point-objection = Gav § { $number } det vi ville?
outcome-said-already = { $who } har redan svarat om § { $number }.

outcome-thanks-keep = Tack. Forumet ser ditt svar om § { $number }.
outcome-thanks-change = Tack. Ni talar om § { $number } på nästa möte. Du kan också ändra texten nu.
outcome-thanks-end = Tack. Ni talar om § { $number } på nästa möte. Du kan också upphäva det nu.
outcome-change-now = Ändra nu
outcome-end-now = Upphäv nu

outcome-later-title = Följ upp § { $number }
outcome-later-save = Spara dagen
outcome-later-field = När ska jag fråga igen?
outcome-later-hint = Till exempel 15 mars eller om tre veckor.
outcome-later-noted = § { $number } är inte genomfört än. Frågan kommer igen { $day }.

outcome-list-title = Beslut att följa upp
outcome-in-list = § { $number }, { $day }: { $what }
outcome-in-list-bare = § { $number }, { $day }
outcome-none-due = Inget beslut väntar på uppföljning just nu.
outcome-promises = Forumet har hållit { $share } procent av sina löften de senaste tre månaderna. { $kept } av { $all } åtgärder blev klara i tid eller fick en ny dag i tid.
