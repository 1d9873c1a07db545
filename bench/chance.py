"""The seed of figures that live by chance."""

import os
import secrets


def seed() -> int:
    """A fresh one, or the environment's ``BENCH_SEED``, which repeats a course."""
    return int(os.environ.get("BENCH_SEED", secrets.randbelow(10**6)))
