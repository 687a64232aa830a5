"""The command ``report``: read a saved run, tell it as the run did."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from valsim.cli.target import check_targets, named_files
from valsim.cli.telling import tell
from valsim.cli.trouble import DEBUG
from valsim.core.errors import SavedRunError
from valsim.core.versions import version
from valsim.report.terminal import print_summary
from valsim.saved.run import read_run
from valsim.saved.summary import is_newer, read_summary

RUN = "RUN"


@dataclass(frozen=True)
class Telling:
    """What was asked for on the command line."""

    run: Path
    json: str | None
    html: Path | None
    xlsx: Path | None
    check: bool
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json, html=self.html, xlsx=self.xlsx)


def tell_again(asked: Telling) -> None:
    """Read a saved run and write what was asked for."""
    with _refused():
        if asked.check:
            read_run(asked.run).check()
        told = read_summary(asked.run)
    check_targets(asked.files, _read(asked.run))
    if is_newer(told["valsim"]) and not asked.quiet:
        print(
            f"valsim {told['valsim']} made this run, and this is {version('valsim')}: what it does not know is left out",
            file=sys.stderr,
        )
    with _understood(asked.run):
        tell(asked, asked.files, told, print_summary)


def _read(run: Path) -> tuple[str, ...]:
    """Name the files that must stay as they are."""
    return tuple(str(run / name) for name in read_run(run).files) if run.is_dir() else (str(run),)


@contextmanager
def _understood(run: Path) -> Iterator[None]:
    """Tell of a file that anybody may have written what is wrong with it; what a saved run says is known to be whole."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        if run.is_dir() or os.environ.get(DEBUG) == "1":
            raise
        what = f"{type(error).__name__}: {error}"
        message = f"{run} does not hold what valsim run --json writes ({what}; {DEBUG}=1 shows where)"
        raise typer.BadParameter(message, param_hint=RUN) from None


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except SavedRunError as error:
        raise typer.BadParameter(str(error), param_hint=RUN) from None
