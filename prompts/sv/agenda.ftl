# Punkter till nästa möte.

word-agenda = dagordning, agenda, mötespunkt
menu-agenda = Till nästa möte
help-agenda = dagordning följt av det du vill ta upp. Utan ord visar den vad som väntar.

agenda-title = Till nästa möte
agenda-none = Inget väntar än. Skriv dagordning följt av det du vill ta upp.
agenda-line = { $number }. { $what }
agenda-proposed = { $who } vill ta upp på nästa möte:
agenda-already = Den punkten finns redan på listan.
agenda-done = Klar: { $number }
agenda-settled = Punkt { $number } är avklarad.
agenda-and-more = Och { $count } till.
