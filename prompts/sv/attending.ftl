# Kommer du? Ett tryck på mötets kort.

attending-yes = Kommer
attending-no = Kommer inte
attending-substitute = Ersättare
attending-noted-yes = Antecknat: du kommer.
attending-noted-no = Antecknat: du kommer inte.
attending-substitute-title = Ersättare
attending-field-name = Vem kommer i stället för dig?
attending-save = Spara
attending-too-late = Mötet har redan börjat. Därför går det inte att svara längre.
