"""The command ``decide``, about the tranches of a scenario."""

from pathlib import Path
from typing import Annotated

import typer

from valsim.cli.app import app
from valsim.cli.helps import EXAMPLES
from valsim.cli.options import (
    Form,
    Overrides,
    Paths,
    ProblemForm,
    Quiet,
    ResultsJson,
    ScenarioFile,
    Seed,
    TakenVariant,
    Threads,
    With,
)
from valsim.cli.trouble import reported


@app.command(epilog=EXAMPLES["decide"])
def decide(
    scenario: ScenarioFile,
    who: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="HOLDER",
            help="Who decides: requisite_holders, or one holder; otherwise whom the document says.",
            show_default=False,
        ),
    ] = "",
    paths: Paths = None,
    seed: Seed = None,
    threads: Threads = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: TakenVariant = "",
    json: ResultsJson = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it with charts, one HTML file that needs no network.")
    ] = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Value the right to walk away from tranches, and say when to.

    What investors do best is learned on paths of its own, then played beside the contract and beside looking at the price alone:
    who gains, who pays for it, what becomes of each tranche, and a rule that can be typed back.
    """
    with reported(form, with_):
        from valsim.cli.deciding import Deciding, decide_about

        decide_about(Deciding(scenario, who, tuple(set_), variant, paths, seed, threads, json, html, quiet))
