"""The gap between the headline and the fair value of one cap table, in words."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels

Told = Mapping[str, Any]


def gap_error(told: Told) -> float:
    """The standard error of the gap: the headline is known, so it is that of the fair value, as a part of it, times one plus the gap."""
    part = float(told["standard_error"] / told["fair_value"]) if told["fair_value"] else 0.0
    return (1 + told["overvaluation"]) * part if part > labels.ROUNDING else 0.0


def over(gap: float, error: float = 0.0) -> str:
    """A gap in words, with its standard error in points where it has one.

    >>> over(0.297), over(-0.05), over(-1e-16), over(0.2825, 0.011)
    ('30 % above', '5.0 % below', 'at', '28 % ± 1 above')
    """
    if abs(gap) <= labels.ROUNDING and not error:
        return "at"
    shown = " ".join(filter(None, labels.percent_with_error(abs(gap), error)))
    return f"{shown} {'above' if gap >= 0 else 'below'}"


def signed(gap: float | None) -> str:
    """A gap with its sign, nothing where there is none to tell.

    >>> signed(0.2825), signed(-0.1), signed(None), signed(1e-12)
    ('+28 %', '−10 %', '–', '0 %')
    """
    if gap is None:
        return labels.MISSING
    shown = labels.percent(gap) if abs(gap) > labels.ROUNDING else "0 %"
    return f"+{shown}" if gap > labels.ROUNDING else shown
