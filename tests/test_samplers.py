"""A run with other random numbers."""

from typing import get_args

import numpy as np
import pytest

from tests.companies import lively
from valsim import simulate
from valsim.cli.options import SamplerKind
from valsim.core.errors import SimulationError
from valsim.core.sampler import SAMPLERS, SamplerName
from valsim.core.streams import BATCH

PATHS = 8 * BATCH


def test_the_document_and_the_command_line_name_the_samplers_that_there_are() -> None:
    assert [*get_args(SamplerName)] == [each.value for each in SamplerKind] == [*SAMPLERS]


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_chunks_and_workers_change_no_bit_and_more_paths_keep_the_first(sampler: str) -> None:
    one = simulate(lively(), paths=PATHS, sampler=sampler, threads=1, chunk=3 * BATCH)
    other = simulate(lively(), paths=PATHS + 100, sampler=sampler, threads=2)
    assert one.manifest.sampler == sampler
    for key in one.valued:
        assert np.array_equal(one.valued[key], other.valued[key][:PATHS], equal_nan=True), key


def test_the_document_or_the_caller_names_the_sampler() -> None:
    scenario = lively("simulation.sampler=antithetic")
    assert scenario.simulation.sampler == "antithetic"
    paired = simulate(scenario, paths=10, threads=1)
    assert (paired.manifest.sampler, paired.clusters.size) == ("antithetic", 2)
    assert simulate(scenario, paths=10, threads=1, sampler="pseudo").manifest.sampler == "pseudo"


def test_the_anchor_is_solved_on_paths_of_the_sampler() -> None:
    scenario = lively("valuation.anchor=last_round", "horizon=3 years")
    scales = {each: simulate(scenario, paths=PATHS, sampler=each, threads=2).manifest.anchor for each in SAMPLERS}
    plain = scales["pseudo"]
    for other in (scales["antithetic"], scales["sobol"]):
        assert other != plain
        assert abs(other.scale - plain.scale) < 4 * np.hypot(plain.standard_error, other.standard_error)


def test_too_few_paths_for_an_error_are_refused() -> None:
    with pytest.raises(SimulationError, match="sampler sobol needs at least 32,768 paths"):
        simulate(lively(), paths=1000, sampler="sobol")
