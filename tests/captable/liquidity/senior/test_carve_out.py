"""What management is promised of an exit, and what is set off against it; by hand, and whatever the numbers are."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captable.liquidity.senior.seniors import LOAN, paid_to, settled, told
from valsim.captable.liquidity.senior.carve_out.gross import Gross
from valsim.captable.liquidity.senior.carve_out.offset import Offset

ALWAYS = {"base": "after_debt", "paid_at": ["acquisition", "ipo", "wind_down"]}
GROSS = {"kind": "gross", "fraction": "10%", **ALWAYS}
TIERED = {"kind": "tiered", "tiers": [{"up_to": "20M USD", "fraction": "10%"}, {"fraction": "6%"}], **ALWAYS}
OFFSET = {"kind": "offset", "fraction": "10%", "recipients": ["Ada"], **ALWAYS}
DEBT = {"loan": {"kind": "venture_debt", "claim": "2M USD", "seniority": 1}}


def carved(proceeds: Any, carve_out: dict[str, Any], **terms: Any) -> Any:
    return settled(proceeds, carve_out=carve_out, **terms).first.carve_out


def test_what_is_promised_may_differ_by_path() -> None:
    plan = Offset.model_construct(fraction=np.array([0.1, 0.0]), tiers=None)
    assert plan.promised(np.full(2, 20e6)).tolist() == [2e6, 0.0]


def test_a_gross_one_is_a_fraction_of_what_debt_leaves_or_of_all() -> None:
    assert carved(22e6, GROSS, debt=DEBT) == pytest.approx(2e6, rel=1e-14)
    assert carved(22e6, {**GROSS, "base": "before_debt"}, debt=DEBT) == pytest.approx(2.2e6, rel=1e-14)
    assert carved(2.1e6, {**GROSS, "base": "before_debt"}, debt=DEBT) == pytest.approx(0.1e6, rel=1e-14)
    assert carved(1e6, {**GROSS, "base": "before_debt"}, debt=DEBT) == 0


def test_a_tiered_one_is_the_sum_over_its_bands() -> None:
    assert carved(np.array([0, 10e6, 20e6, 50e6]), TIERED).tolist() == pytest.approx([0, 1e6, 2e6, 3.8e6], rel=1e-14)


@pytest.mark.parametrize(
    ("proceeds", "expected"),
    [
        (
            4e6,
            0.4e6,
        ),  # the preference takes the rest: Ada has nothing for her shares, and is paid all that she is promised
        (5.5e6, 0.55e6 - 0.0),  # 4.95M is left, below the preference
        (7e6, 0.0),  # of the 2M above the preference she has 1.5M, more than the 0.7M that she is promised
    ],
)
def test_an_offset_one_tops_up_what_its_recipients_have(proceeds: float, expected: float) -> None:
    assert carved(proceeds, OFFSET) == pytest.approx(expected, abs=1e-6)


def test_between_an_offset_one_makes_what_its_recipients_have_what_they_were_promised() -> None:
    # Of 5.7M she is promised 0.57M. With x she has x and three quarters of 5.7 - x - 5: x = 0.045 / 0.25 = 0.18M.
    found = settled(5.7e6, carve_out=OFFSET)
    assert found.first.carve_out == pytest.approx(0.18e6, rel=1e-12)
    assert found.first.carve_out + paid_to(found, "Ada") == pytest.approx(0.57e6, rel=1e-12)
    assert paid_to(found, "Bo") == pytest.approx(0.13e6, rel=1e-12)


def test_the_shares_of_several_recipients_are_counted_together() -> None:
    both = {**OFFSET, "fraction": None, "recipients": ["Ada", "Bo"], "tiers": TIERED["tiers"]}
    given_terms = {key: value for key, value in both.items() if value is not None}
    # All common shares are theirs: with x they have x and 5.4 - x - 5, so 0.4M of the 0.54M, until x takes of the preference.
    assert carved(5.4e6, given_terms) == pytest.approx(0.54e6, rel=1e-12)
    assert carved(6e6, given_terms) == 0


def test_it_is_paid_at_the_exits_that_it_names() -> None:
    sale = {**GROSS, "paid_at": ["acquisition"]}
    costs = {"fraction": "2%", "fixed": "600k USD", "paid_at": ["ipo"]}
    sold = settled(20e6, carve_out=sale, transaction_costs=costs)
    listed = settled(20e6, "ipo", carve_out=sale, transaction_costs=costs)
    assert [float(each.first.carve_out) for each in (sold, listed)] == pytest.approx([2e6, 0.0])
    assert [float(each.first.transaction_costs) for each in (sold, listed)] == pytest.approx([0.0, 1e6])


def test_costs_are_never_more_than_the_exit_pays_and_come_before_debt() -> None:
    costs = {"fixed": "1.5M USD", "paid_at": ["acquisition"]}
    found = settled(np.array([1e6, 3e6]), transaction_costs=costs, debt=DEBT)
    assert found.first.transaction_costs.tolist() == [1e6, 1.5e6]
    assert found.first.debt["loan"].tolist() == [0.0, 1.5e6]


carve_outs = st.sampled_from([None, GROSS, TIERED, OFFSET, {**OFFSET, "recipients": ["Ada", "Fund"]}])


@given(
    carve_out=carve_outs,
    base=st.sampled_from(["after_debt", "before_debt"]),
    fraction=st.integers(0, 100),
    exits=st.lists(st.integers(0, 10**11), min_size=2, max_size=6).map(sorted),
)
def test_the_parts_add_up_and_nobody_is_paid_less_of_a_larger_exit(
    carve_out: dict[str, Any] | None, base: str, fraction: int, exits: list[int]
) -> None:
    terms = {} if carve_out is None else {"carve_out": {**carve_out, "base": base}}
    if carve_out and "fraction" in carve_out:
        terms["carve_out"]["fraction"] = f"{fraction}%"
    costs = {"fraction": "1%", "fixed": "100k USD", "paid_at": ["acquisition"]}
    found = settled(np.array(exits) / 1000, debt={"loan": LOAN}, transaction_costs=costs, **terms)
    recipients = (carve_out or {}).get("recipients", ())
    together = found.first.carve_out + sum(paid_to(found, name) for name in recipients)
    others = [paid_to(found, name) for name in ("Ada", "Bo", "Fund") if name not in recipients]
    for row in (found.first.transaction_costs, found.first.debt["loan"], together, *others):
        assert np.all(np.diff(row) >= -1e-12 * exits[-1])
    if carve_out and carve_out["kind"] == "offset":
        promised = np.minimum(fraction / 100 * _base(found, base), found.first.left + found.first.carve_out)
        short = (found.first.carve_out > 0) & (np.abs(together - promised) > 1e-12 * exits[-1])
        assert not short.any()
        assert np.all(together >= promised - 1e-12 * exits[-1])


def _base(found: Any, base: str) -> Any:
    after_debt = found.first.left + found.first.carve_out
    return after_debt if base == "after_debt" else after_debt + found.first.debt["loan"]


@pytest.mark.parametrize(
    ("carve_out", "place", "message"),
    [
        ({**GROSS, "paid_at": ["ipo", "ipo"]}, "paid_at", "named twice"),
        ({**TIERED, "tiers": [{"fraction": "1%"}, {"fraction": "2%"}]}, "tiers[0]", "others follow"),
        ({**TIERED, "tiers": [{"up_to": "1M USD", "fraction": "1%"}]}, "tiers[0]", "the last band has no end"),
        (
            {**TIERED, "tiers": [
                {"up_to": "2M USD", "fraction": "1%"}, {"up_to": "1M USD", "fraction": "1%"}, {"fraction": "2%"}]},
            "tiers[1].up_to",
            "above the one before",
        ),
        ({**OFFSET, "recipients": ["Adda"]}, "recipients[0]", "no holder 'Adda'"),
        ({**OFFSET, "fraction": None}, "", "a fraction, or tiers"),
    ],
)  # fmt: skip
def test_a_carve_out_that_does_not_go_together_is_reported_where_it_stands(
    carve_out: dict[str, Any], place: str, message: str
) -> None:
    terms = {key: value for key, value in carve_out.items() if value is not None}
    ((where, sentence),) = told(carve_out=terms)
    assert where == ".".join(filter(None, ("carve_out", place)))
    assert message in sentence


def test_the_document_states_what_it_is_a_part_of_and_at_which_exits() -> None:
    for key in ("base", "paid_at"):
        with pytest.raises(ValueError, match=f"(?s){key}.*Field required"):
            Gross.model_validate({name: value for name, value in GROSS.items() if name != key})
    assert told(carve_out=OFFSET) == told(carve_out=TIERED) == []
    ((place, _),) = told(transaction_costs={"paid_at": ["ipo"]})
    assert place == "transaction_costs"
