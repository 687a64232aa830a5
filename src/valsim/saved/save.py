"""Save a run: a folder with what made it, its summary, its scenario and its paths, whole or not at all."""

import shlex
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from valsim.core.errors import SavedRunError, SimulationError, ValsimError
from valsim.core.pieces import Table
from valsim.core.policy import CONTRACTUAL
from valsim.core.whole_folder import whole_folder
from valsim.parquet import pyarrow, written_to
from valsim.report.files import json_text
from valsim.result import Result
from valsim.saved.manifest import AT, MANIFEST, PATHS, SERIES, SUMMARY, manifest, places
from valsim.saved.place import old_files
from valsim.saved.run import SavedRun, read_run
from valsim.saved.series import SHOWN, write_series
from valsim.scenario.dump import dump

PLAYED = ("threads", "executor", "seconds", "bytes_on_disk")
"""What a summary says of how its paths were played; it stands in the manifest, so that all other files are the same on every run."""


@dataclass(frozen=True)
class Draft:
    """A folder that is being written beside its place."""

    place: Path
    folder: Path

    @property
    def paths(self) -> Path:
        """Where what each path comes to is to be written."""
        return self.folder / PATHS

    def finish(self, result: Result, told: Mapping[str, Any]) -> None:
        """Write all but the paths: ``told`` is the summary of the result, with how to get it again.

        Raises:
            SavedRunError: a file cannot be written.
        """
        with _refused(self.place):
            self._finish(result, told)

    def _finish(self, result: Result, told: Mapping[str, Any]) -> None:
        write_series(result, self.folder / SERIES)
        run = {key: told["run"][key] for key in told["run"] if key not in PLAYED}
        played = {key: told["run"][key] for key in PLAYED if key in told["run"]}
        texts = {SUMMARY: json_text({**told, "run": run}), **_scenario(told["reproduce"].get("files", {}))}
        for name, text in texts.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8", newline="")
        files = {name: self.folder / name for name in (PATHS, SERIES, *texts)}
        at = datetime.now(UTC).isoformat(timespec="seconds")
        found = manifest(told, _facts(result), {AT: at, **played}, files)
        (self.folder / MANIFEST).write_text(json_text(found), encoding="utf-8")


def save(result: Result, folder: Path | str, *, replace: bool = False) -> SavedRun:
    """Save a result in a folder, which appears whole or not at all; with ``replace`` in place of a run that is saved there.

    - ``manifest.json`` says what made it: the scenario and its hash, paths, seed, sampler, versions, and the hash of each file.
    - ``summary.json`` is its summary, of which ``valsim report`` makes the report.
    - ``paths.parquet`` has what each path comes to under both measures, ``series.parquet`` the time series of the first 4,096.
    - ``scenario`` has the document as it was played.

    Raises:
        SavedRunError: something else stands there, or the folder cannot be written.
        SimulationError: PyArrow is not installed.

    >>> valsim.save(result, "runs/base").paths  # doctest: +SKIP
    PosixPath('runs/base/paths.parquet')
    """
    with saved_to(Path(folder), replace=replace) as draft:
        with written_to(draft.paths, result.scenario) as file:
            if file is not None:
                file.finish((Table.of(result.outcomes), Table.of(result.valued)), result.manifest)
        draft.finish(result, {**result.summary, "reproduce": _again(result)})
    return read_run(folder)


@contextmanager
def saved_to(folder: Path, *, replace: bool) -> Iterator[Draft]:
    """Give the draft of a folder, which is moved to its place at the end; where something fails, nothing is left.

    Raises:
        SavedRunError: something else stands there, or the folder cannot be written.
        SimulationError: PyArrow is not installed.
    """
    pyarrow()
    old = old_files(folder, replace=replace)
    with ExitStack() as opened:
        with _refused(folder):
            draft = opened.enter_context(whole_folder(folder, old))
        with _named(folder, draft):
            yield Draft(folder, draft)  # what goes wrong in the run is not told as if it was the folder
        with _refused(folder):
            opened.close()


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SavedRunError(f"cannot write {folder}: {(error.strerror or str(error)).lower()}") from None


@contextmanager
def _named(folder: Path, draft: Path) -> Iterator[None]:
    """Tell of the folder where a file in its draft cannot be written: nobody asked for a draft."""
    try:
        yield
    except SimulationError as error:
        raise SimulationError(str(error).replace(str(draft), str(folder)), error.path) from None


def _scenario(files: Mapping[str, str]) -> dict[str, str]:
    """Give the files of a scenario by their places in the folder."""
    where = places(files)
    return {where[name]: text for name, text in files.items()}


def _facts(result: Result) -> dict[str, Any]:
    """Say what made the numbers of a result."""
    told = asdict(result.manifest)
    asked = ("paths", "seed", "sampler", "until", "policy", "anchor_scale", "anchor_standard_error")
    return {key: told[key] for key in asked} | {"paths_with_series": min(SHOWN, result.history.alive.shape[1])}


def _again(result: Result) -> dict[str, Any]:
    """Say how to get a result again from the document that it was played from, where one can be written."""
    try:
        files = {"scenario.yaml": dump(result.scenario)}
    except ValsimError:
        files = {}
    made = result.manifest
    command = ["valsim", "run", *files, "--sampler", made.sampler, "--paths", str(made.paths), "--seed", str(made.seed)]
    versions = {"valsim": made.valsim, **made.versions}
    # Who decides in place of the document is not in it, so no command plays that again.
    says_who = result.scenario.decisions is not None or made.policy == type(CONTRACTUAL).__name__.lower()
    told = {"command": shlex.join(command)} if files and says_who else {}
    return {**told, "versions": versions, "files": files}
