"""The commands: arguments in, files and text out."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Valuation scenario simulator for staged venture financings.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)

ScenarioFile = Annotated[Path, typer.Argument(metavar="SCENARIO", help="The scenario, a YAML file.", show_default=False)]
Overrides = Annotated[
    list[str], typer.Option("--set", metavar="PATH=VALUE", help="Replace a value, e.g. company.cash=2B USD. May be repeated.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


@app.command()
def run(
    scenario: ScenarioFile,
    paths: Annotated[int | None, typer.Option(min=1, help="How many paths; else what the scenario says.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="The seed; else what the scenario says.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="How many threads; else one a processor.")] = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write the summary as JSON; - for standard output.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report, one HTML file.")] = None,
    quiet: Quiet = False,
) -> None:
    """Simulate a scenario and say what it means for the investor."""
    from valsim.cli.running import Request, run_scenario
    from valsim.cli.trouble import reported

    with reported():
        run_scenario(Request(scenario, tuple(set_), paths, seed, threads, json, html, quiet))


@app.command()
def check(scenario: ScenarioFile, set_: Overrides = [], quiet: Quiet = False) -> None:  # noqa: B006 - typer copies it
    """Read a scenario and report every problem in it, without running it."""
    from valsim.cli.checking import check_scenario
    from valsim.cli.trouble import reported

    with reported():
        check_scenario(scenario, tuple(set_), quiet)


@app.callback(invoke_without_command=True)
def main(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Valuation scenario simulator for staged venture financings."""
    if version:
        from valsim import __version__

        typer.echo(f"valsim {__version__}")
