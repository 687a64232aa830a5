"""What a share of a class is worth today."""

from valsim.analysis.fair_value import per_share
from valsim.analysis.measure.base import CLASS, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLASS, "price", "risk-neutral")
def present_value_per_share(result: Result, series: str) -> Measured:
    """What a share of a class is worth today, of the paths on which somebody holds any: the fair value of the share."""
    return per_share(result, series)
