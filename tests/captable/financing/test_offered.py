"""What is on the table when somebody decides: the terms that are offered if everybody pays."""

import numpy as np
import pytest

from tests.captable.deals import laid, opening, with_pool
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.offered import Offered
from valsim.core.policy import OFFERED

WHERE = np.array([True, False, True])
ROWS = {"worth": np.array([100e6, 200e6, 300e6])}
TERMS = {"investors": {"Lead": "10M USD"}}


def offered(closing: dict, decided_by: str = "requisite_holders", **terms: object) -> Offered:
    (tranche,) = laid({**TERMS, **closing}, **terms)
    attempt = Attempt(tranche, WHERE, np.zeros(3, dtype=bool), np.full(3, np.nan), 0)
    ledger = with_pool(opening(anti_dilution="none"))
    return Offered(ROWS, ledger.at(np.arange(3)), attempt, decided_by)


def test_the_terms_are_those_of_the_closing_if_everybody_pays() -> None:
    table = offered({"pre_money_valuation": "100M USD"})
    assert {name: table[name][0] for name in OFFERED} == {
        "new_money": 25e6, "commitment": 25e6, "price_per_share": 1.0, "pre_money_valuation": 100e6,
        "post_money_valuation": 125e6, "reprice_discount": 0.0,
    }  # fmt: skip
    assert all(np.isnan(table[name][1]) for name in OFFERED)


def test_one_holder_sees_what_it_is_to_pay_itself() -> None:
    table = offered({"pre_money_valuation": "100M USD"}, "Lead")
    assert (table["commitment"][2], table["new_money"][2]) == (10e6, 25e6)


def test_a_price_off_the_path_differs_by_path_and_rows_of_the_company_are_there_too() -> None:
    table = offered({"price": {"of": "worth", "discount": "20%"}})
    assert table["pre_money_valuation"][[0, 2]].tolist() == pytest.approx([80e6, 240e6])
    assert table["worth"] is ROWS["worth"]
    assert set(table) == {"worth", *OFFERED}
    assert len(table) == 1 + len(OFFERED)


def test_a_pool_that_dilutes_the_new_money_too_is_in_the_value_after_it() -> None:
    # 25M new shares at 1 USD and a pool of a fifth of all: 125M / 0.8.
    table = offered({"pre_money_valuation": "100M USD"}, option_pool="20%")
    assert (table["price_per_share"][0], table["post_money_valuation"][0]) == pytest.approx((1.0, 156.25e6))


def test_without_a_price_there_are_no_terms() -> None:
    table = offered({"post_money_valuation": "20M USD"})
    assert np.isnan(table["price_per_share"]).all()
    assert table["new_money"][0] == 25e6
