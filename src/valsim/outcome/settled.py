"""Paths that have ended, and what is worked out of them once for all that is told."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from valsim.captable.transfer import Flow
from valsim.core.rows import Bools, Row
from valsim.core.streams import BATCH
from valsim.core.timeline import years_between
from valsim.ended import STILL_PRIVATE
from valsim.outcome.money import Money, opening_costs
from valsim.outcome.payments import Payment, payments
from valsim.outcome.proceeds import PaidOut, paid_out
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names
from valsim.state import State
from valsim.value.measure import discount_factor


@dataclass(frozen=True)
class Settled:
    """Paths that have ended: a realised document, the state, and what follows from both.

    What takes too long for all of them is worked out among so many first ones, which are looked at ``closely``.
    """

    scenario: Scenario
    state: State
    closely: int = BATCH

    @cached_property
    def exits(self) -> list[PaidOut]:
        """All that the exits ever pay, by way of ending."""
        return paid_out(self.scenario, self.state)

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """The same by date and lot."""
        return payments(self.scenario, self.state, self.exits)

    @cached_property
    def discounted(self) -> list[tuple[Payment, Row]]:
        """The payments, each with what discounts it, shape ``(n_paths,)``."""
        rate, shape = self.scenario.measure.risk_free, self.state.cash.shape
        return [(each, np.broadcast_to(discount_factor(rate, each.valued), shape)) for each in self.payments]

    @cached_property
    def money(self) -> dict[str, Money]:
        """Everybody's money."""
        return {name: self.money_of(name) for name in holder_names(self.scenario)}

    @cached_property
    def costs(self) -> tuple[Flow, ...]:
        """What the opening holders paid before."""
        return opening_costs(self.scenario)

    def money_of(self, holder: str) -> Money:
        """Give the money of one holder."""
        return Money.of(holder, self.scenario, self.state, self.payments, self.costs)

    @cached_property
    def realised(self) -> Bools:
        """Where the exit was within the horizon."""
        ended = self.state.ended
        horizon = years_between(self.scenario.as_of, self.scenario.horizon_date)
        return np.asarray((ended.how != STILL_PRIVATE) & (ended.when <= horizon))

    def columns(self, found: Columns) -> Columns:
        """Give columns of one number a path, shape ``(n_paths,)``."""
        return {key: np.broadcast_to(row, self.state.cash.shape) for key, row in found.items()}
