# Vänliga tips till samordnaren: vad forumet kan börja glida på, och ett nästa steg. Ingen pekas ut.

hint-meet = Inget nästa möte är planerat.
hint-meet-helps = En dag i kalendern håller arbetet i gång. Det räcker med en kort träff.
hint-meet-step = Planera ett möte

hint-owner = Åtgärd { $number } har ingen ansvarig.
hint-owner-helps = Fråga vem som vill ta den. Vill ingen kan ni stryka den med gott samvete.
hint-owner-step = Välj ansvarig

hint-load = Mycket av arbetet hänger på { $who } just nu.
hint-load-you = Mycket av arbetet hänger på dig just nu.
hint-load-helps = Fler händer gör forumet mindre skört. Den här åtgärden kan vara lätt att lämna över.
hint-load-step = Lämna över

hint-follow = Ingen följer upp beslut § { $number } än.
hint-follow-helps = Välj en dag då ni ser efter hur det gick. Då blir beslutet inte liggande.
hint-follow-step = Välj en dag

hint-quiet = { $actor } har varit tyst ett tag.
hint-quiet-helps = Det kan finnas många skäl. Ett kort samtal hjälper ofta mer än en påminnelse.
hint-quiet-step = Visa en hälsning

hint-settle = Det är som det ska
hint-settled = Bra. Då tar jag inte upp det igen.

hint-greeting = Till { $who }
hint-greeting-words = Hej, vi saknar er i { $forum }. Hur har ni det hos { $actor }? Finns det något vi kan göra för att det ska passa er bättre?
hint-greeting-how = Ring, eller kopiera orden och skriv dem på ditt sätt.
