"""What all shares that exist at the start are worth today."""

from valsim.analysis.health import present_value
from valsim.analysis.measure.base import COMPANY, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(COMPANY, "money", "risk-neutral")
def present_value_of_opening_classes(result: Result) -> Measured:
    """What all shares of the opening cap table are worth today together: the fair value of the company to who holds it now."""
    return Measured.mean(present_value(result))
