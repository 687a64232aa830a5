"""What a holder invests."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "money", "real-world")
def invested(result: Result, holder: str) -> Measured:
    """What a holder pays in all, expected over all paths, those on which it pays nothing included; not discounted."""
    return Measured.mean(result.outcomes["holder", holder, "invested"])
