"""The process that writes one file: a sheet on standard input, the file on standard output, then it is gone.

It gives way to everything else on the machine. Nothing is told of what went wrong: it could hold somebody's words.
"""

import os
import sys
from contextlib import suppress
from typing import Final

from bot.documents.sheet import Sheet
from bot.documents.writers import writer

GIVES_WAY: Final = 10


def main() -> int:
    """Write the file in the form that the first argument names."""
    with suppress(OSError):  # a confined service may not change its place in the queue
        os.nice(GIVES_WAY)
    content = writer(sys.argv[1])(Sheet.from_json(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
