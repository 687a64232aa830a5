"""Standard errors under every sampler: they are what estimates differ by from seed to seed, and none is forgotten."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from tests.companies import lively
from valsim import simulate
from valsim.analysis.formula import Formula
from valsim.analysis.measured import Measured
from valsim.analysis.spread import chance, difference_of_means, mean, ratio_of_means
from valsim.analysis.summary import summary
from valsim.analysis.tail import expected_shortfall, value_at_risk
from valsim.core.sampler import SAMPLERS
from valsim.core.special import normal_cumulative
from valsim.core.streams import BATCH, Streams

BATCHES, SEEDS = 8, 80
PATHS = BATCHES * BATCH
NAMES = ("parameter growth", "parameter multiple")
FREEDOM = {"pseudo": PATHS, "antithetic": PATHS / 2, "sobol": BATCHES - 1}
"""How many independent squares an error is made of."""


def model(sampler: str, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw what is received, what is paid and whether something happens, from two parameters, a step and a uniform number."""
    drawn = SAMPLERS[sampler].drawn(Streams(seed, 0, BATCHES, PATHS), NAMES)
    growth, multiple, step = drawn.normal(NAMES[0]), drawn.normal(NAMES[1]), drawn.normal("users")
    received = np.exp(0.8 * growth + 0.5 * multiple + 0.3 * step)
    return received, 1 + normal_cumulative(growth), drawn.once("funded") + 0.2 * growth < 0.6


def estimates(sampler: str, seed: int) -> dict[str, tuple[float, float]]:
    received, paid, funded = model(sampler, seed)
    of = SAMPLERS[sampler].clusters
    told = {
        "mean": mean(received, of),
        "mean of some": mean(received[funded], of[funded]),
        "chance": chance(received > 2, of),
        "chance among some": chance(received[funded] > 2, of[funded]),
        "ratio": ratio_of_means(received[funded], paid[funded], of[funded]),
        "value at risk": value_at_risk(paid - received, 0.95, of),
        "expected shortfall": expected_shortfall(paid - received, 0.95, of),
        "difference": difference_of_means(received, funded, ~funded, of),
    }
    found = {name: (each["mean"], each["standard_error"]) for name, each in told.items()}
    over = Measured.mean(received, of) / Measured.mean_where(paid, funded, of) - 1
    return found | {"formula": (over.value, over.standard_error)}


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_the_error_that_is_told_is_what_estimates_differ_by(sampler: str) -> None:
    runs = [estimates(sampler, seed) for seed in range(SEEDS)]
    for name in runs[0]:
        values, errors = np.array([run[name] for run in runs]).T
        told, differ = np.sqrt(np.mean(errors**2)), values.std(ddof=1)
        # an error of so few squares is itself uncertain, and so is what so few seeds differ by
        bound = 4 * np.sqrt((1 + 1 / FREEDOM[sampler]) / (2 * SEEDS))
        assert told / differ == pytest.approx(1.0, abs=bound), name


def test_other_samplers_know_more_from_as_many_paths() -> None:
    errors = {sampler: estimates(sampler, 1)["mean"][1] for sampler in SAMPLERS}
    assert errors["antithetic"] < 0.9 * errors["pseudo"]
    assert errors["sobol"] < 0.6 * errors["pseudo"]


def leaves(told: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(told, dict):
        for key, each in told.items():
            yield from leaves(each, (*path, str(key)))
    elif isinstance(told, list):
        for i, each in enumerate(told):
            yield from leaves(each, (*path, str(i)))
    else:
        yield path, told


def without_stories(told: dict) -> dict:
    """A summary without what plays paths again, which are others by another sampler."""
    return {key: part for key, part in told.items() if key != "stories"}


def test_no_error_of_a_summary_is_told_as_if_paths_were_alone() -> None:
    result = simulate(lively(), paths=3 * BATCH, threads=1)
    alone, together = (
        dict(leaves(without_stories(summary(replace(result, manifest=replace(result.manifest, sampler=sampler))))))
        for sampler in ("pseudo", "sobol")
    )
    # stories are played again with the sampler that the manifest names, and so are others here
    alone, together = ({path: of[path] for path in of if path[0] != "stories"} for of in (alone, together))
    errors = {path for path in alone if "standard_error" in ".".join(path) or "interval" in path}
    # that of the anchor is of its own paths, those of DPI and of what came back so far of batches always, and a quantile is one of a few numbers
    own = {"anchor_standard_error", "dpi_standard_error", "cumulative", "value_at_risk"}
    same = {path for path in errors if alone[path] == together[path] and alone[path] and not own.intersection(path)}
    assert len(errors) > 400
    assert not same
    others = {path for path in alone.keys() - errors if alone[path] != together[path]}
    assert {path[-1] for path in others} <= {"sampler", "paths_together", "relative_standard_error_of_present_value"}


@pytest.mark.parametrize(
    "text", ["present_value(Fund)", "moic(Fund) - 1", "irr_of_expected_cash_flows(Fund)", "value_at_risk(Fund)"]
)
def test_a_measure_knows_the_sampler_of_its_result(text: str) -> None:
    result = simulate(lively(), paths=3 * BATCH, threads=1)
    paired = replace(result, manifest=replace(result.manifest, sampler="antithetic"))
    asked = Formula.parse(text)
    assert asked(result).value == asked(paired).value
    assert asked(result).standard_error != asked(paired).standard_error
    assert (asked(result) - asked(paired)).clusters.size == 2
