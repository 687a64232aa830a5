"""Rounds on each path in the order of their dates: dilution, time, steps up and down, worked by hand."""

from typing import Any

import numpy as np
import pytest

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.figure import financing
from valsim.captable.financing.outcome import ENDED, FUNDED
from valsim.result import Result

ROUNDS = """rounds=[
  {name: b, series: {like: series_a}, closings: [
    {name: first, at: 2026-07-01, new_money: 50M USD, pre_money_valuation: 400M USD},
    {name: second, at: 2027-01-01, new_money: 10M USD, price_per_share: 5 USD}]},
  {name: c, series: {like: series_a}, closings: [{name: only, when: runway < 9 months, new_money: 10M USD, price_per_share: 3 USD}]}]"""


def company(*closings: tuple[Any, ...], overrides: tuple[str, ...] = ()) -> Result:
    """A company with three closings, each told as (funded, time, price, dilution) by path."""
    keys = (("b", "first"), ("b", "second"), ("c", "only"))
    columns: dict[tuple[str, ...], Any] = {}
    for key, (done, time, price, dilution) in zip(keys, closings, strict=True):
        columns["tranche", *key, "code"] = np.where(done, FUNDED, ENDED)
        columns |= {
            ("tranche", *key, name): np.asarray(row, float)
            for name, row in (("time", time), ("price_per_share", price), ("dilution", dilution))
        }
    return made(columns, scenario=steady(ROUNDS, *overrides))


NEVER = ([False, False], [0, 0], [0, 0], [0, 0])
YES, ONE = [True, True], [True, False]


def test_the_first_round_is_measured_from_the_class_that_was_issued_last() -> None:
    # issued on 2025-01-01 at 4 USD; the start is a year later
    found = financing.rounds(company((ONE, [0.5, 0], [6, 0], [0.1, 0]), NEVER, NEVER))
    assert found.of.path.tolist() == [0]
    assert found.step_up.tolist() == [1.5]
    assert found.months_between == pytest.approx([18], rel=1e-3)
    assert found.dilution == pytest.approx([0.1])


def test_closings_of_one_round_are_one_round_with_the_dilution_of_all() -> None:
    found = financing.rounds(company((YES, [0.5, 0.5], [6, 6], [0.1, 0.1]), (ONE, [1, 0], [5, 0], [0.2, 0]), NEVER))
    assert found.of.path.tolist() == [0, 1]
    assert found.dilution == pytest.approx([1 - 0.9 * 0.8, 0.1])
    assert found.step_up.tolist() == [1.5, 1.5]


def test_a_round_is_measured_from_the_last_price_paid_before_and_from_the_start_of_the_round_before() -> None:
    result = company(
        (YES, [0.5, 0.5], [6, 6], [0.1, 0.1]), (ONE, [1, 0], [8, 0], [0.2, 0]), (YES, [1.5, 1.5], [4, 4], [0.3, 0.3])
    )
    found = financing.rounds(result)
    after = dict(
        zip(
            zip(found.of.path.tolist(), found.dilution.round(6).tolist(), strict=True),
            found.step_up.tolist(),
            strict=True,
        )
    )
    assert after[0, 0.3] == pytest.approx(4 / 8)
    assert after[1, 0.3] == pytest.approx(4 / 6)
    assert sorted(found.months_between.round(6).tolist())[:2] == [12.0, 12.0]
    share = financing.down_rounds(found)
    assert share is not None
    assert (share.middle, share.cases) == (0.5, 4)


def test_a_flat_round_is_no_down_round() -> None:
    flat = financing.down_rounds(financing.rounds(company((YES, [0.5, 0.5], [4, 4], [0.1, 0.1]), NEVER, NEVER)))
    assert flat is not None
    assert flat.middle == 0.0


def test_a_split_is_no_step_down() -> None:
    split = ("captable.splits=[{at: 2026-03-01, ratio: 2 for 1}]", "rounds[0].closings[1].price_per_share=3 USD")
    found = financing.rounds(company((YES, [0.5, 0.5], [2, 2], [0.1, 0.1]), NEVER, NEVER, overrides=split))
    assert found.step_up.tolist() == [1.0, 1.0]


def test_without_a_round_nothing_is_told() -> None:
    none = financing.rounds(company(NEVER, NEVER, NEVER))
    assert [
        figure(none)
        for figure in (financing.dilution, financing.months_between_rounds, financing.step_up, financing.down_rounds)
    ] == [None] * 4


def test_paths_that_are_walked_some_at_a_time_have_the_same_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    result = company((YES, [0.5, 0.7], [6, 5], [0.1, 0.2]), (YES, [1, 1.5], [5, 9], [0.2, 0.3]), NEVER)
    whole = financing.rounds(result)
    monkeypatch.setattr(financing, "AT_A_TIME", 1)
    parts = financing.rounds(result)
    for name in ("months_between", "step_up", "dilution"):
        assert getattr(parts, name).tolist() == getattr(whole, name).tolist()
    assert parts.of.path.tolist() == whole.of.path.tolist()
    assert set(parts.of.path) == {0, 1}
