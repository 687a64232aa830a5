"""What a class is worth today."""

from valsim.analysis.measure.base import CLASS, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLASS, "money", "risk-neutral")
def present_value_of_class(result: Result, series: str) -> Measured:
    """What all shares of a class are worth today, over all paths."""
    return Measured.mean(result.valued["class", series, "present value"])
