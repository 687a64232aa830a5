"""A key with a slip of the pen, a list for a mapping and keys indented too little are each told as the one mistake they are."""

import pytest

from tests.companies import STEADY, scenario
from valsim.core.errors import ScenarioError


def wrong(*edits: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The place, the sentence and the advice of each problem of the company in which nothing moves, changed as text."""
    text = STEADY
    for said, instead in edits:
        assert said in text
        text = text.replace(said, instead)
    with pytest.raises(ScenarioError) as caught:
        scenario(text)
    return [(problem.place, problem.message, problem.help) for problem in caught.value.problems]


def test_a_needed_key_that_is_misspelt_is_one_problem() -> None:
    assert wrong(("risk_free", "riskfree")) == [("measure.riskfree", "unknown key", "did you mean 'risk_free'?")]


def test_a_needed_key_that_is_missing_beside_another_unknown_one_is_told() -> None:
    assert sorted(wrong(("risk_free: 4%", "xyzzy: 4%"))) == [
        ("measure.risk_free", "required, but not given", ""),
        ("measure.xyzzy", "unknown key", ""),
    ]


@pytest.mark.parametrize(
    ("said", "instead", "place", "example"),
    [
        (
            "debt: 0 USD}",
            "debt: 0 USD}\nrisks: [theft]",
            "risks",
            "e.g. {a name: {probability_per_year: 10%, effect: {",
        ),
        (
            "company: {name: Steady Inc, cash: 10M USD, debt: 0 USD}",
            "company: 3",
            "company",
            "e.g. {name: Example Company,",
        ),
        ("debt: 0 USD}", "debt: 0 USD}\npositions: {me: 3}", "positions.me", "e.g. {kind: primary, "),
        (
            "debt: 0 USD}",
            "debt: 0 USD}\npositions: {me: [{kind: primary}]}",
            "positions.me",
            "write the mapping itself, without - or brackets around it",
        ),
    ],
)
def test_what_is_no_mapping_is_answered_with_one(said: str, instead: str, place: str, example: str) -> None:
    ((told, message, advice),) = wrong((said, instead))
    assert told == place
    assert message.startswith("expected a mapping")
    assert advice.startswith(example)


def test_keys_that_are_indented_too_little_are_told_at_the_name_above_them() -> None:
    stray = "  revenue:\n  kind: constant\n  value: 100M USD/year\n  unit: USD/year\n"
    found = wrong(("  revenue: {kind: constant, value: 100M USD/year, unit: USD/year}\n", stray))
    assert found == [("drivers.revenue", "nothing stands below it", "indent the lines that follow deeper than it")]


def test_a_driver_with_nothing_below_it_is_told_as_before_where_no_key_of_it_follows() -> None:
    ((place, message, _),) = wrong(("drivers:\n", "drivers:\n  price:\n"))
    assert place == "drivers.price"
    assert message.startswith("expected a mapping that names its kind")


@pytest.mark.parametrize(("family", "others"), [("lognormal", "pert, triangular"), ("triangular", "pert")])
def test_three_quantiles_that_no_member_meets_are_answered_with_the_families_that_take_three(
    family: str, others: str
) -> None:
    cash = f"{{family: {family}, p10: 10M USD, p50: 11M USD, p90: 90M USD}}"
    ((_, _, advice),) = wrong(("cash: 10M USD", f"cash: {cash}"))
    assert advice.endswith(f"or name a family that takes 3: {others}")


def test_a_name_of_a_formula_that_is_near_no_driver_is_to_be_added() -> None:
    ((_, message, advice),) = wrong(("cash_flow: revenue * 0", "cash_flow: xyzzy * 0"))
    assert (message, advice) == ("unknown name 'xyzzy'", "add it under drivers, or name one that is there")
