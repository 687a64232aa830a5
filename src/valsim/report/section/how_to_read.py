"""How to read the page: what its words of measure, its errors and its bands mean."""

from collections.abc import Mapping
from typing import Any

from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Cell, Folded, Section, Table, words

Summary = Mapping[str, Any]
TERMS: Mapping[str, str] = {
    RISK_NEUTRAL: "Under the probabilities at which a diversified investor is paid for risk, discounted at the risk-free rate: what something is worth today.",
    REAL_WORLD: "Under the probabilities that the scenario assumes will happen: how often a tranche is funded or money is lost, and what comes back.",
    "± behind a number": "One Monte Carlo standard error: how far the number would move with other random numbers. More paths make it smaller. It says "
    "nothing of how far the assumptions are off.",
    "median, 5 to 95 %": "Half of the paths lie below the median, and nine in ten between the two ends, at each date by itself: the median of a "
    "chart is no single path.",
    "companies still private": "Companies that were sold, listed or wound down have left the paths that a chart by date shows, so the later dates speak of fewer.",
    "headline": "All shares at the price paid last. It counts every share as if it had the rights of the newest, so it is not what they are worth.",
}


def section(summary: Summary) -> Section:
    """Two sentences in the open; the terms are folded."""
    rows = tuple((Cell(term), Cell(meaning)) for term, meaning in TERMS.items())
    terms = Folded.of(Table("What the words mean", words("Words", "Meaning"), rows))
    lead = (
        f"Present values are {RISK_NEUTRAL}; chances and multiples of money are {REAL_WORLD}. Every table and chart says which it shows, "
        f"and ± is one standard error of {summary['run']['paths']:,} paths."
    )
    return Section("how-to-read", "How to read this page", lead, [terms], "How to read")
