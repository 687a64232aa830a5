"""A starter loads, runs, and is honest about where its numbers come from."""

from datetime import date

import numpy as np
import pytest

from valsim.analysis.health import ERROR, health
from valsim.core.parameter import parameters
from valsim.manual.starters import starter, starters
from valsim.run import last_round
from valsim.scenario.load import parse_document, scenario_of
from valsim.simulate import simulate

NAMES = list(starters())
DAY = date(2027, 2, 28)


def scenario(name: str, *overrides: str):
    return scenario_of(parse_document(starter(name, DAY), f"{name}.yaml", overrides))


def test_the_plainest_comes_first():
    assert NAMES[0] == "starter"


@pytest.mark.parametrize("name", NAMES)
def test_a_starter_says_in_a_sentence_or_two_what_it_is(name):
    assert starters()[name].endswith(".")
    assert len(starters()[name]) < 160


@pytest.mark.parametrize("name", NAMES)
def test_a_starter_is_healthy_and_as_it_stands_its_last_class_is_worth_about_its_price(name):
    # To solve the anchor would play ten times as many paths; a scale far from 1 shows in the price as well.
    result = simulate(scenario(name, "valuation.anchor=none"), paths=4_000)
    told = health(result)
    error = told.pop("relative_standard_error_of_present_value")
    assert error * (4_000 / result.scenario.simulation.paths) ** 0.5 < ERROR
    assert [note for note in told["notes"] if "use more paths" not in note] == []
    paid = last_round(result.scenario)
    worth = float(np.mean(result.valued["class", paid.name, "present value per share"]))
    assert 0.7 < worth / paid.price < 1.4


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_starter_says_what_it_rests_on(name):
    numbers = ((path, number) for path, number in parameters(scenario(name)) if not number.readings)
    silent = [path for path, number in numbers if not number.sources and not number.note]
    # Formulas aside, only what is no claim about the world may go without: the length of the run, an effect's short form.
    assert [path for path in silent if path[0] != "horizon" and path[-1] not in {"times", "plus", "recovery"}] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_date_of_a_starter_moves_with_its_day(name):
    earlier, later = (scenario_of(parse_document(starter(name, day))) for day in (DAY, date(2028, 2, 28)))
    assert (earlier.as_of, later.as_of) == (DAY, date(2028, 2, 28))
    assert [(a.last - b.last).days for a, b in zip(later.tranches, earlier.tranches, strict=True)] == [365] * len(
        earlier.tranches
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_finds_the_schema_by_the_first_line(name):
    assert starter(name, DAY).splitlines()[0] == "# yaml-language-server: $schema=valsim.schema.json"
