"""The base of every process, and the few formulas that several of them share."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

import numpy as np
from pydantic import BeforeValidator, WithJsonSchema

from valsim.core.block import HOLDS, Kind, custom_error
from valsim.core.choose import choose
from valsim.core.errors import Path, Problem
from valsim.core.parameter import ANY, Parameter, domains, middle
from valsim.core.rows import Row, Rows
from valsim.core.unit import COUNTS, ONE, QuantityError, Unit, parse_unit
from valsim.drivers.premium import Premium


def _unit(text: Any) -> Unit:
    if isinstance(text, Unit):
        return text
    try:
        scale, unit = parse_unit(str(text))
    except QuantityError as error:
        raise custom_error("unit", str(error), error.help) from None
    if scale != 1:
        raise custom_error("unit", f"a driver's unit is a base unit such as {unit}, got {text!r}", f"write {unit}")
    return unit


_KNOWN = f"a unit: a currency, year, ms, kWh, 1 or a count ({', '.join(sorted(COUNTS))}), joined by * and /"
_WRITTEN = {"type": ["string", "number"], "examples": ["USD/year", "users", "1/year"], HOLDS: _KNOWN}

UnitName = Annotated[Unit, BeforeValidator(_unit), WithJsonSchema(_WRITTEN)]
"""A unit as the document writes it, such as ``USD/year``."""


class Process(Kind, member_of="driver"):
    """How a number of the company moves.

    A process is where it stands now: ``advance`` gives the same process one step later, whose ``start`` is its level then.
    """

    shocks: ClassVar[int] = 1
    """Standard normal numbers that one step takes, whatever happens. The first moves with those of other drivers and bears
    the price of risk; further ones are independent of all others."""

    level_field: ClassVar[str] = "start"
    """The field that holds the level."""

    carries: ClassVar[tuple[str, ...]] = ()
    """Fields, private ones too, that hold what else the level is made of: where an effect on a parameter moves the level, it
    moves these with it."""

    opening: ClassVar[tuple[str, ...]] = ()
    """Fields that count at the start alone: an effect, which comes later, cannot change them."""

    unit: UnitName | None = None
    """The unit of the level; without it, the unit of the opening level."""

    def begun(self, start: date) -> Self:
        """Give the process at the start of the scenario; one that keeps dates counts them from then."""
        del start
        return self

    def in_sector(self, name: str, premiums: Mapping[str, Premium]) -> Self:
        """Give the process in the sector of its company, with the premiums that are paid there; most know of none."""
        del name, premiums
        return self

    @abstractmethod
    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Give the process ``dt`` years later; ``rows`` hold the start of the step, all of shape ``(n_paths,)``.

        ``shock`` has the shape ``(n_paths,)`` too, or ``(shocks, n_paths)`` where :attr:`shocks` is above 1.
        """

    def aged(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Give the process ``dt`` years later but for its level and what it :attr:`carries`, which may be anything.

        An effect on a parameter goes through the level alone, and the parameter itself goes on by this. A kind that works it out
        apart from the level says so faster.
        """
        return self.advance(dt, shock, rows)

    def level(self, rows: Rows) -> Row:
        """Give the level now, shape ``(n_paths,)``; ``rows`` hold what :attr:`needs` names, at the same instant."""
        del rows
        level: Row = getattr(self, self.level_field)
        return level

    @property
    def needs(self) -> frozenset[str]:
        """The rows of the same instant that the level is made of."""
        return frozenset()

    @property
    def reads(self) -> frozenset[str]:
        """The rows of the start of a step that ``advance`` reads."""
        return frozenset()

    @property
    def readings(self) -> Mapping[str, Unit]:
        """The attributes beside its fields that formulas may read as ``NAME.ATTRIBUTE``, each with its unit."""
        return {}

    @cached_property
    def level_unit(self) -> Unit:
        """The unit of the level."""
        if self.unit is not None:
            return self.unit
        level: Any = getattr(self, self.level_field)
        return level.unit if isinstance(level, Parameter) else ONE

    @property
    def level_fields(self) -> tuple[str, ...]:
        """The fields that hold a level of the driver itself, in its unit."""
        fields = type(self).model_fields.items()
        return tuple(name for name, field in fields if any(domain.measure is ANY for domain in domains(field)))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report levels whose unit is not the driver's."""
        del context
        for name in self.level_fields:
            yield from self.of_this_unit((name,), getattr(self, name))

    def of_this_unit(self, path: Path, value: Any) -> Iterator[Problem]:
        """Report a level whose unit is not the driver's."""
        if isinstance(value, Parameter) and value.unit not in (self.level_unit, self._bare()):
            yield Problem(path, f"expected a level in {self.level_unit}, got {value.given!r}", code="unit")

    def _bare(self) -> Unit:
        # A number without a unit is the driver's own unit where the driver states one.
        return ONE if self.unit is not None else self.level_unit


def ceiling_problems(field: str, ceiling: Any, start: Any) -> Iterator[Problem]:
    """Warn of a level whose ceiling is below its start, medians where they are drawn: it falls from the first day."""
    if middle(ceiling) < middle(start):
        message = f"the level starts at {start.given}, above its {field} of {ceiling.given}, and falls towards it"
        yield Problem((field,), message, f"raise {field}, or lower start", code="ceiling", severity="warning")


def lognormal_factor(volatility: Row, dt: float, shock: Row) -> Row:
    """Give ``exp(volatility sqrt(dt) shock - volatility^2 dt / 2)``, whose mean is 1, shape ``(n_paths,)``."""
    spread = volatility * np.sqrt(dt)
    factor: Row = np.exp(spread * shock - 0.5 * spread * spread)
    return factor


def pulled_back(level: Row, center: Row, speed: Row, volatility: Row, dt: float, shock: Row) -> Row:
    """Give a level after ``dt`` years of ``d log S = speed (center - log S) dt + volatility dW``, shape ``(n_paths,)``.

    Exact whatever the step: ``log S`` then is normal with mean ``center + (log S - center) exp(-speed dt)`` and variance
    ``volatility^2 (1 - exp(-2 speed dt)) / (2 speed)``.
    """
    pulled = -np.expm1(-speed * dt)
    spread = volatility * np.sqrt(-np.expm1(-2 * speed * dt) / (2 * speed))
    moved: Row = level * np.exp((center - np.log(level)) * pulled + spread * shock)
    return moved


def mean_left(decay: Row) -> Row:
    """Give how much of what comes evenly over a step is left at its end, ``(1 - exp(-decay)) / decay``, shape ``(n_paths,)``.

    ``decay`` is what fades over the whole step, on the log scale; where nothing fades, all is left.

    >>> mean_left(np.asarray(0.0)).tolist(), round(float(mean_left(np.log(2.0))), 6)
    (1.0, 0.721348)
    """
    still = decay == 0
    return choose(still, 1.0, -np.expm1(-decay) / choose(still, 1.0, decay))


def saturating(level: Row, capacity: Row, log_growth: Row) -> Row:
    """Give the level after a growth of ``log_growth`` that stops at ``capacity``, shape ``(n_paths,)``.

    The exact solution of ``dS = S (1 - S / capacity) dG`` over ``G = log_growth``:
    ``S' = S / (k + (1 - k) S / capacity)`` with ``k = exp(-G)``. A level above its capacity falls towards it. A decline, ``G``
    below 0, has nothing to fill: ``S' = S exp(G)``.
    """
    kept = np.exp(-np.abs(log_growth))
    return choose(log_growth < 0, level * kept, level / (kept + (1 - kept) * level / capacity))
