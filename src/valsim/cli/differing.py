"""The command ``diff``: what differs between two scenarios, or between a scenario and a case of it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from valsim.cli.target import check_targets
from valsim.report.differences import told
from valsim.report.files import json_text, write_whole
from valsim.scenario.compose.variant import ALL
from valsim.scenario.difference import Difference, differences
from valsim.scenario.load import read_document, scenario_of

DIFFERENT = 1
"""The exit code where two scenarios differ, as of other programs of this name."""


@dataclass(frozen=True)
class Comparison:
    """What was asked for on the command line."""

    old: Path
    new: Path | None
    overrides: tuple[str, ...]
    variant: str
    json: str | None
    quiet: bool


def compare_scenarios(asked: Comparison) -> None:
    """Print or write what differs, and leave with 1 where something does."""
    if not (asked.new or asked.overrides or asked.variant):
        raise typer.BadParameter("compare with what? Name a second file, a --variant or a --set.")
    if asked.variant == ALL:
        raise typer.BadParameter("two scenarios are compared at a time: name one variant", param_hint="--variant")
    old, new = read_document(asked.old), read_document(asked.new or asked.old, asked.overrides, asked.variant)
    files = {"--json": Path(asked.json)} if asked.json not in {None, "-"} else {}
    check_targets(files, (*old.files, *new.files))
    found = differences(scenario_of(old), scenario_of(new))
    names = str(asked.old), _called(asked)
    for path in files.values():
        write_whole(path, _json(found, *names))
    if asked.json == "-":
        sys.stdout.write(_json(found, *names))
    elif not asked.quiet:
        print(told(found, *names))
    if found:
        raise typer.Exit(DIFFERENT)


def _called(asked: Comparison) -> str:
    """Name the new side as it was asked for."""
    changes = [
        *([f"--variant {asked.variant}"] if asked.variant else []),
        *(f"--set {each}" for each in asked.overrides),
    ]
    return " ".join([str(asked.new or asked.old), *changes])


def _json(found: Sequence[Difference], old: str, new: str) -> str:
    listed = [{"path": each.place, "what": each.what, "old": each.old, "new": each.new} for each in found]
    data = {"old": old, "new": new, "same": not found, "differences": listed}
    return json_text(data)
