"""Values by date, among the companies that are still private."""

from collections.abc import Sequence

import numpy as np

from valsim.analysis.spread import Plain, spread
from valsim.core.clusters import Clusters
from valsim.core.rows import Row
from valsim.core.streams import Paths
from valsim.result import Result
from valsim.scenario.rules.row_units import row_units


def values(result: Result) -> Plain:
    """Give each driver and value by date: mean, standard error and quantiles of the companies still private; of none where no series are kept."""
    if not result.history.series:
        return {}
    alive, units = result.history.alive, row_units(result.scenario)
    common = {
        "dates": [step.date.isoformat() for step in result.scenario.steps],
        "alive": [float(share) for share in alive.mean(axis=1)],
        "kept_paths": int(alive.shape[1]),
    }
    private = [np.flatnonzero(step) for step in alive]
    return {
        name: {"unit": str(units[name]), **common, **_fan(rows, private, result.clusters)}
        for name, rows in result.history.series.items()
    }


def _fan(rows: Row, private: Sequence[Paths], clusters: Clusters) -> Plain:
    steps = [spread(row.take(paths), clusters[paths]) for row, paths in zip(rows, private, strict=True)]
    return {
        "mean": [step["mean"] for step in steps],
        "standard_error": [step["standard_error"] for step in steps],
        "quantiles": {level: [step["quantiles"][level] for step in steps] for level in steps[0]["quantiles"]},
    }
