"""The right to walk away: who gains, who pays for it, and a rule that can be typed back."""

import functools
import json

import numpy as np
import pytest
import yaml

from tests.companies import lively, scenario, steady
from tests.training.staged import REACTING, reacting
from valsim.analysis.right_to_walk.decide import decide
from valsim.analysis.right_to_walk.region import formula
from valsim.analysis.right_to_walk.told import told
from valsim.core.errors import SimulationError
from valsim.core.unit import BOOL, ONE, Unit
from valsim.simulate import simulate
from valsim.training.readable import ALWAYS, NEVER, Condition, Rule

FEW = "decisions={policy: trained, decide_for: requisite_holders, training_paths: 8192}"
PATHS = 20_000


@functools.cache
def decided():
    return decide(reacting(FEW), paths=PATHS, threads=1)


@functools.cache
def answer():
    return told(decided())


def test_those_who_decide_gain_and_everybody_else_pays_for_it():
    fund, founder = answer()["holders"]
    assert (fund["holder"], fund["decides"], founder["decides"]) == ("Fund", True, False)
    gain = fund["more"]["trained"]
    assert gain["mean"] > 10 * gain["standard_error"]
    assert gain == answer()["right_to_walk"]
    assert founder["more"]["trained"]["mean"] < -gain["mean"]


def test_holders_add_up_to_everybody():
    for policy in ("myopic", "trained", "rule"):
        parts = [each["more"][policy]["mean"] for each in answer()["holders"]]
        assert sum(parts) == pytest.approx(answer()["everybody"]["more"][policy]["mean"], rel=1e-9)


def test_the_gain_is_of_the_same_paths():
    gain, worth = answer()["right_to_walk"], answer()["deciders_together"]["contractual"]
    assert gain["standard_error"] < 0.5 * worth["standard_error"]
    scales = {name: result.manifest.anchor_scale for name, result in decided().results.items()}
    assert len(set(scales.values())) == 1


def test_chances_are_told_by_tranche_and_policy():
    first = answer()["tranches"][0]["outcomes"]
    assert first["contractual"]["funded"]["mean"] == 1
    assert 0.2 < first["trained"]["walked"]["mean"] < 0.8
    assert sum(each["mean"] for each in first["trained"].values()) == pytest.approx(1)


def test_the_rule_typed_back_decides_the_same_and_keeps_nearly_all():
    rule = yaml.safe_load(answer()["rule"]["document"])["decisions"]
    assert answer()["rule"]["keeps"] > 0.97
    typed = simulate(scenario(REACTING, f"decisions={json.dumps(rule)}"), paths=PATHS, threads=1)
    known = decided().results["rule"].valued["holder", "Fund", "present value"]
    assert np.array_equal(typed.valued["holder", "Fund", "present value"], known)


def test_a_picture_shows_where_they_pay():
    shown = answer()["regions"][0]["picture"]
    pays, across = np.array(shown["pays"]), np.array(shown["across"]["values"])
    assert across[pays].min() > np.quantile(across[~pays], 0.9)
    json.dumps(answer())


def test_rules_are_written_as_formulas():
    units = {"arr": Unit.of("USD") / Unit.of("year"), "growth": ONE, "arr.growth": ONE, "audit": BOOL}
    both = Rule((Condition("arr", 118.4e6), Condition("growth", 0.4512, above=False)), "or")
    assert formula(both, units) == "arr >= 118M USD/year or growth < 45.1%"
    assert formula(Rule((Condition("arr.growth", 1.2712),)), units) == "arr.growth >= 127%"
    assert formula(Rule((Condition("audit", True),)), units) == "audit"
    assert formula(Rule((Condition("audit", True, above=False),)), units) == "not audit"
    assert [formula(each, units) for each in (ALWAYS, NEVER)] == ["1 == 1", "1 == 0"]


def test_where_nothing_is_left_to_choose_that_is_said():
    with pytest.raises(SimulationError, match="nothing to decide"):
        decide(steady(), decide_for="requisite_holders")


def test_a_holder_who_pays_for_nothing_has_nothing_to_decide():
    with pytest.raises(SimulationError, match="nothing to decide for Founder"):
        decide(reacting(FEW), decide_for="Founder")


def test_who_decides_has_to_be_said_by_somebody():
    with pytest.raises(SimulationError, match="does not say who decides"):
        decide(lively())


def test_nobody_is_asked_for_where_there_is_nothing_to_decide():
    with pytest.raises(SimulationError, match="there is nothing to decide: no closing"):
        decide(steady())


def test_waivers_and_defaults_are_decided_too():
    waiver = (
        "rounds.series_b.closings.milestone.if_not_met={probability: 10%, reprice: {probability: 20%, discount: 30%}}"
    )
    few = "decisions={policy: trained, decide_for: requisite_holders, training_paths: 4096}"
    found = told(decide(lively(waiver, few, "horizon=18 months"), paths=3000, threads=1))
    questions = {each["question"]: each for each in found["regions"]}
    assert questions["met"]["alternatives"] == ["fund", "default"]
    assert set(questions["missed"]["rules"]) == {"waive", "reprice"}
    assert {"fund_when", "waive_when", "reprice_when"} <= set(found["rule"]["decisions"])
