"""Measures in words: what a number counts decides how it is written, and a difference carries its sign."""

from collections.abc import Callable, Mapping
from typing import Any

from valsim.report import labels

Shown = tuple[str, str]
"""A number and its standard error, as they are written."""
Told = Mapping[str, Any]

SHOWN: Mapping[str, Callable[[float | None, float | None, str], Shown]] = {
    "money": labels.with_error,
    "price": labels.price_with_error,
    "chance": lambda mean, error, _: labels.percent_with_error(mean, error),
    "share": lambda mean, error, _: labels.percent_with_error(mean, error),
    "rate": lambda mean, error, _: labels.percent_with_error(mean, error),
    "multiple": lambda mean, error, _: labels.multiple_with_error(mean, error),
    "number": lambda mean, error, _: plain_with_error(mean, error),
}
"""How a number is written, by what it counts."""
IN_POINTS = frozenset({"chance", "share", "rate"})
MINUS = "−"


def shown(found: Told, counts: str, currency: str) -> Shown:
    """Write a number with its standard error.

    >>> shown({"mean": 0.382, "standard_error": 0.002}, "chance", "USD")
    ('38.2 %', '± 0.2')
    """
    return SHOWN[counts](found["mean"], found["standard_error"], currency)


def change(found: Told, counts: str, currency: str) -> Shown:
    """Write a difference with its sign and its standard error; of percentages it is in points.

    >>> change({"mean": 0.05, "standard_error": 0.01}, "chance", "USD"), change({"mean": -2e6, "standard_error": 1e5}, "money", "USD")
    (('+5 points', '± 1'), ('−$2.0M', '± 0.1M'))
    """
    mean = found["mean"]
    text, error = shown({**found, "mean": mean if mean is None else abs(mean)}, counts, currency)
    sign = MINUS if mean and mean < 0 else "+" if mean else ""
    return sign + (text.replace("%", "points") if counts in IN_POINTS else text), error


def plain_with_error(value: float | None, error: float | None) -> Shown:
    """A plain number and its standard error, ``("0.412", "± 0.005")``."""
    if value is None:
        return labels.MISSING, ""
    if not error or error < labels.ROUNDING * abs(value):
        return labels.digits(value) if abs(value) < 1000 else labels.compact(value), ""
    places = labels.decimals_for(error)
    return f"{value:,.{places}f}".replace("-", MINUS), f"± {error:,.{places}f}"


def called(measure: Told) -> str:
    """Name a measure and whom it is asked of, ``me: net present value``; a formula as it was written.

    >>> called({"formula": "moic(me)", "measure": "moic", "of": "me"})
    'me: MOIC'
    """
    if not measure["measure"]:
        return str(measure["formula"])
    words = labels.spaced(measure["measure"])
    return f"{measure['of']}: {words}" if measure["of"] else words


def distinct(verdict: Told | None) -> str:
    """Say what is to be said of a difference that is not told apart: nothing where it is."""
    if verdict is None or verdict["told_apart"] is None:
        return labels.MISSING
    if verdict["told_apart"]:
        return ""
    if verdict["mean"] == 0 and verdict["standard_error"] == 0:
        return "the same"
    return "not told apart"


def paths_needed(verdict: Told) -> str:
    """How many paths would tell a difference apart, ``17,000``; nothing where that is not known.

    >>> paths_needed({"paths_to_tell": 2_300_000})
    '2,300,000 paths'
    """
    return f"{labels.paths(verdict['paths_to_tell'])}" if verdict["paths_to_tell"] else ""
