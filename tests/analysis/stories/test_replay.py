"""Some paths of a run are played again, and come to what they came to in the run."""

import itertools
from pathlib import Path

import numpy as np
import pytest

import valsim
from tests.companies import ALL_COMMON, lively, scenario, steady
from valsim.analysis.stories.replay import replay
from valsim.outcome.settle import outcomes
from valsim.outcome.settled import Settled
from valsim.result import Anchor, Result
from valsim.scenario.model import Scenario

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("tests/scenario/every-*.yaml"))
    if not path.name.endswith("-deals.yaml")
)
FEW = 64
MOVING = (
    "horizon=1 year",
    "step=year",
    "valuation.multiple.start={family: uniform, low: 4, high: 9}",
    "valuation.multiple.volatility=40%",
)
LEFT_OUT = "break even"
"""What is found for some of the paths alone, which ones hangs on how many are played together."""


def told_again(result: Result, paths: list[int]) -> None:
    found = replay(result, np.array(paths))
    again = outcomes(Settled(found.world.scenario, found.end))
    for key, row in again.items():
        expected = np.asarray(result.outcomes[key])[paths]
        if LEFT_OUT not in key:
            assert np.array_equal(row, expected, equal_nan=row.dtype.kind == "f"), key


def few(document: Scenario, **asked: object) -> Result:
    anchor = None if document.valuation.anchor == "none" else Anchor(1.0, 0.0)
    return valsim.simulate(document, **{"paths": FEW, "threads": 1, "kept": 0, "anchor": anchor, **asked})


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_paths_of_every_document_come_to_the_same(path):
    told_again(few(valsim.load(path)), [0, 3, 17, FEW - 1])


def test_antithetic_paths_come_to_the_same():
    told_again(few(lively(), sampler="antithetic"), [2, 3, 11])


def test_paths_of_an_even_sample_come_to_the_same():
    told_again(few(steady(*MOVING), sampler="sobol", paths=32_768), [0, 9, 4_095])


def test_a_trained_policy_decides_the_same_again():
    trained = scenario(ALL_COMMON, "decisions={policy: trained, decide_for: requisite_holders, training_paths: 4_096}")
    result = few(trained)
    choices = result.outcomes["decision", "b", "c", "met", "choice"]
    assert set(choices.tolist()) == {0, 1}, "on some paths they walk away"
    told_again(result, list(range(FEW)))


def test_paths_keep_their_order_and_may_be_one():
    result = few(lively())
    both = replay(result, np.array([5, 2]))
    assert both.end.ended.proceeds[1] == replay(result, np.array([2])).end.ended.proceeds[0]
    assert both.numbers == (5, 2)


def test_each_moment_begins_where_the_one_before_ended():
    moments = replay(few(lively()), np.array([1, 4])).moments
    assert all(later.before is earlier.after for earlier, later in itertools.pairwise(moments))
    assert [moment.step for moment in moments] == list(lively().steps)


@pytest.mark.parametrize("path", [-1, FEW])
def test_a_path_that_the_run_has_not_is_refused(path):
    with pytest.raises(ValueError, match="first 4,096 paths"):
        replay(few(lively()), np.array([path]))
