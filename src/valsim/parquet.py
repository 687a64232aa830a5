"""What each path comes to as a Parquet file, written while a run is played."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from valsim.core.errors import SimulationError
from valsim.core.part import Key
from valsim.core.pieces import Table
from valsim.core.whole_file import whole_file
from valsim.outcome.units import column_units
from valsim.result import Manifest
from valsim.scenario.model import Scenario

GROUP = 32_768
"""Rows are written so many at a time, whatever the chunks in which paths are played, so that the file is the same."""
MEASURES = ("real_world", "risk_neutral")
HOW = {"compression": "zstd", "compression_level": 1, "use_dictionary": False}
"""How columns are packed: what was quickest of all that was as small, without loss."""


@contextmanager
def written_to(path: Path | str | None, scenario: Scenario) -> Iterator["Outcomes | None"]:
    """Give what writes the outcomes of a run to a file, or nothing where no file is asked for.

    The file is written under another name beside its place and moved there when it is whole; where the run fails or is stopped,
    nothing is left.

    Raises:
        SimulationError: PyArrow is not installed, or the file cannot be written.
    """
    if path is None:
        yield None
        return
    path = Path(path)
    arrow = pyarrow()
    with ExitStack() as opened:
        with _refused(path):
            draft = opened.enter_context(whole_file(path))
        outcomes = Outcomes(path, draft, scenario, arrow)
        opened.callback(outcomes.close)
        yield outcomes  # what goes wrong in the run is not told as if it was the file
        with _refused(path):
            opened.close()


def pyarrow() -> ModuleType:
    """Give PyArrow, which is imported only where a file is written.

    Raises:
        SimulationError: it is not installed.
    """
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError:
        message = "a Parquet file needs PyArrow, which is not installed here: pip install 'valsim[parquet]'"
        raise SimulationError(message) from None
    found: ModuleType = pyarrow
    return found


def made_by(scenario: Scenario, manifest: Manifest) -> dict[str, str]:
    """Say what made a file of a run: enough to make it again."""
    return {
        "valsim": manifest.valsim,
        "scenario": scenario.name,
        "input_hash": manifest.input_hash,
        "as_of": scenario.as_of.isoformat(),
        "currency": scenario.currency,
        "paths": str(manifest.paths),
        "seed": str(manifest.seed),
        "sampler": manifest.sampler,
        "anchor_scale": repr(manifest.anchor_scale),
        "policy": manifest.policy,
    }


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SimulationError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None


@dataclass
class Outcomes:
    """A Parquet file of one row a path: its number, and a column for each number that it comes to under each measure.

    A column is named by the measure and the words of its key, ``real_world.holder.me.proceeds``.
    """

    path: Path
    draft: Path
    scenario: Scenario
    arrow: ModuleType
    written: int = 0
    """How many paths are in the file."""
    _writer: Any = None
    _schema: Any = None

    def add(self, tables: Sequence[Table]) -> None:
        """Write what is there of whole groups: tables under each measure, of all paths so far."""
        self._write(tables, tables[0].size // GROUP * GROUP)

    def finish(self, tables: Sequence[Table], manifest: Manifest) -> None:
        """Write the rest, and what made it: enough to make it again."""
        self._write(tables, tables[0].size)
        self._writer.add_key_value_metadata(made_by(self.scenario, manifest))
        self.close()

    def close(self) -> None:
        """Close the file, whole or not."""
        if self._writer is not None:
            with _refused(self.path):
                self._writer.close()

    def _write(self, tables: Sequence[Table], paths: int) -> None:
        with _refused(self.path):
            self._write_rows(tables, paths)

    def _write_rows(self, tables: Sequence[Table], paths: int) -> None:
        schema = self._schema_of(tables)
        if schema != self._schema:
            self._begin(schema)  # anew, where a column came that no path before had
        while self.written < paths:
            to = min(self.written + GROUP, paths)
            self._writer.write_table(self._cut(tables, self.written, to), row_group_size=GROUP)
            self.written = to

    def _begin(self, schema: Any) -> None:
        self.close()
        self._writer = self.arrow.parquet.ParquetWriter(self.draft, schema, **HOW)
        self._schema, self.written = schema, 0

    def _schema_of(self, tables: Sequence[Table]) -> Any:
        known = (column_units(table.kinds, self.scenario) for table in tables)
        fields = [
            self._field(measure, key, table.kinds[key], unit)
            for measure, table, units in zip(MEASURES, tables, known, strict=True)
            for key, unit in units.items()
        ]
        return self.arrow.schema([self.arrow.field("path", self.arrow.int64()), *fields])

    def _field(self, measure: str, key: Key, kind: np.dtype[Any], unit: str) -> Any:
        about = {"measure": measure.replace("_", "-"), "key": json.dumps(key, ensure_ascii=False), "unit": unit}
        return self.arrow.field(".".join((measure, *key)), self.arrow.from_numpy_dtype(kind), metadata=about)

    def _cut(self, tables: Sequence[Table], first: int, last: int) -> Any:
        rows = (table.cut(key, first, last) for table in tables for key in table)
        arrays = [self.arrow.array(row) for row in (np.arange(first, last), *rows)]
        return self.arrow.Table.from_arrays(arrays, schema=self._schema)
