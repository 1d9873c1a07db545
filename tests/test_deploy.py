"""The files that put the bot into service: they keep what the README promises of them."""

import re
import shlex
import shutil
import subprocess

import pytest

from bot.settings import Settings
from tests.sources import ROOT

UNIT = (ROOT / "deploy" / "samsyn.service").read_text("utf-8")
IMAGE = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
COMMAND = ROOT / "deploy" / "samsyn"
EXPOSED_AT_MOST = 2.0
"""What ``systemd-analyze security`` may give, of ten."""


def service() -> dict[str, list[str]]:
    """The settings of the unit, each with all that is said of it."""
    found: dict[str, list[str]] = {}
    for line in UNIT.splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def image() -> list[tuple[str, str]]:
    """The instructions of the container file, with what follows."""
    lines = re.sub(r"\\\n\s*", "", IMAGE).splitlines()
    pairs = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return [(name, rest.strip()) for name, _, rest in pairs]


# --- systemd -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DynamicUser", "yes"), ("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("NoNewPrivileges", "yes"),
        ("PrivateTmp", "yes"), ("PrivateDevices", "yes"), ("PrivateUsers", "yes"), ("CapabilityBoundingSet", ""),
        ("MemoryDenyWriteExecute", "yes"), ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
        ("RestrictNamespaces", "yes"), ("LockPersonality", "yes"), ("SystemCallArchitectures", "native"),
        ("StateDirectory", "samsyn"), ("StateDirectoryMode", "0700"), ("UMask", "0077"),
        ("LoadCredential", ".env:/etc/samsyn/.env"), ("WorkingDirectory", "%d"),
    ],
)  # fmt: skip
def test_the_service_gives_away_no_right(setting: str, value: str) -> None:
    """A user of its own, nothing to write to but its own folder, no privilege, and secrets that only it can read."""
    assert service()[setting] == [value]


def test_the_service_may_ask_the_kernel_for_little() -> None:
    """What services need, without what needs privileges or takes from others."""
    assert service()["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]


def test_the_service_knows_no_secret() -> None:
    """Tokens stand in no unit and come into no environment, where other programs could read them."""
    given = [name for line in service()["Environment"] for name in re.findall(r"(\w+)=", line)]
    assert sorted(given) == [
        "HOME",
        "MPLCONFIGDIR",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPATH",
        "SAMSYN_DATABASE",
    ]
    assert "EnvironmentFile" not in service()


def test_systemd_itself_finds_it_safe() -> None:
    """Where systemd is at hand it reads the unit, and says how much it leaves open."""
    tool = shutil.which("systemd-analyze")
    if tool is None:
        return  # the test above has read the file
    told = subprocess.run(
        [tool, "security", "--offline=true", "--no-pager", str(ROOT / "deploy" / "samsyn.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if found := re.search(r"Overall exposure level for samsyn.service: ([\d.]+)", told.stdout):
        assert float(found[1]) <= EXPOSED_AT_MOST
    else:
        assert "--offline" in told.stderr  # an older one knows running services only


def test_the_command_beside_the_service_is_a_shell_script() -> None:
    """It can be run, and leads to the same settings and the same data."""
    assert COMMAND.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", str(COMMAND)], check=True)
    words = COMMAND.read_text("utf-8")
    assert "cd /etc/samsyn\n" in words
    assert "/var/lib/samsyn/samsyn.db" in words
    assert words.rstrip().endswith('-m bot "$@"')


# --- The container -------------------------------------------------------------------------------------------------


def test_the_container_runs_as_nobody_in_particular() -> None:
    """By number, so that whoever runs it can see that it is not root; only its data can be written to."""
    users = [rest for name, rest in image() if name == "USER"]
    assert users == ["10001:10001"]
    assert ("VOLUME", "/data") in image()
    assert any(name == "RUN" and "--owner 10001" in rest and rest.endswith("/data") for name, rest in image())
    # Nobody knows a user by that number: without this one library would not find its home, and refuse.
    assert any("HOME=/data" in rest for name, rest in image() if name == "ENV")
    assert not any("chmod" in rest or "chown" in rest for _, rest in image())


def test_the_container_installs_what_is_locked() -> None:
    """Every package by its hash, none built on the way."""
    (install,) = (rest for name, rest in image() if name == "RUN" and " pip install" in rest)
    assert {"--require-hashes", "--only-binary", "--no-cache-dir"} < set(shlex.split(install))
    assert "requirements-postgres.txt" in install


def test_the_container_holds_the_program_and_nothing_else() -> None:
    """No settings, no data, no tests, no history, also where somebody has them in the folder."""
    copied = [rest.split()[0] for name, rest in image() if name == "COPY" and "--from" not in rest]
    assert copied == ["requirements-postgres.txt", "bot", "handlers", "storage", "prompts"]
    let_in = (ROOT / ".dockerignore").read_text("utf-8").split("*\n", 1)[1].split()
    assert sorted(each.removeprefix("!") for each in let_in if each.startswith("!")) == sorted(copied)


def test_the_container_says_whether_it_lives() -> None:
    """By asking the page that answers while the loop turns, at the port that it listens on."""
    (check,) = (rest for name, rest in image() if name == "HEALTHCHECK")
    (port,) = (rest for name, rest in image() if name == "EXPOSE")
    assert f"http://127.0.0.1:{port}/live" in check
    assert any(f"SAMSYN_LISTEN=0.0.0.0:{port}" in rest for name, rest in image() if name == "ENV")


def test_the_container_sets_no_name_that_does_not_exist() -> None:
    """A misspelt setting would be refused at the start."""
    given = re.findall(r"SAMSYN_(\w+)=", " ".join(rest for name, rest in image() if name == "ENV"))
    assert {each.lower() for each in given} <= set(Settings.model_fields)


def test_settings_copied_from_the_example_leave_the_image_its_own() -> None:
    """What stands in ``.env`` goes before the image: the database would land where nothing can be written."""
    set_there = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    (own,) = (rest for name, rest in image() if name == "ENV")
    assert not {each.partition("=")[0] for each in own.split()} & set(set_there)
