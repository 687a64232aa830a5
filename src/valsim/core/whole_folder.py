"""Folders that appear whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_folder(path: Path, old: Iterable[str] = ()) -> Iterator[Path]:
    """Give a draft beside the place of a folder, which is moved there at the end, so that no reader ever sees a half.

    Where the writing fails or is stopped, nothing is left and what stood there stays. An empty folder is replaced; one that is not
    empty only where ``old`` names its files, and of these alone anything is deleted.

    Raises:
        OSError: the folder around it does not exist or cannot be written to, or something else stands there.
    """
    target = path.resolve()
    draft = _beside(target, ".part")
    try:
        yield draft
        draft.chmod(0o755)
        names = tuple(old)
        if names:
            _exchange(draft, target, names)
        else:
            draft.replace(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _beside(target: Path, suffix: str) -> Path:
    return Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=suffix))


def _exchange(draft: Path, target: Path, old: Iterable[str]) -> None:
    """Put a draft into the place of a folder; the old one goes when the new one stands."""
    aside = _beside(target, ".old")
    target.replace(aside)
    try:
        draft.replace(target)
    except BaseException:
        aside.replace(target)
        raise
    remove_files(aside, old)


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Delete some files of a folder, and then it and the folders in it where they are empty; what else is in it stays."""
    for name in names:
        (folder / name).unlink(missing_ok=True)
    inside = sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True)
    for each in (*inside, folder):
        if not any(each.iterdir()):
            each.rmdir()


def files_in(folder: Path) -> set[str]:
    """Name the files in a folder and in those inside it, as paths with slashes."""
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_symlink() or not each.is_dir()}
