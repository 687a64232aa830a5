"""A dividend that is owed only once it is declared."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self

from valsim.captable.curve import ratio
from valsim.captable.participation import Entitlement
from valsim.captable.term.dividend.base import Dividend, in_any_case
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Money, middle
from valsim.core.rows import Row


class NonCumulativeDividend(Dividend):
    """A dividend that is owed only where it was declared: nothing accrues, and what was never declared is no claim.

    What was declared and not paid is paid at an exit with the rank of the class, also to shares that convert. Source: NVCA
    Model Certificate of Incorporation (2025), sections 1, 2.1 and 4.3.3.
    """

    example = "{rate: 8%, declared_unpaid: 0 USD}"

    rate: Fraction
    """What a share is paid in a year in which a dividend is declared, a fraction of its original issue price; it does nothing
    by itself."""
    declared_unpaid: Money
    """What was declared on the whole class and not yet paid; zero where nothing was."""

    def opened(self, shares: Row, issued: date | None) -> Self:
        """Give the dividend with what is owed on one share."""
        del issued
        return self.but(_owed=ratio(self.declared_unpaid, shares))

    def entitled(self, due: Entitlement, issue_price: Row) -> Entitlement:
        """Give what a share is entitled to with what was declared."""
        return in_any_case(due, self._owed / issue_price, self.participation_cap_basis)

    def problems_in(self, terms: Any) -> Iterator[Problem]:
        """Report the cap's reading, and a declared dividend on shares that are yet to be issued."""
        yield from super().problems_in(terms)
        if terms.is_to_come and middle(self.declared_unpaid) > 0:
            message = "no dividend was declared on shares that are yet to be issued"
            yield Problem(("declared_unpaid",), message, "declared_unpaid: 0")
