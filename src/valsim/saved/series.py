"""The time series of the first paths as a Parquet file."""

from datetime import date
from pathlib import Path

import numpy as np

from valsim.core.streams import BATCH
from valsim.parquet import HOW, made_by, pyarrow
from valsim.result import Result
from valsim.scenario.rules.row_units import recorded_units

SHOWN = BATCH
"""Time series of so many first paths are saved; the summary is of all that a run keeps."""


def write_series(result: Result, path: Path) -> None:
    """Write the time series of the first paths: one row for each date on which a path is still private, real-world.

    Raises:
        SimulationError: PyArrow is not installed.
        OSError: the file cannot be written.
    """
    arrow = pyarrow()
    units, days = (
        {"years": "year"} | {name: str(unit) for name, unit in recorded_units(result.scenario).items()},
        days_of(result),
    )
    alive = result.history.alive[:, :SHOWN]
    paths, steps = np.nonzero(alive.T)  # path by path, each in the order of time
    columns = {
        "path": paths,
        "date": days[steps],
        "years": np.array([step.time for step in result.scenario.steps])[steps],
    }
    columns |= {name: table[steps, paths] for name, table in result.history.series.items()}
    fields = [
        arrow.field(name, arrow.array(row[:0]).type, metadata={"unit": units.get(name, "")})
        for name, row in columns.items()
    ]
    schema = arrow.schema(fields, metadata=made_by(result.scenario, result.manifest))
    arrow.parquet.write_table(arrow.Table.from_pydict(columns, schema=schema), path, **HOW)


def days_of(result: Result) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    """Give the dates of the steps."""
    return np.array([np.datetime64(date.isoformat(step.date), "D") for step in result.scenario.steps])
