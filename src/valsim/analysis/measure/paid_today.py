"""What a holder's payments are worth today."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "money", "risk-neutral")
def paid_today(result: Result, holder: str) -> Measured:
    """All that a holder pays, discounted at the risk-free rate; what it paid before the start counts in full."""
    return Measured.mean(result.valued["holder", holder, "paid today"])
