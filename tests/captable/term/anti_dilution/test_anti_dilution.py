"""Conversion prices after a cheaper issue; published cases stand in ``tests/published``."""

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from tests.captable.term.anti_dilution.issues import adjusted, after
from valsim.captable.financing.protected import shares_before
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool
from valsim.captable.term.anti_dilution import AntiDilution, Issue

WEIGHTED, RATCHET = "broad_based_weighted_average", "full_ratchet"
NARROW = {"kind": "narrow_based_weighted_average", "base": "common"}
KINDS = [WEIGHTED, NARROW, RATCHET, "none"]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_dearer_issue_or_none_changes_nothing(kind):
    assert adjusted(kind, 2.0, 3.0, 5e6, 20e6) == 2.0
    assert adjusted(kind, 2.0, 2.0, 5e6, 20e6) == 2.0
    assert adjusted(kind, 2.0, 1.0, 0.0, 20e6) == 2.0


def test_without_protection_a_cheaper_issue_changes_nothing():
    assert adjusted("none", 2.0, 1.0, 5e6, 20e6) == 2.0


@pytest.mark.parametrize("kind", KINDS[:-1], ids=str)
def test_shares_for_nothing_lower_the_conversion_price_as_far_as_the_term_goes(kind):
    found = adjusted(kind, 2.0, 0.0, 5e6, 20e6)
    assert found == (0.0 if kind == RATCHET else pytest.approx(2.0 * 20 / 25))


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_of_shares_at_several_prices_issued_together_the_cheaper_ones_count(kind):
    issues = [Issue(np.array(price), np.array(1e6)) for price in (3.0, 1.0, 0.5)]
    found = float(after(kind, 2.0, issues, 8e6))
    average = 2.0 * (8 + 0.5 + 0.25) / (8 + 2)
    expected = {"full_ratchet": 0.5, "none": 2.0}.get(str(kind), average)
    assert found == pytest.approx(expected)


GUST = {
    "common": (Common(), 1.5e6),
    "options": (OptionPool.model_construct(), 1e6),
    "A": (preferred(1.0, WEIGHTED), 2.5e6),
    "B": (preferred(2.0, WEIGHTED), 2e6),
}
"""docs.equity.gust.com article 71: 2M shares at $.50 after A at $1 and B at $2."""


def adjusted_in_order(names):
    ledger = held(GUST)
    before = shares_before(ledger)
    for name in names:
        protection = ledger.series[name].protection()
        issues = [Issue(np.float64(0.5), np.float64(2e6))]
        price = protection.term.adjusted(protection.conversion_price, issues, before)
        ledger = ledger.with_terms(name, conversion_price=price)
    return ledger


@pytest.mark.parametrize("order", ["AB", "BA"])
def test_every_class_is_adjusted_from_the_same_shares_before(order):
    ledger = adjusted_in_order(order)
    lots = ledger.as_converted()
    assert float(ledger.series["A"].conversion_price) == pytest.approx(8 / 9)
    assert float(ledger.series["B"].conversion_price) == pytest.approx(5 / 3)
    assert [float(lots[name, name]) for name in "AB"] == pytest.approx([2_812_500, 2_400_000])


def test_a_bare_word_is_short_for_its_kind():
    assert AntiDilution.choose("full_ratchet") == AntiDilution.choose({"kind": "full_ratchet"})
    with pytest.raises(ValueError, match="unknown kind of anti_dilution 'ratchet'"):
        AntiDilution.choose("ratchet")
