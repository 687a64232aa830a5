"""The whole document of a scenario: what stands at the top level of the YAML file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from valsim.captable.cap_table import CapTable
from valsim.captable.financing.penalty import split_off
from valsim.captable.financing.policy import Decisions
from valsim.captable.financing.round import Round
from valsim.captable.financing.tranche import Tranche, tranches
from valsim.captable.purchase import Purchase
from valsim.captable.term.pool_refresh import Refresh
from valsim.captable.term.redemption import Redemption
from valsim.captable.term.valuation_adjustment import ValuationAdjustment
from valsim.core.block import LIKE, NAMED_BY_KIND, Block
from valsim.core.day import Day
from valsim.core.expression import Expression
from valsim.core.parameter import PositiveDuration, middle
from valsim.core.rows import Row
from valsim.core.shown import Shown
from valsim.core.streams import Correlated, correlated
from valsim.core.timeline import Step, after, timeline
from valsim.drivers.company import Company, in_order
from valsim.drivers.compute_credits import ComputeCredits
from valsim.drivers.process import Process
from valsim.drivers.risk import Risk
from valsim.drivers.signal import BELIEF, Signal
from valsim.drivers.use_of_proceeds import Use
from valsim.exits import Exit
from valsim.exits.base import with_kinds
from valsim.exits.horizon import AtHorizon
from valsim.scenario.base_rates import BaseRates
from valsim.scenario.compose.variant import Variant
from valsim.scenario.correlations import Correlations, Pair
from valsim.scenario.currency import Currency
from valsim.scenario.exchange_rate import ExchangeRate
from valsim.scenario.profile import Profile
from valsim.scenario.simulation import Simulation
from valsim.scenario.source import Source
from valsim.scenario.valuation import Valuation
from valsim.value.measure import Measure
from valsim.value.sector import Sector


class Scenario(Shown, Block):
    """A company and its financing, with everything that may happen to them."""

    extends: str = Field(default="", repr=False, examples=["base.yaml", "ai_lab"])
    """Another file, beside this one or in a folder below, that this one changes: mappings are merged, one's own keys win. A bare
    name is that of a template, a business that comes with valsim."""
    name: str
    """What the scenario is called."""
    description: str = ""
    """What it is about, in a sentence or two."""
    as_of: Day
    """The date of the start."""
    horizon: PositiveDuration = Field(examples=["8 years"])
    """How long the company is followed."""
    step: Literal["month", "quarter", "year"]
    """The regular step; every dated event is added to the grid."""
    currency: Currency = Field(examples=["USD"])
    """The currency of every amount, as its three-letter code."""
    exchange_rates: Mapping[str, ExchangeRate] = {}
    """Rates of other currencies, by their codes: how amounts in them are converted."""
    simulation: Simulation
    """How the run is made."""
    sources: Mapping[str, Source] = {}
    """Where numbers come from, by key."""
    measure: Measure
    """The price of risk."""
    company: Profile
    """The company itself."""
    drivers: Mapping[str, Process] = Field(json_schema_extra={LIKE: True})
    """The numbers that drive the company, by name."""
    cash_flow: Expression = Field(examples=["arr * gross_margin - operating_cost"])
    """Operating cash flow per year, a formula of the drivers; burn and runway come from it."""
    compute_credits: ComputeCredits | None = None
    """Credits that pay for compute and are no cash."""
    correlations: Correlations = Correlations()
    """Which shocks and parameters move together."""
    signals: Mapping[str, Signal] = {}
    """Dated, observable events, by name."""
    risks: Mapping[str, Risk] = Field(default={}, json_schema_extra={LIKE: True})
    """Events that may happen at any time, by name."""
    sectors: Mapping[str, Sector] = {}
    """Levels of multiples that companies share, by name; formulas read them by that name."""
    valuation: Valuation
    """What the company is worth."""
    captable: CapTable
    """Who owns the company at the start."""
    rounds: tuple[Round, ...] = Field(default=(), strict=False)
    """The financing to come, in order."""
    decisions: Decisions | None = None
    """Who decides about tranches where the document leaves a choice, and how; without it nobody does, and no closing may be an option."""
    use_of_proceeds: Mapping[str, Use] = {}
    """What the money that closings bring in is spent on, by name; without it, it stays in cash."""
    exits: Mapping[str, Exit] = Field(default={}, json_schema_extra={LIKE: True, NAMED_BY_KIND: True})
    """How a path ends, by name; a name that is a kind needs no ``kind``."""
    at_horizon: AtHorizon
    """What a company that is still private at the horizon is worth."""
    positions: Mapping[str, Purchase] = {}
    """Purchases of holders such as ``me``."""
    base_rates: BaseRates | None = Field(default=None, repr=False)
    """What the figures of the run are set beside: the usual values of companies of its kind."""
    variants: Mapping[str, Variant] = Field(default={}, repr=False)
    """Cases beside the file as it is written, by name; each is played with the same random numbers."""

    _base: "Scenario | None" = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _exits_are_named_by_their_kind(cls, data: Any) -> Any:
        return data | {"exits": with_kinds(data.get("exits", {}))} if isinstance(data, dict) else data

    def __repr__(self) -> str:
        return f"<Scenario {self.name!r}: as of {self.as_of}, {len(self.tranches)} tranches, {len(self.steps)} steps>"

    @property
    def anchored_as(self) -> "Scenario":
        """The scenario that the scale of the opening multiple is solved on: this one, or the file that it is a case of."""
        return self._base or self

    def anchored_by(self, base: "Scenario | None") -> "Scenario":
        """Give the same scenario as a case that is played at the scale of another, or as one that is anchored for itself."""
        return self.but(_base=base)

    @property
    def processes(self) -> Mapping[str, Process]:
        """Every process: the drivers, the levels of the sectors and the multiple."""
        sectors = {name: sector.multiple for name, sector in self.sectors.items()}
        return {**self.drivers, **sectors, "multiple": self.multiple}

    @property
    def multiple(self) -> Process:
        """How the multiple moves, in the sector of the company where that is one of ``sectors``."""
        sector = self.sectors.get(self.valuation.sector)
        multiple = self.valuation.multiple
        return multiple if sector is None else multiple.in_sector(self.valuation.sector, sector.premiums)

    def shared_row(self, row: str) -> str:
        """Give the row that moves for a row of the company where the whole sector re-prices: for the multiple, the sector's level."""
        return self.valuation.sector if row == "multiple" and self.valuation.sector in self.sectors else row

    @property
    def beliefs(self) -> Mapping[str, Process]:
        """The belief in what each signal is about, by the name of its row, before anything was observed."""
        return {name + BELIEF: signal.prior for name, signal in self.signals.items()}

    @cached_property
    def shocked(self) -> Mapping[str, Process]:
        """The processes that take shocks."""
        return {name: process for name, process in self.processes.items() if process.shocks}

    @property
    def correlated_parameters(self) -> tuple[Pair, ...]:
        """The correlated parameters by the full paths that their random streams are named by."""
        return tuple((self._full(a), self._full(b), rho) for a, b, rho in self.correlations.parameter_pairs)

    @property
    def copula(self) -> Correlated:
        """What correlates the parameters; those of sectors come first and keep their own draws, whichever company it is."""
        pairs = self.correlated_parameters
        shared = [name for a, b, _ in pairs for name in (a, b) if name.startswith("sectors.")]
        return correlated(pairs, first=sorted(shared))

    def _full(self, name: str) -> str:
        first, _, rest = name.partition(".")
        if first in self.sectors:
            return f"sectors.{first}.multiple.{rest}"
        room = {**dict.fromkeys(self.drivers, "drivers."), "multiple": "valuation."}
        return room.get(first, "") + name

    @property
    def opening(self) -> Company:
        """The company at the start; of a realised scenario."""
        processes = {name: process.begun(self.as_of) for name, process in {**self.processes, **self.beliefs}.items()}
        processes |= {name: sector.opened(processes[name]) for name, sector in self.sectors.items()}
        return Company(processes, in_order(processes))

    @cached_property
    def horizon_date(self) -> date:
        """The last date at which results are realised."""
        return after(self.as_of, middle(self.horizon))

    @cached_property
    def end(self) -> date:
        """The last date of the grid: the horizon, or later where the rule at the horizon extends it."""
        return after(self.horizon_date, middle(self.at_horizon.extension))

    @cached_property
    def tranches(self) -> tuple[Tranche, ...]:
        """Every closing of every round, laid on the calendar."""
        laid = tranches(self.rounds, self.as_of, self.end)
        said = {name: purchase.takes_pro_rata for name, purchase in self.positions.items()}
        follow_on = {name: chance for name, chance in said.items() if chance is not None}
        return tuple(replace(tranche, buyers=self._buyers(tranche), follow_on=follow_on) for tranche in laid)

    def _buyers(self, tranche: Tranche) -> dict[str, Row]:
        made = {name: purchase.commitment(*tranche.key) for name, purchase in self.positions.items()}
        return {name: money for name, money in made.items() if money is not None}

    @cached_property
    def split_off(self) -> Mapping[str, str]:
        """The series that a closing may split off from another one, whose holder has lost a right, each with that one."""
        return split_off(self.captable.classes, self.tranches, self.captable.convertibles)

    @cached_property
    def redeemable(self) -> Mapping[str, Redemption]:
        """The series whose holders may sell their shares back, with the terms of it."""
        return self.having("redemption")

    @cached_property
    def adjustable(self) -> Mapping[str, ValuationAdjustment]:
        """The series whose holders were promised a number, with the terms of it."""
        return self.having("valuation_adjustment")

    @cached_property
    def refreshes(self) -> tuple[Refresh, ...]:
        """Every refresh of an option pool, laid on the calendar."""
        pools = self.having("refresh")
        return tuple(
            Refresh(name, terms, day) for name, terms in pools.items() for day in terms.days(self.as_of, self.end)
        )

    def having(self, term: str) -> dict[str, Any]:
        """Give the series that have a right, by the name of its field, with the terms of it."""
        issued = {name: terms for tranche in self.tranches for name, terms in tranche.issued.items()}
        found = {name: getattr(terms, term, None) for name, terms in {**self.captable.classes, **issued}.items()}
        found |= {name: found.get(whole) for name, whole in self.split_off.items()}
        return {name: right for name, right in found.items() if right is not None}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The time grid: regular steps, every dated event and the horizon."""
        dated = [self.horizon_date, *(day for signal in self.signals.values() for day in signal.dates)]
        dated += [day for tranche in self.tranches for day in (tranche.first, tranche.due, tranche.last)]
        dated += [right.opens for right in self.redeemable.values()]
        dated += [split.at for split in self.captable.splits]
        dated += [debt.matures for debt in self.captable.debt.values() if debt.matures is not None]
        dated += [day for security in self.captable.classes.values() if (day := security.repaid_from) is not None]
        dated += [each.expires for each in self.compute_credits.opening.values()] if self.compute_credits else []
        dated += [refresh.day for refresh in self.refreshes]
        dated += [adjustment.at for adjustment in self.adjustable.values()]
        dated += [day for purchase in self.positions.values() if (day := getattr(purchase, "at", None))]
        return timeline(self.as_of, self.end, self.step, dated)
