"""The command ``run``: load, simulate, summarise, write."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import typer

from valsim.analysis.cases import compare
from valsim.analysis.precision.precision import Precision
from valsim.analysis.precision.until import Until
from valsim.analysis.spread import Plain
from valsim.analysis.summary import summary
from valsim.cli.cluster import connected
from valsim.cli.measuring import read_from, refused_by
from valsim.cli.request import Request
from valsim.cli.saving import again, check_kept, kept
from valsim.cli.target import check_targets
from valsim.cli.telling import tell
from valsim.core.errors import SimulationError
from valsim.core.heap import hold_memory
from valsim.core.sampler import SAMPLERS
from valsim.execution.executor import Elsewhere
from valsim.parts import most_paths
from valsim.report.cases import print_cases
from valsim.report.console import meanwhile, progress
from valsim.report.terminal import print_summary
from valsim.result import Anchor, Result
from valsim.scenario.cases import case_names, checked
from valsim.scenario.compose.variant import ALL, BASE, weights
from valsim.scenario.load import read_file
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document
from valsim.simulate import simulate

NOT_REACHED = 1
"""The exit code where a number is not known as exactly as was asked; everything is written all the same."""


def run_scenario(request: Request) -> None:
    """Simulate and write what was asked for; nothing is written unless everything before it worked."""
    written = read_file(request.scenario)
    read = (*written.files, *map(str, request.with_))
    check_targets(request.targets, read, whole=["--outcomes"], folders=["--out"])
    check_kept(request, read, request.targets)
    if request.variant == ALL:
        tell(request, request.targets, _every_case(request, written), print_cases)
        return
    told = _one_case(request, written)
    tell(request, request.targets, told, print_summary)
    if not all(each["reached"] for each in told["run"]["until"]):
        raise typer.Exit(NOT_REACHED)


def _one_case(request: Request, written: Document) -> Plain:
    name = request.variant or BASE
    found = checked(written, request.overrides, (name,))
    scenario = found.scenarios[name]
    until = _until(request, scenario)
    _expect_paths(request, scenario, until)
    document = found.documents[name]
    with placed(document), connected(request.cluster) as executor, kept(request) as (paths, draft):
        result = simulated(
            request,
            scenario,
            "simulating",
            executor=executor,
            until=until,
            sampler=request.sampler,
            outcomes=paths,
        )
        warned = [each.problem for each in found.warnings.placed]
        told = {**summary(result, warned), "reproduce": again(request, document, result)}
        # A file with several cases never leaves open which of them its numbers are of.
        shares = weights(result.scenario.variants)
        case = {"variant": name, "variants": shares} if len(shares) > 1 else {}
        told = {**told, "scenario": {**told["scenario"], **case}}
        if draft is not None:
            draft.finish(result, told)
    return told


def _until(request: Request, scenario: Scenario) -> Until | None:
    """Read what is to be known how exactly; nothing where the number of paths is said."""
    asked = list[Precision]()
    for text in request.until:
        with read_from("--until", text):
            asked.append(Precision.parse(text))
            asked[-1].check(scenario)
    return Until(tuple(asked)) if asked else None


def _expect_paths(request: Request, scenario: Scenario, until: Until | None = None) -> None:
    """Refuse fewer paths than tell an error as they are drawn."""
    with refused_by("--paths"):
        SAMPLERS[request.sampler or scenario.simulation.sampler].check(most_paths(scenario, request.paths, until))


def _every_case(request: Request, written: Document) -> Plain:
    if request.html is not None:
        raise typer.BadParameter("a report shows one case: choose its --variant", param_hint="--html")
    if request.xlsx is not None:
        raise typer.BadParameter("a workbook shows one case: choose its --variant", param_hint="--xlsx")
    if request.outcomes is not None:
        raise typer.BadParameter("the file holds the paths of one case: choose its --variant", param_hint="--outcomes")
    if request.out is not None:
        raise typer.BadParameter("the folder holds the run of one case: choose its --variant", param_hint="--out")
    if request.until:
        raise typer.BadParameter(
            "cases are played on the same paths, and each would end elsewhere: choose one --variant",
            param_hint="--until",
        )
    found = checked(written, request.overrides, case_names(written))
    for case in found.scenarios.values():
        _expect_paths(request, case)
    solved: list[tuple[Scenario, Anchor]] = []  # the scale that several cases are played at is solved once

    def play(executor: Elsewhere | None, name: str) -> Result:
        case = found.scenarios[name]
        anchor = next((scale for scenario, scale in solved if scenario == case.anchored_as), None)
        with placed(found.documents[name]):
            result = simulated(
                request, case, f"simulating {name}", anchor, executor=executor, sampler=request.sampler, kept=0
            )
        solved.append((case.anchored_as, result.manifest.anchor))
        return result

    with connected(request.cluster) as executor:
        return compare(found.scenarios, partial(play, executor))


@contextmanager
def placed(document: Document) -> Iterator[None]:
    """Say where in the document a failure of the simulation is about."""
    try:
        yield
    except SimulationError as error:
        if not error.path:
            raise
        region = document.locate(error.path, "key")
        place = document.sources[region.source].place(region.start)
        case = f" (variant {document.case})" if document.case else ""
        raise SimulationError(f"{place}  {error}{case}", error.path) from None


class Asked(Protocol):
    """How a scenario is asked to be played."""

    @property
    def paths(self) -> int | None:
        """How many paths, if it is said."""

    @property
    def seed(self) -> int | None:
        """Where the random numbers start, if it is said."""

    @property
    def threads(self) -> int | None:
        """How many threads, if it is said."""

    @property
    def quiet(self) -> bool:
        """Whether nothing is shown meanwhile."""


@dataclass(frozen=True)
class Playing:
    """How one of several plays is asked for."""

    paths: int | None
    seed: int | None
    threads: int | None
    quiet: bool


def begin() -> None:
    """Make this process ready to play paths, before workers are forked from it, which then are ready too."""
    gc.freeze()  # what stays until the end is not looked through again, neither here nor in the workers
    gc.enable()
    hold_memory()


def simulated(request: Asked, scenario: Scenario, words: str, anchor: Anchor | None = None, **more: Any) -> Result:
    """Play a scenario as it was asked for, and show how far it is; ``more`` is as for :func:`~valsim.simulate.simulate`."""
    begin()
    with progress(meanwhile(request.quiet), words) as tell:
        play = partial(simulate, scenario, paths=request.paths, seed=request.seed, threads=request.threads)
        return play(progress=tell, anchor=anchor, **more)
