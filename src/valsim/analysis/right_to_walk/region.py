"""Exercise regions: where those who decide pay, as a picture over two rows and as a rule that can be typed back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from valsim.core.policy import Decided, Decision
from valsim.core.quantity import format_quantity
from valsim.core.rows import Bools, Row, cut
from valsim.core.unit import BOOL, Unit
from valsim.training.readable import ALWAYS, NEVER, Condition, Rule, readable_rule
from valsim.training.trained import Trained

DIGITS = 3
"""A level of a rule is written to so many digits, and means what is written."""
POINTS, LINES = 600, 40
"""How many paths a picture shows, and how fine the grid is on which its boundary is found."""
ALIKE = 0.95
"""Rows whose ranks are correlated so much say the same."""
GROWTH = ".growth"
"""How rows end that are growth rates: a fraction above 1 is written as a percentage too."""
ADDS = "what paying adds"
"""What a picture shows upwards where no second row says anything else."""
BOOLEAN = 2
"""A row with so many values has no place in a picture."""


@dataclass(frozen=True)
class Met:
    """Decisions of one closing, all times of its round together, as a trained policy met them.

    ``rows`` are those of the state, each of shape ``(n_paths,)``; ``gains`` say by alternative how much more than refusing it is
    expected to be worth; refusing itself gains zero.
    """

    decision: Decision
    rows: Mapping[str, Row]
    gains: Mapping[str, Row]
    telling: tuple[str, ...]

    @classmethod
    def of(cls, policy: Trained, decision: Decision, decided: Decided) -> "Met":
        """Read it off paths that were played."""
        size = int(np.count_nonzero(decided.reached))
        rows = {name: cut(row, decided.reached) for name, row in decided.rows.items()}
        scores = policy.scores[decision.key]
        others = {name: score(rows, size) for name, score in zip(decision.alternatives[1:], scores, strict=True)}
        worth = {decision.alternatives[0]: np.zeros(size), **others}
        gains = {name: row - worth[decision.refusal] for name, row in worth.items() if name != decision.refusal}
        telling = dict.fromkeys(each.row for score in scores for each in score.coordinates)
        return cls(decision, rows, gains, tuple(telling))

    @property
    def pays(self) -> Bools:
        """Where some way of paying is worth more than refusing, shape ``(n_paths,)``."""
        pays: Bools = np.any([row > 0 for row in self.gains.values()], axis=0)
        return pays

    def rules(self, units: Mapping[str, Unit]) -> Iterator[tuple[str, Rule]]:
        """Give a rule for each alternative but refusing, in the order in which a document tries them."""
        left = np.ones(self.pays.size, dtype=bool)
        rows = {name: row for name, row in self.rows.items() if name in units}
        for name, gain in self.gains.items():
            best_other = np.max([0 * gain, *(row for other, row in self.gains.items() if other != name)], axis=0)
            here = {row_name: row[left] for row_name, row in rows.items()}
            rule = readable_rule(here, (gain - best_other)[left])
            yield name, rule
            left = left & ~rule(rows, left.size)

    @property
    def shown(self) -> tuple[str, ...]:
        """The rows of a picture, at most two: those that tell most, then the company's value."""
        usual = ("equity_value", "cash", *self.rows)
        found = [name for name in dict.fromkeys((*self.telling, *usual)) if _spreads(self.rows.get(name))]
        up = (name for name in found[1:] if _apart(self.rows[name], self.rows[found[0]]))
        return (*found[:1], *islice(up, 1))


def _spreads(row: Row | None) -> bool:
    return row is not None and bool(np.isfinite(row).all()) and len(np.unique(row[:200])) > BOOLEAN


def _apart(one: Row, other: Row) -> bool:
    """Say whether two rows do not order paths alike: one that does adds nothing to a picture of the other."""
    ranks = [np.argsort(np.argsort(row[:POINTS])) for row in (one, other)]
    first, second = (each - np.mean(each) for each in ranks)
    return bool(abs(np.sum(first * second)) < ALIKE * np.sqrt(np.sum(first**2) * np.sum(second**2)))


def formula(rule: Rule, units: Mapping[str, Unit]) -> str:
    """Write a rule as a formula of a document.

    >>> formula(Rule((Condition("arr", 118.4e6),)), {"arr": Unit.of("USD") / Unit.of("year")})
    'arr >= 118M USD/year'
    """
    if not rule.conditions:
        return {ALWAYS: "1 == 1", NEVER: "1 == 0"}[rule]
    return f" {rule.join} ".join(_written(condition, units) for condition in rule.conditions)


def _written(condition: Condition, units: Mapping[str, Unit]) -> str:
    unit = units[condition.row]
    if unit == BOOL:
        return condition.row if condition.above else f"not {condition.row}"
    shown = format_quantity(condition.level, unit, digits=DIGITS).replace(" %", "%")
    level = f"{100 * condition.level:.{DIGITS}g}%" if condition.row.endswith(GROWTH) else shown
    return f"{condition.row} {'>=' if condition.above else '<'} {level}"


def picture(met: Met, policy: Trained, units: Mapping[str, Unit], currency: str) -> dict[str, Any] | None:
    """Give what a picture of a decision shows: some paths with what is done there, over two rows and with the boundary at the medians
    of all others; over one row and what paying is expected to add, where no second one says anything else.
    """
    if not met.shown or not met.pays.any() or met.pays.all():
        return None
    shown = {name: {"row": name, "unit": units[name].written().strip(), **_some(met.rows[name])} for name in met.shown}
    adds = {"row": ADDS, "unit": currency, **_some(np.max(list(met.gains.values()), axis=0))}
    across, up = (*shown.values(), adds)[:2]
    boundary = _boundary(met, policy, met.shown) if len(shown) > 1 else None
    return {"across": across, "up": up, "pays": met.pays[:POINTS].tolist(), "boundary": boundary}


def _some(row: Row) -> dict[str, list[float]]:
    return {"values": row[:POINTS].tolist()}


def _boundary(met: Met, policy: Trained, shown: Sequence[str]) -> dict[str, Any]:
    lines = [_between(met.rows[name]) for name in shown]
    across, up = np.meshgrid(*lines)
    rows = {name: np.full(across.size, np.median(row)) for name, row in met.rows.items()}
    rows |= {shown[0]: across.ravel(), shown[1]: up.ravel()}
    decided = Decided(np.ones(across.size, dtype=bool), np.zeros(across.size, dtype=np.int8), rows)
    gains = Met.of(policy, met.decision, decided).gains
    best = np.max(list(gains.values()), axis=0).reshape(across.shape)
    return {"across": lines[0].tolist(), "up": lines[1].tolist(), "advantage": best.tolist()}


def _between(row: Row) -> Row:
    low, high = np.quantile(row, (0.01, 0.99))
    return np.geomspace(low, high, LINES) if low > 0 else np.linspace(low, high, LINES)
