"""What is remembered: one file of domain verbs per subject, portable SQL, two engines behind one store."""

from storage.lean import without

with without("numpy"):
    import sqlite_utils  # noqa: F401 - here first, so that it stays lean wherever it is imported next
