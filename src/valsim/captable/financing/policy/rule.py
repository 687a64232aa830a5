"""A rule of one's own, written as formulas."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from pydantic import Field

from valsim.captable.financing.policy.base import Decisions
from valsim.core.block import nearest_help
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.policy import Choices, Decision, Policy, Training
from valsim.core.rows import Bools, Rows

ByClosing: TypeAlias = Mapping[str, Mapping[str, Expression]]
"""A formula for each closing, by round and closing."""


class Rule(Decisions):
    """They decide by formulas, one for each closing; a closing without one goes as the document is written.

    A formula may read every row, and the terms that are offered: ``new_money``, ``commitment`` (what those who decide are to pay of it),
    ``price_per_share``, ``pre_money_valuation`` and ``post_money_valuation`` as they are if everybody pays.
    """

    example = '{policy: rule, decide_for: requisite_holders, fund_when: {series_b: {milestone closing: "arr >= 12M USD/year or equity_value >= 2 * pre_money_valuation"}}}'

    policy: Literal["rule"]
    """Names this kind of policy."""
    fund_when: ByClosing = Field(default={})
    """When a closing whose condition is met is paid, by round and closing; else they walk away from an option, and default on an obligation."""
    waive_when: ByClosing = Field(default={})
    """When a missed condition is waived, by round and closing; else it is repriced or lapses."""
    reprice_when: ByClosing = Field(default={})
    """When a missed condition is not waived but paid for at the lower price, by round and closing; else it lapses."""

    def made(self, trained: Training) -> Policy:
        """Give itself: it needs no training."""
        del trained
        return self

    def decides(self, decision: Decision) -> bool:
        """Say whether there is a formula for a decision."""
        return any(_of(formulas, decision) for formulas, _ in self._asked(decision))

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the first alternative whose formula holds, else that of refusing."""
        refused = 1 if decision.question == "met" else 0
        choice = np.full(where.shape, refused, dtype=np.int8)
        for formulas, alternative in reversed(self._asked(decision)):
            formula = _of(formulas, decision)
            if formula is not None:
                choice[np.broadcast_to(formula(rows), where.shape)] = decision.alternatives.index(alternative)
        return choice

    def _asked(self, decision: Decision) -> list[tuple[ByClosing, str]]:
        told = {"fund": self.fund_when, "waive": self.waive_when, "reprice": self.reprice_when}
        return [(told[name], name) for name in decision.alternatives if name in told]

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report formulas that do not fit, and those of closings that do not exist or leave no such choice."""
        said = {"fund_when": self.fund_when, "waive_when": self.waive_when, "reprice_when": self.reprice_when}
        if not any(said.values()):
            yield Problem((), "a rule needs at least one formula", f"e.g. {self.example}", "key")
        for key, formulas in said.items():
            for terms, by_closing in formulas.items():
                for closing, formula in by_closing.items():
                    yield from context.condition((key, terms, closing), formula)
                    yield from self._misplaced(context, key, terms, closing)

    def _misplaced(self, context: Any, key: str, terms: str, closing: str) -> Iterator[Problem]:
        choices: Mapping[tuple[str, str], tuple[str, ...]] = context.choices
        path, known = (key, terms, closing), ", ".join(f"{{{a}: {{{b}: ...}}}}" for a, b in choices)
        if (terms, closing) not in choices:
            names = nearest_help(closing, [b for a, b in choices if a == terms])
            yield Problem(path, f"no closing {closing!r} of a round {terms!r}", names or f"there is {known}", "key")
        elif key.removesuffix("_when") not in choices[terms, closing]:
            offered = " or ".join(choices[terms, closing]) or "nothing to choose"
            message = f"the document leaves no such choice at {terms} / {closing}: {offered}"
            advice = "if_met: option gives one to fund or to walk, if_not_met one to waive or to reprice"
            yield Problem(path, message, advice, "key")


def _of(formulas: ByClosing, decision: Decision) -> Expression | None:
    return formulas.get(decision.terms, {}).get(decision.closing)
