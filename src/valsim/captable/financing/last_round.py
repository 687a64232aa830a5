"""The last round: when a share was last priced, and at what, as formulas and later rounds look back on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from valsim.captable.ledger import Ledger
from valsim.captable.security import Security
from valsim.core.parameter import EachTime
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row
from valsim.core.timeline import DAYS_A_YEAR, years_between

CALENDAR = 3 / DAYS_A_YEAR
"""A span counts as over three days early: three months are 91.3 days, and a quarter may have 90."""


def last_priced(classes: Mapping[str, Security]) -> str | None:
    """Name the class that was issued last at a price: by its date or, without dates, in the order of the document; or nothing."""
    priced = [name for name, terms in classes.items() if terms.is_priced]
    return max(priced, key=lambda name: (classes[name].issued or date.min, priced.index(name)), default=None)


@dataclass(frozen=True)
class LastRound:
    """The last closing of any round; rows of shape ``(n_paths,)`` or scalars, NaN where there was none.

    ``time`` is in years from the start, below zero before it.
    """

    time: Row
    price_per_share: Row
    post_money_valuation: Row

    @classmethod
    def before(cls, start: date, classes: Mapping[str, Security], ledger: Ledger) -> Self:
        """Give what the opening cap table says: its price last paid, and what all shares of the start cost at that."""
        name = last_priced(classes)
        if name is None:
            return cls(*(np.asarray(np.nan) for _ in range(3)))
        issued = classes[name].issued
        price: Row = np.asarray(ledger.series[name].original_issue_price)  # type: ignore[attr-defined]
        time = np.nan if issued is None else years_between(start, issued)
        return cls(np.asarray(time), price, price * ledger.fully_diluted())

    def closed(self, where: Bools, time: float, price: Row, post_money_valuation: Row) -> Self:
        """Give the last round after a closing on some paths."""
        new = LastRound(np.asarray(time), price, post_money_valuation)
        return replace(self, **{name: np.where(where, vars(new)[name], row) for name, row in vars(self).items()})

    def split(self, factor: float) -> Self:
        """Give the same after one share became ``factor`` shares."""
        return replace(self, price_per_share=self.price_per_share / factor)

    def is_past(self, span: EachTime, draw: Row, time: float) -> Bools:
        """Say where a span that is drawn is over since the last round; ``draw`` is uniform, shape ``(n_paths,)``.

        A span that had begun before the start is drawn given that it was not over by then:
        ``F^-1(F(e) + u (1 - F(e)))`` for one that had lasted ``e``.
        """
        distribution = span.distribution
        known = distribution.probability(np.maximum(-self.time, 0.0))
        return np.asarray(time - self.time >= distribution.at(known + draw * (1 - known)) - CALENDAR)
