"""What became of the money that was raised for each use, and what it moved."""

from valsim.analysis.spread import Plain, chance, spread
from valsim.drivers.use_of_proceeds import Use
from valsim.result import Result


def use_of_proceeds(result: Result) -> list[Plain]:
    """Give each use: what was raised and spent for it by the end of a path, and the factors on the rows that it moves."""
    return [_use(result, name, use) for name, use in result.scenario.use_of_proceeds.items()]


def _use(result: Result, name: str, use: Use) -> Plain:
    raised, spent, cut = (result.outcomes["use", name, what] for what in ("raised", "spent", "cut"))
    of = result.clusters
    factors = {target: spread(result.outcomes["use", name, "factor", target], of) for target in use.moves}
    return {
        "name": name,
        "raised": spread(raised, of),
        "spent": spread(spent, of),
        "stays_in_cash": use.spent_over is None,
        "probability_cut": chance(cut, of),
        "factors": factors,
    }
