"""The state of every path at one instant, and the rows that expressions read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self

import numpy as np

from valsim.captable.financing.last_round import LastRound
from valsim.captable.financing.outcome import Funding
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.senior.paid_first import Senior
from valsim.captable.term.redemption import Redeemed
from valsim.captable.term.valuation_adjustment import Adjusted
from valsim.captable.transfer import Flows, PricePaid
from valsim.core.choose import choose
from valsim.core.effect import Effect
from valsim.core.expression import Expression
from valsim.core.policy import ALL_OF_THEM, CONTRACTUAL, Decided, Policy, Question
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Bools, Row
from valsim.core.streams import Correlated, Streams, correlated
from valsim.drivers.company import Company
from valsim.drivers.compute_credits import Batch
from valsim.drivers.signal import BELIEF
from valsim.drivers.use_of_proceeds import Budget
from valsim.ended import STILL_PRIVATE, Ended
from valsim.scenario.model import Scenario
from valsim.value.basis import Basis
from valsim.value.measure import PriceOfRisk
from valsim.view import View


@dataclass(frozen=True)
class World:
    """What stays the same along the paths: the realised document, the random streams, the measure, and who decides how."""

    scenario: Scenario
    streams: Streams
    price_of_risk: PriceOfRisk
    policy: Policy = CONTRACTUAL
    once: Scenario | None = None

    @property
    def of_paths(self) -> Scenario:
        """The realised document with each path once, also where paths stand in several rows."""
        return self.once or self.scenario

    @property
    def decided_by(self) -> str:
        """Who decides about tranches where the policy does."""
        decisions = self.scenario.decisions
        return ALL_OF_THEM if decisions is None else decisions.decide_for

    @cached_property
    def together(self) -> Correlated:
        """The drivers whose shocks move together."""
        return correlated(self.scenario.correlations.shock_pairs, first=tuple(self.scenario.sectors))


@dataclass(frozen=True)
class State:
    """Everything that is true of every path at one instant."""

    company: Company
    basis: Basis
    cash_flow: Expression
    cash: Row
    debt: Row
    signals: Mapping[str, Bools]
    """What was observed; a formula reads it by its name."""
    ledger: Ledger
    ended: Ended
    funding: Funding
    last_round: LastRound
    time: float = 0.0
    strikes: Mapping[str, Row] = field(default_factory=dict)
    """How often each risk has struck while the company was private."""
    truths: Mapping[str, Bools] = field(default_factory=dict)
    """What is really so, of the signals that were observed; it is no row, so that nothing knows it before it comes out."""
    funded: Bools = field(default_factory=lambda: NOWHERE)
    redeemed: Mapping[str, Redeemed] = field(default_factory=dict)
    repaid: Mapping[str, Row] = field(default_factory=dict)
    adjusted: Mapping[str, Adjusted] = field(default_factory=dict)
    flows: Flows = field(default_factory=dict)
    decided: Mapping[tuple[str, str, Question], Decided] = field(default_factory=dict)
    """What those who pay for a closing have decided about it, where a policy asks."""
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    compute: Expression | None = None
    credits: Mapping[tuple[str, str], Batch] = field(default_factory=dict)
    spared: Flows = field(default_factory=dict)
    rates: Mapping[str, Row] = field(default_factory=dict)
    prices_paid: Mapping[str, PricePaid] = field(default_factory=dict)
    """What each purchase made the company worth, by what moved the money, as in ``flows``."""
    refusals: Mapping[tuple[str, str], Bools] = field(default_factory=dict)
    levels: Mapping[str, Row] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    """What formulas of the company read beside its levels: as it was when they were :meth:`settled`."""
    start: Mapping[str, Row] = field(default_factory=dict)

    @property
    def alive(self) -> Bools:
        """Where the company is still private, shape ``(n_paths,)``."""
        alive: Bools = self.ended.how == STILL_PRIVATE
        return alive

    @cached_property
    def rows(self) -> View:
        """All that an expression may read at this instant."""
        held = {**self.levels, **self.signals, "cash": self.cash, "debt": self.debt, "funded": self.funded}
        now = self.company.field, self.basis, self.cash_flow, self.last_round, self.time, self.compute
        return View(held, (self.budgets, self.credits), self.start, *now)

    def bought_back(self, series: str) -> Redeemed:
        """Give what was bought back of a series so far."""
        return self.redeemed.get(series) or Redeemed.nothing(self.cash.size)

    def adjustment(self, series: str) -> Adjusted:
        """Give what became of the valuation adjustment of a series so far."""
        return self.adjusted.get(series) or Adjusted.nowhere(self.cash.size)

    def senior(self, scenario: Scenario) -> Senior:
        """Give what is paid before shareholders, less what lenders were repaid so far."""
        return replace(scenario.captable.senior, repaid=self.repaid)

    def owed(self, scenario: Scenario, day: date) -> Row:
        """Give what the company owes on a day, shape ``(n_paths,)``."""
        return scenario.company.debt + self.senior(scenario).owed(day.toordinal())

    def hit(self, event: str, effects: Mapping[str, Effect], where: Bools) -> Self:
        """Give the state after an event on some paths; its levels show it once they are :meth:`settled`."""
        return replace(self, company=self.company.hit(event, effects, where)) if effects else self

    def believing(self, signal: str, probability: Row) -> Self:
        """Give the state with another belief in what a signal was about."""
        return replace(self, company=self.company.believing(signal + BELIEF, probability))

    def shifted(self, effects: Mapping[str, Effect], where: Bools) -> Self:
        """Give the state with the levels of some processes multiplied on some paths, for good: they go on from there."""
        company = self.company
        for name, effect in effects.items():
            company = company.scaled(name, choose(where, np.asarray(effect.times), 1.0))
        return replace(self, company=company) if effects else self

    def settled(self) -> Self:
        """Give the state with the levels of its company worked out anew; formulas that read cash read that of now."""
        given = {"cash": self.cash, "debt": self.debt, **self.signals}
        return replace(self, given=given, levels=self.company.levels(given, self.start))

    def settled_after(self, before: "State") -> Self:
        """Give the state settled if its company has changed since; new cash shows in formulas one step later, on every path.

        A path to which nothing happened stays as it is, whatever happened to others that are played beside it.
        """
        if self.company is before.company:
            return self
        return replace(self, levels=self.company.levels(self.given, self.start))
