"""Between all paths and some of them: what is cut, filled and merged comes back where it belongs."""

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from valsim.captable.ledger import Ledger
from valsim.captable.merge import OnPaths, filled, merged
from valsim.captable.security.common import Common
from valsim.core.expression import Expression
from valsim.core.rows import cut

SIZE, PATHS = 4, np.array([1, 3])


@pytest.fixture
def ledger() -> Ledger:
    return held({"common": (Common(), [8.0, 8.0, 9.0, 9.0]), "a": (preferred(2.0), 2.0)})


def test_a_row_is_cut_and_a_scalar_stays_one() -> None:
    assert cut(np.arange(4.0), PATHS).tolist() == [1.0, 3.0]
    assert cut(np.asarray(5.0), PATHS).shape == ()


def test_a_filled_row_holds_a_part_and_the_rest() -> None:
    assert filled(np.array([1.0, 3.0]), PATHS, SIZE).tolist() == [0.0, 1.0, 0.0, 3.0]
    assert filled(np.array([1.0, 3.0]), PATHS, SIZE, np.arange(4.0) * 10).tolist() == [0.0, 1.0, 20.0, 3.0]
    assert filled(np.asarray(7.0), PATHS, SIZE, 2.0).tolist() == [2.0, 7.0, 2.0, 7.0]


def test_rows_on_some_paths_are_cut_when_they_are_read() -> None:
    rows = OnPaths({"arr": np.arange(4.0), "price": np.asarray(2.0)}, PATHS)
    assert rows["arr"].tolist() == [1.0, 3.0]
    assert (list(rows), len(rows)) == (["arr", "price"], 2)


def test_an_amount_is_a_number_for_all_paths_a_draw_for_each_or_a_formula() -> None:
    rows = OnPaths({"arr": np.arange(4.0)}, PATHS)
    assert rows.amount(np.asarray(5.0)).tolist() == [5.0, 5.0]
    assert rows.amount(np.arange(4.0) * 2).tolist() == [2.0, 6.0]
    assert rows.amount(Expression.parse("arr * 10")).tolist() == [10.0, 30.0]
    assert rows.amount(Expression.parse("arr * 0 + 1")).shape == PATHS.shape


def test_new_shares_on_some_paths_leave_the_others_as_they_were(ledger: Ledger) -> None:
    before = ledger.at(PATHS)
    after = before.issue("common", Common(), {"Bo": np.array([1.0, 2.0])})
    whole = merged(ledger, before, after, PATHS, SIZE)
    assert whole.held("Bo", "common").tolist() == [0.0, 1.0, 0.0, 2.0]
    assert whole.fully_diluted().tolist() == [10.0, 11.0, 11.0, 13.0]


def test_rows_that_did_not_change_are_shared(ledger: Ledger) -> None:
    before = ledger.at(PATHS)
    whole = merged(ledger, before, before.issue("common", Common(), {"Bo": np.ones(2)}), PATHS, SIZE)
    assert whole.lots["a", "a"] is ledger.lots["a", "a"]
    assert whole.series["a"] is ledger.series["a"]


def test_a_new_series_has_no_shares_on_the_other_paths(ledger: Ledger) -> None:
    before = ledger.at(PATHS)
    terms = preferred(np.array([5.0, 6.0]))
    whole = merged(ledger, before, before.issue("b", terms, {"Bo": np.array([1.0, 1.0])}), PATHS, SIZE)
    assert whole.shares("b").tolist() == [0.0, 1.0, 0.0, 1.0]
    assert whole.series["b"].preference(whole.shares("b")).tolist() == [0.0, 5.0, 0.0, 6.0]


def test_a_term_that_changed_on_some_paths_keeps_its_old_value_on_the_others(ledger: Ledger) -> None:
    before = ledger.at(PATHS)
    whole = merged(ledger, before, before.with_terms("a", conversion_price=np.array([1.5, 1.0])), PATHS, SIZE)
    assert whole.series["a"].conversion_price.tolist() == [2.0, 1.5, 2.0, 1.0]
    assert whole.series["a"].original_issue_price == 2.0


def test_a_merged_ledger_adds_its_lots_in_one_order_whatever_happened_first(ledger: Ledger) -> None:
    one, two = ledger, ledger
    for holder in ("Bo", "Al"):
        before = one.at(PATHS)
        one = merged(one, before, before.issue("common", Common(), {holder: np.ones(2)}), PATHS, SIZE)
    for holder in ("Al", "Bo"):
        before = two.at(PATHS)
        two = merged(two, before, before.issue("common", Common(), {holder: np.ones(2)}), PATHS, SIZE)
    assert list(one.lots) == list(two.lots)
