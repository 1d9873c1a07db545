# Bara i Telegram: hur ett kort ritas, och frågan innan en knapp gör det den säger.

## Kort

# En rad med etikett och värde. Etiketten skrivs fetstilt.
telegram-label = { $label }:
telegram-value = { $value }

## Frågor

# Visas en kort stund när man trycker på en knapp som frågar först. Svarsknapparna kommer under knappen.
telegram-confirm = Är du säker? Svara med knapparna under.

## Svar

# Visas en kort stund när man trycker i en grupp och svaret kommer privat.
telegram-in-private = Svaret finns i vår privata chatt.
