"""The report shows the sector beside the company's multiple, and what each comparable comes to."""

import re

from tests.companies import in_a_sector, steady
from valsim import simulate
from valsim.analysis.summary import summary
from valsim.report import terminal
from valsim.report.page import render
from valsim.report.section import drivers, market
from valsim.report.section.parts import Folded, Table

SUMMARY = summary(simulate(in_a_sector(), paths=50))
SOURCED = "sectors.ai_labs.comparables.Peer One.source=filing"
SOURCES = "sources={filing: {title: Annual report, date: 2025-12-31}}"


def tables(found: dict[str, object]) -> list[Table]:
    section = market.section(found)
    assert section is not None
    return [part.inside for part in section.parts if isinstance(part, Folded) and isinstance(part.inside, Table)]


def test_the_sector_and_the_multiple_stand_side_by_side_and_not_among_the_drivers() -> None:
    section, others = market.section(SUMMARY), drivers.section(SUMMARY)
    assert section is not None
    assert others is not None
    assert [chart.title for chart in section.charts] == [
        "Sector AI labs, multiple of run-rate revenue",
        "The company's multiple",
    ]
    assert not {"driver-ai_labs", "driver-multiple"} & {chart.name for chart in others.charts}


def test_a_row_leads_from_the_multiple_as_stated_to_the_restated_one() -> None:
    (table,) = tables(SUMMARY)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Peer One", "40x", "run-rate revenue", "100 %", "40x", "7.5x", "Assumption"],
        ["Peer Two", "80x", "trailing 12-month revenue", "150 %", "52x", "9.8x", "Assumption"],
    ]


def test_the_lead_says_where_the_sector_opens_and_on_what_that_rests() -> None:
    section = market.section(SUMMARY)
    assert section is not None
    assert section.lead == (
        "Sector AI labs opens at 8.5x of run-rate revenue (6.7x to 11x on eight paths in ten), the geometric mean of 2 "
        "comparables, spread as far as they differ from each other. That is the multiple of a company with a growth of 20 %; "
        "each point more adds 4.2 % up to 60 %."
    )


def test_a_source_is_cited_by_its_title() -> None:
    (table,) = tables(summary(simulate(in_a_sector(SOURCES, SOURCED), paths=50)))
    assert [row[-1].text for row in table.rows] == ["Annual report", "Assumption"]


def test_without_sectors_the_page_has_no_such_part() -> None:
    plain = summary(simulate(steady(), paths=50))
    assert market.section(plain) is None
    assert not re.search('id="market"', render(plain))


def test_the_terminal_says_where_the_sector_opens() -> None:
    section = market.section(SUMMARY)
    assert section is not None
    told = [words for words in terminal.health(SUMMARY) if getattr(words, "text", "") == section.lead]
    assert len(told) == 1
