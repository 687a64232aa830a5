"""The command ``run``: load, simulate, summarise, write."""

import json
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from valsim.analysis.spread import Plain
from valsim.analysis.summary import summary
from valsim.report.terminal import print_summary, progress
from valsim.result import Result
from valsim.scenario.document import Document
from valsim.scenario.load import read_document, scenario_of
from valsim.simulate import simulate


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    scenario: Path
    overrides: tuple[str, ...]
    paths: int | None
    seed: int | None
    threads: int | None
    json: str | None
    html: Path | None
    quiet: bool


def run_scenario(request: Request) -> None:
    """Simulate and write what was asked for; nothing is written unless everything before it worked."""
    document = read_document(request.scenario, request.overrides)
    scenario = scenario_of(document)
    with progress(Console(stderr=True, quiet=request.quiet)) as tell:
        result = simulate(scenario, paths=request.paths, seed=request.seed, threads=request.threads, progress=tell)
    told = {**summary(result), "reproduce": _reproduce(request, document, result)}
    if request.html is not None:
        from valsim.report.page import write_html

        write_html(told, request.html)
    if request.json is not None:
        _write_json(told, request.json)
    if not request.quiet and request.json != "-":
        print_summary(told, Console())
        _say_where(request)


def _reproduce(request: Request, document: Document, result: Result) -> Plain:
    command = ["valsim", "run", request.scenario.name]
    command += [part for override in request.overrides for part in ("--set", override)]
    command += ["--paths", str(result.manifest.paths), "--seed", str(result.manifest.seed)]
    versions = {"valsim": result.manifest.valsim, **result.manifest.versions}
    return {"command": shlex.join(command), "versions": versions, "scenario_text": document.text}


def _write_json(told: Plain, target: str) -> None:
    text = json.dumps({key: value for key, value in told.items() if key != "reproduce"}, allow_nan=False, indent=1)
    if target == "-":
        sys.stdout.write(text + "\n")
        return
    path = Path(target)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
        file.write(text + "\n")
    Path(file.name).replace(path)


def _say_where(request: Request) -> None:
    for what, path in (("report", request.html), ("json", request.json)):
        if path is not None:
            print(f"{what}: {path}")
