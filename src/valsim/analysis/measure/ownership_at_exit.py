"""What a holder owns when the path ends."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "share", "real-world")
def ownership_at_exit(result: Result, holder: str) -> Measured:
    """The part of the fully diluted shares that a holder has when the company exits, expected over all paths."""
    return Measured.mean(result.outcomes["holder", holder, "ownership at exit"])
