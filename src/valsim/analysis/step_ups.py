"""What closings cost against the last round: their step-up, how often they are down rounds, and how long after it they come."""

from typing import Any

import numpy as np
import numpy.typing as npt

from valsim.analysis.spread import Plain, chance, quantiles
from valsim.analysis.tranches import funded
from valsim.captable.financing.tranche import Tranche
from valsim.captable.ledger import ROUNDING
from valsim.core.rows import Bools
from valsim.result import Result


def step_ups(result: Result) -> list[Plain]:
    """Give each closing that sets a price, over the paths on which it is funded and a round came before it.

    The step-up is the price per share over that of the last closing of any round; below 1 it is a down round.
    """
    return [_step_up(result, tranche) for tranche in result.scenario.tranches if tranche.closing.prices]


def _step_up(result: Result, tranche: Tranche) -> Plain:
    done, told = funded(result, tranche), ("step_up", "time_since_last_round", "new_money", "post_money_valuation")
    compared = np.flatnonzero(done & np.isfinite(_told(result, tranche, "step_up")))
    step, since, money, post = (_told(result, tranche, name)[compared] for name in told)
    return {
        "round": tranche.round,
        "tranche": tranche.name,
        "down_round_if_funded": chance(step < 1 - ROUNDING, result.clusters[compared]),
        "step_up": {"quantiles": quantiles(step)},
        "time_since_last_round": {"quantiles": quantiles(since[np.isfinite(since)])},
        "new_money_over_post_money": {"quantiles": quantiles(money / post)},
        "terms_drawn_if_funded": _drawn(result, tranche, done),
    }


def _told(result: Result, tranche: Tranche, name: str) -> npt.NDArray[Any]:
    return result.outcomes["tranche", *tranche.key, name]


def _drawn(result: Result, tranche: Tranche, done: Bools) -> Plain:
    """Give the chance of each of the drawn terms where the closing is funded."""
    code = _told(result, tranche, "drawn")[done].astype(np.int64)
    of = result.clusters[done]
    return {name: chance(code >> place & 1 > 0, of) for place, name in enumerate(tranche.terms.drawn_terms)}
