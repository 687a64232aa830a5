"""What reducing the variance of a fair value is worth: time, standard error, and how often intervals hold what they say.

First the published cap tables under a random exit: plain paths,
whose variance is infinite, plain paths less the value that is known (the control variate), and the strata that the method
``simulation`` draws; then how often its intervals of 95 % hold the exact fair value. Then a whole scenario, with the parameters
that carry value drawn more often.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from benchmarks.clock import timed
from benchmarks.documents import document, shipped
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table
from tests.published.cases import cases
from valsim.contract.contract import Contract
from valsim.core.parameter import at_medians
from valsim.decide.root import Paths, all_classes, solved
from valsim.execution.team import processors
from valsim.run import last_round
from valsim.value.fair_value.by_class import FairValue, Priced
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fair_value import value_by_class
from valsim.value.fair_value.ipo_probability import chance_at
from valsim.value.fair_value.method import Method

PATHS, SEEDS, WHOLE = 200_000, 200, 100_000
WITHIN = 1.959964
"""Half of an interval of 95 %, in standard errors."""


def method(kind: str, **terms: int) -> Method:
    """Give a method with the published numbers."""
    return at_medians(Method.choose({"kind": kind, **terms}))


def plain(model: Method, exits: Exits, priced: Priced, value: float, seed: int, *, control: bool) -> float:
    """Give the relative standard error of the fair value on independent paths, at the company value at which the price is fair."""
    chance = np.random.default_rng(seed)
    years, z = chance.exponential(1 / model.exit_rate, PATHS), chance.standard_normal(PATHS)
    discounted = np.exp(-0.5 * model.volatility**2 * years + model.volatility * np.sqrt(years) * z)
    discount = np.exp(-model.risk_free * years)
    at = value * discounted / discount
    listed, sold = (exits.diagram(kind) for kind in ("ipo", "acquisition"))
    p, last = chance_at(model.ipo_probability, at), float(model.ipo_probability[-1].probability)
    paid = discount * (p * listed.paid(at)[priced.name] + (1 - p) * sold.paid(at)[priced.name])
    further = last * listed.slopes[priced.name][-1] + (1 - last) * sold.slopes[priced.name][-1]
    row = paid - further * value * discounted if control else paid
    beside = model.present_values(exits, value * np.exp(np.array([-0.01, 0.01])))[priced.name]
    return float(row.std() / np.sqrt(PATHS) / (beside[1] - beside[0]) * 0.02)


def measure(effort: Effort) -> Iterator[Table]:
    """Measure the published cap tables under a random exit, then whole scenarios."""
    published = [*cases("unicorns", "unicorn"), *cases("unicorns", "illustration")]
    seeds = effort.of(2, 50, SEEDS)
    yield table(
        f"A random exit, {PATHS:,} paths: relative standard error of the fair value, and seconds",
        ("cap table", "plain, %", "s", "control variate, %", "s ", "strata, %", "s  ", "held of 95 %, %"),
        (_random_exit(case, seeds) for case in published[: effort.of(1, len(published))]),
        "The variance of plain paths is infinite: their standard error is of one sample and says nothing of the next one.",
        f"How often intervals of 95 % in strata hold the exact fair value is counted over {seeds} seeds.",
    )
    if effort is not Effort.QUICK:
        yield table(
            f"A whole scenario, {WHOLE:,} paths: relative standard error of all opening classes at the last price paid",
            ("scenario", "seconds", "fair value, %", "at one scale, %", "drawn as ever, %"),
            (_whole(name) for name in shipped()),
        )


def _random_exit(case: dict[str, Any], seeds: int) -> tuple[Cell, ...]:
    contract = Contract.read(case["captable"])
    exits, name = Exits(contract.table, contract.day(None)), case["priced"]
    priced = Priced(name, float(contract.table.ledger.series[name].original_issue_price))
    exact = value_by_class(exits, priced, method("exit_mix"))
    cells = list[Cell]()
    for control in (False, True):
        error, taken = timed(partial(plain, exact.method, exits, priced, exact.company_value, 0, control=control))
        cells += [100 * error, taken.seconds]
    drawn = [timed(partial(_drawn, exits, priced, seed)) for seed in range(seeds)]
    errors = [found.standard_error / found.fair_value for found, _ in drawn]
    cells += [100 * float(np.median(errors)), float(np.median([taken.seconds for _, taken in drawn]))]
    held = [abs(found.fair_value - exact.fair_value) < WITHIN * found.standard_error for found, _ in drawn]
    return case["id"], *cells, 100 * float(np.mean(held))


def _drawn(exits: Exits, priced: Priced, seed: int) -> FairValue:
    return value_by_class(exits, priced, method("simulation", paths=PATHS, seed=seed))


def _whole(name: str) -> tuple[Cell, ...]:
    scenario = document(name)
    paths = Paths(WHOLE, scenario.simulation.seed, processors())
    root, taken = timed(lambda: solved(scenario, last_round(scenario), paths))
    worth, row = root.worth(all_classes), all_classes(root.below)
    alone = float(row.std() / np.sqrt(row.size) / row.mean())
    errors = worth.standard_error / worth.mean, alone, alone * root.plain_over_weighted
    return name, taken.seconds, *(100 * float(each) for each in errors)
