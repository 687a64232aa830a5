"""The base of every anti-dilution term."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from valsim.captable.curve import ZERO
from valsim.core.bare_word import BareWord
from valsim.core.block import Kind
from valsim.core.rows import Row


class Source(NamedTuple):
    """Where new shares come from: what issues them, which time of it, on which day, and how many of its shares there were.

    ``raised`` is the money of the round's earlier closings.

    ``day`` is its proleptic ordinal; without one, no protection has ended and all closings of a round are as of one day.
    ``name`` is that of a round, or ``option_pool`` or ``convertibles``; ``round`` tells the times of a round apart.
    """

    name: str = ""
    round: str = ""
    day: int | None = None
    already: Row = ZERO
    raised: Row = ZERO


class Issue(NamedTuple):
    """New shares at one price; rows of shape ``(n_paths,)``."""

    price: Row
    new_shares: Row
    source: Source = Source()


class Before(NamedTuple):
    """The shares before an issue and before any adjustment, as converted, so that the order of the classes plays no part.

    ``fully_diluted`` counts everything; ``unissued``, ``common`` and ``preferred`` are parts of it, each without unissued shares
    but the first. Shapes ``(n_paths,)``.
    """

    fully_diluted: Row
    unissued: Row = ZERO
    common: Row = ZERO
    preferred: Row = ZERO


@dataclass(frozen=True)
class FirstClosing:
    """What is remembered of the first closing of a round whose closings count as one issue, for one class.

    Its conversion price before, the shares counted so far with those of the round, and the day as a number; NaN where there
    is none. Shapes ``(n_paths,)``.
    """

    conversion_price: Row
    counted: Row
    day: Row

    @classmethod
    def nothing(cls) -> Self:
        """Give what is remembered before any closing."""
        return cls(*(np.asarray(np.nan) for _ in range(3)))

    def split(self, factor: float) -> Self:
        """Give the same after one share became ``factor`` shares."""
        return type(self)(self.conversion_price / factor, self.counted * factor, self.day)

    def each(self, change: Callable[[Row], Row]) -> Self:
        """Give the same with each row changed, such as cut to some paths."""
        return type(self)(*map(change, (self.conversion_price, self.counted, self.day)))


class AntiDilution(BareWord, Kind, member_of="anti_dilution"):
    """What an issue of shares does to the conversion price; in the document a bare word is short for its kind."""

    @abstractmethod
    def adjusted(
        self, conversion_price: Row, issues: Sequence[Issue], before: Before, first: FirstClosing | None = None
    ) -> Row:
        """Give the conversion price after issues that are made together, shape ``(n_paths,)``.

        ``before`` is what there was before all of them. ``first`` is what is remembered of the round's first closing.
        """

    def remembered(
        self, conversion_price: Row, issues: Sequence[Issue], before: Before, first: FirstClosing | None
    ) -> FirstClosing | None:
        """Give what the round's next closing has to know of this one, or nothing."""
        del conversion_price, issues, before
        return first

    def exempts(self, issue: str) -> bool:
        """Whether an issue of a name sets off nothing, however cheap."""
        del issue
        return True
