"""The words of the trade lead to the keys that say them, and their examples are right."""

from datetime import date

import pytest
from typer.testing import CliRunner

from valsim.cli import app
from valsim.manual.explain import explained, listed
from valsim.manual.lookup import look_up, nearest, spelling, words
from valsim.manual.starters import starter

GLOSSARY = [word for word in words() if word.group == "glossary"]
EXAMPLES = [word for word in GLOSSARY if word.example]


def called(word):
    return word.name


@pytest.mark.parametrize(
    "text",
    [
        "bridge", "me", "position", "milestone", "tranche", "decay", "decaying", "fraction", "money", "duration", "date",
        "percent", "quantiles", "p10", "last_round", "functions", "formula", "scenario", "convertible", "loan", "debt",
        "units", "down round", "MOIC", "IRR", "risk-neutral", "headline", "dilution", "anti-dilution", "seniority",
        "secondary", "variant", "extends", "like", "source", "assumption", "wind-down", "lock-up", "runway", "burn",
        "standard error",
    ],
)  # fmt: skip
def test_a_word_that_an_investor_would_try_is_explained(text):
    assert look_up(text)


@pytest.mark.parametrize(
    "spelt", ["down round", "down-round", "down_round", "Down Rounds", "DOWN ROUND", "  down  round "]
)
def test_every_spelling_leads_to_the_same_entry(spelt):
    assert [word.name for word in look_up(spelt).words] == ["down round"]


@pytest.mark.parametrize(
    ("spelt", "name"), [("Lock-Up", "lock_up"), ("SENIORITY", "seniority"), ("wind down", "wind_down")]
)
def test_a_key_or_a_kind_is_found_by_every_spelling_too(spelt, name):
    assert look_up(spelt) == look_up(name)


@pytest.mark.parametrize("word", GLOSSARY, ids=called)
def test_a_word_of_the_trade_points_to_what_exists(word):
    assert [key for key in word.see if not look_up(key)] == []
    assert word.meaning.endswith(".")


def test_no_two_words_share_a_spelling():
    spelt = [spelling(name) for word in GLOSSARY for name in {spelling(each): each for each in (word.name, *word.also)}]
    assert sorted({each for each in spelt if spelt.count(each) > 1}) == []


@pytest.mark.parametrize("word", EXAMPLES, ids=called)
def test_an_example_of_the_glossary_is_right_beside_the_starter(word, tmp_path):
    (tmp_path / "base.yaml").write_text(starter("starter", date(2026, 1, 1)), encoding="utf-8")
    without = "" if "positions:" in word.example else "positions: null\n"
    (tmp_path / "example.yaml").write_text(f"extends: base.yaml\n{without}{word.example}\n", encoding="utf-8")
    shown = CliRunner().invoke(app, ["check", str(tmp_path / "example.yaml"), "--strict"])
    assert (shown.exit_code, shown.stderr) == (0, "")


@pytest.mark.parametrize("word", GLOSSARY, ids=called)
def test_a_word_of_the_trade_fits_the_terminal(word):
    assert max(map(len, explained(look_up(word.name), 80).splitlines())) <= 80


def test_formulas_list_all_that_they_may_use():
    shown = explained(look_up("functions"), 80)
    known = [word.name for word in words() if word.group in {"rows", "functions", "keywords"}]
    assert [name for name in known if f"\n    {name}: " not in shown] == []


def test_what_is_not_there_is_said_honestly():
    assert "It is a result, never a key" in explained(look_up("distributions"), 800)


def test_the_list_holds_every_room_and_every_word_of_the_trade():
    shown = listed(80)
    assert [word.name for word in GLOSSARY if word.name not in " ".join(shown.split())] == []
    assert {"Drivers", "Cap table", "Formulas", "Words of the trade"} <= set(shown.splitlines())
    assert max(map(len, shown.splitlines())) <= 80


def test_a_mistyped_word_of_the_trade_suggests_it():
    assert nearest("milestoen")[0] == "milestone"
