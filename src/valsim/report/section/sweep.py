"""What a sweep says in sentences: where the first measure is highest and lowest, the scales, and what could not be played."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.section.measures import called, shown

Told = Mapping[str, Any]
MEASURES = (
    "Present values and prices per share of a class are risk-neutral, all else is real-world. Behind ± stands one standard error; "
    "differences are paired: every case is played on the same random numbers."
)
ANCHORS = {
    "none": "No case is scaled to its last price (valuation.anchor: none).",
    "solved": "Each case is scaled to its own last price: a company that a value makes better is scaled down to that price, so that "
    "part of what the value does is hidden; --anchor held keeps the scale of the scenario as it stands.",
    "held": "Every case keeps the scale of the opening multiple that its scenario has as it stands (--anchor held), so what a value "
    "does shows in what the company is worth.",
}
SHARED = "All cases share one scale of the opening multiple, which meets the last price."
NAMED = 5
"""So many cases that failed are told one by one."""


def scales(told: Told) -> str:
    """Say at which scale of the opening multiple the cases are played, and what that may hide."""
    found = {case["anchor_scale"] for case in told["cases"] if not case["failed"]}
    how = told["run"]["anchor"]
    return SHARED if how == "solved" and len(found) == 1 else ANCHORS[how]


def extremes(told: Told) -> str:
    """Say in which case the first measure is highest and in which lowest; nothing where fewer than two have it."""
    measure = told["measures"][0]
    known = [case for case in told["cases"] if mean(case, measure) is not None]
    if len(known) < 2:
        return ""
    ranked = sorted(known, key=lambda case: float(mean(case, measure) or 0.0))
    low, high = (" ".join(filter(None, value(told, case, measure))) for case in (ranked[0], ranked[-1]))
    if mean(ranked[0], measure) == mean(ranked[-1], measure):
        return f"{called(measure)} is {low} in every case."
    return f"{called(measure)} is highest at {high} with {ranked[-1]['name']}, and lowest at {low} with {ranked[0]['name']}."


def failures(told: Told) -> Iterator[str]:
    """Tell the cases that could not be played, each with its reason."""
    failed = [case for case in told["cases"] if case["failed"]]
    if failed:
        yield f"{len(failed):,} of {len(told['cases']):,} cases could not be played:"
    yield from (f"{case['name']}: {case['failed']}" for case in failed[:NAMED])
    if len(failed) > NAMED:
        yield f"and {len(failed) - NAMED:,} more: see the JSON or the table"


def mean(case: Told, measure: Told) -> float | None:
    """The number of a case, or nothing where it has none."""
    found = case["measures"].get(measure["formula"])
    return None if found is None else found["mean"]


def counted(told: Told) -> str:
    """How many cases there are, and what each was played on."""
    count, run = len(told["cases"]), told["run"]
    return f"{count:,} {'case' if count == 1 else 'cases'} of {labels.paths(run['paths'])} each, seed {run['seed']}"


def value(told: Told, case: Told, measure: Told) -> tuple[str, str]:
    """The number of a case and its standard error, as they are written; a dash where there is none."""
    found = case["measures"].get(measure["formula"])
    return (labels.MISSING, "") if found is None else shown(found, measure["counts"], told["currency"])


def ordered(told: Told) -> Sequence[Told]:
    """The cases in the order in which they are to be shown."""
    by_number = {case["number"]: case for case in told["cases"]}
    return [by_number[number] for number in told["order"]]


def varied(told: Told) -> list[Told]:
    """The inputs that differ between cases."""
    return [each for each in told["inputs"] if len({case["values"].get(each["path"]) for case in told["cases"]}) > 1]


def is_named(told: Told) -> bool:
    """Whether cases have names that do not say their values, as a table of cases gives them."""
    return any(f"{each['called']}=" not in case["name"] for each in varied(told) for case in told["cases"])


def is_grid(told: Told) -> bool:
    """Whether the values of the inputs alone tell the cases apart, and each case has them all."""
    paths = [each["path"] for each in varied(told)]
    found = {tuple(case["values"].get(path) for path in paths) for case in told["cases"]}
    return bool(paths) and len(found) == len(told["cases"]) and all(None not in each for each in found)
