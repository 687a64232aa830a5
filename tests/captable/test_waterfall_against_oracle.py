"""The fast waterfall pays what the slow, exact one pays in every stable profile of decisions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.captable.oracle import payouts
from tests.captable.tables import ledger_of, tables
from valsim.captable.distribute import curves_of
from valsim.captable.regime import as_agreed
from valsim.captable.waterfall import breakpoints, waterfall

tenths = st.lists(st.integers(0, 600).map(lambda n: Fraction(n * n, 10)), min_size=4, max_size=4)


@settings(max_examples=300)
@given(tables(), tenths)
def test_every_class_is_paid_as_in_a_stable_profile_of_decisions(table, exits):
    (classes,) = table
    curves = curves_of(ledger_of(classes), as_agreed)
    # At a breakpoint some class is indifferent: all stable profiles pay the same there.
    exits += [Fraction(value).limit_denominator(10**6) for value in breakpoints(curves)[-2:]]
    fast = waterfall(curves, np.array([float(x) for x in exits])).payouts
    for i, proceeds in enumerate(exits):
        exact = payouts([row.exact(name) for name, row in classes.items()], proceeds)
        got = {name: paid[i] for name, paid in fast.items()}
        assert got == pytest.approx({n: float(x) for n, x in exact.items()}, rel=1e-9, abs=1e-9 * float(proceeds))


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
