"""The base of every policy that a document names."""

from abc import abstractmethod

from pydantic import Field

from valsim.core.block import Kind
from valsim.core.policy import Choices, Decision, Policy, Training
from valsim.core.rows import Bools, Rows


class Decisions(Kind, member_of="policy", tag="policy"):
    """Who decides about tranches where the document leaves a choice, and how.

    There is a choice where a met condition is an option (``if_met: option``: fund or walk away), where it is an obligation with a
    ``default`` clause (fund or default), and where a missed one may be waived or repriced (``if_not_met``). Each is decided once,
    on the first day on which the closing may happen, and stands for every later try. The anchor is solved as the document is
    written, and every policy is played at its scale.
    """

    decide_for: str = Field(examples=["requisite_holders", "Lead Fund"])
    """Who decides: ``requisite_holders``, all investors of a closing as one, its buyers and the others among them; or one
    holder, about its own payment alone and about no waiver, while everybody else does what the document says."""

    @property
    def notes(self) -> tuple[str, ...]:
        """The rows that are kept as they were when a decision was taken: none."""
        return ()

    @property
    def trained_on(self) -> int:
        """On how many paths it is trained: none, where it is known beforehand."""
        return 0

    @abstractmethod
    def made(self, trained: Training) -> Policy:
        """Give the policy that decides in a run; ``trained`` trains one, where it is not known beforehand."""

    def decides(self, decision: Decision) -> bool:
        """Say whether it takes a decision: every one."""
        del decision
        return True

    @abstractmethod
    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the chosen alternative by its place, shape ``(n_paths,)``."""
