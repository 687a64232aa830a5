"""Where a function with noise changes its sign."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.analysis.measured import Measured
from valsim.analysis.solving.search import Spot, around, changes, narrowed, scanned, slope_at

NOISE = np.random.default_rng(2).normal(size=1000)


def gap_of(function, noise=0.0):
    def gap(place: float) -> Spot:
        return Spot(place, Measured(function(place), noise * NOISE), Measured(0.0))

    return gap


@given(st.floats(1.1, 90.0))
def test_a_root_without_noise_is_found_exactly(root) -> None:
    gap = gap_of(lambda x: np.log(x / root))
    ((first, last),) = [narrowed(gap, *pair) for pair in changes(scanned(gap, 1.0, 100.0, 10.0))]
    assert first is last or last.place - first.place < 1e-6 * root
    assert first.place == pytest.approx(root, rel=1e-5)


def test_noise_ends_the_search_where_it_hides_the_gap() -> None:
    gap = gap_of(lambda x: x - 7.0, noise=1.0)
    ((first, last),) = [narrowed(gap, *pair) for pair in changes(scanned(gap, 1.0, 100.0, 10.0))]
    assert first is last
    assert abs(first.place - 7) < 0.06 * first.gap.standard_error


def test_every_root_is_found_that_the_scan_tells_apart() -> None:
    gap = gap_of(lambda x: (x - 2) * (x - 30))
    roots = [narrowed(gap, *pair)[0].place for pair in changes(scanned(gap, 1.0, 100.0, 10.0))]
    assert roots == [pytest.approx(2, rel=1e-5), pytest.approx(30, rel=1e-5)]


def test_a_jump_is_narrowed_down_to_where_it_is() -> None:
    gap = gap_of(lambda x: 1.0 if x > 5 else -1.0)
    ((first, last),) = [narrowed(gap, *pair) for pair in changes(scanned(gap, 1.0, 100.0, 10.0))]
    assert first.place <= 5 < last.place
    assert last.place - first.place < 1e-6


def test_what_the_document_does_not_take_is_left_out() -> None:
    spots = scanned(lambda place: None if place > 20 else gap_of(lambda x: x - 30)(place), 1.0, 100.0, 10.0)
    assert max(spot.place for spot in spots) <= 20
    assert changes(spots) == []


def test_where_nothing_happens_on_any_path_nothing_is_made_true() -> None:
    gap = gap_of(lambda x: max(x - 3, 0.0))
    assert changes(scanned(gap, 1.0, 100.0, 10.0)) == []


def test_the_place_on_all_paths_is_looked_for_about_that_on_few() -> None:
    gap = gap_of(lambda x: x - 7.3)
    first, last = around(gap, 7.0, 1.0, 1.0, 100.0)
    assert first.place <= 7.3 <= last.place
    assert around(gap_of(lambda x: x + 1), 7.0, 1.0, 1.0, 100.0) is None


def test_the_slope_is_measured_from_either_side() -> None:
    assert slope_at(gap_of(lambda x: x * x), 5.0, 1.0, 100.0) == pytest.approx(10.0)
    assert slope_at(lambda _: None, 5.0, 1.0, 100.0) == 0.0


def test_a_root_beside_a_place_where_there_is_nothing_is_found() -> None:
    # Even in logs from 1 to 100 the last place below 20 is 17.8: without a closer look the root at 19 would be missed.
    gap = lambda place: None if place > 20 else gap_of(lambda x: x - 19)(place)  # noqa: E731
    ((first, last),) = [narrowed(gap, *pair) for pair in changes(scanned(gap, 1.0, 100.0, 10.0))]
    assert first.place == last.place == pytest.approx(19)
