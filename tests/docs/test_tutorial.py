"""The tutorial names the sections of the report that it reads, as the report names them."""

import re

from tests.docs.blocks import ROOT
from valsim.report.page import SECTIONS
from valsim.scenario.load import load
from valsim.simulate import simulate

PAGE = ROOT / "docs" / "tutorial" / "from-an-article.md"


def test_each_section_that_the_tutorial_reads_is_one_of_the_report():
    _, _, table = PAGE.read_text(encoding="utf-8").partition("| --- | --- |\n")
    rows = re.findall(r"^\| ([^|]+) \|", table.partition("\n\n")[0], re.MULTILINE)
    named = [name for row in rows for name in ([row] if ": " in row else row.split(", "))]
    played = load(ROOT / "scenarios" / "moonshot-2026-10b.yaml", ["valuation.anchor=none"])
    summary = simulate(played, paths=100).summary
    titles = [section.title for build in SECTIONS if (section := build(summary))]
    assert len(named) > 12
    assert [name for name in named if name not in titles] == []
    assert named == sorted(named, key=titles.index), "in the order of the page"
