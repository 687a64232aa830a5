"""Default: an investor that does not pay what it committed to, and what that costs it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.term.consequence import Consequence
from valsim.core.amount import ChanceAmount
from valsim.core.block import READING, Block, nearest_help
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Plain, middle
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative, normal_quantile

LEAST = 2.0**-53
"""A uniform number is kept this far from 0 and 1, where the normal number would be infinite."""


class Default(Block):
    """How an investor may fail to pay what it committed to, and what happens then.

    It bears the consequence after the closing, at the conversion price of then, also where the closing fails because of it.
    Nobody else pays what it does not.
    """

    example = "{probability: 5%, by_investor: {Lead Fund: 2%}, correlation: 40%, wrong_way: -0.4, consequence: convert_to_common}"

    probability: ChanceAmount = Field(examples=["5%"])
    """The chance that an investor defaults on a path whose equity value is what it was at the start; a formula may read any
    row, such as the multiple of the sector. Below 0 it counts as 0, above 1 as 1."""
    by_investor: Mapping[str, ChanceAmount] = Field(default={}, examples=["{Lead Fund: 2%}"])
    """The chance for investors that have one of their own; the others have ``probability``."""
    correlation: Fraction | None = Field(default=None, examples=["40%"])
    """How far investors default together, those of this closing and of every other that says so: the correlation of a normal
    number that each draws, ``sqrt(correlation) M + sqrt(1 - correlation) e``, with one ``M`` for the whole path (a Gaussian copula of one factor). At
    ``100%`` whoever is less likely to default does so only where the likelier ones do; without it, each for itself."""
    wrong_way: Plain
    """The probit slope on the log change of equity value since the start; below 0, falling value makes default likelier. Where
    there was no equity value at the start, value plays no part."""
    pays: Fraction | None = None
    """The part of its commitment that a defaulting investor pays all the same; without it, nothing."""
    consequence: Consequence
    """What becomes of the preferred shares of a defaulting investor: nothing, or they turn into common or lose a right."""
    series: Literal["all", "this_round"] = Field(default="all", json_schema_extra={READING: True})
    """Which of its shares the consequence strikes: ``all`` of them, or those that the closings of ``this_round`` issued."""
    later_rights: Literal["stand", "end"] = Field(default="stand", json_schema_extra={READING: True})
    """Whether its commitments to later closings and its pro-rata rights ``stand`` or ``end``. Where they end it pays nothing
    more, nobody pays in its place what it committed to, and pay-to-play asks nothing of it."""

    @property
    def unpaid(self) -> Row:
        """The part of its commitment that a defaulting investor does not pay; of a realised document."""
        return np.asarray(1.0) if self.pays is None else 1.0 - self.pays

    def reaches(self, *, issued_here: bool) -> bool:
        """Say whether the consequence strikes a series, which the closings of this round issued or did not."""
        return issued_here or self.series == "all"

    @staticmethod
    def chance(change: Row, probability: Row, wrong_way: Row) -> Row:
        """Give the chance of default, ``N(N^-1(probability) + wrong_way log(change))``, shape ``(n_paths,)``.

        ``change`` is equity value over that of the start. Where nothing is left of it, a slope below 0 makes default sure.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            shift = np.where(wrong_way == 0, 0.0, wrong_way * np.log(change))
        return normal_cumulative(normal_quantile(np.clip(probability, 0.0, 1.0)) + shift)

    def probability_of(self, investor: str) -> Any:
        """Give the chance of an investor before value plays a part: its own, or that of all."""
        return self.by_investor.get(investor, self.probability)

    def unknown(self, investors: Iterable[str]) -> Iterator[Problem]:
        """Report chances of investors that the closing does not name."""
        known = tuple(investors)
        for name in (name for name in self.by_investor if name not in known):
            message = f"the closing names no investor {name!r}, so it cannot default"
            advice = nearest_help(name, known) or f"there is {', '.join(known)}"
            yield Problem(("by_investor", name), message, advice, "key", "unknown_name")

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report chances that are none, and warn of a default that falling value makes less likely."""
        yield from context.amount(("probability",), self.probability, "1")
        for name, chance in self.by_investor.items():
            yield from context.amount(("by_investor", name), chance, "1")
        if middle(self.wrong_way) > 0:
            message = f"with a slope of {middle(self.wrong_way):g}, falling value makes a default less likely"
            advice = f"write {-middle(self.wrong_way):g} if investors default when value falls"
            yield Problem(("wrong_way",), message, advice, code="wrong_way", severity="warning")


def one_factor(draw: Row, common: Row, correlation: Row) -> Row:
    """Give uniform numbers that share one factor: ``N(sqrt(rho) N^-1(common) + sqrt(1 - rho) N^-1(draw))``, shape ``(n_paths,)``.

    At 0 it is ``draw``, at 1 ``common``, bit by bit. Source: O. Vasicek, Probability of Loss on Loan Portfolio (KMV, 1987).

    >>> one_factor(np.array([0.5]), np.array([0.2]), np.array([1.0])).tolist()
    [0.2]
    """
    z, factor = (normal_quantile(np.clip(row, LEAST, 1 - LEAST)) for row in (draw, common))
    mixed = normal_cumulative(np.sqrt(correlation) * factor + np.sqrt(1 - correlation) * z)
    return np.where(correlation == 0, draw, np.where(correlation == 1, common, mixed))
