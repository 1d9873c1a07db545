"""The one source of chance of an episode."""

from random import Random


class Dice(Random):
    """Chance that can be repeated: everything that is thrown follows from the seed."""

    def hits(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self.random() < share
