"""The command ``solve``: the number of one input that makes a target true."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typer

from valsim.analysis.solving.solve import Question, solved
from valsim.analysis.solving.target import Target
from valsim.analysis.solving.told import told
from valsim.analysis.solving.unknown import UnknownError
from valsim.cli.answer import answer
from valsim.cli.measuring import read_from
from valsim.cli.running import Playing, simulated
from valsim.cli.target import check_targets, named_files
from valsim.report.files import json_text
from valsim.report.solution_terminal import print_solution
from valsim.result import Anchor, Result
from valsim.scenario.compose.variant import ALL, BASE
from valsim.scenario.load import as_played, read_file, scenario_of
from valsim.scenario.model import Scenario

NONE_FOUND = 1
"""The exit code where no number makes the target true."""


@dataclass(frozen=True)
class Solving:
    """What was asked for on the command line."""

    scenario: Path
    path: str
    target: str
    between: str
    anchor: Literal["held", "solved"] | None
    overrides: tuple[str, ...]
    variant: str
    paths: int | None
    seed: int | None
    threads: int | None
    json: str | None
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json)


def solve_for(asked: Solving) -> None:
    """Solve and write what was asked for, and leave with 1 where no number makes the target true."""
    document = read_file(asked.scenario)
    check_targets(asked.files, document.files)
    if asked.variant == ALL:
        raise typer.BadParameter("one case is solved at a time: name one variant", param_hint="--variant")
    with read_from("--target", asked.target):
        target = Target.parse(asked.target)
        scenario = scenario_of(as_played(document, asked.overrides, asked.variant))
        target.check(scenario)
    paths, seed = (given if given is not None else getattr(scenario.simulation, name)
                   for name, given in (("paths", asked.paths), ("seed", asked.seed)))  # fmt: skip

    def play(each: Scenario, anchor: Anchor | None, count: int) -> Result:
        return simulated(Playing(count, seed, asked.threads, asked.quiet), each, "solving", anchor, kept=0)

    question = Question(
        document,
        asked.overrides,
        asked.variant or BASE,
        asked.path,
        target,
        _ends(asked.between),
        asked.anchor,
        paths,
        seed,
    )
    try:
        found = told(solved(question, play))
    except UnknownError as error:
        raise typer.BadParameter(str(error), param_hint="--for") from None
    answer(asked, {"--json": lambda: json_text(found)}, lambda console: print_solution(found, console))
    if not found["found"]:
        raise typer.Exit(NONE_FOUND)


def _ends(between: str) -> tuple[str, str] | None:
    if not between:
        return None
    ends = [end.strip() for end in between.split(",")]
    if len(ends) != 2 or not all(ends):
        raise typer.BadParameter(f"expected LOW,HIGH such as 20M USD,80M USD, got {between}", param_hint="--between")
    return ends[0], ends[1]
