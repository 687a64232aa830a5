"""A word or a path leads to what it means."""

import re

import pytest
import yaml

from tests.companies import steady
from valsim.core.expression.evaluate import FUNCTIONS
from valsim.core.expression.tokens import KEYWORDS
from valsim.core.policy import OFFERED
from valsim.drivers.process import Process
from valsim.evidence.ranges import GRADES, all_evidence
from valsim.manual.explain import explained
from valsim.manual.lookup import look_up, nearest, words
from valsim.manual.schema import scenario_schema
from valsim.scenario.rules.row_units import derived_units

LINES = 100


def keys(text: str) -> list[str]:
    return [name for key in look_up(text).keys for name in key.names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("decaying_growth.persistence", ["decaying_growth.persistence"]),
        ("captable.classes.series_a.participation", ["preferred.participation"]),
        ("captable.classes.*.participation", ["preferred.participation"]),
        ("participation", ["preferred.participation", "rounds.*.drawn_terms.*.series.participation"]),
        ("rounds[0].closings[1].default.wrong_way", ["rounds.*.closings.*.default.wrong_way"]),
        ("closing.default.wrong_way", ["rounds.*.closings.*.default.wrong_way"]),
        ("company.cash", ["company.cash"]),
        ("as_of", ["as_of", "captable file.as_of"]),
        ("lock_up", ["ipo.lock_up"]),
    ],
)
def test_a_key_is_found_by_its_path_its_block_or_its_name(text, names):
    assert keys(text) == names


def test_a_path_into_the_authors_own_names_finds_the_key_of_every_kind():
    assert {"decaying_growth.growth", "plan.growth"} <= set(keys("drivers.users.growth"))
    assert keys("drivers.users.seniority") == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("lognormal", ["lognormal"]),
        ("mean_reverting", ["mean_reverting"]),
        ("closing", ["rounds.*.closings.*"]),
        ("company", ["company"]),
        ("captable", ["captable"]),
    ],
)
def test_a_block_is_found_by_its_kind_or_its_place(text, titles):
    assert [page.title for page in look_up(text).pages] == titles


@pytest.mark.parametrize("family", ["driver", "distribution", "security", "exit", "purchase", "multiple"])
def test_a_family_lists_its_kinds(family):
    (found,) = look_up(family).families
    shown = explained(look_up(family), LINES)
    assert all(f"  {kind}: " in shown for kind in found.kinds)


def test_every_word_of_formulas_is_explained():
    known = {group: {word.name for word in words() if word.what == group} for group in {word.what for word in words()}}
    assert known["a function of formulas"] == set(FUNCTIONS)
    assert known["a word of formulas"] == KEYWORDS
    uses = "use_of_proceeds={research: {share: 100%, spent_over: 1 year}}"
    in_kind = "compute_credits={pay_for: revenue, opening: {A: {amount: 1 USD, expires: 2027-01-01}}}"
    derived = {row.split(".")[0] for row in derived_units(steady(uses, in_kind))}
    examples = (Process.choose(yaml.safe_load(kind.example)) for kind in Process.kinds.values())
    told = {reading for process in examples for reading in process.readings}
    assert known["a row of the formulas of a decision"] == set(OFFERED)
    assert known["a row of formulas"] == {"cash", "debt", "multiple", *derived, *told}


def test_a_tag_is_told_once():
    assert look_up("kind").keys == ()
    assert "lists them" in explained(look_up("kind"), LINES)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("senority", "seniority"),
        ("lognorml", "lognormal"),
        ("preferred.senority", "preferred.seniority"),
        ("drivers.users.grwoth", "growth"),
    ],
)
def test_a_miss_suggests_the_nearest_word_first(text, near):
    assert not look_up(text)
    assert nearest(text)[0] == near
    assert len(nearest(text)) <= 3


def test_what_is_near_to_nothing_suggests_nothing():
    assert not look_up("zzzzzzz")
    assert nearest("zzzzzzz") == ()


def test_a_key_is_told_with_what_may_stand_there_and_what_is_known():
    assert explained(look_up("preferred.seniority"), LINES).splitlines()[:4] == [
        "preferred.seniority",
        "  The rank of the preference: a higher number is paid first, equal ones pro rata.",
        "  Holds: a plain number (required)",
        "  Example: seniority: 1",
    ]
    assert "  Evidence: 25%, 28%, 63% (grade B): venture deals in which" in explained(
        look_up("preferred.seniority"), LINES
    )


@pytest.mark.parametrize("text", ["decaying_growth.persistence", "closing", "driver", "volatility", "name", "runway"])
def test_nothing_is_wider_than_the_terminal(text):
    assert max(map(len, explained(look_up(text), 80).splitlines())) <= 80


@pytest.mark.parametrize("each", all_evidence(), ids=lambda each: each.what)
def test_evidence_is_about_a_key_that_exists_and_graded(each):
    assert [key for key in each.about if not look_up(key)] == []
    assert each.grade in GRADES
    assert "recalled" not in each.text


@pytest.mark.parametrize("each", all_evidence(), ids=lambda each: each.what)
def test_evidence_says_of_which_companies_it_is(each):
    assert re.search(r"\bAI\b|software|venture|private company|technologies", each.what)


@pytest.mark.parametrize(
    ("key", "example"),
    [
        ("closing.price_per_share", "price_per_share: 4.25 USD"),
        ("closing.probability", "probability: 95%"),
        ("preferred.new_money", "new_money: 20M USD"),
        ("common.post_money_valuation", "post_money_valuation: 120M USD"),
        ("acquisition.probability_per_year", "probability_per_year: 6%"),
        ("cash_flow", "cash_flow: arr * gross_margin - operating_cost"),
        ("horizon", "horizon: 8 years"),
        ("constant.unit", "unit: USD/year"),
        ("secondary.fees", "fees: 2%"),
        ("primary.carry", "carry: 10%"),
    ],
)
def test_an_example_is_of_a_size_that_such_a_key_has(key, example):
    assert look_up(key).keys[0].entry.example == example


@pytest.mark.parametrize("text", ["effect", "risk", "signal"])
def test_an_effect_is_shown_in_its_short_form(text):
    assert '"* 0.85 decaying over 3 years"' in explained(look_up(text), 800)


@pytest.mark.parametrize(
    ("family", "told"),
    [
        ("lognormal", "two quantiles"), ("normal", "two quantiles"), ("beta", "two quantiles"),
        ("triangular", "three quantiles"), ("pert", "three quantiles"), ("uniform", "it takes no quantiles"),
    ],
)  # fmt: skip
def test_a_family_says_how_many_quantiles_it_takes(family, told):
    assert told in explained(look_up(family), 800)


def test_an_editor_shows_evidence_too():
    shown = scenario_schema()["definitions"]["DecayingGrowth"]["properties"]["persistence"]["markdownDescription"]
    assert "44 public software companies" in shown
