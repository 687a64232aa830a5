"""Waivers: what investors may do about a milestone that was missed when its time is over."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Self

import numpy as np
from pydantic import model_validator

from valsim.core.block import Block, custom_error
from valsim.core.errors import Problem
from valsim.core.parameter import BelowOne, Fraction, middle
from valsim.core.rows import NOWHERE, Bools, Row


class Spared(NamedTuple):
    """Where a tranche closes though its condition was missed, and how far below its price; rows of shape ``(n_paths,)``."""

    where: Bools = NOWHERE
    price_cut: Row = np.zeros(())

    def but(self, where: Bools, chosen: "Spared") -> "Spared":
        """Give the same with what was chosen on some paths."""
        return Spared(np.where(where, chosen.where, self.where), np.where(where, chosen.price_cut, self.price_cut))

    def also(self, other: "Spared") -> "Spared":
        """Give what is spared by one or the other."""
        return Spared(self.where | other.where, np.maximum(self.price_cut, other.price_cut))


class Reprice(Block):
    """A lower price, for which the requisite holders fund all the same."""

    example = "{probability: 30%, discount: 20%}"

    probability: Fraction
    """The chance that they fund at the lower price, beside the chance that they waive."""
    discount: BelowOne
    """How far the price per share is below the one that the closing would have had, a fraction."""


class Waiver(Block):
    """What the requisite holders may do about a milestone that was missed when its window, and the cure period, ends.

    They waive the condition and fund at the price agreed on, or fund at a lower one, or let the tranche lapse: one draw a path.
    A closing that may be repriced issues a series of its own, and anti-dilution rights look at its price.
    """

    example = "{probability: 10%}"

    probability: Fraction | None = None
    """The chance that the requisite holders waive the condition and fund all the same."""
    reprice: Reprice | None = None
    """The lower price for which they fund, if any."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.probability is None and self.reprice is None:
            message = "expected the chance of a waiver, or a lower price"
            raise custom_error("closing", message, "e.g. if_not_met: {probability: 10%}, or if_not_met: lapse")
        return self

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What the requisite holders may choose between."""
        offered = {"waive": self.probability, "reprice": self.reprice}
        return ("lapse", *(name for name, terms in offered.items() if terms is not None))

    def chosen(self, waived: Bools, repriced: Bools) -> Spared:
        """Say where the tranche closes all the same by a choice of the requisite holders."""
        discount = np.asarray(0.0) if self.reprice is None else self.reprice.discount
        return Spared(waived | repriced, np.where(repriced, discount, 0.0))

    def spared(self, short: Bools, draw: Row) -> Spared:
        """Say where the tranche closes all the same by chance, of where its condition was missed; ``draw`` is uniform.

        >>> terms = Waiver.model_validate({"reprice": {"probability": "30%", "discount": "20%"}})
        >>> realised = terms.but(probability=0.1, reprice=terms.reprice.but(probability=0.3, discount=0.2))
        >>> realised.spared(np.array([True, True, True]), np.array([0.05, 0.35, 0.45])).price_cut.tolist()
        [0.0, 0.2, 0.0]
        """
        chance = np.asarray(0.0) if self.probability is None else self.probability
        waived = short & (draw < chance)
        if self.reprice is None:
            return Spared(waived)
        cheaper = short & ~waived & (draw < chance + self.reprice.probability)
        return Spared(waived | cheaper, np.where(cheaper, self.reprice.discount, 0.0))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report chances that are more than one together."""
        del context
        together = 0.0 if self.probability is None else middle(self.probability)
        together += 0.0 if self.reprice is None else middle(self.reprice.probability)
        if together > 1:
            message = f"the chances to waive and to reprice are {100 * together:g} % together"
            yield Problem((), message, "they are of one draw: at most 100 %", "key")
