# Det som väntar på mig: i privat chatt och på egna sidan i Slack.

word-mine = mina, mitt
menu-mine = Det som väntar på mig
help-mine = mina visar det som väntar på dig, bara för dig.

mine-title = Det här väntar på dig
mine-nothing = Inget väntar på dig just nu.
mine-no-forum = Du är inte med i något forum än. När du är det syns dina åtgärder här.
mine-in-private = Det som väntar på dig visar jag bara för dig.
mine-forum = I { $forum }:
mine-done = { $number } klar
mine-underway = { $number } på väg
mine-untaken = Det här har ingen tagit än:
mine-more-untaken = Det finns fler som ingen har tagit. Du ser dem bland öppna åtgärder.
mine-follow-ups = Beslut som du följer upp:
mine-follow-up = § { $number }: { $what } Följs upp { $due }.
mine-elsewhere = { $count ->
    [0] I { $forum } väntar inget på dig.
    [one] I { $forum } väntar en åtgärd på dig.
   *[other] I { $forum } väntar { $count } åtgärder på dig.
 }
mine-elsewhere-private = Skriv mina till mig privat, så kan du svara på dem.
mine-switch = Byt till { $forum }
