"""The rate of return of a holder's expected cash flows."""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from valsim.analysis.cash import receipts
from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.analysis.pooled import before_the_end, rate_of_expected_cash_flows
from valsim.core.rows import Row
from valsim.result import Result


@measure(HOLDER, "rate", "real-world")
def irr_of_expected_cash_flows(result: Result, holder: str) -> Measured:
    """The rate per year at which a holder's expected payments and expected receipts are worth the same; never a mean of rates."""
    rate = rate_of_expected_cash_flows(result, holder)
    if not (np.isfinite(rate) and rate > -1):
        return Measured(rate, np.full(result.manifest.paths, np.nan))
    worth, slope = np.zeros(result.manifest.paths), 0.0
    for time, amount in chain(receipts(result, holder), _earlier(result, holder)):
        part = amount * np.exp(-np.log1p(rate) * time)
        worth, slope = worth + part, slope - float(np.mean(part * time)) / (1 + rate)
    return Measured.root(rate, worth, slope)


def _earlier(result: Result, holder: str) -> Iterator[tuple[Row, Row]]:
    """Give what was paid and received before the end as times and amounts, shape ``(paths,)``.

    A result holds what each path paid in all, and what all paths paid when: a path is taken to pay in the proportions of all.
    """
    flows = list(before_the_end(result, holder))
    outcomes = {what: result.outcomes["holder", holder, what] for what in ("invested", "proceeds", "at exit")}
    for row, sign in ((-outcomes["invested"], -1), (outcomes["proceeds"] - outcomes["at exit"], 1)):
        of_sign = [(time, money) for time, money in flows if sign * money > 0]
        in_all = sum(money for _, money in of_sign)
        yield from ((np.asarray(time), row * (money / in_all)) for time, money in of_sign)
