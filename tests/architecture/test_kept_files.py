"""What the repository's files must not hold."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, kept_files, name

# Written in pieces, so that this file does not hold them.
HOSTS = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "deb." + "debian", "conda." + "anaconda"]
PLACES = [f"/{folder}/" for folder in ("ho" + "me", "ro" + "ot", "wo" + "rk", "Us" + "ers", "o" + "pt", "t" + "mp")]
WORDS = ["ses" + "sion", "ses" + "sions"]

HOST = re.compile("|".join(map(re.escape, HOSTS)))
PLACE = re.compile(rf"(?<![\w.~*>-])({'|'.join(map(re.escape, PLACES))})\w")
WORD = re.compile(rf"(?<!scope=\")\b({'|'.join(WORDS)})\b", re.IGNORECASE)

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def prose() -> list[tuple[Path, str]]:
    """Every kept file of text; a library that is shipped as its makers made it is not ours to word."""
    ours = ((path, path.read_bytes()) for path in kept_files() if ".min." not in path.name)
    return [(path, content.decode()) for path, content in ours if b"\0" not in content]


@pytest.mark.parametrize("pattern", [HOST, PLACE, WORD], ids=["a registry", "a machine's folder", "how it was made"])
def test_no_file_names(pattern: re.Pattern[str]):
    found = [
        f"{name(path)}:{number}: {line.strip()[:100]}"
        for path, text in prose()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("text", [f"see https://{HOSTS[0]}/simple", f"open {PLACES[2]}main", f"this {WORDS[0]}"])
def test_the_guard_sees_what_it_is_there_for(text: str):
    assert any(pattern.search(text) for pattern in (HOST, PLACE, WORD))


def test_the_lock_of_an_installer_with_addresses_is_not_kept():
    assert {"uv.lock", "pylock.toml", "poetry.lock"} & {path.name for path in kept_files()} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_alone(lock: str):
    lines = (ROOT / lock).read_text().splitlines()
    pins = [line for line in lines if re.match(r"[a-z0-9-]+==\S+ .*\\$", line)]
    hashes = [line for line in lines if re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?$", line)]
    remarks = [line for line in lines if line.strip().startswith("#")]
    assert len(pins) + len(hashes) + len(remarks) == len(lines)
    assert "://" not in "".join(lines)


def test_the_lock_of_the_editors_server_holds_versions_and_hashes_and_no_addresses():
    packages = json.loads((ROOT / "tests" / "manual" / "package-lock.json").read_text())["packages"]
    pinned = [about for name, about in packages.items() if name]
    assert all({"version", "integrity"} <= about.keys() for about in pinned)
    assert not any("resolved" in about for about in pinned)


def test_both_locks_pin_the_same_versions():
    pins = ([line.split()[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line] for lock in LOCKS)
    run, development = map(set, pins)
    assert run <= development


def test_every_dependency_is_locked_and_has_a_lower_bound():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    of_extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    wanted = [*project["dependencies"], *(each for each in of_extras if not each.startswith("valsim["))]
    locked = (ROOT / LOCKS[1]).read_text()
    for each in wanted:
        package, bound, _ = each.partition(">=")
        assert bound, f"{each} has no lower bound"
        assert f"\n{package.lower().partition('[')[0]}==" in f"\n{locked}"


def test_exported_json_is_json():
    for path in kept_files():
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
