"""Parcels: what is to be done, packed so that the same valsim does it elsewhere."""

import hashlib
import pickle
import zlib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import numpy as np

from valsim.core import own_files
from valsim.core.errors import SimulationError
from valsim.core.heap import hold_memory
from valsim.core.versions import version

KEPT = 4
"""So many parcels stay unpacked in a worker, so that a document is realised once and not for each of its chunks."""
OWN_KINDS = "put a kind of one's own into a file that is named by --with, or into a module that workers can import"


def packed(do: Callable[[Any], Any]) -> bytes:
    """Pack what is to be done, with the files of one's own that were run for it. What it takes to do it is plain data.

    >>> unpacked(packed(abs))(-2)
    2
    """
    try:
        content = pickle.dumps(do, protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise SimulationError(f"the scenario cannot be sent to workers ({error}): {OWN_KINDS}") from error
    return zlib.compress(pickle.dumps((dict(build()), tuple(own_files.RUN.values()), content)))


@lru_cache(maxsize=KEPT)
def unpacked(parcel: bytes) -> Callable[[Any], Any]:
    """Unpack what is to be done, in the process that is to do it.

    Raises :class:`~valsim.core.errors.SimulationError` where that is another build of valsim, or lacks what the parcel is made of.
    """
    home, files, content = pickle.loads(zlib.decompress(parcel))  # noqa: S301 - written by `packed`
    _expect_same(home, build())
    if parent_process() is not None:  # a process that was started to work
        hold_memory()
    try:
        own_files.have(files)
        return pickle.loads(content)  # type: ignore[no-any-return]  # noqa: S301 - as above
    except (ImportError, AttributeError) as error:
        raise SimulationError(f"a worker lacks something of the scenario ({error}): {OWN_KINDS}") from error


def build() -> Mapping[str, str]:
    """Name all that the bits of a result hang on beside the document: the same bits are promised where these are the same."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return {
        "valsim": f"{version('valsim')} (source {_source()})",
        "NumPy": np.__version__,
        "SciPy": version("scipy"),
        PROCESSOR: " ".join((*simd["baseline"], *simd["found"])),
    }


PROCESSOR = "a processor with"
SAME = "install the same on both"
REMEDIES = {PROCESSOR: "start the one that has more with NPY_DISABLE_CPU_FEATURES set to what the other lacks"}


@cache
def _source() -> str:
    """Tell one state of the source from another; versions change with a release only."""
    root, found = Path(__file__).parents[1], hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        found.update(file.relative_to(root).as_posix().encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()[:12]


def _expect_same(home: Mapping[str, str], here: Mapping[str, str]) -> None:
    for what, of_home in home.items():
        if here.get(what) != of_home:
            raise SimulationError(
                f"a worker has {what} {here.get(what)}, and where the run was started it is {of_home}: the same numbers are "
                f"promised for the same alone; {REMEDIES.get(what, SAME)}"
            )
