"""What the shares of a class are worth today: what they are paid at the end, and what was paid for those bought back."""

from collections.abc import Sequence

import numpy as np

from valsim.captable.curve import total
from valsim.captable.financing.tranche import shadow_series
from valsim.core.rows import Row
from valsim.outcome.payments import Payment
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State
from valsim.value.measure import discount_factor


def series_values(series: str, scenario: Scenario, state: State, paid: Sequence[tuple[Payment, Row]]) -> Columns:
    """Give the present value of a class and of one of its shares, where somebody holds any.

    ``paid`` holds the payments of the exit, each with what discounts it.
    """
    # Shares that were bought back count with what was paid for them: each share of a class is bought back in equal part.
    back = state.bought_back(series)
    shares = _there(series, scenario, state)
    into = {series, *(shadow_series(name, series) for tranche in scenario.tranches for name in tranche.issued)}
    value = total(
        factor * total(row for (_, name), row in payment.lots.items() if name in into) for payment, factor in paid
    )
    rate = scenario.measure.risk_free
    value = value + total(money * discount_factor(rate, np.asarray(time)) for time, money in back.payments)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_share = np.where(shares > 0, value / shares, np.nan)
    return {("class", series, "present value"): value, ("class", series, "present value per share"): per_share}


def _there(series: str, scenario: Scenario, state: State) -> Row:
    """Give the shares of a class that somebody holds or that were bought back; of a convertible the money that it was at first.

    That may be shadow shares now. What became of it among the shares of a round cannot be told from the others: then it is not known.
    """
    opening = scenario.captable.classes.get(series)
    terms = None if opening is None else opening.conversion()
    if opening is None or terms is None or not scenario.tranches:
        left = state.ledger.outstanding(series) if series in state.ledger.series else np.asarray(0.0)
        return state.bought_back(series).shares + left
    return opening.opening_shares(np.zeros(())) if terms.converts_into == "shadow_series" else np.asarray(np.nan)
