"""How likely a closing is funded."""

from valsim.analysis.measure.base import CLOSING, measure, tranche_of
from valsim.analysis.measured import Measured
from valsim.analysis.tranches import funded
from valsim.result import Result


@measure(CLOSING, "chance", "real-world")
def probability_funded(result: Result, *closing: str) -> Measured:
    """The chance that a closing is funded, a missed condition waived or not."""
    return Measured.chance(funded(result, tranche_of(result.scenario, closing)))
