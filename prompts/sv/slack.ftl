# Det som bara Slack behöver: formulär i fönster, frågor innan man trycker, det som inte fick plats.

slack-value = { $value }

confirm-title = Är du säker?
confirm-yes = Ja
confirm-no = Nej

form-choose = Välj
form-close = Stäng
form-too-late = Formuläret hann inte öppnas. Tryck en gång till.
form-too-long = Formuläret fick inte plats. Börja om med en kortare text.

card-too-long = Resten fick inte plats här.

# Under ett svar i en kanal, när filen som hör till kom privat.
slack-file-in-private = Filen ligger i vår privata chatt.
