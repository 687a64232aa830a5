import numpy as np
import pytest

from tests.published.cases import called, cases
from tests.value.fair_value.test_diagram import GROWING, VETO, exits
from valsim.contract.contract import Contract
from valsim.core.parameter import at_medians
from valsim.value.fair_value.by_class import Priced
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.drawn_exit import cells
from valsim.value.fair_value.fair_value import value_by_class
from valsim.value.fair_value.method import Method

VALUES = np.array([2e6, 2e7, 3e8, 5e9])
CASES = cases("unicorns", "unicorn")


def method(kind="simulation", **terms):
    return at_medians(Method.choose({"kind": kind, **terms}))


def unicorn(case):
    """The exits of a published cap table, and the price that was paid last."""
    contract = Contract.read(case["captable"])
    price = contract.table.ledger.series[case["priced"]].original_issue_price
    return Exits(contract.table, contract.day(None)), Priced(case["priced"], float(price))


@pytest.mark.parametrize("text", [VETO, GROWING], ids=["a veto and a debt", "a dividend that grows"])
def test_everybody_is_worth_what_the_integral_says(text: str):
    found = exits(text)
    exact, drawn = (method(kind).present_values(found, VALUES) for kind in ("exit_mix", "simulation"))
    for i, value in enumerate(VALUES):
        for name, parts in method().noise(found, value).items():
            assert abs(drawn[name][i] - exact[name][i]) < 4 * np.sqrt(np.sum(parts**2)) + 2e-5 * value


def test_everybody_together_is_worth_the_company_to_the_last_digits():
    worth = method(paths=1024).present_values(exits(VETO), VALUES)
    np.testing.assert_allclose(sum(worth.values()), VALUES, rtol=1e-12)


def test_one_seed_gives_the_same_bits_and_another_other_ones():
    found = exits(VETO)
    first, again, other = (method(seed=seed, paths=4096).present_values(found, VALUES) for seed in (1, 1, 2))
    assert first["common"].tobytes() == again["common"].tobytes() != other["common"].tobytes()


@pytest.mark.parametrize("case", CASES, ids=called)
def test_a_published_fair_value_has_a_standard_error_below_a_thousandth(case):
    found, priced = unicorn(case)
    exact, drawn = (value_by_class(found, priced, method(kind)) for kind in ("exit_mix", "simulation"))
    assert 0 < drawn.standard_error < 0.001 * drawn.fair_value
    assert abs(drawn.fair_value - exact.fair_value) < 4 * drawn.standard_error
    for name, worth in drawn.classes.items():
        assert abs(worth.value - exact.classes[name].value) <= 4 * worth.standard_error + 1e-9 * worth.value
    assert drawn.classes[priced.name].standard_error == pytest.approx(0.0, abs=1.0)


def test_intervals_of_95_percent_hold_the_fair_value_as_often_as_they_say():
    found, priced = unicorn(next(case for case in CASES if "ratchet" in called(case)))
    exact = value_by_class(found, priced, method("exit_mix")).fair_value
    drawn = [value_by_class(found, priced, method(seed=seed, paths=2048)) for seed in range(200)]
    held = [abs(each.fair_value - exact) < 1.96 * each.standard_error for each in drawn]
    assert 0.92 <= np.mean(held) <= 0.98


def test_plain_paths_of_a_value_without_a_variance_miss_it_far_more_often_than_they_say():
    # The reason for the control variate: exp(-r T) X_T has the mean X_0, and no variance where volatility^2 >= exit_rate.
    chance = np.random.default_rng(5)
    years, z = chance.exponential(4.0, (200, 20_000)), chance.standard_normal((200, 20_000))
    value = np.exp(-0.405 * years + 0.9 * np.sqrt(years) * z)
    error = value.std(axis=1, ddof=1) / np.sqrt(value.shape[1])
    assert np.mean(np.abs(value.mean(axis=1) - 1) < 1.96 * error) < 0.85


@pytest.mark.parametrize("count", [1, 2, 3, 512, 1000])
def test_strata_cover_the_square_once_in_cells_of_one_size(count: int):
    (low, high), (left, right) = cells(count)
    np.testing.assert_allclose((high - low) * (right - left), 1 / count, rtol=1e-12)
    for x, y in np.random.default_rng(0).random((50, 2)):
        assert np.sum((low <= x) & (x < high) & (left <= y) & (y < right)) == 1


def test_too_few_paths_are_refused():
    (problem,) = method(paths=1000).problems(None)
    assert problem.path == ("paths",)
    assert "at least 1,024" in problem.message


def test_an_odd_path_is_left_out():
    found = exits(VETO)
    even, odd = (method(paths=paths).present_values(found, VALUES)["common"] for paths in (2048, 2049))
    assert even.tobytes() == odd.tobytes()


def test_a_value_that_falls_below_every_number_leaves_a_standard_error():
    # At a volatility of 2,000 % most exits are worth less than the smallest number there is.
    noise = method(volatility=20.0, paths=2048).noise(exits(VETO), 2e7)
    assert all(np.isfinite(row).all() for row in noise.values())
