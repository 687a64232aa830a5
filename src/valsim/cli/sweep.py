"""The command that plays a grid or a list of cases: ``sweep``."""

from pathlib import Path
from typing import Annotated

import typer

from valsim.cli.app import app
from valsim.cli.helps import EXAMPLES
from valsim.cli.options import (
    Cluster,
    DrawnBy,
    Form,
    Holder,
    Measures,
    Overrides,
    Paths,
    ProblemForm,
    Quiet,
    ResultsJson,
    Scaling,
    Seed,
    Threads,
    With,
)
from valsim.cli.trouble import one_of, reported

Starts = Annotated[
    list[str],
    typer.Argument(
        metavar="CASE...",
        help="Scenarios, each FILE, FILE@VARIANT, or FILE@all for all its cases.",
        show_default=False,
    ),
]
Overs = Annotated[
    list[str],
    typer.Option(
        "--over",
        metavar="PATH=VALUES",
        help="Values of an input: 'PATH=2B USD, 3B USD', 'PATH=10% to 50% by 10%' or 'PATH=5 values from 1B USD to 3B USD'. "
        "Repeated, all combinations are played.",
    ),
]
CasesTable = Annotated[
    Path | None,
    typer.Option(
        "--cases",
        metavar="FILE.csv",
        help="A table of cases: its first line holds paths, each other line is a case; a column case names them.",
    ),
]
BaseCase = Annotated[
    str,
    typer.Option(
        metavar="CASE",
        help="What the others are compared with, by its name or number; otherwise the first.",
        show_default=False,
    ),
]
SortedBy = Annotated[
    str,
    typer.Option(
        metavar="FORMULA",
        help="Show the cases by this measure, the largest first; otherwise in the order of the grid.",
        show_default=False,
    ),
]
ScaleOfSweep = Annotated[
    Scaling,
    typer.Option(
        parser=one_of(Scaling),
        metavar="[solved|held]",
        help="Meet the last price anew in each case, as run does, or keep the scale of the scenario as it stands.",
    ),
]
SweepPage = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the sweep, one HTML file that needs no network.")
]
SweepTable = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a table with a line for each case.")]


@app.command(epilog=EXAMPLES["sweep"])
def sweep(
    cases: Starts,
    over: Overs = [],  # noqa: B006 - typer copies it
    table: CasesTable = None,
    measure: Measures = [],  # noqa: B006 - typer copies it
    for_: Holder = "",
    base: BaseCase = "",
    sort: SortedBy = "",
    anchor: ScaleOfSweep = Scaling.solved,
    paths: Paths = None,
    seed: Seed = None,
    sampler: DrawnBy = None,
    threads: Threads = None,
    cluster: Cluster = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    json: ResultsJson = None,
    csv: SweepTable = None,
    html: SweepPage = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Play a grid or a list of cases, and measure each.

    All cases are played on the same random numbers, and each is what run says of it alone. Problems of all cases are told
    before anything is played. Exit codes: 0 all were played, 1 some could not be, 2 something asked for is wrong.
    """
    with reported(form, with_):
        from valsim.cli.sweeping import Sweeping, sweep_cases

        sweep_cases(
            Sweeping(tuple(cases), tuple(over), table, tuple(measure), for_, base, sort, anchor.value, tuple(set_),
                paths, seed, None if sampler is None else sampler.value, threads, cluster, json, csv, html, quiet)
        )  # fmt: skip
