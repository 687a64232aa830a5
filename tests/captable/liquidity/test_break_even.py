"""The least that a sale must bring until a holder is paid so much."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.break_even import break_even, side_by_side
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.security.common import Common
from valsim.captable.security.preferred import Preferred
from valsim.core.rows import Row

SALE = Liquidity("acquisition", "as_agreed", np.float64(740_000))


def table(participation: str = "none", shares: Row | float = 2e6, **terms: float) -> Table:
    """Ada has 8M common shares; Fund 2M of Series A, at 2.50 and so a preference of 5M."""
    series_a = Preferred.model_construct(
        original_issue_price=2.5,
        liquidation_preference_multiple=1.0,
        participation=participation,
        seniority=1.0,
        **terms,
    )
    lots = {("Ada", "common"): np.asarray(8e6), ("Fund", "series_a"): np.asarray(shares)}
    return Table(Ledger({"common": Common(), "series_a": series_a}, lots))


def value(due: float, of: str = "Fund", at: Table | None = None) -> float:
    return float(break_even(at or table(), SALE, side_by_side([of]), np.array([due]))[0])


def test_a_preference_is_paid_first_and_stays_all_there_is_until_conversion() -> None:
    assert value(5e6) == pytest.approx(5e6, rel=1e-6)
    assert value(3e6) == pytest.approx(3e6, rel=1e-6)
    # A fifth of 75M.
    assert value(15e6) == pytest.approx(75e6, rel=1e-6)


def test_a_dollar_more_than_the_preference_waits_for_conversion() -> None:
    assert value(5e6 + 1) == pytest.approx(25e6, rel=1e-6)


def test_common_waits_for_the_preference() -> None:
    assert value(1e6, "Ada") == pytest.approx(6e6, rel=1e-6)
    # With 40M shared by all 10M shares, Ada has 32M; below 25M Series A takes its 5M.
    assert value(32e6, "Ada") == pytest.approx(40e6, rel=1e-6)


def test_participating_shares_have_both() -> None:
    assert value(15e6, at=table("full")) == pytest.approx(5e6 + 50e6, rel=1e-6)


def test_nothing_is_enough_for_who_has_nothing() -> None:
    assert value(1.0, "Nobody") == np.inf
    assert value(np.inf) == np.inf


def test_what_is_due_already_needs_no_sale() -> None:
    assert value(0.0) == 0.0
    assert value(0.0, "Nobody") == 0.0


def test_each_path_has_its_own_cap_table() -> None:
    paths = table(shares=np.array([2e6, 8e6]))
    found = break_even(paths, SALE, side_by_side(["Fund"]), np.array([30e6, 30e6]))
    assert found == pytest.approx([150e6, 60e6], rel=1e-6)


def test_holders_stand_side_by_side() -> None:
    found = break_even(table(), SALE, side_by_side(["Fund", "Ada"]), np.array([15e6, 1e6]))
    assert found == pytest.approx([75e6, 6e6], rel=1e-6)


def test_a_path_has_the_same_bits_alone_as_among_others() -> None:
    due = np.geomspace(1.0, 1e9, 40)
    alone = [value(each) for each in due]
    assert break_even(table(), SALE, side_by_side(["Fund"]), due).tolist() == alone


@settings(max_examples=30)
@given(due=st.floats(1e3, 1e9), participation=st.sampled_from(["none", "full"]), of=st.sampled_from(["Ada", "Fund"]))
def test_a_sale_for_it_pays_what_is_due_and_one_for_less_does_not(due: float, participation: str, of: str) -> None:
    at = table(participation)
    found = value(due, of, at)
    paid = [float(pay_out(at, SALE, np.array([found * part])).by_holder[of][0]) for part in (1.0, 1 - 1e-5)]
    assert paid[0] >= due * (1 - 1e-8)
    assert paid[1] < due
