"""The price that a buyer of existing shares could pay, worked out by hand on the company in which nothing moves."""

from dataclasses import replace

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.asking import price_for_return, price_worth_paying, prices
from valsim.analysis.pooled import rate_of_expected_cash_flows
from valsim.core.timeline import years_between
from valsim.result import Result

RATE = 0.25


def bought(price: float = 3.0, fees: str = "0%", carry: str = "0%", pay: float = 3e6, **more: str) -> str:
    terms = (
        f"series: series_a, seller: Fund, pay: {pay} USD, price_per_share: {price} USD, at: 2026-01-01, fees: {fees}"
    )
    others = "".join(f", {key}: {value}" for key, value in more.items())
    wanted = f"carry: {carry}, transfer_consent_probability: 100%, target_return: 25%{others}"
    return f"positions={{me: {{kind: secondary, {terms}, {wanted}}}}}"


def played(*overrides: str) -> Result:
    return valsim.simulate(steady(*overrides), paths=2, threads=1)


def years(result: Result) -> float:
    return years_between(result.scenario.as_of, result.scenario.horizon_date)


def test_without_fees_and_carry_it_is_what_a_share_pays_discounted() -> None:
    """Equity of 510M over 100M shares pays 5.10 a share at the end."""
    result = played(bought())
    assert price_for_return(result, "me").value == pytest.approx(5.1 / (1 + RATE) ** years(result), rel=1e-9)
    assert price_worth_paying(result, "me").value == pytest.approx(5.1 / 1.04 ** years(result), rel=1e-9)


def test_fees_come_on_top_of_the_price() -> None:
    result = played(bought(fees="2%"))
    assert price_worth_paying(result, "me").value == pytest.approx(5.1 / 1.02 / 1.04 ** years(result), rel=1e-9)


def test_carry_is_on_the_profit_at_the_price_that_is_asked_for() -> None:
    """``p (1 + f) (1 + r)^T = 5.1 - c (5.1 - p (1 + f))``, whatever price the document has."""
    for price in (1.0, 4.5):
        result = played(bought(price, fees="2%", carry="20%"))
        exact = 0.8 * 5.1 / ((1 + RATE) ** years(result) - 0.2) / 1.02
        assert price_for_return(result, "me").value == pytest.approx(exact, rel=1e-9)


def test_where_no_return_is_wanted_there_is_no_price_for_it() -> None:
    told = prices(played(bought().replace(", target_return: 25%", "")), "me")
    assert told is not None
    assert told["for_target_return"] == {"mean": None, "standard_error": None}
    assert told["worth_today"]["mean"] > 0


def test_who_buys_no_existing_shares_has_no_such_price() -> None:
    assert prices(played(bought()), "Fund") is None


def test_what_is_never_sold_has_no_price() -> None:
    assert np.isnan(price_worth_paying(played(bought(pay=300e6)), "me").value)


def test_at_that_price_the_run_gives_the_wanted_return() -> None:
    """The price of one run, put into the document of a second one of the same seed."""
    terms = ("positions.me.target_return=25%", "positions.me.pay=3M USD", "positions.me.price_per_share=3 USD")
    first = valsim.simulate(lively(*terms), paths=4000, threads=1)
    found = price_for_return(first, "me")
    shares = 1e6
    at = (f"positions.me.pay={shares * found.value!r} USD", f"positions.me.price_per_share={found.value!r} USD")
    second = valsim.simulate(lively(terms[0], *at), paths=4000, threads=1)
    assert rate_of_expected_cash_flows(second, "me") == pytest.approx(RATE, rel=1e-6)
    present, paid = (second.valued["holder", "me", what].mean() for what in ("present value", "paid today"))
    fair = price_worth_paying(first, "me")
    assert (present > paid) == (fair.value > found.value)


def test_its_standard_error_is_what_parts_of_a_run_differ_by() -> None:
    """A run cut into 24 parts, each asked alone."""
    run, size = valsim.simulate(lively(), paths=6000, threads=1), 250
    parts = [{key: row[i : i + size] for key, row in run.valued.items()} for i in range(0, 6000, size)]
    found = [price_worth_paying(replace(run, valued=part), "me") for part in parts]
    differ = np.std([each.value for each in found], ddof=1)
    assert np.mean([each.standard_error for each in found]) == pytest.approx(differ, rel=0.4)
    assert price_worth_paying(run, "me").standard_error == pytest.approx(differ / np.sqrt(24), rel=0.4)


def test_a_price_is_the_same_however_many_paths_are_asked_about_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    result = valsim.simulate(lively(bought(fees="2%", carry="20%")), paths=100, threads=1)
    whole = price_worth_paying(result, "me")
    monkeypatch.setattr("valsim.analysis.asking.AT_A_TIME", 7)
    cut = price_worth_paying(result, "me")
    assert cut.value == whole.value
    assert np.array_equal(cut.influence, whole.influence)
