"""Conversion prices after a cheaper issue; the cases are named by their source (see ``SOURCE``)."""

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from tests.captable.term.anti_dilution.issues import adjusted, after
from valsim.captable.protected import shares_before
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool
from valsim.captable.term.anti_dilution import AntiDilution, Issue

SOURCE = (
    "github:ogulcan-ozyavuz/algorithmic-game-theory-for-private-equity@2cc17f52 docs/antidilution.md, docs/financing.md"
)
WEIGHTED, RATCHET = "broad_based_weighted_average", "full_ratchet"
NARROW = {"kind": "narrow_based_weighted_average", "base": "common"}
KINDS = [WEIGHTED, NARROW, RATCHET, "none"]

CASES = {
    "ovf-AD3": (RATCHET, 12e6, 2.5, 4e6, 5e6, 1.25),
    "ovf-AD5": (WEIGHTED, 12e6, 2.5, 1e6, 3e6, 2.5),
    "ovf-AD6a": (WEIGHTED, 12e6, 2.5, 4e6, 0.0, 1.875),
    "ovf-AD6b": (NARROW, 10e6, 2.5, 4e6, 0.0, 25 / 14),
    "ovf-FA1": (WEIGHTED, 14e6, 2.5, 4e6, 5e6, 20 / 9),
    "ovf-FA3-seed": (WEIGHTED, 14e6, 1.5, 4e6, 5e6, 13 / 9),
    "ovf-FA5b": (WEIGHTED, 14e6, 2.5, 1e6, 2e6, 37 / 15),
    "github:jpurnell/BusinessMath@7c116e5": (RATCHET, 20e6, 2.0, 5e6, 5e6, 1.0),
    "no protection": ("none", 20e6, 2.0, 5e6, 5e6, 2.0),
}


@pytest.mark.parametrize(("kind", "before", "old", "new_shares", "paid", "expected"), CASES.values(), ids=CASES)
def test_the_conversion_price_is_the_published_one(kind, before, old, new_shares, paid, expected):
    assert adjusted(kind, old, paid / new_shares, new_shares, before) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("before", "old", "new_shares", "paid", "factor", "published"),
    [(6e6, 2.0, 2e6, 2e6, 7 / 8, 0.7625), (10e6, 4.0, 3.75e6, 7.5e6, 19 / 22, 0.7409)],
    ids=["captablemgt-Fenwick21", "captablemgt-Cooley"],
)
def test_a_published_factor_that_is_wrong_is_not_repeated(before, old, new_shares, paid, factor, published):
    # github:hazlijohar95/captablemgt@c6375ed golden tests: both leave a zero out of the consideration.
    found = adjusted(WEIGHTED, old, paid / new_shares, new_shares, before) / old
    assert found == pytest.approx(factor, abs=1e-12)
    assert abs(found - published) > 0.1


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_dearer_issue_or_none_changes_nothing(kind):
    assert adjusted(kind, 2.0, 3.0, 5e6, 20e6) == 2.0
    assert adjusted(kind, 2.0, 2.0, 5e6, 20e6) == 2.0
    assert adjusted(kind, 2.0, 1.0, 0.0, 20e6) == 2.0


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
