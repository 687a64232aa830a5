"""New shares, bought in a closing of a round."""

from datetime import date

import numpy as np
import pytest

from tests.captable.deals import closed, laid, opening, part
from valsim.captable.financing.tranche import Tranche
from valsim.captable.purchase import Purchase
from valsim.core.parameter import at_medians
from valsim.core.streams import Streams


@pytest.fixture
def me() -> Purchase:
    terms = {"pay": "5M USD", "round": "b", "closing": "closing 1", "fees": "2%", "carry": "20%"}
    return at_medians(Purchase.choose({"kind": "primary", **terms}))


def with_buyer(me: Purchase, tranche: Tranche) -> Tranche:
    return Tranche(**{**vars(tranche), "buyers": {"me": me.commitment(*tranche.key)}})


def test_it_commits_to_the_closing_that_it_names(me: Purchase) -> None:
    assert me.commitment("b", "closing 1") == 5e6
    assert me.commitment("b", "closing 2") is None
    assert me.commitment("c", "closing 1") is None


def test_it_is_part_of_the_new_money_and_buys_at_the_price_of_the_round(me: Purchase) -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD"})
    funded = closed(with_buyer(me, tranche), opening())
    assert funded.payments["me"].tolist() == [5e6] * 3
    assert funded.payments["other b investors"].tolist() == [20e6] * 3
    assert part(funded.ledger, "me") == pytest.approx([5 / 125] * 3, rel=1e-12)


def test_a_buyer_does_not_default_with_the_named_investors(me: Purchase) -> None:
    default = {"probability": "100%", "wrong_way": 0, "consequence": "none"}
    (tranche,) = laid({"pre_money_valuation": "100M USD", "default": default, "investors": {"Fund": "20M USD"}})
    rows = {"equity_value": 1.0, "equity_value.start": 1.0}
    payments = closed(with_buyer(me, tranche), opening(), rows).payments
    assert (payments["me"].tolist(), payments["Fund"].tolist()) == ([5e6] * 3, [0.0] * 3)


def test_it_buys_from_nobody(me: Purchase) -> None:
    ledger = opening()
    trade = me.trade("me", ledger, np.ones(3, dtype=bool), date(2026, 1, 1), {}, Streams(1, 0, 1, 3))
    assert trade.ledger is ledger
    assert trade.money == {}


def test_carry_is_due_on_a_profit_only(me: Purchase) -> None:
    carried = me.carried(np.array([15e6, 5e6, 0.0]), np.asarray(5e6))
    assert carried == pytest.approx([2e6, 0.0, 0.0])
