"""What a block may ask about the document around it: names, units and dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from valsim.captable.financing.tranche import alternatives
from valsim.captable.ledger import OTHERS, Ledger
from valsim.captable.opening import open_ledger
from valsim.captable.split import factor_until
from valsim.core.block import nearest_help
from valsim.core.effect import Effect
from valsim.core.errors import ExpressionError, Path, Problem, ScenarioError
from valsim.core.expression import Expression
from valsim.core.parameter import Parameter, at_medians
from valsim.core.policy import QUESTIONS
from valsim.core.unit import BOOL, ONE, Unit, parse_unit
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names
from valsim.value.sector import Sector


@dataclass(frozen=True)
class Context:
    """What a block may ask about the document around it; its answers are problems, relative to the block.

    ``units`` holds the unit of every row that a formula of the block may read.
    """

    scenario: Scenario
    units: Mapping[str, Unit]

    @property
    def currency(self) -> str:
        """The currency of the scenario."""
        return self.scenario.currency

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the cap table."""
        return tuple(self.scenario.captable.classes)

    @property
    def has_price(self) -> bool:
        """Whether a class of the cap table says what its shares cost."""
        return any(security.is_priced for security in self.scenario.captable.classes.values())

    @property
    def as_of(self) -> date:
        """The date of the start."""
        return self.scenario.as_of

    @property
    def rounds(self) -> tuple[str, ...]:
        """The rounds, by name."""
        return tuple(terms.name for terms in self.scenario.rounds)

    @property
    def sector(self) -> str:
        """The sector that the company is priced with, or nothing."""
        return self.scenario.valuation.sector

    @property
    def sectors(self) -> Mapping[str, Sector]:
        """The sectors of the scenario, by name."""
        return self.scenario.sectors

    @property
    def has_pool(self) -> bool:
        """Whether the cap table has an option pool."""
        return any(security.is_pool for security in self.scenario.captable.classes.values())

    @property
    def convertibles(self) -> tuple[str, ...]:
        """The classes of the cap table that a round converts."""
        return self.scenario.captable.convertibles

    @property
    def shocked(self) -> tuple[str, ...]:
        """The processes that take shocks."""
        return tuple(self.scenario.shocked)

    @property
    def priced(self) -> tuple[str, ...]:
        """The processes whose first shock moves a logarithm, so that investors may be paid for bearing it."""
        return tuple(name for name, process in self.scenario.shocked.items() if hasattr(process, "volatility"))

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """The holders that may sell: those of the opening positions, and what nobody is named for."""
        return (*self.scenario.captable.positions, OTHERS)

    @cached_property
    def all_holders(self) -> tuple[str, ...]:
        """Everyone who may ever hold shares."""
        return holder_names(self.scenario)

    def last_price(self, day: date) -> float | None:
        """Give the price per share of the class that was issued last, as of a day, at the medians; nothing without such a class."""
        ledger = self._opened(day)
        opened = {} if ledger is None else ledger.series
        priced = {
            name: price
            for name, terms in opened.items()
            if (price := getattr(terms, "original_issue_price", None)) is not None
        }
        issued = {name: when for name in priced if (when := opened[name].issued) is not None}
        return float(priced[max(issued, key=lambda name: issued[name])]) if issued else None

    def held(self, holder: str, series: str, day: date) -> float | None:
        """Give what a holder's opening shares of a class have become by a day, at the medians; nothing for a faulty cap table."""
        ledger = self._opened(day)
        return None if ledger is None else float(ledger.held(holder, series))

    def _opened(self, day: date) -> Ledger | None:
        captable = at_medians(self.scenario.captable)
        try:
            opening = open_ledger(captable.classes, captable.positions)
            return opening.split(factor_until(captable.splits, day))
        except ScenarioError:
            return None

    @cached_property
    def closings(self) -> tuple[tuple[str, str], ...]:
        """Every closing as (round, closing)."""
        return tuple(tranche.key for tranche in self.scenario.tranches)

    @cached_property
    def choices(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """What the document leaves to choose between at each closing, by (round, closing)."""
        listed = ((terms.name, closing) for terms in self.scenario.rounds for closing in terms.closings)
        return {
            (name, closing.name): tuple(each for question in QUESTIONS for each in alternatives(closing, question))
            for name, closing in listed
        }

    def formula(self, path: Path, expression: Expression, unit: str | Unit) -> Iterator[Problem]:
        """Report unknown names in a formula, and a result in another unit."""
        return formula_problems(path, expression, unit, self.units)

    def condition(self, path: Path, expression: Expression | None) -> Iterator[Problem]:
        """Report a condition that is not one; none at all is fine."""
        return iter(()) if expression is None else self.formula(path, expression, BOOL)

    def amount(self, path: Path, value: Any, unit: str) -> Iterator[Problem]:
        """Report a formula in another unit; numbers were checked when they were read."""
        return self.formula(path, value, unit) if isinstance(value, Expression) else iter(())

    def effects(self, path: Path, effects: Mapping[str, Effect]) -> Iterator[Problem]:
        """Report effects on rows that do not exist or cannot be changed, and points in another unit."""
        for target, effect in effects.items():
            yield from self.target((*path, target), target)
            unit = self._changeable.get(target)
            if unit is not None and isinstance(effect.plus, Parameter) and effect.plus.unit != unit:
                message = f"expected points in {_named(unit)}, got {effect.plus.given!r}"
                yield Problem((*path, target), message, code="unit")
            elif (
                target in {"multiple", *self.sectors} and isinstance(effect.plus, Parameter) and effect.plus.percentage
            ):
                yield _part_of_a_turn((*path, target), effect.plus)

    def target(self, path: Path, name: str) -> Iterator[Problem]:
        """Report a row that does not exist or cannot be changed."""
        if name not in self._changeable:
            known = "drivers, sectors, their parameters and the multiple can be changed"
            help_text = nearest_help(name, self._changeable) or known
            yield Problem(path, f"no row {name!r} to change", help_text, "key", "unknown_name")

    def dated(self, path: Path, day: date) -> Iterator[Problem]:
        """Report a date outside the run, and warn of one between the horizon and the end of an extended run."""
        first, horizon, last = self.scenario.as_of, self.scenario.horizon_date, self.scenario.end
        if not first <= day <= last:
            yield Problem(path, f"{day} is outside the run, from {first} to {last}", code="date")
        elif day > horizon:
            advice = "only companies that are still private at the horizon get there"
            yield Problem(
                path, f"{day} is after the horizon, {horizon}", advice, code="after_horizon", severity="warning"
            )

    def in_force(self, path: Path, day: date) -> Iterator[Problem]:
        """Report a first date after the start of the run, which leaves the time before it open."""
        if day > self.scenario.as_of:
            message = (
                f"the first value holds from {day}, and nothing before; the scenario starts on {self.scenario.as_of}"
            )
            yield Problem(path, message, "add the value at the start", "key", "date")

    @cached_property
    def _changeable(self) -> dict[str, Unit]:
        processes = self.scenario.processes
        told = {
            f"{name}.{each}" for name, process in processes.items() for each in (*process.readings, *process.opening)
        }
        return {
            name: unit
            for name, unit in self.units.items()
            if name.split(".")[0] in processes and not name.endswith(".start") and name not in told
        }


def formula_problems(
    path: Path, expression: Expression, unit: str | Unit, units: Mapping[str, Unit]
) -> Iterator[Problem]:
    """Report unknown names in a formula, and a result in another unit; ``units`` are those of the rows it may read."""
    wanted = parse_unit(unit)[1] if isinstance(unit, str) else unit
    try:
        given = expression.unit(units)
    except ExpressionError as error:
        yield Problem(path, error.message, error.help, code="expression", span=error.span)
        return
    if given != wanted:
        yield Problem(path, f"expected {_named(wanted)}, got {_named(given)}", given.advice_for(wanted), code="unit")


def _named(unit: Unit) -> str:
    return "a condition" if unit == BOOL else "a plain number" if unit == ONE else str(unit)


def _part_of_a_turn(path: Path, plus: Parameter) -> Problem:
    turns = plus.middle
    message = f"{plus.given} is added to a multiple as {turns:g} times the revenue, not as a part of the multiple"
    advice = f'a factor is written "* {1 + turns:g}"; for points, leave out the percent sign: "{turns:+g}"'
    return Problem(path, message, advice, code="percent", severity="warning")
