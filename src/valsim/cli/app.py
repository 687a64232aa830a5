"""The commands: arguments in, files and text out."""

from pathlib import Path
from typing import Annotated

import typer

from valsim.cli.helps import EXAMPLES, HELP
from valsim.cli.options import (
    CheckedVariant,
    Cluster,
    DrawnBy,
    FileKind,
    Form,
    MostPaths,
    OneVariant,
    Overrides,
    Paths,
    PlayedVariant,
    ProblemForm,
    Quiet,
    ResultsJson,
    ScenarioFile,
    Seed,
    TakenVariant,
    Threads,
    Until,
    With,
)
from valsim.cli.outputs import OutcomesFile, Replaced, ReportFile, RunFolder, WorkbookFile
from valsim.cli.trouble import reported

app = typer.Typer(
    help=HELP,
    epilog=EXAMPLES[""],
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command()
def run(
    scenario: ScenarioFile,
    paths: MostPaths = None,
    until: Until = [],  # noqa: B006 - typer copies it
    sampler: DrawnBy = None,
    seed: Seed = None,
    threads: Threads = None,
    cluster: Cluster = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: PlayedVariant = "",
    json: ResultsJson = None,
    html: ReportFile = None,
    xlsx: WorkbookFile = None,
    out: RunFolder = None,
    replace: Replaced = False,
    outcomes: OutcomesFile = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Simulate a scenario and say what it means for an investor.

    The same scenario, paths and seed give the same numbers, whatever the number of threads, also on a cluster.
    """
    with reported(form, with_):
        from valsim.cli.request import Request
        from valsim.cli.running import run_scenario

        run_scenario(
            Request(scenario, tuple(set_), variant, tuple(with_), paths, seed, threads, json, html, quiet, tuple(until),
                None if sampler is None else sampler.value, outcomes, cluster, out, replace, xlsx)
        )  # fmt: skip


@app.command(epilog=EXAMPLES["sanity"])
def sanity(
    scenario: ScenarioFile,
    paths: Paths = None,
    seed: Seed = None,
    threads: Threads = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: TakenVariant = "",
    json: ResultsJson = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the table in Markdown and nothing else.")] = False,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Set growth, margins, rounds and exits beside usual values.

    The scenario is run, and says with base_rates which companies it is like. Where a figure is outside what is usual, look
    for a reason, or for a mistake.
    """
    with reported(form, with_):
        from valsim.cli.request import Request
        from valsim.cli.sanity import compare_with_base_rates

        request = Request(scenario, tuple(set_), variant, tuple(with_), paths, seed, threads, json, None, quiet)
        compare_with_base_rates(request, markdown=markdown)


@app.command()
def check(
    scenario: ScenarioFile,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: CheckedVariant = "",
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take a warning for a problem: leave with exit code 2.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Show what is wrong in a scenario and what looks suspicious.

    Every problem is told at once, with its line. Nothing is run. A cap table or a round alone is checked as well.
    """
    with reported(form, with_):
        from valsim.cli.checking import Check, check_scenario

        check_scenario(Check(scenario, tuple(set_), variant, form, strict, quiet))


@app.command(epilog=EXAMPLES["init"])
def init(
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help="Which one; --list shows them.")] = "starter",
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes.")] = Path("scenario.yaml"),
    as_of: Annotated[
        str,
        typer.Option(metavar="DATE", help="The day from which it looks ahead; otherwise today.", show_default=False),
    ] = "",
    currency: Annotated[
        str,
        typer.Option(
            metavar="CODE", help="Write the amounts in it; the figures stay as they are, nothing is converted."
        ),
    ] = "USD",
    list_: Annotated[bool, typer.Option("--list", help="Show what there is, and write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Write a commented scenario to begin with.

    Beside it goes the schema that lets an editor complete, explain and check it.
    """
    with reported():
        from valsim.cli.starting import Beginning, list_starters, write_starter

        if list_:
            list_starters()
        else:
            write_starter(Beginning(template, out, as_of, currency, force))


@app.command(epilog=EXAMPLES["explain"])
def explain(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="A key, a kind, a path or a word of the trade; without one, the words there are are listed.",
            show_default=False,
        ),
    ] = "",
    with_: With = [],  # noqa: B006 - typer copies it
) -> None:
    """Say what a word of a scenario means.

    For a key it says what may stand there, and what is known of usual values.
    """
    with reported(with_=with_):
        from valsim.cli.describing import explain_key, list_words

        if key.strip():
            explain_key(key)
        else:
            list_words()


@app.command(epilog=EXAMPLES["schema"])
def schema(
    what: Annotated[
        FileKind,
        typer.Argument(metavar="WHAT", help="Of which file: scenario, captable for a cap table alone, method or fund."),
    ] = FileKind.scenario,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it goes; otherwise it is printed.", show_default=False)
    ] = None,
    with_: With = [],  # noqa: B006 - typer copies it
) -> None:
    """Write the JSON Schema of scenarios, for editors.

    From it an editor completes, explains and checks them: one with yaml-language-server, such as VS Code with the YAML
    extension, Neovim and Emacs, or one of JetBrains. The first line of a scenario names the file.
    """
    with reported(with_=with_):
        from valsim.cli.describing import write_schema

        write_schema(what.value, out)


@app.command()
def diff(
    scenario: ScenarioFile,
    other: Annotated[
        Path | None,
        typer.Argument(metavar="OTHER", help="Another scenario; otherwise the same one.", show_default=False),
    ] = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: OneVariant = "",
    json: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the differences as JSON; - prints them and nothing else.")
    ] = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Show what differs between two scenarios, or two cases of one.

    A number is compared by what it means, whatever way it is written. --set and --variant change the second one. Exit codes:
    0 they say the same, 1 they differ, 2 one of them is wrong.
    """
    with reported(form, with_):
        from valsim.cli.differing import Comparison, compare_scenarios

        compare_scenarios(Comparison(scenario, other, tuple(set_), variant, json, quiet))


@app.callback(invoke_without_command=True)
def main(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Show the version where it is asked for among other options."""
    if version:
        from valsim import __version__

        typer.echo(f"valsim {__version__}")
