"""A number may be written in several forms; what is wrong is placed inside it."""

import numpy as np
import pytest
from pydantic import ValidationError

from valsim.core.block import Block
from valsim.core.parameter import Fraction, Level, Parameter, PositiveMoney


class Deal(Block):
    """Holds numbers."""

    price: PositiveMoney | None = None
    share: Fraction | None = None
    level: Level | None = None


def read(**fields: object) -> Parameter:
    deal = Deal.model_validate(fields)
    return next(getattr(deal, name) for name in fields)


def wrong(**fields: object) -> tuple[tuple[str | int, ...], str, str]:
    """The place, sentence and help of the one error."""
    with pytest.raises(ValidationError) as caught:
        Deal.model_validate(fields)
    (detail,) = caught.value.errors()
    return detail["loc"], detail["msg"], detail.get("ctx", {}).get("help", "")


def reading(value: object, weight: str, **more: object) -> dict[str, object]:
    return {"value": value, "weight": weight, "source": "news", **more}


@pytest.mark.parametrize(
    ("raw", "value"),
    [("700M USD", 7e8), ("$1.5B", 1.5e9), ({"value": "700M USD"}, 7e8), ({"family": "constant", "value": "3 USD"}, 3)],
)
def test_a_known_number_is_a_quantity_or_a_value(raw: object, value: float) -> None:
    number = read(price=raw)
    assert (number.known, number.middle, str(number.unit)) == (True, value, "USD")


def test_a_number_keeps_its_text_its_sources_and_its_note() -> None:
    number = read(price={"value": "700M USD", "source": ["ft", "wsj"], "note": "as reported"})
    assert (number.given, number.sources, number.note) == ("700M USD", ("ft", "wsj"), "as reported")
    assert read(price={"value": "1 USD", "source": "ft"}).sources == ("ft",)
    assert read(price={"value": "1 USD"}).sources == ()


def test_a_distribution_reads_its_quantities_in_one_unit_and_keeps_what_was_written() -> None:
    number = read(price={"family": "lognormal", "p10": "100M USD", "p90": "400M USD", "source": "ft"})
    assert not number.known
    assert number.middle == pytest.approx(2e8, rel=1e-12)
    assert (number.given, str(number.unit), number.sources) == ("lognormal p10 100M USD p90 400M USD", "USD", ("ft",))


def test_a_pure_shape_needs_no_unit() -> None:
    assert str(read(price={"family": "lognormal", "median": "3 USD", "sigma": 0.5}).unit) == "USD"


def test_a_conflict_of_sources_weights_its_readings() -> None:
    number = read(price={"conflict": [reading("4.8B USD", "40%"), reading("10B USD", "60%")]})
    assert number.at(np.array([0.39, 0.41])).tolist() == [4.8e9, 10e9]
    assert number.given == "4.8B USD (40%) | 10B USD (60%)"
    assert [r.sources for r in number.readings] == [("news",), ("news",)]
    assert number.weights == (0.4, 0.6)


def test_a_reading_may_be_a_distribution() -> None:
    drawn = {"family": "uniform", "low": "1 USD", "high": "2 USD", "weight": "50%", "source": "news"}
    number = read(price={"conflict": [drawn, reading("5 USD", "50%")]})
    assert number.at(np.array([0.25, 0.75])).tolist() == pytest.approx([1.5, 5.0])


MONEY = "expected money such as 700M USD"


