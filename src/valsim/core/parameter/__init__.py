"""Parameters: a number as the document gives it, with its unit, its distribution and where it comes from.

In the document a numeric field holds a :class:`Parameter`; :func:`realise` replaces each by its draws, so the mechanics see
only arrays. Field annotations therefore say :data:`~valsim.core.rows.Row`, which is what every formula works on.
"""

from valsim.core.parameter.domain import ANY, FRACTION, HAZARD, MONEY, Domain, Measure, domains, plain_amounts
from valsim.core.parameter.fields import (
    BelowOne,
    Change,
    Duration,
    Elasticity,
    Factor,
    Fraction,
    Frequency,
    Growth,
    Hazard,
    Level,
    Money,
    Multiple,
    Persistence,
    Plain,
    Positive,
    PositiveDuration,
    PositiveLevel,
    PositiveMoney,
    Rate,
    Retention,
    SignedDuration,
    Volatility,
)
from valsim.core.parameter.forms import FORM_KEYS, PROVENANCE, is_number
from valsim.core.parameter.number import Draws, Parameter, highest, lowest, middle
from valsim.core.parameter.tree import at_medians, parameters, realise, rebuilt

__all__ = [
    "ANY",
    "FORM_KEYS",
    "FRACTION",
    "HAZARD",
    "MONEY",
    "PROVENANCE",
    "BelowOne",
    "Change",
    "Domain",
    "Draws",
    "Duration",
    "Elasticity",
    "Factor",
    "Fraction",
    "Frequency",
    "Growth",
    "Hazard",
    "Level",
    "Measure",
    "Money",
    "Multiple",
    "Parameter",
    "Persistence",
    "Plain",
    "Positive",
    "PositiveDuration",
    "PositiveLevel",
    "PositiveMoney",
    "Rate",
    "Retention",
    "SignedDuration",
    "Volatility",
    "at_medians",
    "domains",
    "highest",
    "is_number",
    "lowest",
    "middle",
    "parameters",
    "plain_amounts",
    "realise",
    "rebuilt",
]
