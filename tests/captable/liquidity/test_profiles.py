import numpy as np
import pytest
from hypothesis import given, settings

from tests.captable.tables import held, ledger_of, preferred, tables
from tests.captable.test_waterfall import GAME
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.profiles import NEVER, conversion_values, paid_under, payoff_matrix
from valsim.captable.liquidity.regime import as_agreed
from valsim.captable.security.common import Common
from valsim.captable.waterfall import waterfall


def test_a_class_converts_where_a_common_share_is_worth_its_preference():
    # 10 M shares at 2.5 each.
    assert conversion_values(held({"common": (Common(), 8e6), "series_a": (preferred(2.5), 2e6)})) == {"series_a": 25e6}


def test_a_capped_holder_converts_where_its_shares_are_worth_its_cap_and_a_full_one_never():
    capped = preferred(1.0, participation="capped", participation_cap_multiple=np.float64(4))
    classes = {"common": (Common(), 10e6), "capped": (capped, 5e6), "full": (preferred(1.0, participation="full"), 5e6)}
    # At 4 a share: 40 M common, 20 M capped, 5 M + 20 M full.
    assert conversion_values(held(classes)) == {"capped": 85e6, "full": NEVER}


def test_a_class_that_nobody_holds_never_converts():
    assert conversion_values(held({"common": (Common(), 8e6), "a": (preferred(2.5), 0.0)})) == {"a": NEVER}


def test_the_waterfall_is_the_profile_from_which_nobody_gains_by_leaving():
    ledger = held(GAME)
    matrix = payoff_matrix(ledger, np.float64(60e6))
    stable = {"series_a"}
    paid = waterfall(curves_of(ledger, as_agreed), np.float64(60e6)).payouts
    assert matrix[frozenset(stable)] == pytest.approx(paid)
    for name in ("series_a", "series_b"):
        assert matrix[frozenset(stable ^ {name})][name] < paid[name]


@settings(max_examples=40, deadline=None)
@given(tables())
def test_below_its_conversion_value_keeping_is_better_and_above_it_converting(table):
    ledger = ledger_of(*table)
    for name, value in conversion_values(ledger).items():
        if 0 < value < NEVER:
            below, above = (_gain_of_converting(ledger, name, np.float64(value * by)) for by in (1 - 1e-6, 1 + 1e-6))
            assert below <= 1e-9 * value
            assert above >= -1e-9 * value


def _gain_of_converting(ledger, name, proceeds):
    """What converting adds to a class's payout where every other class takes its better side."""
    others = {other: v for other, v in conversion_values(ledger).items() if other != name and v < proceeds}
    return float(paid_under(ledger, proceeds, {*others, name})[name] - paid_under(ledger, proceeds, others)[name])
