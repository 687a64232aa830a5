"""The multiple of a company in a sector: the sector's level, what growth and margin add to it, and a spread of its own."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

import numpy as np
from pydantic import PrivateAttr

from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import PositiveDuration, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.drivers.premium import Premium
from valsim.drivers.process.base import Process, pulled_back


class SectorMultiple(Process):
    """A multiple that follows the sector of ``valuation.sector``.

    ``multiple = spread x sector x exp(100 per_point (growth - reference))``, and the same for the margin, with the premiums
    that the sector states. The ``spread`` is the company's own: it is pulled back to its ``mean`` as ``mean_reverting`` is. So a
    hot multiple cools as growth fades, as the spread reverts and as the sector does. The anchor scales the spread.
    """

    example = "{kind: sector_multiple, start: 1.5, mean: 1, half_life: 2 years, volatility: 40%, growth: arr.growth}"

    kind: Literal["sector_multiple"]
    """Names this process."""
    start: PositiveLevel
    """The spread at the start: how many times the multiple that the sector, growth and margin imply."""
    mean: PositiveLevel
    """The mean of the spread in the long run: 1 for a company that is priced as its sector then."""
    half_life: PositiveDuration
    """The time in which half of the spread's distance to the long run is gone, on the log scale."""
    volatility: Volatility
    """Standard deviation of the logarithm of the spread per square root of a year, before the pull: what moves the company's
    multiple beside its sector."""
    growth: Expression | None = None
    """The growth per year that the market sees now, a formula such as ``arr.growth``; where the sector states a
    ``growth_premium``."""
    margin: Expression | None = None
    """The margin that the market sees now, a formula such as ``gross_profit / revenue``; where the sector states a
    ``margin_premium``."""

    _sector: str = PrivateAttr(default="")
    _premiums: Mapping[str, Premium] = PrivateAttr(default={})

    def in_sector(self, name: str, premiums: Mapping[str, Premium]) -> Self:
        """Give the same multiple in a sector, with its premiums."""
        return self.but(_sector=name, _premiums=premiums)

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Pull the spread back by one step."""
        del rows
        speed = np.log(2) / self.half_life
        center = np.log(self.mean) - self.volatility**2 / (4 * speed)
        return self.but(start=pulled_back(self.start, center, speed, self.volatility, dt, shock))

    def level(self, rows: Rows) -> Row:
        """Give the multiple now."""
        implied = np.asarray(rows[self._sector])
        for name, premium in self._premiums.items():
            implied = implied * premium.factor(getattr(self, name)(rows))
        return implied * self.start

    @property
    def needs(self) -> frozenset[str]:
        """The sector, and what growth and margin are made of."""
        return frozenset({self._sector, *(name for formula in self._formulas.values() for name in formula.names)})

    @property
    def _formulas(self) -> dict[str, Expression]:
        stated = {"growth": self.growth, "margin": self.margin}
        return {name: formula for name, formula in stated.items() if formula is not None}

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a sector that the scenario does not have, and premiums without what they are for, or the other way round."""
        yield from super().problems(context)
        for name, formula in self._formulas.items():
            yield from context.formula((name,), formula, "1")
        sectors = context.sectors
        if context.sector in sectors:
            yield from self._mismatched(context.sector, sectors[context.sector].premiums)
        elif not (context.sector and sectors):
            message = "a sector_multiple follows the sector that valuation.sector names, and there is none"
            known = f"name one of them: {', '.join(sectors)}" if sectors else "define it in sectors, and name it there"
            yield Problem(("kind",), message, known)

    def _mismatched(self, sector: str, premiums: Mapping[str, Premium]) -> Iterator[Problem]:
        for name in premiums.keys() - self._formulas.keys():
            message = f"the sector {sector!r} states a {name}_premium, and the multiple does not say what its {name} is"
            yield Problem((), message, f"add {name}: and a formula", "key")
        for name in self._formulas.keys() - premiums.keys():
            message = f"the sector {sector!r} states no {name}_premium, so the {name} changes nothing"
            yield Problem((name,), message, f"leave it out, or add {name}_premium to the sector", "key")
