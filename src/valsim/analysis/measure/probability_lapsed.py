"""How likely a closing lapses."""

from valsim.analysis.measure.base import CLOSING, measure, tranche_of
from valsim.analysis.measured import Measured
from valsim.analysis.tranches import became
from valsim.result import Result


@measure(CLOSING, "chance", "real-world")
def probability_lapsed(result: Result, *closing: str) -> Measured:
    """The chance that a closing lapses, as its condition was missed and nobody waived it."""
    return Measured.chance(became(result, tranche_of(result.scenario, closing), "lapsed"))
