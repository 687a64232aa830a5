"""The named types of numeric fields."""

from typing import Annotated, Any, TypeAlias

from valsim.core.parameter.domain import (
    ANY,
    DURATION,
    FRACTION,
    FREQUENCY,
    HAZARD,
    MONEY,
    NUMBER,
    Domain,
    DrawnEachTime,
)
from valsim.core.rows import Row

Level: TypeAlias = Annotated[Row, Domain(ANY)]
"""A level of the driver itself, in the driver's unit."""
PositiveLevel: TypeAlias = Annotated[Row, Domain(ANY, above=0.0)]
"""A level of the driver itself, above zero."""
LevelFromZero: TypeAlias = Annotated[Row, Domain(ANY, at_least=0.0)]
"""A level of the driver itself, zero or more."""
Fraction: TypeAlias = Annotated[Row, Domain(FRACTION, at_least=0.0, at_most=1.0)]
"""A fraction between 0 and 1."""
BelowOne: TypeAlias = Annotated[Row, Domain(FRACTION, at_least=0.0, below=1.0)]
"""A fraction from 0 to below 1."""
Persistence: TypeAlias = Annotated[Row, Domain(FRACTION, above=0.0, at_most=1.0)]
"""This year's growth over last year's, above 0 and at most 1."""
Retention: TypeAlias = Annotated[Row, Domain(FRACTION, above=0.0, at_most=1.0)]
"""What is left after a year of what there was, above 0 and at most 1."""
Growth: TypeAlias = Annotated[Row, Domain(FRACTION, above=-1.0, doubted_from=5.0)]
"""An effective growth per year, above -100 %."""
Change: TypeAlias = Annotated[Row, Domain(FRACTION, above=-1.0, doubted_from=5.0)]
"""A change in proportion to what there is, above -100 %."""
Rate: TypeAlias = Annotated[Row, Domain(FRACTION, above=-1.0, doubted_from=0.5)]
"""An effective rate of interest per year, above -100 %."""
Volatility: TypeAlias = Annotated[Row, Domain(FRACTION, at_least=0.0, doubted_from=5.0)]
"""A standard deviation of the logarithm per square root of a year, a fraction, zero or more."""
Multiple: TypeAlias = Annotated[Row, Domain(NUMBER, at_least=0.0, doubted_from=10.0)]
"""How many times something, a plain number, zero or more."""
Factor: TypeAlias = Annotated[Row, Domain(NUMBER, above=0.0, doubted_from=10.0)]
"""How many times something, a plain number above zero."""
Count: TypeAlias = Annotated[Row, Domain(NUMBER, at_least=0.0)]
"""How many there are, a plain number, zero or more."""
Positive: TypeAlias = Annotated[Row, Domain(NUMBER, above=0.0)]
"""A plain number above zero."""
Elasticity: TypeAlias = Annotated[Row, Domain(NUMBER, at_most=1.0)]
"""By how many percent something moves for one percent of something else, at most 1: what is put in never returns more than it is."""
Plain: TypeAlias = Annotated[Row, Domain(NUMBER)]
"""A plain number."""
Money: TypeAlias = Annotated[Row, Domain(MONEY, at_least=0.0)]
"""Money, zero or more."""
PositiveMoney: TypeAlias = Annotated[Row, Domain(MONEY, above=0.0)]
"""Money above zero."""
Duration: TypeAlias = Annotated[Row, Domain(DURATION, at_least=0.0)]
"""A time span, in years."""
SignedDuration: TypeAlias = Annotated[Row, Domain(DURATION)]
"""A time span, in years; below zero it points the other way."""
PositiveDuration: TypeAlias = Annotated[Row, Domain(DURATION, above=0.0)]
"""A time span above zero, in years."""
DurationEachTime: TypeAlias = Annotated[Any, DrawnEachTime(DURATION, above=0.0)]
"""A time span above zero, drawn anew each time; where it is needed it is still a :class:`~valsim.core.parameter.EachTime`."""
Hazard: TypeAlias = Annotated[Row, Domain(HAZARD, at_least=0.0, doubted_from=5.0)]
"""A chance per unit of time: the probability within ``dt`` is ``1 - exp(-hazard dt)``."""
Frequency: TypeAlias = Annotated[Row, Domain(FREQUENCY, at_least=0.0)]
"""How often something happens, a number per year, zero or more."""
