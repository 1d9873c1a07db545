# Medlemmar: att gå med, listan, samordnare, att lämna.

word-join = gåmed, med
word-members = medlemmar, medlem
word-leave = lämna
menu-members = Medlemmar
help-join = gåmed visar knappen som tar dig med i forumet.
help-members = medlemmar visar vilka som är med. Där byter du organisation, och där utser samordnaren fler samordnare.
help-leave = lämna avslutar ditt medlemskap i forumet.

organisation-yours = Vilken organisation företräder du?
organisation-yours-hint = Till exempel Region Väst.
organisation-new = Finns den inte i listan? Skriv den här.
organisation-new-hint = Till exempel Region Väst. Lämna tomt om du valde i listan.
organisation-sector = Vilken sektor hör den till?
organisation-level = På vilken nivå arbetar den?
sector-public = Offentlig
sector-private = Privat
sector-civil = Civilsamhälle
sector-academia = Akademi
sector-residents = Invånare
level-local = Lokal
level-regional = Regional
level-national = Nationell
level-international = Internationell

member-join-title = Jag är med
member-join-submit = Gå med
member-join-intro = Vad roligt att du vill vara med i { $name }.
member-join-where = Skriv det i forumets chatt, eller tryck på Jag är med på kortet där.
member-join-stale = Den inbjudan gäller inte längre. Tryck på Jag är med på forumets kort i chatten.
member-field-actor = Vilken organisation företräder du?
member-field-actor-hint = Välj den om den finns här. Annars skriver du den i nästa fråga.
member-needs-organisation = Välj din organisation, eller skriv vad den heter.
member-joined = { $who } är med i forumet.
member-welcome = Välkommen till { $name }
member-welcome-what = Skriv beslut och det ni kom fram till, eller åtgärd och det du tar på dig. I menyn finns det mesta annat.

member-organisation-title = Byt organisation
member-organisation-submit = Spara
member-moved = Nu företräder du { $actor }.

member-list = Medlemmar i { $name }
member-coordinator = { $name } (samordnare)
member-no-organisation = Utan organisation
member-more = Visa fler
member-change-organisation = Byt min organisation
member-change = Ändra en medlem
member-change-title = Ändra en medlem
member-change-submit = Ändra
member-field-who = Vem gäller det?
member-field-becomes = Vad ska ändras?
member-becomes-coordinator = Blir samordnare
member-becomes-member = Är inte längre samordnare
member-becomes-removed = Är inte längre med i forumet
member-is-coordinator = { $who } är samordnare.
member-is-member = { $who } är medlem, inte samordnare.
member-is-removed = { $who } är inte längre med i forumet.
member-you-are-coordinator = Du är nu samordnare för { $name }.
member-you-are-member = Du är inte längre samordnare för { $name }, men fortfarande medlem.
member-you-are-removed = Du är inte längre med i { $name }. Prata med samordnaren om det är fel.
member-gone = Den personen är inte med i forumet längre.

member-leave = Vill du lämna { $name }?
member-leave-what = Det du har gjort finns kvar. Åtgärder som du ansvarar för går tillbaka till din organisation.
member-leave-now = Lämna forumet
member-bye = Nu är du inte längre med i { $name }. Tack för den här tiden.
member-left = { $who } är inte längre med i forumet.
member-last-coordinator = Forumet behöver en samordnare, och nu finns bara en. Gör först någon annan till samordnare: skriv medlemmar.

member-vacant = { $name } har ingen samordnare
member-vacant-what = Samordnaren håller ihop forumet: bjuder in, kopplar chattar och hjälper den som kört fast. Kan det vara du?
member-offer = Jag kan samordna
member-offered = { $who } kan bli samordnare
member-offered-what = Det behövs en medlem till som håller med.
member-second = Ja, det blir bra
member-second-other = Någon annan än du själv behöver säga ja.
member-not-vacant = { $who } är redan samordnare.
member-now-coordinates = { $who } är nu forumets samordnare.
