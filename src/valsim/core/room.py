"""Room: how much memory and disk this process may still take."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path("/")
"""Where the files of the system begin from which it is read."""
LARGE_FILES = "/var/tmp"  # noqa: S108 - the file there has no name
"""Where a system that keeps its temporary folder in memory wants large files."""
IN_MEMORY = {"tmpfs", "ramfs"}
"""Kinds of file systems whose files are in memory."""


def memory(root: Path = ROOT) -> int:
    """Give how many bytes of memory may still be taken: what the system has, and what the control groups of Linux let this process
    have; where a system does not tell, all that it has.
    """
    there = [*_free(root), *_allowed(root)]
    return max(min(there), 0) if there else _installed()


def disk(folder: str) -> int:
    """Give how many bytes may still be written to a folder."""
    return shutil.disk_usage(folder).free


def folder_for_large_files(root: Path = ROOT) -> str:
    """Give the folder for temporary files, ``TMPDIR`` where it is set; one on disk where that of the system is in memory.

    Raises:
        OSError: there is none that can be written to.
    """
    usual = tempfile.gettempdir()
    chosen = any(os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    if chosen or not _is_in_memory(usual, root) or not os.access(LARGE_FILES, os.W_OK):
        return usual
    return LARGE_FILES


def _is_in_memory(folder: str, root: Path) -> bool:
    """Say whether the files of a folder are in memory: the file system with the longest name that the folder begins with."""
    mounted = dict[str, str]()
    with suppress(OSError):
        lines = (root / "proc/mounts").read_text("utf-8").splitlines()
        mounted = {place: kind for _, place, kind, *_ in map(str.split, lines)}
    parents = {str(parent) for parent in (Path(folder).resolve(), *Path(folder).resolve().parents)}
    return mounted.get(max(parents & set(mounted), key=len, default="")) in IN_MEMORY


def _free(root: Path) -> Iterator[int]:
    with suppress(OSError):
        for line in (root / "proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                yield int(line.split()[1]) * 1024


def _allowed(root: Path) -> Iterator[int]:
    """Give what is left of the limit of each control group that this process is in, the second version and then the first."""
    with suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text("utf-8").splitlines():
            _, controllers, name = line.split(":", 2)
            if not controllers:
                yield from _left(root / "sys/fs/cgroup", name, "memory.max", "memory.current", "inactive_file")
            elif "memory" in controllers.split(","):
                names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
                yield from _left(root / "sys/fs/cgroup/memory", name, *names)


def _left(base: Path, name: str, limit: str, used: str, spare: str) -> Iterator[int]:
    group = Path(name.lstrip("/"))
    for each in (group, *group.parents):  # in a container the name may be that of outside: its own group is the base
        with suppress(OSError, ValueError):
            most = int((base / each / limit).read_text("ascii"))
            taken = int((base / each / used).read_text("ascii"))
            lines = (base / each / "memory.stat").read_text("ascii").splitlines()
            # what is kept of files that were read is given back when memory is short
            given_back = sum(int(line.split()[1]) for line in lines if line.split()[0] == spare)
            yield most - taken + given_back


def _installed() -> int:
    with suppress(AttributeError, OSError, ValueError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return sys.maxsize
