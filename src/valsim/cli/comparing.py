"""The command ``compare``: read every case, play all on the same random numbers, write how they differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typer
from rich.console import Console

from valsim.analysis.comparison.chosen import formulas
from valsim.analysis.comparison.compare import EXPLAINED_ON, Request, compared, formulas_of
from valsim.analysis.comparison.told import told
from valsim.analysis.formula import Formula
from valsim.analysis.spread import Plain
from valsim.cli.answer import answer, name_files
from valsim.cli.measuring import read_from, refused_by
from valsim.cli.running import Playing, placed, simulated
from valsim.cli.target import check_targets, named_files
from valsim.report.comparison_terminal import print_comparison
from valsim.report.files import json_text
from valsim.result import Anchor, Result
from valsim.scenario.cases import case_names, checked
from valsim.scenario.compose.variant import BASE
from valsim.scenario.load import read_file
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document

AT = "@"
"""What stands between a file and its variant: ``deal.yaml@bear``."""


@dataclass(frozen=True)
class Comparing:
    """What was asked for on the command line."""

    cases: tuple[str, ...]
    measures: tuple[str, ...]
    holder: str
    anchor: Literal["own", "first"]
    explained_on: int | None
    overrides: tuple[str, ...]
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


@dataclass(frozen=True)
class Named:
    """A case as it is asked for: a file, and which of its variants."""

    file: Path
    variant: str = BASE

    @classmethod
    def read(cls, text: str) -> "Named":
        """Read ``FILE`` or ``FILE@VARIANT``; a file whose name holds the sign itself is meant where there is one."""
        file, sign, variant = text.rpartition(AT)
        return cls(Path(text)) if not sign or Path(text).exists() else cls(Path(file), variant)


def compare_cases(asked: Comparing) -> None:
    """Compare and write what was asked for; nothing is written unless everything before it worked."""
    named = [Named.read(text) for text in asked.cases]
    documents = {each.file: read_file(each.file) for each in named}
    check_targets(asked.files, [name for document in documents.values() for name in document.files])
    if len(named) == 1:
        named = [Named(named[0].file, name) for name in case_names(documents[named[0].file])]
    if len(named) < 2:
        raise typer.BadParameter("compare with what? Name a second file, or one that has variants.")
    names = names_of(named, asked.cases)
    found = [checked(documents[each.file], asked.overrides, (each.variant,)) for each in named]
    scenarios = {name: each.scenarios[case.variant] for name, each, case in zip(names, found, named, strict=True)}
    places = {name: each.documents[case.variant] for name, each, case in zip(names, found, named, strict=True)}
    result = _compared(asked, scenarios, _formulas(asked, scenarios), places)
    texts = {"--json": lambda: json_text(result), "--html": lambda: _html(result)}
    answer(asked, texts, lambda console: _show(asked, result, console))


def names_of(named: Sequence[Named], asked: Sequence[str]) -> list[str]:
    """Name the cases as briefly as tells them apart: by variant, by file, or by both as they were asked for."""
    by_variant = [each.variant for each in named]
    by_file = [each.file.stem for each in named]
    both = [
        file if variant == BASE else f"{file}{AT}{variant}" for file, variant in zip(by_file, by_variant, strict=True)
    ]
    one_file = len({each.file for each in named}) == 1
    shortest = next(
        (names for names in ([by_variant] if one_file else []) + [both] if len({*names}) == len(names)), None
    )
    names = shortest or [*asked]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise typer.BadParameter(f"{twice[0]} is named twice")
    return names


def _formulas(asked: Comparing, scenarios: Mapping[str, Scenario]) -> tuple[Formula, ...]:
    for text in asked.measures:
        with read_from("--measure", text):
            formulas([*scenarios.values()], [text], "")
    with refused_by("--for" if asked.holder else "CASE..."):
        return formulas_of(scenarios, asked.measures, asked.holder)


def _compared(
    asked: Comparing, scenarios: Mapping[str, Scenario], formulas: Sequence[Formula], places: Mapping[str, Document]
) -> Plain:
    first = next(iter(scenarios.values())).simulation
    seed = first.seed if asked.seed is None else asked.seed
    explained_on = EXPLAINED_ON if asked.explained_on is None else asked.explained_on
    request = Request(asked.paths or first.paths, seed, asked.anchor, explained_on)

    def play(words: str, scenario: Scenario, anchor: Anchor | None, paths: int) -> Result:
        document = next((places[name] for name, each in scenarios.items() if each is scenario), None)
        how = Playing(paths, seed, asked.threads, asked.quiet)
        if document is None:
            return simulated(how, scenario, words, anchor, kept=0)
        with placed(document):
            return simulated(how, scenario, words, anchor, kept=0)

    return told(compared(scenarios, formulas, request, play))


def _show(asked: Comparing, found: Plain, console: Console) -> None:
    print_comparison(found, console)
    name_files(asked.files)


def _html(found: Plain) -> str:
    from valsim.report.comparison_page import render_comparison

    return render_comparison(found)
