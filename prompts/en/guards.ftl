# Kind hints to the coordinator: what the forum may begin to drift into, and a next step. Nobody is blamed.

hint-meet = No next meeting is planned.
hint-meet-helps = A day in the calendar keeps the work going. A short meeting is enough.
hint-meet-step = Plan a meeting

hint-owner = Nobody has action { $number }.
hint-owner-helps = Ask who would like to take it. If nobody does, you may well let it go.
hint-owner-step = Choose who has it

hint-load = Much of the work hangs on { $who } right now.
hint-load-you = Much of the work hangs on you right now.
hint-load-helps = More hands make the forum less fragile. This action may be easy to hand over.
hint-load-step = Hand over

hint-follow = Nobody follows up decision § { $number } yet.
hint-follow-helps = Choose a day to see how it went. Then the decision is not left lying.
hint-follow-step = Choose a day

hint-quiet = { $actor } has been silent for a while.
hint-quiet-helps = There can be many reasons. A short talk often helps more than a reminder.
hint-quiet-step = Show a greeting

hint-settle = It is as it should be
hint-settled = Good. I will not bring it up again.

hint-greeting = To { $who }
hint-greeting-words = Hello, we miss you in { $forum }. How are things at { $actor }? Is there something we can do to make it suit you better?
hint-greeting-how = Call, or copy the words and put them in your own way.
