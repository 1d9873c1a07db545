# Orden i protokollet som fil: Word, pdf, webbsida och Markdown.

document-title = { $forum }: protokoll { $number }
document-foot = { $forum } · protokoll { $number }
document-page = Sida
document-value = { $value }

document-state-writing = Utkast. Mötet pågår och protokollet växer.
document-state-asking = Väntar på justering, senast { $day }.
document-state-approved = Justerat { $day }. Texten ändras inte längre.

document-meeting = Möte
document-began = Började
document-ended = Slutade
document-venue = Plats
document-chair = Ordförande

document-present = Närvarande
document-present-count = { $people ->
    [one] En person
   *[other] { $people } personer
 }{ $organisations ->
    [0] { "" }
    [one] { " " }från en organisation
   *[other] { " " }från { $organisations } organisationer
 }
document-nobody = Ingen har antecknats som närvarande.
document-organisation = Organisation
document-no-organisation = Utan organisation
document-people = Deltagare
document-substitute = { $name } (för { $other })

document-at-a-glance = Beslut och åtgärder i korthet
document-decisions = { $count ->
    [one] Ett beslut
   *[other] { $count } beslut
 }
document-actions = { $count ->
    [one] En åtgärd
   *[other] { $count } åtgärder
 }
document-number = Nummer
document-paragraph = § { $number }
document-decision = Beslut
document-follow-up = Följs upp
document-action = Åtgärd
document-owner = Ansvarig
document-due = Klart senast
document-no-day = Inget datum

document-points = Punkterna
document-point = { $number }. { $what }
document-besides = Utanför dagordningen
document-no-points = Mötet hade inga punkter.
document-not-reached = Vi hann inte hit. Punkten kommer tillbaka på nästa möte.
document-ruling = § { $number } { $what }
document-why = Därför
document-with = Med i beslutet
document-process = Så beslutade vi
document-process-meeting = På mötet
document-process-consent = Med samtycke
document-process-vote = Genom omröstning
document-process-advice = Efter råd
document-objections = Invändningar
document-actions-here = Åtgärder:
document-task = { $what } – { $owner }, { $day }

document-approval = Justering
document-confirmed-count = Organisationer som har bekräftat: { $count } av { $all }
document-answer = Svar
document-by = Vem och när
document-by-day = { $who }, { $day }
document-answer-confirmed = Stämmer
document-answer-differs = Avvikande mening
document-answer-none = Inget svar
document-nobody-answered = –
document-additions = Bilaga: inskickat före justeringen
document-late = Bilaga: inskickat efter justeringen
document-objection = Avvikande mening från { $actor } om { $about }
document-change = Ändringsförslag från { $actor } om { $about }, inte avgjort
document-about = § { $number }
document-about-all = protokollet

document-fingerprint = Fingeravtryck
document-fingerprint-how =
    Vem som helst kan kontrollera att protokollet är oförändrat. Hämta kontrolltexten med knappen under protokollet i chatten.
    Filens kontrollsumma (SHA-256) ska vara likadan som raden här under. En it-avdelning kan hjälpa till.
