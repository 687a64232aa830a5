"""What a holder's shares are worth today."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "money", "risk-neutral")
def present_value(result: Result, holder: str) -> Measured:
    """All that a holder will receive, discounted at the risk-free rate; what it still pays is not taken off: see `paid_today`."""
    return Measured.mean(result.valued["holder", holder, "present value"])
