# Members: joining, the roster, coordinators, leaving.

word-join = join
word-members = members, member
word-leave = leave
menu-members = Members
help-join = join shows the button that takes you into the forum.
help-members = members shows who is in the forum. There you change organisation, and the coordinator appoints more coordinators.
help-leave = leave ends your membership of the forum.

organisation-yours = Which organisation do you represent?
organisation-yours-hint = For example Region West.
organisation-new = Not in the list? Write it here.
organisation-new-hint = For example Region West. Leave empty if you chose from the list.
organisation-sector = Which sector does it belong to?
organisation-level = On which level does it work?
sector-public = Public
sector-private = Private
sector-civil = Civil society
sector-academia = Academia
sector-residents = Residents
level-local = Local
level-regional = Regional
level-national = National
level-international = International

member-join-title = Count me in
member-join-submit = Join
member-join-intro = How good that you want to be in { $name }.
member-join-where = Write it in the forum's chat, or press Count me in on the card there.
member-join-stale = That invitation is no longer good. Press Count me in on the forum's card in the chat.
member-field-actor = Which organisation do you represent?
member-field-actor-hint = Choose it if it is here. Otherwise you write it in the next question.
member-needs-organisation = Choose your organisation, or write what it is called.
member-joined = { $who } is in the forum.
member-welcome = Welcome to { $name }
member-welcome-what = Write decision and what you agreed on, or action and what you take on. The menu has most other things.

member-organisation-title = Change organisation
member-organisation-submit = Save
member-moved = You now represent { $actor }.

member-list = Members of { $name }
member-coordinator = { $name } (coordinator)
member-no-organisation = Without an organisation
member-more = Show more
member-change-organisation = Change my organisation
member-change = Change a member
member-change-title = Change a member
member-change-submit = Change
member-field-who = Whom is it about?
member-field-becomes = What changes?
member-becomes-coordinator = Becomes a coordinator
member-becomes-member = Is no longer a coordinator
member-becomes-removed = Is no longer in the forum
member-is-coordinator = { $who } is a coordinator.
member-is-member = { $who } is a member, not a coordinator.
member-is-removed = { $who } is no longer in the forum.
member-you-are-coordinator = You now coordinate { $name }.
member-you-are-member = You no longer coordinate { $name }, but you are still a member.
member-you-are-removed = You are no longer in { $name }. Talk to the coordinator if that is wrong.
member-gone = That person is no longer in the forum.

member-leave = Do you want to leave { $name }?
member-leave-what = What you did stays. Actions that you are responsible for go back to your organisation.
member-leave-now = Leave the forum
member-bye = You are no longer in { $name }. Thank you for your time.
member-left = { $who } is no longer in the forum.
member-last-coordinator = The forum needs a coordinator, and there is only one. Make somebody else a coordinator first: write members.

member-vacant = { $name } has no coordinator
member-vacant-what = The coordinator holds the forum together: invites, ties chats and helps whoever is stuck. Could that be you?
member-offer = I can coordinate
member-offered = { $who } can become coordinator
member-offered-what = One more member has to agree.
member-second = Yes, good
member-second-other = Somebody other than yourself has to say yes.
member-not-vacant = { $who } already is a coordinator.
member-now-coordinates = { $who } now coordinates the forum.
