"""What money earns with time: interest of a loan or a note, a dividend, a return on shares."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import numpy as np

from valsim.core.day_count import DayCount, year_fraction
from valsim.core.errors import Problem
from valsim.core.rows import Row

Compounding: TypeAlias = Literal["simple", "compound"]
"""Whether a rate is earned on the principal alone, or on what was earned before too."""


def interest(
    principal: Row,
    annual_rate: Row,
    start: Row | float,
    end: Row | float,
    day_count: DayCount,
    compounding: Compounding,
    periods_per_year: int | None = None,
) -> Row:
    """Give what a principal earns between two days at a yearly rate; nothing before the first one.

        simple      principal rate t
        compound    principal ((1 + rate / n)^(n t) - 1),    n = periods_per_year

    where ``t`` is the year fraction of the day count; a part of a period counts in the exponent. Days are proleptic ordinals.
    All numbers are scalars or rows of shape ``(n_paths,)``. Source: Hull, Options, Futures, and Other Derivatives, chapter 4.

    >>> round(float(interest(1e6, 0.08, 0, 730, "actual/365", "compound", 4)), 4)
    171659.381
    """
    years = np.maximum(year_fraction(day_count, start, end), 0.0)
    if compounding == "simple":
        return principal * (annual_rate * years)
    return principal * np.expm1(_log_growth(annual_rate, periods_per_year) * years)


def growth(annual_rate: Row, years: Row, compounding: Compounding, periods_per_year: int | None = None) -> Row:
    """Give what a unit of money has become after some years: ``1 + rate t``, or ``(1 + rate / n)^(n t)``.

    >>> float(growth(0.08, 5.0, "simple"))
    1.4
    """
    if compounding == "simple":
        return 1 + annual_rate * np.asarray(years)
    return np.exp(_log_growth(annual_rate, periods_per_year) * years)


def _log_growth(annual_rate: Row, periods_per_year: int | None) -> Row:
    periods = periods_per_year or 1
    return np.log1p(annual_rate / periods) * periods


def period_problems(compounding: Compounding, periods_per_year: int | None) -> Iterator[Problem]:
    """Report compound interest that does not say how often, and periods of simple interest; paths are of the block."""
    if compounding == "compound" and periods_per_year is None:
        message = "compound interest says how often it is added"
        yield Problem(("compounding",), message, "state periods_per_year, e.g. 1, 4 or 12", "key")
    if compounding == "simple" and periods_per_year is not None:
        yield Problem(("periods_per_year",), "simple interest has no periods", "leave it out, or say compound", "key")
