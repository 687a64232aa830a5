"""A redemption right as it is written, when it stands and what it grows to."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.captable.term.redemption import Redeemed, Redemption
from valsim.core.parameter import realise

RIGHT = {"at": "2029-06-30", "return_per_year": "8%", "compounding": "simple", "payer": "company"}
BEFORE, DAY, AFTER = date(2029, 6, 29), date(2029, 6, 30), date(2029, 7, 1)
DEMANDED = np.array([True, False])


def right(**changes: Any) -> Redemption:
    given = {key: value for key, value in {**RIGHT, **changes}.items() if value is not None}
    return realise(Redemption.model_validate(given), KNOWN)


def refused(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        right(**changes)
    (error,) = caught.value.errors()
    return error["msg"]


def test_a_simple_return_is_on_the_principal_alone_and_a_compound_one_on_the_return_too() -> None:
    years = np.array([0.0, 1.0, 5.0])
    assert right().grown(years) == pytest.approx([1.0, 1.08, 1.4], rel=1e-12)
    assert right(compounding="compound").grown(years) == pytest.approx([1.0, 1.08, 1.08**5], rel=1e-12)


def test_both_agree_at_a_year_and_without_a_return() -> None:
    for kind in ("simple", "compound"):
        assert right(compounding=kind, return_per_year="0%").grown(np.asarray(7.0)) == pytest.approx(1.0)


def test_at_a_date_it_may_be_demanded_then_and_a_demand_stands_until_it_is_paid() -> None:
    stands = [right().stands(day, DEMANDED) for day in (BEFORE, DAY, AFTER)]
    assert [np.broadcast_to(each, 2).tolist() for each in stands] == [[False] * 2, [True] * 2, [True, False]]


def test_after_a_missed_deadline_it_may_be_demanded_at_any_time() -> None:
    late = right(at=None, listed_by="2029-06-30")
    stands = [late.stands(day, DEMANDED) for day in (BEFORE, DAY, AFTER)]
    assert [np.broadcast_to(each, 2).tolist() for each in stands] == [[False] * 2, [True] * 2, [True] * 2]
    assert late.opens == right().opens == DAY


def test_it_has_a_date_or_a_deadline() -> None:
    message = "a redemption has a date (at) or a deadline for a listing (listed_by)"
    assert refused(at=None) == message
    assert refused(listed_by="2029-06-30") == f"{message}, not both"


@pytest.mark.parametrize(
    ("payer", "message"),
    [
        ("founders", "founders cannot pay yet: what they have beside their shares is not in the document"),
        ("Alibaba", "expected company, got 'Alibaba'"),
    ],
)
def test_only_the_company_pays(payer: str, message: str) -> None:
    assert refused(payer=payer) == message


def test_what_was_paid_is_kept_by_its_time() -> None:
    money = np.array([5.0, 0.0])
    so_far = (
        Redeemed.nothing(2)
        .later(DEMANDED, np.array([2.0, 0.0]), 3.5, money)
        .later(DEMANDED, np.zeros(2), 3.75, 0 * money)
    )
    assert [time for time, _ in so_far.payments] == [3.5]
    assert (so_far.paid.tolist(), so_far.shares.tolist(), so_far.demanded.tolist()) == (
        [5.0, 0.0],
        [2.0, 0.0],
        [True, False],
    )