@pytest.mark.parametrize(
    ("raw", "place", "message"),
    [
        ("lots", (), f"{MONEY}, got 'lots'"),
        (True, (), f"{MONEY}, got true"),
        (["3 USD"], (), f"{MONEY}, got [3 USD]"),
        ("12%", (), f"{MONEY}, got '12%'"),
        (7, (), f"{MONEY}, got '7'"),
        ("0 USD", (), "must be above 0, got '0 USD'"),
        ("-3 USD", (), "must be above 0, got '-3 USD'"),
        ({"note": "?"}, (), f"{MONEY}, or a mapping with one of family, conflict, value, got {{}}"),
        ({"value": "lots"}, ("value",), f"{MONEY}, got 'lots'"),
        ({"value": "3 USD", "sorce": "ft"}, ("sorce",), "unknown key"),
        ({"p10": "1 USD", "p90": "2 USD"}, (), "quantiles need a family: two quantiles fit many distributions"),
        ({"family": "lognormall", "p10": "1 USD"}, ("family",), "unknown family of distribution 'lognormall', expected one of beta, constant, discrete, empirical, lognormal, mixture, normal, pert, triangular, uniform"),
        ({"family": "lognormal", "p10": "some", "p90": "2 USD"}, ("p10",), f"{MONEY}, got 'some'"),
        ({"family": "lognormal", "p10": "1 USD", "p90": "2"}, (), "one distribution has one unit, got p10 in USD, p90 in 1"),
        ({"family": "lognormal", "p10": "1 USD", "p91": "2 USD"}, ("p91",), "unknown key"),
        ({"family": "lognormal", "p10": "-1 USD", "p90": "2 USD"}, ("p10",), "p10 must be above 0, got -1"),
        ({"family": "lognormal", "p10": 1, "p90": 2}, (), f"{MONEY}, got 'lognormal p10 1 p90 2'"),
        ({"family": "normal", "p10": "1 USD", "p90": "2 USD"}, (), "must be above 0, got 'normal p10 1 USD p90 2 USD'"),
        ({"family": "uniform", "low": "1 USD"}, ("high",), "Field required"),
        ({"conflict": "both"}, ("conflict",), "a conflict lists at least two readings, each with its source and weight"),
        ({"conflict": [reading("1 USD", "100%")]}, ("conflict",), "a conflict lists at least two readings, each with its source and weight"),
        ({"conflict": [reading("1 USD", "40%"), {"value": "2 USD", "weight": "60%"}]}, ("conflict", 1), "each reading of a conflict names its source and its weight"),
        ({"conflict": [reading("1 USD", "40%"), reading("2 USD", "50%")]}, ("conflict",), "the weights of a conflict add up to 100 %, got 90 %"),
        ({"conflict": [reading("1 USD", "0%"), reading("2 USD", "100%")]}, ("conflict", 0, "weight"), "expected a weight such as 40%, between 0 and 1, got '0%'"),
        ({"conflict": [reading("1 USD", "heavy"), reading("2 USD", "50%")]}, ("conflict", 0, "weight"), "expected a weight such as 40%, got 'heavy'"),
        ({"conflict": [reading("1 USD", "40%"), reading("12%", "60%")]}, ("conflict", 1), f"{MONEY}, got '12%'"),
        ({"conflict": [reading("1 USD", "40%"), reading("2 EUR", "60%")]}, ("conflict",), "one distribution has one unit, got reading 1 in USD, reading 2 in EUR"),
        ({"conflict": [reading("1 USD", "40%"), reading("much", "60%")]}, ("conflict", 1, "value"), f"{MONEY}, got 'much'"),
        ({"conflict": [reading("1 USD", "40%"), reading("2 USD", "60%", nte="")]}, ("conflict", 1, "nte"), "unknown key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(raw: object, place: tuple[str | int, ...], message: str) -> None:
    at, said, _ = wrong(price=raw)
    assert (at, said) == (("price", *place), message)


@pytest.mark.parametrize(
    ("raw", "help_text"),
    [
        ({"value": "3 USD", "sorce": "ft"}, "did you mean 'source'?"),
        ({"family": "lognormall"}, "did you mean 'lognormal'?"),
        ({"p10": "1 USD", "p90": "2 USD"}, "name it, e.g. family: lognormal"),
        ({"family": "normal", "p10": "1 USD", "p90": "2 USD"}, "give the distribution an at_least"),
        ("3 UDS", "did you mean 'USD'?"),
    ],
)
def test_what_to_do_is_said(raw: object, help_text: str) -> None:
    assert wrong(price=raw)[2] == help_text


def test_a_distribution_that_may_pass_the_ceiling_is_asked_for_a_bound() -> None:
    raw = {"family": "lognormal", "p10": "10%", "p90": "50%"}
    assert wrong(share=raw)[1:] == (
        "must be at most 1, got 'lognormal p10 10% p90 50%'",
        "give the distribution an at_most",
    )
    assert read(share={**raw, "at_most": "90%"}).at(np.asarray(1 - 1e-12)) <= 0.9


def test_a_level_may_have_any_unit() -> None:
    assert str(read(level="900 ms").unit) == "ms"
    assert wrong(level="fast")[1] == "expected a quantity such as 9.9M, 30M USD/year or 900 ms, got 'fast'"
