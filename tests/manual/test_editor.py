"""The schema in a real editor's server: what it offers, shows and underlines.

Without yaml-language-server these tests are skipped, with the reason; with ``VALSIM_REQUIRE_EDITOR=1`` they fail instead.
"""

import os

import pytest

from tests.manual.documents import SMALL, right_documents
from tests.manual.editor import Editor, server_program
from valsim.core.distribution import Distribution
from valsim.drivers.process import Process
from valsim.manual.schema import scenario_schema_text

DOCUMENTS = right_documents()
MODELINE = "# yaml-language-server: $schema=valsim.schema.json\n"

pytestmark = pytest.mark.editor


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    program = server_program()
    if program is None and os.environ.get("VALSIM_REQUIRE_EDITOR") == "1":
        pytest.fail("VALSIM_REQUIRE_EDITOR is set and yaml-language-server is not installed")
    if program is None:
        pytest.skip("needs yaml-language-server (npm ci --prefix tests/manual)")
    schema = tmp_path_factory.mktemp("editor") / "valsim.schema.json"
    schema.write_text(scenario_schema_text(), encoding="utf-8")
    running = Editor(program, schema)
    yield running
    running.close()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_right_document_has_nothing_underlined(name, editor):
    assert (
        editor.problems(DOCUMENTS[name].replace(MODELINE, "")) == []
    )  # the editor of the tests knows where the schema is


def test_the_first_line_of_a_starter_leads_to_the_schema(editor, tmp_path):
    (tmp_path / "valsim.schema.json").write_text(scenario_schema_text(), encoding="utf-8")
    text = f"# yaml-language-server: $schema={(tmp_path / 'valsim.schema.json').as_uri()}\ncompanny: 1\n"
    assert "Property companny is not allowed." in [message for _, message in editor.problems(text)]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "message"),
    [
        ("volatility: 30%}", "volatilty: 30%}", 10, "Property volatilty is not allowed."),
        (", growth: 20%, volatility: 30%", ", volatility: 30%", 10, 'Missing property "growth".'),
        ("kind: geometric_brownian, start: 2M users", "start: 2M users", 10, 'Missing property "kind".'),
        ("cash: 50M USD", "cash: lots", 8, "expected money such as 700M USD"),
        ("{family: lognormal, p10", "{p10", 11, "quantiles need a family, e.g. family: lognormal"),
        ("as_of: 2026-01-01", "as_of: soon", 2, "expected a date such as 2026-02-20, 2026-02 or 2026-Q1"),
        ("paths: 2_000", "paths: many", 6, "expected a whole number such as 100_000"),
        ("anchor: none", "anchor: nope", 17, 'Value is not accepted. Valid values: "last_round", "none".'),
        ("participation: none, ", "", 21, 'Missing property "participation".'),
    ],
)
def test_a_mistake_is_underlined_where_it_stands(right, wrong, line, message, editor):
    assert right in SMALL
    assert (line, message) in editor.problems(SMALL.replace(right, wrong, 1))


def test_an_unknown_kind_is_told_which_there_are(editor):
    ((line, message),) = editor.problems(SMALL.replace("kind: mean_reverting", "kind: mean_revertin"))
    assert line == 16
    assert all(f'"{kind}"' in message for kind in Process.kinds)


def test_kinds_are_offered_where_one_is_chosen(editor):
    offered = editor.completions("drivers:\n  users:\n    kind: |\n")
    assert set(Process.kinds) <= set(offered)


def test_inside_a_driver_the_keys_of_its_kind_are_offered(editor):
    offered = editor.completions("drivers:\n  users:\n    kind: mean_reverting\n    |\n")
    assert {"start", "mean", "half_life", "volatility", "unit", "like"} <= set(offered)
    assert {"growth", "persistence", "plan_error"} & set(offered) == set()


def test_inside_a_distribution_its_parameters_and_quantiles_are_offered(editor):
    start = "drivers:\n  users:\n    kind: mean_reverting\n    start:\n"
    assert {"value", "family", "conflict", "source", "note"} <= set(editor.completions(f"{start}      |\n"))
    assert set(Distribution.kinds) <= set(editor.completions(f"{start}      family: |\n"))
    offered = editor.completions(f"{start}      family: lognormal\n      |\n")
    assert {"p10", "p90", "median", "sigma", "at_most", "source"} <= set(offered)
    assert "alpha" not in offered


def test_exits_are_offered_by_their_kinds(editor):
    assert {"ipo", "acquisition", "wind_down"} <= set(editor.completions("exits:\n  |\n"))
    assert {"lock_up", "when", "hazard"} <= set(editor.completions("exits:\n  ipo:\n    |\n"))


def test_a_closing_offers_its_keys_and_their_choices(editor):
    closing = "rounds:\n  - name: x\n    closings:\n      - name: y\n        "
    assert {"new_money", "between", "default", "if_lapsed"} <= set(editor.completions(f"{closing}|\n"))
    assert "convert_to_common" in editor.completions(f"{closing}default:\n          consequence: |\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("drivers:\n  a:\n    kind: mean_reverting\n    half|_life: 1 year\n", "a duration, above 0 (required)"),
        ("comp|any:\n  name: x\n", "The company itself."),
        ("company:\n  ca|sh: 5M USD\n", "money, at least 0"),
        ("rounds:\n  - closings:\n      - default: {wrong_w|ay: 1}\n", "The probit slope"),
        (
            "captable:\n  classes:\n    a:\n      kind: preferred\n      senior|ity: 1\n",
            "a higher number is paid first",
        ),
    ],
)
def test_hovering_over_a_key_shows_what_it_means(text, told, editor):
    assert told in editor.hover(text).replace("\\", "")
