"""The shipped scenarios: their numbers do not move unnoticed, they are healthy, and they know nothing of the future."""

import json
import re
from io import StringIO
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.golden.shipped import NAMES, PATHS, SCENARIOS, figures, found, golden, scenario
from valsim.analysis.health import ERROR, TAIL
from valsim.report.base_rates_text import as_markdown
from valsim.report.section.base_rates import outside
from valsim.report.terminal import print_summary

FULL = 100_000

pytestmark = pytest.mark.parametrize("name", NAMES)


def leaves(tree: Any, path: str = "") -> dict[str, Any]:
    if not isinstance(tree, dict):
        return {path: tree}
    return {name: leaf for key, part in tree.items() for name, leaf in leaves(part, f"{path}/{key}").items()}


def _same(was: float | None, now: float | None) -> bool:
    return was is now if was is None or now is None else now == pytest.approx(was, rel=1e-9)


def test_the_figures_are_those_on_record(name: str) -> None:
    on_record, now = (leaves(tree) for tree in (json.loads(golden(name).read_text()), figures(found(name))))
    assert now.keys() == on_record.keys()
    assert {what: (was, now[what]) for what, was in on_record.items() if not _same(was, now[what])} == {}


def test_a_page_beside_it_says_what_it_shows(name: str) -> None:
    page = (SCENARIOS / f"{name}.md").read_text()
    assert f"valsim run scenarios/{name}.yaml" in page
    assert f"seed {scenario(name).simulation.seed}" in page
    assert [case for case in scenario(name).variants if case not in page] == []


def test_the_page_sets_its_figures_beside_the_base_rates(name: str) -> None:
    page = (SCENARIOS / f"{name}.md").read_text()
    told = f"valsim sanity scenarios/{name}.yaml --paths {PATHS}"
    assert told in page
    table = page.partition("<!-- base rates -->\n")[2].partition("<!-- end of base rates -->")[0]
    assert table == as_markdown(found(name)), "python docs/base_rates.py brings it up to date"


def test_the_page_explains_each_figure_that_is_outside_the_base_rates(name: str) -> None:
    below = (SCENARIOS / f"{name}.md").read_text().partition("<!-- end of base rates -->")[2]
    explained = set(re.findall(r"\*\*([^*]+)\*\*", below.partition("\n## ")[0]))
    assert {each["label"] for each in outside(found(name)["base_rates"])} - explained == set()


def test_no_few_paths_carry_the_answer(name: str) -> None:
    health = found(name)["health"]
    assert health["top_1pct_share_of_present_value"] <= TAIL
    assert health["relative_standard_error_of_present_value"] * (PATHS / FULL) ** 0.5 <= ERROR
    assert health["p99_revenue_over_market_size"] < 1


def test_the_last_priced_class_is_worth_its_price(name: str) -> None:
    issued = {key: security.issued for key, security in scenario(name).captable.classes.items() if security.issued}
    last = next(each for each in found(name)["classes"] if each["name"] == max(issued, key=issued.__getitem__))
    assert scenario(name).valuation.anchor == "last_round"
    assert abs(last["present_value_per_share"] - last["last_price"]) < 4 * last["standard_error"]


def test_the_answer_fits_80_columns_in_a_pipe(name: str) -> None:
    file = StringIO()
    print_summary(found(name), Console(file=file, width=80))
    assert [line for line in file.getvalue().splitlines() if cell_len(line) > 80 or "\x1b" in line] == []


def test_nothing_published_later_is_used(name: str) -> None:
    assert max(source.date for source in scenario(name).sources.values()) <= scenario(name).as_of


def test_every_number_cites_its_sources_or_says_that_it_is_an_assumption(name: str) -> None:
    numbers = found(name)["assumptions"]
    for number in numbers:
        cited = [] if number["source"] == "assumption" else number["source"].split(", ")
        assert set(cited) <= found(name)["sources"].keys()
    assert sum(number["source"] != "assumption" for number in numbers) > len(numbers) / 5


def test_every_source_is_cited(name: str) -> None:
    cited = {key for number in found(name)["assumptions"] for key in number["source"].split(", ")}
    assert found(name)["sources"].keys() <= cited


def test_every_gate_is_neither_sure_nor_hopeless(name: str) -> None:
    for tranche in found(name)["tranches"]:
        assert 0.05 < tranche["probability_funded"] < 0.95
        assert tranche["probability_funded"] + sum(tranche["not_funded_because"].values()) == pytest.approx(1)
