"""The summary of a run, as it was saved."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from valsim.core.errors import SavedRunError
from valsim.core.versions import version
from valsim.saved.plain import read_plain
from valsim.saved.run import read_run

LEAST: Mapping[str, frozenset[str]] = {
    "scenario": frozenset({"name", "as_of", "currency"}),
    "run": frozenset({"paths", "seed"}),
}
"""What every summary has."""


def read_summary(place: Path) -> Mapping[str, Any]:
    """Read the summary of a run: from its folder, or from the JSON that it wrote.

    Raises:
        SavedRunError: there is none, or it is damaged.
    """
    if not place.exists():
        raise SavedRunError(f"there is no {place}")
    found = read_run(place).summary if place.is_dir() else read_plain(place)
    if "cases" in found or "measures" in found:
        raise SavedRunError(f"{place} sets several cases side by side; a report is of one run")
    lacking = [f"{name}.{key}" for name, keys in LEAST.items() for key in sorted(keys - _keys(found.get(name)))]
    if lacking or not isinstance(found.get("valsim"), str):
        raise SavedRunError(
            f"{place} is no summary as valsim run --json writes it: it has no {', '.join(lacking) or 'valsim'}"
        )
    return found


def _keys(part: Any) -> frozenset[str]:
    return frozenset(part) if isinstance(part, dict) else frozenset()


def is_newer(made_by: str) -> bool:
    """Tell whether a version comes after this one.

    >>> is_newer("99.0"), is_newer("0.0.1")
    (True, False)
    """
    return _numbers(made_by) > _numbers(version("valsim"))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())
