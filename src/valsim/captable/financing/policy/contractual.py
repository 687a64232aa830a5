"""The document as it is written."""

from typing import Literal

from pydantic import Field

from valsim.captable.financing.policy.base import Decisions
from valsim.core.policy import ALL_OF_THEM, CONTRACTUAL, Choices, Decision, Policy, Training
from valsim.core.rows import Bools, Rows


class Contractual(Decisions):
    """Nobody decides: an option is taken up, an obligation is paid unless the drawn chance of a default strikes, and a missed
    condition is waived by its drawn chance.
    """

    example = "{policy: contractual}"

    policy: Literal["contractual"]
    """Names this kind of policy."""
    decide_for: str = Field(default=ALL_OF_THEM, examples=["requisite_holders"])
    """Who would decide under another policy; without effect here."""

    def made(self, trained: Training) -> Policy:
        """Give the policy that decides nothing."""
        del trained
        return CONTRACTUAL

    def decides(self, decision: Decision) -> bool:
        """Take no decision."""
        return CONTRACTUAL.decides(decision)

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the first alternative everywhere; nobody asks."""
        return CONTRACTUAL(decision, rows, where)
