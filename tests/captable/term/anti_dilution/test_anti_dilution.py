"""Conversion prices after a cheaper issue; the cases are named by their source (see ``SOURCE``)."""

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from valsim.captable.security.common import Common
from valsim.captable.term.anti_dilution import AntiDilution

SOURCE = (
    "github:ogulcan-ozyavuz/algorithmic-game-theory-for-private-equity@2cc17f52 docs/antidilution.md, docs/financing.md"
)
WEIGHTED, RATCHET = "broad_based_weighted_average", "full_ratchet"

CASES = {
    "ovf-AD3": (RATCHET, 12e6, 2.5, 4e6, 5e6, 1.25),
    "ovf-AD5": (WEIGHTED, 12e6, 2.5, 1e6, 3e6, 2.5),
    "ovf-AD6a": (WEIGHTED, 12e6, 2.5, 4e6, 0.0, 1.875),
    "ovf-AD6b, the formula with a narrow base": (WEIGHTED, 10e6, 2.5, 4e6, 0.0, 25 / 14),
    "ovf-FA1": (WEIGHTED, 14e6, 2.5, 4e6, 5e6, 20 / 9),
    "ovf-FA3-seed": (WEIGHTED, 14e6, 1.5, 4e6, 5e6, 13 / 9),
    "ovf-FA5b": (WEIGHTED, 14e6, 2.5, 1e6, 2e6, 37 / 15),
    "github:jpurnell/BusinessMath@7c116e5": (RATCHET, 20e6, 2.0, 5e6, 5e6, 1.0),
    "no protection": ("none", 20e6, 2.0, 5e6, 5e6, 2.0),
}


def adjusted(kind, before, conversion_price, new_shares, consideration):
    return float(AntiDilution.choose(kind).adjusted(conversion_price, consideration / new_shares, new_shares, before))


@pytest.mark.parametrize(("kind", "before", "old", "new_shares", "paid", "expected"), CASES.values(), ids=CASES)
def test_the_conversion_price_is_the_published_one(kind, before, old, new_shares, paid, expected):
    assert adjusted(kind, before, old, new_shares, paid) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("before", "old", "new_shares", "paid", "factor", "published"),
    [(6e6, 2.0, 2e6, 2e6, 7 / 8, 0.7625), (10e6, 4.0, 3.75e6, 7.5e6, 19 / 22, 0.7409)],
    ids=["captablemgt-Fenwick21", "captablemgt-Cooley"],
)
def test_a_published_factor_that_is_wrong_is_not_repeated(before, old, new_shares, paid, factor, published):
    # github:hazlijohar95/captablemgt@c6375ed golden tests: both leave a zero out of the consideration.
    found = adjusted(WEIGHTED, before, old, new_shares, paid) / old
    assert found == pytest.approx(factor, abs=1e-12)
    assert abs(found - published) > 0.1


@pytest.mark.parametrize("kind", [WEIGHTED, RATCHET, "none"])
def test_a_dearer_issue_or_none_changes_nothing(kind):
    term = AntiDilution.choose(kind)
    assert term.adjusted(2.0, 3.0, 5e6, 20e6) == 2.0
    assert term.adjusted(2.0, 1.0, 0.0, 20e6) == 2.0


def test_every_class_is_adjusted_from_the_same_shares_before():
    # docs.equity.gust.com article 71: 2M shares at $.50 after A at $1 and B at $2.
    before = held({
        "common": (Common(), 1.5e6),
        "options": (Common(), 1e6),
        "A": (preferred(1.0, WEIGHTED), 2.5e6),
        "B": (preferred(2.0, WEIGHTED), 2e6),
    })  # fmt: skip
    after = before
    for name, terms in before.series.items():
        if protection := terms.protection():
            price = protection.term.adjusted(
                protection.conversion_price, np.float64(0.5), np.float64(2e6), before.fully_diluted()
            )
            after = after.with_terms(name, conversion_price=price)
    lots = after.as_converted()
    assert float(after.series["A"].conversion_price) == pytest.approx(8 / 9)
    assert [float(lots[name, name]) for name in "AB"] == pytest.approx([2_812_500, 2_400_000])


def test_a_bare_word_is_short_for_its_kind():
    assert AntiDilution.choose("full_ratchet") == AntiDilution.choose({"kind": "full_ratchet"})
    with pytest.raises(ValueError, match="unknown kind of anti_dilution 'ratchet'"):
        AntiDilution.choose("ratchet")
