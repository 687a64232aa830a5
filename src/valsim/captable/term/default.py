"""Default: an investor that does not pay what it committed to, and what that costs it."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.term.consequence import Consequence
from valsim.core.block import READING, Block
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Plain, middle
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative, normal_quantile


class Default(Block):
    """How an investor may fail to pay what it committed to, and what happens then.

    It bears the consequence after the closing, at the conversion price of then, also where the closing fails because of it.
    Nobody else pays what it does not.
    """

    example = "{probability: 5%, wrong_way: -0.4, consequence: convert_to_common}"

    probability: Fraction
    """The chance that an investor defaults on a path whose equity value is what it was at the start."""
    wrong_way: Plain
    """The probit slope on the log change of equity value since the start; below 0, falling value makes default likelier."""
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
        return normal_cumulative(normal_quantile(probability) + shift)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Warn of a default that falling value makes less likely."""
        del context
        if middle(self.wrong_way) > 0:
            message = f"with a slope of {middle(self.wrong_way):g}, falling value makes a default less likely"
            advice = f"write {-middle(self.wrong_way):g} if investors default when value falls"
            yield Problem(("wrong_way",), message, advice, code="wrong_way", severity="warning")
