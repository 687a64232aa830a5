"""Training on a scenario: its decisions as a problem that the engine plays."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from valsim.core.policy import BY_CHANCE, OFFERED, Choices, Decided, Decision, Policy
from valsim.core.rows import Bools, Rows
from valsim.execution.chunks import Copy
from valsim.result import ColumnsByKey
from valsim.run import Run, Team
from valsim.scenario.choices import Overtaken, choices, overtaken
from valsim.scenario.model import Scenario
from valsim.scenario.rules.row_units import derived_units, row_units
from valsim.training.problem import Played
from valsim.training.train import train


@dataclass(frozen=True)
class ByChance:
    """Takes each alternative equally often."""

    notes: tuple[str, ...] = ()

    def decides(self, decision: Decision) -> bool:
        """Take every decision."""
        del decision
        return True

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        """Give an alternative by its place, drawn for each path."""
        drawn = np.broadcast_to(rows[BY_CHANCE], where.shape)
        return (drawn * len(decision.alternatives)).astype(np.int8)


@dataclass(frozen=True)
class Staged:
    """The decisions of a scenario, played under risk-neutral probabilities at a scale of the opening multiple."""

    run: Run
    team: Team
    scale: float
    state: tuple[str, ...]
    explores: Policy = ByChance()

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions by the day on which they are due at the latest."""
        return tuple(choice.decision for choice in choices(self.run.scenario))

    @cached_property
    def overtaken(self) -> Overtaken:
        """Those that may come up after another one though they are due before it."""
        return overtaken(self.run.scenario)

    def play(self, policies: Sequence[Policy], seed: int, paths: int) -> list[Played]:
        """Play the same paths under each policy, side by side."""
        copies = (Copy(self.scale, policy) for policy in policies)
        columns = self.run.copied(self.team, "decided", paths, copies, seed)
        return [self._played(*pair) for pair in zip(columns[::2], columns[1::2], strict=True)]

    def _played(self, values: ColumnsByKey, decided: ColumnsByKey) -> Played:
        keys = [decision.key for decision in self.decisions]
        worth = {key: values["decision", *key, "net present value"] for key in keys}
        return Played(worth, {key: _decided(key, decided) for key in keys if ("decision", *key, "choice") in decided})


def _decided(key: tuple[str, ...], columns: ColumnsByKey) -> Decided:
    rows: dict[str, Any] = {name: row for (_, *of, name), row in columns.items() if tuple(of) == key}
    return Decided(rows.pop("reached"), rows.pop("choice"), rows)


def visible(scenario: Scenario) -> tuple[str, ...]:
    """Name the rows that investors can see: levels of drivers, what was learned, cash and what follows from it, values, the last
    round, and the terms on the table; no parameter that was drawn, and not how fast a path grows, which only the engine knows.
    """
    units = row_units(scenario)
    moving = [name for name in units if not name.endswith(".start")]
    levels = [name for name in moving if "." not in name or name in scenario.beliefs or name in derived_units(scenario)]
    return tuple(dict.fromkeys((*levels, *OFFERED)))


@dataclass(frozen=True)
class Trainer:
    """Trains a policy for a run, at a scale of the opening multiple."""

    run: Run
    team: Team
    scale: float

    def __call__(self, paths: int, state: tuple[str, ...]) -> Policy:
        """Train on so many paths, to look at some rows; at all that investors see where none is named."""
        return train(self.problem(state), paths, training_seed(self.run.seed))

    def problem(self, state: tuple[str, ...] = ()) -> Staged:
        """Give the decisions as a problem."""
        return Staged(self.run, self.team, self.scale, state or visible(self.run.scenario))


def training_seed(seed: int) -> int:
    """Give the seed of the paths that are trained on when a run has this one: what is learned is valued on others.

    >>> training_seed(7) != training_seed(8) != 8
    True
    """
    return int.from_bytes(hashlib.sha256(f"training {seed}".encode()).digest()[:8], "big")
