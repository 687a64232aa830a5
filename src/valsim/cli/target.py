"""Where results are to be written: found out before a run, so that no minute of simulation is lost to a typing error."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import typer

from valsim.core.whole_file import NO_PLAIN_FILE


def named_files(json: str | None, **others: Path | None) -> dict[str, Path]:
    """Give the files to write by the option that names them; ``-`` is no file.

    >>> named_files("-", html=Path("deal.html"))
    {'--html': PosixPath('deal.html')}
    """
    named = {**others, "json": None if json in {None, "-"} else Path(str(json))}
    return {f"--{option}": path for option, path in named.items() if path is not None}


def check_targets(
    files: Mapping[str, Path], scenario: Iterable[str] = (), *, whole: Iterable[str] = (), folders: Iterable[str] = ()
) -> None:
    """Refuse, before anything is simulated, a file that could not be written or that would overwrite another or one that the scenario is made of.

    What the options named ``whole`` write is put into its place at the end, so no device and no pipe may stand there. What may stand
    in the place of one of the ``folders`` is looked at elsewhere.

    Raises:
        typer.BadParameter: with the option, the file and what is wrong with it.
    """
    taken = {
        Path(name).resolve(): "the scenario" if i == 0 else "a file of the scenario" for i, name in enumerate(scenario)
    }
    for option, path in files.items():
        wrong = (
            ""
            if option in folders
            else _wrong(path) or (NO_PLAIN_FILE if option in whole and path.exists() and not path.is_file() else "")
        )
        wrong = wrong or (f"it is {taken[path.resolve()]}" if path.resolve() in taken else "")
        if wrong:
            raise typer.BadParameter(f"cannot write {path}: {wrong}", param_hint=option)
        taken[path.resolve()] = f"also the file of {option}"


def _wrong(path: Path) -> str:
    folder = path.resolve().parent
    checks = (
        (str(path) == "-", "only --json can be printed, so name a file"),
        (path.is_dir(), "it is a folder"),
        (not folder.exists(), f"there is no folder {path.parent}"),
        (folder.exists() and not folder.is_dir(), f"{path.parent} is no folder"),
        (path.exists() and not os.access(path, os.W_OK), "it is write-protected"),
        (folder.is_dir() and not os.access(folder, os.W_OK), f"the folder {path.parent} is write-protected"),
    )
    return next((text for failed, text in checks if failed), "")
