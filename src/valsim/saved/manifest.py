"""The manifest of a saved run: what made it, and the size and the hash of each of its files."""

import hashlib
import os
import platform
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from valsim.core.errors import SavedRunError
from valsim.core.versions import version

MANIFEST, SUMMARY, PATHS, SERIES, SCENARIO = (
    "manifest.json", "summary.json", "paths.parquet", "series.parquet", "scenario",
)  # fmt: skip
"""The names of what is in the folder; the last one is a folder with the files of the scenario."""
AT = "at"
"""When a run was saved, which no other file says."""
FORMAT = "valsim run"
SCHEMA_VERSION = 1
"""Raised when what stands in the folder changes so that an older valsim would misread it."""
PARTS: Mapping[str, type] = {"scenario": dict, "run": dict, "files": dict, "played": dict, "valsim": str}
"""What every manifest has."""


def manifest(
    told: Mapping[str, Any], facts: Mapping[str, Any], played: Mapping[str, Any], files: Mapping[str, Path]
) -> dict[str, Any]:
    """Write the manifest of a run: ``facts`` are of its result, ``played`` is what another run of the same input may have otherwise."""
    again = told["reproduce"]
    return {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "valsim": told["valsim"],
        "scenario": {key: told["scenario"][key] for key in told["scenario"] if key != "description"},
        "run": facts,
        "versions": {**again["versions"], "python": platform.python_version(), "pyarrow": version("pyarrow")},
        "command": again.get("command"),
        "folder": place_of_command(again.get("files", {})),
        "files": {name: described(file) for name, file in sorted(files.items())},
        "played": played,
    }


def place_of_command(files: Iterable[str]) -> str:
    """Name the folder in the saved run in which its command is to be given: where the scenario stands among its files."""
    return PurePosixPath(next(iter(places(files).values()), f"{SCENARIO}/scenario.yaml")).parent.as_posix()


def places(files: Iterable[str]) -> dict[str, str]:
    """Give the places in a saved run of the files of its scenario, by their names as seen from the first: none is outside.

    >>> places(["deal.yaml", "../shared/base.yaml"])
    {'deal.yaml': 'scenario/here/deal.yaml', '../shared/base.yaml': 'scenario/shared/base.yaml'}
    """
    names = {name: PurePosixPath(name.replace(os.sep, "/")).parts for name in files}
    up = max((parts.count("..") for parts in names.values()), default=0)
    return {
        name: "/".join((SCENARIO, *(["here"] * (up - parts.count(".."))), *(part for part in parts if part != "..")))
        for name, parts in names.items()
    }


def described(file: Path) -> dict[str, Any]:
    """Give the size of a file and its hash."""
    return {"bytes": file.stat().st_size, "sha256": hash_of(file)}


def hash_of(file: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def expect_manifest(folder: Path, found: Mapping[str, Any]) -> dict[str, Any]:
    """Give the manifest of a run that this valsim can read.

    Raises:
        SavedRunError: it is something else, damaged, or a newer valsim wrote it.
    """
    if found.get("format") != FORMAT:
        raise SavedRunError(f"{folder / MANIFEST} is not that of a saved run")
    if found.get("schema_version") != SCHEMA_VERSION:
        raise SavedRunError(
            f"valsim {found.get('valsim')} wrote {folder} in form {found.get('schema_version')}, and this one, {version('valsim')}, "
            f"reads form {SCHEMA_VERSION}: use that version, or play the scenario again"
        )
    wrong = [name for name, kind in PARTS.items() if not isinstance(found.get(name), kind)]
    wrong += [] if wrong else [name for name, file in found["files"].items() if not _is_inside(name, file)]
    if wrong:
        raise SavedRunError(f"the saved run {folder} is damaged: {MANIFEST} does not say rightly {', '.join(wrong)}")
    return dict(found)


def _is_inside(name: str, file: Any) -> bool:
    parts = PurePosixPath(name)
    known = isinstance(file, dict) and file.keys() >= {"bytes", "sha256"}
    return known and not parts.is_absolute() and ".." not in parts.parts


def names_in(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the files of which a run consists; none outside its folder."""
    files = found.get("files")
    told = files if isinstance(files, dict) else {}
    return (MANIFEST, *(name for name, file in told.items() if _is_inside(name, file)))


def damages(folder: Path, found: Mapping[str, Any], whole: Container[str]) -> list[str]:
    """Say which files of a run are missing or are not what was written; those of ``whole`` are read for it, of the others the size is seen."""
    files = {MANIFEST: None, SUMMARY: None, PATHS: None, SERIES: None} | found["files"]
    return list(_damages(folder, files, whole))


def _damages(folder: Path, files: Mapping[str, Any], whole: Container[str]) -> Iterator[str]:
    for name, told in files.items():
        file = folder / name
        if not file.is_file():
            yield f"{name} is missing"
        elif told is not None and (
            file.stat().st_size != told["bytes"] or (name in whole and hash_of(file) != told["sha256"])
        ):
            yield f"{name} is not what was written"
