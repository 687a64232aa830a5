"""Looking at the price alone."""

from typing import Literal

import numpy as np

from valsim.captable.financing.policy.base import Decisions
from valsim.core.policy import Choices, Decision, Policy, Training
from valsim.core.rows import Bools, Rows


class Myopic(Decisions):
    """They pay where the shares that they buy are worth the money at the headline equity of the path, once the money is in.

        (equity_value + new_money) / post_money_valuation >= 1

    Without a pool top-up or anti-dilution shares that is ``equity_value >= pre_money_valuation``: the money joins the company, so
    the right to fund strikes at the pre-money valuation. It looks at nothing else: not at preferences, old stakes, later
    closings or the consequence of a default. A missed condition is repriced where the lower price is worth it; it is waived
    where the document offers no lower one and the price is worth it.
    """

    example = "{policy: myopic, decide_for: requisite_holders}"

    policy: Literal["myopic"]
    """Names this kind of policy."""

    def made(self, trained: Training) -> Policy:
        """Give itself: it needs no training."""
        del trained
        return self

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the chosen alternative by its place; where there is no price there is nothing to gain by refusing it."""
        del where
        best = decision.alternatives[-1] if decision.question == "missed" else "fund"
        dearer = 1.0 - rows["reprice_discount"] if best == "reprice" else 1.0
        before = (rows["post_money_valuation"] - rows["new_money"]) * dearer
        pays = ~(rows["equity_value"] < before)
        other = 0 if decision.question == "missed" else 1
        return np.where(pays, decision.alternatives.index(best), other).astype(np.int8)
