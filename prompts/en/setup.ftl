# Beginning: the greeting, a new forum, the forum's card, settings, languages.

word-start = start
word-found = newforum, found
word-settings = settings
word-language = language
menu-found = Start a forum
menu-settings = Settings
menu-language = Language
help-start = start tells who I am and how to begin.
help-found = newforum starts a collaboration forum in this chat.
help-settings = settings changes the forum's name, challenge, language, time zone and who may change decisions.
help-language = language chooses which language I speak with you. The coordinator can choose the chat's language.

setup-hello = Hello, my name is Samsyn
setup-what-i-do = I help you who work together to remember what you decided, and to follow up what you promised each other, here and in your other chats.
setup-start = Start a collaboration forum
setup-tie = Tie to an existing forum
setup-here = The forum { $name } is here
setup-back = I am back. The forum { $name } is here
setup-private-member = You are in { $name }. Here you can do most of what you can do in the chat. Decisions, actions and whatever else you save are seen by everyone in the forum.
setup-private-stranger = Invite me to a Slack channel or a Telegram group, and you can start a forum there. If you are already invited to a forum, press Count me in in its chat.
setup-other-forums = You are in more forums. Choose the one you want to talk about.
setup-chosen = Now it is about { $name }.

setup-form-title = Start a forum
setup-form-submit = Start the forum
setup-field-name = What is the forum called?
setup-field-name-hint = For example Safe City or Young at Work.
setup-field-challenge = What brought you together?
setup-field-challenge-hint = The challenge that none of you solves alone, in a sentence or two.
setup-field-language = Which language does the forum use?
setup-field-zone = Which time zone?
setup-field-amend = Who may change a decision later?
setup-amend-members = All members
setup-amend-coordinators = Coordinators only

zone-stockholm = Stockholm
zone-helsinki = Helsinki
zone-copenhagen = Copenhagen
zone-oslo = Oslo
zone-reykjavik = Reykjavik
zone-tallinn = Tallinn, Riga, Vilnius
zone-london = London
zone-brussels = Brussels, Berlin, Paris
zone-utc = UTC

forum-title = The forum { $name }
forum-invitation = Decisions and actions are gathered here, the same in all the forum's chats. Do you work with this? Press Count me in.
forum-join = Count me in
forum-menu = Menu
forum-tie = Tie another chat

settings-title = Settings
settings-save = Save
settings-saved = The settings are saved.

language-title = Language
language-own = Which language should I speak with you?
language-of-chat = Which language should I write in this chat?
language-sv = Svenska
language-en = English
language-chat-sv = The chat in Swedish
language-chat-en = The chat in English
language-chat-forum = The chat as the forum
language-now-sv = Nu talar jag svenska med dig.
language-now-en = From now on I speak English with you.
language-chat-now-sv = Nu skriver jag på svenska i den här chatten.
language-chat-now-en = From now on I write in English in this chat.

chat-gone = I am no longer in { $chat }
chat-gone-lives-on = The forum { $name } lives on in its other chats. Invite me again if this was a mistake.
chat-gone-last = It was the only chat of the forum { $name }. Invite me again, or write tie to me here, and you get a code for another chat.
