"""Learning: train on paths of a run of its own, and read off a rule that says nearly the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np

from valsim.analysis.right_to_walk.region import Met, formula
from valsim.core.unit import Unit
from valsim.run import Run, Team
from valsim.scenario.model import Scenario
from valsim.scenario.rules.decisions import offered_units
from valsim.scenario.rules.row_units import row_units
from valsim.training.readable import Rule
from valsim.training.train import train
from valsim.training.trained import Trained
from valsim.training.trainer import Trainer, training_seed


@dataclass(frozen=True)
class Learned:
    """A trained policy, how it met its decisions on the paths that it was trained on, and the rule that says nearly the same, as a
    document writes it.
    """

    policy: Trained
    met: tuple[Met, ...]
    rules: tuple[Mapping[str, Rule], ...]
    """Of each that was met, the rule of each alternative but refusing."""
    rule: Mapping[str, Any]


def learn(run: Run, team: Team, scale: float, paths: int, state: tuple[str, ...]) -> Learned:
    """Train on so many paths, to look at some rows; at all that investors see where none is named."""
    problem, seed = Trainer(run, team, scale).problem(state), training_seed(run.seed)
    policy = train(problem, paths, seed)
    (sample,) = problem.play([replace(policy, notes=problem.state)], seed, paths)
    met = _by_closing([Met.of(policy, each, sample.decided[each.key]) for each in problem.decisions])
    units = units_of(run.scenario)
    rules = tuple(dict(each.rules(units)) for each in met)
    return Learned(policy, met, rules, _written(met, rules, units, problem.decisions[0].decided_by))


def units_of(scenario: Scenario) -> Mapping[str, Unit]:
    """Give the units of all that a formula of a decision may read."""
    return {**row_units(scenario), **offered_units(scenario.currency)}


def _written(
    met: Sequence[Met], rules: Sequence[Mapping[str, Rule]], units: Mapping[str, Unit], decided_by: str
) -> dict[str, Any]:
    found: dict[str, Any] = {"policy": "rule", "decide_for": decided_by}
    for each, by_alternative in zip(met, rules, strict=True):
        for alternative, rule in by_alternative.items():
            by_closing = found.setdefault(f"{alternative}_when", {}).setdefault(each.decision.terms, {})
            by_closing[each.decision.closing] = formula(rule, units)
    return found


def _by_closing(met: list[Met]) -> tuple[Met, ...]:
    """Put the times of a repeated round together; decisions that nobody reached are left out."""
    together = defaultdict[Any, list[Met]](list)
    for each in met:
        if each.pays.size:
            together[each.decision.terms, each.decision.closing, each.decision.question].append(each)
    return tuple(reduce(_joined, group) for group in together.values())


def _joined(one: Met, other: Met) -> Met:
    rows = {name: np.concatenate([row, other.rows[name]]) for name, row in one.rows.items()}
    gains = {name: np.concatenate([row, other.gains[name]]) for name, row in one.gains.items()}
    return Met(one.decision, rows, gains, tuple(dict.fromkeys((*one.telling, *other.telling))))
