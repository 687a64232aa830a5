"""All that a process of one's own is made of, in one place; ``docs/how-to/add-a-process.md`` shows how.

A class that derives from :class:`Process` and names its ``kind`` is a kind of driver from then on: a document may choose it, and
its numbers are read, checked for units and drawn as those of every other kind.
"""

from valsim.core.amount import ChanceAmount, FrequencyAmount, HazardAmount, MoneyAmount, amount
from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import (
    BelowOne,
    Change,
    Count,
    Duration,
    Factor,
    Fraction,
    Frequency,
    Growth,
    Hazard,
    Level,
    LevelFromZero,
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
    Volatility,
    highest,
    lowest,
    middle,
)
from valsim.core.rows import Bools, Row, Rows
from valsim.core.special import (
    beta_quantile,
    binomial_quantile,
    gamma_quantile,
    normal_cumulative,
    normal_quantile,
    poisson_quantile,
)
from valsim.core.unit import ONE, Unit
from valsim.drivers.process import Process
from valsim.drivers.process.base import ceiling_problems, lognormal_factor, saturating
from valsim.drivers.process.jumps import log_jumps, mean_of_jumps

__all__ = [
    "ONE",
    "BelowOne",
    "Block",
    "Bools",
    "ChanceAmount",
    "Change",
    "Count",
    "Duration",
    "Expression",
    "Factor",
    "Fraction",
    "Frequency",
    "FrequencyAmount",
    "Growth",
    "Hazard",
    "HazardAmount",
    "Level",
    "LevelFromZero",
    "Money",
    "MoneyAmount",
    "Multiple",
    "Persistence",
    "Plain",
    "Positive",
    "PositiveDuration",
    "PositiveLevel",
    "PositiveMoney",
    "Problem",
    "Process",
    "Rate",
    "Retention",
    "Row",
    "Rows",
    "Unit",
    "Volatility",
    "amount",
    "beta_quantile",
    "binomial_quantile",
    "ceiling_problems",
    "gamma_quantile",
    "highest",
    "log_jumps",
    "lognormal_factor",
    "lowest",
    "mean_of_jumps",
    "middle",
    "normal_cumulative",
    "normal_quantile",
    "poisson_quantile",
    "saturating",
]
