"""What is on the table when somebody decides about a closing: the rows of the instant, and the terms that are offered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.close import Issue, Offer, close_round, pre_money, price_round
from valsim.captable.financing.commitments import commitments, summed
from valsim.captable.ledger import Ledger
from valsim.captable.merge import OnPaths, filled
from valsim.core.policy import ALL_OF_THEM, BY_CHANCE, OFFERED
from valsim.core.rows import Row, Rows, cut
from valsim.core.selection import select


class Worth(NamedTuple):
    """The price of a closing and what it makes the company worth, if everybody pays; shapes ``(len(here.paths),)``."""

    price_per_share: Row
    pre_money_valuation: Row
    post_money_valuation: Row


@dataclass(frozen=True)
class Offered(Mapping[str, Any]):
    """The rows of an instant with the terms on which a closing is offered; NaN where it is not, and where it has no price.

    The terms look at nothing that those who decide do not know: who defaults or follows is still to come. The drawn terms of
    a round are not drawn yet either. ``post_money_valuation`` is the price times all shares after the closing, so it is above
    ``pre_money_valuation`` plus ``new_money`` where the pool or anti-dilution shares dilute the new money too. ``drawn`` gives the
    uniform numbers of a policy that explores.
    """

    rows: Rows
    ledger: Ledger
    attempt: Attempt
    decided_by: str = ALL_OF_THEM
    drawn: Callable[[], Row] = lambda: np.zeros(())

    def __getitem__(self, name: str) -> Any:
        if name == BY_CHANCE:
            return self.drawn()
        return self.filled(TERMS[name](self)) if name in TERMS else self.rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self.rows, *OFFERED))

    def __len__(self) -> int:
        return len(self.rows) + len(OFFERED)

    def filled(self, row: Row) -> Row:
        """Give the row of all paths that holds NaN where nothing is offered, shape ``(n_paths,)``."""
        return filled(row, self.here.paths, self.attempt.where.size, np.nan)

    @cached_property
    def here(self) -> OnPaths:
        """The paths on which it is offered."""
        return OnPaths(self.rows, np.flatnonzero(self.attempt.where))

    @cached_property
    def committed(self) -> Mapping[str, Row]:
        """What each investor commits to, before anybody takes a part by right."""
        return commitments(self.attempt, self.here)

    @property
    def asked(self) -> Row:
        """The new money in all."""
        return summed(self.committed, self.here)

    @property
    def commitment(self) -> Row:
        """What those who decide are to pay."""
        return self.asked if self.decided_by == ALL_OF_THEM else self.committed[self.decided_by]

    @property
    def reprice_discount(self) -> Row:
        """How far below the price a missed condition may be repriced, 0 where it may not."""
        waiver = self.attempt.tranche.closing.if_not_met
        return self.here.amount(0.0 if waiver is None or waiver.reprice is None else waiver.reprice.discount)

    @cached_property
    def worth(self) -> Worth:
        """The price and what it makes the company worth."""
        attempt, before, here = self.attempt, self.ledger.at(self.here.paths), self.here
        tranche, day, counted = attempt.tranche, attempt.day, before.accrued_to(attempt.day)
        offer = Offer(
            self.asked, self.asked, attempt.agreed, day, attempt.price_cut, cut(attempt.raised, self.here.paths)
        )
        priced = price_round(tranche, counted, here, offer)
        new = Issue(tranche.series_with(0), select(tranche.terms_with(0), here.paths), day)
        after = close_round(tranche, before, priced, {tranche.others: self.asked}, new).accrued_to(day)
        stated, _ = pre_money(tranche, counted, here, offer)
        return Worth(priced.price, stated, priced.price * after.fully_diluted())


TERMS: Mapping[str, Callable[[Offered], Row]] = {
    "new_money": lambda offered: offered.asked,
    "commitment": lambda offered: offered.commitment,
    "price_per_share": lambda offered: offered.worth.price_per_share,
    "pre_money_valuation": lambda offered: offered.worth.pre_money_valuation,
    "post_money_valuation": lambda offered: offered.worth.post_money_valuation,
    "reprice_discount": lambda offered: offered.reprice_discount,
}
"""How each of the terms that are offered is worked out."""
