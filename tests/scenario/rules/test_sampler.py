"""A document is warned of that its own sampler would refuse."""

import pytest

from tests.companies import steady
from valsim.scenario.check import warnings
from valsim.scenario.rules.sampler import sampler_problems
from valsim.scenario.simulation import Simulation


def told(paths: int, sampler: str) -> list[str]:
    return [
        each.message
        for each in sampler_problems(Simulation.model_validate({"paths": paths, "seed": 1, "sampler": sampler}))
    ]


def test_fewer_paths_than_the_sampler_needs_are_worth_a_warning() -> None:
    assert told(32_767, "sobol") == ["sampler sobol needs at least 32,768 paths to tell an error, got 32,767"]


@pytest.mark.parametrize(("paths", "sampler"), [(32_768, "sobol"), (1, "pseudo"), (1, "antithetic")])
def test_enough_paths_are_worth_none(paths: int, sampler: str) -> None:
    assert told(paths, sampler) == []


def test_a_check_of_a_document_tells_it() -> None:
    scenario = steady("simulation={paths: 2_000, seed: 1, sampler: sobol}")
    assert any("sampler sobol" in each.message for each in warnings(scenario))
