"""Decisions: what those who pay for a tranche may choose between, and the policies that choose for them on every path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.core.replace import replace
from valsim.core.rows import Bools, Row, Rows

Question: TypeAlias = Literal["met", "missed"]
"""What is asked about a closing: what to do now that its condition is met, or that it was missed and its time is over."""
QUESTIONS: tuple[Question, ...] = ("met", "missed")
"""Both of them."""
Choices: TypeAlias = npt.NDArray[np.int8]
"""The chosen alternative of a decision by its place among them, shape ``(n_paths,)``."""
ALL_OF_THEM = "requisite_holders"
"""Who decides where all investors of a closing decide as one."""
NOT_ASKED = -1
"""Stands for the choice on a path on which nobody was asked."""


@dataclass(frozen=True)
class Decision:
    """What somebody has to decide about a closing.

    ``alternatives`` are those of a met condition, ``("fund", "walk")`` or ``("fund", "default")``, or those of a missed one:
    ``"lapse"``, then ``"waive"`` and ``"reprice"`` as far as the document offers them. ``decided_by`` is a holder, or
    ``requisite_holders`` where all investors of the closing decide as one. ``round`` is one time of the round that the document
    calls ``terms``.
    """

    terms: str
    round: str
    closing: str
    question: Question
    alternatives: tuple[str, ...]
    decided_by: str = ALL_OF_THEM

    @property
    def key(self) -> tuple[str, str, Question]:
        """What names the decision: the round, the closing and the question."""
        return self.round, self.closing, self.question

    @property
    def refusal(self) -> str:
        """The alternative of paying nothing: to walk, to default, or to let it lapse."""
        return self.alternatives[0 if self.question == "missed" else 1]


class Policy(Protocol):
    """Chooses for those who decide. It is handed to other processes, so it is plain data: frozen, and it keeps nothing.

    What it does on one path may depend on nothing but the rows of that path.
    """

    @property
    def notes(self) -> tuple[str, ...]:
        """The rows that are kept as they were when a decision was taken, by name."""

    def decides(self, decision: Decision) -> bool:
        """Say whether it takes a decision; where it does not, what the document says happens, by its own chances."""

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the chosen alternative by its place, shape ``(n_paths,)``; it is read ``where`` the decision is due.

        ``rows`` hold all that a formula may read, and the :data:`terms <OFFERED>` that are offered.
        """


OFFERED = (
    *("new_money", "commitment", "price_per_share", "pre_money_valuation", "post_money_valuation"),
    "reprice_discount",
)
"""The rows that a decision adds to those of the company: the new money that the closing asks for, what those who decide are to
pay of it, the price per share, the pre-money and the post-money valuation if everybody pays, and how far below that price a
missed condition may be repriced, a fraction."""
BY_CHANCE = "by chance"
"""A uniform number of each decision and path, for policies that explore; its name has a space, so that no formula reads it."""


Training: TypeAlias = Callable[[int, tuple[str, ...]], Policy]
"""Trains a policy on so many paths, to look at some rows; at all that investors see where none is named."""


@dataclass(frozen=True)
class Contractual:
    """The policy of a document that is carried out as it is written: whoever is obliged pays unless the drawn chance of a default
    strikes, an option is taken up, and a missed condition is waived by its drawn chance.
    """

    notes: tuple[str, ...] = ()

    def decides(self, decision: Decision) -> bool:
        """Take no decision."""
        del decision
        return False

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the first alternative everywhere; nobody asks."""
        del decision, rows
        return np.zeros(where.shape, dtype=np.int8)


CONTRACTUAL: Policy = Contractual()
"""The document as it is written."""


@dataclass(frozen=True)
class SideBySide:
    """Several policies that take the same decisions, each for its own copy of the paths: row ``k paths + i`` is path i under policy k."""

    policies: tuple[Policy, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """The rows that any of them keeps."""
        return tuple(dict.fromkeys(name for policy in self.policies for name in policy.notes))

    def decides(self, decision: Decision) -> bool:
        """Say whether they take a decision."""
        return self.policies[0].decides(decision)

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give what each chooses for its copy, shape ``(copies n_paths,)``."""
        copy = np.repeat(np.arange(len(self.policies)), where.size // len(self.policies))
        choices = np.zeros(where.shape, dtype=np.int8)
        for k, policy in enumerate(self.policies):
            mine = where & (copy == k)
            choices = np.where(mine, policy(decision, rows, mine), choices).astype(np.int8)
        return choices


@dataclass(frozen=True)
class Decided:
    """What was decided about a closing so far: where, which alternative, and the rows that were kept; shapes ``(n_paths,)``."""

    reached: Bools
    choice: Choices
    rows: Mapping[str, Row] = field(default_factory=dict)

    @classmethod
    def nowhere(cls, paths: int, notes: tuple[str, ...] = ()) -> Self:
        """Give a decision that nobody has reached, with room for the rows that are to be kept."""
        kept = dict.fromkeys(notes, np.full(paths, np.nan))
        return cls(np.zeros(paths, dtype=np.bool_), np.full(paths, NOT_ASKED, dtype=np.int8), kept)

    def taken(self, where: Bools, choice: Choices, rows: Rows) -> Self:
        """Give the same with a choice on some paths, and the rows that are kept as they were there."""
        chosen = np.where(where, choice, self.choice).astype(np.int8)
        kept = {name: np.where(where, rows[name], row) for name, row in self.rows.items()}
        return replace(self, reached=self.reached | where, choice=chosen, rows=kept)

    def chose(self, decision: Decision, alternative: str) -> Bools:
        """Say where an alternative of the decision was chosen, shape ``(n_paths,)``; nowhere if it is none of them."""
        if alternative not in decision.alternatives:
            return np.zeros(self.choice.shape, dtype=np.bool_)
        return np.asarray(self.choice == decision.alternatives.index(alternative))
