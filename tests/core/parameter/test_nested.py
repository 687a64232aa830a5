"""The numbers inside a distribution are read as any other: with units, and with complaints at their place."""

import numpy as np
import pytest

from tests.core.parameter.test_forms import MONEY, read, wrong

NORMAL = {"family": "normal", "mean": "5M USD", "standard_deviation": "1M USD"}


def discrete(**values: object) -> dict[str, object]:
    return {"family": "discrete", "values": values}


def mixture(*components: object) -> dict[str, object]:
    return {"family": "mixture", "components": list(components)}


def empirical(*values: object, **more: object) -> dict[str, object]:
    return {"family": "empirical", "values": list(values), **more}


def test_a_discrete_number_lists_its_values_with_their_probabilities() -> None:
    number = read(price={**discrete(**{"10M USD": "25%", "30M USD": 0.75}), "source": "ft"})
    assert number.at(np.array([0.2, 0.3])).tolist() == [10e6, 30e6]
    assert (number.given, str(number.unit), number.sources) == (
        "discrete 10M USD (25%), 30M USD (0.75)",
        "USD",
        ("ft",),
    )


def test_a_mixture_lists_values_and_distributions_with_their_weights() -> None:
    number = read(
        price=mixture({"weight": "30%", "value": "1M USD"}, {"weight": "70%", **NORMAL, "at_least": "4M USD"})
    )
    assert number.at(np.array([0.29, 0.31]))[0] == 1e6
    assert number.at(np.array([0.29, 0.31]))[1] > 4e6
    assert number.given == "mixture 1M USD (30%) | normal mean 5M USD standard_deviation 1M USD at_least 4M USD (70%)"


def test_a_mixture_may_hold_a_mixture() -> None:
    inner = mixture({"weight": "50%", "value": "1 USD"}, {"weight": "50%", "value": "2 USD"})
    number = read(price=mixture({"weight": "50%", **inner}, {"weight": "50%", "value": "3 USD"}))
    assert number.at(np.array([0.2, 0.3, 0.6])).tolist() == [1.0, 2.0, 3.0]
    assert number.given == "mixture mixture 1 USD (50%) | 2 USD (50%) (50%) | 3 USD (50%)"


def test_a_sample_is_a_list_of_values() -> None:
    number = read(share=empirical("10%", "20%", 0.4, sample="churn since 2023"))
    assert number.at(np.array([0.5])).tolist() == pytest.approx([0.2])
    assert number.given == "empirical 10%, 20%, 0.4 (churn since 2023)"
    assert read(share=empirical(*np.linspace(0, 1, 9).tolist())).given == "empirical 9 values"


def test_a_number_knows_whether_it_was_written_as_a_percentage() -> None:
    assert read(share=discrete(**{"10%": "40%", "20%": "60%"})).percentage
    assert not read(share=discrete(**{"0.1": "40%", "0.2": "60%"})).percentage
    assert read(share=mixture({"weight": 0.5, "value": "10%"}, {"weight": 0.5, "value": 0.2})).percentage


@pytest.mark.parametrize(
    ("raw", "place", "message"),
    [
        ({"family": "discrete", "values": [1, 2]}, ("values",), "expected each value with its probability, got [1, 2]"),
        (discrete(lots="40%"), ("values", "lots", "[key]"), f"{MONEY}, got 'lots'"),
        (discrete(**{"1 USD": "often"}), ("values", "1 USD"), "expected a plain number such as 0.4 or 40%, got 'often'"),
        (discrete(**{"1 USD": "40 USD"}), ("values", "1 USD"), "expected a plain number such as 0.4 or 40%, got '40 USD'"),
        (discrete(**{"1 USD": 0.5, "1.0 USD": 0.5}), ("values", "1.0 USD", "[key]"), "the value 1.0 USD is listed twice"),
        (discrete(**{"1 USD": 0.5, "2 EUR": 0.5}), (), "one distribution has one unit, got 1 USD in USD, 2 EUR in EUR"),
        (discrete(**{"1 USD": 0.5, "2 USD": 0.4}), (), "the probabilities of the values add up to 100 %, got 90 %"),
        ({"family": "lognormal", "median": "3 USD", "sigma": "1 USD"}, ("sigma",), "expected a plain number such as 0.4 or 40%, got '1 USD'"),
        ({"family": "mixture", "components": "both"}, ("components",), "expected a list of components, each with its weight, got 'both'"),
        (mixture({"value": "1 USD"}), ("components", 0), "each component of a mixture states its weight"),
        (mixture("1 USD"), ("components", 0), "each component of a mixture states its weight"),
        (mixture({"weight": "30%"}), ("components", 0), "expected a value or a distribution that names its family, got {}"),
        (mixture({"weight": "30%", "value": "much"}), ("components", 0, "value"), f"{MONEY}, got 'much'"),
        (mixture({"weight": "30%", "value": "1 USD", "note": "?"}), ("components", 0, "note"), "a part has no source of its own"),
        (mixture({"weight": "30%", **NORMAL, "mean": "?"}), ("components", 0, "mean"), f"{MONEY}, got '?'"),
        (mixture({"weight": "30%", "family": "norm"}), ("components", 0, "family"), "unknown family of distribution 'norm', expected one of beta, constant, discrete, empirical, lognormal, mixture, normal, pert, triangular, uniform"),
        (mixture({"weight": 0.5, "value": "1 USD"}, {"weight": 0.5, "value": "2"}), (), "one distribution has one unit, got component 1 in USD, component 2 in 1"),
        (empirical("1 USD", "much"), ("values", 1), f"{MONEY}, got 'much'"),
        (empirical("1 USD", "2 EUR"), (), "one distribution has one unit, got value 1 in USD, value 2 in EUR"),
        ({"family": "empirical", "values": "1 USD"}, ("values",), "expected a list of values, got '1 USD'"),
        (empirical("1 USD", "1 USD"), (), "a sample has at least two different values"),
        (empirical("-1 USD", "2 USD"), (), "must be above 0, got 'empirical -1 USD, 2 USD'"),
    ],
)  # fmt: skip
def test_what_is_wrong_inside_is_said_at_its_place(raw: object, place: tuple[str | int, ...], message: str) -> None:
    at, said, _ = wrong(price=raw)
    assert (at, said) == (("price", *place), message)
