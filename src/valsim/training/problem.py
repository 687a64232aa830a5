"""A problem of decisions: whatever can be played under a policy and tells what that comes to for those who decide."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from valsim.core.policy import Decided, Decision, Policy, Question
from valsim.core.rows import Row
from valsim.scenario.choices import Overtaken

Key: TypeAlias = tuple[str, str, Question]
"""What names a decision."""


class Played(NamedTuple):
    """What paths came to under one policy, by decision: the present value of those who take it, less all that they ever pay,
    shape ``(n_paths,)``, and where it was met, with the rows that the policy notes.
    """

    values: Mapping[Key, Row]
    decided: Mapping[Key, Decided]


class Problem(Protocol):
    """What can be played under a policy, under risk-neutral probabilities."""

    @property
    def decisions(self) -> Sequence[Decision]:
        """The decisions in the order in which they come up."""

    @property
    def overtaken(self) -> Overtaken:
        """Those that may come up after another one though they stand before it."""

    @property
    def explores(self) -> Policy:
        """What is done at decisions of which nothing is learned yet, so that those after them are met in many states."""

    @property
    def state(self) -> tuple[str, ...]:
        """The rows that a trained policy may look at."""

    def play(self, policies: Sequence[Policy], seed: int, paths: int) -> Sequence[Played]:
        """Play the same paths under each policy: path i has the same random numbers under all of them."""
