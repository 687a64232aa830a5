"""The cases of a scenario side by side on a terminal."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report import labels
from valsim.report.terminal import Words, grid, print_items

SHOWN: Mapping[str, Callable[[float | None, float | None, str], tuple[str, str]]] = {
    "money": labels.with_error,
    "chance": lambda mean, error, _: labels.percent_with_error(mean, error),
    "multiple": lambda mean, error, _: labels.multiple_with_error(mean, error),
}
"""How a figure is written, by what it counts."""

RISK_NEUTRAL = "All shares and present values are risk-neutral, all else is real-world."
PAIRED = "The cases share their random numbers; behind ± stands one standard error."
ABSENT = "–"


def print_cases(told: Mapping[str, Any], console: Console) -> None:
    """Print the main figures of every case: a column a case, and one for the mix of them."""
    print_items(_items(told), console)


def _items(told: Mapping[str, Any]) -> Iterator[Any]:
    scenario, run, cases = told["scenario"], told["run"], told["cases"]
    yield Text(scenario["name"], style="bold")
    facts = (
        f"as of {scenario['as_of']}, {labels.paths(run['paths'])} a case, seed {run['seed']}, {run['seconds']:.1f} s"
    )
    yield Text(facts, style="dim")
    yield ""
    mixed = any(case["weight"] is not None for case in cases)
    heads = [f"{_broken(case['name'])}\n{_weight(case['weight'])}".rstrip() for case in cases]
    table = grid("Cases", ["figure"], [*heads, *(["weighted\n100 %"] if mixed else [])])
    for figure in told["figures"]:
        cells = [figure["cases"].get(case["name"]) for case in cases] + [figure["weighted"]] * mixed
        table.add_row(figure["label"], *(_cell(cell, figure["unit"], scenario["currency"]) for cell in cells))
    table.add_row("multiple scaled by", *(_cell(_scale(case), "multiple", "") for case in cases), *[""] * mixed)
    yield table
    yield Words(f"{RISK_NEUTRAL} {PAIRED}{'' if mixed else ' The variants state no weights, so nothing is averaged.'}")


def _broken(name: str) -> str:
    """A name in lines of at most 12 letters, broken behind its underscores and blanks where that does."""
    return "\n".join(labels.short(line, 12) for line in labels.lines(name, 12))


def _weight(weight: float | None) -> str:
    return "" if weight is None else labels.percent(weight)


def _scale(case: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"mean": case["anchor_scale"], "standard_error": case["anchor_standard_error"]}


def _cell(estimate: Mapping[str, Any] | None, unit: str, currency: str) -> str:
    if estimate is None:
        return ABSENT
    return "\n".join(filter(None, SHOWN[unit](estimate["mean"], estimate["standard_error"], currency)))
