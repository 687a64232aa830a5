"""Risks strike companies again and again, or so often as is said, with sizes of the path or of their own."""

import numpy as np
import pytest

from tests.companies import STEADY, scenario
from tests.test_simulate import watched
from valsim.state import State

PATHS = 4096
SHOCK = "{hazard: 4 per year, effect: {multiple: '* 0.5'}}"


def struck(risk: str, *overrides: str, paths: int = PATHS) -> list[State]:
    return watched(scenario(f"{STEADY}risks: {{shock: {risk}}}\n", *overrides), paths)


def test_a_risk_strikes_again_and_again_and_is_counted() -> None:
    last = struck(SHOCK)[-1]
    often = last.strikes["shock"]
    assert often.max() > 8
    assert last.rows["multiple"] == pytest.approx(5.0 * 0.5**often)


def test_a_risk_that_happens_once_is_never_met_again() -> None:
    free, once = struck(SHOCK), struck(SHOCK[:-1] + ", at_most: 1}")
    assert np.unique(once[3].strikes["shock"]).tolist() == [0, 1]
    assert np.unique(free[3].strikes["shock"]).tolist() == [0, 1, 2, 3]
    for some, few in zip(free, once, strict=True):
        assert (few.strikes["shock"] == np.minimum(some.strikes["shock"], 1)).all()
        assert few.rows["multiple"] == pytest.approx(5.0 * 0.5 ** few.strikes["shock"])


def test_what_happens_to_a_company_that_has_left_is_not_counted() -> None:
    sold = "exits={acquisition: {hazard: 200% per year, discount: 0%}}"
    last = struck(SHOCK, sold)[-1]
    steps = scenario(STEADY).steps
    years = np.array([step.dt for step in steps])
    met = np.array(
        [
            (1 - np.exp(-4 * years[: np.searchsorted([s.time for s in steps], t, "right")])).sum()
            for t in last.ended.when
        ]
    )
    count = last.strikes["shock"]
    assert (count - met).mean() == pytest.approx(0, abs=4 * count.std() / PATHS**0.5)


SIZED = "{hazard: 4 per year, effect: {multiple: {times: {family: uniform, low: 0.5, high: 1}}}, size_drawn: SIZES}"


def sizes(drawn: str) -> tuple[np.ndarray, np.ndarray]:
    """The logarithms of the first and of the second blow, on the paths that have both."""
    states = struck(SIZED.replace("SIZES", drawn))
    left = np.log(np.array([np.broadcast_to(state.rows["multiple"], PATHS) for state in states]) / 5.0)
    count = np.array([state.strikes["shock"] for state in states])
    both = count[-1] >= 2
    first, second = (left[np.argmax(count >= k, axis=0), np.arange(PATHS)] for k in (1, 2))
    return first[both], (second - first)[both]


def test_the_size_of_a_blow_is_one_number_a_path() -> None:
    first, second = sizes("once")
    assert second == pytest.approx(first)


def test_the_size_of_a_blow_may_be_drawn_each_time() -> None:
    first, second = sizes("each_time")
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / first.size**0.5
    for blow in (first, second):
        factor = np.exp(blow)
        assert factor.mean() == pytest.approx(0.75, abs=4 * (0.25 / 12) ** 0.5 * 0.5 / blow.size**0.5 * 2)
        assert 0.5 <= factor.min() < 0.51
        assert 0.99 < factor.max() <= 1


def test_a_size_that_is_drawn_each_time_fades_as_slowly_as_the_path_has_it() -> None:
    fading = "{hazard: 4 per year, effect: {multiple: {times: {family: uniform, low: 0.5, high: 1}, recovery: 1 year}}, size_drawn: each_time}"
    states = struck(fading)
    once, then = states[4], states[5]
    calm = (once.strikes["shock"] == then.strikes["shock"]) & (once.strikes["shock"] > 0)
    dt = scenario(STEADY).steps[5].dt
    faded = np.log(then.rows["multiple"] / 5)[calm] / np.log(once.rows["multiple"] / 5)[calm]
    assert faded == pytest.approx(20**-dt)


def test_chances_that_are_formulas_read_the_start_of_the_step() -> None:
    sudden = "{hazard: 'if(multiple < 5, 0, 1000) / (1 year)', effect: {multiple: '* 0.5'}}"
    last = struck(sudden)[-1]
    assert (last.strikes["shock"] == 1).all()
