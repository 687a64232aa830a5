"""An attempt: a tranche that may close now, and what is known before anybody pays."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from valsim.captable.financing.tranche import Tranche
from valsim.core.rows import NOWHERE, Bools, Row, cut
from valsim.core.streams import Paths, Streams


@dataclass(frozen=True)
class Attempt:
    """A tranche that may close now on some paths.

    ``agreed`` is the price per share of the round's earlier closing; where ``waived``, the condition was missed. Rows of
    shape ``(n_paths,)``. ``day`` is the proleptic ordinal of the closing. Investors are ``out`` where an earlier default ended
    their rights; ``more`` is asked for on top of the new money, and the price is
    cut by a part of itself, ``price_cut``. ``raised`` is the money of the round's earlier closings, and ``drawn`` the terms that its first one
    has drawn. ``last_price`` is the price per share of the last closing of any round, NaN where there is none. It was
    tried ``tries`` times before, and failed.
    """

    tranche: Tranche
    where: Bools
    waived: Bools
    agreed: Row
    day: int
    out: Mapping[str, Bools] = field(default_factory=dict)
    more: Row = field(default_factory=lambda: np.zeros(()))
    price_cut: Row = field(default_factory=lambda: np.zeros(()))
    raised: Row = field(default_factory=lambda: np.zeros(()))
    drawn: Row = field(default_factory=lambda: np.zeros(()))
    last_price: Row = field(default_factory=lambda: np.asarray(np.nan))
    tries: Row = field(default_factory=lambda: np.zeros(()))

    @property
    def late(self) -> bool:
        """Whether its condition was due before, and comes true while it may be cured."""
        return self.tranche.due.toordinal() < self.day <= self.tranche.last.toordinal()

    def is_out(self, investor: str, paths: Paths) -> Bools:
        """Say on which of some paths the rights of an investor have ended."""
        return cut(self.out.get(investor, NOWHERE), paths)

    def draw(self, what: str, paths: Paths, streams: Streams) -> Row:
        """Give the uniform numbers that decide something about this try on some paths, drawn once for each try."""
        name, tries = f"{self.tranche.stream}.{what}", np.broadcast_to(cut(self.tries, paths), paths.shape)
        row = cut(streams.once(name), paths)
        for time in range(1, int(tries.max(initial=0)) + 1):
            row = np.where(tries == time, cut(streams.once(f"{name}.again {time}"), paths), row)
        return row
