"""Every number of the document, with its source."""

import pytest

from tests.companies import lively, steady
from valsim.analysis.assumptions import assumptions, sources
from valsim.core.parameter import parameters

LISTED = "sources={a: {title: A filing, date: 2025-12-01, publisher: Somebody}, b: {title: B, date: 2025-12-02}}"


def by_path(*overrides: str) -> dict[str, dict[str, object]]:
    return {each["path"]: each for each in assumptions(steady(LISTED, *overrides))}


def test_every_number_is_listed_once() -> None:
    listed = [each["path"] for each in assumptions(lively())]
    assert len(listed) == len(set(listed)) == len(list(parameters(lively())))
    assert "rounds.series_b.closings.first.post_money_valuation" in listed


def test_a_number_without_a_source_is_an_assumption() -> None:
    assert by_path()["company.cash"] == {
        "path": "company.cash",
        "value": 10e6,
        "given": "10M USD",
        "unit": "USD",
        "source": "assumption",
    }


def test_a_number_names_its_source_and_its_note() -> None:
    cash = by_path("company.cash={value: 10M USD, source: [a, b], note: as reported}")["company.cash"]
    assert (cash["source"], cash["note"]) == ("a, b", "as reported")


def test_a_conflict_lists_its_readings_with_their_weights() -> None:
    first, second = "{value: 9M USD, source: a, weight: 60%}", "{value: 12M USD, source: b, weight: 40%}"
    cash = by_path(f"company.cash={{conflict: [{first}, {second}]}}")["company.cash"]
    assert cash["source"] == "a, b"
    assert cash["conflict"] == [
        {"value": "9M USD", "source": "a", "weight": 0.6},
        {"value": "12M USD", "source": "b", "weight": 0.4},
    ]


def test_a_distribution_is_listed_at_its_median() -> None:
    growth = next(each for each in assumptions(lively()) if each["path"] == "drivers.cost.plan_error")
    assert growth["value"] == (0.9 * 1.5) ** 0.5
    assert growth["given"] == "lognormal p10 0.9 p90 1.5"
    assert (growth["p10"], growth["p90"]) == pytest.approx((0.9, 1.5), rel=1e-12)
    assert "p10" not in by_path()["company.cash"]


def test_sources_are_listed_without_what_they_do_not_say() -> None:
    assert sources(steady(LISTED)) == {
        "a": {"title": "A filing", "date": "2025-12-01", "publisher": "Somebody"},
        "b": {"title": "B", "date": "2025-12-02"},
    }


def test_a_figure_of_the_package_is_listed_among_the_sources() -> None:
    scenario = steady("company.cash={value: 10M USD, source: fact:fin.dilution}")
    assert sources(scenario)["fact:fin.dilution"]["title"].startswith(
        "new money over post-money valuation, medians by round"
    )
    assert {each["source"] for each in assumptions(scenario)} >= {"fact:fin.dilution", "assumption"}


def test_a_figure_that_is_only_recalled_leaves_its_number_an_assumption_and_says_what_it_is() -> None:
    scenario = steady("company.cash={value: 10M USD, source: fact:vol.ks_beta}")
    cash = next(each for each in assumptions(scenario) if each["path"] == "company.cash")
    assert cash["source"] == "assumption"
    assert "[recalled, not verified]" in sources(scenario)["fact:vol.ks_beta"]["title"]


def test_the_note_of_a_risk_stands_for_its_numbers_that_say_nothing() -> None:
    effect = "{arr.growth: {times: {value: 0.9, note: Its own.}, recovery: 2 years}}"
    risk = f"risks.outage={{probability_per_year: 10%, note: 'Assumption: all of it.', effect: {effect}}}"
    notes = {each["path"]: each.get("note") for each in assumptions(lively(risk))}
    assert notes["risks.outage.probability_per_year"] == "Assumption: all of it."
    assert notes["risks.outage.effect.arr.growth.times"] == "Its own."
    assert notes["risks.outage.effect.arr.growth.recovery"] == "Assumption: all of it."
