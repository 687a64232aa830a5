"""An attempt: a tranche that may close now, and what is known before anybody pays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np

from valsim.captable.financing.tranche import Tranche
from valsim.core.policy import ALL_OF_THEM
from valsim.core.put_back import Where
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Bools, Row, cut
from valsim.core.streams import Paths, Streams


class Chosen(NamedTuple):
    """What was decided about paying, where it was: to pay, or where ``refused`` not to; rows of shape ``(n_paths,)``.

    It was decided ``by`` one investor, by all as one, or by nobody.
    """

    where: Bools = NOWHERE
    refused: Bools = NOWHERE
    by: str = ""

    def binds(self, investor: str) -> bool:
        """Say whether it is the decision of an investor."""
        return self.by in {ALL_OF_THEM, investor}


AS_WRITTEN = Chosen()
"""Where nobody has decided."""


@dataclass(frozen=True)
class Attempt:
    """A tranche that may close now on some paths.

    ``agreed`` is the price per share of the round's earlier closing; where ``waived``, the condition was missed. Rows of
    shape ``(n_paths,)``. ``day`` is the proleptic ordinal of the closing. Investors are ``out`` where an earlier default ended
    their rights; ``more`` is asked for on top of the new money, and the price is
    cut by a part of itself, ``price_cut``. ``raised`` is the money of the round's earlier closings, and ``drawn`` the terms that its first one
    has drawn. ``last_price`` is the price per share of the last closing of any round, NaN where there is none. It was
    tried ``tries`` times before, and failed. ``chosen`` is what was decided about paying.
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
    chosen: Chosen = AS_WRITTEN
    among: Where | None = None
    """Where its rows stand among those of all paths, where these are not all."""

    def at(self, paths: Paths) -> Self:
        """Give the same on some of the paths."""
        among = self.place(paths)
        names = ("where", "waived", "agreed", "more", "price_cut", "raised", "drawn", "last_price", "tries")
        rows = {name: cut(getattr(self, name), paths) for name in names}
        out = {name: cut(where, paths) for name, where in self.out.items()}
        chosen = Chosen(cut(self.chosen.where, paths), cut(self.chosen.refused, paths), self.chosen.by)
        return replace(self, tranche=self.tranche.at(paths), out=out, chosen=chosen, among=among, **rows)

    def place(self, paths: Paths) -> Where:
        """Say where some of its rows stand among those of all paths."""
        return Where(paths, self.where.size) if self.among is None else Where(self.among.rows[paths], self.among.size)

    @property
    def late(self) -> bool:
        """Whether its condition was due before, and comes true while it may be cured."""
        return self.tranche.due.toordinal() < self.day <= self.tranche.last.toordinal()

    def is_out(self, investor: str, paths: Paths) -> Bools:
        """Say on which of some paths the rights of an investor have ended."""
        return cut(self.out.get(investor, NOWHERE), paths)

    @property
    def given_up(self) -> Bools:
        """Where all investors as one have walked away, so that nothing is left of it."""
        as_one = self.tranche.closing.is_option and self.chosen.by == ALL_OF_THEM
        return self.chosen.refused if as_one else NOWHERE

    def walks(self, investor: str, paths: Paths) -> Bools:
        """Say on which of some paths an investor walks away, which owes nothing."""
        free = self.tranche.closing.is_option and self.chosen.binds(investor)
        return cut(self.chosen.refused, paths) if free else NOWHERE

    def defaults_by_choice(self, investor: str, drawn: Bools, paths: Paths) -> Bools:
        """Say on which of some paths an investor does not pay what it owes: by its choice where it had one, else as ``drawn``."""
        if not self.chosen.binds(investor):
            return drawn
        return np.where(cut(self.chosen.where, paths), cut(self.chosen.refused, paths), drawn)

    def draw(self, what: str, paths: Paths, streams: Streams) -> Row:
        """Give the uniform numbers that decide something about this try on some paths, drawn once for each try."""
        name, tries = f"{self.tranche.stream}.{what}", np.broadcast_to(cut(self.tries, paths), paths.shape)
        row = cut(streams.once(name), paths)
        for time in range(1, int(tries.max(initial=0)) + 1):
            row = np.where(tries == time, cut(streams.once(f"{name}.again {time}"), paths), row)
        return row
