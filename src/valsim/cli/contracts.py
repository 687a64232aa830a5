"""The commands about one contract, without a simulation: ``waterfall`` and ``round``."""

from pathlib import Path
from typing import Annotated

import typer

from valsim.cli.app import app
from valsim.cli.helps import EXAMPLES
from valsim.cli.options import (
    CapTableFile,
    ExitKind,
    Form,
    LaterAmounts,
    OnDay,
    Overrides,
    ProblemForm,
    Quiet,
    ResultsJson,
    RoundOverrides,
    TakenVariant,
    With,
)
from valsim.cli.trouble import one_of, reported


@app.command(epilog=EXAMPLES["waterfall"])
def waterfall(
    captable: CapTableFile,
    proceeds: Annotated[
        str,
        typer.Option(
            metavar="AMOUNTS", help="What the exit pays, debt included, such as 25M,35M,60M.", show_default=False
        ),
    ],
    exit_: Annotated[
        ExitKind,
        typer.Option(
            "--exit",
            parser=one_of(ExitKind),
            metavar="[acquisition|ipo|wind_down]",
            help="What kind of exit; at an ipo, the value at the offer price.",
        ),
    ] = ExitKind.acquisition,
    on: OnDay = "",
    later: LaterAmounts = "",
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: TakenVariant = "",
    json: ResultsJson = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the payoff diagram, one HTML file that needs no network.")
    ] = None,
    readings: Annotated[
        bool,
        typer.Option("--readings", help="Show what each reading pays where practice reads a clause in several ways."),
    ] = False,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Pay out an exit: who gets what out of some proceeds.

    It takes a cap table alone, a YAML or JSON file, or that of a scenario. Nothing is simulated.
    """
    with reported(form, with_):
        from valsim.cli.paying import Payment, pay

        pay(Payment(captable, proceeds, exit_.value, on, later, tuple(set_), variant, json, html, readings, quiet))


@app.command(name="round", epilog=EXAMPLES["round"])
def close_round(
    captable: CapTableFile,
    terms: Annotated[
        Path, typer.Argument(metavar="ROUND", help="The round, a YAML file with the keys of one.", show_default=False)
    ],
    on: OnDay = "",
    set_: RoundOverrides = [],  # noqa: B006 - typer copies it
    variant: TakenVariant = "",
    json: ResultsJson = None,
    yaml: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the cap table after the round, for the next question.")
    ] = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Close a round: its price, and who owns what after it.

    It takes a cap table alone, or that of a scenario, and a round with numbers for formulas. Nothing is simulated.
    What each reading of a clause pays is told by valsim waterfall --readings, and by no round.
    """
    with reported(form, with_):
        from valsim.cli.closing import RoundAsked, close

        close(RoundAsked(captable, terms, on, tuple(set_), variant, json, yaml, quiet))
