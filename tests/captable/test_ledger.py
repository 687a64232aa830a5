import numpy as np
import pytest

from tests.captable.tables import held, preferred
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool

ADJUSTED = preferred(2.0, conversion_price=np.array([2.0, 1.6]))


def opened() -> Ledger:
    ledger = Ledger({}, {}).issue("common", Common(), {"Ada": np.float64(6e6), "Bo": np.float64(2e6)})
    ledger = ledger.issue("pool", OptionPool(), {UNISSUED: np.float64(1e6)})
    return ledger.issue("series_a", ADJUSTED, {"Fund": np.float64(3e6), "Angel": np.array([1e6, 0.0])})


def test_a_class_has_the_shares_of_its_lots():
    ledger = opened()
    assert ledger.shares("series_a").tolist() == [4e6, 3e6]
    assert (ledger.shares("pool"), ledger.outstanding("pool")) == (1e6, 0)


def test_the_fully_diluted_total_counts_conversion_and_the_unissued_pool():
    assert opened().fully_diluted().tolist() == [6e6 + 2e6 + 1e6 + 4e6, 6e6 + 2e6 + 1e6 + 3e6 * 2 / 1.6]


def test_ownership_sums_to_one_on_every_path():
    ownership = opened().ownership()
    assert set(ownership) == {"Ada", "Bo", UNISSUED, "Fund", "Angel"}
    assert sum(ownership.values()) == pytest.approx([1, 1], rel=1e-15)
    assert ownership["Angel"].tolist() == [1 / 13, 0]


def test_a_change_gives_a_new_ledger_and_shares_every_other_row():
    before = opened()
    after = before.transfer("series_a", "Fund", "Buyer", np.float64(1e6))
    assert after.lots["Angel", "series_a"] is before.lots["Angel", "series_a"]
    assert ("Buyer", "series_a") not in before.lots


def test_an_issue_adds_to_what_a_holder_has_and_keeps_the_terms_of_a_series():
    ledger = opened().issue("series_a", preferred(9.0), {"Fund": np.array([0.5e6, 0.0]), "New": np.float64(1e6)})
    assert ledger.held("Fund", "series_a").tolist() == [3.5e6, 3e6]
    assert ledger.series["series_a"] is not None
    assert ledger.series["series_a"].conversion_price.tolist() == [2.0, 1.6]


def test_a_new_series_converts_at_its_issue_price_until_it_is_adjusted():
    ledger = opened().issue("series_b", preferred(4.0, conversion_price=None), {"New": np.float64(1e6)})
    assert ledger.series["series_b"].conversion_price == 4


def test_a_negative_issue_is_refused():
    with pytest.raises(ValueError, match="negative number of common"):
        opened().issue("common", Common(), {"Ada": np.array([1.0, -1.0])})


def test_a_transfer_moves_shares_and_makes_none():
    ledger = opened().transfer("series_a", "Angel", "Fund", np.array([4e5, 0.0]))
    assert ledger.held("Angel", "series_a").tolist() == [6e5, 0]
    assert ledger.shares("series_a").tolist() == [4e6, 3e6]


def test_a_seller_may_be_the_buyer():
    assert opened().transfer("common", "Ada", "Ada", np.float64(1e6)).held("Ada", "common") == 6e6


@pytest.mark.parametrize("shares", [3.1e6, -1.0])
def test_nobody_sells_what_it_does_not_have(shares):
    with pytest.raises(ValueError, match="Fund cannot sell more series_a"):
        opened().transfer("series_a", "Fund", "Buyer", np.float64(shares))


def test_selling_all_but_for_rounding_leaves_nothing():
    ledger = opened().transfer("common", "Ada", "Bo", np.float64(6e6 * (1 + 1e-12)))
    assert (ledger.held("Ada", "common"), ledger.held("Bo", "common")) == (0, 8e6)


def test_a_part_of_a_holders_shares_turns_into_those_of_another_series():
    shares = np.array([0.0, 0.75e6, 3e6])
    ledger = opened().exchange("Fund", "series_a", shares, "common", shares / 10)
    assert ledger.held("Fund", "series_a").tolist() == [3e6, 2.25e6, 0]
    assert ledger.held("Fund", "common").tolist() == [0, 75e3, 300e3]
    assert np.all(ledger.held("Ada", "common") == opened().held("Ada", "common"))


def test_terms_change_for_one_series_only():
    ledger = held({"a": (preferred(2.0), 1e6), "b": (preferred(2.0), 1e6)})
    assert ledger.with_terms("a", conversion_price=np.float64(1)).fully_diluted() == 3e6


@pytest.mark.parametrize(
    ("paths", "expected"), [(1, 3e6), (np.array([False, True]), [3e6]), (np.array([1, 0]), [3e6, 4e6])]
)
def test_a_cut_ledger_keeps_what_all_paths_share(paths, expected):
    cut = opened().at(paths)
    assert cut.shares("series_a").tolist() == expected
    assert cut.lots["Ada", "common"] is opened().lots["Ada", "common"] or cut.held("Ada", "common").ndim == 0
    assert cut.series["series_a"].original_issue_price == 2
    assert cut.series["series_a"].conversion_price.shape == np.shape(expected)


def test_a_ledger_without_anything_that_grows_is_the_same_at_every_day():
    ledger = held({"common": (Common(), 8e6), "series_a": (preferred(2.5), 2e6)})
    assert ledger.accrued_to(np.asarray(740000.0)).series == ledger.series
