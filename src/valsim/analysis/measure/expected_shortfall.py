"""What the worst path of 20 costs a holder on average."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.analysis.tail import gains, shortfall
from valsim.result import Result


@measure(HOLDER, "money", "real-world")
def expected_shortfall(result: Result, holder: str) -> Measured:
    """What a holder loses on average on the worst 5 % of the paths on which it invests, discounted at the risk-free rate."""
    return shortfall(*gains(result, holder), 0.95)
