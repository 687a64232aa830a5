"""What a run was played until, in words: what was reached, and what it took or would take."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.measures import shown

Summary = Mapping[str, Any]
Told = Mapping[str, Any]


def sentences(summary: Summary) -> Iterator[str]:
    """A sentence for each number that was to be known more exactly."""
    for each in summary["run"].get("until", []):
        yield f"{each['text']}: {_verdict(each, choice.currency(summary))}"


def drawn(run: Told) -> str:
    """How the random numbers were drawn, where that is not pseudo-random, as part of a line.

    >>> drawn({"sampler": "sobol"}), drawn({"sampler": "pseudo"})
    ('sampler sobol, ', '')
    """
    return f"sampler {run['sampler']}, " if run.get("sampler", "pseudo") != "pseudo" else ""


def _verdict(told: Told, currency: str) -> str:
    paths = labels.paths(told["paths"])
    if told["mean"] is None:
        return f"not reached, as no path of {paths} has the number."
    value = " ".join(filter(None, shown(told, told["counts"], currency)))
    if told["reached"]:
        return f"reached with {paths}: {value}{_relative(told)}."
    if not told["more_paths_would_help"]:
        return f"not reached, as it is {value} on each of {paths}, and a part of nothing is nothing: name an amount."
    return f"not reached with {paths}, the most that may be played: {value}{_relative(told)}. {_takes(told)}"


def _relative(told: Told) -> str:
    error, value = told["standard_error"], told["mean"]
    return f", an error of {100 * error / abs(value):.2g} %" if error and value else ""


def _takes(told: Told) -> str:
    takes = told["takes_paths"]
    return f"It takes about --paths {enough(takes):_}." if takes else "How many paths it takes is not known."


def enough(paths: float) -> int:
    """The next number of paths that people type: 1, 2 or 5 and zeros.

    >>> enough(15_022.3), enough(200_000.0)
    (20000, 200000)
    """
    power = 10 ** math.floor(math.log10(paths))
    return int(next(step * power for step in (1, 2, 5, 10) if step * power >= paths))
