"""Values by date, among the companies that are still private."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from valsim.analysis.spread import LEVELS, Plain, number, of_sorted
from valsim.core.rows import Bools, Row
from valsim.execution import processors
from valsim.result import Result, estimate
from valsim.scenario.row_units import row_units


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
    steps = [_at(row[private]) for row, private in zip(rows, alive, strict=True)]
    names = [f"{level:g}" for level in LEVELS]
    return {
        "mean": [number(step[0]) for step in steps],
        "standard_error": [number(step[1]) for step in steps],
        "quantiles": {name: [number(step[2][i]) for step in steps] for i, name in enumerate(names)},
    }


def _at(row: Row) -> tuple[float, float, Row]:
    found = estimate(row)
    levels = of_sorted(np.sort(row)) if row.size else np.full(len(LEVELS), np.nan)
    return found.mean, found.standard_error, levels
