"""Files that appear whole or not at all."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_PLAIN_FILE = "it is no plain file, and a new one would take its place"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a draft beside the place of a file, which is moved there at the end, so that no reader ever sees a half.

    Where the writing fails or is stopped, nothing is left and what stood there stays.

    Raises:
        OSError: the folder does not exist or cannot be written to, or what stands there is no plain file, such as a device, which
            a file must not take the place of.
    """
    target = path.resolve()
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise FileExistsError(errno.EEXIST, NO_PLAIN_FILE, str(path))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(_mode(target))
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The rights that the file had, else those of a new one."""
    return stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
