"""Several scenarios have names that tell them apart, and amounts of one currency."""

import pytest

from valsim.analysis.several import by_name, expect_one_currency
from valsim.core.errors import ValsimError


def test_scenarios_that_are_called_alike_are_counted():
    assert by_name(["ours", "theirs"], "ab") == {"ours": "a", "theirs": "b"}
    assert by_name(["ours", "theirs", "ours"], "abc") == {"1": "a", "2": "b", "3": "c"}


def test_of_currencies_that_differ_the_first_scenario_of_each_is_named():
    told = "one in USD, other in EUR; write"
    with pytest.raises(ValsimError, match=told):
        expect_one_currency([("one", "USD"), ("two", "USD"), ("other", "EUR")])


def test_scenarios_that_are_called_alike_differ_in_currency_too():
    with pytest.raises(ValsimError, match="ours in USD, ours in EUR"):
        expect_one_currency([("ours", "USD"), ("ours", "EUR")])
    expect_one_currency([("ours", "USD"), ("theirs", "USD")])
