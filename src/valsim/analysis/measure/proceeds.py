"""What a holder receives."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "money", "real-world")
def proceeds(result: Result, holder: str) -> Measured:
    """What a holder receives in all, expected over all paths, after fees and carry; not discounted."""
    return Measured.mean(result.outcomes["holder", holder, "proceeds"])
