"""A listing pays by its charter what a slow, exact rule pays, on every path alike."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.captable.charters import by_charter, charters, ledger_of, money
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out

LISTING = Liquidity("ipo", "by_charter", np.asarray(740000.0))
SALE = Liquidity("acquisition", "as_agreed", np.asarray(740000.0))
values = st.lists(st.integers(0, 250).map(lambda n: Fraction(n * n, 7)), min_size=4, max_size=4)


@settings(max_examples=150)
@given(charters(), values)
def test_every_class_is_paid_as_the_charter_says(found, exits):
    (charter,) = found
    settled = pay_out(Table(ledger_of(charter)), LISTING, money(exits))
    for i, value in enumerate(exits):
        paid, blocked = by_charter(charter, value)
        got = {name: row[i] for name, row in settled.by_class.items()}
        assert got == pytest.approx({n: float(x) for n, x in paid.items()}, rel=1e-9, abs=1e-9 * float(value))
        assert settled.blocked[i] == blocked


@settings(max_examples=100)
@given(charters(paths=5), st.lists(st.floats(0, 20_000), min_size=5, max_size=5))
def test_terms_that_differ_by_path_pay_the_same_as_one_charter_at_a_time(found, exits):
    together = pay_out(Table(ledger_of(*found)), LISTING, np.array(exits))
    for i, charter in enumerate(found):
        alone = pay_out(Table(ledger_of(charter)), LISTING, np.array(exits[i]))
        assert {n: paid[i] for n, paid in together.by_class.items()} == dict(alone.by_class)
        assert together.price[i] == alone.price
        assert together.blocked[i] == alone.blocked
        assert {n: codes[i] for n, codes in together.converts.items()} == dict(alone.converts)


@settings(max_examples=100)
@given(charters())
def test_nothing_is_lost_and_inside_a_regime_no_payout_falls(found):
    values = np.concatenate([np.linspace(0, 30_000, 701), np.geomspace(4e4, 1e12, 40)])
    settled = pay_out(Table(ledger_of(found[0])), LISTING, values)
    paid = np.array(list(settled.by_class.values()))
    assert np.allclose(paid.sum(axis=0), values, rtol=1e-12, atol=0)
    regime = [*settled.solved.became_common.values(), settled.blocked]
    codes = np.array([np.broadcast_to(where, values.shape) for where in regime]).astype(int)
    same = ~np.any(np.diff(codes, axis=1), axis=0)
    assert np.all(np.where(same, np.diff(paid, axis=1), 0.0) >= -1e-12 * values[1:])
