"""What a sheet is made of: columns that read the summary, rows, and charts of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from valsim.report import labels

Kind = Literal["text", "date", "money", "price", "percent", "multiple", "years", "number", "whole", "plain"]
"""How a value is written; an amount is in whole units of the currency, whatever the format shows."""
Item = Any

STANDARD_ERROR = "standard error"
PERCENTILES = {"0.05": "5th percentile", "0.5": "median", "0.95": "95th percentile"}


class Shown(NamedTuple):
    """A value that is written otherwise than its column."""

    value: Any
    kind: Kind


@dataclass(frozen=True)
class Column:
    """A heading with its unit, how its values are written, what gives the value of a row, and under which measure it is."""

    title: str
    kind: Kind
    read: Callable[[Item], Any]
    measure: str = ""


@dataclass(frozen=True)
class Line:
    """What a chart draws of a column; a dashed one is of the edge of what is likely."""

    column: str
    color: str
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of some rows of the sheet: ``lines`` over the column ``across``, both by their titles.

    ``finding`` says in words what it shows, for those who do not see it.
    """

    title: str
    shape: Literal["areas", "bars", "columns", "stacked", "line", "scatter"]
    across: str
    lines: Sequence[Line]
    finding: str
    x_title: str
    y_title: str
    x_kind: Kind
    y_kind: Kind
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table under a title and some sentences, with the charts of it."""

    name: str
    title: str
    lead: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    charts: Sequence[Chart] = ()

    @classmethod
    def of(
        cls,
        name: str,
        title: str,
        lead: Iterable[str],
        columns: Sequence[Column],
        items: Iterable[Item],
        charts: Sequence[Chart] = (),
    ) -> "Sheet":
        """Read the rows: one for each item."""
        rows = tuple(tuple(column.read(item) for column in columns) for item in items)
        return cls(name, title, tuple(text for text in lead if text), tuple(columns), rows, tuple(charts))


def key(name: str) -> Callable[[Item], Any]:
    """Read what an item has under a key; nothing where it has none."""
    return lambda item: item.get(name)


def estimated(title: str, kind: Kind, measure: str, read: Callable[[Item], Any]) -> tuple[Column, Column]:
    """Columns of a mean and its standard error."""
    return (
        Column(title, kind, lambda item: labels.estimate(read(item)).mean, measure),
        Column(f"{title}, {STANDARD_ERROR}", kind, lambda item: labels.estimate(read(item)).standard_error, measure),
    )


def percentiles(title: str, kind: Kind, measure: str, read: Callable[[Item], Any]) -> tuple[Column, ...]:
    """Columns of the median and of what nine paths in ten are between."""
    return tuple(
        Column(f"{title}, {word}", kind, lambda item, level=level: labels.estimate(read(item)).at(level), measure)  # type: ignore[misc]
        for level, word in PERCENTILES.items()
    )


def beside(title: str, kind: Kind, measure: str, of: str, error: str) -> tuple[Column, Column]:
    """Columns of a number and of its standard error, which the summary has under two keys."""
    return (
        Column(title, kind, key(of), measure),
        Column(f"{title}, {STANDARD_ERROR}", kind, key(error), measure),
    )


def kind_of(unit: str, currency: str, size: float) -> Kind:
    """How numbers in a unit of the summary are written, which are at most of a size: amounts, or prices with their cents.

    >>> kind_of("USD/year", "USD", 2e6), kind_of("USD", "USD", 0.003), kind_of("year", "USD", 8)
    ('money', 'price', 'number')
    """
    if unit.split("/", maxsplit=1)[0] != currency:
        return "number"
    return "money" if size >= 1000 else "price"


Summary = Mapping[str, Any]
