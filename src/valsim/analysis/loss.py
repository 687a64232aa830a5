"""What made a holder lose money, and how often."""

import numpy as np

from valsim.analysis.spread import Plain, chance, mean
from valsim.core.rows import Bools
from valsim.outcome.loss import CAUSES
from valsim.result import Result


def causes_of_loss(result: Result, holder: str, put_in: Bools) -> Plain:
    """Give the chance of each cause of a loss where the holder invests, and what is lost by it on average where it strikes.

    The chances sum to the chance of a loss; ``lost`` is a part of what was invested. Real-world.
    """
    found = result.outcomes.get(("holder", holder, "cause of loss"))
    if found is None:
        return {}
    codes, invested, proceeds = (
        row[put_in] for row in (found, *(result.outcomes["holder", holder, what] for what in ("invested", "proceeds")))
    )
    of = result.clusters[put_in]
    parts = 1 - proceeds / invested
    return {
        name: {"probability": chance(codes == code, of), "lost": mean(parts[codes == code], of[codes == code])}
        for code, name in enumerate(CAUSES)
        if code and np.any(codes == code)
    }
