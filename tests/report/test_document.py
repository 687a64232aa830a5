"""The page as text: what needs no browser."""

import hashlib
import json
import re
from importlib.resources import files

import pytest

from tests.report.labelled import unlabelled
from tests.report.sample_summary import sample_summary
from valsim.report import page
from valsim.report.section.parts import Chart, Section, Table, Tile, Tiles

HOSTILE = ["</script><img src=x onerror=alert(1)>", "\"'><b>bold</b>", "🚀 {{ 7 * 7 }}", "x" * 200]


def visible(text):
    return re.sub(r"<script.*?</script>|<style.*?</style>", "", text, flags=re.DOTALL)


PUBLISHED = {
    "plotly-basic-4.1.1.min.js": "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba",
    "plotly-cartesian-4.1.1.min.js": "79542150855a52c567260e3137095dbe2b744e6d702a5cabe67da246942fba7a",
}


def test_the_vendored_bundles_are_the_published_ones():
    folder = files("valsim.report") / "vendor"
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in page.BUNDLES} == PUBLISHED
    assert (files("valsim.report") / "vendor" / "LICENSE.plotly.txt").read_text("utf-8").startswith("MIT License")


def test_the_page_is_at_most_two_megabytes():
    assert len(page.render(sample_summary()).encode()) <= 2e6


def test_a_run_as_large_as_the_largest_shipped_one_is_still_at_most_two_megabytes():
    """The follow-on toward $10B has 32 values by date, 233 assumptions, 11 holders and a file of 44 kB."""
    summary = sample_summary()
    users = summary["values"]["users"]
    longer = {key: users[key] * 3 for key in ("dates", "alive", "mean", "standard_error")}
    monthly = users | longer | {"quantiles": {level: row * 3 for level, row in users["quantiles"].items()}}
    summary["values"] |= {f"driver_{count}": monthly for count in range(32)}
    summary["assumptions"] = [
        summary["assumptions"][0] | {"path": f"drivers.d{count}.growth", "note": "n" * 90} for count in range(260)
    ]
    summary["holders"] += [summary["holders"][0] | {"name": f"holder {count}"} for count in range(10)]
    summary["reproduce"]["files"] = {"big.yaml": "x" * 60_000}
    assert 1.7e6 < len(page.render(summary).encode()) <= 2e6


def test_the_page_of_a_run_takes_the_smaller_bundle():
    assert page.vendored("plotly-basic-4.1.1.min.js") in page.render(sample_summary())


def test_the_policy_lets_only_our_own_scripts_run():
    text = page.render(sample_summary())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1)
    assert policy.startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert text.count("<script") == 3


def bars(kind):
    figure = {"data": [{"type": kind}], "layout": {}}
    return [Section("one", "One", "", [Chart("one", "One", figure, "One bar.")])]


def test_a_page_gets_the_smallest_bundle_that_draws_it():
    assert page.bundle(bars("bar")) == "plotly-basic-4.1.1.min.js"
    assert page.bundle(bars("heatmap")) == "plotly-cartesian-4.1.1.min.js"


def test_every_id_is_of_one_element_alone():
    found = re.findall(r'\bid="([^"]+)"', visible(page.render(sample_summary())))
    assert len(found) == len(set(found)) > 50


def test_the_page_loads_nothing():
    assert not re.findall(r'(?:src|href)="(?!#|data:,)', visible(page.render(sample_summary())))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text_in_the_page_and_in_its_data(name):
    summary = sample_summary()
    summary["holders"][0]["name"] = summary["tranches"][0]["tranche"] = summary["scenario"]["company"] = name
    summary["payoffs"]["holders"][name] = summary["payoffs"]["holders"].pop("Alibaba")
    text = page.render(summary)
    assert "<img" not in text
    assert "<b>bold" not in text
    assert text.count("</script>") == 3
    assert "49" not in re.findall(r"🚀 (\S+)", text)
    json.loads(re.search(r'id="data">(.*?)</script>', text, flags=re.DOTALL).group(1))


@pytest.mark.parametrize(
    "key",
    [
        "tranches",
        "holders",
        "classes",
        "values",
        "payoffs",
        "exits",
        "horizons",
        "assumptions",
        "sources",
        "warnings",
        "measure",
        "reproduce",
        "health",
    ],
)
def test_a_section_without_numbers_is_left_out(key):
    summary = sample_summary()
    del summary[key]
    assert "<h1" in page.render(summary)


def test_a_summary_with_only_the_keys_of_the_contract_makes_a_page():
    summary = sample_summary()
    for key in ("payoffs", "horizons", "sources", "warnings", "measure", "reproduce"):
        del summary[key]
    del summary["scenario"]["company"], summary["run"]["measure_note"]
    summary["health"] = {key: summary["health"][key] for key in list(summary["health"])[:3]}
    for tranche in summary["tranches"]:
        for key in ("milestones", "dilution", "window"):
            tranche.pop(key, None)
    for share in summary["classes"]:
        for key in ("liquidation_preference", "seniority", "per_share_over_last_price"):
            del share[key]
    summary["assumptions"] = [
        {key: each[key] for key in ("path", "value", "source")} for each in summary["assumptions"]
    ]
    assert "anchor closing" in page.render(summary)


@pytest.mark.parametrize(
    "expected",
    [
        "38.2\u00a0%</span> <small>±\u00a00.2",
        "Sources disagree",
        "weight 50\u00a0%: Moonshot raises at $4.8 billion",
        "$2.45 <small>±\u00a00.02",
        "benchmark_audit",
        "seed 20260220",
        "--paths 100000",
        "within the limit",
    ],
)
def test_the_page_says(expected):
    assert expected in visible(page.render(sample_summary()))


def test_every_number_says_under_which_probabilities_it_is():
    assert unlabelled(sample_summary()) == []


def test_a_number_that_does_not_say_it_is_found_out(monkeypatch):
    bare = Section("bare", "Bare", "Nobody says.", [Tiles((Tile("Bare", "1"),)), Table("Bare table", (), ())])
    monkeypatch.setattr("tests.report.labelled.SECTIONS", (lambda _: bare,))
    assert unlabelled(sample_summary()) == ["bare: Bare", "bare: Bare table"]


def test_writing_leaves_the_old_page_whole_when_it_fails(tmp_path):
    target = tmp_path / "report.html"
    target.write_text("old")
    broken = sample_summary()
    del broken["scenario"]["name"]
    with pytest.raises(KeyError):
        page.write_html(broken, target)
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text() == "old"


def test_writing_leaves_one_readable_file(tmp_path):
    page.write_html(sample_summary(), tmp_path / "report.html")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_numbers_that_json_cannot_hold_are_refused():
    with pytest.raises(ValueError, match="Out of range float"):
        page.embedded({"x": float("nan")})
