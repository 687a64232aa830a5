"""The rows of one instant: all that an expression may read of the state of every path."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np

from valsim.captable.financing.last_round import LastRound
from valsim.captable.merge import OnPaths
from valsim.core.choose import choose
from valsim.core.expression import Expression
from valsim.core.rows import Row, cut
from valsim.core.selection import select
from valsim.core.streams import Paths
from valsim.drivers.compute_credits import Batch
from valsim.drivers.use_of_proceeds import Budget, budget_rows
from valsim.value.basis import Basis


@dataclass(frozen=True)
class View(Mapping[str, Any]):
    """The rows of one instant: levels are held, what follows from them is worked out when it is read.

    It knows its rows and not its state, so that a state is freed as soon as nothing needs it.
    """

    held: Mapping[str, Any]
    books: tuple[Mapping[str, Budget], Mapping[Any, Batch]]
    """Budgets and compute credits, of all paths."""
    start: Mapping[str, Row]
    field_of: Callable[[str], Row]
    """Gives a field of a driver by its dotted name."""
    basis: Basis
    operating: Expression
    last_round: LastRound
    time: float
    compute: Expression | None = None
    paths: Paths | None = None
    """The paths that the rows are of, where these are not all."""
    known: dict[str, Any] = field(default_factory=dict)

    def on(self, paths: Paths) -> "View":
        """Give the rows on some paths: each is cut when it is read, and what follows from others is worked out for those alone."""
        basis, last_round = select((self.basis, self.last_round), paths)
        held, start = OnPaths(self.held, paths), OnPaths(self.start, paths)
        now = partial(_cut, self.field_of, paths), basis, self.operating, last_round, self.time, self.compute
        return View(held, self.books, start, *now, paths if self.paths is None else self.paths[paths])

    @cached_property
    def of_books(self) -> Mapping[str, Callable[[], Row]]:
        """What works out the rows of budgets and credits, by row."""
        budgets, batches = self.books if self.paths is None else select(self.books, self.paths)
        left = {} if self.compute is None else {"compute_credits": partial(_left, batches, np.shape(self.held["cash"]))}
        return budget_rows(budgets) | left

    def __getitem__(self, name: str) -> Any:
        if name not in self.known:
            self.known[name] = self._worked_out(name)
        return self.known[name]

    def _worked_out(self, name: str) -> Any:
        if name in self.held:
            return self.held[name]
        if name in DERIVED:
            return DERIVED[name](self)
        if name in self.of_books:
            return self.of_books[name]()
        if name.endswith(".start"):
            return self.start[name.removesuffix(".start")]
        return self.field_of(name)

    @cached_property
    def operated(self) -> Row:
        """The formula of the cash flow, before what is spent of the money that was raised for a use."""
        return self.operating(self)

    @cached_property
    def paid_in_credits(self) -> Row:
        """What of the cost of compute a year is paid with credits now, as long as some are left."""
        cost = np.asarray(0.0) if self.compute is None else np.maximum(self.compute(self), 0.0)
        return choose(self["compute_credits"] > 0, cost, 0.0)

    def __iter__(self) -> Iterator[str]:
        return iter((*self.held, *self.of_books, *DERIVED))

    def __len__(self) -> int:
        return len(self.held) + len(self.of_books) + len(DERIVED)


def _cut(field_of: Callable[[str], Row], paths: Paths, name: str) -> Row:
    return cut(np.asarray(field_of(name)), paths)


def _left(batches: Mapping[Any, Batch], shape: tuple[int, ...]) -> Row:
    return sum((batch.left for batch in batches.values()), np.zeros(shape))


def _cash_flow(rows: View) -> Row:
    flow = rows.operated
    if "spending" in rows.of_books:
        flow = flow - rows["spending"]
    return flow if rows.compute is None else flow + rows.paid_in_credits


def _runway(rows: View) -> Row:
    with np.errstate(divide="ignore", invalid="ignore"):
        return choose(rows["burn"] > 0, rows["cash"] / rows["burn"], np.inf)


DERIVED: Mapping[str, Callable[[View], Row]] = {
    "cash_flow": _cash_flow,
    "burn": lambda rows: np.maximum(-rows["cash_flow"], 0.0),
    "runway": _runway,
    "valued_revenue": lambda rows: rows.basis.measured(rows),
    "enterprise_value": lambda rows: rows["multiple"] * rows["valued_revenue"],
    "equity_value": lambda rows: np.maximum(rows["enterprise_value"] + rows["cash"] - rows["debt"], 0.0),
    "time_since_round": lambda rows: rows.time - rows.last_round.time,
    "last_price_per_share": lambda rows: rows.last_round.price_per_share,
    "last_post_money_valuation": lambda rows: rows.last_round.post_money_valuation,
}
"""What follows from the levels: burn = max(0, -cash_flow), runway = cash / burn, enterprise value = multiple x revenue; and
from the last round."""
