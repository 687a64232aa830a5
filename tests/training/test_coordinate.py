"""Coordinates put rows on a scale on which they compare."""

import numpy as np
import pytest

from valsim.training.coordinate import FURTHEST, Coordinate, coordinates

DRAWN = np.random.default_rng(3).standard_normal(5000)


def test_a_positive_row_is_taken_in_logs_and_standardised():
    found = Coordinate.of("arr", np.exp(2 + 0.5 * DRAWN))
    z = found({"arr": np.exp(2 + 0.5 * DRAWN)})
    assert found.in_logs
    assert z.mean() == pytest.approx(0, abs=1e-12)
    assert z.std() == pytest.approx(1, abs=1e-12)


def test_a_row_that_may_be_negative_keeps_its_sign_and_order():
    row = DRAWN * 1e8
    z = Coordinate.of("cash", row)({"cash": row})
    assert np.array_equal(np.argsort(z), np.argsort(row))


def test_a_row_that_does_not_differ_or_is_no_number_somewhere_is_left_out():
    rows = {"rate": np.full(10, 0.04), "arr": np.arange(1.0, 11), "price": np.where(np.arange(10) > 2, 1.0, np.nan)}
    assert [each.row for each in coordinates(rows)] == ["arr"]


def test_what_was_seen_or_not_is_a_coordinate_too():
    (found,) = coordinates({"audit": DRAWN > 0})
    assert len(np.unique(found({"audit": DRAWN > 0}))) == 2


def test_beyond_what_was_seen_a_coordinate_stays_where_it_was():
    row = np.exp(DRAWN)
    found = Coordinate.of("arr", row)
    far = found({"arr": np.array([1e-300, 1e300])})
    assert far.tolist() == [found.low, found.high]
    assert -FURTHEST <= found.low < 0 < found.high <= FURTHEST
