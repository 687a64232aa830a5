"""Compute credits: what they pay for, and what becomes of every batch of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import numpy as np
from pydantic import Field

from valsim.core.block import Block
from valsim.core.choose import choose
from valsim.core.day import Day
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import Money
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row

Name = TypeVar("Name")


class OpeningCredits(Block):
    """Credits that the company has at the start."""

    example = "{amount: 20M USD, expires: 2027-06-30}"

    amount: Money
    """What is left of them, at face."""
    expires: Day = Field(examples=["2027-06-30"])
    """The last day on which they can be used."""


class ComputeCredits(Block):
    """Credits that pay for compute and are no cash: what they pay for, and what there is of them at the start.

    Those that come later are paid by investors (``in_kind`` of a closing). Whatever is due within a step is paid with those that
    expire first, at face, and lowers the loss of cash by as much. They count in no value: a buyer of the company pays nothing
    for them.
    """

    example = "{pay_for: 60% of cost, opening: {Cloud Provider: {amount: 20M USD, expires: 2027-06-30}}}"

    pay_for: Expression = Field(examples=["inferences * cost_per_inference"])
    """The compute that credits can pay, money per year: a part of the cost in ``cash_flow``, which holds all of it."""
    opening: Mapping[str, OpeningCredits] = {}
    """What the company has of them at the start, by who provides it."""

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a cost that is not money per year, and days outside the run."""
        yield from context.formula(("pay_for",), self.pay_for, f"{context.currency}/year")
        for name, opening in self.opening.items():
            yield from context.dated(("opening", name, "expires"), opening.expires)


@dataclass(frozen=True)
class Batch:
    """Credits that were issued together, at face, rows of shape ``(n_paths,)``.

    They can be used until ``expires``, in years from the start; what is ``left`` then has ``expired``.
    """

    issued: Row
    left: Row
    used: Row
    expired: Row
    expires: Row

    @classmethod
    def of(cls, face: Row, expires: Row) -> Self:
        """Give credits that nothing was used of yet."""
        zero = np.zeros(face.shape)
        return cls(face, face, zero, zero, zero + expires)

    def joined(self, face: Row, expires: Row) -> Self:
        """Give the batch issued where there is something to issue; it is issued at most once on a path."""
        new = face > 0
        return replace(
            self, issued=self.issued + face, left=self.left + face, expires=choose(new, expires, self.expires)
        )

    def later(self, used: Row, now: float, alive: Bools) -> Self:
        """Give the batch with a part of it used, where the company is still private; what is past its day is lost."""
        rest = self.left - used
        lost = choose(alive & (self.expires <= now), rest, 0.0)
        return replace(self, left=rest - lost, used=self.used + used, expired=self.expired + lost)


def used_within(batches: Mapping[Name, Batch], per_year: Row, start: float, dt: float) -> dict[Name, Row]:
    """Give what is used of each batch between ``start`` and ``start + dt`` for a cost of so much a year, at face.

    Those that expire first are used first, each until its day: of those that expire by ``t`` no more than
    ``per_year (t - start)`` is used.
    """
    if not batches:
        return {}
    if len(batches) == 1:  # nothing to put in order
        name, only = next(iter(batches.items()))
        return {name: _used(only.left, only.expires - start, per_year, 0.0, dt)}
    left, expires = (np.stack([getattr(batch, what) for batch in batches.values()]) for what in ("left", "expires"))
    order = np.argsort(expires, axis=0, kind="stable")
    used, done = np.zeros(left.shape), np.zeros(per_year.shape)
    for place in order:
        one = place[np.newaxis]
        there, runs = (np.take_along_axis(rows, one, axis=0)[0] for rows in (left, expires))
        part = _used(there, runs - start, per_year, done, dt)
        np.put_along_axis(used, one, part[np.newaxis], axis=0)
        done = done + part
    return dict(zip(batches, used, strict=True))


def _used(left: Row, runs: Row, per_year: Row, done: Row | float, dt: float) -> Row:
    """Give what is used of a batch that ``runs`` for so long from now, beside what is ``done`` with earlier ones."""
    return np.clip(per_year * np.clip(runs, 0.0, dt) - done, 0.0, left)
