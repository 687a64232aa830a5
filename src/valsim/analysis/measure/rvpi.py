"""What a holder's shares count for at the horizon."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measure.dpi import dpi
from valsim.analysis.measure.moic import moic
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "multiple", "real-world")
def rvpi(result: Result, holder: str) -> Measured:
    """What a holder still has at the horizon, by the rule for companies that are private then, for each unit that it invests: `moic` less `dpi`."""
    multiple: Measured = moic(result, holder) - dpi(result, holder)
    return multiple
