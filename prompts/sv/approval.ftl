# Justering: varje organisation bekräftar sina beslut.

approval-ask = Protokoll { $number }: stämmer det för { $actor }?
approval-ask-again = Texten i § { $number } har ändrats. Därför frågar jag igen.
approval-nudge = Ert svar saknas fortfarande. Tiden är snart slut.
approval-your-decisions = De här besluten är ni med i:
approval-no-decisions = Mötet tog inga beslut som ni är med i. Läs gärna protokollet ändå.
approval-until = Svara senast { $at }. Sedan räknas protokollet som justerat.
approval-aloud = { $who }, det här är till dig och din organisation.
approval-confirm = Stämmer
approval-change = Föreslå ändring
approval-object = Avvikande mening
approval-send = Skicka

approval-you-said-confirmed = Ni har svarat att det stämmer.
approval-you-said-differs = Er avvikande mening ligger som bilaga till protokollet.
approval-is-over = Protokollet är justerat och ändras inte längre. En avvikande mening kan fortfarande läggas till som bilaga.

approval-thanks = Tack. Nu är det bekräftat.
approval-already = Din organisation har redan svarat.
approval-not-yours = Den frågan är till en annan organisation.

approval-field-decision = Vilket beslut?
approval-field-decision-hint = Lämna tomt om det gäller hela protokollet.
approval-field-words = Så här borde det stå
approval-field-words-hint = Skriv hela beslutet. Förslaget går till den som ledde mötet.
approval-field-opinion = Er avvikande mening
approval-field-opinion-hint = Den läggs till protokollet som bilaga, precis som du skriver den.
approval-same-words = Texten är densamma som förut.

approval-proposed = { $who } föreslår en annan text i § { $number }
approval-words-now = Så står det nu:
approval-words-then = Så här skulle det stå:
approval-accept = Ändra texten
approval-refuse = Behåll texten
approval-proposal-sent = Ditt förslag om § { $number } är skickat. Jag hör av mig när det är avgjort.
approval-accepted = Texten är ändrad. De som är med i beslutet får frågan igen.
approval-refused = Texten står kvar.
approval-words-stay = Texten i § { $number } står kvar. Stämmer det ändå?
approval-overtaken = Texten i § { $number } har redan ändrats på ett annat sätt. Stämmer den nu?
approval-not-own = Du kan inte avgöra ditt eget förslag. Det gör en samordnare.
approval-chair-only = Det avgör den som ledde mötet eller en samordnare.
approval-settled = Det förslaget är redan avgjort.

approval-attached-yours = Er avvikande mening ligger nu som bilaga till protokollet.
approval-attached-late = Protokollet är redan justerat. Er avvikande mening ligger nu bredvid det, som bilaga.
approval-attached = { $count ->
    [one] En bilaga följer med.
   *[other] { $count } bilagor följer med.
 }
approval-done = Protokoll { $number } är justerat
