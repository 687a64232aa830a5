"""A holder's multiple of what it invests."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "multiple", "real-world")
def moic(result: Result, holder: str) -> Measured:
    """What a holder receives for each unit of money that it invests: `E[proceeds] / E[invested]`, of the paths on which it invests."""
    put_in, received = (result.outcomes["holder", holder, what] for what in ("invested", "proceeds"))
    multiple: Measured = Measured.mean_where(received, put_in > 0) / Measured.mean_where(put_in, put_in > 0)
    return multiple
