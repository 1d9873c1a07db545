# Avbrott: när boten har varit borta så länge att det som skrevs till den kan vara förlorat.
# Säg vad som hände, vad som kan saknas och vad man gör åt det. Inga ursäkter i onödan.

away-once = Jag var inte igång från { $since } till { $until }.
away-often = Jag var borta i omgångar mellan { $since } och { $until }.
away-lost = Det som skrevs till mig under tiden kan ha gått förlorat. Skriv igen om du inte fick något svar.
away-lost-before = Det som skrevs till mig före { $until } kan ha gått förlorat. Skriv igen om du inte fick något svar.
away-kept = Det som redan var sparat finns kvar.
away-restored = Mitt minne är återställt från en kopia från { $since }.
away-restored-lost = Det som sparades mellan { $since } och { $until } finns inte kvar hos mig. Mina meddelanden från den tiden står kvar i chatten. Spara det viktiga på nytt.
