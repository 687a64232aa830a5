"""A table of named columns, which pandas, Polars and Arrow take over as it is; none of them is needed before it is asked for."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from valsim.report import labels
from valsim.report.section.parts import Cell, Column, Section, Table

SHOWN = 10
"""So many rows are shown; the rest is counted."""
Columns = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, repr=False)
class Frame:
    """A tidy table: one row an observation, a column of shape ``(rows,)`` for each thing said of it.

    ``columns`` holds the columns by name and ``units`` the units of those that have one. A number that there is not is NaN.

    >>> Frame("exits", {"exit": np.array(["ipo", "wind_down"]), "probability": np.array([0.25, 0.75])})["probability"]
    array([0.25, 0.75])
    """

    name: str
    columns: Columns
    units: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return next((column.size for column in self.columns.values()), 0)

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        if name not in self.columns:
            near = difflib.get_close_matches(name, self.columns, 6, 0.3) or list(self.columns)[:6]
            raise KeyError(
                f"{self.name} has no column {name!r}; of its {len(self.columns)}, near are {', '.join(near)}"
            )
        return self.columns[name]

    def to_pandas(self) -> Any:
        """Give a ``pandas.DataFrame``; its units are in ``attrs["units"]``. Raises ``ImportError`` where there is no pandas."""
        made = library("pandas").DataFrame(dict(self.columns))
        made.attrs["units"] = dict(self.units)
        return made

    def to_polars(self) -> Any:
        """Give a ``polars.DataFrame``. Raises ``ImportError`` where there is no Polars."""
        return library("polars").DataFrame({name: plain(column) for name, column in self.columns.items()})

    def to_arrow(self) -> Any:
        """Give a ``pyarrow.Table``, whose fields name their units. Raises ``ImportError`` where there is no pyarrow."""
        arrow = library("pyarrow")
        arrays = {name: arrow.array(plain(column)) for name, column in self.columns.items()}
        about = {name: {"unit": self.units[name]} if name in self.units else None for name in arrays}
        schema = arrow.schema([arrow.field(name, each.type, metadata=about[name]) for name, each in arrays.items()])
        return arrow.Table.from_arrays(list(arrays.values()), schema=schema)

    def __repr__(self) -> str:
        return f"<Frame {self.name}: {len(self):,} rows of {', '.join(self.columns)}>"

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
        from valsim.report.notebook.cards import Card, html

        more = f"The first {SHOWN} of {len(self):,} rows." if len(self) > SHOWN else ""
        section = Section(self.name, "", "", [self._table(more)])
        return {"text/html": html(Card(labels.name(self.name), "", [section])), "text/plain": repr(self)}

    def _table(self, note: str) -> Table:
        columns = tuple(Column(name, self.units.get(name, ""), is_number(each)) for name, each in self.columns.items())
        first = zip(*(column[:SHOWN].tolist() for column in self.columns.values()), strict=True)
        rows = tuple(tuple(Cell(shown(value)) for value in row) for row in first)
        return Table(f"{len(self):,} rows", columns, rows, note=note)


def frame(name: str, rows: Iterable[Mapping[str, Any]], units: Mapping[str, str]) -> Frame:
    """Make a frame of rows; what one row does not say is NaN in a column of numbers, else an empty text.

    >>> frame("cash", [{"year": 2026, "paid": 5.0}, {"year": 2027, "paid": None}], {"paid": "USD"})["paid"]
    array([ 5., nan])
    """
    rows = list(rows)
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: column([row.get(name) for row in rows]) for name in names}
    return Frame(name, columns, {name: unit for name, unit in units.items() if name in columns})


def column(values: list[Any]) -> npt.NDArray[Any]:
    """Give values as an array: of numbers where all that are there are, and of texts where one is."""
    if any(isinstance(value, str) for value in values):
        return np.array(["" if value is None else str(value) for value in values], dtype=np.str_)
    if any(value is None for value in values):
        return np.array([np.nan if value is None else float(value) for value in values])
    return np.array(values)


def plain(column: npt.NDArray[Any]) -> Any:
    """Give a column as Polars and Arrow read it: those of texts as a list."""
    return column if is_number(column) or column.dtype == np.bool_ else column.tolist()


def is_number(column: npt.NDArray[Any]) -> bool:
    """Whether a column holds numbers."""
    return bool(np.issubdtype(column.dtype, np.number))


def shown(value: Any) -> str:
    """Give a value for the few rows that are shown."""
    return f"{value:.6g}" if isinstance(value, float) else labels.short(str(value), 60)


def library(name: str) -> Any:
    """Import a library of data frames, or say what to install."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ImportError(f"this needs {name}: pip install {name}") from None
