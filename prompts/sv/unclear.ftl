# Meddelanden som kanske inte kom fram. Samordnaren hör det en gång, i ett enda meddelande.

unclear-title = { $count ->
    [one] Ett meddelande från mig kom kanske inte fram
   *[other] { $count } meddelanden från mig kom kanske inte fram
}
unclear-what = { $title }, till { $chat }
unclear-todo = Jag fick inget tydligt svar, och skickar inte igen för att det inte ska stå där två gånger. Allt är sparat. Titta om det syns, och berätta annars för de andra.
