"""A listing on an exchange."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.hazard import Chance
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.parameter import Duration, Factor, Fraction
from valsim.core.rows import Row, Rows
from valsim.exits.base import ALL, NOTHING, Exit, Sale, after_debt
from valsim.exits.term.primary_shares import PrimaryShares
from valsim.exits.term.secondary_shares import SecondaryShares
from valsim.exits.term.sell_down import SellDown


class Ipo(Exit, Chance):
    """A listing: shares are worth the offer price, a discount below the company's equity value.

    ``proceeds = (enterprise_value + cash - debt) (1 - discount)``, what the old shares are worth at the offer price; new shares
    (``primary``) change it as they say. Holders sell when the lock-up ends, or from then on (``sell_down``), and before it only what they sell
    in the offering (``secondary``). That dates their cash; the value is discounted from the listing, because a listed share is
    worth its price. What the price does over the lock-up is part of that value.
    """

    example = "{kind: ipo, hazard: 15% per year, when: arr >= 60M USD/year, discount: {family: beta, p10: 5%, p90: 25%}, lock_up: 180 days, preferred: all_converted}"

    kind: Literal["ipo"]
    """Names this exit."""
    when: Expression | None = None
    """The condition under which the window is open to this company; without it, always. It may read the market, such as
    ``multiple >= 6``, or a driver of kind ``open_and_shut``."""
    discount: Fraction
    """How far the offer is priced below the company's equity value, a fraction."""
    primary: PrimaryShares | None = None
    """New shares that the company sells; without it, it raises nothing."""
    secondary: SecondaryShares | None = None
    """Shares that holders sell in the offering; without it, they sell nothing there."""
    gross_spread: Fraction | None = Field(default=None, examples=["7%"])
    """What the underwriters keep of every share that is sold in the offering, new or old, a fraction of the offer price: the
    company bears it on new shares, a seller on its own. Without it, nothing."""
    lock_up: Duration
    """The time after the listing in which holders cannot sell."""
    price_after_lock_up: Factor | None = Field(default=None, examples=["{family: lognormal, median: 1, sigma: 40%}"])
    """The price of a share when the lock-up ends, over the offer price: what holders get is multiplied by it, while ratchets and
    the tests of automatic conversion read the offer price. Without it, the two prices are the same."""
    sell_down: SellDown | None = None
    """How holders sell after the lock-up; without it, all at once when it ends."""
    preferred: Treatment
    """What becomes of preferred shares at the listing: all become common, with their ratchets (``all_converted``); each holder
    keeps the better side, and ratchets do not count (``as_agreed``); or each class's ``automatic_conversion`` decides, and a
    class without one becomes common (``by_charter``)."""

    def proceeds(self, rows: Rows) -> Row:
        """Give the value of the old shares at the offer price."""
        equity = self._equity(rows)
        if self.primary is None:
            return equity * (1 - self.discount)
        raised = self.raised(rows)
        old: Row = (equity + raised * (1 - self._spread)) * (1 - self.discount) - raised
        return np.maximum(old, 0.0)

    @property
    def raises(self) -> bool:
        """Whether the company sells new shares."""
        return self.primary is not None

    def raised(self, rows: Rows) -> Row:
        """Give what the buyers of new shares pay."""
        if self.primary is None:
            return super().raised(rows)
        return self.primary.raised(self._equity(rows), self.discount, self._spread, rows)

    def intensity(self, rows: Rows) -> Row:
        """Give the hazard where the window is open and the offering has a price, else 0."""
        hazard = self.per_year(rows)
        hazard = hazard if self.when is None else choose(self.when(rows), hazard, 0.0)
        return hazard if self.primary is None else choose(self.proceeds(rows) > 0, hazard, 0.0)

    def _equity(self, rows: Rows) -> Row:
        return after_debt(rows["enterprise_value"] + rows["cash"], rows)

    @property
    def _spread(self) -> Row:
        return NOTHING if self.gross_spread is None else self.gross_spread

    @property
    def liquidity(self) -> LiquidityKind:
        """What the exit is to a contract."""
        return "ipo"

    @property
    def treatment(self) -> Treatment:
        """How preferred shares are treated."""
        return self.preferred

    def sales(self, holder: str) -> tuple[Sale, ...]:
        """Give what a holder sells in the offering, and from the end of the lock-up on."""
        sold = NOTHING if self.secondary is None else self.secondary.sold_by(holder)
        later = Sale((1 - sold) * self._price_later, self._times)
        return (later,) if self.secondary is None else (Sale(sold * (1 - self._spread), (NOTHING,)), later)

    @property
    def sale_forms(self) -> tuple[str, ...]:
        """The offering, if holders sell there, and the sales after it."""
        return (*(() if self.secondary is None else ("sold in the offering",)), "sold after the lock-up")

    @property
    def _price_later(self) -> Row:
        """What a share brings after the lock-up, over the offer price."""
        price = ALL if self.price_after_lock_up is None else self.price_after_lock_up
        return price if self.sell_down is None else price * self.sell_down.kept

    @property
    def _times(self) -> tuple[Row, ...]:
        return (self.lock_up,) if self.sell_down is None else self.sell_down.after(self.lock_up)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a condition that is not one, a formula that is no chance or no money, and a spread on nothing."""
        yield from super().problems(context)
        yield from context.condition(("when",), self.when)
        for name, terms in (("primary", self.primary), ("secondary", self.secondary)):
            if terms is not None:
                yield from (problem.under((name,)) for problem in terms.problems(context))
        if self.gross_spread is not None and self.primary is None and self.secondary is None:
            message = "no shares are sold in this offering, so nobody pays the spread"
            yield Problem(("gross_spread",), message, "add primary or secondary, or leave it out", "key", "unused")
