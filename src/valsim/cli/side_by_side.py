"""The commands that play a scenario more than once on the same random numbers: ``compare`` and ``solve``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from valsim.cli.app import app
from valsim.cli.helps import EXAMPLES
from valsim.cli.options import (
    Form,
    Holder,
    Measures,
    Overrides,
    Paths,
    ProblemForm,
    Quiet,
    ResultsJson,
    Scaling,
    ScenarioFile,
    Seed,
    TakenVariant,
    Threads,
    With,
)
from valsim.cli.trouble import one_of, reported, whole_number


class Scale(StrEnum):
    """At which scale of the opening multiple cases are played."""

    own = "own"
    first = "first"


Cases = Annotated[
    list[str],
    typer.Argument(
        metavar="CASE...",
        help="Scenarios, each FILE or FILE@VARIANT; of one file alone, all its cases.",
        show_default=False,
    ),
]
ScaleOfCases = Annotated[
    Scale,
    typer.Option(
        parser=one_of(Scale),
        metavar="[own|first]",
        help="Scale each case to its own last price, or play all at the scale of the first.",
    ),
]
ExplainedOn = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole_number(0),
        help="Paths on which inputs are swapped to explain a difference, otherwise 16384; 0 leaves it out.",
    ),
]
ComparisonPage = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the comparison, one HTML file that needs no network.")
]


@app.command(epilog=EXAMPLES["compare"])
def compare(
    cases: Cases,
    measure: Measures = [],  # noqa: B006 - typer copies it
    for_: Holder = "",
    anchor: ScaleOfCases = Scale.own,
    explained_on: ExplainedOn = None,
    paths: Paths = None,
    seed: Seed = None,
    threads: Threads = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    json: ResultsJson = None,
    html: ComparisonPage = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Set term sheets side by side, and say which serves whom.

    All cases are played on the same random numbers, so what they share makes no noise. A difference within two standard
    errors is not told apart, and how many paths would tell it is said. --set changes every case.
    """
    with reported(form, with_):
        from valsim.cli.comparing import Comparing, compare_cases

        compare_cases(
            Comparing(tuple(cases), tuple(measure), for_, anchor.value, explained_on, tuple(set_), paths, seed,
                threads, json, html, quiet)
        )  # fmt: skip


Input = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="PATH",
        help="The input to vary, as for --set; PATH:25M USD/year is that number of a formula.",
        show_default=False,
    ),
]
Wanted = Annotated[
    str,
    typer.Option("--target", metavar="TARGET", help="What to make true, such as 'moic(me) = 3'.", show_default=False),
]
Ends = Annotated[
    str,
    typer.Option(
        "--between",
        metavar="LOW,HIGH",
        help="Where to look; otherwise from a tenth to ten times what stands there.",
        show_default=False,
    ),
]
ScaleOfTrials = Annotated[
    Scaling | None,
    typer.Option(
        "--anchor",
        parser=one_of(Scaling),
        metavar="[held|solved]",
        help="Hold the company fixed at the scale of the file as it stands, or meet the last price anew in each trial; "
        "otherwise held unless the input changes the class that was priced last.",
        show_default=False,
    ),
]


@app.command(epilog=EXAMPLES["solve"])
def solve(
    scenario: ScenarioFile,
    for_: Input,
    target: Wanted,
    between: Ends = "",
    anchor: ScaleOfTrials = None,
    paths: Paths = None,
    seed: Seed = None,
    threads: Threads = None,
    set_: Overrides = [],  # noqa: B006 - typer copies it
    variant: TakenVariant = "",
    json: ResultsJson = None,
    with_: With = [],  # noqa: B006 - typer copies it
    form: ProblemForm = Form.text,
    quiet: Quiet = False,
) -> None:
    """Solve for the one input that makes a target true.

    It may be a price, a milestone or a preference multiple. Every trial is played on the same random numbers, and the answer
    has a standard error. Exit codes: 0 found, 1 no number makes it true, 2 something asked for is wrong.
    """
    with reported(form, with_):
        from valsim.cli.solving import Solving, solve_for

        solve_for(
            Solving(scenario, for_, target, between, None if anchor is None else anchor.value, tuple(set_), variant,
                paths, seed, threads, json, quiet)
        )  # fmt: skip
