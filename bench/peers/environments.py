"""Where the peers live: a virtual environment each under ``build/peers``, filled once from its own locked list.

The lists are made as ours are, by ``uv pip compile requirements-….in`` with the options of ``make lock``.
"""

import hashlib
import shutil
import subprocess
import venv
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
PLACE: Final = Path("build/peers")
PATIENCE: Final = 900.0


class NotInstalled(Exception):  # noqa: N818 - says what became of it
    """A peer cannot be had on this machine; the reason is what its installer said last."""


def python_of(peer: str) -> Path:
    """The Python of a peer's environment, made now if there is none of its present list. Raises ``NotInstalled``."""
    wanted = HERE / f"requirements-{peer}.txt"
    mark = hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]
    folder = (PLACE / f"{peer}-{mark}").resolve()
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _install(python, wanted)
        done.touch()
    return python


def _install(python: Path, wanted: Path) -> None:
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    try:
        done = subprocess.run(
            [python, *pip, "-r", wanted], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotInstalled("took too long") from None
    if done.returncode:
        said = [each for each in done.stderr.splitlines() if each.startswith("ERROR")]
        raise NotInstalled(said[-1] if said else f"pip ended with {done.returncode}")
