# Att koppla: en chatt till, och ett konto till.

word-tie = koppla
word-chats = chattar, koppla_loss
word-account = konto, konton
menu-chats = Forumets chattar
menu-account = Koppla ihop konton
help-tie = koppla ger en kod till nästa chatt. I den chatten skriver man koppla och koden.
help-chats = chattar visar forumets chattar. Där går det också att koppla loss en.
help-account = konto kopplar ihop dina konton i Slack och Telegram, så att du är en och samma medlem.

platform-slack = Slack
platform-telegram = Telegram
place-name = { $title } ({ $platform })
place-nameless = en chatt i { $platform }

tie-code = Koden är { $code }
tie-code-how = Bjud in mig i chatten som också ska höra till { $name }. Den som administrerar den chatten skriver koppla { $code } där.
tie-code-rules = Koden gäller i tio minuter och kan användas en gång. Innan chatten kopplas får du se vilken den är och säga ja eller nej.

tie-form-title = Koppla chatten
tie-form-submit = Koppla
tie-field-code = Vilken kod har du fått?
tie-field-code-hint = Åtta bokstäver, till exempel BCDF-GHJK.
tie-type-it-there = Det gör man i chatten som ska kopplas. Bjud in mig dit, och skriv koppla och koden där.
tie-not-administrator = Bara den som administrerar den här chatten kan koppla den.
tie-cannot-tell = Jag får inte veta just nu om du administrerar den här chatten. Försök igen om en stund.
tie-has-forum = Den här chatten hör redan till forumet { $name }.
tie-waiting = Tack, koden stämmer. Nu väntar vi på att forumets samordnare säger ja.
code-wrong = Koden stämmer inte eller har gått ut. Be om en ny.
code-too-many = Det blev för många försök. Vänta tio minuter och be sedan om en ny kod.

tie-question = En chatt vill höra till { $name }
tie-question-to = { $who }, känner du igen den?
tie-fact-chat = Chatten
tie-fact-redeemer = Koden skrevs av
tie-question-advice = Alla i den chatten får se forumets beslut och åtgärder. Frågan gäller i ett dygn.
tie-approve = Godkänn
tie-reject = Avvisa
tie-answered = Den frågan är redan besvarad eller har gått ut. Skriv koppla, så får du en ny kod.
tie-taken = { $chat } hör redan till ett forum.
tie-chat-gone = Jag är inte längre med i { $chat }. Be dem bjuda in mig igen.
tie-approved = { $chat } är godkänd
tie-rejected = { $chat } är avvisad
tie-rejected-there = Samordnaren sa nej till att koppla den här chatten. Prata med varandra och försök igen med en ny kod.

tie-tied = { $chat } hör nu till { $name }
tie-tied-what = Det ni beslutar syns i alla forumets chattar från och med nu.
tie-undo = Ångra kopplingen
tie-undo-sure = Chatten får inte längre se vad forumet gör.

tie-chats = Chattar i { $name }
tie-chat-held = { $chat } väntar på ditt ja, för fler kan läsa där nu
tie-untie = Koppla loss { $chat }
tie-untied = { $chat } hör inte längre till { $name }
tie-untied-what = Allt som är beslutat och lovat finns kvar i forumet.
tie-not-tied = Den chatten hör inte till forumet.
tie-last-chat = Det är forumets enda chatt. Koppla en annan först.

account-code = Din kod är { $code }
account-code-how = Öppna den privata chatten med mig i ditt andra konto och skriv konto { $code } där.
account-code-rules = Koden gäller i tio minuter och kan användas en gång. Visa den inte för någon.
account-have-code = Jag har redan en kod
account-form-title = Koppla ihop konton
account-form-submit = Fortsätt
account-field-code = Vilken kod fick du?
account-in-private = Det här gör vi privat
account-in-private-button = Öppna privat
account-what = Med en kod kopplar du ihop dina konton i Slack och Telegram, så att du är en och samma medlem.
account-burnt = Koden syntes för alla här, så den gäller inte längre. Du får en ny privat.
account-wrote-to-you = Jag har skrivit till dig privat.
account-same-account = Det är samma konto som du fick koden i. Skriv den i ditt andra konto.
account-same-title = Är du också { $name }?
account-same-what = Då blir de två kontona en person, och det går inte att ta tillbaka. Säg nej om någon annan gav dig koden.
account-yes = Ja, det är jag
account-no = Nej
account-merged = Klart, nu är dina konton en och samma person.
account-apart = Bra att du sa till. Inget är ihopkopplat.
