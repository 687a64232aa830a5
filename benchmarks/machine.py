"""The machine: what figures were measured on, and whether it did anything else meanwhile."""

import importlib.metadata
import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from valsim.execution.team import processors

PACKAGES = ("valsim", "numpy", "scipy", "pydantic")
QUIET = 0.1
"""A machine of which others use no more than this part is a quiet one."""


def facts() -> dict[str, Any]:
    """Say what the machine is, which versions run on it, and how busy it is."""
    build = np.show_config(mode="dicts")
    return {
        "at": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "processors": processors(),
        "caches": _caches(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in PACKAGES},
        "numpy build": build["Compilers"]["c"],
        "numpy features": build["SIMD Extensions"],
        "load average": os.getloadavg()[0],
        "used by others": used_by_others(),
    }


def in_words(found: dict[str, Any]) -> str:
    """Say in a sentence what figures were measured on."""
    versions = found["versions"]
    others = "nothing else running" if quiet(found) else f"others used {found['used by others']:.0%} of the processors"
    return (
        f"{found['at']}, {found['processors']} cores of {found['processor']}, Python {found['python']}, "
        f"NumPy {versions['numpy']}, {others}"
    )


def quiet(found: dict[str, Any]) -> bool:
    """Say whether the machine did nothing else when its facts were taken."""
    return bool(found["used by others"] <= QUIET)


def used_by_others(seconds: float = 0.3) -> float:
    """Say which part of the processors is used while this process does nothing."""
    before = _ticks()
    time.sleep(seconds)
    busy, whole = (now - then for now, then in zip(_ticks(), before, strict=True))
    return busy / whole if whole else 0.0


def _ticks() -> tuple[int, int]:
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0, 0
    ticks = [int(each) for each in stat.read_text("utf-8").splitlines()[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    return sum(ticks) - idle, sum(ticks)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _caches() -> dict[str, str]:
    """Give the size of each cache of the first core, those of data and of everything."""
    levels = sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*"))
    kinds = {f"L{_read(level, 'level')} {_read(level, 'type').lower()}": _read(level, "size") for level in levels}
    return {name: size for name, size in kinds.items() if "instruction" not in name}


def _read(level: Path, what: str) -> str:
    return (level / what).read_text("utf-8").strip()
