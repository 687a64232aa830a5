"""Automatic conversion as it is written, and the listings that meet its tests."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.captable.term.automatic_conversion import AutomaticConversion
from valsim.core.parameter import realise


def term(**given) -> AutomaticConversion:
    return realise(AutomaticConversion.model_validate({"below": "blocks_ipo", **given}), KNOWN)


def test_a_price_is_tested_as_money_or_as_a_multiple_of_what_a_share_cost():
    prices, value = np.array([7.4, 7.5, 7.6]), np.asarray(1e9)
    assert term(offer_price_at_least="7.5 USD").met(prices, value, 2.5).tolist() == [False, True, True]
    assert term(offer_price_multiple_at_least=3).met(prices, value, 2.5).tolist() == [False, True, True]


def test_every_test_that_is_stated_has_to_be_met():
    both = term(offer_price_at_least="5 USD", proceeds_at_least="50M USD")
    assert both.met(np.array([5.0, 5.0, 4.0]), np.array([50e6, 49e6, 60e6]), 1.0).tolist() == [True, False, False]


def test_a_price_that_rounding_leaves_below_the_test_meets_it():
    assert bool(term(offer_price_at_least="0.3 USD").met(np.asarray(0.1 * 3 - 1e-16), np.asarray(1.0), 1.0))


def test_a_term_without_a_test_is_refused():
    with pytest.raises(ValidationError, match="states the price or the proceeds from which it happens"):
        term()


def test_the_reading_below_a_test_has_no_default():
    with pytest.raises(ValidationError, match=r"(?s)below.*Field required"):
        AutomaticConversion.model_validate({"offer_price_at_least": "5 USD"})
