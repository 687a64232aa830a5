"""Who got what in a listing by the charter of each class, on the company in which nothing moves."""

import numpy as np
import pytest

from tests.outcome.test_settle import AT_ONCE, LOW, PATHS, listing, of, played


def test_a_listing_by_charter_asks_each_class() -> None:
    # The offer price is 110M over 100M shares, below 2 USD, so the Fund keeps its preference of 100M.
    series_a = "captable.classes.series_a.automatic_conversion"
    term = f"{series_a}={{offer_price_at_least: 2 USD, below: keeps_preference}}"
    assert of(played(*LOW, *AT_ONCE, listing("by_charter")), "Fund", "at exit") == pytest.approx(27.5e6, rel=1e-12)
    assert of(played(*LOW, *AT_ONCE, listing("by_charter"), term), "Fund", "at exit") == pytest.approx(100e6, rel=1e-12)


def test_what_the_price_does_over_the_lock_up_changes_what_holders_get_and_not_what_a_ratchet_reads() -> None:
    # The ratchet guarantees 125M of the 110M; the price of what the Fund then holds falls by half.
    ratchet = "captable.classes.series_a.ipo_ratchet_multiple=1.25"
    falls = listing("by_charter").replace("lock_up", "price_after_lock_up: 0.5, lock_up")
    result = played(*LOW, *AT_ONCE, falls, ratchet)
    assert of(result, "Fund", "at exit") == pytest.approx(55e6, rel=1e-12)
    assert of(result, "Ada", "at exit") == 0
    assert result.outcomes["proceeds",] == pytest.approx([110e6] * PATHS, rel=1e-12)


def test_a_test_that_differs_by_path_is_read_on_each_path() -> None:
    term = "{offer_price_at_least: {family: discrete, values: {1 USD: 50%, 2 USD: 50%}}, below: keeps_preference}"
    result = played(
        *LOW, *AT_ONCE, listing("by_charter"), f"captable.classes.series_a.automatic_conversion={term}", paths=64
    )
    found = np.unique(np.round(result.outcomes["holder", "Fund", "at exit"]))
    assert found.tolist() == [27.5e6, 100e6]
