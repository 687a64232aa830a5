from datetime import date

import pytest
from pydantic import ValidationError

from valsim.captable.holding import Holding


@pytest.mark.parametrize(
    ("raw", "amount", "of"),
    [
        ("12M", 12e6, "shares"),
        (12_000_000, 12e6, "shares"),
        ("12M shares", 12e6, "shares"),
        ("90%", 0.9, "class"),
        ({"value": "90%", "source": "prospectus"}, 0.9, "class"),
        ({"family": "uniform", "low": "10%", "high": "30%"}, 0.2, "class"),
        ({"family": "uniform", "low": "10M", "high": "30M"}, 20e6, "shares"),
        ({"family": "discrete", "values": {"10M": "30%", "12M": "70%"}}, 12e6, "shares"),
        ({"family": "discrete", "values": {"10%": "30%", "12%": "70%"}}, 0.12, "class"),
        ("36% of fully diluted at 2024-03-31", 0.36, "fully_diluted"),
    ],
)
def test_a_holding_is_a_number_of_shares_or_a_percentage_with_its_base(raw, amount, of):
    holding = Holding.model_validate(raw)
    assert (holding.amount.middle, holding.of) == (pytest.approx(amount), of)


def test_readings_that_differ_count_the_same_thing():
    reading = {"value": "36%", "source": "a", "weight": "50%"}
    shares = {"value": "10M", "source": "b", "weight": "50%"}
    assert Holding.model_validate({"conflict": [reading, {**reading, "value": "40%"}]}).of == "class"
    assert Holding.model_validate({"conflict": [shares, {**shares, "value": "12M"}]}).of == "shares"
    with pytest.raises(ValidationError, match="all shares or all percentages"):
        Holding.model_validate({"conflict": [shares, reading]})


def test_a_percentage_of_the_fully_diluted_shares_keeps_its_date_and_its_source():
    raw = {"value": "36% of fully diluted at 2024-03-31", "source": "6-K", "note": "cost 805M USD"}
    holding = Holding.model_validate(raw)
    assert (holding.at, holding.amount.sources, holding.amount.note) == (date(2024, 3, 31), ("6-K",), "cost 805M USD")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("36% of fully diluted", "names its date"),
        ("36% of fully diluted at noon", "expected a date"),
        ("lots", "expected a number of shares"),
        ("50M USD", "expected a number of shares"),
        ("-5%", "at least 0"),
        (True, "expected a number of shares"),
    ],
)
def test_what_is_no_holding_is_refused(raw, message):
    with pytest.raises(ValidationError, match=message):
        Holding.model_validate(raw)
