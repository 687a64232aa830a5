"""The base of every carve-out."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from pydantic import Field

from valsim.core.block import READING, Kind
from valsim.core.errors import Problem
from valsim.core.liquidity import LiquidityKind
from valsim.core.rows import Row
from valsim.core.streams import Paths

Equity: TypeAlias = Callable[[Row, Paths], Mapping[str, Row]]
"""What each holder is paid for its shares where so much is left for all of them on some paths, by holder."""


class CarveOut(Kind, member_of="carve_out"):
    """A part of an exit that is set aside for management, such as a retention plan; it is paid before any shareholder.

    It is pay for work: what a holder is told to make counts its shares alone.
    """

    base: Literal["before_debt", "after_debt"] = Field(json_schema_extra={READING: True})
    """What it is a part of: all that the exit pays less its costs, or what is left of that once debt is paid. It is never more
    than debt leaves."""
    paid_at: tuple[LiquidityKind, ...] = Field(strict=False, min_length=1, examples=["[acquisition]"])
    """The exits at which it is paid; at others it is not."""

    @abstractmethod
    def promised(self, base: Row) -> Row:
        """Give what is promised of so much money, before anything is set off against it."""

    def paid(self, base: Row, left: Row, equity: Equity) -> Row:
        """Give what is paid where debt leaves so much; ``equity`` says what holders would have of the rest.

        Rows of shape ``(n_paths,)``.
        """
        del equity
        return np.minimum(self.promised(base), left)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report what does not go together; ``context`` lists the holders of the cap table."""
        del context
        if len(set(self.paid_at)) < len(self.paid_at):
            yield Problem(("paid_at",), "an exit is named twice", "name each once")
