"""Rounds that others have published, as documents: what SAFEs and notes turn into, who owns what, adjusted prices."""

import pytest

import valsim
from tests.published.cases import called, cases, close
from tests.published.rounds import SERIES

ALL = cases("closings", "closing")


def found(case):
    """What the round of a case leads to, figure by figure."""
    closed = valsim.close_round(case["captable"], {"name": "new", "series": SERIES} | case["round"])
    shares = {name: each.shares for name, each in closed.conversions.items()}
    before = closed.fully_diluted.before
    counts = {name: part.before * before for name, part in closed.ownership_by_class.items()} | shares
    return {
        "price": closed.price_per_share,
        "shares": shares,
        "conversion_price": {name: each.conversion_price for name, each in closed.conversions.items()},
        "class_conversion_price": {name: change.after for name, change in closed.conversion_prices.items()},
        "part_before_new_money": {name: number / (before + sum(shares.values())) for name, number in counts.items()},
        "ownership": {name: part.after for name, part in closed.ownership_by_class.items()},
        "new_shares": closed.new_shares,
        "total_post": closed.fully_diluted.after,
        "unissued": closed.pool.after,
    }


def asked(mine, theirs):
    """The figures of ``mine`` that ``theirs`` names."""
    return {name: mine[name] for name in theirs} if isinstance(theirs, dict) else mine


@pytest.mark.parametrize("case", ALL, ids=called)
def test_a_published_round_closes_as_published(case):
    mine = found(case)
    assert close({what: asked(mine[what], theirs) for what, theirs in case["expected"].items()}, case)


@pytest.mark.parametrize("case", cases("closings", "closing", "known_wrong"), ids=called)
def test_published_conversions_that_are_wrong_are_not_repeated(case):
    mine = found(case)["shares"]
    for name, wrong in case["published_wrong"]["shares"].items():
        assert abs(mine[name] - wrong) > 100
