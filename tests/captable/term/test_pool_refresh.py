"""A refresh of an option pool as it is written, and its days."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.captable.term.pool_refresh import PoolRefresh
from valsim.core.parameter import realise

GRANTS = {"granted_per_year": "3%", "exercise_price_of_last_round": "30%", "vested": "50%"}
START, END = date(2024, 2, 29), date(2028, 2, 28)


def terms(**given: Any) -> PoolRefresh:
    return realise(PoolRefresh.model_validate(given), KNOWN)


def test_it_happens_every_year_from_a_year_after_the_start_or_from_its_first_day() -> None:
    days = [day.isoformat() for day in terms(by="4%").days(START, END)]
    assert days == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-28"]
    days = [day.isoformat() for day in terms(by="4%", first="2026-07").days(START, END)]
    assert days == ["2026-07-01", "2027-07-01"]


def test_options_are_granted_at_a_stated_price_or_at_a_fraction_of_that_of_the_last_round() -> None:
    last = np.array([4.0, 10.0])
    assert terms(**GRANTS).price(last) == pytest.approx([1.2, 3.0])
    stated = {**GRANTS, "exercise_price": "0.5 USD", "exercise_price_of_last_round": None}
    assert terms(**stated).price(last) == 0.5


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "a refresh adds to the pool or grants out of it"),
        ({"by": "4%", "to": "10%"}, "a pool grows by a fraction, or is topped up to one, not both"),
        ({"by": "4%", "vested": "50%"}, "nothing is granted, so there is no exercise price and nothing vests"),
        ({**GRANTS, "vested": None}, "options that are granted have one exercise price, and a part of them vests"),
        ({**GRANTS, "exercise_price": "1 USD"}, "options that are granted have one exercise price, and a part of them vests"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        terms(**given)
    assert [error["msg"] for error in caught.value.errors()] == [message]
