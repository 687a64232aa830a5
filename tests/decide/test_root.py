from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from tests.companies import lively, steady
from valsim.anchor import Paid
from valsim.core.errors import SimulationError
from valsim.decide.root import Paths, a_class, a_share, all_classes, solved
from valsim.result import Anchor
from valsim.simulate import simulate

HEAVY = "drivers.arr.growth={family: lognormal, p10: 20%, p90: 300%, at_most: 500%}"
PATHS = Paths(8_192, seed=5, threads=1)


@pytest.fixture(scope="module")
def root():
    return solved(lively(HEAVY), Paid("series_a", 10.0, "USD"), PATHS)


def test_the_class_is_worth_its_price_without_an_error(root):
    worth = root.worth(partial(a_share, "series_a"))
    assert worth.mean == pytest.approx(10.0, rel=1e-12)
    assert worth.standard_error == pytest.approx(0.0, abs=1e-9)


def test_all_classes_together_are_the_sum_of_each(root):
    each = [root.worth(partial(a_class, name)).mean for name in ("common", "pool", "series_a")]
    assert root.worth(all_classes).mean == pytest.approx(sum(each), rel=1e-12)


def test_plain_paths_at_the_same_scale_are_worth_the_same_and_have_a_larger_error(root):
    played = simulate(
        lively(HEAVY, "valuation.anchor=last_round"), paths=16_384, seed=77, threads=1, anchor=root.anchor
    )
    for name in ("common", "series_a"):
        plain = played.valued["class", name, "present value per share"]
        found = root.worth(partial(a_share, name)).mean
        # The scale has an error of its own, which moves a share of either class by about the same part.
        error = np.hypot(plain.std() / np.sqrt(plain.size), found * root.anchor.standard_error / root.anchor.scale)
        assert abs(plain.mean() - found) < 4 * error
    assert root.plain_over_weighted > 1.2


def test_threads_and_chunks_change_no_bit(root):
    again = solved(lively(HEAVY), root.paid, replace(PATHS, threads=2, chunk=4_096))
    assert again.middle == root.middle
    for key, row in root.above.items():
        assert row.tobytes() == again.above[key].tobytes(), key


def test_where_nothing_is_drawn_the_root_is_exact():
    # 100M shares of all-alike common: enterprise value 500M scaled, plus 10M of cash, sold after three years at 4 % a year.
    scenario = steady(
        "valuation.multiple.half_life=1000000 years", "captable.classes.series_a={kind: common, shares: 25M}"
    )
    found = solved(scenario, Paid("common", 6.0, "USD"), replace(PATHS, count=64))
    assert found.anchor == Anchor(pytest.approx((600e6 * 1.04 ** (1096 / 365.25) - 10e6) / 500e6, rel=1e-6), 0.0)
    assert found.worth(all_classes).mean == pytest.approx(600e6, rel=1e-12)


def test_a_price_that_no_scale_gives_says_what_to_do():
    paid = Paid("series_a", 0.001, "USD", otherwise="ask for another price")
    with pytest.raises(SimulationError, match="ask for another price"):
        solved(steady(), paid, replace(PATHS, count=64))
