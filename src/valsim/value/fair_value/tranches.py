"""A payoff diagram as a portfolio of options: a call wherever a part of the next dollar changes, a binary call wherever a payout jumps."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np

from valsim.captable.curve import total
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Diagram

OptionPrice: TypeAlias = Callable[[Row, Row], Row]
"""What an option on a value is worth today, given the value, shape ``(n,)``, and its strikes, shape ``(strikes, 1)``."""


class Options(NamedTuple):
    """How options on the value of the company are priced; ``binary_call`` pays one unit of money at the strike or above."""

    call: OptionPrice
    binary_call: OptionPrice


class Priced(Protocol):
    """A model with closed forms, such as a module of :mod:`valsim.value.option`."""

    call: Callable[..., Row]
    binary_call: Callable[..., Row]


def options_of(model: Priced, **terms: Row) -> Options:
    """Give the options of a model on terms, which each of its formulas takes by name."""
    return Options(partial(model.call, **terms), partial(model.binary_call, **terms))


class Portfolio(NamedTuple):
    """What each payee holds: so many calls on the company, and so many binary calls, at each start; all ``(segments,)``."""

    starts: Row
    calls: dict[str, Row]
    binary_calls: dict[str, Row]

    def worth(self, options: Options, company_value: Row) -> dict[str, Row]:
        """Give what everybody's options are worth today, shape of ``company_value``, ``(n,)``."""
        calls = options.call(company_value, self.starts[:, None])
        held = {name: _weighted(weights, calls) for name, weights in self.calls.items()}
        if not any(row.any() for row in self.binary_calls.values()):
            return held
        binary = options.binary_call(company_value, self.starts[:, None])
        return {name: worth + _weighted(self.binary_calls[name], binary) for name, worth in held.items()}


def portfolio(diagram: Diagram) -> Portfolio:
    """Replicate what each payee is paid: ``paid(X) = sum of calls max(X - start, 0) + sum of binary calls 1[X >= start]``.

    >>> preferred = Diagram(np.array([0.0, 5.0, 25.0]), {"a": np.array([0.0, 5.0, 5.0])}, {"a": np.array([1.0, 0.0, 0.2])})
    >>> portfolio(preferred).calls["a"].tolist()
    [1.0, -1.0, 0.2]
    """
    calls = {name: np.diff(slopes, prepend=0.0) for name, slopes in diagram.slopes.items()}
    return Portfolio(diagram.starts, calls, diagram.jumps)


def _weighted(weights: Row, rows: Row) -> Row:
    """Add up rows in their order, each times its weight, so that no library of matrices changes the bits."""
    return np.asarray(total(weight * row for weight, row in zip(weights, rows, strict=True)))
