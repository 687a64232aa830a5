"""Whether a multiple that starts hot cools down before the horizon."""

from collections.abc import Iterator

import numpy as np

from valsim.core.errors import Problem
from valsim.core.parameter import at_medians
from valsim.drivers.process import Process

HOT = 25
"""A multiple of revenue above this is hot: few companies are worth so much, and none for long."""
MATURE = 18
"""Mature companies are worth about 3 to 18 times their revenue, 7 in the middle: medians of listed software companies from
2014 to 2026, and price over sales at technology listings since 1980."""


def hot_multiple(multiple: Process, years: float) -> Iterator[Problem]:
    """Warn of a multiple whose median starts above ``HOT`` and, without shocks, is above ``MATURE`` after some years."""
    if multiple.reads | multiple.needs:
        return
    now = at_medians(multiple)
    with np.errstate(all="ignore"):  # what is not a number is not hot
        then = now.advance(years, np.asarray(0.0), {})
    start, end = float(now.level({})), float(then.level({}))
    if start > HOT and end > MATURE:
        message = f"a multiple of {start:g}x is hot, and after {years:g} years its median is still {end:.3g}x"
        way_out = "mature companies are worth about 3x to 18x; let it revert, kind: mean_reverting, to such a mean"
        yield Problem(("valuation", "multiple"), message, way_out, "key", "hot_multiple", severity="warning")
