"""What the company leaves to all its holders."""

from valsim.analysis.measure.base import COMPANY, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(COMPANY, "money", "real-world")
def company_proceeds(result: Result) -> Measured:
    """What the exit leaves to all shareholders together, expected over all paths; not discounted."""
    return Measured.mean(result.outcomes["proceeds",])
