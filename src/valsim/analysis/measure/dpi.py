"""What a holder has back in money by the horizon."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "multiple", "real-world")
def dpi(result: Result, holder: str) -> Measured:
    """What a holder has back in money by the horizon for each unit that it invests: `E[realised] / E[invested]`, of the paths on which it invests."""
    put_in, back = (result.outcomes["holder", holder, what] for what in ("invested", "realised"))
    paid_in: Measured = Measured.mean_where(back, put_in > 0) / Measured.mean_where(put_in, put_in > 0)
    return paid_in
