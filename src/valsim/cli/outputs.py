"""Options of what a run leaves behind: files that are made of its summary, and a folder with all of it."""

from pathlib import Path
from typing import Annotated

import typer

ReportFile = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write the report, one HTML file that needs no network.")
]
WorkbookFile = Annotated[
    Path | None,
    typer.Option(
        "--xlsx", metavar="FILE", help="Write a workbook for Excel: numbers with formats, and charts that Excel draws."
    ),
]
OutcomesFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write what each path comes to while they are played: Parquet, one row a path. Needs valsim[parquet].",
    ),
]
RunFolder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help="Save the run in a folder: what made it, its summary, the scenario and every path. Needs valsim[parquet].",
    ),
]
Replaced = Annotated[bool, typer.Option("--replace", help="Let --out take the place of a run that is saved there.")]
SavedRunPlace = Annotated[
    Path,
    typer.Argument(metavar="RUN", help="The folder of a run --out, or the file of a run --json.", show_default=False),
]
Checked = Annotated[
    bool,
    typer.Option("--check", help="Read the tables of the folder too, and compare every file with its hash."),
]
