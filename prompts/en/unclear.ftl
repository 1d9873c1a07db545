# Messages that may not have arrived. The coordinator hears of it once, in a single message.

unclear-title = { $count ->
    [one] One message of mine may not have arrived
   *[other] { $count } messages of mine may not have arrived
}
unclear-what = { $title }, to { $chat }
unclear-todo = I got no clear answer, and do not send again so that nothing stands there twice. Everything is saved. Have a look, and tell the others if it is missing.
