"""What part of a company staged money buys: backwards from a target return, and forwards at one price."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.core.rows import Row


class Stakes(NamedTuple):
    """What each investor of a plan has to hold, shape ``(n_rounds,)``, and what is left for those who were there before."""

    final: Row
    """The part at the exit that gives each investor its target return."""
    retention: Row
    """What the rounds after its own leave of a part: final over at purchase."""
    at_purchase: Row
    """The part right after each investor's own round."""
    founders: float
    """The part at the exit of everyone who invests in no round."""

    def shares_issued(self, founder_shares: float) -> Row:
        """Give the shares that each round issues, shape ``(n_rounds,)``, where the founders hold so many."""
        return self.final * founder_shares / self.founders


def venture_capital_method(
    investments: npt.ArrayLike, times: npt.ArrayLike, target_returns: npt.ArrayLike, exit_value: float, exit_time: float
) -> Stakes:
    """Find the stakes that give each of several investors its target return, by the venture capital method, backwards.

        final_k = investment_k (1 + target_return_k)^(exit_time - time_k) / exit_value
        retention_k = 1 - sum of final_j over the later rounds j,    at_purchase_k = final_k / retention_k

    ``investments`` and ``exit_value`` are money, times years, returns effective per year, all of shape ``(n_rounds,)`` in the
    order of the rounds. Raises ValueError where the rounds are out of order or together ask for the whole company.
    Source: Sahlman, The Basic Venture Capital Formula, Harvard Business School 9-804-042.

    >>> stakes = venture_capital_method([3.5e6], [0], [0.50], exit_value=37.5e6, exit_time=5)
    >>> round(float(stakes.final[0]), 5)
    0.70875
    """
    money, time, rate = (np.asarray(row, dtype=float) for row in (investments, times, target_returns))
    if np.any(np.diff(time) < 0) or np.any(time > exit_time):
        raise ValueError("the rounds come in order, and before the exit")
    final = money * (1 + rate) ** (exit_time - time) / exit_value
    founders = 1 - float(final.sum())
    if founders <= 0:
        raise ValueError(f"the investors ask for {final.sum():.1%} of the company together; nothing is left to sell")
    later = final[::-1].cumsum()[::-1] - final
    return Stakes(final, 1 - later, final / (1 - later), founders)


def tranche_stakes(pre_money_valuation: float, tranches: Sequence[float]) -> Row:
    """Give what an investor holds after each tranche of a round at one price per share, shape ``(n_tranches,)``.

        stake_k = paid_k / (pre_money_valuation + paid_k),    paid_k = the tranches up to the k-th

    Whoever walks after a tranche keeps that stake, which is more than the same part of the final one. All are money.

    >>> [round(float(stake), 4) for stake in tranche_stakes(9e6, [1e6, 1e6, 1e6])]
    [0.1, 0.1818, 0.25]
    """
    paid = np.cumsum(np.asarray(tranches, dtype=float))
    return np.asarray(paid / (pre_money_valuation + paid))
