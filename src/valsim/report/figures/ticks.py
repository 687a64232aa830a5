"""Axes that are labelled in people's words: logarithmic ticks at 1, 2 and 5, and money with its sign."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from valsim.report import labels

MANY_DECADES = 40.0


def wide(numbers: Iterable[float]) -> bool:
    """Whether positive numbers span so much that only a logarithmic axis shows the low ones."""
    kept = list(numbers)
    return bool(kept) and min(kept) > 0 and max(kept) / min(kept) > MANY_DECADES


def logarithmic(low: float, high: float, words: Callable[[float], str]) -> dict[str, Any]:
    """A logarithmic axis with at most eight ticks at 1, 2 and 5 times a power of ten."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = next(
        steps for steps in ((1, 2, 5), (1, 3), (1,)) if len(steps) * (math.log10(high / low)) <= 8 or steps == (1,)
    )
    ticks = [
        step * 10.0**power for power in powers for step in steps if low * 0.999 <= step * 10.0**power <= high * 1.001
    ]
    said = [words(tick) for tick in ticks]
    # Upright: where some would just not fit, plotly turns them to and fro for the margins that they then need.
    return {"type": "log", "tickmode": "array", "tickvals": ticks, "ticktext": said, "tickangle": 0}


def times(value: float) -> str:
    """A multiple on an axis, in no more digits than it has.

    >>> times(0.5), times(1.0), times(10.0), times(0.0)
    ('0.5x', '1x', '10x', '0x')
    """
    return f"{labels.digits(value)}x"


def years(names: Sequence[str]) -> dict[str, Any]:
    """An axis of years or dates that stand upright on a phone too: after the first, a year is its last two digits; a date has two lines.

    >>> years(["2026", "2027"])["ticktext"], years(["2027-02-20"])["ticktext"]
    (['2026', '’27'], ['2027<br>02-20'])
    """
    first, *rest = names or [""]
    said = [first, *(f"’{name[2:]}" if len(name) == 4 else name for name in rest)]
    shown = [text.replace("-", "<br>", 1) for text in said]
    return {"type": "category", "showgrid": False, "tickvals": [*names], "ticktext": shown, "tickangle": 0}


def linear(unit: str, currency: str) -> dict[str, Any]:
    """A linear axis from zero, with the sign of the currency where the unit is money."""
    if unit == "%":
        return {"type": "linear", "rangemode": "tozero", "tickformat": ".0%", "nticks": 6}
    prefix = labels.symbol(currency) if unit == currency or unit.startswith(f"{currency}/") else ""
    return {"type": "linear", "rangemode": "tozero", "tickprefix": prefix, "nticks": 6}


def signed(numbers: Iterable[float], currency: str) -> dict[str, Any]:
    """A linear axis for money of both signs: at most eight round ticks, the minus before the sign of the currency.

    >>> signed([-20e6, 4e6], "USD")["ticktext"]
    ['−$20M', '−$15M', '−$10M', '−$5M', '$0']
    """
    known = [0.0, *numbers]
    low, high = min(known), max(known)
    if low == high:
        return linear(currency, currency)
    power = 10.0 ** math.floor(math.log10(high - low))
    step = next(size * power for size in (0.1, 0.2, 0.5, 1, 2) if (high - low) / (size * power) <= 7)
    steps = [step * place for place in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return {
        "type": "linear",
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [labels.money(each, currency) for each in steps],
    }


def amounts(numbers: list[float], unit: str, currency: str) -> dict[str, Any]:
    """The axis that shows these numbers best: linear, or logarithmic where they span decades."""
    if not wide(numbers):
        return linear(unit, currency)
    base = unit.partition("/")[0] if unit.startswith((currency, "%")) else ""
    return logarithmic(min(numbers), max(numbers), lambda tick: labels.quantity(tick, base, currency))
