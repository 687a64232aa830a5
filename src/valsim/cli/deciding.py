"""The command ``decide``: load, train, play under several policies, write."""

import json
from dataclasses import dataclass
from pathlib import Path

import typer

from valsim.analysis.right_to_walk.decide import UndecidedError, decide, deciding
from valsim.analysis.right_to_walk.told import told
from valsim.analysis.spread import Plain
from valsim.cli.answer import answer
from valsim.cli.running import placed
from valsim.cli.target import check_targets, named_files
from valsim.core.heap import hold_memory
from valsim.report.console import meanwhile, progress
from valsim.report.files import json_text
from valsim.report.right_to_walk_terminal import print_right_to_walk
from valsim.scenario.cases import checked
from valsim.scenario.compose.variant import BASE
from valsim.scenario.load import read_file
from valsim.scenario.model import Scenario

TRAINED = "decisions={{policy: trained, decide_for: {name}}}"


@dataclass(frozen=True)
class Deciding:
    """What was asked for on the command line."""

    scenario: Path
    decide_for: str
    overrides: tuple[str, ...]
    variant: str
    paths: int | None
    seed: int | None
    threads: int | None
    json: str | None
    html: Path | None
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json, html=self.html)


def decide_about(asked: Deciding) -> None:
    """Train, value and write what was asked for; nothing is written unless everything before it worked."""
    written, case = read_file(asked.scenario), asked.variant or BASE
    check_targets(asked.files, written.files)
    # Whoever is asked for is checked as if the document said so.
    who = (TRAINED.format(name=json.dumps(asked.decide_for)),) if asked.decide_for else ()
    found = checked(written, (*asked.overrides, *who), (case,))
    _expect_a_decision(found.scenarios[case])
    hold_memory()  # before the workers are forked, which then have it too
    with progress(meanwhile(asked.quiet), "deciding") as tell, placed(found.documents[case]):
        result = told(
            decide(found.scenarios[case], paths=asked.paths, seed=asked.seed, threads=asked.threads, progress=tell)
        )
    texts = {"--json": lambda: json_text(result), "--html": lambda: _html(result)}
    answer(asked, texts, lambda console: print_right_to_walk(result, console))


def _expect_a_decision(scenario: Scenario) -> None:
    try:
        deciding(scenario, None)
    except UndecidedError as error:
        raise typer.BadParameter(str(error), param_hint="--for") from None


def _html(result: Plain) -> str:
    from valsim.report.right_to_walk_page import render_right_to_walk

    return render_right_to_walk(result)
