# Outages: when the bot was away for so long that what was written to it may be lost.
# Say what happened, what may be missing and what to do about it. No needless apologies.

away-once = I was not running from { $since } to { $until }.
away-often = I was away on and off between { $since } and { $until }.
away-lost = What was written to me during that time may be lost. Please write again if you got no answer.
away-lost-before = What was written to me before { $until } may be lost. Please write again if you got no answer.
away-kept = Everything that was already saved is still here.
away-restored = My memory has been put back from a copy made { $since }.
away-restored-lost = I no longer have what was saved between { $since } and { $until }. My messages from that time are still in the chat. Please save what matters again.
