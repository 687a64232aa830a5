"""The command ``fair-value``, about one cap table at the last price paid."""

from pathlib import Path
from typing import Annotated, Any

import typer

from valsim.cli.app import app
from valsim.cli.helps import EXAMPLES
from valsim.cli.options import (
    CapTableFile,
    ClassPrice,
    CompanyValue,
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
from valsim.cli.trouble import reported, whole_number


@app.command(name="fair-value", epilog=EXAMPLES["fair-value"])
def fair_value(
    captable: CapTableFile,
    price: ClassPrice = [],  # noqa: B006 - typer copies it
    company_value: CompanyValue = "",
    method: Annotated[str, typer.Option(metavar="METHOD|FILE", help="A method, or a file of one.")] = "exit_mix",
    volatility: Volatility = None,
    risk_free: RiskFree = None,
    exit_rate: ExitRate = None,
    term: Term = None,
    paths: Annotated[
        int | None, typer.Option(metavar="N", parser=whole_number(1), help="How many paths a simulation draws.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="S", parser=whole_number(0), help="Where its random numbers start.")
    ] = None,
    on: OnDay = "",
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: TakenVariant = "",
    json: ResultsJson = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it with both charts, one HTML file that needs no network."),
    ] = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Value each class today, beside what the last price says.

    It takes a cap table alone, or that of a scenario, finds the company value at which the last price paid was fair, and values
    every class at it. Numbers of a method that are left out are those of the published model, and are named. With --method
    simulation a whole scenario is played instead: its own drivers, rounds, terms and exits make the values.
    """
    with reported(form, with_):
        from valsim.cli.valuing import Question, value

        numbers = stated(
            volatility=volatility, risk_free=risk_free, exit_rate=exit_rate, term=term, paths=paths, seed=seed
        )
        asked = {"kind": method, **numbers}
        value(Question(captable, tuple(price), company_value, asked, on, tuple(set_), variant, json, html, quiet))


def stated(**numbers: Any) -> dict[str, Any]:
    """Give the numbers of a method that the call states."""
    return {name: number for name, number in numbers.items() if number is not None}
