"""How likely a holder loses money."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.outcome.loss import lost
from valsim.result import Result


@measure(HOLDER, "chance", "real-world")
def probability_of_loss(result: Result, holder: str) -> Measured:
    """The chance that a holder receives less than it invests, of the paths on which it invests."""
    put_in, received = (result.outcomes["holder", holder, what] for what in ("invested", "proceeds"))
    return Measured.mean_where(lost(put_in, received), put_in > 0)
