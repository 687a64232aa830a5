"""Python files of one's own, whose classes register their kinds; what runs elsewhere for this process runs them too."""

import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple


class OwnFile(NamedTuple):
    """A Python file: where it stands on the machine on which it was named, and what it says."""

    path: str
    text: str

    @property
    def module(self) -> str:
        """The name of its module.

        Its path is its name, so that a file called json.py hides no library, and what was run before is replaced. Without a
        dot, which would make it part of a package: a worker's error of its own kind could not be sent.
        """
        return str(Path(self.path).with_suffix("")).replace(".", "_")


RUN: dict[str, OwnFile] = {}
"""The files that were run in this process, by the names of their modules, in that order."""


def run(file: OwnFile) -> None:
    """Run a file, in place of what was run from the same path before; it may import what stands beside it.

    Raises whatever the file does.
    """
    folder = str(Path(file.path).parent)
    if folder not in sys.path:
        sys.path.append(folder)
    sys.modules[file.module] = module = ModuleType(file.module)
    module.__file__ = file.path
    try:
        exec(compile(file.text, file.path, "exec"), vars(module))  # noqa: S102 - the person named the file to be run
    except BaseException:
        del sys.modules[file.module]
        raise
    RUN[file.module] = file


def have(files: tuple[OwnFile, ...]) -> None:
    """Run those of some files that this process has not run as they are."""
    for file in files:
        if RUN.get(file.module) != file:
            run(file)
