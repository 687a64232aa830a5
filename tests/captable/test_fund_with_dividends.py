"""A closing beside shares whose dividends accrue: what counts in its price, and from when new shares accrue."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.captable.deals import PATHS, PREFERRED, closed, laid, opening
from valsim.captable.financing.outcome import FUNDED
from valsim.captable.ledger import Ledger
from valsim.captable.term.anti_dilution import AntiDilution
from valsim.captable.term.dividend.cumulative import CumulativeDividend
from valsim.core.parameter import at_medians
from valsim.core.rows import Row

DIVIDEND = {"rate": "10%", "compounding": "simple", "day_count": "actual/365", "settlement": "paid_in_kind"}
DAY = 740_000
"""The day of the closing; the shares were issued two years before."""


def with_dividends(**terms: Any) -> Ledger:
    """80M common shares, and 20M preferred of 1 USD on which 20 % has accrued: 24M with the shares that it is paid in."""
    dividend = at_medians(CumulativeDividend.model_validate(DIVIDEND)).but(_since=np.asarray(DAY - 730.0))
    return opening(cumulative_dividend=dividend, **terms)


def preference(ledger: Ledger, day: float) -> Row:
    return np.broadcast_to(ledger.accrued_to(np.asarray(day)).series["b"].preference(np.ones(())), PATHS)


def test_shares_that_dividends_are_paid_in_count_in_the_price_and_the_terms_go_on_accruing() -> None:
    (tranche,) = laid({"pre_money_valuation": "208M USD", "new_money": "52M USD"})
    funded = closed(tranche, with_dividends(), day=DAY)
    assert funded.outcome.price_per_share == pytest.approx([2.0] * PATHS, rel=1e-12)
    assert funded.outcome.dilution == pytest.approx([0.2] * PATHS, rel=1e-12)
    assert funded.outcome.post_money_valuation == pytest.approx([260e6] * PATHS, rel=1e-12)
    assert np.all(funded.ledger.fully_diluted() == 126e6)
    assert funded.ledger.accrued_to(np.asarray(DAY + 365)).fully_diluted() == pytest.approx([132e6] * PATHS, rel=1e-12)


def test_a_ratchet_lowers_the_price_at_which_those_shares_convert_too() -> None:
    (tranche,) = laid({"price_per_share": "0.5 USD"})
    ratchet = with_dividends(anti_dilution=AntiDilution.choose("full_ratchet"))
    after = closed(tranche, ratchet, day=DAY).ledger
    assert np.all(np.asarray(after.series["a"].conversion_price) == 0.5)
    counted = after.accrued_to(np.asarray(DAY))
    assert counted.series["a"].as_converted(np.asarray(20e6)) == pytest.approx([48e6] * PATHS, rel=1e-12)


def test_new_shares_accrue_from_their_closing_and_later_ones_from_theirs() -> None:
    series = {**PREFERRED, "cumulative_dividend": {**DIVIDEND, "settlement": "forfeit_on_conversion"}}
    first, second = laid({"price_per_share": "1 USD", "new_money": "30M USD"}, {"new_money": "10M USD"}, series=series)
    funded = closed(first, opening(), day=DAY)
    assert preference(funded.ledger, DAY + 365) == pytest.approx([1.1] * PATHS, rel=1e-12)
    where = np.array([True, True, False])
    later = closed(second, funded.ledger, where=where, agreed=1.0, day=DAY + 365)
    # Where it closed, 30M shares accrued for two years and 10M for one: 0.2 and 0.1, in the mean 0.175.
    assert preference(later.ledger, DAY + 730) == pytest.approx([1.175, 1.175, 1.2], rel=1e-12)


def test_paths_that_close_on_different_days_accrue_from_different_days() -> None:
    series = {**PREFERRED, "cumulative_dividend": {**DIVIDEND, "compounding": "compound", "periods_per_year": 1}}
    (tranche,) = laid({"price_per_share": "1 USD"}, series=series)
    early, late = np.array([True, False, False]), np.array([False, True, True])
    funded = closed(tranche, opening(), where=early, day=DAY)
    funded = closed(tranche, funded.ledger, where=late, day=DAY + 365, outcome=funded.outcome)
    assert funded.outcome.code.tolist() == [FUNDED] * PATHS
    assert preference(funded.ledger, DAY + 730) == pytest.approx([1.21, 1.1, 1.1], rel=1e-12)


def test_each_path_keeps_its_own_terms_whenever_it_closes() -> None:
    series = {**PREFERRED, "cumulative_dividend": {**DIVIDEND, "settlement": "forfeit_on_conversion"}}
    (tranche,) = laid({"price_per_share": "1 USD"}, series=series)
    terms, rates = tranche.terms.series, np.array([0.05, 0.1, 0.2])
    drawn = terms.but(
        liquidation_preference_multiple=np.array([1.0, 2.0, 3.0]),
        cumulative_dividend=terms.cumulative_dividend.but(rate=rates),
    )
    tranche = replace(tranche, terms=tranche.terms.but(series=drawn))
    early = np.array([True, False, False])
    funded = closed(tranche, opening(), where=early, day=DAY)
    funded = closed(tranche, funded.ledger, where=~early, day=DAY + 365, outcome=funded.outcome)
    assert preference(funded.ledger, DAY + 730) == pytest.approx([1.1, 2.1, 3.2], rel=1e-12)


def test_the_shares_of_an_investor_that_defaults_become_common_with_those_of_its_dividends() -> None:
    default = {"probability": "100%", "wrong_way": 0, "consequence": "convert_to_common"}
    (tranche,) = laid({"price_per_share": "1 USD", "investors": {"Fund": "5M USD"}, "default": default})
    after = closed(tranche, with_dividends(), {"equity_value": 1e9, "equity_value.start": 1e9}, day=DAY).ledger
    assert np.broadcast_to(after.held("Fund", "common"), PATHS) == pytest.approx([24e6] * PATHS, rel=1e-12)
    assert np.all(after.held("Fund", "a") == 0)
