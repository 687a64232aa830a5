"""The figures of a run beside the usual values of companies of its kind."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from valsim.analysis.figure import ending, financing, trajectory
from valsim.analysis.figure.sample import Sample
from valsim.analysis.spread import Plain, number
from valsim.evidence.ranges import Evidence, evidence_beside
from valsim.result import Result

Form = Literal["percent", "times", "months", "years", "USD"]
"""How a figure is written."""
GENERAL, MATURE = "venture", "software"
"""The companies whose usual values stand beside those of the peers, and where nothing is known of either."""


class Figure(NamedTuple):
    """A figure of a run: its name, what it is called, how it is written and how it is found."""

    name: str
    label: str
    form: Form
    of: Callable[[Any], Sample | None]


OF_THE_COMPANY = (
    *(
        Figure(f"growth_{year}", f"Growth of revenue in year {year}", "percent", trajectory.growth_in(year))
        for year in (1, 3, 5)
    ),
    Figure(
        "persistence_above",
        "Persistence of growth that doubles",
        "percent",
        trajectory.persistence(1.0, float("inf")),
    ),
    Figure(
        "persistence_below",
        "Persistence of slower growth",
        "percent",
        trajectory.persistence(trajectory.LEAST_GROWTH, 1.0),
    ),
    *(
        Figure(
            f"gross_margin_{year}",
            f"Gross margin {'at the start' if not year else f'after {year} years'}",
            "percent",
            trajectory.gross_margin_at(year),
        )
        for year in (0, 3, 5)
    ),
    Figure("gross_margin_drift", "Change of gross margin in year 1", "percent", trajectory.gross_margin_drift),
    Figure("operating_margin_1", "Operating margin after a year", "percent", trajectory.operating_margin_at(1)),
    Figure("burn_multiple", "Burn multiple of year 1", "times", trajectory.burn_multiple),
    Figure(
        "gross_revenue_retention",
        "Gross revenue retention",
        "percent",
        trajectory.stated_at_start("gross_revenue_retention"),
    ),
    Figure(
        "net_revenue_retention", "Net revenue retention", "percent", trajectory.stated_at_start("net_revenue_retention")
    ),
    Figure(
        "monthly_churn", "Consumers who leave within a month", "percent", trajectory.stated_at_start("monthly_churn")
    ),
    Figure("paying_share", "Paying over active users", "percent", trajectory.stated_at_start("paying_share")),
    Figure(
        "revenue_per_user", "Revenue per active user and year", "USD", trajectory.stated_at_start("revenue_per_user")
    ),
    Figure("multiple_0", "Multiple at the start", "times", trajectory.multiple_at_start),
    Figure("multiple_at_exit", "Multiple at a listing or a sale", "times", trajectory.multiple_at_exit),
    *(
        Figure(
            f"volatility_{years}",
            f"Log volatility of value over {years} year{'s' * (years > 1)}",
            "percent",
            trajectory.volatility_over(years),
        )
        for years in (1, 5)
    ),
)
OF_ROUNDS = (
    Figure("dilution", "Dilution per round", "percent", financing.dilution),
    Figure("months_between_rounds", "Months between rounds", "months", financing.months_between_rounds),
    Figure("step_up", "Price over the last price", "times", financing.step_up),
    Figure("down_rounds", "Rounds below the last price", "percent", financing.down_rounds),
)
OF_ENDS = (
    Figure("listed", "Listed", "percent", ending.ended_as("ipo")),
    Figure("acquired", "Acquired", "percent", ending.ended_as("acquisition")),
    Figure("wound_down", "Wound down", "percent", ending.ended_as("wind_down")),
    Figure("still_private", "Still private at the horizon", "percent", ending.still_private),
    Figure("listing_hazard", "Listings in a year of being private", "percent", ending.listing_hazard),
    Figure("years_to_listing", "Years from the first round to a listing", "years", ending.years_to_listing),
    Figure("below_1x", "Below the money put in", "percent", ending.below_cost),
    Figure("tenfold", "Ten times the money or more", "percent", ending.tenfold),
    Figure("headline", "Headline over worth of all shares, less 1", "percent", ending.headline_over_worth),
)
FIGURES = (*OF_THE_COMPANY, *OF_ROUNDS, *OF_ENDS)
"""In the order of the page; those of rounds are found from the :class:`~valsim.analysis.figure.financing.Rounds` of the run. A
figure that the document does not model is left out."""


def base_rates(result: Result) -> Plain | None:
    """Set the figures of a run beside usual values; nothing for a document that does not name its peers, or without time series."""
    asked = result.scenario.base_rates
    if asked is None or not result.history.series:
        return None
    rounds = financing.rounds(result)
    found = {figure: figure.of(rounds if figure in OF_ROUNDS else result) for figure in FIGURES}
    rows = [_row(figure, sample, asked.peers) for figure, sample in found.items() if sample is not None]
    return {"peers": asked.peers, "investor": asked.investor or None, "figures": rows}


def beside(figure: str, peers: str) -> tuple[Evidence, ...]:
    """Give the usual values of a figure: of the peers, then the general ones; of software companies where there are neither."""
    known = {each.of: each for each in evidence_beside(figure)}
    chosen = tuple(known[kind] for kind in dict.fromkeys((peers, GENERAL)) if kind in known)
    return chosen or tuple(known[kind] for kind in (MATURE,) if kind in known)


def verdict(middle: float, low: float, high: float) -> str:
    """Say where the middle of a run stands: ``inside`` the usual values, ``above`` or ``below`` them.

    >>> verdict(0.5, 0.3, 0.6), verdict(0.7, 0.3, 0.6), verdict(0.2, 0.3, 0.6)
    ('inside', 'above', 'below')
    """
    return "below" if middle < low else "above" if middle > high else "inside"


def _row(figure: Figure, sample: Sample, peers: str) -> Plain:
    return {
        "figure": figure.name,
        "label": figure.label,
        "form": figure.form,
        "values": [number(value) for value in sample.values],
        "standard_errors": [number(error) for error in sample.errors],
        "cases": sample.cases,
        "beside": [_usual(each, sample) for each in beside(figure.name, peers)],
    }


def _usual(evidence: Evidence, sample: Sample) -> Plain:
    low, middle, high = evidence.figures
    return {
        "of": evidence.of,
        "what": evidence.what,
        "values": [low, middle, high],
        "grade": evidence.grade,
        "rests_on": evidence.rests_on,
        "facts": list(evidence.facts),
        "sources": {fact.id: fact.read_at for fact in evidence.known_by},
        "verdict": verdict(sample.middle, low, high),
    }
