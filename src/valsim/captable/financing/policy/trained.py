"""A policy that is learned from the paths themselves."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.financing.policy.base import Decisions
from valsim.core.block import nearest_help
from valsim.core.errors import Problem
from valsim.core.policy import Choices, Decision, Policy, Training
from valsim.core.rows import Bools, Rows


class Trained(Decisions):
    """They do what is worth most to them, as far as training finds it.

    Backward over decisions, on paths of its own: each is met after random earlier ones, every alternative is played out on the same
    paths with the same random numbers and with what was learned of later decisions, and the difference of the present values,
    old stakes and later payments included, is explained by what can be seen then. Its value on other paths is a lower bound of
    what deciding well is worth.
    """

    example = "{policy: trained, decide_for: requisite_holders, training_paths: 32_768}"

    policy: Literal["trained"]
    """Names this kind of policy."""
    training_paths: int = Field(default=32_768, ge=1, le=4_194_304)
    """On how many paths it is trained; they are none of those that it is valued on."""
    state: tuple[str, ...] = Field(default=(), strict=False, examples=["[arr, equity_value]"])
    """The rows it may look at; without them, all that investors can see: levels of drivers, signals, beliefs, cash and
    what follows from it, values, the last round and the terms on the table. How fast a path grows is known to the engine alone:
    who sees it all the same is told here, as in ``[arr, arr.growth]``."""

    @property
    def trained_on(self) -> int:
        """On how many paths it is trained."""
        return self.training_paths

    def made(self, trained: Training) -> Policy:
        """Give the policy that training finds."""
        return trained(self.training_paths, self.state)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report rows that do not exist."""
        for i, name in enumerate(self.state):
            if name not in context.units:
                nearest = nearest_help(name, context.units)
                yield Problem(("state", i), f"there is no row {name!r}", nearest, code="unknown_name")

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the first alternative: this is what it is trained by, not the policy that is found."""
        del decision, rows
        return np.zeros(where.shape, dtype=np.int8)
