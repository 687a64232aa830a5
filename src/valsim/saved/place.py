"""Where a run may be saved: nothing that is not one of ours is ever replaced."""

import os
from pathlib import Path

from valsim.core.errors import SavedRunError
from valsim.core.whole_folder import files_in
from valsim.saved.manifest import FORMAT, MANIFEST, names_in
from valsim.saved.plain import read_plain


def old_files(folder: Path, *, replace: bool) -> tuple[str, ...]:
    """Name the files of the saved run that may be replaced; none where the folder is not there or is empty.

    Raises:
        SavedRunError: the folder cannot be written, or what stands there must stay.
    """
    wrong = _wrong(folder.resolve())
    if wrong:
        raise SavedRunError(f"cannot write {folder}: {wrong}")
    found = files_in(folder) if folder.is_dir() else set[str]()
    if not found and not (folder.is_dir() and any(folder.iterdir())):
        return ()
    names = _names(folder)
    if not names:
        raise SavedRunError(
            f"cannot write {folder}: it is not empty, and what is in it is no saved run; name another folder"
        )
    if not replace:
        raise SavedRunError(
            f"cannot write {folder}: a run is saved there; name another folder, or say that it is to be replaced (--replace, replace=True)"
        )
    others = sorted(found - set(names))
    if others:
        raise SavedRunError(f"cannot replace {folder}: {others[0]} in it is not of the run; move it elsewhere first")
    return names


def _wrong(target: Path) -> str:
    checks = (
        (target.exists() and not target.is_dir(), "it is no folder"),
        (not target.parent.is_dir(), f"there is no folder {target.parent}"),
        (
            target.parent.is_dir() and not os.access(target.parent, os.W_OK),
            f"the folder {target.parent} is write-protected",
        ),
    )
    return next((text for failed, text in checks if failed), "")


def _names(folder: Path) -> tuple[str, ...]:
    """Name the files that a saved run consists of, damaged or not; none where none is saved."""
    try:
        found = read_plain(folder / MANIFEST)
    except SavedRunError:
        return ()
    return names_in(found) if found.get("format") == FORMAT else ()
