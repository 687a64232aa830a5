"""Results made by hand, to summarise."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.companies import steady
from valsim.result import History, Manifest, Result
from valsim.scenario.model import Scenario

MANIFEST = Manifest(
    valsim="0", input_hash="0", paths=0, seed=1, sampler="pseudo", threads=1, seconds=0.0, anchor_scale=1.0,
    anchor_standard_error=0.0, versions={},
)  # fmt: skip


def made(
    outcomes: Mapping[tuple[str, ...], Any] | None = None,
    *,
    scenario: Scenario | None = None,
    valued: Mapping[tuple[str, ...], Any] | None = None,
    paid_in: Mapping[tuple[str, ...], Any] | None = None,
    series: Mapping[str, Any] | None = None,
    alive: Any = None,
) -> Result:
    """A result of some columns, each with a number a path."""
    columns = [{key: np.asarray(row) for key, row in (each or {}).items()} for each in (outcomes, valued, paid_in)]
    paths = next((row.size for each in columns[:2] for row in each.values()), 0)
    rows = {name: np.asarray(table, float) for name, table in (series or {}).items()}
    history = History(rows, np.asarray([[True]] if alive is None else alive))
    manifest = Manifest(**{**vars(MANIFEST), "paths": paths})
    return Result(scenario or steady(), manifest, *columns, {}, history)
