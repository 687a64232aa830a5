"""The fast waterfall pays what the slow, exact one pays in every stable profile of decisions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.captable.exact import interpolated, vertices
from tests.captable.oracle import payouts
from tests.captable.tables import exact, ledger_of, tables
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.regime import as_agreed
from valsim.captable.waterfall import breakpoints, waterfall

tenths = st.lists(st.integers(0, 600).map(lambda n: Fraction(n * n, 10)), min_size=8, max_size=8)


@settings(max_examples=300)
@given(tables(), tenths)
def test_every_class_is_paid_as_in_a_stable_profile_of_decisions(table, exits):
    (rows,) = table
    classes, curves, walked = exact(rows), curves_of(ledger_of(rows), as_agreed), vertices(exact(rows))
    # At a breakpoint some class is indifferent: all stable profiles pay the same there.
    exits += [vertex.proceeds for vertex in walked[-3:-1]]
    fast = waterfall(curves, np.array([float(x) for x in exits])).payouts
    for i, proceeds in enumerate(exits):
        paid = payouts(classes, proceeds)
        got = {name: row[i] for name, row in fast.items()}
        assert got == pytest.approx({n: float(x) for n, x in paid.items()}, rel=1e-9, abs=1e-9 * float(proceeds))
        assert interpolated(walked, proceeds) == tuple(paid.values())


@settings(max_examples=100)
@given(tables())
def test_the_breakpoints_are_those_at_which_a_payout_changes_its_slope(table):
    (rows,) = table
    walked, found = vertices(exact(rows)), breakpoints(curves_of(ledger_of(rows), as_agreed))
    bends = [float(b.proceeds) for a, b, c in zip(walked, walked[1:], walked[2:], strict=False) if bent(a, b, c)]
    assert all(np.isclose(found, bend, rtol=1e-9).any() for bend in bends)
    assert all(np.isclose([float(v.proceeds) for v in walked], value, rtol=1e-9).any() for value in found)


def bent(a, b, c):
    before, after = b.proceeds - a.proceeds, c.proceeds - b.proceeds
    return any((y - x) * after != (z - y) * before for x, y, z in zip(a.paid, b.paid, c.paid, strict=True))


@settings(max_examples=100)
@given(tables(paths=5), st.lists(st.floats(0, 50_000), min_size=5, max_size=5))
def test_terms_that_differ_by_path_pay_the_same_as_one_cap_table_at_a_time(found, exits):
    together = waterfall(curves_of(ledger_of(*found), as_agreed), np.array(exits))
    for i, table in enumerate(found):
        alone = waterfall(curves_of(ledger_of(table), as_agreed), np.array(exits[i]))
        assert {n: paid[i] for n, paid in together.payouts.items()} == dict(alone.payouts)
        assert together.price[i] == alone.price


@settings(max_examples=100)
@given(tables(paths=5))
def test_no_payout_falls_when_proceeds_rise_and_nothing_is_lost(found):
    for table in found:
        proceeds = np.concatenate([np.linspace(0, 60_000, 997), np.geomspace(1e5, 1e12, 40)])
        paid = waterfall(curves_of(ledger_of(table), as_agreed), proceeds).payouts
        assert np.abs(sum(paid.values()) - proceeds).max(initial=0, where=proceeds == 0) == 0
        assert np.allclose(sum(paid.values()), proceeds, rtol=1e-12, atol=0)
        assert all(np.all(np.diff(row) >= -1e-12 * proceeds[1:]) and np.all(row >= 0) for row in paid.values())
