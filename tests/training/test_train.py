"""Training finds what is known to be best: when to stop, when to pay again, and when the company takes notice."""

import numpy as np
import pytest

from tests.oracles.bermudan import bermudan_put
from tests.published.cases import called, cases
from tests.training.by_rule import FIRST
from tests.training.compound import SIGN, Compound, used_at
from tests.training.feedback import TwoClosings, funded_at, ordinary
from tests.training.put import DATES_A_YEAR, drawn_put
from valsim.core.clusters import ALONE
from valsim.result import estimate
from valsim.training.train import train
from valsim.value.option import black_scholes
from valsim.value.option.compound import Leg, compound_option, indifference_value

TRAINED_ON, SEED, FRESH, FRESH_PUTS = 49_152, 1, 9, 61_440
QUICK = ("ls2001-table1-36-0.2-1", "ls2001-table1-44-0.4-1")
"""All ten rows were measured; a few are enough to see that nothing has broken."""
PUTS = [case for case in cases("options", "bermudan_put") if case["id"] in QUICK]
COMPOUNDS = cases("options", "compound_option")


def value(played):
    """The present value of those who decide, who are the same at every decision here."""
    return next(iter(played.values.values()))


def controlled(problem, policy, case):
    """The value of a policy on fresh paths, with the European put at the moment of stopping as a control.

    Discounted it is a martingale, so its mean is what it is worth today (Rasmussen 2005).
    """
    terms = case["strike"], case["volatility"]
    date, price, _ = problem.stopped(policy, problem.prices(FRESH, FRESH_PUTS))
    left = np.maximum(case["years"] - date / DATES_A_YEAR, 0)
    european = black_scholes.put(price, *terms, left, case["risk_free"]) * problem.discount**date
    known = float(black_scholes.put(case["value"], *terms, case["years"], case["risk_free"]))
    worth = np.maximum(problem.strike - price, 0) * problem.discount**date
    slope = np.cov(worth, european)[0, 1] / np.var(european)
    return estimate(worth - slope * (european - known), ALONE)


@pytest.mark.parametrize("case", PUTS, ids=called)
def test_a_trained_put_is_worth_nearly_the_best_and_never_more(case):
    problem = drawn_put(case)
    found = controlled(problem, train(problem, TRAINED_ON, SEED), case)
    best = bermudan_put(case["value"], case["strike"], case["volatility"], case["risk_free"], case["years"])
    assert best * 0.995 <= found.mean <= best + 2 * found.standard_error


@pytest.mark.parametrize("case", COMPOUNDS, ids=called)
def test_a_trained_option_on_an_option_is_worth_nearly_the_best_and_never_more(case):
    first, second = Leg(*case["first"]), Leg(*case["second"])
    market = case["volatility"], case["risk_free"], case["payout"]
    problem = Compound(first, second, case["value"], *market)
    level = float(indifference_value(first, second, *market))
    best = used_at(
        {
            "first": (SIGN[first.right] * SIGN[second.right], level),
            "second": (SIGN[second.right], float(second.strike)),
        }
    )
    mine, known = problem.play([train(problem, 4 * TRAINED_ON, SEED), best], FRESH, 204_800)
    worth, lost = estimate(value(mine), ALONE), estimate(value(mine) - value(known), ALONE)
    exact = float(compound_option(first, second, case["value"], *market))
    assert worth.mean <= exact + 2 * worth.standard_error
    assert lost.mean >= -0.005 * exact


def best_threshold(problem, paths, seed):
    """The best levels on a grid, one after another until none moves."""
    levels, moved = [0.0, 0.0, 0.0], True
    grid = [0.0, *np.exp(np.linspace(np.log(60), np.log(1500), 33)), 1e12]
    while moved:
        before = list(levels)
        for place in range(3):
            tried = [funded_at(*levels[:place], level, *levels[place + 1 :]) for level in grid]
            worths = [value(played).mean() for played in problem.play(tried, seed, paths)]
            levels[place] = grid[int(np.argmax(worths))]
        moved = levels != before
    return funded_at(*levels)


def test_where_the_company_takes_notice_training_finds_the_best_and_ordinary_regression_does_not():
    problem = TwoClosings()
    best = best_threshold(problem, 32_768, 5)
    learned = train(problem, 32_768, SEED)
    usual = ordinary(problem, 32_768, SEED)
    fresh = problem.play([FIRST, usual, learned, best], FRESH, 204_800)
    always, usually, trained, by_grid = (value(played) for played in fresh)
    assert trained.mean() >= 0.99 * by_grid.mean()
    assert usually.mean() < 0.92 * trained.mean()
    gain = estimate(trained - usually, ALONE)
    assert gain.mean > 10 * gain.standard_error
    assert always.mean() < usually.mean()


def test_training_again_gives_the_same_policy():
    problem = TwoClosings()
    assert train(problem, 4096, 3) == train(problem, 4096, 3) != train(problem, 4096, 4)
