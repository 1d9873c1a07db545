"""What is remembered: one file of domain verbs per subject, portable SQL, two engines behind one store."""

import sys

if "numpy" not in sys.modules:
    # The pictures brought numpy along, and sqlite-utils takes it in wherever it finds it, for column types that
    # nobody here has: 25 MB and a tenth of a second at every start. So it is told that there is none.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    import sqlite_utils  # noqa: F401

    del sys.modules["numpy"]
