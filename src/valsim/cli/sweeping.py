"""The command ``sweep``: read every case, look at all, play each, write the numbers."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn

from valsim.analysis.formula import Formula
from valsim.analysis.spread import Plain
from valsim.analysis.sweep.ask import Ready, Request, expect_enough_paths, expect_known, ready, with_measures
from valsim.analysis.sweep.cases import Start, cases_of, chosen
from valsim.analysis.sweep.plan import Held
from valsim.analysis.sweep.sweep import played
from valsim.analysis.sweep.table import read_table
from valsim.analysis.sweep.told import told
from valsim.analysis.sweep.values import Over
from valsim.analysis.sweep.workers import Workers
from valsim.cli.answer import answer, name_files
from valsim.cli.cluster import connected
from valsim.cli.comparing import AT, Named, names_of
from valsim.cli.measuring import read_from, refused_by
from valsim.cli.running import begin
from valsim.cli.target import check_targets, named_files
from valsim.cli.trouble import FAILED
from valsim.core.progress import Progress
from valsim.core.sampler import SamplerName
from valsim.report.console import meanwhile, progress
from valsim.report.files import json_text
from valsim.report.sweep_terminal import print_sweep
from valsim.scenario.cases import case_names
from valsim.scenario.compose.variant import ALL
from valsim.scenario.load import read_file
from valsim.scenario.text.document import Document


@dataclass(frozen=True)
class Sweeping:
    """What was asked for on the command line."""

    cases: tuple[str, ...]
    over: tuple[str, ...]
    table: Path | None
    measures: tuple[str, ...]
    holder: str
    base: str
    sort: str
    anchor: Held
    overrides: tuple[str, ...]
    paths: int | None
    seed: int | None
    sampler: SamplerName | None
    threads: int | None
    cluster: str | None
    json: str | None
    csv: Path | None
    html: Path | None
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json, csv=self.csv, html=self.html)


def sweep_cases(asked: Sweeping) -> None:
    """Sweep and write what was asked for, and leave with 1 where a case could not be played."""
    starts, files = _starts(asked)
    read = [name for document in files.values() for name in document.files] + [str(asked.table)] * bool(asked.table)
    check_targets(asked.files, read)
    request = _request(asked, starts, files)
    begin()
    with connected(asked.cluster) as executor:
        workers = Workers.of(asked.threads, executor)
        found = _ready(asked, replace(request, workers=workers))
        with _counted(asked, "playing cases") as tell:
            sweep = played(found, workers, tell)
    plain = told(sweep, asked.sort)
    texts = {"--json": lambda: json_text(plain), "--csv": lambda: _csv(plain), "--html": lambda: _html(plain)}
    answer(asked, texts, lambda console: _show(asked, plain, console))
    if sweep.failed:
        raise typer.Exit(FAILED)


def _request(asked: Sweeping, starts: Sequence[Start], files: Mapping[Path, Document]) -> Request:
    with refused_by("--cases"):
        rows = () if asked.table is None else read_table(asked.table)
    with refused_by("--over"):
        cases = cases_of(starts, rows, [*map(Over.read, asked.over)])
    with refused_by("--base"):
        base = chosen(cases, asked.base)
    for text in asked.measures:
        with read_from("--measure", text):
            Formula.parse(text)
    documents = {str(file): document for file, document in files.items()}
    return Request(
        documents,
        cases,
        base,
        asked.measures,
        asked.anchor,
        asked.overrides,
        asked.paths,
        asked.seed,
        asked.sampler,
        Workers.of(asked.threads),
    )


def _starts(asked: Sweeping) -> tuple[tuple[Start, ...], dict[Path, Document]]:
    """Read the scenarios that cases start from; of one file alone, where nothing else makes cases, all its variants."""
    named = [Named.read(text) for text in asked.cases]
    files = {each.file: read_file(each.file) for each in named}
    alone = len(named) == 1 and not asked.over and asked.table is None
    every = [
        Named(each.file, variant)
        for each in named
        for variant in (case_names(files[each.file]) if alone or each.variant == ALL else [each.variant])
    ]
    if alone and len(every) == 1:
        raise typer.BadParameter("sweep over what? Give --over PATH=VALUES, --cases FILE, or a second scenario.")
    names = names_of(every, [f"{each.file}{AT}{each.variant}" for each in every])
    many = len(every) > 1
    return tuple(
        Start(name if many else each.file.stem, str(each.file), each.variant)
        for name, each in zip(names, every, strict=True)
    ), files


def _ready(asked: Sweeping, request: Request) -> Ready:
    with refused_by("CASE..."), _counted(asked, "checking cases") as tell:
        found = ready(request, tell)
    with refused_by("--paths"):
        expect_enough_paths(found)
    for text in asked.measures:
        with read_from("--measure", text):
            expect_known(found, text)
    with refused_by("--for"):
        found = with_measures(found, asked.holder)
    known = found.plan.measures
    if asked.sort and asked.sort not in known:
        raise typer.BadParameter(f"expected one of {', '.join(known)}, got {asked.sort}", param_hint="--sort")
    return found


def _counted(asked: Sweeping, words: str) -> AbstractContextManager[Progress]:
    """Show how many cases are done, of how many, and the time that is left."""
    return progress(meanwhile(asked.quiet), words, MofNCompleteColumn())


def _csv(found: Plain) -> str:
    from valsim.report.sweep_table import csv_text

    return csv_text(found)


def _html(found: Plain) -> str:
    from valsim.report.sweep_page import render_sweep

    return render_sweep(found)


def _show(asked: Sweeping, found: Plain, console: Console) -> None:
    print_sweep(found, console)
    name_files(asked.files)
