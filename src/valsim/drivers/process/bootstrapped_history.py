"""A level whose log changes are drawn from those of a history."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from valsim.core.block import HOLDS, custom_error, shown
from valsim.core.columns import Columns
from valsim.core.errors import Problem
from valsim.core.parameter import Growth, PositiveLevel
from valsim.core.placing import inside
from valsim.core.quantity import QuantityError, parse_quantity
from valsim.core.rows import Row, Rows
from valsim.core.special import normal_cumulative, normal_quantile
from valsim.drivers.process.base import Process

FEWEST = 3
"""The fewest levels of a history: two changes, so that they can differ."""
YEARS = {"month": 1 / 12, "quarter": 1 / 4, "year": 1.0}
"""How long a period is."""


def _levels(raw: Any) -> Any:
    if not isinstance(raw, list):
        return raw if isinstance(raw, tuple) else _refused(raw)
    units, values = set(), []
    for index, item in enumerate(raw):
        with inside(index):
            value, unit = _level(item)
            units.add(unit)
            values.append(value)
            if len(units) > 1:
                raise custom_error("unit", f"expected the unit of the levels before, got {shown(item)}")
    return tuple(values)


def _refused(raw: Any) -> Any:
    message = f"expected a list of levels, oldest first, got {shown(raw)}"
    raise custom_error("history", message, "or a file, its column, and the column that it is ranked_by")


def _level(item: Any) -> tuple[float, Any]:
    try:
        quantity = parse_quantity(item)
    except (QuantityError, TypeError):
        raise custom_error("number", f"expected a level such as 104.2, got {shown(item)}") from None
    if quantity.value <= 0:
        raise custom_error("domain", f"must be above 0, got {shown(item)}", "only positive levels have log changes")
    return quantity.value, quantity.unit


_WRITTEN = {"type": ["array", "string"], HOLDS: "levels above 0, oldest first; from a file, the name of a column"}
Levels = Annotated[tuple[float, ...], BeforeValidator(_levels), WithJsonSchema(_WRITTEN)]
"""The levels of a history, oldest first."""


class BootstrappedHistory(Process):
    """A level whose log changes are drawn, one a step, from those of a history: of an index, a price, a peer.

    With ``n`` changes ``x`` of the history, of mean ``a`` over a period ``p``, a step of ``m = dt / p`` periods draws a row ``i``
    and changes the logarithm by ``m a + sqrt(m) (x_i - a)``: at the period of the history exactly a change that was seen, and
    at any other step with the mean ``m a`` and the variance ``m sum (x - a)^2 / n`` of as many independent changes (Efron 1979
    at the period itself). Whatever trends or calms down over several periods in the history is lost.

    The rows are put in the order of the changes of ``ranked_by``, and a shock ``z`` draws row ``floor(n Phi(z))`` of them, so
    that a high shock is a good period: correlations and the price of risk mean what they mean elsewhere. Two drivers that
    are ranked by the same column and whose shocks are correlated by 1 draw the same row, so that their joint history
    survives.
    """

    example = "{kind: bootstrapped_history, start: 100, period: quarter, levels: [80, 88, 84, 97, 100], ranked_by: [80, 88, 84, 97, 100]}"

    reads_columns: ClassVar[Columns] = Columns({"column": "levels", "ranked_by": "ranked_by"})

    kind: Literal["bootstrapped_history"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start, in any unit: of the history only the changes count."""
    period: Literal["month", "quarter", "year"]
    """The time from one level of the history to the next."""
    levels: Levels = ()
    """The levels of the history, oldest first, in any unit."""
    ranked_by: Levels
    """The levels of the same periods whose changes rank the rows: those of the history itself, or of an index that several
    histories share. From a file it is the name of a column."""
    file: str = Field(default="", examples=["history.csv"])
    """Instead of ``levels``: a CSV file beside the scenario or in a folder below, with a header, which is read with it."""
    column: str = Field(default="", examples=["index"])
    """The column of the file that holds the levels, by its header."""
    sample: str = ""
    """What the history is, such as ``index in history.csv``; it changes no number."""
    growth: Growth | None = None
    """Growth per year of the median, in place of that of the history: a sample of survivors tells the spread of what is to
    come, not its trend. Without it, the mean of the changes is that of the history."""

    @property
    def volatility(self) -> Row:
        """By how much the change follows its shock, per square root of a year: what the price of risk is counted in."""
        return np.asarray(_past(self.levels, self.ranked_by).follows / np.sqrt(YEARS[self.period]))

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Repeat one change of the history."""
        del rows
        past, periods = _past(self.levels, self.ranked_by), dt / YEARS[self.period]
        drawn = np.sqrt(periods) * past.drawn(normal_cumulative(shock))
        trend = periods * past.mean if self.growth is None else np.log1p(self.growth) * dt
        return self.but(start=self.start * np.exp(trend + drawn))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a level in another unit, and a ranking of other periods."""
        yield from super().problems(context)
        if len(self.levels) != len(self.ranked_by):
            message = f"expected {len(self.levels)} levels as in the history, got {len(self.ranked_by)}"
            yield Problem(("ranked_by",), message, "it ranks the same periods")

    @model_validator(mode="after")
    def _has_changes(self) -> Self:
        # Where the scenario is read from a file, its levels have taken the place of these.
        if self.file or self.column:
            raise custom_error("history", "file and column go together, in a scenario that is a file itself")
        if len(self.levels) < FEWEST:
            raise custom_error("history", f"a history has at least {FEWEST} levels, got {len(self.levels)}")
        return self


class _Past:
    """The changes of a history in the order of their ranks; no dataclass, for its rows are no paths."""

    def __init__(self, levels: tuple[float, ...], ranked_by: tuple[float, ...]) -> None:
        changes, ranks = (np.diff(np.log(each)) for each in (levels, ranked_by))
        self.mean = float(changes.mean())
        self.strayed = changes[np.argsort(ranks, kind="stable")] - self.mean

    def drawn(self, u: Row) -> Row:
        """Give how far the changes at ranks ``u`` stray from their mean, shape ``(n_paths,)``."""
        count = len(self.strayed)
        found: Row = self.strayed[np.minimum((u * count).astype(np.intp), count - 1)]
        return found

    @property
    def follows(self) -> float:
        """The covariance of the change with its shock: ``sum_i x_i (phi(q_i) - phi(q_i+1))`` between the quantiles ``q``."""
        quantiles = normal_quantile(np.arange(len(self.strayed) + 1) / len(self.strayed))
        density = np.exp(-0.5 * quantiles**2) / np.sqrt(2 * np.pi)
        return float(np.sum(self.strayed * (density[:-1] - density[1:])))


@lru_cache(maxsize=64)
def _past(levels: tuple[float, ...], ranked_by: tuple[float, ...]) -> _Past:
    return _Past(levels, ranked_by)
