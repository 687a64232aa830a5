"""The base of every consequence: which part of the shares it strikes, and what they turn into."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from valsim.core.bare_word import BareWord
from valsim.core.block import Kind
from valsim.core.rows import Row


class Consequence(BareWord, Kind, member_of="consequence"):
    """What becomes of the shares of a holder that does not pay; in the document a bare word is short for its kind."""

    def struck(self, unpaid: Row) -> Row:
        """Give the part of the shares that it strikes where this part of what was due is unpaid; shapes ``(n_paths,)``."""
        return np.zeros(np.shape(unpaid))

    def strikes(self, terms: Any) -> bool:
        """Say whether a class has what it takes away."""
        del terms
        return False

    def split_off(self, series: str, event: str) -> str:
        """Name the series that the shares turn into, ``event`` being why they do; nothing where they become common."""
        del series, event
        return ""

    def terms(self, terms: Any) -> Any:
        """Give the terms of the series that is split off."""
        return terms

    def turned(self, shares: Row, as_converted: Row) -> Row:
        """Give how many shares so many turn into, which count as ``as_converted`` common ones; shapes ``(n_paths,)``."""
        del as_converted
        return shares


STRUCK: Mapping[str, Callable[[Row], Row]] = {
    "all": lambda unpaid: np.where(unpaid > 0, 1.0, 0.0),
    "unpaid": lambda unpaid: unpaid,
}
"""The part of the shares that a reading strikes: all of whoever owes anything, or those of the unpaid part."""
