"""Arguments and options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from valsim.cli.completion import scenario_files, variants
from valsim.cli.trouble import one_of, whole_number

ScenarioFile = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO", help="The scenario, a YAML file.", show_default=False, autocompletion=scenario_files
    ),
]
Overrides = Annotated[
    list[str],
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Change one value first, such as company.cash='2B USD'. Can be repeated."
    ),
]
Paths = Annotated[
    int | None,
    typer.Option(metavar="N", parser=whole_number(1), help="How many paths; otherwise as the scenario says."),
]
MostPaths = Annotated[
    int | None,
    typer.Option(
        "--paths",
        metavar="N",
        parser=whole_number(1),
        help="How many paths; otherwise as the scenario says. With --until the most that may be played; otherwise 1,000,000.",
    ),
]
Until = Annotated[
    list[str],
    typer.Option(
        metavar="'NUMBER +/- ERROR'",
        help="Play until a number is known so exactly, such as 'present_value(me) +/- 1%': a standard error of 1 % of it at "
        "most; an amount may stand there too. Can be repeated. Exit code 1 where it is not reached.",
        show_default=False,
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar="S", parser=whole_number(0), help="Where the random numbers start; otherwise as the scenario says."
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(metavar="N", parser=whole_number(1), help="How many threads; otherwise one for each processor."),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Play on a Dask cluster, such as tcp://host:8786; local or local:4 starts one here.",
        show_default=False,
    ),
]
RoundOverrides = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one value of the round first, such as new_money=5M. Can be repeated.",
    ),
]
OneVariant = Annotated[
    str,
    typer.Option(
        "--variant",
        metavar="NAME",
        autocompletion=variants,
        help="Compare with this variant, one at a time and not all; base is the file as written.",
    ),
]
CheckedVariant = Annotated[
    str,
    typer.Option(
        "--variant",
        metavar="NAME",
        autocompletion=variants,
        help="Check this variant alone; base is the file as written. Without it, or with all, every case is checked.",
    ),
]
PlayedVariant = Annotated[
    str,
    typer.Option(
        "--variant",
        metavar="NAME",
        autocompletion=variants,
        help="Play this variant; base is the file as written, and all plays every case side by side.",
    ),
]
CapTableFile = Annotated[
    Path,
    typer.Argument(
        metavar="CAPTABLE",
        help="The cap table, a YAML file; or a scenario.",
        show_default=False,
        autocompletion=scenario_files,
    ),
]
TakenVariant = Annotated[
    str,
    typer.Option(
        "--variant",
        metavar="NAME",
        autocompletion=variants,
        help="Take this variant of a scenario; base is the file as written.",
    ),
]
LaterAmounts = Annotated[
    str,
    typer.Option(
        "--later",
        metavar="AMOUNTS",
        help="What is paid after the closing, one after the other, such as an escrow of 3M: who gets it.",
        show_default=False,
    ),
]
OnDay = Annotated[
    str,
    typer.Option(metavar="DATE", help="The day, where something grows with time; otherwise as_of.", show_default=False),
]
ClassPrice = Annotated[
    list[str],
    typer.Option(
        metavar="CLASS=PRICE",
        help="What one share of a class cost, such as series_b=1.25; otherwise that of the last class sold.",
        show_default=False,
    ),
]
CompanyValue = Annotated[
    str,
    typer.Option(
        metavar="AMOUNT", help="Value the classes where the company is worth this, such as 50M.", show_default=False
    ),
]
Volatility = Annotated[
    str | None,
    typer.Option(metavar="V", help="How uncertain the value of the company is, such as 90%.", show_default=False),
]
RiskFree = Annotated[
    str | None,
    typer.Option(metavar="R", help="The risk-free rate, continuously compounded, such as 2.5%.", show_default=False),
]
ExitRate = Annotated[
    str | None, typer.Option(metavar="L", help="The chance of an exit per year, such as 0.25.", show_default=False)
]
Term = Annotated[
    str | None, typer.Option(metavar="YEARS", help="The years to the exit, such as 4.", show_default=False)
]
With = Annotated[
    list[Path],
    typer.Option(
        "--with",
        metavar="FILE.py",
        help="Run this Python file first: a scenario may then choose the kinds that it defines. Can be repeated.",
        show_default=False,
    ),
]
Measures = Annotated[
    list[str],
    typer.Option(
        "--measure",
        metavar="FORMULA",
        help="What to measure, such as 'moic(me)'. Can be repeated; valsim explain lists the measures.",
    ),
]
Holder = Annotated[
    str,
    typer.Option("--for", metavar="HOLDER", help="Whose measures; otherwise me, or who leads.", show_default=False),
]
ResultsJson = Annotated[
    str | None, typer.Option(metavar="FILE", help="Write all results as JSON; - prints them and nothing else.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


class ExitKind(StrEnum):
    """The kinds of exit that contracts tell apart."""

    acquisition = "acquisition"
    ipo = "ipo"
    wind_down = "wind_down"


class FileKind(StrEnum):
    """What a file may hold as a whole."""

    scenario = "scenario"
    captable = "captable"
    method = "method"
    fund = "fund"


class Scaling(StrEnum):
    """What becomes of the scale of the opening multiple while an input is varied."""

    held = "held"
    solved = "solved"


class SamplerKind(StrEnum):
    """The samplers there are."""

    pseudo = "pseudo"
    antithetic = "antithetic"
    sobol = "sobol"


DrawnBy = Annotated[
    SamplerKind | None,
    typer.Option(
        "--sampler",
        parser=one_of(SamplerKind),
        metavar="[pseudo|antithetic|sobol]",
        help="How random numbers are drawn; otherwise as the scenario says. Every standard error is that of the sampler.",
        show_default=False,
    ),
]


class Form(StrEnum):
    """How problems are told."""

    text = "text"
    json = "json"
    github = "github"


ProblemForm = Annotated[
    Form,
    typer.Option(
        "--format",
        parser=one_of(Form),
        metavar="[text|json|github]",
        help="How problems are told: to a person, to a program, or to GitHub.",
    ),
]
