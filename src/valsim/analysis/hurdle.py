"""The whole company at a hurdle rate: what some investors look at, and no fair value."""

import numpy as np

from valsim.analysis.spread import Plain, mean, number
from valsim.core.parameter import middle
from valsim.result import Result

WORDS = (
    "Expected exit proceeds of the whole company at a hurdle rate, real-world; no fair value, and of no class, holder or decision: "
    "the paths contain the failures that such a rate is meant to pay for."
)


def hurdle(result: Result) -> Plain | None:
    """Give the expected exit proceeds of all shareholders together, discounted at the hurdle rate; nothing where none is stated."""
    rate = result.scenario.valuation.hurdle_rate
    if rate is None:
        return None
    return {
        "rate": number(np.asarray(middle(rate))),
        **mean(result.outcomes["proceeds at hurdle rate",], result.clusters),
        "text": WORDS,
    }
