"""How likely a holder invests at all."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "chance", "real-world")
def probability_invested(result: Result, holder: str) -> Measured:
    """The chance that a holder invests anything: its closing may lapse, its purchase be refused."""
    return Measured.chance(result.outcomes["holder", holder, "invested"] > 0)
