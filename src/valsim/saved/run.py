"""A saved run as it is read: its folder, what made it, and its summary."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from valsim.core.errors import SavedRunError
from valsim.core.shown import Drawn
from valsim.saved.manifest import AT, MANIFEST, PATHS, SERIES, SUMMARY, damages, expect_manifest, names_in
from valsim.saved.plain import read_plain


@dataclass(frozen=True, repr=False)
class SavedRun(Drawn):
    """A run in a folder.

    Its tables are Parquet files, which pandas, Polars, DuckDB and others read; nothing of them is in memory.

    >>> valsim.read_run("runs/base").summary["run"]["paths"]  # doctest: +SKIP
    100000
    """

    folder: Path
    """Where it stands."""
    manifest: Mapping[str, Any]
    """What made it, and the hash of each of its files."""
    summary: Mapping[str, Any]
    """What the paths come to: what ``valsim run --json`` writes, with how to get it again."""

    def __repr__(self) -> str:
        scenario, run = self.summary["scenario"], self.summary["run"]
        return f"<SavedRun {str(self.folder)!r} of {scenario['name']!r}: {run['paths']:,} paths, seed {run['seed']}>"

    @property
    def paths(self) -> Path:
        """The Parquet file of what each path comes to: one row a path, a column for each number under each measure."""
        return self.folder / PATHS

    @property
    def series(self) -> Path:
        """The Parquet file of the time series of the first paths: one row for each date on which a path is still private."""
        return self.folder / SERIES

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files in the folder."""
        return names_in(self.manifest)

    def check(self) -> None:
        """Read every file whole, the tables too, and compare it with its hash.

        Raises:
            SavedRunError: with every file that is missing or is no longer what was written.
        """
        _expect_whole(self.folder, self.manifest, self.manifest["files"])


def read_run(folder: Path | str) -> SavedRun:
    """Read a saved run, without playing it again.

    The summary and the files of the scenario are compared with their hashes, the tables with their sizes; :meth:`SavedRun.check`
    reads them whole.

    Raises:
        SavedRunError: there is no saved run, it is damaged, or a newer valsim wrote it in a form that this one does not know.
    """
    folder = Path(folder)
    manifest = expect_manifest(folder, read_plain(folder / MANIFEST))
    read = [name for name in manifest["files"] if name not in {PATHS, SERIES}]
    _expect_whole(folder, manifest, read)
    told = read_plain(folder / SUMMARY)
    played = {key: how for key, how in manifest["played"].items() if key != AT}
    return SavedRun(folder, manifest, {**told, "run": {**told["run"], **played}})


def _expect_whole(folder: Path, manifest: Mapping[str, Any], whole: Mapping[str, Any] | list[str]) -> None:
    found = damages(folder, manifest, whole)
    if found:
        raise SavedRunError(f"the saved run {folder} is damaged: {'; '.join(found)}")
