"""What the worst path of 20 costs a holder."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.analysis.tail import at_risk, gains
from valsim.result import Result


@measure(HOLDER, "money", "real-world")
def value_at_risk(result: Result, holder: str) -> Measured:
    """What a holder loses at least on the worst 5 % of the paths on which it invests, discounted at the risk-free rate; a gain is below zero."""
    return at_risk(*gains(result, holder), 0.95)
