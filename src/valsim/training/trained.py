"""The policies of training: one that branches at a decision, and one that does what was learned."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from valsim.core.policy import Choices, Decision, Policy
from valsim.core.rows import Bools, Rows, cut
from valsim.training.problem import Key
from valsim.training.score import Score


@dataclass(frozen=True)
class Trained:
    """Takes the alternative with the highest score: that of the first is zero, ``scores`` are those of the others, by decision."""

    scores: Mapping[Key, tuple[Score, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def decides(self, decision: Decision) -> bool:
        """Take the decisions that were learned."""
        return decision.key in self.scores

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the best alternative by its place, shape ``(n_paths,)``, and the first where nobody is asked."""
        at, scores = np.flatnonzero(where), self.scores[decision.key]
        choices = np.zeros(where.shape, dtype=np.int8)
        here = {name: cut(np.asarray(rows[name]), at) for score in scores for name in score.reads}
        found = [np.zeros(at.size), *(score(here, at.size) for score in scores)]
        choices[at] = np.argmax(np.stack(found), axis=0)
        return choices

    def learning(self, decision: Decision, scores: tuple[Score, ...]) -> "Trained":
        """Give the same with a decision learned, or learned anew."""
        return replace(self, scores={**self.scores, decision.key: scores})


@dataclass(frozen=True)
class Branch:
    """Explores up to a decision, takes one alternative there, whatever the state, and then does what was learned."""

    explores: Policy
    at: Key
    choice: int
    learned: Trained
    later: frozenset[Key]
    notes: tuple[str, ...]

    def decides(self, decision: Decision) -> bool:
        """Take every decision that one of its parts takes."""
        return decision.key == self.at or self._part(decision).decides(decision)

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give the alternative by its place, shape ``(n_paths,)``."""
        if decision.key == self.at:
            return np.full(where.shape, self.choice, dtype=np.int8)
        return self._part(decision)(decision, rows, where)

    def _part(self, decision: Decision) -> Policy:
        return self.learned if decision.key in self.later else self.explores
