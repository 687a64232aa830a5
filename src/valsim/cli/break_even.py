"""The command ``break-even``, about one holder of a cap table and what it invested."""

from pathlib import Path
from typing import Annotated

import typer

from valsim.cli.app import app
from valsim.cli.fair_values import stated
from valsim.cli.helps import EXAMPLES
from valsim.cli.options import (
    CapTableFile,
    ExitRate,
    Form,
    OnDay,
    Overrides,
    ProblemForm,
    Quiet,
    ResultsJson,
    RiskFree,
    TakenVariant,
    Term,
    Volatility,
    With,
)
from valsim.cli.trouble import reported


@app.command(name="break-even", epilog=EXAMPLES["break-even"])
def break_even(
    captable: CapTableFile,
    holder: Annotated[str, typer.Option(metavar="HOLDER", help="Whose classes, by the name in the cap table.")],
    investment: Annotated[str, typer.Option(metavar="AMOUNT", help="What they cost, such as 5M.")],
    fund: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The terms of a fund, whose fees and carried interest count too."),
    ] = None,
    method: Annotated[str, typer.Option(metavar="METHOD|FILE", help="A method, or a file of one.")] = "exit_mix",
    volatility: Volatility = None,
    risk_free: RiskFree = None,
    exit_rate: ExitRate = None,
    term: Term = None,
    on: OnDay = "",
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: TakenVariant = "",
    json: ResultsJson = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Find the company value today at which a holder breaks even.

    What the holder has in every class is valued by a method, as by valsim fair-value. With the terms of a fund the general
    partner has its part of that, and the part of the limited partners is to be worth what the investment costs them.
    """
    with reported(form, with_):
        from valsim.cli.breaking_even import Question, solve

        numbers = stated(volatility=volatility, risk_free=risk_free, exit_rate=exit_rate, term=term)
        asked = {"kind": method, **numbers}
        solve(Question(captable, holder, investment, fund, asked, on, tuple(set_), variant, json, quiet))
