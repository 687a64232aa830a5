"""What was selected and has changed goes back to where it was taken from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest

from valsim.core.put_back import Where, put_back
from valsim.core.replace import replace
from valsim.core.rows import Row
from valsim.core.selection import select

WHERE = Where(np.array([1, 3]), 4)


@dataclass(frozen=True)
class Held:
    """Shares by series, a price that all paths share, and a name."""

    shares: Mapping[str, Row]
    price: Row
    name: str = "Ada"


@pytest.fixture
def whole() -> Held:
    return Held({"a": np.arange(4.0), "b": np.arange(4.0) * 10}, np.asarray(2.0))


def test_nothing_is_copied_where_nothing_changed(whole: Held) -> None:
    part = select(whole, WHERE.rows)
    assert put_back(whole, part, part, WHERE) is whole
    changed = replace(part, shares={**part.shares, "a": part.shares["a"] + 5})
    back = put_back(whole, part, changed, WHERE)
    assert back.shares["b"] is whole.shares["b"]
    assert back.price is whole.price


def test_what_changed_on_some_rows_stays_what_it_was_on_the_others(whole: Held) -> None:
    part = select(whole, WHERE.rows)
    changed = replace(part, shares={**part.shares, "a": part.shares["a"] + 5})
    assert put_back(whole, part, changed, WHERE).shares["a"].tolist() == [0.0, 6.0, 2.0, 8.0]
    assert whole.shares["a"].tolist() == [0.0, 1.0, 2.0, 3.0]


def test_what_all_paths_shared_becomes_a_row(whole: Held) -> None:
    part = select(whole, WHERE.rows)
    changed = replace(part, price=np.array([7.0, 8.0]))
    assert put_back(whole, part, changed, WHERE).price.tolist() == [2.0, 7.0, 2.0, 8.0]


def test_what_is_new_is_zero_elsewhere_and_keeps_its_kind() -> None:
    new = {"by": Held({"c": np.array([1.0, 2.0])}, np.array([True, True]), "Bo")}
    back = put_back({}, {}, new, WHERE)["by"]
    assert (back.shares["c"].tolist(), back.name) == ([0.0, 1.0, 0.0, 2.0], "Bo")
    assert back.price.tolist() == [False, True, False, True]
    assert back.price.dtype == np.bool_


def test_what_is_selected_by_a_part_of_a_mapping_leaves_the_rest_of_it(whole: Held) -> None:
    before = {"a": whole.shares["a"][WHERE.rows]}
    back = put_back(whole.shares, before, {"a": before["a"] * 0}, WHERE)
    assert {name: row.tolist() for name, row in back.items()} == {"a": [0, 0, 2, 0], "b": [0, 10, 20, 30]}
