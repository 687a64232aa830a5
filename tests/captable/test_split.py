"""A share split as it is written, and what it does to the terms of a class."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.captable.deals import closed, laid, opening
from tests.captable.tables import preferred
from tests.captable.term.anti_dilution.issues import term
from valsim.captable.split import Split, factor_until
from valsim.captable.term.automatic_conversion import AutomaticConversion
from valsim.captable.term.dividend.cumulative import CumulativeDividend
from valsim.core.parameter import at_medians


def split(at: str = "2027-03-01", ratio: Any = "10 for 1") -> Split:
    return Split.model_validate({"at": at, "ratio": ratio})


@pytest.mark.parametrize(
    ("ratio", "factor"), [("10 for 1", 10.0), ("3 for 2", 1.5), ("1 for 20", 0.05), ("1.5 for 1", 1.5)]
)
def test_a_ratio_is_how_many_for_how_many(ratio: str, factor: float) -> None:
    assert split(ratio=ratio).factor == factor


@pytest.mark.parametrize("ratio", ["10", 10, "10:1", "0 for 1", "1 for 0", "-2 for 1", "ten for one"])
def test_anything_else_is_refused(ratio: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        split(ratio=ratio)
    (error,) = caught.value.errors()
    assert error["msg"] == f"expected how many shares become of how many, such as 10 for 1, got {ratio!r}"


def test_splits_multiply_from_their_days_on() -> None:
    splits = [split("2027-03-01", "10 for 1"), split("2028-03-01", "1 for 4")]
    days = [date(2027, 2, 28), date(2027, 3, 1), date(2028, 3, 1)]
    assert [factor_until(splits, day) for day in days] == [1.0, 10.0, 2.5]


def test_every_price_of_one_share_is_divided_and_every_number_of_shares_multiplied() -> None:
    dividend = CumulativeDividend.model_validate({"settlement": "paid_in_cash", "accrued": "800k USD"})
    before = preferred(
        5.0, conversion_price=np.array([4.0, 5.0]),
        anti_dilution=term({"kind": "full_ratchet", "exempt": [{"issue": "b", "shares_at_most": "1M"}]}),
        automatic_conversion=at_medians(AutomaticConversion.model_validate({"offer_price_at_least": "20 USD", "below": "blocks_ipo"})),
        cumulative_dividend=dividend.but(accrued=np.asarray(8e5), _owed=np.asarray(0.3)),
    )  # fmt: skip
    after = before.split(10.0)
    assert (after.original_issue_price, after.automatic_conversion.offer_price_at_least) == (0.5, 2.0)
    assert after.conversion_price.tolist() == [0.4, 0.5]
    assert after.anti_dilution.exempt[0].shares_at_most == 10e6
    # What is owed on one share is money of one share; what had accrued on the whole class is not.
    assert (after.cumulative_dividend.owed, after.cumulative_dividend.accrued) == (pytest.approx(0.03), 8e5)
    assert (after.liquidation_preference_multiple, after.seniority) == (1.0, 1.0)


def test_what_is_remembered_of_a_first_closing_is_split_too() -> None:
    one_issue = {"kind": "broad_based_weighted_average", "closings": "one_issue"}
    first, second = laid({"price_per_share": "0.5 USD"}, {})
    once = closed(first, opening(anti_dilution=term(one_issue)), agreed=0.5).ledger
    plain = closed(second, once, agreed=0.5).ledger
    between = closed(second, once.split(10.0), agreed=0.05).ledger
    assert between.series["a"].conversion_price == pytest.approx(plain.series["a"].conversion_price / 10, rel=1e-12)
    assert between.ownership()["Fund"] == pytest.approx(plain.ownership()["Fund"], rel=1e-12)
