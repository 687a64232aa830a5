"""The best time to stop on given paths, as Longstaff and Schwartz work it out by hand."""

import numpy as np
import pytest

from tests.published.cases import called, cases, close
from tests.training.put import Prices, Put
from valsim.training.coordinate import Coordinate
from valsim.training.least_squares import Moments
from valsim.training.score import Score, features
from valsim.training.train import train


def plain(rows, gain):
    """The regression of Longstaff and Schwartz: on 1, x and x^2, as they are."""
    terms = ((), (0,), (0, 0))
    found = Moments.of(np.stack(features(terms, [rows["price"]], gain.size)), gain, np.ones(gain.size)).solved(0.0)
    return Score((Coordinate("price"),), terms, tuple(found.tolist()))


@pytest.mark.parametrize("case", cases("stopping", "stopping_on_given_paths"), ids=called)
def test_the_eight_paths_of_longstaff_and_schwartz_have_their_regressions_and_their_value(case):
    prices = np.asarray(case["paths"]).T[1:]
    strike, discount = case["strike"], float(np.exp(-case["risk_free"]))
    problem = Put(Prices(prices), strike, discount)
    policy = train(problem, prices.shape[1], 0, plain)
    found = {}
    for date, asked in enumerate(problem.decisions, 1):
        (score,) = policy.scores[asked.key]
        # Ours is of exercising now over waiting, today's money: theirs is of waiting, in money of the date.
        waiting = np.array([strike, -1, 0]) - np.asarray(score.coefficients) / discount**date
        found[f"regression_{date}"] = waiting.tolist()
    (played,) = problem.play([policy], 0, prices.shape[1])
    assert close(found | {"value": float(next(iter(played.values.values())).mean())}, case)
