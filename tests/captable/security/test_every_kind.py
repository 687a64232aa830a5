"""What holds for every kind of security, by its own example: a new one is tried without being listed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valsim.captable.cap_table import CapTable
from valsim.captable.curve import total
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.regime import all_converted, as_agreed
from valsim.captable.opening import open_ledger
from valsim.captable.security import Security
from valsim.captable.security.preferred import Preferred
from valsim.captable.waterfall import calls_worth, waterfall
from valsim.core.parameter import at_medians
from valsim.scenario.load import parse_document

BEFORE = f"""
common: {{kind: common, issued: 2024-01-01, shares: 8M}}
series_a: {Preferred.example}
"""
LATER = 740_000.0
"""A day some years after the examples: 2027-01-23."""

PROCEEDS = st.lists(st.floats(0, 1e9), min_size=2, max_size=12).map(lambda numbers: np.array(sorted(numbers)))


def opened(kind):
    """A cap table with the example of a kind as its last class."""
    classes = parse_document(BEFORE + f"tried: {Security.kinds[kind].example}\n").data
    captable = at_medians(CapTable.model_validate({"classes": classes}))
    return open_ledger(captable.classes, captable.positions).accrued_to(np.asarray(LATER))


@pytest.mark.parametrize("regime", [as_agreed, all_converted], ids=["as agreed", "all converted"])
@pytest.mark.parametrize("kind", sorted(Security.kinds))
def test_no_payout_falls_or_jumps_as_proceeds_rise(kind, regime):
    curves = curves_of(opened(kind), regime)

    @settings(max_examples=25, deadline=None)
    @given(PROCEEDS)
    def none_falls(proceeds):
        paid = waterfall(curves, proceeds).payouts
        # Payouts that never fall and sum to the proceeds cannot jump either.
        assert all(np.all(np.diff(row) >= -1e-9 * proceeds[1:]) for row in paid.values())
        assert total(paid.values()) == pytest.approx(proceeds, rel=1e-12, abs=1e-6)

    none_falls()


@pytest.mark.parametrize("form", ["curve", "kept", "converted"])
@pytest.mark.parametrize("kind", sorted(Security.kinds))
def test_twice_the_shares_are_paid_twice_as_much_and_none_nothing(kind, form):
    ledger = opened(kind)
    curve, shares = getattr(ledger.terms["tried"], form), ledger.outstanding("tried")
    for price in (0.0, 0.7, 3.0, 20.0, 1e3):
        one, two, none = (_worth(curve(number), price) for number in (shares, 2 * shares, np.asarray(0.0)))
        assert two == pytest.approx(2 * one)
        assert none == 0


def _worth(curve, price):
    return float(total(claim.amount for claim in curve.claims) + calls_worth(curve.calls, np.asarray(price)))


@pytest.mark.parametrize("kind", sorted(Security.kinds))
def test_who_keeps_and_who_converts_is_paid_no_more_than_who_chooses(kind):
    ledger = opened(kind)
    terms, shares = ledger.terms["tried"], ledger.outstanding("tried")
    for price in (0.5, 3.0, 20.0, 1e3):
        best = _worth(terms.curve(shares), price)
        assert _worth(terms.kept(shares), price) <= best * (1 + 1e-12)
        if terms.converts:
            assert _worth(terms.converted(shares), price) <= best * (1 + 1e-12)


@pytest.mark.parametrize("factor", [10.0, 1.5, 0.1])
@pytest.mark.parametrize("kind", sorted(Security.kinds))
def test_a_share_split_changes_nobodys_part_and_nobodys_payout(kind, factor):
    before = opened(kind)
    after = before.split(factor)
    parts = [
        {lot: row / ledger.fully_diluted() for lot, row in ledger.as_converted().items()} for ledger in (before, after)
    ]
    assert all(parts[1][lot] == pytest.approx(part, rel=1e-12) for lot, part in parts[0].items())
    proceeds, later = np.array([0.0, 3e6, 17e6, 40e6, 120e6, 1e9]), np.asarray(LATER + 500)
    for regime in (as_agreed, all_converted):
        for day in (None, later):
            one, two = (ledger if day is None else ledger.accrued_to(day) for ledger in (before, after))
            paid, again = (waterfall(curves_of(ledger, regime), proceeds).payouts for ledger in (one, two))
            assert all(again[name] == pytest.approx(row, rel=1e-10, abs=1e-3) for name, row in paid.items())
            assert any(np.any(row) for row in paid.values())


@pytest.mark.parametrize("kind", sorted(Security.kinds))
def test_a_share_split_and_its_reverse_leave_the_terms_as_they_were(kind):
    ledger = opened(kind)
    there_and_back = ledger.split(4.0).split(0.25)
    assert there_and_back.series["tried"] == ledger.series["tried"]
    assert all(there_and_back.lots[lot] == held for lot, held in ledger.lots.items())
    assert ledger.split(4.0).outstanding("common") == pytest.approx(4 * ledger.outstanding("common"))
