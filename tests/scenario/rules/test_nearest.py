"""What is offered instead of correlations that contradict each other can be taken as it is."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.companies import LIVELY, lively
from tests.scenario.found import problems
from valsim.scenario.rules.compatible import exist
from valsim.scenario.rules.nearest import nearest_pairs

NAMES = "abcdef"


@settings(max_examples=60, deadline=None)
@given(data=st.data(), size=st.integers(3, 6))
def test_what_is_offered_goes_together_and_has_three_digits(data: st.DataObject, size: int) -> None:
    rho = st.integers(-100, 100).map(lambda hundredths: hundredths / 100)
    pairs = [(a, b, data.draw(rho)) for a, b in combinations(NAMES[:size], 2)]
    offered = nearest_pairs(pairs)
    assert exist(offered)
    assert all(round(r, 3) == r and r != 0 for _, _, r in offered)
    if exist(pairs):
        assert {frozenset(pair) for pair in offered} == {frozenset(pair) for pair in pairs if pair[2] != 0}


def test_what_is_offered_is_hardly_weaker_than_the_nearest() -> None:
    pairs = [("a", b, 0.9) for b in "bcdef"]
    offered = {(a, b): rho for a, b, rho in nearest_pairs(pairs)}
    assert exist(nearest_pairs(pairs))
    first, rest = offered["a", "b"], offered["b", "c"]  # five alike: their nearest matrix is singular
    assert 0 <= 1 + 4 * rest - 5 * first**2 < 0.02
    assert np.ptp([offered["a", b] for b in "bcdef"]) == 0


def test_the_offer_is_made_beside_the_interval_of_one_pair_and_may_be_written_as_it_stands() -> None:
    star = "[[arr, unit_cost, 0.9], [arr, multiple, 0.9]]"
    (problem,) = problems(LIVELY, f"correlations.shocks={star}")
    assert "beside the others this pair may have" in problem.help
    offer = problem.help.split("go together are ")[1].split(", instead of ")
    assert offer[1].split(", ") == ["0.9", "0.9", "0"]
    pairs = lively(f"correlations.shocks={offer[0]}").correlations.shock_pairs
    assert [pair[:2] for pair in pairs] == [("arr", "unit_cost"), ("arr", "multiple"), ("unit_cost", "multiple")]
    assert 0 < pairs[2][2] < pairs[0][2] == pairs[1][2] < 0.9
