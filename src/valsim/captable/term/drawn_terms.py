"""Drawn terms: what investors ask for once the price of a round is known, each term with its own chance."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from valsim.captable.participation import Participation
from valsim.captable.security import Security
from valsim.captable.term.anti_dilution import AntiDilution
from valsim.captable.term.consequence import Consequence
from valsim.captable.term.dividend.cumulative import CumulativeDividend
from valsim.captable.term.pay_to_play import PayToPlay
from valsim.captable.term.pro_rata import ProRata
from valsim.core.amount import ChanceAmount
from valsim.core.block import READING, Block, custom_error
from valsim.core.errors import Problem
from valsim.core.parameter import Factor, Fraction, Multiple, Plain, middle
from valsim.core.rows import Bools, Row

ROUNDING = 1e-9
"""How far, relatively, a price may be below another before it counts as lower."""


class NewTerms(Block):
    """Terms of the new shares over those that the round states; what is not stated here stays."""

    example = "{seniority: 3, liquidation_preference_multiple: 1.5}"

    liquidation_preference_multiple: Multiple | None = Field(default=None, examples=["1.5"])
    """How many times the original issue price is paid first."""
    participation: Participation | None = None
    """Whether the holder shares in the rest besides its preference: not at all, fully, or up to a cap."""
    participation_cap_multiple: Factor | None = Field(default=None, examples=["3"])
    """The cap of all that a holder gets without converting, as a multiple of the original issue price."""
    seniority: Plain | None = Field(default=None, examples=["3"])
    """The rank of the preference: a higher number is paid first, equal ones pro rata."""
    anti_dilution: AntiDilution | None = None
    """What happens to the conversion price in a cheaper round."""
    cumulative_dividend: CumulativeDividend | None = None
    """A dividend that accrues whether or not it is declared."""
    ipo_ratchet_multiple: Factor | None = Field(default=None, examples=["1.2"])
    """The worth, as a multiple of the original issue price, that a share converts into at least in a listing."""
    pro_rata: ProRata | None = None
    """The right to buy a part of later rounds."""
    pay_to_play: PayToPlay | None = None
    """What holders of the new shares lose that do not take their pro-rata part of later rounds."""

    @property
    def stated(self) -> dict[str, Any]:
        """What is stated, by field."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in found.items() if value is not None}

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report what is wrong with the rights in it."""
        for name, right in self.stated.items():
            if isinstance(right, Block):
                yield from (problem.under((name,)) for problem in right.problems(context))


class PayInThisRound(Block):
    """What holders of shares that can become common lose that pay less than their part of this round.

    The part is what their shares are of the ``base`` before the closing; all that they pay in it counts, by name or by right. It asks every
    class that can become common, whether or not its terms say ``pay_to_play`` or ``pro_rata``, and comes as that does: before
    the price is final.
    """

    example = "{base: preferred, consequence: {kind: convert_to_common, part: unpaid}}"

    base: Literal["fully_diluted", "outstanding", "preferred"] = Field(json_schema_extra={READING: True})
    """What a holder's shares are a part of before the closing: ``fully_diluted`` counts everything, the unissued pool
    included; ``outstanding`` everything that somebody holds; ``preferred`` only the classes that can become common."""
    consequence: Consequence
    """What becomes of the shares of a holder that does not pay: they turn into common, or lose their anti-dilution."""


class DrawnTerms(Block):
    """Terms that a round has on some paths, drawn at its first closing once the price per share is known.

    A round is down where that price, before anybody has lost anything by pay-to-play, is below the price of the last closing of any round. One
    draw a path decides for each time of the round, and each entry draws for itself; later closings of the round have the
    terms of the first. Where several entries state the same term, the one listed last holds. Shares with drawn terms are a series of their own, called after the round and the entries:
    ``bridge, senior and full ratchet``.
    """

    example = "{if_down: 63%, if_not_down: 28%, series: {seniority: 3}}"

    if_down: ChanceAmount = Field(examples=["63%"])
    """The chance that the round has these terms where it is a down round."""
    if_not_down: ChanceAmount = Field(default=None, examples=["28%"])
    """The chance where it is none; without it, never."""
    below: Fraction | None = Field(default=None, examples=["50%"])
    """The part of the last price per share below which these terms count a round as down; without it, all of it."""
    series: NewTerms | None = None
    """Terms of the new shares, over those of the round."""
    pay_to_play: PayInThisRound | None = None
    """What those lose who hold preferred shares and do not pay their part of the closing that draws it."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.series is None and self.pay_to_play is None:
            raise custom_error(
                "drawn_terms", "terms that are drawn are those of a series, or pay_to_play", f"e.g. {self.example}"
            )
        return self

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report chances that are none, and what is wrong with the terms."""
        for key in ("if_down", "if_not_down"):
            yield from context.amount((key,), getattr(self, key), "1")
        if self.below is not None and middle(self.below) == 0:
            yield Problem(("below",), "no price is below nothing, so no round would be down", "leave it out")
        if self.series is not None:
            yield from (problem.under(("series",)) for problem in self.series.problems(context))


def is_down(price: Row, last_price: Row) -> Bools:
    """Say where a price per share is below another, by more than rounding; nowhere without one.

    >>> is_down(np.array([3.9, 4.0, 4.1]), np.asarray(4.0)).tolist()
    [True, False, False]
    """
    return np.asarray(price < last_price * (1 - ROUNDING))


def combinations(drawn: Mapping[str, DrawnTerms]) -> dict[int, tuple[str, ...]]:
    """Give every combination of the entries that make a series of its own, by the sum of ``2^place`` of each in the document.

    >>> two = {"senior": DrawnTerms.model_construct(series=NewTerms()), "ratchet": DrawnTerms.model_construct(series=NewTerms())}
    >>> combinations(two)
    {0: (), 1: ('senior',), 2: ('ratchet',), 3: ('senior', 'ratchet')}
    """
    found: dict[int, tuple[str, ...]] = {0: ()}
    for place, (name, terms) in enumerate(drawn.items()):
        if terms.series is not None:
            found |= {code | 1 << place: (*names, name) for code, names in found.items()}
    return found


def with_terms(series: Security, drawn: Mapping[str, DrawnTerms], names: tuple[str, ...]) -> Security:
    """Give the terms of the shares of a round where some entries were drawn."""
    for name in names:
        terms = drawn[name].series
        series = series if terms is None else series.but(**terms.stated)
    return series


def called(series: str, names: tuple[str, ...]) -> str:
    """Name the series of a combination.

    >>> called("bridge 2", ("senior", "full_ratchet")), called("bridge 2", ())
    ('bridge 2, senior and full_ratchet', 'bridge 2')
    """
    return f"{series}, {' and '.join(names)}" if names else series
