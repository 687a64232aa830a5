"""How long the waterfall takes: a million exits through eight classes, and one exit at a time.

The classes have a participation cap, options with exercise
prices and mixed seniority; once all paths share one cap table, once shares and terms differ by path.
"""

import random
import timeit
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.effort import Effort
from benchmarks.table import Table, table
from tests.captable.exact import interpolated, vertices
from tests.captable.oracle import Class, Fraction, payouts
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.regime import as_agreed
from valsim.captable.opening import open_ledger
from valsim.captable.security import Security
from valsim.captable.waterfall import waterfall
from valsim.core.parameter import at_medians

PATHS = 1_000_000
PREFERRED = {
    "kind": "preferred",
    "liquidation_preference_multiple": 1,
    "participation": "none",
    "anti_dilution": "none",
}
CAPPED = {"participation": "capped", "participation_cap_multiple": 2.5}
CLASSES = {
    "common": {"kind": "common", "shares": "9M"},
    "early options": {"kind": "option", "shares": "1M", "exercise_price": "0.3 USD", "vested": "75%"},
    "late options": {"kind": "option", "shares": "1M", "exercise_price": "2 USD", "vested": "75%"},
    "seed": {**PREFERRED, "shares": "2M", "original_issue_price": "0.8 USD", "seniority": 1},
    "a": {**PREFERRED, **CAPPED, "shares": "3M", "original_issue_price": "2 USD", "seniority": 1},
    "b": {**PREFERRED, "shares": "3M", "original_issue_price": "4 USD", "seniority": 2},
    "c": {**PREFERRED, "participation": "full", "shares": "2M", "original_issue_price": "7 USD", "seniority": 3},
    "d": {**PREFERRED, **CAPPED, "shares": "2M", "original_issue_price": "5 USD", "seniority": 3},
}
TERMS = ("exercise_price", "original_issue_price", "conversion_price", "liquidation_preference_multiple")
f = Fraction
EXACT = [
    Class("common", f(9_000_000)),
    Class("early options", f(750_000), f(3, 10)),
    Class("late options", f(750_000), f(2)),
    Class("seed", f(2_000_000), None, f(1_600_000), "none", None, 1, f(2_000_000)),
    Class("a", f(3_000_000), None, f(6_000_000), "capped", f(15_000_000), 1, f(3_000_000)),
    Class("b", f(3_000_000), None, f(12_000_000), "none", None, 2, f(3_000_000)),
    Class("c", f(2_000_000), None, f(14_000_000), "full", None, 3, f(2_000_000)),
    Class("d", f(2_000_000), None, f(10_000_000), "capped", f(25_000_000), 3, f(2_000_000)),
]


def shared() -> Ledger:
    """Give the cap table that all paths share."""
    return open_ledger({name: at_medians(Security.choose(terms)) for name, terms in CLASSES.items()}, {})


def by_path(ledger: Ledger, chance: np.random.Generator, paths: int) -> Ledger:
    """Give the cap table with shares and terms of each path's own, a fifth above or below."""

    def moved(number: float) -> np.ndarray:
        return number * chance.uniform(0.8, 1.2, paths)

    series = {
        name: security.but(
            **{term: moved(value) for term in TERMS if (value := getattr(security, term, None)) is not None}
        )
        for name, security in ledger.series.items()
    }
    return Ledger(series, {lot: moved(shares) for lot, shares in ledger.lots.items()})


def paid(ledger: Ledger, proceeds: np.ndarray) -> dict[str, np.ndarray]:
    """Give what each class is paid."""
    return dict(waterfall(curves_of(ledger, as_agreed), proceeds).payouts)


def seconds(run: Callable[[], object], effort: Effort) -> float:
    """Give the least time of several runs, in seconds a run."""
    timer = timeit.Timer(run)
    times = effort.of(lambda: (1, 0.0), timer.autorange)()[0]
    return min(timer.repeat(effort.of(1, 5), times)) / times


def measure(effort: Effort) -> Iterator[Table]:
    """Measure, and hold one exit against the exact one."""
    paths = effort.of(10_000, PATHS)
    chance, ledger = np.random.default_rng(1), shared()
    exits = chance.lognormal(17.8, 1.2, paths)
    one = random.Random(1).choice(exits.tolist())
    own = by_path(ledger, chance, paths)
    works: dict[str, tuple[Callable[[], object], float | None]] = {
        f"{paths:,} exits, one cap table": (lambda: paid(ledger, exits), 0.3),
        f"{paths:,} exits, shares and terms by path": (lambda: paid(own, exits), 1.0),
        "one exit": (lambda: paid(ledger, np.float64(one)), None),
        "one exit in fractions, along its breakpoints": (lambda: interpolated(vertices(EXACT), f(one)), None),
        "one exit in fractions, by every profile of decisions": (lambda: payouts(EXACT, f(one)), None),
    }
    rows = [(what, seconds(run, effort), limit) for what, (run, limit) in works.items()]
    note = (
        f"The largest difference of one exit from its payout in fractions is {_off(ledger, one):.1g} of the proceeds."
    )
    yield table("Exits through eight classes", ("what", "seconds", "at most"), rows, note)


def _off(ledger: Ledger, one: float) -> float:
    wanted, got = interpolated(vertices(EXACT), f(one)), paid(ledger, np.float64(one))
    return max(abs(float(exact) - float(got[c.name])) for c, exact in zip(EXACT, wanted, strict=True)) / one
