"""Pay-to-play as a document writes it, and what is refused."""

from tests.companies import STEADY
from tests.scenario.found import one

CLASS = "captable.classes.series_a"
RIGHT = f"{CLASS}.pro_rata={{base: preferred, probability: 80%}}"


def test_what_holders_have_to_pay_is_the_part_that_they_have_a_right_to() -> None:
    assert one(STEADY, f"{CLASS}.pay_to_play={{rounds: all, consequence: convert_to_common}}") == (
        f"{CLASS}.pay_to_play",
        "what holders have to pay is their pro-rata part, and the class has no pro-rata right",
    )


def test_the_rounds_are_named() -> None:
    place, message = one(STEADY, RIGHT, f"{CLASS}.pay_to_play={{consequence: convert_to_common}}")
    assert (place, message) == (f"{CLASS}.pay_to_play.rounds", "required, but not given")


def test_an_unknown_consequence_is_told_those_there_are() -> None:
    place, message = one(STEADY, RIGHT, f"{CLASS}.pay_to_play={{rounds: all, consequence: dilution}}")
    assert place == f"{CLASS}.pay_to_play.consequence"
    assert message == (
        "unknown kind of consequence 'dilution', expected one of convert_to_common, lose_anti_dilution, none"
    )


def test_a_ratio_of_conversion_is_a_plain_number() -> None:
    consequence = "{kind: convert_to_common, preferred_per_common: 10 USD}"
    place, _ = one(STEADY, RIGHT, f"{CLASS}.pay_to_play={{rounds: all, consequence: {consequence}}}")
    assert place == f"{CLASS}.pay_to_play.consequence.preferred_per_common"
