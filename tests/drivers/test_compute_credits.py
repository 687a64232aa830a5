"""Batches of credits: those that expire first are used first, each until its day, and nothing is lost on the way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.rows import EVERYWHERE
from valsim.drivers.compute_credits import Batch, used_within


def batch(face: float, expires: float) -> Batch:
    return Batch.of(np.array([face]), np.asarray(expires))


def used(cost: float, start: float, dt: float, **batches: Batch) -> dict[str, float]:
    return {name: float(row[0]) for name, row in used_within(batches, np.array([cost]), start, dt).items()}


def test_what_expires_first_is_used_first_whatever_the_order_of_the_list() -> None:
    assert used(8.0, 0.0, 1.0, late=batch(10, 5), early=batch(3, 2)) == {"late": 5.0, "early": 3.0}


def test_of_two_that_expire_together_the_first_is_used_first() -> None:
    assert used(4.0, 0.0, 1.0, a=batch(3, 2), b=batch(3, 2)) == {"a": 3.0, "b": 1.0}


def test_a_batch_that_expires_within_the_step_pays_until_its_day() -> None:
    # 8 a year: by a quarter of the year 2 was due, for all that the batch holds more.
    assert used(8.0, 1.0, 1.0, soon=batch(10, 1.25), later=batch(10, 9)) == {"soon": 2.0, "later": 6.0}
    assert used(8.0, 1.0, 1.0, gone=batch(10, 1.0)) == {"gone": 0.0}


def test_two_that_expire_within_the_step_pay_no_more_than_was_due_by_then() -> None:
    assert used(8.0, 0.0, 1.0, a=batch(1, 0.25), b=batch(10, 0.5)) == {"a": 1.0, "b": 3.0}


def test_what_is_past_its_day_is_lost_where_the_company_is_still_private() -> None:
    later = batch(10, 1.0).later(np.array([4.0]), 1.0, EVERYWHERE)
    assert (later.left[0], later.used[0], later.expired[0]) == (0.0, 4.0, 6.0)
    ended = batch(10, 1.0).later(np.array([0.0]), 1.0, np.array([False]))
    assert (ended.left[0], ended.expired[0]) == (10.0, 0.0)


@given(
    faces=st.lists(st.tuples(st.floats(0, 100), st.floats(0, 4)), min_size=1, max_size=5),
    cost=st.floats(0, 200),
    steps=st.lists(st.floats(0.01, 1.0), min_size=1, max_size=5),
)
def test_what_was_issued_is_used_expired_or_left(faces, cost, steps) -> None:
    batches = {str(i): batch(*each) for i, each in enumerate(faces)}
    now, paid = 0.0, 0.0
    for dt in steps:
        gone = used_within(batches, np.array([cost]), now, dt)
        paid += sum(float(row[0]) for row in gone.values())
        now += dt
        batches = {name: each.later(gone[name], now, EVERYWHERE) for name, each in batches.items()}
    for each, (face, _) in zip(batches.values(), faces, strict=True):
        assert min(each.used[0], each.expired[0], each.left[0]) >= 0
        assert each.used[0] + each.expired[0] + each.left[0] == pytest.approx(face)
    assert paid <= cost * now * (1 + 1e-12) + 1e-9


def test_the_grid_does_not_matter_where_the_cost_is_steady() -> None:
    whole = used(6.0, 0.0, 1.0, a=batch(2, 0.3), b=batch(3, 0.8), c=batch(9, 2))
    batches, sums = {"a": batch(2, 0.3), "b": batch(3, 0.8), "c": batch(9, 2)}, dict.fromkeys("abc", 0.0)
    for start in np.arange(0, 1, 0.1):
        gone = used_within(batches, np.array([6.0]), float(start), 0.1)
        batches = {name: each.later(gone[name], float(start) + 0.1, EVERYWHERE) for name, each in batches.items()}
        sums = {name: sums[name] + float(row[0]) for name, row in gone.items()}
    assert sums == pytest.approx(whole)
