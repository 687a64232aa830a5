"""Priced rounds that others have published: the price, the shares of everybody, and who owns what after."""

import numpy as np
import pytest

from tests.published.cases import called, cases, close, number
from tests.published.documents import opened
from tests.published.rounds import cap_table, priced_round
from valsim.captable.curve import ZERO
from valsim.captable.price import solve_price
from valsim.captable.round import Round
from valsim.core.parameter import at_medians, plain_amounts


def found(case):
    """What a round leads to, in the words of the cases."""
    ledger, terms = opened(cap_table(case)), read(priced_round(case))
    worth, money = np.float64(number(case["pre_money"])), np.float64(case["new_money"])
    increase = ZERO if terms.pool_increase is None else terms.pool_increase
    priced = solve_price(ledger, worth, money, terms.counted, terms.option_pool, increase)
    return in_words(case, float(ledger.fully_diluted()), priced)


def read(document):
    with plain_amounts():
        return at_medians(Round.model_validate(document))


def in_words(case, before, priced):
    converted = {name: float(issued.shares) for name, issued in priced.conversions.items()}
    new, pool = float(priced.new_shares), float(priced.pool_shares)
    after = before + sum(converted.values()) + new + pool
    return {
        "price": float(priced.price),
        "total_post": after,
        "new_shares": new,
        "safe_shares": converted,
        "conversion_price": {name: float(issued.price) for name, issued in priced.conversions.items()},
        "B_pre": before,
        "B_post": before + sum(converted.values()),
        "ownership_common": case["common"] / after,
        "ownership_new": new / after,
        "ownership_safe": {name: shares / after for name, shares in converted.items()},
        "ownership_unissued": (case.get("pool_unallocated", 0) + pool) / after,
    }


@pytest.mark.parametrize("case", cases("rounds", "priced_round"), ids=called)
def test_a_round_is_priced_as_published(case):
    assert close(found(case), case)
