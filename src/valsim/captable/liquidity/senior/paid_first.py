"""The senior map: from what an exit pays to what shareholders may have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import Claim, Curve, total
from valsim.captable.liquidity.senior.carve_out import CarveOut
from valsim.captable.liquidity.senior.carve_out.base import Equity
from valsim.captable.liquidity.senior.debt import Debt
from valsim.captable.liquidity.senior.transaction_costs import TransactionCosts
from valsim.captable.waterfall import pay_claims
from valsim.core.block import Block
from valsim.core.errors import Path, Problem
from valsim.core.liquidity import LiquidityKind
from valsim.core.rows import Row


@dataclass(frozen=True)
class Senior:
    """What is paid before shareholders: the costs of an exit, then debt by seniority, then a carve-out.

    ``repaid`` is the part of a debt that was paid before, by name; rows of shape ``(n_paths,)``.
    """

    transaction_costs: TransactionCosts | None = None
    debt: Mapping[str, Debt] = field(default_factory=dict)
    carve_out: CarveOut | None = None
    repaid: Mapping[str, Row] = field(default_factory=dict)

    def owed(self, day: Row | float) -> Row:
        """Give what all lenders are owed on a day, a proleptic ordinal."""
        return total(self.claim(name, day) for name in self.debt)

    def claim(self, name: str, day: Row | float) -> Row:
        """Give what one lender is owed on a day."""
        claim = self.debt[name].claim_at(day)
        return claim * (1 - self.repaid[name]) if name in self.repaid else claim

    def lenders(self, day: Row | float, names: Iterable[str]) -> dict[str, Curve]:
        """Give the claims of some lenders on a day."""
        return {name: Curve((Claim(self.claim(name, day), self.debt[name].rank),)) for name in names}


NOBODY_FIRST = Senior()
"""Nothing is paid before shareholders."""


class PaidFirst(NamedTuple):
    """What was paid before shareholders, and what is left for them; rows of the shape of the proceeds."""

    transaction_costs: Row
    debt: Mapping[str, Row]
    carve_out: Row
    left: Row

    @property
    def lent(self) -> Row:
        """What all lenders are paid together."""
        return total(self.debt.values()) + np.zeros_like(self.left)

    def reshaped(self, shape: tuple[int, ...]) -> "PaidFirst":
        """Give the same rows in another shape."""
        debt = {name: row.reshape(shape) for name, row in self.debt.items()}
        return PaidFirst(
            self.transaction_costs.reshape(shape), debt, self.carve_out.reshape(shape), self.left.reshape(shape)
        )


def paid_first(senior: Senior, kind: LiquidityKind, day: Row | float, proceeds: Row, equity: Equity) -> PaidFirst:
    """Pay costs, debt by seniority and a carve-out out of what an exit pays, money of shape ``(n_paths,)``.

    ``equity`` says what each holder is paid where so much is left for shareholders. Nobody is paid more than there is, so the
    parts add up to the proceeds.
    """
    costs = _costs(senior, kind, proceeds)
    after_costs = proceeds - costs
    debt, after_debt = pay_claims(senior.lenders(day, senior.debt), after_costs)
    carved = _carved(senior.carve_out, kind, {"before_debt": after_costs, "after_debt": after_debt}, equity)
    return PaidFirst(costs, debt, carved, after_debt - carved)


def _costs(senior: Senior, kind: LiquidityKind, proceeds: Row) -> Row:
    costs = senior.transaction_costs
    return np.zeros_like(proceeds) if costs is None or kind not in costs.paid_at else costs.paid(proceeds)


def _carved(carve_out: CarveOut | None, kind: LiquidityKind, bases: Mapping[str, Row], equity: Equity) -> Row:
    left = bases["after_debt"]
    if carve_out is None or kind not in carve_out.paid_at:
        return np.zeros_like(left)
    return carve_out.paid(bases[carve_out.base], left, equity)


def senior_problems(senior: Senior, holders: Mapping[str, object]) -> Iterator[Problem]:
    """Report what is wrong with what is paid before shareholders; paths are of the cap table."""
    named: dict[Path, Block | None] = {("debt", name): debt for name, debt in senior.debt.items()}
    named |= {("transaction_costs",): senior.transaction_costs, ("carve_out",): senior.carve_out}
    for path, block in named.items():
        for problem in block.problems(holders) if block is not None else ():
            yield problem.under(path)
    unranked = [name for name, debt in senior.debt.items() if debt.seniority is None]
    for name in unranked if len(senior.debt) > 1 else ():
        message = "of several debts, each says its rank"
        yield Problem(("debt", name), message, "state its seniority: a higher number is paid first", "key")
