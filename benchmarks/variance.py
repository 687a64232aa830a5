"""What reducing the variance of a fair value is worth: time, standard error, and how often intervals hold what they say.

``python -m benchmarks.variance`` from the root of the repository. First the published cap tables under a random exit: plain paths,
whose variance is infinite, plain paths less the value that is known (the control variate), and the strata that the method
``simulation`` draws; then how often its intervals of 95 % hold the exact fair value. Then a whole scenario, with the parameters
that carry value drawn more often.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from tests.published.cases import cases
from valsim.contract.contract import Contract
from valsim.core.parameter import at_medians
from valsim.decide.root import Paths, all_classes, solved
from valsim.execution.team import processors
from valsim.run import last_round
from valsim.scenario.load import load
from valsim.value.fair_value.by_class import FairValue, Priced
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fair_value import value_by_class
from valsim.value.fair_value.ipo_probability import chance_at
from valsim.value.fair_value.method import Method

PATHS, SEEDS = 200_000, 200
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


def timed(run: Callable[[], float]) -> tuple[float, float]:
    """Give what a run gives, and its seconds."""
    start = time.perf_counter()
    found = run()
    return found, time.perf_counter() - start


def random_exits(seeds: int) -> None:
    """Print the standard errors on each published cap table, and how often intervals hold."""
    print(f"A random exit, {PATHS:,} paths: relative standard error of the fair value, and seconds")
    print(f"{'cap table':40} {'plain*':>16} {'control':>16} {'strata':>16} {'held of 95 %':>14}")
    for case in (*cases("unicorns", "unicorn"), *cases("unicorns", "illustration")):
        contract = Contract.read(case["captable"])
        exits, name = Exits(contract.table, contract.day(None)), case["priced"]
        priced = Priced(name, float(contract.table.ledger.series[name].original_issue_price))
        exact = value_by_class(exits, priced, method("exit_mix"))
        cells = [
            timed(partial(plain, exact.method, exits, priced, exact.company_value, 0, control=control))
            for control in (False, True)
        ]
        drawn = [timed(partial(_drawn, exits, priced, seed)) for seed in range(seeds)]
        errors = [found.standard_error / found.fair_value for found, _ in drawn]
        cells.append((float(np.median(errors)), float(np.median([seconds for _, seconds in drawn]))))
        held = [abs(found.fair_value - exact.fair_value) < WITHIN * found.standard_error for found, _ in drawn]
        shown = " ".join(f"{error:9.5%} {seconds:5.2f}s" for error, seconds in cells)
        print(f"{case['id']:40} {shown} {np.mean(held):13.1%}", flush=True)
    print("* of one sample: its variance is infinite, so it says nothing of the next one")


def _drawn(exits: Exits, priced: Priced, seed: int) -> FairValue:
    return value_by_class(exits, priced, method("simulation", paths=PATHS, seed=seed))


def scenarios(files: list[Path], paths: int) -> None:
    """Print what drawing the parameters where the value is does to whole scenarios."""
    print(
        f"\nA whole scenario, {paths:,} paths on {processors()} processors: all opening classes at the last price paid"
    )
    print(f"{'scenario':32} {'seconds':>8} {'fair value':>11} {'at one scale':>13} {'drawn as ever':>14}")
    for file in files:
        scenario = load(file)
        start = time.perf_counter()
        root = solved(scenario, last_round(scenario), Paths(paths, scenario.simulation.seed, processors()))
        seconds, worth = time.perf_counter() - start, root.worth(all_classes)
        row = all_classes(root.below)
        alone = float(row.std() / np.sqrt(row.size) / row.mean())
        errors = worth.standard_error / worth.mean, alone, alone * root.plain_over_weighted
        print(f"{file.stem:32} {seconds:8.1f} {errors[0]:11.3%} {errors[1]:13.3%} {errors[2]:14.3%}", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seeds", type=int, default=SEEDS, help="how many seeds the intervals are counted over")
    asked.add_argument("--paths", type=int, default=100_000, help="paths of a whole scenario")
    given = asked.parse_args()
    random_exits(given.seeds)
    scenarios(sorted(Path("scenarios").glob("*.yaml")), given.paths)
