"""Values by date, among the companies that are still private."""

from concurrent.futures import ThreadPoolExecutor

from valsim.analysis.spread import Plain, spread
from valsim.core.rows import Bools, Row
from valsim.execution.team import processors
from valsim.result import Result
from valsim.scenario.rules.row_units import row_units


def values(result: Result) -> Plain:
    """Give each driver and value by date: mean, standard error and quantiles of the companies still private."""
    alive, units = result.history.alive, row_units(result.scenario)
    common = {
        "dates": [step.date.isoformat() for step in result.scenario.steps],
        "alive": [float(share) for share in alive.mean(axis=1)],
        "kept_paths": int(alive.shape[1]),
    }
    with ThreadPoolExecutor(processors()) as pool:
        fans = pool.map(lambda rows: _fan(rows, alive), result.history.series.values())
    return {
        name: {"unit": str(units[name]), **common, **fan} for name, fan in zip(result.history.series, fans, strict=True)
    }


def _fan(rows: Row, alive: Bools) -> Plain:
    steps = [spread(row[private]) for row, private in zip(rows, alive, strict=True)]
    return {
        "mean": [step["mean"] for step in steps],
        "standard_error": [step["standard_error"] for step in steps],
        "quantiles": {level: [step["quantiles"][level] for step in steps] for level in steps[0]["quantiles"]},
    }
