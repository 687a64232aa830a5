"""Contracts that come and end one by one have the moments of shot noise, whatever the steps."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drivers.process.playing import STEPS, later, process, standard_errors
from tests.drivers.process.test_process import CONTEXT
from valsim.core.amount import FrequencyAmount
from valsim.core.expression import Expression
from valsim.drivers.process import Process

WON = {
    "kind": "contract_arrivals", "start": "12M USD/year", "contracts": "8", "arrivals": "5 per year",
    "size": "2M USD/year", "size_variation": "1.5", "churn": "30%",
}  # fmt: skip
ENDING = -np.log(0.7)
YEARS_LEFT = (1 - 0.7) / ENDING
"""Of a year of arrivals, the years that are still there at its end."""


def begun(**changes: object) -> Process:
    return process({**WON, **changes}).begun(date(2026, 1, 1))


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_after_a_year_it_has_its_closed_form_moments_within_four_standard_errors(lengths: list[float]) -> None:
    level = later(begun(), lengths).level({})
    mean = 12e6 * 0.7 + 5 * 2e6 * YEARS_LEFT
    # Of n gamma sizes of shape k that add up to S, E[sum of squares] = S^2 (k + 1) / (n k + 1).
    k = 1 / 1.5**2
    variance = 12e6**2 * (k + 1) / (8 * k + 1) * 0.7 * 0.3 + 5 * YEARS_LEFT * 2e6**2 * (1 + 1.5**2)
    assert standard_errors(level, mean) < 4
    assert standard_errors((level - mean) ** 2, variance) < 4


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_after_a_year_so_many_are_in_force_whatever_the_steps(lengths: list[float]) -> None:
    number = later(begun(), lengths).in_force
    mean = 8 * 0.7 + 5 * YEARS_LEFT
    assert standard_errors(number, mean) < 4
    assert standard_errors((number - mean) ** 2, 8 * 0.7 * 0.3 + 5 * YEARS_LEFT) < 4


def test_in_the_long_run_the_level_is_shot_noise_within_four_standard_errors() -> None:
    settled = later(begun(), [4.0] * 6)
    mean, variance = 5 * 2e6 / ENDING, 5 * 2e6**2 * (1 + 1.5**2) / ENDING
    assert standard_errors(settled.level({}), mean) < 4
    assert standard_errors((settled.level({}) - mean) ** 2, variance) < 4
    assert standard_errors((settled.in_force - 5 / ENDING) ** 2, 5 / ENDING) < 4


def test_without_churn_contracts_only_come() -> None:
    level = later(begun(churn="0%"), [0.25] * 4).level({})
    assert level.min() >= 12e6
    assert standard_errors(level, 12e6 + 5 * 2e6) < 4
    assert standard_errors((level - 22e6) ** 2, 5 * 2e6**2 * (1 + 1.5**2)) < 4


def test_contracts_that_are_all_alike_make_a_level_of_whole_ones() -> None:
    after = later(begun(size_variation="0", start="16M USD/year"), [0.25] * 4)
    np.testing.assert_allclose(after.level({}), 2e6 * after.in_force, rtol=1e-12)
    assert {3.0, 8.0, 15.0} <= set(after.in_force.tolist())


def test_the_size_of_one_contract_has_the_stated_mean_and_variation_within_four_standard_errors() -> None:
    after = later(begun(start="0 USD/year", contracts="0", arrivals="1 per year", churn="0%"), [1.0])
    one = after.level({})[after.in_force == 1]
    assert standard_errors(one, 2e6) < 4
    assert standard_errors((one - 2e6) ** 2, (1.5 * 2e6) ** 2) < 4


def test_a_company_without_contracts_has_none_until_one_comes() -> None:
    empty = begun(start="0 USD/year", contracts="0", arrivals="0 per year")
    assert later(empty, [1.0]).level({}).max() == 0.0
    assert standard_errors((later(begun(start="0 USD/year", contracts="0"), [0.1]).level({}) == 0) * 1.0, np.exp(-5 * 0.1 * (1 - 0.7**0.1) / (0.1 * ENDING))) < 4  # fmt: skip


def test_arrivals_may_be_a_formula_such_as_tenders_times_the_part_that_is_won() -> None:
    tendered = begun(arrivals="tenders * win_rate", churn="0%")
    assert tendered.reads == {"tenders", "win_rate"}
    number = later(tendered, [1.0], {"tenders": np.asarray(40.0), "win_rate": np.asarray(0.25)}).in_force
    assert standard_errors(number, 18.0) < 4
    assert later(tendered, [1.0], {"tenders": np.asarray(-9.0), "win_rate": np.asarray(1.0)}).in_force.max() == 8.0


def test_a_step_without_length_changes_nothing() -> None:
    after = later(begun(), [0.0])
    assert (set(after.in_force.tolist()), set(after.level({}).tolist())) == ({8.0}, {12e6})


@given(st.floats(0, 1), st.floats(0, 60), st.floats(0, 4), st.floats(0, 0.999), st.integers(0, 2**31))
def test_no_draw_gives_a_level_below_zero_or_a_part_of_a_contract(dt, arrivals, variation, churn, seed) -> None:
    shocks = np.random.default_rng(seed).standard_normal((4, 8))
    after = begun(arrivals=f"{arrivals} per year", size_variation=variation, churn=churn).advance(dt, shocks, {})
    assert np.isfinite(after.start).all()
    assert ((after.start > 0) == (after.in_force > 0)).all()
    assert (after.in_force == np.round(after.in_force)).all()


def problems(**changes: object) -> list[tuple[object, str]]:
    context = SimpleNamespace(**vars(CONTEXT), amount=told)
    return [(problem.path, problem.message) for problem in Process.choose({**WON, **changes}).problems(context)]


def told(path, value, unit):
    return CONTEXT.formula(path, value, unit) if isinstance(value, Expression) else iter(())


def test_arrivals_are_asked_for_in_a_number_per_year_and_sizes_in_the_unit_of_the_level() -> None:
    assert problems() == []
    assert problems(arrivals="bids * 2") == [(("arrivals",), "bids * 2 in 1/year")]
    assert problems(size="2M USD") == [(("size",), "expected a level in USD/year, got '2M USD'")]
    with pytest.raises(ValueError, match=r"expected a number per year such as 0.6 per year, got '5'"):
        FrequencyAmount.__metadata__[0].parse("5")


def test_a_level_without_contracts_is_a_problem_and_so_are_contracts_without_a_level() -> None:
    message = "the level starts at 12M USD/year, and 0 contracts make it up"
    assert problems(contracts="0") == [(("contracts",), message)]
    assert [path for path, _ in problems(start="0 USD/year")] == [("contracts",)]
    assert problems(start="0 USD/year", contracts="0") == []
