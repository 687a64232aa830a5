"""Mistakes by the thousand give no traceback and are never accepted with another meaning; see ``mutations.py``."""

from pathlib import Path

import pytest

from tests.companies import LIVELY, STEADY, scenario
from tests.scenario.mistakes import MUTATIONS
from tests.scenario.mutations import RICH, ROOT, judged, mutants
from tests.scenario.oracle import differences
from valsim.scenario.load import load

FULL_RUN, SAMPLE = 100_000, 900
"""The full run takes the seeds from 0; the sample of the suite those behind it."""


@pytest.mark.parametrize("start", range(FULL_RUN, FULL_RUN + SAMPLE, SAMPLE // 6))
def test_no_mutant_gives_a_traceback_or_means_something_else(start: int) -> None:
    judgements = {f"{name}\n{text}": judged(text) for name, text in mutants(start, SAMPLE // 6)}
    assert {mutant: found for mutant, (_, found) in judgements.items() if found} == {}
    assert {"refused", "accepted"} == {verdict for verdict, _ in judgements.values()}


def test_every_mutation_is_among_them() -> None:
    assert {mutation.__name__ for mutation in MUTATIONS} == {
        name for name, _ in mutants(FULL_RUN, SAMPLE) if " " not in name
    }


@pytest.mark.parametrize("text", [STEADY, RICH, LIVELY])
def test_a_text_that_was_not_changed_says_what_its_scenario_holds(text: str) -> None:
    assert list(differences(text, scenario(text))) == []


ON_THEIR_OWN = [
    path for path in sorted((ROOT / "scenarios").glob("*.yaml")) if "\nextends: " not in path.read_text("utf-8")
]


@pytest.mark.parametrize("path", ON_THEIR_OWN, ids=lambda path: path.stem)
def test_a_shipped_file_says_what_its_scenario_holds(path: Path) -> None:
    assert list(differences(path.read_text(encoding="utf-8"), load(path))) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("cash: 10M USD", "cash: 11M USD"),
        ("cash: 10M USD", "cash: 10k USD"),
        ("horizon: 3 years", "horizon: 3 months"),
        ("volatility: 0", "volatility: 0, extra: 1"),
        ("debt: 0 USD", "debt: null"),
        ("discount: 0%", "discount: 0%, note: Assumption."),
        ("issued: 2025-01-01, ", ""),
        ("issued: 2025-01-01", "issued: 2025-Q2"),
        ("participation: none", "participation: full"),
        ("name: Steady\n", "name: 'no'\n"),
        ("cash_flow: revenue * 0", "cash_flow: revenue * 00"),
        ("Fund: {series_a: 100%}", "Fund: {series_a: 100}"),
        ("unit: USD/year", "unit: EUR/year"),
        ("seed: 7", "seed: '7'"),
    ],
)
def test_a_text_that_says_something_else_than_the_scenario_is_found_out(said: str, instead: str) -> None:
    assert said in STEADY
    assert len(list(differences(STEADY.replace(said, instead), scenario(STEADY)))) == 1
