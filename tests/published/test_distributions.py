"""Moments of uncertain numbers that others have published, over a fine even grid of probabilities."""

import numpy as np
import pytest

from tests.core.distribution.strata import STRATA
from tests.published.cases import called, cases, close
from valsim.core.distribution import Distribution
from valsim.core.distribution.discrete import Discrete


@pytest.mark.parametrize("case", cases("distributions", "distribution"), ids=called)
def test_an_uncertain_number_has_its_published_moments(case):
    drawn = Distribution.choose(case["distribution"]).at(STRATA)
    found = {"mean": drawn.mean(), "median": np.median(drawn)}
    if drawn.min() > 0:
        found |= {"mean_of_logarithm": np.log(drawn).mean(), "deviation_of_logarithm": np.log(drawn).std()}
    assert close(found, case)


@pytest.mark.parametrize("case", cases("distributions", "decision_tree"), ids=called)
def test_a_decision_tree_of_one_branching_has_its_published_value(case):
    paid = Discrete(values=dict(zip(case["payoffs"], case["probabilities"], strict=True))).at(STRATA).mean()
    assert close({"expected_value": paid, "net": paid - case["cost"]}, case)
