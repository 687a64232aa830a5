"""The command ``run``: load, simulate, summarise, write."""

import gc
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from os.path import relpath
from pathlib import Path
from typing import Any, Protocol

import typer
from rich.console import Console

from valsim.analysis.cases import compare
from valsim.analysis.precision.precision import Precision
from valsim.analysis.precision.until import Until
from valsim.analysis.spread import Plain
from valsim.analysis.summary import summary
from valsim.cli.answer import answer, name_files
from valsim.cli.cluster import connected
from valsim.cli.measuring import read_from, refused_by
from valsim.cli.target import check_targets, named_files
from valsim.core.errors import SimulationError
from valsim.core.heap import hold_memory
from valsim.core.sampler import SAMPLERS, SamplerName
from valsim.execution.executor import Elsewhere
from valsim.parts import most_paths
from valsim.report.cases import print_cases
from valsim.report.files import json_text
from valsim.report.terminal import print_summary, progress
from valsim.result import Anchor, Result
from valsim.scenario.cases import case_names, checked
from valsim.scenario.compose.variant import ALL, BASE, weights
from valsim.scenario.load import read_file
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document
from valsim.simulate import simulate

NOT_REACHED = 1
"""The exit code where a number is not known as exactly as was asked; everything is written all the same."""


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    scenario: Path
    overrides: tuple[str, ...]
    variant: str
    with_: tuple[Path, ...]
    paths: int | None
    seed: int | None
    threads: int | None
    json: str | None
    html: Path | None
    quiet: bool
    until: tuple[str, ...] = ()
    sampler: SamplerName | None = None
    outcomes: Path | None = None
    cluster: str | None = None

    @property
    def files(self) -> dict[str, Path]:
        """The files to write of the summary, by the option that names them."""
        return named_files(self.json, html=self.html)

    @property
    def targets(self) -> dict[str, Path]:
        """All files to write."""
        return named_files(self.json, html=self.html, outcomes=self.outcomes)


def run_scenario(request: Request) -> None:
    """Simulate and write what was asked for; nothing is written unless everything before it worked."""
    written = read_file(request.scenario)
    check_targets(request.targets, (*written.files, *map(str, request.with_)), whole=["--outcomes"])
    if request.variant == ALL:
        _write(request, _every_case(request, written), print_cases)
        return
    told = _one_case(request, written)
    _write(request, told, print_summary)
    if not all(each["reached"] for each in told["run"]["until"]):
        raise typer.Exit(NOT_REACHED)


def _one_case(request: Request, written: Document) -> Plain:
    name = request.variant or BASE
    found = checked(written, request.overrides, (name,))
    scenario = found.scenarios[name]
    until = _until(request, scenario)
    _expect_paths(request, scenario, until)
    with placed(found.documents[name]), connected(request.cluster) as executor:
        result = simulated(
            request,
            scenario,
            "simulating",
            executor=executor,
            until=until,
            sampler=request.sampler,
            outcomes=request.outcomes,
        )
    warned = [each.problem for each in found.warnings.placed]
    told = {**summary(result, warned), "reproduce": _reproduce(request, found.documents[name], result)}
    # A file with several cases never leaves open which of them its numbers are of.
    shares = weights(result.scenario.variants)
    case = {"variant": name, "variants": shares} if len(shares) > 1 else {}
    return {**told, "scenario": {**told["scenario"], **case}}


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
    if request.outcomes is not None:
        raise typer.BadParameter("the file holds the paths of one case: choose its --variant", param_hint="--outcomes")
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
    with progress(Console(stderr=True, quiet=request.quiet), words) as tell:
        play = partial(simulate, scenario, paths=request.paths, seed=request.seed, threads=request.threads)
        return play(progress=tell, anchor=anchor, **more)


def _html(told: Plain) -> str:
    from valsim.report.page import render

    return render(told)


def _json(told: Plain) -> str:
    return json_text({key: value for key, value in told.items() if key != "reproduce"})


def _write(request: Request, told: Plain, show: Callable[[Plain, Console], None]) -> None:
    def shown(console: Console) -> None:
        show(told, console)
        name_files(request.targets)

    answer(request, {"--html": lambda: _html(told), "--json": lambda: _json(told)}, shown)


def _reproduce(request: Request, document: Document, result: Result) -> Plain:
    command = ["valsim", "run", request.scenario.name]
    command += ["--variant", request.variant] if request.variant else []
    command += [part for file in request.with_ for part in ("--with", relpath(file, request.scenario.parent))]
    command += [part for override in request.overrides for part in ("--set", override)]
    command += ["--sampler", request.sampler] if request.sampler else []
    command += ["--paths", str(result.manifest.paths), "--seed", str(result.manifest.seed)]
    versions = {"valsim": result.manifest.valsim, **result.manifest.versions}
    texts = {**document.files, **{str(file): file.read_text(encoding="utf-8") for file in request.with_}}
    files = {relpath(name, request.scenario.parent): text for name, text in texts.items()}
    return {"command": shlex.join(command), "versions": versions, "files": files}
